//! What one commit says and did, before `.mailmap`: what never changes, and so may be remembered.

use serde::{Deserialize, Serialize};

use super::commit::{Change, Commit, CommitId, Identity};
use super::identity::Names;
use crate::base::SourcePath;
use crate::base::date::Moment;

/// The object id of a tree or a text.
pub(super) type ObjectId = [u8; 20];

/// Everything that Polder wants to know of a commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Fact {
    pub(super) id: CommitId,
    pub(super) parents: Vec<CommitId>,
    pub(super) tree: ObjectId,
    pub(super) author: Identity,
    pub(super) authored: Moment,
    pub(super) committed: Moment,
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) co_authors: Vec<Identity>,
    pub(super) reviewers: Vec<Identity>,
    /// Sorted by path.
    pub(super) changes: Vec<Change>,
    /// What a merge took from other parents than its first.
    pub(super) taken: Vec<Taken>,
    /// Texts that a partial clone lacks. Not remembered on disk then: they may come.
    #[serde(skip)]
    pub(super) missing: u32,
    /// Whether the clone ends here, so that nobody knows what the commit did. Never remembered.
    #[serde(skip)]
    pub(super) is_boundary: bool,
    /// Whether the repository says something else of the commit than the commit itself does (`git replace`, grafts).
    /// Never remembered.
    #[serde(skip)]
    pub(super) is_altered: bool,
}

/// A file that a merge has (or lacks) as one of its later parents has it, and not as its first parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Taken {
    pub(super) path: SourcePath,
    /// Which parent; at least 1.
    pub(super) parent: u32,
    /// Whether the file is there after the merge.
    pub(super) is_there: bool,
}

impl Fact {
    /// Returns whether what is known will hold for ever.
    pub(super) fn is_lasting(&self) -> bool {
        !self.is_boundary && !self.is_altered
    }

    /// Returns the commit with the real names of its people. What depends on other commits is still to be filled in.
    pub(super) fn to_commit(&self, names: &mut Names) -> Commit {
        let author = names.resolve(&self.author);
        let mut co_authors = names.resolve_all(&self.co_authors);
        co_authors.retain(|identity| !identity.is_same_person(&author));
        Commit {
            id: self.id,
            co_authors,
            reviewers: names.resolve_all(&self.reviewers),
            author,
            authored: self.authored,
            committed: self.committed,
            arrived: self.committed.seconds,
            subject: self.subject.clone(),
            body: self.body.clone(),
            is_merge: self.parents.len() > 1,
            is_ignored: false,
            changes: self.changes.clone(),
        }
    }
}
