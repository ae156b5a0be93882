//! What is told of links: those that lead nowhere, and those of which something had to be guessed.

use crate::links::{build, targets};
use crate::support::TestSite;

#[test]
fn missing_file_is_likened_to_files_of_its_sort() {
    let built = TestSite::new()
        .page("README.md", "# R\n")
        .page("a.md", "![x](img/readme.png) ![y](img/pump-statoin.jpg)\n")
        .file("img/pump-station.png", "x")
        .build();
    assert_eq!(
        built.findings(),
        [
            "broken-link a.md:1:1: `img/readme.png` leads to no page or file",
            "broken-link a.md:1:22: `img/pump-statoin.jpg` leads to no page or file (did you mean `img/pump-station.png`?)",
        ]
    );
}

#[test]
fn guesses_are_told_once_for_each_sort_and_page() {
    let built = build(&[
        "[x](BACKUP.md) ![y](../img/Plan.png)",
        "[x](../backup)",
        "[x](..\\handbook\\index.md)",
        "[x](<Claiming expenses.md>)",
        "[[claiming-expenses]]",
    ]);
    assert_eq!(
        built.findings(),
        [
            "guessed-link ops/a.md:1:1: `BACKUP.md` is spelt `ops/backup.md`, and one more link of this page as well \
             (write `backup.md`)",
            "guessed-link ops/a.md:3:1: `../backup` is right only where this page is served as a folder; it means \
             `ops/backup.md` (write `backup.md`)",
            "guessed-link ops/a.md:5:1: `..\\handbook\\index.md` is written with backslashes (write \
             `../handbook/index.md`)",
            "guessed-link ops/a.md:7:1: `Claiming expenses.md` is not here; the only page of that name is \
             `handbook/Money/Claiming expenses.md` (write `../handbook/Money/Claiming expenses.md`)",
            "guessed-link ops/a.md:9:1: `claiming-expenses` is not quite the name of \
             `handbook/Money/Claiming expenses.md` (write `../handbook/Money/Claiming expenses.md`)",
        ]
    );
}

#[test]
fn addresses_without_a_scheme_are_followed_and_told() {
    let built = build(&["[x](www.example.org/a) [y](anna@example.org)"]);
    assert_eq!(
        targets(&built, "ops/a"),
        ["external https://www.example.org/a", "external mailto:anna@example.org"]
    );
    assert_eq!(
        built.codes(),
        ["link-without-scheme ops/a.md:1:1", "link-without-scheme ops/a.md:1:24"]
    );
}

#[test]
fn brackets_that_mean_something_else_are_text_and_told_once_a_page() {
    let body =
        |start: usize| (start..start + 11).map(|n| format!("[[rfc{n}]] ")).collect::<String>();
    let built = TestSite::new().page("a.md", &body(0)).page("b.md", &body(50)).build();
    assert_eq!(built.codes(), ["other-brackets a.md:1:1", "other-brackets b.md:1:1"]);
    assert_eq!(targets(&built, "a"), ["text -"; 11]);
    let few = TestSite::new().page("a.md", &body(0)).build();
    assert_eq!(few.codes().len(), 11);
}

#[test]
fn beginning_that_stands_for_a_folder_is_told_with_the_setting() {
    let pages =
        ["a", "b", "c", "d", "e"].map(|name| (format!("docs/{name}.md"), format!("# {name}\n")));
    let links = "[a](/kb/a) [b](/kb/b/) [c](/kb/c#x) [d](/kb/d) [e](/kb/e) [f](/kb/nothing-like-it) [g](/old/a)\n";
    let site = |config: &str| {
        let site = pages.iter().fold(TestSite::new(), |site, (path, text)| site.page(path, text));
        site.page("README.md", links).config(config).build().findings()
    };
    let told = site("");
    assert_eq!(told.len(), 7);
    let help = "(`/kb` seems to stand for `docs` on the pages of this site: set `link_prefixes: {kb: docs}` in polder.yml)";
    assert_eq!(told.iter().filter(|finding| finding.ends_with(help)).count(), 5, "{told:#?}");
    assert_eq!(
        site("link_prefixes: {kb: docs}\n"),
        [
            "missing-heading README.md:1:24: no heading `#x` in `docs/c.md`",
            "broken-link README.md:1:59: `/kb/nothing-like-it` leads to no page or file",
            "broken-link README.md:1:84: `/old/a` leads to no page or file (did you mean `docs/a.md`?)",
        ]
    );
}

#[test]
fn macros_of_other_tools_are_told_once_a_page() {
    let built = build(&["[x]($BASE$/a) [y]($BASE$/b)"]);
    assert_eq!(
        built.findings(),
        [
            "macro-link ops/a.md:1:1: `$BASE$/a` is for another tool to fill in; shown as text, and one more link of \
             this page as well (write a path)"
        ]
    );
}

#[test]
fn broken_links_are_told_with_place_and_suggestion() {
    let built = build(&["# A\n\nSee [x](bakcup.md) and [y](../nothing/like/it.md)."]);
    assert_eq!(
        built.findings(),
        [
            "broken-link ops/a.md:3:5: `bakcup.md` leads to no page or file (did you mean `backup.md`?)",
            "broken-link ops/a.md:3:24: `../nothing/like/it.md` leads to no page or file",
        ]
    );
    assert_eq!(targets(&built, "ops/a"), ["missing -", "missing -"]);
    assert!(!built.body("ops/a/").contains("href=\"bakcup"), "{}", built.body("ops/a/"));
}

#[test]
fn places_count_characters_below_the_front_matter() {
    let built = build(&["---\ntitle: A\n---\n\nÉén [x](nope.md)."]);
    assert_eq!(built.codes(), ["broken-link ops/a.md:5:5"]);
}

#[test]
fn wanted_pages_and_missing_headings_are_told() {
    let built = build(&[
        "[[Key register]]",
        "[x](backup.md#hwo)",
        "[[Claiming expenses#After the trip]]",
        "[y](#nowhere)",
    ]);
    assert_eq!(
        built.findings(),
        [
            "wanted-page ops/a.md:1:1: no page is called `Key register` yet (write this page, or mend the link)",
            "missing-heading ops/a.md:3:1: no heading `#hwo` in `ops/backup.md`",
            "missing-heading ops/a.md:5:1: no heading `#After the trip` in `handbook/Money/Claiming \
             expenses.md` (did you mean `#after-a-trip`?)",
            "missing-heading ops/a.md:7:1: no heading `#nowhere` in `ops/a.md`",
        ]
    );
    assert!(built.body("ops/a/").contains("missing-link"));
}

#[test]
fn ambiguous_names_take_the_nearest_page_and_are_told() {
    let built = TestSite::new()
        .page("a/one/setup.md", "# Set up A")
        .page("a/setup.md", "# Set up B")
        .page("a/c/x.md", "[[setup]]")
        .build();
    assert_eq!(targets(&built, "a/c/x"), ["page /a/setup/"]);
    assert_eq!(
        built.findings(),
        [
            "ambiguous-link a/c/x.md:1:1: `setup` names 2 pages; the nearest is taken (write the path of the \
          page that you mean: `a/setup.md`, `a/one/setup.md`)"
        ]
    );
}

#[test]
fn unsafe_addresses_are_shown_as_text_and_told() {
    let built = build(&["[x](javascript:alert(1))"]);
    assert_eq!(built.codes(), ["unsafe-link ops/a.md:1:1"]);
    assert_eq!(targets(&built, "ops/a"), ["text -"]);
}

#[test]
fn links_to_pages_that_are_not_published_are_told_and_nobody_is_asked_for_them() {
    let offer = "---\npublished: false\naliases: [Bid]\n---\n# The offer\n";
    let built = TestSite::new()
        .config("exclude: [old/]\n")
        .page("ops/offer.md", offer)
        .page("board/README.md", "---\nprivate: true\n---\n# Board\n")
        .page("old/x.md", "# Old\n")
        .page(
            "ops/a.md",
            "[a](offer.md) [[The offer]] [[bid|b]] [c](/board/) [d](../old/x.md) [e](none.md)\n",
        )
        .build();
    let no_link = "is not published, and readers see no link:";
    let offer = "`ops/offer.md` says that it is not for everybody (take the link away, or let that page be published)";
    assert_eq!(
        built.findings(),
        [
            "withheld-page board/README.md:2:1: this page is not published: it says `private: true`".to_owned(),
            format!("withheld-link ops/a.md:1:1: `offer.md` {no_link} {offer}"),
            format!("withheld-link ops/a.md:1:15: `The offer` {no_link} {offer}"),
            format!("withheld-link ops/a.md:1:29: `bid` {no_link} {offer}"),
            format!(
                "withheld-link ops/a.md:1:39: `/board/` {no_link} `board/README.md` says that it is not for everybody (take the link away, or let that page be published)"
            ),
            format!(
                "withheld-link ops/a.md:1:52: `../old/x.md` {no_link} `exclude` in polder.yml leaves it out (take the link away, or mend `exclude`)"
            ),
            "broken-link ops/a.md:1:69: `none.md` leads to no page or file".to_owned(),
            "withheld-page ops/offer.md:2:1: this page is not published: it says `published: false`".to_owned(),
        ]
    );
    let wanted = built.main("wanted/");
    assert!(wanted.contains("id=\"wanted-none\""), "{wanted}");
    assert_eq!(wanted.matches("id=\"wanted-").count(), 1, "{wanted}");
    let body = built.body("ops/a/");
    assert!(body.contains("<a>The offer</a>") && !body.contains("#wanted-offer"), "{body}");
    assert_eq!(body.matches("missing-link").count(), 1, "{body}");
}
