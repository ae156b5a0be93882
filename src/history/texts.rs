//! Texts of the past, by their ids.

use std::path::Path;

use git2::{ObjectType, Oid, Repository};

use super::commit::CommitId;
use super::fact::ObjectId;
use super::repository;

/// How git marks a file that is a symbolic link.
const SYMLINK: i32 = 0o120_000;

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

    /// Returns how long a text is, without reading it; `None` if the clone lacks it.
    pub fn length(&self, id: &ObjectId) -> Option<usize> {
        let objects = self.repository.as_ref()?.odb().ok()?;
        objects.read_header(Oid::from_bytes(id).ok()?).ok().map(|(length, _)| length)
    }

    /// Returns the commit that is checked out.
    pub fn head(&self) -> Option<CommitId> {
        let head = self.repository.as_ref()?.head().ok()?.peel_to_commit().ok()?.id();
        commit_id(head)
    }

    /// Returns the id of the file that a commit has at a path of the repository.
    pub fn file_at(&self, commit: CommitId, path: &str) -> Option<ObjectId> {
        let commit =
            self.repository.as_ref()?.find_commit(Oid::from_bytes(&commit.0).ok()?).ok()?;
        let entry = commit.tree().ok()?.get_path(Path::new(path)).ok()?;
        let is_file = entry.kind() == Some(ObjectType::Blob) && entry.filemode() != SYMLINK;
        entry.id().as_bytes().try_into().ok().filter(|_| is_file)
    }

    /// Returns the first parent of a commit that has this text at a path of the repository.
    pub fn parent_with(&self, commit: CommitId, path: &str, text: &ObjectId) -> Option<CommitId> {
        let commit =
            self.repository.as_ref()?.find_commit(Oid::from_bytes(&commit.0).ok()?).ok()?;
        let mut parents = commit.parent_ids().filter_map(commit_id);
        parents.find(|parent| self.file_at(*parent, path).as_ref() == Some(text))
    }
}

fn commit_id(id: Oid) -> Option<CommitId> {
    id.as_bytes().try_into().ok().map(CommitId)
}
