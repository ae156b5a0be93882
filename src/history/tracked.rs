//! The files that git knows of, committed or about to be.

use std::path::Path;

use git2::Repository;

use super::{encoding, repository};

/// Returns the paths of the files below a folder that the index of its repository holds, as seen from the folder; none without a
/// repository.
pub fn tracked(source: &Path) -> Vec<String> {
    let Some(opened) = repository::open(source).ok().flatten() else { return Vec::new() };
    let paths = in_index(&opened.repository).unwrap_or_default();
    paths.iter().filter_map(|path| path.strip_prefix(&opened.prefix)).map(str::to_owned).collect()
}

/// Returns the paths that the index of a repository holds.
pub(super) fn in_index(repository: &Repository) -> Result<Vec<String>, git2::Error> {
    let index = repository.index()?;
    Ok(index.iter().map(|entry| encoding::decode(&entry.path)).collect())
}
