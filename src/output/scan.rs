//! What is on disk in an output folder.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

use super::manifest;

/// The name of the lock file in an output folder whose parent cannot be written.
pub(super) const LOCK_NAME: &str = ".polder-lock";

/// What the name of a staging folder inside an output folder begins with.
pub(super) const INSIDE_PREFIX: &str = ".polder-staging-";

/// The files and folders of an output folder, by relative path, without Polder's own book-keeping.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Everything that is not a folder; the length of plain files, `None` for symbolic links and the like.
    pub(super) files: BTreeMap<PathBuf, Option<u64>>,
    /// The folders.
    pub(super) folders: BTreeSet<PathBuf>,
}

/// Lists a folder. Symbolic links are not followed; a folder that does not exist is empty.
pub(super) fn scan(root: &Path) -> Result<Found> {
    let mut found = Found::default();
    list(root, Path::new(""), &mut found)?;
    Ok(found)
}

fn list(root: &Path, below: &Path, found: &mut Found) -> Result<()> {
    let folder = root.join(below);
    let unreadable = |error| Error::io("read", &folder, error);
    for entry in entries(&folder)? {
        let entry = entry.map_err(unreadable)?;
        if below.as_os_str().is_empty() && is_book_keeping(&entry.file_name()) {
            continue;
        }
        let path = below.join(entry.file_name());
        let metadata = entry.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            list(root, &path, found)?;
            found.folders.insert(path);
        } else {
            found.files.insert(path, metadata.is_file().then_some(metadata.len()));
        }
    }
    Ok(())
}

/// Returns whether a folder holds nothing but Polder's own book-keeping.
pub(super) fn is_empty(folder: &Path) -> Result<bool> {
    for entry in entries(folder)? {
        let entry = entry.map_err(|error| Error::io("read", folder, error))?;
        if !is_book_keeping(&entry.file_name()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn entries(folder: &Path) -> Result<impl Iterator<Item = io::Result<std::fs::DirEntry>>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => Ok(Some(entries).into_iter().flatten()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None.into_iter().flatten()),
        Err(error) => Err(Error::io("read", folder, error)),
    }
}

/// Returns whether a name in the root of an output folder is one of Polder's own.
pub(super) fn is_book_keeping(name: &OsStr) -> bool {
    name == manifest::NAME
        || name == LOCK_NAME
        || name.to_str().is_some_and(|name| name.starts_with(INSIDE_PREFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn book_keeping_is_not_content() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(root.path().join(".polder-staging-1/x")).unwrap();
        std::fs::write(root.path().join(manifest::NAME), "{}").unwrap();
        assert!(is_empty(root.path()).unwrap());
        assert!(scan(root.path()).unwrap().folders.is_empty());
        std::fs::create_dir(root.path().join("a")).unwrap();
        std::fs::write(root.path().join("a").join(manifest::NAME), "{}").unwrap();
        assert!(!is_empty(root.path()).unwrap());
        assert_eq!(scan(root.path()).unwrap().files.len(), 1);
    }

    #[test]
    fn missing_folder_is_empty() {
        assert!(is_empty(Path::new("/does/not/exist")).unwrap());
    }
}
