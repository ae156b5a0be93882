//! `polder mv`: whatever moves, every link leads where it led, in the style in which it was written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use polder::base::{Error, Result};
use polder::rename::{self, Aliases, Plan, Request};

use crate::support::TestSite;

pub(crate) fn request(site: &TestSite, old: &str, new: &str) -> Request {
    Request {
        old: old.to_owned(),
        new: new.to_owned(),
        folder: site.path().canonicalize().unwrap(),
    }
}

pub(crate) fn plan(site: &TestSite, old: &str, new: &str, aliases: Aliases) -> Result<Plan> {
    rename::plan(&mut site.pipeline(), &request(site, old, new), aliases)
}

/// Renames without aliases; nothing may be left to do, and nothing new may be found.
pub(crate) fn moved(site: &TestSite, old: &str, new: &str) {
    let plan = plan(site, old, new, Aliases::None).unwrap();
    assert_eq!((&plan.left[..], &plan.findings[..]), (&[][..], &[][..]), "{old} to {new}");
    rename::apply(&plan).unwrap();
}

pub(crate) fn refusal(site: &TestSite, old: &str, new: &str) -> String {
    match plan(site, old, new, Aliases::Keep) {
        Err(Error::Refused { message, help }) => format!("{message} ({help})"),
        other => panic!("`{old}` to `{new}` is to be refused: {other:?}"),
    }
}

pub(crate) fn text(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.at(path)).unwrap()
}

/// Returns every file below a folder.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

pub(crate) fn site() -> TestSite {
    TestSite::new()
        .page("handbook/README.md", "# Handbook\n")
        .page("handbook/Money/Claiming expenses.md", "# Claiming expenses\n\n## After a trip\n")
        .page("handbook/Money/index.md", "# Money\n")
        .page("ops/backup.md", "# Backup\n\n## Every day\n")
        .page("ops/list.md", "# The list\n")
        .file("img/plan.png", "x")
}

/// Checks what becomes of one line on the page `ops/a.md` when something moves.
fn check(old: &str, new: &str, line: &str, expect: &str) {
    let site = site().page("ops/a.md", &format!("{line}\n"));
    moved(&site, old, new);
    assert_eq!(text(&site, "ops/a.md"), format!("{expect}\n"), "{old} to {new}");
}

#[test]
fn links_to_a_page_keep_their_style() {
    let check = |line, expect| check("ops/backup.md", "ops/restore/copy it.md", line, expect);
    check("[x](backup.md)", "[x](restore/copy%20it.md)");
    check("[x](./backup.md \"A title\")", "[x](./restore/copy%20it.md \"A title\")");
    check("[x](<backup.md> 'y')", "[x](<restore/copy it.md> 'y')");
    check("[x](backup)", "[x](restore/copy%20it)");
    check("[x](BACKUP.MD#every-day)", "[x](restore/copy%20it.md#every-day)");
    check("[x](backup.html?a=b#every-day)", "[x](restore/copy%20it.html?a=b#every-day)");
    check("[x](../ops/backup.md)", "[x](../ops/restore/copy%20it.md)");
    check("[x](../backup/)", "[x](../restore/copy%20it/)");
    check("[x](/ops/backup.md)", "[x](/ops/restore/copy%20it.md)");
    check("[x](/ops/backup/)", "[x](/ops/restore/copy%20it/)");
    check(
        "[x][r] and [r]\n\n[R]: backup.md 'T'",
        "[x][r] and [r]\n\n[R]: restore/copy%20it.md 'T'",
    );
    check("<a class=x href=\"backup.md\">x</a>", "<a class=x href=\"restore/copy%20it.md\">x</a>");
    check("[![p](../img/plan.png)](backup.md)", "[![p](../img/plan.png)](restore/copy%20it.md)");
    check(
        "|a|b|\n|-|-|\n|[x](backup.md)|[[backup\\|y]]|",
        "|a|b|\n|-|-|\n|[x](restore/copy%20it.md)|[[backup\\|y]]|",
    );
    check("`[x](backup.md)` [other](list.md)", "`[x](backup.md)` [other](list.md)");
}

#[test]
fn definitions_that_no_link_uses_follow_in_their_style() {
    let check = |line, expect| check("ops/backup.md", "ops/restore/copy.md", line, expect);
    check("[r]: backup.md#every-day 'T'", "[r]: restore/copy.md#every-day 'T'");
    check("[r]: <backup.md>\n[s]: /ops/backup", "[r]: <restore/copy.md>\n[s]: /ops/restore/copy");
    check("[[r]] text\n\n[r]: backup.md", "[[r]] text\n\n[r]: restore/copy.md");
    check("```\n[r]: backup.md\n```\n\n[s]: list.md", "```\n[r]: backup.md\n```\n\n[s]: list.md");
    let site = site().page("ops/a.md", "# A\n\n[r]: backup.md\n[p]: ../img/plan.png\n");
    moved(&site, "ops/a.md", "a.md");
    assert_eq!(text(&site, "a.md"), "# A\n\n[r]: ops/backup.md\n[p]: img/plan.png\n");
}

#[test]
fn wikilinks_change_only_where_the_name_no_longer_leads() {
    let check_title = |line, expect| check("ops/backup.md", "ops/restore.md", line, expect);
    check_title(
        "[[backup]] [[Backup|label]] ![[backup#Every day]]",
        "[[backup]] [[Backup|label]] ![[backup#Every day]]",
    );
    check_title("[[ops/backup#Every day|x]]", "[[ops/restore#Every day|x]]");
    check_title("[[ops/backup.md]]", "[[ops/restore.md]]");
    check_title("[[../ops/backup]]", "[[../ops/restore]]");
    let check_name = |line, expect| check("ops/list.md", "handbook/register.md", line, expect);
    check_name(
        "[[list]] [[list|y]] [[The list]] [[list#^b]]",
        "[[register]] [[register|y]] [[The list]] [[register#^b]]",
    );
    check_name("[[list.md]]", "[[register.md]]");
    check_name("|a|\n|-|\n|[[list\\|y]]|", "|a|\n|-|\n|[[register\\|y]]|");
}

#[test]
fn wikilink_by_a_name_that_others_have_gets_the_shortest_path_that_is_enough() {
    let site = site()
        .page("a/x/notes.md", "# One\n")
        .page("b/x/notes.md", "# Two\n")
        .page("c/old.md", "# Three\n");
    let site = site.page("d.md", "[[old]]\n");
    moved(&site, "c/old.md", "c/x/notes.md");
    assert_eq!(text(&site, "d.md"), "[[c/x/notes]]\n");
}

#[test]
fn wikilink_on_a_page_that_takes_its_name_gets_the_way_there() {
    let site = TestSite::new()
        .page("README.md", "# Top\n")
        .page("c/README.md", "# Other\n")
        .page("a/index.md", "[[README]] [[README.md|x]]\n");
    moved(&site, "a/index.md", "a/b/README.md");
    assert_eq!(text(&site, "a/b/README.md"), "[[../../README]] [[../../README.md|x]]\n");
}

#[test]
fn pictures_and_files_are_followed() {
    let check = |line, expect| check("img/plan.png", "img/maps/plan 2.png", line, expect);
    check("![p](../img/plan.png)", "![p](../img/maps/plan%202.png)");
    check("![[plan.png|300]]", "![[plan 2.png|300]]");
    check("![[img/plan.png]]", "![[img/maps/plan 2.png]]");
    check("<img src='../img/plan.png' width=3>", "<img src='../img/maps/plan%202.png' width=3>");
    check(
        "<source srcset='../img/plan.png 2x, ../img/x.png'>",
        "<source srcset='../img/maps/plan%202.png 2x, ../img/x.png'>",
    );
    check("[get](/img/plan.png)", "[get](/img/maps/plan%202.png)");
}

#[test]
fn links_on_a_page_that_moves_lead_where_they_led() {
    let site = site().page(
        "ops/a.md",
        "[b](backup.md) [h](../handbook/) [m](../handbook/Money/Claiming%20expenses.md#after-a-trip)\n\
         ![p](../img/plan.png) [[list]] [s](#here) [r](/ops/list) [w](https://x.org)\n\n# Here\n",
    );
    moved(&site, "ops/a.md", "handbook/Money/");
    assert_eq!(
        text(&site, "handbook/Money/a.md"),
        "[b](../../ops/backup.md) [h](../) [m](Claiming%20expenses.md#after-a-trip)\n\
         ![p](../../img/plan.png) [[list]] [s](#here) [r](/ops/list) [w](https://x.org)\n\n# Here\n"
    );
}

#[test]
fn broken_path_on_a_page_that_moves_names_the_same_missing_file() {
    let site = site().page("ops/a.md", "[x](nope/b.md) [y](https://x.org/y.md)\n");
    moved(&site, "ops/a.md", "a.md");
    assert_eq!(text(&site, "a.md"), "[x](ops/nope/b.md) [y](https://x.org/y.md)\n");
}

#[test]
fn folder_moves_with_its_index_and_files_and_links_inside_it_stay() {
    let site = site()
        .page("handbook/Money/a.md", "[x](Claiming%20expenses.md) [up](../README.md) ![s](s.png)\n")
        .file("handbook/Money/s.png", "x")
        .page(
            "ops/a.md",
            "[m](../handbook/Money/) [i](/handbook/Money/index.md) ![s](../handbook/money/s.png)\n",
        );
    moved(&site, "handbook/Money", "finance");
    assert_eq!(
        text(&site, "finance/a.md"),
        "[x](Claiming%20expenses.md) [up](../handbook/README.md) ![s](s.png)\n"
    );
    assert_eq!(
        text(&site, "ops/a.md"),
        "[m](../finance/) [i](/finance/index.md) ![s](../finance/s.png)\n"
    );
    assert!(!site.at("handbook/Money").exists());
}

#[test]
fn page_becomes_the_index_of_a_folder_and_comes_back() {
    let site =
        site().page("ops/a.md", "[x](backup.md) [y](backup) [z](/ops/backup/) [[ops/backup]]\n");
    moved(&site, "ops/backup.md", "safe/README.md");
    assert_eq!(
        text(&site, "ops/a.md"),
        "[x](../safe/README.md) [y](../safe) [z](/safe/) [[safe]]\n"
    );
    moved(&site, "safe/README.md", "ops/backup.md");
    assert_eq!(
        text(&site, "ops/a.md"),
        "[x](backup.md) [y](backup.md) [z](/ops/backup.md) [[backup]]\n"
    );
}

#[test]
fn prefixes_and_addresses_of_the_git_host_stay() {
    let site = TestSite::new()
        .config("source: docs\nlink_prefixes: {kb: guides}\nrepository: https://github.com/x/y\n")
        .page("docs/guides/a.md", "# A\n")
        .page("docs/b.md", "[x](/kb/a) [y](/docs/guides/a.md) [z](https://github.com/x/y/blob/main/docs/guides/a.md#L1) [o](../src/x.rs)\n")
        .file("src/x.rs", "x")
        .git();
    moved(&site, "docs/guides/a.md", "docs/guides/c d.md");
    assert_eq!(
        text(&site, "docs/b.md"),
        "[x](/kb/c%20d) [y](/docs/guides/c%20d.md) [z](https://github.com/x/y/blob/main/docs/guides/c%20d.md#L1) [o](../src/x.rs)\n"
    );
    moved(&site, "docs/b.md", "docs/guides/");
    assert!(text(&site, "docs/guides/b.md").ends_with(" [o](../../src/x.rs)\n"));
}

#[test]
fn letter_case_alone_can_change() {
    let text_of_a = "[x](backup.md) [y](/ops/backup) [z](Backup) [[ops/backup]]\n";
    let site = site().page("ops/a.md", text_of_a);
    moved(&site, "ops/backup.md", "ops/Backup.md");
    let files = files(site.path());
    assert!(files.contains_key("ops/Backup.md") && !files.contains_key("ops/backup.md"));
    // Wikilinks never mind letter case, here or elsewhere; paths do on git hosts.
    let expect = "[x](Backup.md) [y](/ops/Backup) [z](Backup) [[ops/backup]]\n";
    assert_eq!(text(&site, "ops/a.md"), expect);
}

#[test]
fn front_matter_follows_in_its_own_quotes() {
    let site = site()
        .page(
            "ops/a.md",
            "---\n# kept\nreplies-to: \"list.md\"   # and this\nphoto: ../img/plan.png\nrelated: [list, 'ops/list.md', other]\n\
             contributions:\n  - {who: ann, did: suggested, page: ops/list, note: list}\ntitle: list\n---\n# A\n",
        );
    moved(&site, "ops/list.md", "ops/the, register.md");
    assert_eq!(
        text(&site, "ops/a.md"),
        "---\n# kept\nreplies-to: \"the, register.md\"   # and this\nphoto: ../img/plan.png\nrelated: [\"the, register\", 'ops/the, register.md', other]\n\
         contributions:\n  - {who: ann, did: suggested, page: \"ops/the, register\", note: list}\ntitle: list\n---\n# A\n"
    );
    moved(&site, "ops/a.md", "handbook/");
    let text = text(&site, "handbook/a.md");
    assert!(
        text.contains(
            "replies-to: \"../ops/the, register.md\"   # and this\nphoto: ../img/plan.png\n"
        ),
        "{text}"
    );
}

#[test]
fn people_and_domains_are_followed_by_the_names_of_their_files() {
    let site = TestSite::new()
        .page("people/anna.md", "---\nkind: person\ntitle: Anna B\n---\n")
        .page("domains/money.md", "---\nkind: domain\ntitle: Finance\nstewards: [anna]\n---\n")
        .page(
            "a.md",
            "---\nauthors: [anna, '@anna', Anna B]\nowner: anna\ndomains: money\n---\n# A\n\n@anna, `@anna`\n",
        );
    moved(&site, "people/anna.md", "people/anna-b.md");
    moved(&site, "domains/money.md", "domains/treasury.md");
    assert_eq!(
        text(&site, "a.md"),
        "---\nauthors: [anna-b, '@anna-b', Anna B]\nowner: anna-b\ndomains: treasury\n---\n# A\n\n@anna-b, `@anna`\n"
    );
    assert!(text(&site, "domains/treasury.md").contains("stewards: [anna-b]"));
}

#[test]
fn page_remembers_its_old_address_as_an_alias() {
    let site = site().page("ops/a.md", "---\ntitle: A # kept\naliases:\n  - First\n---\n# A\n");
    let kept = |old, new| {
        let plan = plan(&site, old, new, Aliases::Keep).unwrap();
        assert_eq!((&plan.left[..], &plan.findings[..]), (&[][..], &[][..]));
        rename::apply(&plan).unwrap();
    };
    kept("ops/a.md", "ops/b.md");
    assert_eq!(
        text(&site, "ops/b.md"),
        "---\ntitle: A # kept\naliases:\n  - First\n  - /ops/a/\n---\n# A\n"
    );
    kept("ops/b.md", "ops/a.md");
    assert_eq!(
        text(&site, "ops/a.md"),
        "---\ntitle: A # kept\naliases:\n  - First\n  - /ops/b/\n---\n# A\n"
    );
    kept("ops/list.md", "ops/c d.md");
    assert_eq!(text(&site, "ops/c d.md"), "---\naliases: [/ops/list/]\n---\n\n# The list\n");
    // The address stays the same.
    kept("handbook/README.md", "handbook/index.md");
    assert_eq!(text(&site, "handbook/index.md"), "# Handbook\n");
    let built = site.build();
    assert_eq!(built.codes(), [""; 0]);
    assert!(built.has("ops/list/index.html") && built.has("ops/b/index.html"));
}

#[test]
fn heading_changes_with_every_link_to_it() {
    let site = site().page(
        "ops/a.md",
        "[x](backup.md#every-day) [y](backup.md) [[backup#Every day|label]] ![[backup#Every day]] [[backup#every-day]]\n",
    );
    moved(&site, "ops/backup.md#Every day", "Each *night* at 3");
    assert_eq!(text(&site, "ops/backup.md"), "# Backup\n\n## Each *night* at 3\n");
    assert_eq!(
        text(&site, "ops/a.md"),
        "[x](backup.md#each-night-at-3) [y](backup.md) [[backup#Each night at 3|label]] ![[backup#Each night at 3]] [[backup#each-night-at-3]]\n"
    );
}

#[test]
fn heading_that_is_the_title_takes_links_by_title_along() {
    let site = site()
        .page("ops/a.md", "[[The list]] [[the list|x]]\n")
        .page("ops/b.md", "---\nreplies-to: The list\n---\n");
    moved(&site, "ops/list.md#the-list", "The register");
    assert_eq!(text(&site, "ops/a.md"), "[[The register]] [[The register|x]]\n");
    assert_eq!(text(&site, "ops/b.md"), "---\nreplies-to: The register\n---\n");
}

#[test]
fn headings_of_the_same_text_are_counted_anew() {
    let site = TestSite::new()
        .page("a.md", "# A\n\n## Setup\n\nx\n\n## Setup\n\n[1](#setup) [2](#setup-1)\n")
        .page("b.md", "[1](a.md#setup) [2](a.md#setup-1)\n");
    moved(&site, "a.md#setup", "Install");
    assert_eq!(
        text(&site, "a.md"),
        "# A\n\n## Install\n\nx\n\n## Setup\n\n[1](#install) [2](#setup)\n"
    );
    assert_eq!(text(&site, "b.md"), "[1](a.md#install) [2](a.md#setup)\n");
}

#[test]
fn links_of_pages_that_are_not_published_follow_too() {
    let site = site().page("ops/a.md", "---\npublished: false\n---\n[x](backup.md)\n");
    moved(&site, "ops/backup.md", "ops/safe.md");
    assert!(text(&site, "ops/a.md").ends_with("[x](safe.md)\n"));
    moved(&site, "ops/a.md", "a.md");
    assert!(text(&site, "a.md").ends_with("[x](ops/safe.md)\n"));
}
