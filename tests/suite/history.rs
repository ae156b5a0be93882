//! Revisions of pages, changes of the site.

use crate::support::built::text;
use crate::support::{Built, TestSite, polder};

fn revisions(built: &Built, page: &str) -> Vec<String> {
    let of_page = built.records("revision").into_iter().filter(|revision| revision["page"] == page);
    let tell = |revision: serde_json::Value| {
        let date = &text(&revision["date"])[..10];
        format!(
            "{date} {} {} {}",
            text(&revision["change"]),
            text(&revision["path"]),
            text(&revision["subject"])
        )
    };
    of_page.map(tell).collect()
}

fn renamed() -> TestSite {
    let words = "One line of text.\nAnother line of it.\nA third, and the last.\n";
    TestSite::new()
        .page("old.md", &format!("# T\n\n{words}"))
        .page("other.md", "# Other\n")
        .commit("Ann", "2026-01-02", "Write it")
        .moved("old.md", "ops/new.md")
        .commit("Bob", "2026-02-03", "Move it")
        .page("ops/new.md", &format!("# T\n\n{words}\nMore.\n"))
        .commit("Chen", "2026-03-04", "Add a line")
}

#[test]
fn revisions_follow_renames() {
    let built = renamed().build();
    assert_eq!(
        revisions(&built, "ops/new"),
        [
            "2026-03-04 modified ops/new.md Add a line",
            "2026-02-03 renamed ops/new.md Move it",
            "2026-01-02 added old.md Write it",
        ]
    );
    let page = built.record("page", "ops/new");
    assert_eq!((&page["created"], &page["updated"]), (&"2026-01-02".into(), &"2026-03-04".into()));
    let shown = built.words("ops/new/history/");
    for part in ["Add a line", "Move it", "Write it", "Ann", "Bob", "Chen", "old.md"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn page_says_when_it_changed_last_and_by_whom() {
    let built = renamed().build();
    let words = built.words("ops/new/");
    assert!(words.contains("last changed 4 March 2026"), "{words}");
    assert!(built.main("ops/new/").contains("<time datetime=\"2026-03-04\">"));
    assert!(words.contains("Chen"));
    assert!(built.main("ops/new/").contains("href=\"history/index.html\""));
}

#[test]
fn changes_are_listed_by_day_newest_first() {
    let built = renamed().build();
    let words = built.words("changes/");
    let at = |part: &str| words.find(part).unwrap_or_else(|| panic!("{part} in {words}"));
    assert!(at("4 March 2026") < at("Add a line") && at("Add a line") < at("3 February 2026"));
    assert!(at("3 February 2026") < at("Move it") && at("Move it") < at("2 January 2026"));
    assert!(built.main("changes/").contains("../ops/new/index.html"));
}

#[test]
fn removed_pages_stay_listed() {
    let built = TestSite::new()
        .page("a.md", "# A\n")
        .page("gone.md", "# Gone for good\n")
        .commit("Ann", "2026-01-02", "Write both")
        .removed("gone.md")
        .commit("Bob", "2026-02-03", "Drop what nobody needs")
        .config("repository: https://github.com/a/b\n")
        .build();
    let words = built.words("changes/");
    assert!(words.contains("gone.md") && words.contains("Drop what nobody needs"), "{words}");
    assert_eq!(built.title("gone/"), "This page was removed");
    let was = built.main("gone/");
    assert!(was.contains("https://github.com/a/b/blob/") && was.contains("/gone.md\""), "{was}");
}

#[test]
fn page_that_is_not_committed_has_no_history_page() {
    let built = renamed().page("fresh.md", "# Fresh\n").build();
    assert_eq!(revisions(&built, "fresh"), [""; 0]);
    assert_eq!(built.record("page", "fresh")["updated"], serde_json::Value::Null);
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn numbers_of_lines_are_told() {
    let built = renamed().build();
    let records = built.records("revision");
    let newest = records.iter().find(|revision| revision["subject"] == "Add a line").unwrap();
    assert!(newest["added"].as_u64() > Some(0) && newest["removed"] == 0, "{newest}");
}

#[test]
fn home_page_has_a_history_too() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .commit("Ann", "2026-01-02", "Open the door")
        .build();
    assert!(built.words("history/").contains("Open the door"));
    assert!(built.main("/").contains("history/index.html"));
}

#[test]
fn page_called_history_keeps_its_address() {
    let built = TestSite::new()
        .page("a.md", "# A\n")
        .page("a/history.md", "# Our history\n")
        .commit("Ann", "2026-01-02", "Both")
        .build();
    assert_eq!(built.title("a/history/"), "Our history");
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn shallow_clone_is_told_with_its_remedy() {
    let origin = renamed();
    let site = TestSite::new();
    let address = format!("file://{}", origin.path().display());
    let ran = std::process::Command::new("git")
        .args([
            "-c",
            "protocol.file.allow=always",
            "clone",
            "--quiet",
            "--depth",
            "1",
            &address,
            "clone",
        ])
        .current_dir(site.path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", site.path())
        .status()
        .unwrap();
    assert!(ran.success());
    let built = site.build_of("clone");
    assert_eq!(built.codes(), ["shallow-history"]);
    assert!(built.findings()[0].contains("git fetch --unshallow"), "{:?}", built.findings());
}

#[test]
fn builds_at_once_share_a_cache_and_damage_costs_nothing() {
    let site = renamed();
    let export = |arguments: &[&str]| polder(site.path(), arguments).ended(0).out;
    let plain = export(&["export", "--no-cache"]);
    let start = || {
        let mut command = crate::support::cli::command(site.path());
        command.arg("export").stdout(std::process::Stdio::piped()).spawn().unwrap()
    };
    for child in [start(), start(), start()] {
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), plain);
    }
    let cache = site.at(".polder/cache/commits");
    let kept = std::fs::read(&cache).unwrap();
    std::fs::write(&cache, &kept[..kept.len() / 3]).unwrap();
    assert_eq!(export(&["export"]), plain);
    std::fs::write(&cache, b"polder commits 1\nof another version").unwrap();
    assert_eq!(export(&["export"]), plain);
    assert_eq!(std::fs::read(&cache).unwrap(), kept);
}
