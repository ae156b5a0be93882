//! Where the pages lie, and repositories that lack something.

use super::*;

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
        assert_eq!(found.help.as_deref(), Some(help.as_str()));
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
