//! What the room does with repositories that are not whole, or not as they say they are.

use std::fs;
use std::path::Path;

use git2::Oid;

use super::fixture::{Fixture, told};
use super::*;

fn read(source: &Path, cache: Option<&Path>) -> Outcome<History> {
    super::read(source, None, |_| false, &mut CommitMemo::new(), cache)
}

fn story(history: &History, path: &str) -> Vec<String> {
    told(history, &history.lineages[&SourcePath::new(path)])
}

fn three_commits() -> (Fixture, [CommitId; 3]) {
    let mut f = Fixture::new();
    let ids = [
        f.commit("c1", &[("a.md", "a\n")]),
        f.commit("c2", &[("a.md", "a2\n")]),
        f.commit("c3", &[("a.md", "a3\n")]),
    ];
    (f, ids)
}

fn make_shallow(f: &Fixture, end: CommitId) {
    fs::write(f.repository.path().join("shallow"), format!("{end}\n")).unwrap();
}

#[test]
fn shallow_clone_names_the_remedy_of_the_system_that_builds() {
    let (f, [_, end, _]) = three_commits();
    make_shallow(&f, end);
    let help = |ci: Option<Ci>| {
        let outcome = super::read(&f.root(), ci, |_| false, &mut CommitMemo::new(), None);
        let found = outcome.diagnostics.iter().next().unwrap();
        assert_eq!(found.code, "shallow-history");
        found.help.clone().unwrap()
    };
    for (ci, part) in [
        (None, "git fetch --unshallow"),
        (Some(Ci::GitHub), "fetch-depth: 0"),
        (Some(Ci::Forgejo), "fetch-depth: 0"),
        (Some(Ci::GitLab), "GIT_DEPTH: 0"),
        (Some(Ci::Azure), "fetchDepth: 0"),
        (Some(Ci::Bitbucket), "clone: {depth: full}"),
        (Some(Ci::Jenkins), "shallow: false"),
        (Some(Ci::Woodpecker), "depth: 0"),
        (Some(Ci::Drone), "clone: {depth: 0}"),
    ] {
        assert!(help(ci).contains(part), "{ci:?}: {}", help(ci));
    }
}

#[test]
fn shallow_clone_tells_when_it_ends_whatever_the_cache_knows() {
    let (f, [_, end, _]) = three_commits();
    let cache = f.root().join("cache");
    assert_eq!(read(&f.root(), Some(&cache)).value.boundary, None);
    make_shallow(&f, end);
    let history = read(&f.root(), Some(&cache)).value;
    let second = Moment { seconds: 1_700_003_600, offset: 0 };
    assert_eq!((history.state, history.boundary), (State::Shallow, Some(second)));
    assert_eq!(history.commits.len(), 2);
    fs::remove_file(f.repository.path().join("shallow")).unwrap();
    assert_eq!(read(&f.root(), Some(&cache)).value, f.read());
}

#[test]
fn grafts_come_and_go() {
    let (f, [first, _, last]) = three_commits();
    let cache = f.root().join("cache");
    let mut memo = CommitMemo::new();
    let mut stories = |f: &Fixture| {
        let stored = story(&read(&f.root(), Some(&cache)).value, "a.md");
        let kept = story(&super::read(&f.root(), None, |_| false, &mut memo, None).value, "a.md");
        assert_eq!(stored, kept);
        kept
    };
    let whole = ["c3: modified a.md", "c2: modified a.md", "c1: added a.md"];
    assert_eq!(stories(&f), whole);
    let grafts = f.repository.path().join("info/grafts");
    fs::create_dir_all(grafts.parent().unwrap()).unwrap();
    fs::write(&grafts, format!("{last} {first}\n")).unwrap();
    assert_eq!(stories(&f), ["c3: modified a.md", "c1: added a.md"]);
    fs::remove_file(&grafts).unwrap();
    assert_eq!(stories(&f), whole);
}

#[test]
fn replacements_come_and_go() {
    let (mut f, [first, second, last]) = three_commits();
    let other = f.commit_on(&[first], "c2, said better", &[("a.md", "a2 b2\n")]);
    let head = Oid::from_bytes(&last.0).unwrap();
    f.repository.reference("refs/heads/main", head, true, "").unwrap();
    let cache = f.root().join("cache");
    let stories = || story(&read(&f.root(), Some(&cache)).value, "a.md");
    let whole = ["c3: modified a.md", "c2: modified a.md", "c1: added a.md"];
    assert_eq!(stories(), whole);
    let name = format!("refs/replace/{second}");
    f.repository.reference(&name, Oid::from_bytes(&other.0).unwrap(), true, "").unwrap();
    let replaced = read(&f.root(), Some(&cache)).value;
    assert_eq!(
        story(&replaced, "a.md"),
        ["c3: modified a.md", "c2, said better: modified a.md", "c1: added a.md"]
    );
    assert_eq!((replaced.commits[1].id, replaced.commits[0].changes[0].removed), (second, 2));
    f.repository.find_reference(&name).unwrap().delete().unwrap();
    assert_eq!(stories(), whole);
}

#[test]
fn worktree_and_detached_head_are_repositories_like_any_other() {
    let (f, [_, second, _]) = three_commits();
    let folder = tempfile::tempdir().unwrap();
    let beside = folder.path().join("beside");
    f.repository.worktree("beside", &beside, None).unwrap();
    let history = read(&beside, None).value;
    assert_eq!((history.state.clone(), story(&history, "a.md").len()), (State::Complete, 3));
    make_shallow(&f, second);
    assert_eq!(read(&beside, None).value.state, State::Shallow);
    fs::remove_file(f.repository.path().join("shallow")).unwrap();
    f.repository.set_head_detached(Oid::from_bytes(&second.0).unwrap()).unwrap();
    assert_eq!(story(&f.read(), "a.md"), ["c2: modified a.md", "c1: added a.md"]);
}

#[test]
fn repository_may_lie_elsewhere_than_its_files() {
    let (f, _) = three_commits();
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("store.git");
    fs::rename(f.repository.path(), &elsewhere).unwrap();
    fs::write(f.root().join(".git"), format!("gitdir: {}\n", elsewhere.display())).unwrap();
    let history = read(&f.root(), None).value;
    assert_eq!((history.state.clone(), story(&history, "a.md").len()), (State::Complete, 3));
    fs::remove_dir_all(&elsewhere).unwrap();
    let outcome = read(&f.root(), None);
    let State::Unreadable { message, help } = outcome.value.state else { panic!() };
    assert_eq!(message, "`.git` names a repository that is not there");
    assert!(help.contains("from a clone"), "{help}");
}

#[test]
fn commits_that_git_blame_ignores_are_marked() {
    let (f, [_, second, _]) = three_commits();
    let marks = |f: &Fixture| -> Vec<bool> {
        f.read().commits.iter().map(|commit| commit.is_ignored).collect()
    };
    assert_eq!(marks(&f), [false; 3]);
    let text = format!("# new lines\n{second} # why\nabc\n");
    fs::write(f.root().join(".git-blame-ignore-revs"), text).unwrap();
    assert_eq!(marks(&f), [false, true, false]);
}

#[test]
fn commits_of_a_branch_arrive_with_its_merge() {
    let mut f = Fixture::new();
    let base = f.commit("base", &[("a.md", "a\n")]);
    let side = f.commit_on(&[base], "side", &[("a.md", "a\n"), ("b.md", "b\n")]);
    let main = f.commit_on(&[base], "main", &[("a.md", "a2\n")]);
    f.commit_on(&[main, side], "merge", &[("a.md", "a2\n"), ("b.md", "b\n")]);
    let hours: Vec<(String, i64)> = f
        .read()
        .commits
        .iter()
        .map(|commit| (commit.subject.clone(), (commit.arrived - 1_700_000_000) / 3600))
        .collect();
    let expect = [("merge", 3), ("main", 2), ("side", 3), ("base", 0)];
    assert_eq!(hours, expect.map(|(subject, hour)| (subject.to_owned(), hour)));
}

#[test]
fn committed_texts_are_told_by_file() {
    let mut f = Fixture::new();
    f.commit("c1", &[("docs/a.md", "a\n"), ("b.md", "b\n")]);
    fs::create_dir(f.root().join("docs")).unwrap();
    let texts = read(&f.root().join("docs"), None).value.texts;
    let expect = BTreeMap::from([(SourcePath::new("a.md"), TextId::of(b"a\n"))]);
    assert_eq!(texts, expect);
}
