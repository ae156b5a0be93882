//! The built site as a value.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::path::path_key;
use crate::base::{Error, Fingerprint, Fingerprinter, Result};

use super::stamp::Stamp;

/// What one output file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// The bytes of a file of the source (an attachment), read when they are needed.
    File(PathBuf),
    /// The bytes of a file that an output folder holds, which were not made again.
    Kept(PathBuf, Stamp),
}

impl Content {
    /// Returns the number of bytes.
    pub fn length(&self) -> Result<u64> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.len() as u64),
            Self::Kept(_, stamp) => Ok(stamp.length),
            Self::File(path) => {
                let metadata = std::fs::metadata(path);
                Ok(metadata.map_err(|error| Error::io("read", path, error))?.len())
            }
        }
    }

    /// Returns the fingerprint of the bytes, the same for a file as for its bytes in memory.
    pub fn fingerprint(&self) -> Result<Fingerprint> {
        match self {
            Self::Bytes(bytes) => Ok(Fingerprint::of(bytes)),
            Self::Kept(_, stamp) => Ok(stamp.fingerprint),
            Self::File(path) => stream(path, |_| Ok(())).map(|(fingerprint, _)| fingerprint),
        }
    }

    /// Returns the bytes; those of a file are read now.
    pub fn bytes(&self) -> Result<Arc<[u8]>> {
        let read =
            |path: &Path| std::fs::read(path).map_err(|error| Error::io("read", path, error));
        match self {
            Self::Bytes(bytes) => Ok(Arc::clone(bytes)),
            Self::File(path) => Ok(read(path)?.into()),
            Self::Kept(path, stamp) => {
                let bytes = read(path)?;
                if Stamp::of(&bytes) != *stamp {
                    let message = format!("`{}` changed while the site was built", path.display());
                    return Err(Error::refused(message, "build again"));
                }
                Ok(bytes.into())
            }
        }
    }

    /// Writes the bytes to `file`, which is the file `path`; returns the fingerprint and number of what was written.
    pub(super) fn write_to(&self, file: &mut File, path: &Path) -> Result<(Fingerprint, u64)> {
        let mut write =
            |bytes: &[u8]| file.write_all(bytes).map_err(|error| Error::io("write", path, error));
        match self {
            Self::Bytes(bytes) => {
                write(bytes)?;
                Ok((Fingerprint::of(bytes), bytes.len() as u64))
            }
            Self::File(source) => stream(source, write),
            Self::Kept(_, stamp) => {
                write(&self.bytes()?)?;
                Ok((stamp.fingerprint, stamp.length))
            }
        }
    }
}

/// Reads a file piece by piece, as attachments can be larger than memory; returns its fingerprint and length.
fn stream(path: &Path, mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<(Fingerprint, u64)> {
    let unreadable = |error: io::Error| Error::io("read", path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut fingerprinter = Fingerprinter::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut length = 0_u64;
    loop {
        let count = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        fingerprinter.write_all(&buffer[..count]).map_err(unreadable)?;
        each(&buffer[..count])?;
        length += count as u64;
    }
    // What `Fingerprint::of` adds after the bytes, so that both ways give the same.
    fingerprinter.write_all(&length.to_le_bytes()).map_err(unreadable)?;
    Ok((fingerprinter.finish(), length))
}

/// Every file of a site by its path (`handbook/expenses/index.html`), sorted.
#[derive(Debug, Clone, Default)]
pub struct OutputTree {
    files: BTreeMap<String, Content>,
}

impl OutputTree {
    /// Returns an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. The first file with a path stays; returns whether this one was the first.
    pub fn insert(&mut self, path: String, content: Content) -> bool {
        match self.files.entry(path) {
            Entry::Vacant(entry) => {
                entry.insert(content);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Adds a file of these bytes, as [`OutputTree::insert`] does.
    pub fn insert_bytes(&mut self, path: String, bytes: impl Into<Arc<[u8]>>) -> bool {
        self.insert(path, Content::Bytes(bytes.into()))
    }

    /// Adds all files of another tree; returns the paths that were taken already.
    pub fn merge(&mut self, other: Self) -> Vec<String> {
        let mut taken = Vec::new();
        for (path, content) in other.files {
            match self.files.entry(path) {
                Entry::Vacant(entry) => {
                    entry.insert(content);
                }
                Entry::Occupied(entry) => taken.push(entry.key().clone()),
            }
        }
        taken
    }

    /// Takes out what cannot be beside the rest on a disk: a file where another file needs a folder. What was made
    /// (pages) stays before what is copied (attachments), else the file before what would lie below it. Returns the paths.
    pub fn take_clashes(&mut self) -> Vec<String> {
        let mut out = BTreeSet::new();
        for (path, content) in &self.files {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            for folder in folders.filter(|folder| self.files.contains_key(*folder)) {
                let is_copy = |content: &Content| matches!(content, Content::File(_));
                let loser =
                    if is_copy(&self.files[folder]) && !is_copy(content) { folder } else { path };
                out.insert(loser.to_owned());
            }
        }
        self.files.retain(|path, _| !out.contains(path));
        out.into_iter().collect()
    }

    /// Moves in the files of another tree that are in nobody's way: nothing stands at their path in any letter case, no file
    /// where they need a folder, and no folder where they are a file. Returns the paths that were left out.
    pub fn fill(&mut self, other: Self) -> Vec<String> {
        let mut files: BTreeSet<String> = self.files.keys().map(|path| path_key(path)).collect();
        let mut folders: BTreeSet<String> =
            files.iter().flat_map(|path| folders_of(path).map(str::to_owned)).collect();
        let mut left_out = Vec::new();
        for (path, content) in other.files {
            let key = path_key(&path);
            let is_taken = files.contains(&key)
                || folders.contains(&key)
                || folders_of(&key).any(|folder| files.contains(folder));
            if is_taken {
                left_out.push(path);
                continue;
            }
            folders.extend(folders_of(&key).map(str::to_owned));
            files.insert(key);
            self.files.insert(path, content);
        }
        left_out
    }

    /// Returns the content of a path.
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path)
    }

    /// Returns the files, sorted by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Content)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content))
    }

    /// Returns how many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Returns the folders above a path.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_and_bytes_have_one_fingerprint() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [&b""[..], b"some text", &[7; 200_000]] {
            let path = folder.path().join("file");
            std::fs::write(&path, bytes).unwrap();
            let file = Content::File(path);
            let memory = Content::Bytes(bytes.into());
            assert_eq!(file.fingerprint().unwrap(), memory.fingerprint().unwrap());
            assert_eq!(file.length().unwrap(), memory.length().unwrap());
            assert_eq!(file.bytes().unwrap(), memory.bytes().unwrap());
        }
    }

    #[test]
    fn first_file_of_a_path_stays() {
        let mut tree = OutputTree::new();
        assert!(tree.insert_bytes("a".into(), *b"1"));
        let mut other = OutputTree::new();
        other.insert_bytes("a".into(), *b"2");
        other.insert_bytes("b".into(), *b"3");
        assert_eq!(tree.merge(other), ["a"]);
        assert_eq!(tree.get("a"), Some(&Content::Bytes((*b"1").into())));
        assert_eq!(tree.len(), 2);
    }

    #[test]
    fn a_file_and_a_folder_of_one_name_cannot_both_stay() {
        let mut tree = OutputTree::new();
        tree.insert("handbook".into(), Content::File("x".into()));
        tree.insert_bytes("handbook/index.html".into(), *b"1");
        tree.insert_bytes("handbook/index.html/deep/index.html".into(), *b"2");
        assert_eq!(tree.take_clashes(), ["handbook", "handbook/index.html/deep/index.html"]);
        assert_eq!(tree.len(), 1);
    }

    #[test]
    fn filling_is_in_nobodys_way() {
        let tree = |paths: &[&str]| {
            let mut tree = OutputTree::new();
            for path in paths {
                tree.insert_bytes((*path).into(), *b"x");
            }
            tree
        };
        let mut site = tree(&["a/index.html", "b.png", "c/d/index.html"]);
        let left_out =
            site.fill(tree(&["A/index.html", "b.png/index.html", "c/d", "e/index.html", "e"]));
        assert_eq!(left_out, ["A/index.html", "b.png/index.html", "c/d", "e/index.html"]);
        let paths: Vec<&str> = site.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["a/index.html", "b.png", "c/d/index.html", "e"]);
    }
}
