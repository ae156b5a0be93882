//! What is remembered changes nothing.

use super::*;

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
    let mut check = |cache| {
        assert_eq!(crate::history::read(&f.root(), None, |_| false, &mut memo, cache).value, cold);
    };
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
        assert_eq!(
            crate::history::read(&f.root(), None, |_| false, &mut memo, None).value,
            f.read()
        );
        assert_eq!(
            crate::history::read(&f.root(), None, |_| false, &mut memo, None).value,
            f.read()
        );
    };
    check(&f);
    fs::write(f.root().join(".mailmap"), "Anna de Wit <anna@n.example>\n").unwrap();
    check(&f);
    f.commit("c2", &[("a.md", "a2\n"), ("docs/b.md", "b\n")]);
    check(&f);
    fs::create_dir(f.root().join("docs")).unwrap();
    let below =
        crate::history::read(&f.root().join("docs"), None, |_| false, &mut memo, None).value;
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
