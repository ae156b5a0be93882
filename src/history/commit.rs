//! What a commit is to Polder.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::renamed::RenamedHeading;
use super::section::Section;
use crate::base::SourcePath;
use crate::base::date::Moment;

/// The object id of a commit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommitId(pub [u8; 20]);

impl CommitId {
    /// Returns the first eight hexadecimal digits.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }

    /// Reads forty hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 40 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut id = [0; 20];
        for (byte, at) in id.iter_mut().zip((0..40).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(id))
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A name and an e-mail address, after `.mailmap`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// The name, trimmed; bytes that are not UTF-8 are replaced.
    pub name: String,
    /// The address, trimmed, as written.
    pub email: String,
}

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its object id.
    pub id: CommitId,
    /// Who wrote it.
    pub author: Identity,
    /// `Co-authored-by` trailers, without the author, each once.
    pub co_authors: Vec<Identity>,
    /// `Reviewed-by` trailers (and `Acked-by`, `Approved-by`), each once.
    pub reviewers: Vec<Identity>,
    /// When its author wrote it.
    pub authored: Moment,
    /// When it was committed.
    pub committed: Moment,
    /// When it became part of the branch that the site is built from, in seconds since 1970: the date of the merge that
    /// brought it, for a commit that was made on another branch.
    pub arrived: i64,
    /// The first line of its message.
    pub subject: String,
    /// The rest of its message, without trailers.
    pub body: String,
    /// Whether it has more than one parent.
    pub is_merge: bool,
    /// Whether `.git-blame-ignore-revs` names it: a change of looks and not of text.
    pub is_ignored: bool,
    /// What it did to Markdown files, sorted by path. For a merge: only files that differ from all of its parents.
    pub changes: Vec<Change>,
}

/// What a commit did to one Markdown file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The path, relative to the repository, after the commit (before it, for a deletion).
    pub path: SourcePath,
    /// What happened.
    pub kind: ChangeKind,
    /// Words that were added.
    pub added: u32,
    /// Words that were taken away.
    pub removed: u32,
    /// Whether the words are counted: nobody knows them of a text that a partial clone lacks.
    pub is_counted: bool,
    /// The parts of the page with other words than before, in its order; none for a file that is new or gone.
    pub sections: Vec<Section>,
    /// The headings that got another text.
    pub renamed: Vec<RenamedHeading>,
    /// What the file called itself, for a deletion; may be empty.
    pub title: String,
    /// Whether the text after the commit (before it, for a deletion) said that it is not for everybody; so it counts for a
    /// deletion of a text that a partial clone lacks.
    pub is_withheld: bool,
    /// Whether the text before the commit said so.
    pub was_withheld: bool,
    /// Object id of the text before the commit; `None` for a new file. For a merge, that of the parent nearest to it.
    pub before: Option<[u8; 20]>,
    /// Object id of the text after the commit; `None` for a deletion.
    pub blob: Option<[u8; 20]>,
}

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// Its text changed.
    Modified,
    /// It is gone.
    Deleted,
    /// It came from another path; its text may have changed as well.
    Renamed {
        /// The path before the commit, relative to the repository.
        from: SourcePath,
    },
}

impl ChangeKind {
    /// Returns the word for exports.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Modified => "modified",
            Self::Deleted => "deleted",
            Self::Renamed { .. } => "renamed",
        }
    }
}
