//! Tests of differences: what readers see, and that nothing of either text is lost.

use proptest::prelude::*;

use super::*;

const DIALECT: Dialect = Dialect { wikilinks: true, label_first: false, addresses: true };

fn words() -> DifferenceWords {
    DifferenceWords {
        inserted: "Inserted:".to_owned(),
        deleted: "Deleted:".to_owned(),
        set: "Set differently:".to_owned(),
        unchanged: "unchanged parts".to_owned(),
        picture: "Picture".to_owned(),
        embed: "From".to_owned(),
        aligned: ["left", "middle", "right"].map(str::to_owned),
        ..DifferenceWords::default()
    }
}

fn compare(before: &str, after: &str) -> Difference {
    difference(before, after, DIALECT, &words(), Brief::Wanted)
}

/// Returns the HTML without the words for screen readers.
fn html(before: &str, after: &str) -> String {
    drop(&compare(before, after).html, "<span class=\"sr\">", "</span>")
}

fn check(before: &str, after: &str, expect: &str) {
    assert_eq!(html(before, after).replace(" id=\"change-1\"", "").trim_end(), expect);
}

fn drop(html: &str, start: &str, end: &str) -> String {
    let mut kept = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(start) {
        kept.push_str(&rest[..at]);
        let after = &rest[at..];
        rest = &after[after.find(end).unwrap() + end.len()..];
    }
    kept + rest
}

/// Returns the text of one side, without what Polder says itself and without white space.
fn side(html: &str, other: &str) -> String {
    let mut text = drop(html, "<span class=\"sr\">", "</span>");
    for class in ["note", "address"] {
        text = drop(&text, &format!("<span class=\"{class}\">"), "</span>");
    }
    text = drop(&text, "<summary>", "</summary>");
    text = drop(&text, "<p class=\"note\">", "</p>");
    text = drop(&text, "<p class=\"alert-title\">", "</p>");
    text = drop(&text, "<code class=\"markup\">", "</code>");
    text = drop(&text, &format!("<{other}>"), &format!("</{other}>"));
    for tag in [format!("<{other} class"), format!("<{other} id")] {
        text = drop(&text, &tag, &format!("</{other}>"));
    }
    let text = drop(&text, "<", ">");
    text.split_whitespace().collect()
}

/// Returns the HTML with what did not change.
fn whole(before: &str, after: &str) -> String {
    let story =
        Story::new(reader::read(before, DIALECT), reader::read(after, DIALECT), String::new());
    slot::without(&Writer::new(&story, &words()).whole())
}

fn check_sides(before: &str, after: &str) {
    let told = whole(before, after);
    let whole = |text: &str| side(&whole(text, text), "del");
    assert_eq!(side(&told, "del"), whole(after), "new side of\n{told}");
    assert_eq!(side(&told, "ins"), whole(before), "old side of\n{told}");
}

#[test]
fn changed_word_is_marked_in_its_paragraph() {
    check(
        "We meet on Monday, in the hall.\n",
        "We meet on Tuesday, in the hall.\n",
        "<p class=\"changed\">We meet on <del>Monday</del> <ins>Tuesday</ins>, in the hall.</p>",
    );
    check(
        "A word, then more of them.\n",
        "A, then more of them.\n",
        "<p class=\"changed\">A<del> word</del>, then more of them.</p>",
    );
}

#[test]
fn screen_readers_are_told_what_went_and_came() {
    let told = compare("one two three\n", "one 2 three\n").html;
    assert!(told.contains("<del><span class=\"sr\">Deleted: </span>two</del>"), "{told}");
    assert!(told.contains("<ins><span class=\"sr\">Inserted: </span>2</ins>"), "{told}");
}

#[test]
fn new_item_is_one_new_item() {
    check(
        "- one\n- three\n",
        "- one\n- two\n- three\n",
        "<ul>\n<li><p>one</p>\n</li>\n<li><p class=\"new\"><ins>two</ins></p>\n</li>\n<li><p>three</p>\n</li>\n</ul>",
    );
}

#[test]
fn rows_are_compared_cell_by_cell() {
    let row = |price: &str| format!("|What|Price|\n|-|-|\n|Tea|{price}|\n");
    let told = html(&row("1 euro"), &row("2 euro"));
    assert!(told.contains("<td>Tea</td><td><del>1</del> <ins>2</ins> euro</td>"), "{told}");
    let told = html("|a|b|\n|-|-|\n|1|2|\n", "|a|new|b|\n|-|-|-|\n|1|x|2|\n");
    assert!(told.contains("<th>a</th><th><ins>new</ins></th><th>b</th>"), "{told}");
    assert!(told.contains("<td>1</td><td><ins>x</ins></td><td>2</td>"), "{told}");
}

#[test]
fn code_is_compared_line_by_line() {
    let told = html("```sh\nmake all\nmake test\n```\n", "```sh\nmake all\nmake check\n```\n");
    assert!(
        told.contains(
            "make all\n<del class=\"line\">make <mark>test</mark></del>\n<ins class=\"line\">make <mark>check</mark></ins>\n"
        ) || told.contains("make all\n<del id"),
        "{told}"
    );
}

#[test]
fn address_of_a_link_is_told_where_it_changes() {
    check(
        "See [the plan](a.md) of this year.\n",
        "See [the plan](b.md) of this year.\n",
        "<p class=\"changed\">See <span class=\"link\">the plan</span><del><span class=\"address\"> → a.md</span></del><ins><span class=\"address\"> → b.md</span></ins> of this year.</p>",
    );
    let told = html("See <https://a.example> of this\n", "See <https://b.example> of this\n");
    assert!(!told.contains("→"), "{told}");
    let told = html("one ![map](a.png) two three\n", "one ![map](b.png) two three\n");
    assert!(told.contains("→ b.png"), "{told}");
}

#[test]
fn rewritten_paragraph_is_shown_as_old_and_new() {
    check(
        "The old text said this and that about nothing at all.\n",
        "Something else altogether stands here today, for everybody.\n",
        "<p class=\"gone\"><del>The old text said this and that about nothing at all.</del></p>\n<p class=\"new\"><ins>Something else altogether stands here today, for everybody.</ins></p>",
    );
}

#[test]
fn text_that_only_grew_is_marked_where_it_grew() {
    let (short, long) =
        ("Ask in week four.", " He said: it would have taken one hour to find all of this out.");
    check(
        &format!("- {short}\n"),
        &format!("- {short}{long}\n"),
        &format!(
            "<ul>\n<li><p class=\"changed\">{short} <ins>{}</ins></p>\n</li>\n</ul>",
            long.trim()
        ),
    );
    let told = html(&format!("{short}{long}\n"), &format!("{short}\n"));
    assert!(told.contains(&format!("{short} <del>{}</del>", long.trim())), "{told}");
}

#[test]
fn unchanged_text_is_counted_and_names_its_headings() {
    let text = |word: &str| {
        format!(
            "First {word} words here.\n\n{}# Scope\n\ntext\n\n# End\n\nlast\n",
            "same\n\n".repeat(6)
        )
    };
    let told = html(&text("old"), &text("new"));
    assert!(told.contains("<p class=\"fold\">9 unchanged parts: Scope, End</p>"), "{told}");
    check_sides(&text("old"), &text("new"));
}

#[test]
fn sections_that_are_not_read_are_counted_with_those_that_are() {
    let part = |name: &str| format!("# {name}\n\n{}\n\n", "words of it\n\n".repeat(40));
    let text = |word: &str| {
        let [a, b, c, d] = ["A", "B", "C", "D"].map(part);
        format!("{a}{b}{c}A {word} there\n\n{d}")
    };
    assert_eq!(
        html(&text("word"), &text("sign")).replace(" id=\"change-1\"", ""),
        "<p class=\"fold\">122 unchanged parts: A, B, C</p>\n<p>words of it</p>\n\
         <p class=\"changed\">A <del>word</del> <ins>sign</ins> there</p>\n\
         <h3>D</h3>\n<p class=\"fold\">40 unchanged parts</p>\n"
    );
    let told = compare(&text("word"), &text("sign"));
    assert_eq!(told.changes[0].under, "C");
}

#[test]
fn changes_have_numbers_and_say_what_they_are() {
    let difference = compare(
        "# A\n\none two three\n\n- x\n\nstays\n",
        "# A\n\none 2 three\n\n- x\n- y\n- z\n\nstays\n",
    );
    assert!(
        difference.html.contains("id=\"change-1\"") && difference.html.contains("id=\"change-2\"")
    );
    assert_eq!(difference.changes.len(), 2);
    let first = &difference.changes[0];
    assert_eq!((first.under.as_str(), first.added, first.removed), ("A", 1, 1));
    assert_eq!(first.counts, [(What::Paragraph, How::Changed, 1)]);
    assert_eq!(difference.changes[1].counts, [(What::Item, How::Added, 2)]);
}

#[test]
fn nothing_of_an_author_passes_unescaped() {
    let hostile = "<script>alert(1)</script> <b onclick=x>b</b> [x](javascript:alert(1))\n\n<iframe src=x>\n\n```\"><script>\nx</code><script>\n```\n\n[^\"><script>]: note \u{202e}evil\n";
    for (before, after) in [("", hostile), (hostile, ""), (hostile, hostile)] {
        let told = compare(before, after);
        for html in [&told.html, &told.brief, &source(before, after)] {
            for bad in ["<script", "<iframe", "onclick=x>b<", "href", "\u{202e}"] {
                assert!(!html.contains(bad), "{bad} in {html}");
            }
        }
    }
}

#[test]
fn brief_holds_the_changes_alone() {
    let difference = compare("# A\n\nsame\n\none two three\n", "# A\n\nsame\n\none 2 three\n");
    assert!(difference.brief.starts_with("<p><b>A</b></p>\n<p class=\"changed\">one "));
    assert!(!difference.brief.contains("same") && !difference.brief.contains("id="));
}

/// Does what a patch says to a text.
fn patch(before: &str, html: &str) -> String {
    let text = drop(html.trim_end_matches('\n'), "<", ">");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#39;", "'").replace("&amp;", "&");
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let mut new = String::new();
    let (mut at, mut last) = (0, ' ');
    for line in text.split_inclusive('\n') {
        if let Some(head) = line.strip_prefix("@@ -") {
            let (start, rest) = head.split_once(',').unwrap();
            let start: usize = start.parse().unwrap();
            let start = if rest.starts_with("0 ") { start } else { start - 1 };
            old[at..start].iter().for_each(|line| new.push_str(line));
            at = start;
            continue;
        }
        match line.split_at(1) {
            (" ", line) => {
                assert_eq!(old[at].trim_end_matches('\n'), line.trim_end_matches('\n'));
                new.push_str(line);
                at += 1;
            }
            ("-", line) => {
                assert_eq!(old[at].trim_end_matches('\n'), line.trim_end_matches('\n'));
                at += 1;
            }
            ("+", line) => new.push_str(line),
            ("\\", _) if last != '-' => assert_eq!(new.pop(), Some('\n')),
            ("\\", _) => {}
            other => panic!("{other:?}"),
        }
        last = line.chars().next().unwrap();
    }
    old[at..].iter().for_each(|line| new.push_str(line));
    new
}

#[test]
fn source_is_a_patch_with_its_words_marked() {
    assert_eq!(
        source("a\nb c d\n", "a\nb x d\n"),
        "<pre class=\"source\" tabindex=\"0\"><code><span class=\"at\">@@ -1,2 +1,2 @@</span>\n a\n<del>-b <mark>c</mark> d</del>\n<ins>+b <mark>x</mark> d</ins>\n</code></pre>\n"
    );
    assert_eq!(source("a", "a"), "");
}

/// Pieces of which texts are made that look like pages.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# Heading one\n\n".to_owned()),
        "([a-c]{1,3} ){1,9}\n\n",
        "- [a-c]{1,3} x\n- [a-c]{1,3}\n\n",
        "1. [ab] y\n   - [ab]\n2. c\n\n",
        "> [a-c]{1,3}\n> b\n\n",
        "\\|a\\|b\\|\n\\|-\\|-\\|\n\\|[ab]\\|[ab] c\\|\n\n",
        "```\n[ab]{1,2}\n  [ab] x\n```\n\n",
        Just("**bold** [link](a.md) `code` ![p](x.png) <b>raw</b>\n\n".to_owned()),
        Just("---\n\n".to_owned()),
        Just("- [x] done\n- [ ] not\n\n".to_owned()),
        Just("<div>\nhtml\n</div>\n\n".to_owned()),
        Just("a[^n]\n\n[^n]: note b\n\n".to_owned()),
        "[a-c&<>*_\\[\\]()`!#|>\n -]{0,12}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn each_side_has_its_text(before in text(), after in text()) {
        check_sides(&before, &after);
    }

    #[test]
    fn equal_texts_have_no_changes(text in text()) {
        assert_eq!(compare(&text, &text).changes, []);
    }

    #[test]
    fn what_is_not_read_changes_no_count(
        lead in text(), before in text(), after in text(), tail in text()
    ) {
        let text = |middle: &str| {
            let (lead, tail) = (lead.repeat(9), tail.repeat(9));
            format!("{lead}\n\n# Before\n\n{middle}\n\n# After\n\n{tail}")
        };
        let (before, after) = (text(&before), text(&after));
        let story = Story::new(reader::read(&before, DIALECT), reader::read(&after, DIALECT), String::new());
        // However the one is paired with the other, the one has so many words more.
        let more = |changes: &[Change]| -> isize {
            changes.iter().map(|change| change.added as isize - change.removed as isize).sum()
        };
        let told = compare(&before, &after).changes;
        prop_assert_eq!(more(&told), more(&story.changes()));
        prop_assert_eq!(told.is_empty(), story.changes().is_empty());
    }

    #[test]
    fn source_makes_the_new_text_of_the_old(before in "[ab <&\n]{0,60}", after in "[ab <&\n]{0,60}") {
        assert_eq!(patch(&before, &source(&before, &after)), after);
    }
}

#[test]
fn headings_leave_no_level_out() {
    let told = html("# A\n\n### B\n\nOne.\n", "# A\n\n### B\n\nTwo.\n\n#### C\n");
    assert!(told.contains("<h3 class=\"deep\">B</h3>"), "{told}");
    assert!(told.contains("class=\"deep new\">"), "{told}");
    assert!(!told.contains("<h4") && !told.contains("<h5"), "{told}");
}

#[test]
fn what_is_not_in_the_words_is_told_where_it_changes() {
    let check = |before: &str, after: &str, expect: &str| {
        let told = html(before, after);
        assert!(told.contains(expect), "{expect} in {told}");
        assert_eq!(compare(before, after).changes.len(), 1, "{told}");
    };
    let went_and_came = |went: &str, came: &str| {
        let markup = |text: &str| format!("<code class=\"markup\">{text}</code>");
        format!("<del>{}</del><ins>{}</ins>", markup(went), markup(came))
    };
    check("[a](b.md \"x\")\n", "[a](b.md \"y\")\n", " → b.md “y”</span></ins>");
    check("# Why {#why}\n", "# Why {#so}\n", &went_and_came("#why", "#so"));
    check("![a](b.png){width=10}\n", "![a](b.png){width=20}\n", &went_and_came("10", "20"));
    check("![[b.png|10]]\n", "![[b.png|20]]\n", &went_and_came("10", "20"));
    check(
        "x <img src=b.png width=10>\n",
        "x <img src=b.png width=20>\n",
        &went_and_came("10", "20"),
    );
    check("x <img src=b.png alt=one>\n", "x <img src=b.png alt=two>\n", "</span>two</span></ins>");
    check("1. a\n2. b\n", "4. a\n5. b\n", "<ins><code class=\"markup\">4.</code></ins>a");
    let table = |rule: &str| format!("|a|\n|{rule}|\n|1|\n");
    check(&table("-"), &table("-:"), "a<ins><span class=\"address\"> (right)</span></ins></th>");
    check("b\n", &format!("b\n\n{}", table("-:")), "<th><ins>a</ins></th>");
    check("![[page#A]]\n", "![[page#B]]\n", "<span class=\"note\">From </span>page#B</span>");
    let meaning = |words: &str| format!("The HTML.\n\n*[HTML]: {words}\n");
    let expect =
        "<dt>HTML</dt>\n<dd><p id=\"change-1\" class=\"changed\">Hyper <ins>Text</ins></p>";
    check(&meaning("Hyper"), &meaning("Hyper Text"), expect);
}

#[test]
fn code_in_another_language_is_the_same_code() {
    let told = html("```sh\nmake\n```\n", "```bash\nmake\n```\n");
    assert!(told.contains(">```sh</code></del>\n<ins class=\"line\"><code"), "{told}");
    assert!(told.contains("</ins>\nmake\n"), "{told}");
    let told = compare("a\n", "a\n\n```sh\nmake\n```\n");
    assert!(!told.html.contains("```"), "{}", told.html);
    assert_eq!(told.changes[0].counts, [(What::Line, How::Added, 1)]);
}
