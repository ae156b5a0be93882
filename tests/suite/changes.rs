//! Lists of what changed: a page's revisions, and the site's changes by day.

use crate::support::{Built, TestSite};

const TEXT: &str =
    "# A\n\nIntro.\n\n## Why\n\nOne line of text.\n\n## How *much*\n\nAnother line of it.\n";

fn count(built: &Built, url: &str, part: &str) -> usize {
    built.main(url).matches(part).count()
}

/// A page that Ann edits twice in a row, Bob once, and Ann once more.
fn edited() -> TestSite {
    TestSite::new()
        .page("a.md", TEXT)
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", &TEXT.replace("One", "First"))
        .commit("Ann", "2026-01-03", "Say first")
        .page("a.md", &TEXT.replace("One", "First").replace("Another", "Second"))
        .commit("Ann", "2026-01-03", "Say second")
        .page("a.md", &TEXT.replace("Another", "Second"))
        .commit("Bob", "2026-01-03", "Say one again")
        .page("a.md", TEXT)
        .commit("Ann", "2026-01-03", "Back to where we were")
}

#[test]
fn edits_in_one_sitting_fold_into_one() {
    let built = edited().build();
    let history = built.main("a/history/");
    assert_eq!(history.matches("2 edits in one sitting").count(), 1);
    assert_eq!(count(&built, "a/history/", "edits in one sitting"), 1);
    for subject in ["Write it", "Say first", "Say second", "Say one again", "Back to where we were"]
    {
        assert!(history.contains(subject), "{subject}");
    }
    assert!(built.words("a/history/").contains("5 versions"));
}

#[test]
fn revision_tells_the_parts_of_the_page_that_it_changed() {
    let built = edited().build();
    let record = |subject: &str| {
        let records = built.records("revision");
        let found = records.iter().find(|revision| revision["subject"] == subject);
        found.unwrap()["sections"].to_string()
    };
    assert_eq!(record("Say first"), r#"["Why"]"#);
    assert_eq!(record("Say second"), r#"["How *much*"]"#);
    assert_eq!(record("Write it"), "[]");
    let history = built.main("a/history/");
    assert!(history.contains("<a href=\"../index.html#how-much\">How much</a>"), "{history}");
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn list_of_revisions_is_complete_in_pages() {
    let mut site = TestSite::new().config("history: {revisions: none}\n").page("a.md", "# A\n");
    for number in 0..60 {
        site.write("a.md", format!("# A\n\nText {number}.\n"));
        let who = ["Ann", "Bob"][number % 2];
        site.record(who, "2026-01-02", &format!("Edit number {number}."));
    }
    let built = site.build();
    assert_eq!(count(&built, "a/history/", "Edit number"), 50);
    assert_eq!(count(&built, "a/history/2/", "Edit number"), 10);
    assert!(built.words("a/history/").contains("60 versions"));
    assert!(built.main("a/history/").contains("href=\"2/index.html\" rel=\"next\""));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn changes_of_a_day_are_grouped_by_page_and_people() {
    let built = edited().build();
    let changes = built.main("changes/");
    let third = changes.split("2 January 2026").next().unwrap();
    assert_eq!(third.matches("<li class=\"change\"").count(), 2, "{third}");
    assert_eq!(third.matches("3 edits").count(), 1);
    for subject in ["Say first", "Say second", "Back to where we were", "Say one again"] {
        assert!(third.contains(subject), "{subject}");
    }
}

#[test]
fn commit_over_several_pages_is_one_entry() {
    let built = TestSite::new()
        .page("a.md", TEXT)
        .page("b.md", "# B\n")
        .page("c.md", "# C\n")
        .commit("Ann", "2026-01-02", "Write three")
        .build();
    assert_eq!(count(&built, "changes/", "<li class=\"change\""), 1);
    assert_eq!(count(&built, "changes/", "Write three"), 1);
    // A list of the one kind that there is would be the same again.
    assert!(!built.files().iter().any(|path| path.starts_with("changes/kind/")));
}

#[test]
fn changes_lead_to_what_they_did_to_each_page() {
    let built = TestSite::new()
        .page("a.md", "# A\n\none\n")
        .page("b.md", "# B\n\none\n")
        .commit("Ann", "2026-01-02", "Write two")
        .page("a.md", "# A\n\none more\n")
        .page("b.md", "# B\n\none more\n")
        .commit("Ann", "2026-01-03", "Say more")
        .page("a.md", "# A\n\nanother more\n")
        .commit("Bob", "2026-01-03", "Say other")
        .page("a.md", "# A\n\nanother\n")
        .commit("Bob", "2026-01-03", "Say less")
        .build();
    let main = built.main("changes/");
    let told = |page: &str| main.matches(&format!("href=\"../{page}/history/")).count();
    // Bob's two, and the history that tells of both; of what came with another page each page's own.
    assert_eq!((told("a"), told("b")), (5, 2), "{main}");
    assert!(main.contains("/index.html\">Say less</a>"), "{main}");
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn front_page_tells_what_people_did_before_what_programs_did() {
    let site =
        || TestSite::new().page("a.md", "# A\n").commit("wiki-bot", "2026-01-02", "Import it");
    assert!(site().build().words("").contains("Import it"));
    let built = site()
        .page("a.md", "# A\n\nWords.\n")
        .commit("Ann", "2026-01-03", "Explain it")
        .page("a.md", "# A\n\nWords .\n")
        .commit("wiki-bot", "2026-01-04", "Format it")
        .build();
    let words = built.words("");
    assert!(words.contains("Explain it") && !words.contains("Format it"), "{words}");
    assert!(built.words("changes/").contains("Format it"));
}

#[test]
fn changes_are_listed_by_domain_kind_and_person() {
    let built = TestSite::new()
        .page("a.md", "---\ndomains: [Water]\n---\n# A\n")
        .commit("Ann", "2026-01-02", "Write a")
        .page("n.md", "---\nkind: news\ndomains: [Land]\n---\n# N\n")
        .commit("Bob", "2026-01-03", "Write news")
        .build();
    let only = |url: &str, told: &str, other: &str| {
        let words = built.words(url);
        assert!(words.contains(told) && !words.contains(other), "{url}: {words}");
    };
    only("changes/domain/water/", "Write a", "Write news");
    only("changes/kind/news/", "Write news", "Write a");
    only("changes/person/bob/", "Write news", "Write a");
    for url in ["changes/domain/water/", "changes/kind/news/", "changes/person/bob/"] {
        let address = url.strip_prefix("changes/").unwrap();
        assert!(built.main("changes/").contains(&format!("href=\"{address}index.html\"")), "{url}");
        assert!(built.main(url).contains("aria-current=\"page\""));
    }
    assert!(built.main("people/bob/").contains("changes/person/bob/"));
    assert!(built.main("domains/water/").contains("changes/domain/water/"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn what_is_gone_or_moved_is_told_with_what_it_was_and_where_it_went() {
    let built = TestSite::new()
        .page("a.md", TEXT)
        .page("gone.md", "---\ntitle: Gone for good\n---\nText.\n")
        .commit("Ann", "2026-01-02", "Write both")
        .removed("gone.md")
        .commit("Bob", "2026-02-03", "Drop what nobody needs")
        .moved("a.md", "ops/a.md")
        .commit("Chen", "2026-03-04", "Where it belongs")
        .build();
    for url in ["changes/", "changes/gone/"] {
        let words = built.words(url);
        for part in ["Gone for good", "removed: gone.md", "Bob", "Drop what nobody needs"] {
            assert!(words.contains(part), "{part} in {words}");
        }
        assert!(words.contains("moved from a.md") && words.contains("Chen"), "{words}");
    }
    assert!(!built.words("changes/gone/").contains("Write both"));
    assert!(built.main("changes/").contains("href=\"../gone/index.html\""));
}

#[test]
fn page_of_the_source_keeps_an_address_among_the_lists() {
    let mut site = TestSite::new()
        .page("a/history/2.md", "# Mine\n")
        .page("changes/person/ann.md", "# Mine too\n")
        .page("a.md", "# A\n");
    for number in 0..60 {
        site.write("a.md", format!("# A\n\nText {number}.\n"));
        site.record(["Ann", "Bob"][number % 2], "2026-01-02", "Edit");
    }
    let built = site.build();
    assert_eq!(built.title("a/history/2/"), "Mine");
    assert_eq!(built.title("changes/person/ann/"), "Mine too");
    assert_eq!(count(&built, "a/history-2/2/", "<li class=\"change "), 10);
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn small_changes_are_marked_in_every_list() {
    let built = TestSite::new()
        .page("a.md", TEXT)
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", &TEXT.replace("One", "1"))
        .commit("tidy[bot]", "2026-02-03", "Tidy up")
        .build();
    for url in ["changes/", "a/history/"] {
        assert!(built.words(url).contains("Tidy up automated"), "{}", built.words(url));
        assert_eq!(
            count(&built, url, "<li class=\"change small\"")
                + count(&built, url, "modified small\""),
            1
        );
    }
}

#[test]
fn browser_is_given_what_it_may_remember() {
    let built = edited().build();
    let newest = built.records("revision")[0]["commit"].as_str().unwrap()[..8].to_owned();
    let page = built.main("a/");
    assert!(page.contains(&format!("data-page=\"a\" data-revision=\"{newest}\"")), "{page}");
    assert!(page.contains("data-since=\"changed since you read it on {date}\""), "{page}");
    let arrivals = |url: &str| {
        let main = built.main(url);
        main.split("data-newest=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(arrivals("changes/"), arrivals(""));
    assert_eq!(arrivals("changes/").split(' ').count(), 3);
}
