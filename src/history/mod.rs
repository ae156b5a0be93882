//! git in; who changed what when out. Knows no pages, only paths of Markdown files.
//!
//! One walk over the commits, newest first, comparing trees entry by entry and descending only where they differ
//! (libgit2's own tree diff costs ten times as much over a whole history). What a commit did never changes,
//! so it is remembered by commit id in [`store`]; names, mailmap and lineages are worked out anew in each build.
//!
//! Invariant: the only room that names git2; never starts a process; never checks anything out.

mod commit;

pub use commit::{Change, ChangeKind, Commit, CommitId, Identity};

use std::collections::BTreeMap;

use crate::base::SourcePath;

/// What git knows of the Markdown files of a source.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// How much is known.
    pub state: State,
    /// Every commit that is reachable from `HEAD`, newest first; those that touched no Markdown file too.
    pub commits: Vec<Commit>,
    /// For each Markdown file of `HEAD` (below the source) its revisions, newest first.
    pub lineages: BTreeMap<SourcePath, Vec<Revision>>,
    /// Markdown files below the source that are no more, newest removal first. Renamed files are not among them.
    pub removals: Vec<Removal>,
}

/// How much of the history is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Not in a git repository, or the repository has no commit yet.
    #[default]
    None,
    /// All of it.
    Complete,
    /// A shallow clone: dates and people before its boundary are not known.
    Shallow,
    /// There is a repository, but it could not be read; the reason, and what to do.
    Unreadable {
        /// What libgit2 answered.
        message: String,
        /// What to do.
        help: String,
    },
}

/// One state of one file: what a commit did to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// Index into [`History::commits`].
    pub commit: usize,
    /// Index into that commit's [`Commit::changes`].
    pub change: usize,
}

/// A file that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Its last path, relative to the source.
    pub path: SourcePath,
    /// The deletion, and index of the change in it.
    pub revision: Revision,
    /// Its earlier revisions, newest first.
    pub earlier: Vec<Revision>,
}
