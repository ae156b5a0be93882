//! What a source would be after changes that nobody has made yet, so that tools can look before they write.

use std::collections::BTreeMap;

use crate::base::SourcePath;

use super::walk::Found;

/// Changes to the files of a source.
#[derive(Debug, Clone, Default)]
pub struct Proposal {
    /// Files that get another path: from the one on disk to the new one.
    pub moves: BTreeMap<SourcePath, SourcePath>,
    /// Pages that get other bytes, by the path on disk.
    pub texts: BTreeMap<SourcePath, Vec<u8>>,
    /// What becomes of pages that say themselves that they are not for everybody.
    pub withheld: Withheld,
}

/// What becomes of pages that say themselves that they are not for everybody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Withheld {
    /// They are left out, as in every site.
    #[default]
    Omit,
    /// They are read like all others, for tools that write in pages and publish nothing.
    Keep,
}

impl Proposal {
    /// Returns the path that a file gets.
    pub fn new_path<'p>(&'p self, path: &'p SourcePath) -> &'p SourcePath {
        self.moves.get(path).unwrap_or(path)
    }

    /// Returns what a walk would find after the changes.
    pub(super) fn apply(&self, mut found: Found) -> Found {
        if self.moves.is_empty() {
            return found;
        }
        for path in found.pages.iter_mut().map(|(path, _)| path).chain(&mut found.files) {
            *path = self.new_path(path).clone();
        }
        let symlinks = found.symlinks.into_iter();
        found.symlinks = symlinks
            .map(|(link, target)| (self.new_path(&link).clone(), self.new_path(&target).clone()))
            .collect();
        // What comes to lie where no page can be is none any more.
        let is_new = |path: &SourcePath| self.moves.values().any(|new| new == path);
        let excluded = &found.excluded;
        found.pages.retain(|(path, _)| !is_new(path) || !excluded.excludes(path));
        found.pages.sort();
        found.files.sort();
        found
    }

    /// Returns the bytes of pages that are others than on disk, by their new path.
    pub(super) fn new_texts(&self) -> BTreeMap<&SourcePath, &[u8]> {
        self.texts.iter().map(|(path, bytes)| (self.new_path(path), bytes.as_slice())).collect()
    }
}
