//! Texts of the past, by their ids.

use std::path::Path;

use git2::{Oid, Repository};

use super::fact::ObjectId;
use super::repository;

/// Reads texts of a repository. Not for more than one thread.
pub struct Texts {
    repository: Option<Repository>,
}

impl Texts {
    /// Opens the repository that `source` lies in. Without one there are no texts.
    pub fn open(source: &Path) -> Self {
        let opened = repository::open(source).ok().flatten();
        Self { repository: opened.map(|opened| opened.repository) }
    }

    /// Returns a text; `None` if the clone lacks it.
    pub fn read(&self, id: &ObjectId) -> Option<Vec<u8>> {
        let blob = self.repository.as_ref()?.find_blob(Oid::from_bytes(id).ok()?).ok()?;
        Some(blob.content().to_vec())
    }
}
