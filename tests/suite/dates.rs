//! When pages changed: what counts, what does not, and what nobody knows.

use std::fs;

use crate::support::{Built, TestSite};

const TEXT: &str = "# A\n\nOne line of text.\nAnother line of it.\nA third, and the last.\n";

fn dates(built: &Built, page: &str) -> [Option<String>; 4] {
    let record = built.record("page", page);
    ["created", "updated", "reworded", "touched"].map(|key| record[key].as_str().map(str::to_owned))
}

fn days(days: [&str; 4]) -> [Option<String>; 4] {
    days.map(|day| Some(day.to_owned()).filter(|day| !day.is_empty()))
}

fn small(built: &Built, page: &str) -> Vec<String> {
    let of_page = built.records("revision").into_iter().filter(|revision| revision["page"] == page);
    of_page.map(|revision| revision["small"].as_str().unwrap_or("-").to_owned()).collect()
}

/// Two pages by Ann; then everything is changed at once.
fn mass_edited(config: &str) -> TestSite {
    TestSite::new()
        .config(config)
        .page("a.md", TEXT)
        .page("b.md", "# B\n\nText.\n")
        .commit("Ann", "2026-01-02", "Write both")
        .page("a.md", &TEXT.replace("last", "very last"))
        .commit("Bob", "2026-02-03", "Say it better")
        .page("a.md", &TEXT.replace("last", "very last").replace("line", "row"))
        .page("b.md", "# B\n\nWords.\n")
        .page("c.md", "# C\n\nNew.\n")
        .commit("Chen", "2026-03-04", "Other words everywhere")
}

#[test]
fn mass_edit_dates_nothing_but_what_it_adds() {
    let built = mass_edited("history: {mass_edit: 3}\n").build();
    let expect = days(["2026-01-02", "2026-02-03", "2026-02-03", "2026-03-04"]);
    assert_eq!(dates(&built, "a"), expect);
    assert_eq!(dates(&built, "b")[1].as_deref(), Some("2026-01-02"));
    assert_eq!(dates(&built, "c")[1].as_deref(), Some("2026-03-04"));
    assert_eq!(small(&built, "a"), ["mass-edit", "-", "-"]);
    let words = built.words("a/");
    assert!(words.contains("last changed 3 February 2026"), "{words}");
    assert!(words.contains("small edits until 4 March 2026"), "{words}");
    let usual = mass_edited("").build();
    assert_eq!(dates(&usual, "a")[1].as_deref(), Some("2026-03-04"));
    assert!(!usual.words("a/").contains("small edits"));
}

#[test]
fn bots_and_ignored_commits_date_nothing() {
    let mut site = TestSite::new()
        .page("a.md", TEXT)
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", &TEXT.replace("One", "1"))
        .commit("tidy[bot]", "2026-02-03", "Tidy up")
        .page("a.md", &TEXT.replace("One", "One whole"))
        .commit("Bob", "2026-03-04", "Wrap the lines");
    assert_eq!(dates(&site.build(), "a")[1].as_deref(), Some("2026-03-04"));
    let newest = site.build().records("revision")[0]["commit"].as_str().unwrap().to_owned();
    site.write(".git-blame-ignore-revs", format!("# lines\n{newest}\n"));
    site.record("Ann", "2026-03-05", "Ignore it");
    let built = site.build();
    assert_eq!(small(&built, "a"), ["ignored", "bot", "-"]);
    assert_eq!(dates(&built, "a"), days(["2026-01-02", "2026-01-02", "2026-01-02", "2026-03-04"]));
}

#[test]
fn page_that_only_bots_wrote_has_their_date() {
    let built =
        TestSite::new().page("a.md", TEXT).commit("tidy[bot]", "2026-02-03", "Make it").build();
    assert_eq!(dates(&built, "a")[1].as_deref(), Some("2026-02-03"));
}

#[test]
fn move_is_a_change_but_none_of_the_words() {
    let built = TestSite::new()
        .page("a.md", TEXT)
        .commit("Ann", "2026-01-02", "Write it")
        .moved("a.md", "ops/a.md")
        .commit("Bob", "2026-02-03", "Move it")
        .build();
    let expect = days(["2026-01-02", "2026-02-03", "2026-01-02", "2026-02-03"]);
    assert_eq!(dates(&built, "ops/a"), expect);
    let words = built.words("ops/a/");
    assert!(words.contains("last changed 3 February 2026 by Bob"), "{words}");
    assert!(words.contains("its words on 2 January 2026"), "{words}");
}

#[test]
fn front_matter_says_when_a_page_was_written() {
    let built = TestSite::new()
        .page("a.md", "---\ndate: 2019-05-06\n---\n# A\n")
        .commit("Ann", "2026-01-02", "Write it")
        .build();
    assert_eq!(dates(&built, "a")[0].as_deref(), Some("2019-05-06"));
}

#[test]
fn committers_clock_counts_if_the_site_says_so() {
    let site = TestSite::new().page("a.md", TEXT);
    crate::support::git::commit_at(
        site.path(),
        ("Ann", "2026-01-02"),
        ("Bob", "2026-02-03"),
        "Write it",
    );
    assert_eq!(dates(&site.build(), "a")[1].as_deref(), Some("2026-01-02"));
    let site = site.config("history: {date: committer}\n");
    let built = site.build();
    assert_eq!(dates(&built, "a"), days(["2026-02-03", "2026-02-03", "2026-02-03", "2026-02-03"]));
    assert!(built.words("a/history/").contains("3 February 2026"));
    assert!(!built.words("changes/").contains("January"));
}

#[test]
fn what_a_shallow_clone_cannot_know_is_not_told() {
    let site = TestSite::new()
        .page("a.md", TEXT)
        .page("b.md", "# B\n")
        .commit("Ann", "2026-01-02", "Write both")
        .commit("Ann", "2026-02-03", "Nothing")
        .page("a.md", &TEXT.replace("last", "very last"))
        .page("c.md", "# C\n")
        .commit("Bob", "2026-03-04", "Change one, write one");
    let revisions = site.build().records("revision");
    let change = revisions.iter().find(|revision| revision["subject"] == "Change one, write one");
    let newest = change.unwrap()["commit"].as_str().unwrap().to_owned();
    let repository = git2::Repository::open(site.path()).unwrap();
    let end = repository.find_commit(git2::Oid::from_str(&newest).unwrap()).unwrap();
    let end = end.parent_id(0).unwrap();
    fs::write(repository.path().join("shallow"), format!("{end}\n")).unwrap();
    let built = site.build();
    assert_eq!(built.codes(), ["shallow-history"]);
    assert_eq!(dates(&built, "a"), days(["", "2026-03-04", "2026-03-04", "2026-03-04"]));
    assert_eq!(dates(&built, "b"), days(["", "", "", ""]));
    assert_eq!(dates(&built, "c")[0].as_deref(), Some("2026-03-04"));
    let words = built.words("b/");
    assert!(words.contains("written on or before 3 February 2026"), "{words}");
    assert!(built.words("a/").contains("written on or before 3 February 2026"));
    assert!(!built.words("c/").contains("written on or before"));
}

#[test]
fn what_is_not_committed_is_told() {
    let site = TestSite::new().page("a.md", TEXT).page("b.md", "# B\r\n").commit(
        "Ann",
        "2026-01-02",
        "Write both",
    );
    assert_eq!(site.build().codes(), [""; 0]);
    site.write("a.md", TEXT.replace("One", "1"));
    site.write("new.md", "# New\n");
    let built = site.build();
    assert_eq!(
        built.findings(),
        [
            "not-committed: `a.md`, `new.md` are not committed as they are: dates, people and history are those of the last \
          commit (commit before you publish)"
        ]
    );
    assert!(!built.words("new/").contains("Not committed yet"));
    let preview = site.preview();
    assert!(preview.words("new/").contains("Not committed yet"));
    assert!(preview.words("a/").contains("Changed since the last commit"));
    assert!(!preview.html("b/").contains("notice-pending"));
}

#[test]
fn line_ends_that_git_made_plain_are_committed() {
    let site =
        TestSite::new().page("a.md", "# A\n\nText.\n").commit("Ann", "2026-01-02", "Write it");
    site.write("a.md", "# A\r\n\r\nText.\r\n");
    assert_eq!(site.build().codes(), [""; 0]);
}

#[test]
fn without_history_nothing_is_expected_to_be_committed() {
    let site = TestSite::new().page("a.md", TEXT);
    assert_eq!(site.preview().codes(), [""; 0]);
    assert_eq!(site.git().preview().codes(), [""; 0]);
}
