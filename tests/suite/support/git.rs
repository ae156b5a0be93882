//! Commits with fixed names and dates. Nothing of the user's git takes part: no configured name, hook or filter.

use std::fs;
use std::path::Path;

use git2::{IndexEntry, IndexTime, ObjectType, Repository, RepositoryInitOptions};
use polder::base::date::Moment;

/// What Polder writes itself.
const NOT_CONTENT: [&str; 3] = [".git", ".polder", "public"];

pub(crate) fn init(folder: &Path) -> Repository {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").external_template(false);
    Repository::init_opts(folder, &options).unwrap()
}

/// Commits every file of the folder on top of `HEAD`; the `number`th commit is as many seconds after noon.
pub(crate) fn commit(folder: &Path, who: &str, day: &str, number: i64, message: &str) {
    let noon = noon(day) + number;
    write(folder, (who, noon), (who, noon), message);
}

/// Commits every file of the folder; author and committer each with their day.
pub(crate) fn commit_at(
    folder: &Path,
    (author, written): (&str, &str),
    (committer, taken_in): (&str, &str),
    message: &str,
) {
    write(folder, (author, noon(written)), (committer, noon(taken_in)), message);
}

fn noon(day: &str) -> i64 {
    Moment::parse(&format!("{day}T12:00:00Z")).expect("the day is a date").seconds
}

fn write(folder: &Path, author: (&str, i64), committer: (&str, i64), message: &str) {
    let repository = init(folder);
    let mut index = repository.index().unwrap();
    index.clear().unwrap();
    add(&repository, &mut index, folder, "");
    index.write().unwrap();
    let tree = index.write_tree().unwrap();
    let mut text = format!("tree {tree}\n");
    if let Some(parent) = repository.head().ok().and_then(|head| head.target()) {
        text += &format!("parent {parent}\n");
    }
    let stamp = |(who, at): (&str, i64)| format!("{} {at} +0000", identity(who));
    text += &format!("author {}\ncommitter {}\n\n{message}\n", stamp(author), stamp(committer));
    let id = repository.odb().unwrap().write(ObjectType::Commit, text.as_bytes()).unwrap();
    repository.reference("refs/heads/main", id, true, "").unwrap();
}

fn identity(who: &str) -> String {
    if who.contains('<') {
        return who.to_owned();
    }
    format!("{who} <{}@n.example>", who.to_lowercase().replace(' ', "."))
}

fn add(repository: &Repository, index: &mut git2::Index, folder: &Path, below: &str) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().into_string().unwrap();
        if NOT_CONTENT.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{below}{name}");
        if entry.file_type().unwrap().is_dir() {
            add(repository, index, &entry.path(), &format!("{path}/"));
        } else {
            let blob = repository.blob(&fs::read(entry.path()).unwrap()).unwrap();
            index.add(&index_entry(&path, blob)).unwrap();
        }
    }
}

fn index_entry(path: &str, id: git2::Oid) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
