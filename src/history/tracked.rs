//! The files that git knows of, committed or about to be.

use std::path::Path;

use super::repository;

/// Returns the paths of the files below a folder that the index of its repository holds, as seen from the folder; none without a
/// repository.
pub fn tracked(source: &Path) -> Vec<String> {
    let Some(opened) = repository::open(source).ok().flatten() else { return Vec::new() };
    let Ok(index) = opened.repository.index() else { return Vec::new() };
    let below = |entry: git2::IndexEntry| {
        let path = String::from_utf8(entry.path).ok()?;
        path.strip_prefix(&opened.prefix).map(str::to_owned)
    };
    index.iter().filter_map(below).collect()
}
