//! What other tools add to Markdown, on built pages.

use super::support::TestSite;

#[test]
fn what_is_left_out_is_told_once_for_each_kind_and_page() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n::: columns\none\n:::\n\n::: grid\ntwo\n:::\n")
        .page("b.md", "# B\n\n!!! note \"Mind *this*\"\n    See [A](a.md).\n")
        .build();
    assert_eq!(
        built.findings(),
        ["unsupported-syntax a.md:3:1: 2 `:::` that are no alerts, left out (use `:::note`, \
          `:::tip`, `:::important`, `:::warning` or `:::caution`, or plain Markdown)"]
    );
    assert!(built.words("a/").contains("one"), "{}", built.words("a/"));
    assert!(built.body("b/").contains("<p class=\"alert-title\">Mind <em>this</em></p>"));
    assert_eq!(built.records("link").len(), 1);
}

#[test]
fn links_in_tags_of_templates_are_text_or_the_path_in_them() {
    let built = TestSite::new()
        .page("a.md", "[Next *leg*]({{< ref \"b.md\" >}}) [all]({% cat \"x y\" %}) {% include \"s.html\"\n  n=1 %}\n")
        .page("b.md", "# B\n")
        .build();
    assert!(built.body("a/").contains("<a href=\"../b/index.html\">Next <em>leg</em></a>"));
    assert_eq!(built.words("a/").matches("include").count(), 0);
    assert_eq!(built.codes()[0], "macro-link a.md:1:34");
    assert_eq!(
        built.findings()[1..],
        [
            "unsupported-syntax a.md:1:57: 1 tag of a template language, left out (write what it would \
          have shown as Markdown, or put it between backticks if readers should see it as code)"
        ]
    );
}

#[test]
fn a_file_with_spaces_in_its_name_is_linked() {
    let built = TestSite::new()
        .file("documents/self assessment v4.xlsx", "x")
        .page("a.md", "[Download](documents/self assessment v4.xlsx){ .button }\n")
        .build();
    let body = built.body("a/");
    assert!(
        body.contains("href=\"../documents/self%20assessment%20v4.xlsx\">Download</a></p>"),
        "{body}"
    );
    assert_eq!(built.codes(), ["link-with-spaces a.md:1:12", "unsupported-syntax a.md:1:46"]);
}

#[test]
fn blocks_of_other_pages_are_places_to_link_to() {
    let built = TestSite::new()
        .page("a.md", "See [[b#^fact]].\n\n%% Not [[nowhere]]. %%\n")
        .page("b.md", "One.\n\nTwo ==three==. ^fact\n")
        .page("c.md", "![[b#^fact]]\n")
        .build();
    assert!(built.body("b/").contains("<span id=\"^fact\"></span>"), "{}", built.body("b/"));
    assert!(built.body("b/").contains("<mark>three</mark>"));
    assert!(built.body("a/").contains("href=\"../b/index.html#^fact\""), "{}", built.body("a/"));
    assert!(built.body("c/").contains("<p>Two <mark>three</mark>.</p>"), "{}", built.body("c/"));
    assert!(!built.body("c/").contains("One."), "{}", built.body("c/"));
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn mdx_files_are_pages() {
    let built = TestSite::new()
        .page(
            "a.mdx",
            "import X from './x';\n\n# A\n\n<Card title={t}>\n\nSee [B](./b.mdx).\n\n</Card>\n",
        )
        .page("b.mdx", "# B\n")
        .build();
    assert!(built.body("a/").contains("<p>See <a href=\"../b/index.html\">B</a>.</p>"));
    assert_eq!(built.words("a/").matches("import").count(), 0);
}
