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
fn moved(site: &TestSite, old: &str, new: &str) {
    let plan = plan(site, old, new, Aliases::None).unwrap();
    assert_eq!((&plan.left[..], &plan.findings[..]), (&[][..], &[][..]), "{old} to {new}");
    rename::apply(&plan).unwrap();
}

fn refusal(site: &TestSite, old: &str, new: &str) -> String {
    match plan(site, old, new, Aliases::Keep) {
        Err(Error::Refused { message, help }) => format!("{message} ({help})"),
        other => panic!("`{old}` to `{new}` is to be refused: {other:?}"),
    }
}

fn text(site: &TestSite, path: &str) -> String {
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

fn site() -> TestSite {
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

#[test]
fn baseline_goes_on_to_know_what_moves() {
    let site = site().page("ops/a.md", "[[Nobody]]\n");
    let site = site.file(".polder-baseline", "# Known.\nwanted-page\tops/a.md\tNobody\n");
    let plan = plan(&site, "ops/a.md", "a.md", Aliases::None).unwrap();
    assert!(plan.left.is_empty() && plan.findings.is_empty(), "{plan:?}");
    assert!(rename::difference(&plan).contains("+wanted-page\ta.md\tNobody"));
    rename::apply(&plan).unwrap();
    assert_eq!(text(&site, ".polder-baseline"), "# Known.\nwanted-page\ta.md\tNobody\n");
    assert!(site.build().build.gone.is_empty());
}

#[test]
fn baseline_goes_on_to_know_a_broken_link_that_is_written_anew() {
    let site = site().page("ops/a.md", "[x](gone.md) [y](lost.md)\n");
    site.polder(&["check", "--update-baseline"]).ended(0);
    moved(&site, "ops/a.md", "a.md");
    assert!(text(&site, ".polder-baseline").contains("broken-link\ta.md\tops/gone.md\n"));
    let build = site.build().build;
    assert!(build.gone.is_empty() && build.diagnostics.iter().all(|found| found.is_known));
}

#[test]
fn nothing_else_changes_by_a_byte() {
    let site = TestSite::new()
        .file(
            "a.md",
            b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nOne\tline  \r\n[b](b.md)\n\r\nlast".as_slice(),
        )
        .file(
            "c.md",
            "\u{feff}[b](b.md)\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        )
        .file("d.md", b"caf\xe9 [b](b.md)\n".as_slice())
        .page("b.md", "# B\n");
    let plan = plan(&site, "b.md", "e.md", Aliases::None).unwrap();
    let left: Vec<String> =
        plan.left.iter().map(|left| format!("{}: {}", left.place.path, left.message)).collect();
    assert_eq!(left, ["d.md: this file is not UTF-8 text and is not rewritten"]);
    rename::apply(&plan).unwrap();
    let files = files(site.path());
    assert_eq!(
        files["a.md"],
        b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nOne\tline  \r\n[b](e.md)\n\r\nlast"
    );
    assert_eq!(
        files["c.md"],
        "\u{feff}[b](e.md)\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    );
    assert_eq!(files["d.md"], b"caf\xe9 [b](b.md)\n");
}

#[test]
fn what_cannot_be_is_refused_in_words_that_help() {
    let site = site();
    let refused = |old, new| refusal(&site, old, new);
    assert_eq!(
        refused("ops/bakcup.md", "x.md"),
        "there is no page, file or folder `ops/bakcup.md` (did you mean `ops/backup.md`?)"
    );
    assert!(refused("../x.md", "y.md").contains("lies outside the source"));
    assert!(refused("ops/backup.md", "../y.md").contains("lies outside the source"));
    assert_eq!(
        refused("ops/backup.md", "ops/list.md"),
        "there is a `ops/list.md` already (choose another name, or remove what is there first)"
    );
    assert!(
        refused("ops/backup.md", "ops/LIST.md").starts_with("there is a `ops/LIST.md` already")
    );
    assert!(refused("ops/backup.md", "ops/backup.md").contains("has this name already"));
    assert_eq!(
        refused("handbook", "handbook/Money/x"),
        "`handbook/Money/x` lies in `handbook` itself (choose a place outside the folder)"
    );
    assert!(refused("ops/backup.md", "ops/backup.txt").contains("not of one sort"));
    assert!(refused("ops/backup.md", ".hidden/backup.md").contains("would not be published"));
    assert!(refused("ops/backup.md", "img/plan.png/a.md").contains("is a file"));
    assert_eq!(
        refused("ops/backup.md#Evry day", "x"),
        "there is no heading `Evry day` in `ops/backup.md` (did you mean `Every day`?)"
    );
    assert!(refused("img/plan.png#x", "y").contains("is no page"));
    assert!(refused("ops/backup.md#every-day", " ").contains("not one line"));
    let site = TestSite::new().page("a.md", "# A\n\n## X\n\n## X\n").page("a/b.md", "# B\n");
    assert_eq!(
        refusal(&site, "a", "c"),
        "`a` can mean 2 things (write which one you mean: `a/` or `a.md`)"
    );
    assert_eq!(
        refusal(&site, "a.md#X", "c"),
        "`a.md` has 2 headings `X` (write which one you mean: `#x` or `#x-1`)"
    );
}

#[test]
fn page_is_not_moved_out_of_the_site() {
    let site = site().config("exclude: [drafts]\n");
    assert_eq!(
        refusal(&site, "ops/backup.md", "drafts/"),
        "`ops/backup.md` would be no page at `drafts/backup.md` (choose a place that `exclude` in polder.yml leaves in the site)"
    );
}

#[test]
fn address_that_becomes_a_list_is_no_alias() {
    let site = site().page("people/README.md", "# Who we are\n");
    let plan = plan(&site, "people/README.md", "about.md", Aliases::Keep).unwrap();
    assert_eq!((&plan.left[..], &plan.findings[..], plan.files.len()), (&[][..], &[][..], 0));
}

#[test]
fn failed_write_leaves_everything_as_it_was() {
    let site = site().page("ops/a.md", "[x](backup.md)\n");
    let plan = plan(&site, "ops/backup.md", "new/place/b.md", Aliases::Keep).unwrap();
    site.write("new/place", "in the way");
    let before = files(site.path());
    assert!(rename::apply(&plan).is_err());
    assert_eq!(files(site.path()), before);
    site.write("ops/a.md", "something else\n");
    let before = files(site.path());
    let Err(Error::Refused { message, .. }) = rename::apply(&plan) else {
        panic!("it has changed")
    };
    assert!(message.contains("has changed in the meantime"), "{message}");
    assert_eq!(files(site.path()), before);
}

#[test]
fn dry_run_shows_a_unified_diff_and_writes_nothing() {
    let site = site().page("ops/a.md", "One\n[x](backup.md)\n");
    let before = files(site.path());
    let ran = site.polder(&["mv", "--dry-run", "ops/backup.md", "ops/safe.md"]).ended(0);
    assert_eq!(
        ran.out,
        "diff --git a/ops/a.md b/ops/a.md\n--- a/ops/a.md\n+++ b/ops/a.md\n@@ -1,2 +1,2 @@\n One\n-[x](backup.md)\n+[x](safe.md)\n\
         diff --git a/ops/backup.md b/ops/safe.md\nrename from ops/backup.md\nrename to ops/safe.md\n--- a/ops/backup.md\n+++ b/ops/safe.md\n\
         @@ -1,3 +1,7 @@\n+---\n+aliases: [/ops/backup/]\n+---\n+\n # Backup\n \n ## Every day\n"
    );
    assert_eq!(
        ran.err,
        "would move `ops/backup.md` to `ops/safe.md` and rewrite 1 link; 2 files would change\n"
    );
    assert_eq!(files(site.path()), before);
    let ran = site.polder(&["mv", "ops/backup.md", "ops/safe.md", "--no-alias"]).ended(0);
    assert_eq!(
        ran.err,
        "moved `ops/backup.md` to `ops/safe.md`, rewrote 1 link; 1 file changed; commit it when you are content\n"
    );
    assert_eq!((ran.out.as_str(), text(&site, "ops/a.md").as_str()), ("", "One\n[x](safe.md)\n"));
    site.polder(&["mv", "ops/nope.md", "ops/b.md"]).ended(2);
}
