//! What readers see of other tools' Markdown.

use super::super::html::tests::render;
use super::super::outline::Outline;
use super::super::{Dialect, scan};

const NOTE: &str = "<div class=\"alert alert-note\"><p class=\"alert-title\">«note»</p>\n";

fn outline(body: &str) -> Outline {
    scan(body, Dialect::default())
}

fn check(body: &str, expect: &str) {
    let squeezed: String = render(body).lines().collect();
    assert_eq!(squeezed, expect.replace('\n', ""), "{body}");
}

#[test]
fn admonitions_hold_blocks() {
    check(
        "Before\n!!! note\n    One *two*\n\n    - a\n      b\n\n      code\nafter\n",
        &format!(
            "<p>Before</p>{NOTE}<p>One <em>two</em></p><ul><li><p>ab</p><p>code</p></li></ul></div><p>after</p>"
        ),
    );
}

#[test]
fn titles_are_markdown() {
    check(
        "??? tip \"See `x`, [y](z.md)\"\n    Text\n",
        "<details class=\"alert alert-tip\"><summary class=\"alert-title\">See <code>x</code>, \
         <a href=\"to/z.md\">y</a></summary><p>Text</p></details>",
    );
    check(
        "???+ expander \"1. Open\"\n\n    Text\n",
        "<details class=\"alert alert-quote\" open><summary class=\"alert-title\">1. Open</summary>\
         <p>Text</p></details>",
    );
}

#[test]
fn blocks_with_names_nest() {
    let inner = "<div class=\"alert alert-tip\"><p class=\"alert-title\">T</p><p>in</p></div>";
    let expect = format!("{NOTE}<p>a</p>{inner}<p>b</p></div><p>c</p>");
    check("!!! note\n\n    a\n\n    !!! tip \"T\"\n        in\n\n    b\n\nc\n", &expect);
    check("::::note\n\na\n\n:::tip[T]\nin\n:::\n\nb\n::::\nc\n", &expect);
    check("> [!note]\n> a\n> > [!tip] T\n> > in\n>\n> b\n\nc\n", &expect);
    check(":::note\na\n!!! tip \"T\"\n    in\n\nb\n:::\nc\n", &expect);
}

#[test]
fn blocks_with_names_stand_in_lists() {
    let expect = format!("<ol><li><p>a</p>{NOTE}<p>b</p></div></li><li><p>c</p></li></ol>");
    check("1. a\n\n    !!! note\n        b\n\n2. c\n", &expect);
    check("1. a\n\n   :::note\n   b\n   :::\n\n2. c\n", &expect);
    check("1. a\n   > [!NOTE]\n   > b\n\n2. c\n", &expect);
}

#[test]
fn tabs_are_all_shown() {
    check(
        "=== \"A\"\n\n    one\n\n=== \"B\"\n\n    two\n",
        "<div class=\"tab\"><p class=\"tab-title\">A</p><p>one</p></div>\
         <div class=\"tab\"><p class=\"tab-title\">B</p><p>two</p></div>",
    );
}

#[test]
fn quotes_that_are_no_callouts_stay_quotes() {
    check("> [!x](y) z\n", "<blockquote><p><a href=\"to/y\">!x</a> z</p></blockquote>");
    check("> a\n> [!faq] b\n", "<blockquote><p>a[!faq] b</p></blockquote>");
}

#[test]
fn callouts_fold_and_have_any_name() {
    check(
        "> [!faq]- Why *so*?\n> Because\n",
        "<details class=\"alert alert-question\"><summary class=\"alert-title\">Why <em>so</em>?</summary>\
         <p>Because</p></details>",
    );
    check(
        "> [!my-kind]\n> x\n",
        "<div class=\"alert alert-quote\"><p class=\"alert-title\">My kind</p><p>x</p></div>",
    );
}

#[test]
fn code_about_blocks_with_names_is_left_alone() {
    for body in [
        "```\n!!! note\n    x\n:::tip\n:::\n```\n",
        "- ~~~\n  :::tip\n  > [!faq] x\n  ~~~\n",
        "    !!! note\n        x\n",
        "<pre>\n:::note\n:::\n</pre>\n",
        "> ```\n> > [!faq] x\n> ```\n",
    ] {
        let html = render(body);
        assert!(!html.contains("alert"), "{html}");
        assert_eq!(outline(body).notices, [], "{body}");
    }
    let html = render("!!! note\n    ```md\n    !!! tip\n    :::\n    ```\n");
    assert!(html.starts_with(NOTE) && html.contains("!!! tip\n:::\n"), "{html}");
}

#[test]
fn what_stands_in_blocks_with_names_is_found_where_it_was_written() {
    let body = "# A\n\n!!! note \"See [t](t.md)\"\n\n\t## In *it* {#own}\n\n    [x](y.md)\n\n:::tip\n[z](z.md)\n:::\n";
    let outline = outline(body);
    let links: Vec<&str> = outline.links.iter().map(|link| &body[link.span.clone()]).collect();
    assert_eq!(links, ["[t](t.md)", "[x](y.md)", "[z](z.md)"]);
    assert_eq!(outline.headings[1].start, body.find("## In").unwrap());
    assert_eq!(outline.headings[1].anchor, "own");
    assert_eq!(outline.sections[1].text, "x\nz");
}

#[test]
fn colons_that_are_no_alerts_are_told_once() {
    let body = "::: columns\na\n:::\n\n::: row\nb\n:::\n\n:::\n";
    check(body, "<div><p>a</p></div><div><p>b</p></div>");
    let notices = outline(body).notices;
    assert_eq!((notices.len(), notices[0].count, notices[0].span.clone()), (1, 3, 0..11));
}
