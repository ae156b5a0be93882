//! Where links lead, what leads to a page, and what is told of links that lead nowhere.

use crate::support::built::text;
use crate::support::{Built, TestSite};

/// Returns where each link of `a.md` leads.
pub(crate) fn targets(built: &Built, page: &str) -> Vec<String> {
    let links = built.records("link").into_iter().filter(|link| link["from"] == page);
    let tell = |link: serde_json::Value| {
        let fragment = link["fragment"].as_str().map(|id| format!("#{id}")).unwrap_or_default();
        format!("{} {}{fragment}", text(&link["target"]), link["to"].as_str().unwrap_or("-"))
    };
    links.map(tell).collect()
}

fn site() -> TestSite {
    TestSite::new()
        .page("handbook/index.md", "# Handbook\n")
        .page(
            "handbook/Money/Claiming expenses.md",
            "---\naliases: [Declaraties]\n---\n# Claiming expenses\n\n## After a trip\n",
        )
        .page("ops/backup.md", "# Backup\n")
        .page("ops/list.md", "# The list\n")
        .file("img/plan.png", "x")
}

/// Builds the site with a page `ops/a.md` of these links, one a line; the first is on line 1.
fn build(links: &[&str]) -> Built {
    site().page("ops/a.md", &links.join("\n\n")).build()
}

#[test]
fn paths_lead_to_pages_headings_folders_and_files() {
    let built = build(&[
        "[x](backup.md)",
        "[x](./backup)",
        "[x](BACKUP.MD)",
        "[x](../handbook/Money/Claiming%20expenses.md#after-a-trip)",
        "[x](<../handbook/Money/Claiming expenses.md#After a trip>)",
        "[x](/handbook/)",
        "[x](../handbook/Money)",
        "![x](../img/plan.png)",
        "[x](https://example.org/)",
        "[x](mailto:a@example.org)",
        "[x](backup.html)",
        "[x][ref]\n\n[ref]: list.md",
        "<a href=\"list.md\">x</a>",
    ]);
    let expenses = "page /handbook/Money/Claiming expenses/#after-a-trip";
    assert_eq!(
        targets(&built, "ops/a"),
        [
            "page /ops/backup/",
            "page /ops/backup/",
            "page /ops/backup/",
            expenses,
            expenses,
            "page /handbook/",
            "list /handbook/Money/",
            "file /img/plan.png",
            "external https://example.org/",
            "external mailto:a@example.org",
            "page /ops/backup/",
            "page /ops/list/",
            "page /ops/list/",
        ]
    );
    assert_eq!(built.codes(), ["guessed-link ops/a.md:5:1"]);
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn wikilinks_lead_by_path_title_alias_file_name_and_heading() {
    let built = build(&[
        "[[backup]]",
        "[[Claiming expenses]]",
        "[[declaraties|the form]]",
        "[[Money/Claiming expenses]]",
        "[[claiming expenses#After a trip]]",
        "[[The list]]",
        "[[plan.png]]",
        "![[backup]]",
    ]);
    let expenses = "page /handbook/Money/Claiming expenses/";
    let heading = format!("{expenses}#after-a-trip");
    assert_eq!(
        targets(&built, "ops/a"),
        [
            "page /ops/backup/",
            expenses,
            expenses,
            expenses,
            heading.as_str(),
            "page /ops/list/",
            "file /img/plan.png",
            "page /ops/backup/",
        ]
    );
    assert!(built.body("ops/a/").contains(">the form</a>"));
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn links_seen_from_the_page_as_it_is_served_are_understood() {
    let built = build(&["[x](../backup)", "[x](../backup/)"]);
    assert_eq!(targets(&built, "ops/a"), ["page /ops/backup/", "page /ops/backup/"]);
}

#[test]
fn prefixes_and_paths_of_the_repository_are_taken_off() {
    let site = TestSite::new()
        .config("source: docs\nlink_prefixes: {kennisbank: guides}\n")
        .page("docs/guides/a.md", "# A")
        .page("docs/b.md", "[x](/kennisbank/a)\n\n[y](/docs/guides/a.md)\n")
        .commit("Ann", "2026-01-02", "All");
    let built = site.build();
    assert_eq!(targets(&built, "b"), ["page /guides/a/", "page /guides/a/"]);
}

#[test]
fn addresses_on_the_own_git_host_lead_to_the_page() {
    let site = site()
        .config("repository: https://git.example/team/wiki\nhost: gitea\n")
        .page("ops/a.md", "[x](https://git.example/team/wiki/src/branch/main/ops/backup.md)\n");
    assert_eq!(targets(&site.build(), "ops/a"), ["page /ops/backup/"]);
}

#[test]
fn addresses_on_the_own_git_host_are_known_in_every_form() {
    let config = "repository: https://github.com/team/wiki\nurl: https://wiki.example/in/\n";
    let built = site()
        .config(config)
        .page(
            "ops/a.md",
            "<http://www.github.com/Team/wiki/edit/main/ops/backup.md>\n\n\
             <https://raw.githubusercontent.com/team/wiki/main/img/plan.png>\n\n\
             <https://github.com/team/wiki/tree/feature/x/handbook>\n\n\
             <https://github.com/team/wiki/issues/3>\n\n\
             <https://wiki.example/in/ops/list/>\n\n\
             [x](../img/plan.png#L11)\n",
        )
        .build();
    assert_eq!(
        targets(&built, "ops/a"),
        [
            "page /ops/backup/",
            "file /img/plan.png",
            "page /handbook/",
            "external https://github.com/team/wiki/issues/3",
            "page /ops/list/",
            "external https://github.com/team/wiki/blob/main/img/plan.png#L11",
        ]
    );
}

#[test]
fn roots_for_absolute_paths_can_be_named() {
    let pages = || TestSite::new().page("docs/x/a.md", "[y](/x/b)\n").page("docs/x/b.md", "# B\n");
    assert_eq!(
        pages().build().findings(),
        [
            "guessed-link docs/x/a.md:1:1: `/x/b` leads nowhere from the root; from a folder around this page it means \
             `docs/x/b.md` (write `b.md`, or set `link_roots: [docs]` in polder.yml)"
        ]
    );
    assert_eq!(targets(&pages().build(), "docs/x/a"), ["page /docs/x/b/"]);
    let built = pages().config("link_roots: [docs]\n").build();
    assert_eq!(targets(&built, "docs/x/a"), ["page /docs/x/b/"]);
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn outermost_folder_around_a_page_is_the_likeliest_root() {
    let built = TestSite::new()
        .page("a/b/c.md", "[x](/d.md) [y](/b/d) [z](/e) [w](/../d)\n")
        .page("a/d.md", "# D\n")
        .page("a/b/d.md", "# D\n")
        .page("f/e.md", "# E\n")
        .build();
    assert_eq!(targets(&built, "a/b/c"), ["page /a/d/", "page /a/b/d/", "missing -", "missing -"]);
}

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
fn footnotes_can_be_linked_to_as_other_tools_name_them() {
    let built = TestSite::new()
        .page("a.md", "x[^b] y[^note]\n\n[1](#fn1) [2](#user-content-fn-note) [3](#fn:9)\n\n[^note]: N\n[^b]: B\n")
        .build();
    let body = built.body("a/");
    assert!(body.contains("<a href=\"#fn-1\">1</a> <a href=\"#fn-2\">2</a>"), "{body}");
    assert!(body.contains("<li id=\"fn-2\""), "{body}");
    assert_eq!(built.codes(), ["missing-heading a.md:3:38"]);
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
fn file_names_win_over_titles_and_a_spelling_over_another() {
    let built = TestSite::new()
        .page("a.md", "[[lint]] [x](git.md) [y](Git.md)")
        .page("cli/lint.md", "# The command")
        .page("workspace.md", "# Lint")
        .page("Git.md", "# Git")
        .page("git.md", "# git")
        .build();
    assert_eq!(targets(&built, "a"), ["page /cli/lint/", "page /git-2/", "page /Git/"]);
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
fn definition_of_a_reference_wins_over_a_name() {
    let built = build(&["[[publishing]] [[Backup]]", "[publishing]: ../ops/list.md 'Publishing'"]);
    assert_eq!(targets(&built, "ops/a"), ["page /ops/list/", "page /ops/backup/"]);
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
fn each_team_or_language_may_have_its_page_of_a_name() {
    let built = TestSite::new()
        .page("team/contact.md", "# All of us")
        .page("nl/over/ons/contact.md", "# Contact")
        .page("en/contact.md", "# Contact us")
        .page("nl/hulp/x.md", "[[contact]]")
        .page("de/x.md", "[[contact]]")
        .build();
    assert_eq!(targets(&built, "nl/hulp/x"), ["page /nl/over/ons/contact/"]);
    assert_eq!(targets(&built, "de/x"), ["page /en/contact/"]);
    let told = built.findings();
    assert!(told.len() == 1 && told[0].starts_with("ambiguous-link de/x.md"), "{told:?}");
}

#[test]
fn unsafe_addresses_are_shown_as_text_and_told() {
    let built = build(&["[x](javascript:alert(1))"]);
    assert_eq!(built.codes(), ["unsafe-link ops/a.md:1:1"]);
    assert_eq!(targets(&built, "ops/a"), ["text -"]);
}

#[test]
fn code_holds_no_links() {
    let built = build(&["`[[nowhere]]` and `[x](nope.md)`", "```\n[[nowhere]]\n[x](nope.md)\n```"]);
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(targets(&built, "ops/a"), [""; 0]);
}

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

#[test]
fn links_are_relative_so_that_a_site_works_below_any_path() {
    let built = build(&["[x](../handbook/index.md)"]);
    assert!(built.body("ops/a/").contains("href=\"../../handbook/index.html\""));
    for path in
        built.files().into_iter().filter(|path| path.ends_with(".html") && *path != "404.html")
    {
        let html = built.text_of(path);
        assert!(!html.contains("href=\"/") && !html.contains("src=\"/"), "{path}");
    }
}

#[test]
fn pages_of_generators_that_run_templates_first_are_pages() {
    let built = TestSite::new()
        .page("source/index.html.md.erb", "---\ntitle: The way\n---\n[a](standards/alerting.html)\n[b](/standards/alerting.html#who)")
        .page("source/standards/alerting.html.md.erb", "---\ntitle: Alerting\n---\n# <%= current_page.data.title %>\n\n## Who\n")
        .page("source/layouts/core.erb", "<% x %>")
        .build();
    let page = "page /source/standards/alerting/";
    assert_eq!(targets(&built, "source"), [page, &format!("{page}#who")]);
    assert!(!built.body("source/standards/alerting/").contains("id=\"section\""));
}

#[test]
fn headings_in_raw_html_are_headings() {
    let page = "<h1 align=\"center\">\n  <img src=\"logo.svg\" alt=\"\"> The <b>yard</b>\n</h1>\n\n[a](#who-keeps-it) [b](#mine)\n\n\
        <details><summary><h2>Who keeps it</h2></summary>x</details>\n\n<h3 id=\"mine\">A &amp; b</h3>\n";
    let built = TestSite::new()
        .page("yard.md", page)
        .file("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .build();
    assert_eq!(built.findings(), Vec::<String>::new());
    let body = built.body("yard/");
    assert_eq!(built.title("yard/"), "The yard");
    assert!(body.contains("<h2 id=\"who-keeps-it\">Who keeps it<a class=\"anchor\""), "{body}");
    assert!(body.contains("<h3 id=\"mine\">A &amp; b<a") && body.contains("logo.svg"), "{body}");
}

#[test]
fn link_to_a_title_that_only_the_front_matter_has_arrives() {
    let built = TestSite::new()
        .page("a.md", "---\ntitle: What it costs\n---\nText.\n\n# What It is\n")
        .page("b.md", "# B\n\n[x](a.md#what-it-costs) [[a#What it costs]] [y](a.md#what-it-is)\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert!(built.main("a/").contains("<h1 id=\"what-it-costs\">What it costs</h1>"));
    let body = built.body("b/");
    assert_eq!(body.matches("href=\"../a/index.html#what-it-costs\"").count(), 2, "{body}");
}
