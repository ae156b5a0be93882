//! Where links lead.

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

/// Returns a site of two folders with a picture.
pub(crate) fn site() -> TestSite {
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
pub(crate) fn build(links: &[&str]) -> Built {
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
fn definition_of_a_reference_wins_over_a_name() {
    let built = build(&["[[publishing]] [[Backup]]", "[publishing]: ../ops/list.md 'Publishing'"]);
    assert_eq!(targets(&built, "ops/a"), ["page /ops/list/", "page /ops/backup/"]);
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
fn code_holds_no_links() {
    let built = build(&["`[[nowhere]]` and `[x](nope.md)`", "```\n[[nowhere]]\n[x](nope.md)\n```"]);
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(targets(&built, "ops/a"), [""; 0]);
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

#[test]
fn link_to_the_title_of_the_home_page_or_of_a_domain_arrives() {
    let built = TestSite::new()
        .page("index.md", "---\ntitle: The yard\n---\nText. [x](#the-yard)\n")
        .page("domains/water.md", "---\ntitle: Water works\nkind: domain\n---\nText.\n")
        .page("b.md", "# B\n\n[x](index.md#the-yard) [y](domains/water.md#water-works)\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert!(built.main("").contains("<h1 id=\"the-yard\">The yard</h1>"));
    assert!(built.main("domains/water/").contains("<h1 id=\"water-works\">Water works</h1>"));
    assert!(built.body("b/").contains("index.html#water-works\""));
}

#[test]
fn end_of_a_path_wins_over_an_alias_that_reads_like_one() {
    let built = TestSite::new()
        .page("en/Money/Travel.md", "# Travel\n")
        .page("en/a.md", "# A\n\n[[Money/Travel]] [[Trips/Travel]]\n")
        .page("nl/Geld/Reizen.md", "---\naliases: [Money/Travel, Trips/Travel]\n---\n# Reizen\n")
        .build();
    assert_eq!(targets(&built, "en/a"), ["page /en/Money/Travel/", "page /nl/Geld/Reizen/"]);
}

#[test]
fn page_that_has_the_place_is_meant_where_the_path_can_mean_two() {
    let built = TestSite::new()
        .page("start.md", "# Start\n\n## A name\n")
        .page("fr/start.md", "# Débuter\n\n## Un nom\n")
        .page("fr/a.md", "# A\n\n[b](../start/#un-nom) [c](../start/#a-name) [d](../start/)\n")
        .build();
    assert_eq!(
        targets(&built, "fr/a"),
        ["page /fr/start/#un-nom", "page /start/#a-name", "page /start/"]
    );
    assert_eq!(
        built.findings(),
        [
            "guessed-link fr/a.md:3:1: `../start/` is right only where this page is served as a folder; it means `fr/start.md` (write `start.md`)"
        ]
    );
}

#[test]
fn properties_in_the_first_lines_of_a_page_name_it() {
    let built = TestSite::new()
        .page("pages/px.md", "title:: Team/Peng\nalias:: [[Peng X]], Xiao\n\n- Text.\n")
        .page("a.md", "# A\n\n[[peng x]] [[Xiao]] [[Team/Peng]]\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(targets(&built, "a"), ["page /pages/px/"; 3]);
    assert_eq!(built.title("pages/px/"), "Team/Peng");
}
