//! The built site as a value.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What one output file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// The bytes of a file of the source (an attachment), read when they are needed.
    File(PathBuf),
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
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(content);
                true
            }
            std::collections::btree_map::Entry::Occupied(_) => false,
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
            if self.files.contains_key(&path) {
                taken.push(path);
            } else {
                self.files.insert(path, content);
            }
        }
        taken
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
