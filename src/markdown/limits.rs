//! Whatever a text holds, it is read in time that grows with its length, and nothing in it stops a build.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::html::tests::render;
use super::{Dialect, scan};

/// Texts of which each repetition is hard to read for some parser.
const PIECES: [&str; 99] = [
    "$",
    "$a$ ",
    "- > # [a](b.md)\n",
    "***[a*b*](c)** ",
    "```mermaid\nno\n```\n",
    "++a",
    "++tab++ ",
    "*[a b]: c\n",
    "<div>\n\n",
    "<b>a</b>",
    "[a]{.b} ",
    "[a]{",
    "> !!! note\n",
    "- !!! note\n",
    "<img srcset=\"a 1x, ",
    "a.png 1x, ",
    "> ",
    "{% hint %}\n",
    "{% endhint %}\n",
    "<TabItem>a\n",
    "=== \"\"\n",
    "- ",
    ">",
    "> - ",
    "1. ",
    "* * ",
    "[",
    "]",
    "[]",
    "[](",
    "![",
    "![[",
    "[[",
    "]]",
    "[^",
    "[^a]: ",
    "\n[^",
    "[a]: b\n",
    "`",
    "``` \n",
    "`a``",
    "*",
    "**a",
    "_a_ ",
    "*a_ ",
    "~",
    "~~a",
    "<",
    "<a ",
    "<a href='",
    "<!--",
    "<?",
    "<![CDATA[",
    "</",
    "<Foo ",
    "<Foo {",
    "|",
    "|a\n|-\n",
    "a|b\n-|-\n",
    "&",
    "&amp",
    "\\",
    "$",
    "$$a",
    "\\(",
    ":",
    "::: a\n",
    ":::a\n:::\n",
    "!!! note\n    ",
    "> [!faq] a\n",
    "{%",
    "{{",
    "{{<",
    "{",
    "{: ",
    "](",
    "](a ",
    "%%",
    "%% a\n\n",
    " ^a\n",
    "==a",
    "@a",
    "http://a.b/",
    "a@b.c ",
    "status:: a\n",
    "=== \"a\"\n    ",
    "import a from 'b'\n",
    "export const a = (\n",
    "<TabItem>\n",
    ":material-",
    "[a](b.md) ",
    "[^a]\n",
    "[^a]:\n",
    "[^a]: a\n\n",
    "*_",
    "a**b_c",
    "[a][",
    "![a](",
    "<a\n",
];

fn repeated(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len())
}

/// Returns for how many milliseconds this thread has worked, whatever else the machine does; nothing where that is not known.
fn worked() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = stat.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1_000_000)
}

fn cost(text: &str) -> u64 {
    let before = worked();
    render(text);
    worked().zip(before).map_or(0, |(now, before)| now - before)
}

#[test]
fn time_grows_with_length_and_not_with_its_square() {
    for piece in PIECES {
        let small = cost(&repeated(piece, 1 << 14));
        let large = cost(&repeated(piece, 1 << 16));
        // Four times as long: four times as much, and sixteen times if every place looks at all others.
        assert!(large <= 9 * small.max(30), "{piece:?}: {small} ms, then {large} ms");
    }
}

#[test]
fn any_text_is_read_and_every_place_in_it_is_one() {
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => proptest::sample::select(&["\n", "\n\n", "    ", "\t", "\r\n", "}", "%}", ">}}", "é", "**", ")", ":::", "#", "\0"][..])
            .prop_map(str::to_owned),
        1 => "[ -~éß漢🎉]{0,4}",
    ];
    let bodies = proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let config = Config { cases: 600, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, random);
    let result = runner.run(&bodies, |body| {
        render(&body);
        let outline = scan(&body, Dialect::default());
        let spans = outline.links.iter().map(|link| &link.span);
        let spans = spans
            .chain(outline.notices.iter().map(|notice| &notice.span))
            .chain(outline.blocks.values());
        for span in spans {
            prop_assert!(body.get(span.clone()).is_some(), "{span:?} of {body:?}");
        }
        for heading in &outline.headings {
            prop_assert!(body.is_char_boundary(heading.start), "{heading:?} of {body:?}");
        }
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}
