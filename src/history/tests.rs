//! What the room does with whole repositories.

use std::fs;
use std::path::Path;

use git2::{Signature, Time};

use super::fixture::{Fixture, told};
use super::*;
use crate::base::Severity;

const LONG: &str = "# Pumps\n\nOne line.\nTwo lines.\nThree lines.\nFour lines.\nFive lines.\n";
const LONG_EDITED: &str =
    "# Pumps\n\nOne line.\nTwo lines.\nThree lines.\nFour rows.\nFive lines.\n";

fn read(source: &Path, cache: Option<&Path>) -> Outcome<History> {
    super::read(source, None, |_| false, &mut CommitMemo::new(), cache)
}

fn codes(outcome: &Outcome<History>) -> Vec<&str> {
    outcome.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn chain_of_renames_and_edits_is_one_lineage() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", LONG)]);
    f.commit("c2", &[("x/b.md", LONG)]);
    f.commit("c3", &[("x/c.md", LONG_EDITED)]);
    f.commit("c4", &[("a.md", LONG_EDITED)]);
    let expect = ["c4: renamed a.md", "c3: renamed x/c.md", "c2: renamed x/b.md", "c1: added a.md"];
    assert_eq!(f.story("a.md"), expect);
    assert_eq!(f.read().removals, []);
}

#[test]
fn reused_name_is_another_file() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", LONG)]);
    f.commit("c2", &[("b.md", LONG)]);
    f.commit("c3", &[("a.md", "new\n"), ("b.md", LONG)]);
    f.commit("c4", &[("a.md", "newer\n"), ("b.md", LONG_EDITED)]);
    assert_eq!(f.story("a.md"), ["c4: modified a.md", "c3: added a.md"]);
    assert_eq!(f.story("b.md"), ["c4: modified b.md", "c2: renamed b.md", "c1: added a.md"]);
}

#[test]
fn rename_by_letter_case_needs_no_likeness() {
    let mut f = Fixture::new();
    f.commit("c1", &[("README.md", "one\n")]);
    f.commit("c2", &[("Readme.md", "all else\n")]);
    assert_eq!(f.story("Readme.md"), ["c2: renamed Readme.md", "c1: added README.md"]);
}

#[test]
fn deleted_and_revived_file_goes_on() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", "one\n"), ("b.md", "b\n")]);
    f.commit("c2", &[("b.md", "b\n")]);
    assert_eq!(f.read().removals.len(), 1);
    f.commit("c3", &[("a.md", "two\n"), ("b.md", "b\n")]);
    assert_eq!(f.story("a.md"), ["c3: added a.md", "c2: deleted a.md", "c1: added a.md"]);
    assert_eq!(f.read().removals, []);
}

#[test]
fn removal_keeps_its_past() {
    let mut f = Fixture::new();
    f.commit("c1", &[("docs/a.md", LONG), ("docs/b.md", "b\n")]);
    f.commit("c2", &[("docs/old.md", LONG), ("docs/b.md", "b\n")]);
    f.commit("c3", &[("docs/b.md", "b\n")]);
    f.commit("c4", &[("docs/b.md", "c\n")]);
    let history = f.read();
    let [removal] = &history.removals[..] else { panic!("{:?}", history.removals) };
    assert_eq!(removal.path.as_str(), "docs/old.md");
    assert_eq!(told(&history, &[removal.revision]), ["c3: deleted docs/old.md"]);
    assert_eq!(
        told(&history, &removal.earlier),
        ["c2: renamed docs/old.md", "c1: added docs/a.md"]
    );
}

#[test]
fn edit_under_the_old_name_on_another_branch_belongs_to_the_file() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", LONG)]);
    let renamed = f.commit_on(&[base], "rename", &[("b.md", LONG)]);
    let edited = f.commit_on(&[base], "edit", &[("a.md", LONG_EDITED)]);
    f.commit_on(&[renamed, edited], "merge", &[("b.md", LONG_EDITED)]);
    f.commit("after", &[("b.md", "all else\n")]);
    let expect = [
        "after: modified b.md",
        "merge: modified b.md",
        "edit: modified a.md",
        "rename: renamed b.md",
        "base: added a.md",
    ];
    assert_eq!(f.story("b.md"), expect);
    assert_eq!(f.read().removals, []);
}

#[test]
fn edit_on_another_branch_does_not_go_to_the_new_file_of_that_name() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", LONG)]);
    let renamed = f.commit_on(&[base], "rename", &[("b.md", LONG)]);
    let reused = f.commit_on(&[renamed], "reuse", &[("a.md", "new\n"), ("b.md", LONG)]);
    let edited = f.commit_on(&[base], "edit", &[("a.md", LONG_EDITED)]);
    let both = [("a.md", "new\n"), ("b.md", LONG_EDITED)];
    f.commit_on(&[reused, edited], "merge", &both);
    assert_eq!(f.story("a.md"), ["reuse: added a.md"]);
    let expect =
        ["merge: modified b.md", "edit: modified a.md", "rename: renamed b.md", "base: added a.md"];
    assert_eq!(f.story("b.md"), expect);
}

#[test]
fn name_that_a_branch_reused_is_another_file_after_the_merge() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", LONG), ("c.md", "c\n")]);
    let main = f.commit_on(&[base], "main", &[("a.md", LONG), ("c.md", "c2\n")]);
    let renamed = f.commit_on(&[base], "rename", &[("b.md", LONG), ("c.md", "c\n")]);
    let both = [("a.md", "new\n"), ("b.md", LONG), ("c.md", "c\n")];
    let reused = f.commit_on(&[renamed], "reuse", &both);
    let both = [("a.md", "new\n"), ("b.md", LONG), ("c.md", "c2\n")];
    f.commit_on(&[main, reused], "merge", &both);
    assert_eq!(f.story("a.md"), ["reuse: added a.md"]);
    assert_eq!(f.story("b.md"), ["rename: renamed b.md", "base: added a.md"]);
}

#[test]
fn merge_of_two_new_files_of_one_name_has_both_pasts() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("z.md", "z\n")]);
    let left = f.commit_on(&[base], "left", &[("a.md", "left\n"), ("z.md", "z\n")]);
    let right = f.commit_on(&[base], "right", &[("a.md", "right\n"), ("z.md", "z\n")]);
    f.commit_on(&[left, right], "merge", &[("a.md", "left\nright\n"), ("z.md", "z\n")]);
    assert_eq!(f.story("a.md"), ["merge: modified a.md", "right: added a.md", "left: added a.md"]);
}

#[test]
fn page_that_was_added_on_two_branches_has_both_pasts_whichever_text_won() {
    for won in ["left\n", "right\n"] {
        let mut f = Fixture::new();
        let base = f.commit("base", &[("z.md", "z\n")]);
        let left = f.commit_on(&[base], "left", &[("a.md", "left\n"), ("z.md", "z\n")]);
        let right = f.commit_on(&[base], "right", &[("a.md", "right\n"), ("z.md", "z\n")]);
        f.commit_on(&[left, right], "merge", &[("a.md", won), ("z.md", "z\n")]);
        assert_eq!(f.story("a.md"), ["right: added a.md", "left: added a.md"], "{won}");
    }
}

#[test]
fn file_that_was_removed_and_comes_again_with_a_branch_goes_on() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("z.md", "z\n")]);
    let added = f.commit_on(&[base], "add", &[("a.md", "one\n"), ("z.md", "z\n")]);
    let removed = f.commit_on(&[added], "revert", &[("z.md", "z\n")]);
    let again = f.commit_on(&[base], "again", &[("a.md", "one\n"), ("z.md", "z\n")]);
    f.commit_on(&[removed, again], "merge", &[("a.md", "one\n"), ("z.md", "z\n")]);
    assert_eq!(f.story("a.md"), ["again: added a.md", "revert: deleted a.md", "add: added a.md"]);
    assert_eq!(f.read().removals, []);
}

#[test]
fn page_that_two_branches_moved_to_one_name_has_both_pasts() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("z.md", "z\n")]);
    let draft = f.commit_on(&[base], "draft", &[("0000-a.md", LONG), ("z.md", "z\n")]);
    let moved = f.commit_on(&[draft], "move", &[("1260-a.md", LONG), ("z.md", "z\n")]);
    let again = f.commit_on(&[base], "draft again", &[("0000-a.md", LONG_EDITED), ("z.md", "z\n")]);
    let both = f.commit_on(&[again], "move again", &[("1260-a.md", LONG_EDITED), ("z.md", "z\n")]);
    f.commit_on(&[moved, both], "merge", &[("1260-a.md", LONG), ("z.md", "z\n")]);
    let expect = [
        "move again: renamed 1260-a.md",
        "draft again: added 0000-a.md",
        "move: renamed 1260-a.md",
        "draft: added 0000-a.md",
    ];
    assert_eq!(f.story("1260-a.md"), expect);
}

#[test]
fn merge_that_mixes_an_edit_into_a_reused_name_keeps_the_files_apart() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", LONG)]);
    let renamed = f.commit_on(&[base], "rename", &[("b.md", LONG)]);
    let reused = f.commit_on(&[renamed], "reuse", &[("a.md", "new\n"), ("b.md", LONG)]);
    let edited = f.commit_on(&[base], "edit", &[("a.md", LONG_EDITED)]);
    let mixed = [("a.md", "new and mixed\n"), ("b.md", LONG_EDITED)];
    f.commit_on(&[reused, edited], "merge", &mixed);
    assert_eq!(f.story("a.md"), ["merge: modified a.md", "reuse: added a.md"]);
    assert_eq!(f.story("b.md").len(), 4);
}

#[test]
fn merge_counts_where_it_differs_from_all_parents() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", "1\n"), ("b.md", "1\n"), ("c.md", "1\n")]);
    let one = f.commit_on(&[base], "one", &[("a.md", "2\n"), ("b.md", "2\n"), ("c.md", "1\n")]);
    let two = f.commit_on(&[base], "two", &[("a.md", "1\n"), ("b.md", "3\n"), ("c.md", "1\n")]);
    let new = [("a.md", "1\n"), ("b.md", "1\n"), ("c.md", "1\n"), ("d.md", "1\n")];
    let three = f.commit_on(&[base], "three", &new);
    let all = [("a.md", "2\n"), ("b.md", "2 3\n"), ("c.md", "1\n"), ("d.md", "1\n")];
    f.commit_on(&[one, two, three], "octopus", &all);
    let history = f.read();
    assert!(history.commits[0].is_merge);
    let paths: Vec<_> =
        history.commits[0].changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["b.md"]);
    assert_eq!(
        (history.commits[0].changes[0].added, history.commits[0].changes[0].removed),
        (1, 0)
    );
    assert_eq!(
        f.story("b.md"),
        ["octopus: modified b.md", "two: modified b.md", "one: modified b.md", "base: added b.md"]
    );
    assert_eq!(f.story("d.md"), ["three: added d.md"]);
    assert_eq!(f.story("a.md"), ["one: modified a.md", "base: added a.md"]);
}

#[test]
fn deletion_on_a_branch_reaches_the_merge() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", "a\n"), ("b.md", "b\n")]);
    let left = f.commit_on(&[base], "left", &[("a.md", "a\n"), ("b.md", "b2\n")]);
    let right = f.commit_on(&[base], "right", &[("b.md", "b\n")]);
    f.commit_on(&[left, right], "merge", &[("b.md", "b2\n")]);
    let history = f.read();
    assert_eq!(told(&history, &[history.removals[0].revision]), ["right: deleted a.md"]);
    assert_eq!(told(&history, &history.removals[0].earlier), ["base: added a.md"]);
}

#[test]
fn two_roots_are_both_read() {
    let mut f = Fixture::new();
    let one = f.commit_on(&[], "one", &[("a.md", "a\n")]);
    let two = f.commit_on(&[], "two", &[("b.md", "b\n")]);
    f.commit_on(&[one, two], "merge", &[("a.md", "a\n"), ("b.md", "b\n")]);
    assert_eq!(f.story("a.md"), ["one: added a.md"]);
    assert_eq!(f.story("b.md"), ["two: added b.md"]);
}

#[test]
fn order_is_newest_first_and_children_before_parents() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", "a\n")]);
    let left = f.commit_on(&[base], "left", &[("a.md", "b\n")]);
    let right = f.commit_on(&[base], "right", &[("a.md", "c\n")]);
    f.clock = 0; // a clock that was set wrong
    let late = f.commit_on(&[left], "late", &[("a.md", "d\n")]);
    f.commit_on(&[right, late], "merge", &[("a.md", "e\n")]);
    let subjects: Vec<_> = f.read().commits.into_iter().map(|commit| commit.subject).collect();
    assert_eq!(subjects, ["merge", "right", "late", "left", "base"]);
}

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

#[test]
fn source_may_be_a_folder_of_the_repository() {
    let mut f = Fixture::new();
    f.commit("c1", &[("draft.md", LONG), ("docs/a.md", "a\n")]);
    f.commit("c2", &[("docs/b/draft.md", LONG), ("docs/a.md", "a\n")]);
    f.commit("c3", &[("docs/b/draft.md", LONG), ("README.md", "a\n")]);
    fs::create_dir_all(f.root().join("docs/b")).unwrap();
    let history = read(&f.root().join("docs"), None).value;
    let paths: Vec<_> = history.lineages.keys().map(SourcePath::as_str).collect();
    assert_eq!(paths, ["b/draft.md"]);
    let story = told(&history, &history.lineages[&SourcePath::new("b/draft.md")]);
    assert_eq!(story, ["c2: renamed docs/b/draft.md", "c1: added draft.md"]);
    // `docs/a.md` moved out of the source: it is not gone.
    assert_eq!(history.removals, []);
}

#[test]
fn no_repository_is_no_history() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = read(folder.path(), None);
    assert_eq!((outcome.value, outcome.diagnostics.is_empty()), (History::default(), true));
    let f = Fixture::new();
    assert_eq!(read(&f.root(), None).value.state, State::None);
    assert_eq!(read(&f.root().join("nowhere"), None).value.state, State::None);
}

#[test]
fn shallow_clone_says_so_and_claims_nothing() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", "a\n"), ("b.md", "b\n")]);
    let end = f.commit("c2", &[("a.md", "a2\n"), ("b.md", "b\n")]);
    f.commit("c3", &[("a.md", "a3\n"), ("b.md", "b\n")]);
    fs::write(f.repository.path().join("shallow"), format!("{end}\n")).unwrap();
    let cache = f.root().join(".polder/cache");
    let outcome = read(&f.root(), Some(&cache));
    assert_eq!(codes(&outcome), ["shallow-history"]);
    let history = outcome.value;
    assert_eq!(history.state, State::Shallow);
    assert_eq!(history.commits.len(), 2);
    assert_eq!(history.commits[1].changes, []);
    assert_eq!(told(&history, &history.lineages[&SourcePath::new("a.md")]), ["c3: modified a.md"]);
    assert_eq!(history.lineages[&SourcePath::new("b.md")], []);
    fs::remove_file(f.repository.path().join("shallow")).unwrap();
    let whole = read(&f.root(), Some(&cache)).value;
    assert_eq!(whole, f.read());
    assert_eq!(whole.commits.len(), 3);
}

#[test]
fn missing_texts_cost_word_counts_only() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", "one two\n")]);
    f.commit("c2", &[("a.md", "one three\n")]);
    let text = f.read().commits[1].changes[0].blob.unwrap();
    let name: String = text.iter().map(|byte| format!("{byte:02x}")).collect();
    let path = f.repository.path().join("objects").join(&name[..2]).join(&name[2..]);
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let cache = f.root().join(".polder/cache");
    let outcome = read(&f.root(), Some(&cache));
    assert_eq!(codes(&outcome), ["partial-history"]);
    assert_eq!(outcome.value.state, State::Complete);
    assert_eq!(outcome.value.commits[0].changes[0].added, 0);
    assert_eq!(outcome.value.lineages[&SourcePath::new("a.md")].len(), 2);
    fs::write(&path, bytes).unwrap();
    assert_eq!(read(&f.root(), Some(&cache)).value, f.read());
}

#[test]
fn unreadable_repository_names_a_remedy() {
    let check = |spoil: &dyn Fn(&Fixture), remedy: &str| {
        let mut f = Fixture::new();
        f.commit("c1", &[("a.md", "a\n")]);
        spoil(&f);
        let outcome = read(&f.root(), None);
        let State::Unreadable { help, .. } = &outcome.value.state else {
            panic!("{:?}", outcome.value.state)
        };
        assert!(help.contains(remedy), "{help}");
        let found = outcome.diagnostics.iter().next().unwrap();
        assert_eq!((found.code, found.severity), ("unreadable-history", Severity::Warning));
        assert_eq!(found.help.as_ref(), Some(help));
    };
    let configure = |f: &Fixture, text: &str| {
        fs::write(f.repository.path().join("config"), text).unwrap();
    };
    check(&|f| configure(f, "[core]\n\tbare = true\n"), "git clone");
    let version = "[core]\n\trepositoryformatversion = 1\n[extensions]\n";
    check(&|f| configure(f, &format!("{version}\tobjectformat = sha256\n")), "SHA-1");
    check(&|f| configure(f, &format!("{version}\trefstorage = reftable\n")), "ref-format=files");
    let without_objects = |f: &Fixture| {
        let objects = f.repository.path().join("objects");
        fs::remove_dir_all(&objects).unwrap();
        fs::create_dir(&objects).unwrap();
    };
    check(&without_objects, "git fsck");
}

#[test]
fn warm_equals_cold() {
    let mut f = Fixture::new();
    let cache = f.root().join(".polder/cache");
    let base = f.commit("base", &[("a.md", LONG)]);
    read(&f.root(), Some(&cache));
    let renamed = f.commit_on(&[base], "rename", &[("b.md", LONG)]);
    let edited = f.commit_on(&[base], "edit", &[("a.md", LONG_EDITED), ("c.md", "c\n")]);
    f.commit_on(&[renamed, edited], "merge", &[("b.md", LONG_EDITED), ("c.md", "c\n")]);
    let cold = f.read();
    let mut memo = CommitMemo::new();
    let mut check =
        |cache| assert_eq!(super::read(&f.root(), None, |_| false, &mut memo, cache).value, cold);
    check(Some(cache.as_path()));
    check(Some(cache.as_path()));
    check(None);
    assert_eq!(read(&f.root(), Some(&cache)).value, cold);
    assert_eq!(fs::read_to_string(f.root().join(".polder/.gitignore")).unwrap(), "*\n");
    let names: Vec<_> =
        fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["commits"]);
}

#[test]
fn memo_notices_all_that_matters() {
    let mut f = Fixture::new();
    let mut memo = CommitMemo::new();
    f.commit("c1", &[("a.md", "a\n"), ("docs/b.md", "b\n")]);
    let mut check = |f: &Fixture| {
        assert_eq!(super::read(&f.root(), None, |_| false, &mut memo, None).value, f.read());
        assert_eq!(super::read(&f.root(), None, |_| false, &mut memo, None).value, f.read());
    };
    check(&f);
    fs::write(f.root().join(".mailmap"), "Anna de Wit <anna@n.example>\n").unwrap();
    check(&f);
    f.commit("c2", &[("a.md", "a2\n"), ("docs/b.md", "b\n")]);
    check(&f);
    fs::create_dir(f.root().join("docs")).unwrap();
    let below = super::read(&f.root().join("docs"), None, |_| false, &mut memo, None).value;
    assert_eq!(below.lineages.len(), 1);
}

#[test]
fn damaged_cache_is_as_good_as_none() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a.md", "a\n")]);
    let cache = f.root().join("cache");
    let cold = read(&f.root(), Some(&cache)).value;
    let file = cache.join("commits");
    let good = fs::read(&file).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&file, bad).unwrap();
        assert_eq!(read(&f.root(), Some(&cache)).value, cold, "byte {at}");
    }
    fs::write(&file, &good[..good.len() / 2]).unwrap();
    assert_eq!(read(&f.root(), Some(&cache)).value, cold);
    assert_eq!(fs::read(&file).unwrap(), good);
}

#[test]
fn cache_forgets_commits_that_cannot_be_reached() {
    let mut f = Fixture::new();
    let cache = f.root().join("cache");
    let base = f.commit("base", &[("a.md", "a\n")]);
    f.commit("old", &[("a.md", "b\n")]);
    read(&f.root(), Some(&cache));
    f.commit_on(&[base], "new", &[("a.md", "c\n")]);
    assert_eq!(read(&f.root(), Some(&cache)).value, f.read());
    let subjects: Vec<_> = store::load(&cache).into_iter().map(|fact| fact.subject).collect();
    assert_eq!(subjects, ["new", "base"]);
}

#[test]
fn folder_that_moved_with_edits_is_followed_file_by_file() {
    let text = |number: usize, word: &str| {
        format!("# Page {number}\n\nA {number}\nB {number}\nC {number}\n{word}\n")
    };
    let files = |folder: &str, word: &str| -> Vec<(String, String)> {
        (0..60).map(|n| (format!("{folder}/page-{n}.md"), text(n, word))).collect()
    };
    let mut f = Fixture::new();
    for (message, files) in [("c1", files("a", "one")), ("c2", files("b", "two"))] {
        let files: Vec<_> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        f.commit(message, &files);
    }
    assert_eq!(f.story("b/page-41.md"), ["c2: renamed b/page-41.md", "c1: added a/page-41.md"]);
    let again = f.read();
    assert_eq!(again.commits[0].changes.len(), 60);
    assert_eq!((again.commits[0].changes[0].added, again.commits[0].changes[0].removed), (1, 1));
}

#[test]
fn equal_texts_prefer_the_same_file_name() {
    let mut f = Fixture::new();
    f.commit("c1", &[("a/one.md", "same\n"), ("b/two.md", "same\n")]);
    f.commit("c2", &[("x/one.md", "same\n"), ("a/two.md", "same\n")]);
    assert_eq!(f.story("a/two.md"), ["c2: renamed a/two.md", "c1: added b/two.md"]);
    assert_eq!(f.story("x/one.md"), ["c2: renamed x/one.md", "c1: added a/one.md"]);
}

#[test]
fn files_that_are_renamed_and_edited_are_found_however_many_they_are() {
    let text = |number: usize, extra: &str| {
        let own: String = (0..6).map(|line| format!("Line {line} of text {number}.\n")).collect();
        format!("# Common\n\nThe same in all.\n\n{own}{extra}")
    };
    let files = |name: &str, extra: &str| -> Vec<(String, String)> {
        (0..50).map(|number| (format!("{name}-{number}.md"), text(number, extra))).collect()
    };
    let commit = |f: &mut Fixture, message: &str, files: &[(String, String)]| {
        let files: Vec<_> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        f.commit(message, &files);
    };
    let mut f = Fixture::new();
    commit(&mut f, "c1", &files("old", ""));
    commit(&mut f, "c2", &files("new", "More.\n"));
    for number in 0..50 {
        let path = format!("new-{number}.md");
        let expect = [format!("c2: renamed {path}"), format!("c1: added old-{number}.md")];
        assert_eq!(f.story(&path), expect);
    }
}

#[test]
fn merge_that_renames_what_a_branch_brought_keeps_its_past() {
    let mut f = Fixture::new();
    let base = f.commit("c1", &[("a.md", "a\n")]);
    let branch = f.commit_on(&[base], "c2", &[("a.md", "a\n"), ("0000-pumps.md", LONG)]);
    let trunk = f.commit_on(&[base], "c3", &[("a.md", "b\n")]);
    f.commit_on(&[trunk, branch], "c4", &[("a.md", "b\n"), ("0042-pumps.md", LONG_EDITED)]);
    assert_eq!(f.story("0042-pumps.md"), ["c4: renamed 0042-pumps.md", "c2: added 0000-pumps.md"]);
    assert_eq!(f.read().removals, []);
}
