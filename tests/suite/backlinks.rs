//! What leads to a page, and which pages are asked for.

use crate::links::{build, site};
use crate::support::TestSite;

#[test]
fn backlinks_stand_on_their_target_with_their_sentence() {
    let built = build(&[
        "# A\n\nFirst things. Before you leave, make a [good copy](backup.md) of it all. The rest.",
    ]);
    let words = built.words("ops/backup/");
    assert!(words.contains("Before you leave, make a good copy of it all."), "{words}");
    assert!(!words.contains("First things"), "{words}");
    assert!(built.main("ops/backup/").contains("../a/index.html"));
    assert!(!built.main("ops/list/").contains("id=\"backlinks\""));
}

#[test]
fn page_is_no_backlink_of_itself() {
    let built = TestSite::new().page("a.md", "# A\n\n[x](a.md) [y](#a)\n").build();
    assert!(!built.main("a/").contains("id=\"backlinks\""));
}

#[test]
fn every_link_of_a_page_is_quoted_and_embeds_are_told() {
    let built = build(&["# A\n\nOne [first](backup.md). Two [second](backup.md).\n\n![[backup]]"]);
    let words = built.words("ops/backup/");
    assert!(words.contains("Linked from 1"), "{words}");
    for quote in ["One first .", "Two second .", "shows this page"] {
        assert!(words.contains(quote), "{quote} in {words}");
    }
}

#[test]
fn wanted_pages_are_listed_with_who_asks_and_links_lead_there() {
    let built = site()
        .config("repository: https://github.com/team/wiki\n")
        .page("ops/a.md", "# A\n\nAsk the [[Key register]] first, then [see](../legal/terms.md).\n")
        .page("ops/c.md", "# C\n\nAs in the [[key register|register]].\n\n![[x.png]] ![y](z.png)\n")
        .build();
    let words = built.words("wanted/");
    let (register, terms) =
        (words.find("Key register").unwrap(), words.find("legal/terms.md").unwrap());
    assert!(register < terms, "{words}");
    assert!(
        words.contains("asked for on 2 pages") && words.contains("As in the register ."),
        "{words}"
    );
    assert!(!words.contains("png"), "{words}");
    assert!(built.main("wanted/").contains("/new/main?filename=ops%2Fkey-register.md&amp;value="));
    let body = built.body("ops/c/");
    assert!(body.contains("href=\"../../wanted/index.html#wanted-key-register\""), "{body}");
    assert!(built.html("").contains("href=\"wanted/index.html\""));
    assert_eq!(built.dead_addresses(), [""; 0]);
    assert!(!site().build().has("wanted/index.html"));
}

#[test]
fn pages_that_are_named_without_a_link_are_suggested() {
    let built = TestSite::new()
        .page("backup.md", "---\ntitle: Nightly backup\naliases: [Tapes]\n---\nText.\n")
        .page("a.md", "# A\n\nFirst. The nightly  backup runs at two. Nightly backup again.\n")
        .page("b.md", "# B\n\nThe [nightly backup](backup.md) and the nightly backup.\n")
        .page("c.md", "# C\n\nWe keep tapes; the Tapes lie below.\n")
        .page("d.md", "# D\n\nA nightly thing; a backup of tapes.\n")
        .build();
    let words = built.words("backup/");
    let mentions = words.split("Mentioned without a link").nth(1).unwrap();
    assert!(mentions.contains("2 pages name this one"), "{mentions}");
    for quote in ["The nightly backup runs at two.", "the Tapes lie below"] {
        assert!(mentions.contains(quote), "{quote} in {mentions}");
    }
    assert!(!built.words("a/").contains("Mentioned"));
}
