//! Files that get other names, go and come again.

use super::*;

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
