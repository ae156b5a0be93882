//! What was never for everybody, and goes, moves or comes to light: nothing is told of what nobody could see.

use crate::support::{Built, TestSite};

const SECRET: &str =
    "---\ntitle: Harbour sale\npublished: false\n---\nWe sell the harbour this year.\n";

/// Returns every file that has a part in its name or its text.
fn traces(built: &Built, part: &str) -> Vec<String> {
    let has = |file: &&str| {
        let bytes = built.build.output.get(file).unwrap().bytes().unwrap();
        file.to_lowercase().contains(part)
            || String::from_utf8_lossy(&bytes).to_lowercase().contains(part)
    };
    built.files().into_iter().filter(has).map(str::to_owned).collect()
}

fn site() -> TestSite {
    TestSite::new()
        .config("url: https://n.example\nexclude: [zolder/**]\n")
        .page("a.md", "# A\n\nText.\n")
        .commit("Ann", "2026-01-01", "Write it")
}

#[test]
fn withheld_page_that_was_removed_leaves_no_trace() {
    let built = site()
        .page("harbour.md", SECRET)
        .commit("Carl", "2026-01-02", "Plan the harbour sale")
        .page("harbour.md", &SECRET.replace("this", "next"))
        .commit("Carl", "2026-01-03", "Put off the harbour sale")
        .removed("harbour.md")
        .commit("Carl", "2026-01-04", "The harbour stays")
        .build();
    assert_eq!(traces(&built, "harbour"), [""; 0]);
    assert_eq!(traces(&built, "carl"), [""; 0]);
    assert!(built.records("revision").iter().all(|revision| revision["subject"] == "Write it"));
}

#[test]
fn page_that_was_withheld_before_it_was_removed_leaves_no_trace() {
    let built = site()
        .page("harbour.md", "# Harbour\n\nShips come in.\n")
        .commit("Carl", "2026-01-02", "Tell of the harbour")
        .page("harbour.md", SECRET)
        .commit("Carl", "2026-01-03", "Hide it")
        .removed("harbour.md")
        .commit("Carl", "2026-01-04", "Drop it")
        .build();
    assert_eq!(traces(&built, "harbour"), [""; 0]);
}

#[test]
fn excluded_page_that_was_removed_leaves_no_trace() {
    let built = site()
        .page("zolder/harbour.md", "# Harbour\n\nShips come in.\n")
        .page(".notes/harbour.md", "# Harbour\n\nNo ships at all.\n")
        .commit("Carl", "2026-01-02", "Tell of the harbour")
        .removed("zolder/harbour.md")
        .removed(".notes/harbour.md")
        .commit("Carl", "2026-01-04", "Drop the harbour")
        .build();
    assert_eq!(traces(&built, "harbour"), [""; 0]);
    assert_eq!(traces(&built, "carl"), [""; 0]);
}

#[test]
fn commit_over_open_and_withheld_pages_names_the_open_ones() {
    let built = site()
        .page("harbour.md", SECRET)
        .page("b.md", "# B\n\nText of b.\n")
        .commit("Carl", "2026-01-02", "Two pages")
        .removed("harbour.md")
        .removed("b.md")
        .commit("Carl", "2026-01-04", "Drop both")
        .build();
    assert_eq!(traces(&built, "harbour"), [""; 0]);
    let changes = built.words("changes/");
    assert!(changes.contains("Two pages") && changes.contains("Drop both"), "{changes}");
    assert!(built.words("changes/gone/").contains("b.md"));
}

#[test]
fn page_that_came_from_where_nobody_could_look_is_new() {
    let built = site()
        .page("zolder/harbour.md", "# Harbour\n\nShips come in, and go out again.\n")
        .commit("Carl", "2026-01-02", "Secret beginnings")
        .moved("zolder/harbour.md", "port.md")
        .commit("Dewi", "2026-01-04", "Show it")
        .build();
    for trace in ["zolder", "secret"] {
        assert_eq!(traces(&built, trace), [""; 0]);
    }
    let history = built.words("port/history/");
    assert!(history.contains("Show it") && !history.contains("moved from"), "{history}");
    // Who wrote it is credited.
    assert_eq!(built.deeds("port"), ["carl wrote", "dewi wrote"]);
}

#[test]
fn history_of_a_page_begins_where_it_came_to_light() {
    let built = site()
        .page("harbour.md", SECRET)
        .commit("Carl", "2026-01-02", "Secret beginnings")
        .page("harbour.md", "# Harbour\n\nShips come in.\n")
        .commit("Carl", "2026-01-03", "Show it")
        .page("harbour.md", "# Harbour\n\nShips come in and go.\n")
        .commit("Carl", "2026-01-04", "Ships go, too")
        .build();
    for trace in ["secret", "we sell", "harbour sale"] {
        assert_eq!(traces(&built, trace), [""; 0]);
    }
    let subjects: Vec<String> = built
        .records("revision")
        .iter()
        .filter(|revision| revision["page"] == "harbour")
        .map(|revision| format!("{} {}", revision["change"], revision["subject"]))
        .collect();
    assert_eq!(subjects, ["\"modified\" \"Ships go, too\"", "\"added\" \"Show it\""]);
    assert_eq!(built.record("page", "harbour")["created"], "2026-01-03");
}

#[test]
fn what_was_hidden_for_a_while_follows_on_what_was_seen_before() {
    let built = site()
        .page("harbour.md", "# Harbour\n\nShips come in.\n")
        .commit("Carl", "2026-01-02", "Tell of it")
        .page("harbour.md", SECRET)
        .commit("Carl", "2026-01-03", "Secret interlude")
        .page("harbour.md", "# Harbour\n\nShips come in and go.\n")
        .commit("Carl", "2026-01-04", "Show it again")
        .build();
    assert_eq!(traces(&built, "secret"), [""; 0]);
    let again = built.files().into_iter().find(|file| {
        file.starts_with("harbour/history/")
            && built.text_of(file).contains("Show it again</")
            && built.text_of(file).contains("<ins>")
    });
    let words = built.text_of(again.unwrap());
    assert!(!words.contains("sell"), "{words}");
}
