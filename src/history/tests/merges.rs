//! Files on several branches, and commits with several parents.

use super::*;

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
fn merge_that_renames_what_a_branch_brought_keeps_its_past() {
    let mut f = Fixture::new();
    let base = f.commit("c1", &[("a.md", "a\n")]);
    let branch = f.commit_on(&[base], "c2", &[("a.md", "a\n"), ("0000-pumps.md", LONG)]);
    let trunk = f.commit_on(&[base], "c3", &[("a.md", "b\n")]);
    f.commit_on(&[trunk, branch], "c4", &[("a.md", "b\n"), ("0042-pumps.md", LONG_EDITED)]);
    assert_eq!(f.story("0042-pumps.md"), ["c4: renamed 0042-pumps.md", "c2: added 0000-pumps.md"]);
    assert_eq!(f.read().removals, []);
}
