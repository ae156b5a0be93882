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
