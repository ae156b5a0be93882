//! What a commit says, and what it did to which files.

use super::*;

#[test]
fn people_come_from_trailers_and_mailmap() {
    let mut f = Fixture::new();
    f.author = Signature::new("anna", "ANNA@laptop", &Time::new(0, 0)).unwrap();
    let message = "T\n\nWhy.\n\nCo-authored-by: Anna <anna@n.example>\nCo-Authored-By: Bram <b@n>\n\
                   reviewed-by: Chen <c@n>\nAcked-by: chen <C@n>\n";
    f.commit(message, &[("a.md", "a\n")]);
    fs::write(f.root().join(".mailmap"), "Anna <anna@n.example> <anna@laptop>\n").unwrap();
    let commit = &f.read().commits[0];
    assert_eq!(
        (commit.author.name.as_str(), commit.author.email.as_str()),
        ("Anna", "anna@n.example")
    );
    let names = |all: &[Identity]| all.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&commit.co_authors), ["Bram"]);
    assert_eq!(names(&commit.reviewers), ["Chen"]);
    assert_eq!(commit.body, "Why.");
}

#[test]
fn bytes_that_are_not_utf8_do_no_harm() {
    let mut f = Fixture::new();
    f.commit_entries(&[], b"Caf\xe9\n", &[(0o100_644, b"caf\xe9.md", b"\xff words\n")]);
    let history = f.read();
    assert_eq!(history.commits[0].subject, "Café");
    assert_eq!(f.story("café.md"), ["Café: added café.md"]);
    assert_eq!(history.commits[0].changes[0].added, 2);
}

#[test]
fn dates_of_all_times_and_zones_are_kept() {
    let mut f = Fixture::new();
    let date = |f: &Fixture| f.read().commits[0].authored.rfc3339();
    f.clock = 0;
    f.commit("1970", &[("a.md", "a\n")]);
    assert_eq!(date(&f), "1970-01-01T00:00:00+00:00");
    f.author = Signature::new("A", "a@n", &Time::new(0, -330)).unwrap();
    f.clock = 4_102_444_800;
    f.commit("2100", &[("a.md", "b\n")]);
    assert_eq!(date(&f), "2099-12-31T18:30:00-05:30");
    f.clock = 9_000_000_000_000_000;
    f.commit("far", &[("a.md", "c\n")]);
    assert!(date(&f).starts_with("9999-12-3"), "{}", date(&f));
}

#[test]
fn commit_without_pages_is_listed() {
    let mut f = Fixture::new();
    f.commit("one", &[("a.md", "a\n")]);
    f.commit("empty", &[("a.md", "a\n")]);
    f.commit("code", &[("a.md", "a\n"), ("main.rs", "x\n")]);
    let history = f.read();
    assert_eq!(history.commits.len(), 3);
    assert_eq!(history.commits[0].changes, []);
    assert_eq!(f.story("a.md"), ["one: added a.md"]);
}

#[test]
fn only_plain_markdown_files_are_pages() {
    let mut f = Fixture::new();
    let entries: [(u32, &[u8], &[u8]); 4] = [
        (0o120_000, b"link.md", b"real.md"),
        (0o100_644, b"real.MD", b"a\n"),
        (0o100_755, b"run.mkd", b"a\n"),
        (0o100_644, b"text.txt", b"a\n"),
    ];
    f.commit_entries(&[], b"c1", &entries);
    let history = f.read();
    let paths: Vec<_> = history.lineages.keys().map(SourcePath::as_str).collect();
    assert_eq!(paths, ["real.MD", "run.mkd"]);
    assert_eq!(history.commits[0].changes.len(), 2);
}

#[test]
fn file_and_folder_may_change_places() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", "a\n"), ("a.md.x", "x\n")]);
    f.commit("c2", &[("a.md/b.md", "all else\n"), ("a.md.x", "x\n")]);
    assert_eq!(f.story("a.md/b.md"), ["c2: added a.md/b.md"]);
    assert_eq!(f.read().removals[0].path.as_str(), "a.md");
}
