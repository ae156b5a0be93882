//! git in; who changed what when out. Knows no pages, only paths of Markdown files. [`record()`] goes the other way.
//!
//! One walk over the commits, newest first, comparing trees entry by entry and descending only where they differ
//! (libgit2's own tree diff costs ten times as much over a whole history). What a commit did never changes,
//! so it is remembered by commit id in `store.rs`; names, mailmap and lineages are worked out anew in each build.
//!
//! Invariant: the only room that names git2; never starts a process; [`read`] reads no file of the worktree but
//! `.mailmap`, and writes nothing but its cache.

mod changes;
mod commit;
mod compare;
mod fact;
#[cfg(test)]
mod fixture;
mod identity;
mod lineage;
mod message;
mod objects;
mod record;
mod rename;
mod repository;
mod store;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub use commit::{Change, ChangeKind, Commit, CommitId, Identity};
pub use fact::CommitMemo;
pub use record::{CommitDraft, erase, is_as_recorded, record};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::{Diagnostic, Diagnostics, Outcome, SourcePath};
use fact::Fact;
use identity::Names;
use repository::Opened;

/// What git knows of the Markdown files of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// How much is known.
    pub state: State,
    /// Every commit that is reachable from `HEAD`, newest first; those that touched no Markdown file too.
    pub commits: Vec<Commit>,
    /// For each Markdown file of `HEAD` (below the source, and relative to it) its revisions, newest first.
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
    /// Its other revisions, newest first.
    pub earlier: Vec<Revision>,
}

/// Reads the history of the Markdown files below `source`, an absolute folder whose repository is found upward.
///
/// `memo` keeps what commits did from one build to the next, `cache` (a folder; `None` = do not remember) from one
/// run of the program to the next. It never fails: what cannot be read is a [`State`] and a finding.
pub fn read(source: &Path, memo: &mut CommitMemo, cache: Option<&Path>) -> Outcome<History> {
    let read = repository::open(source).and_then(|opened| match opened {
        Some(opened) => read_opened(&opened, memo, cache),
        None => Ok(known(History::default())),
    });
    read.unwrap_or_else(|error| {
        let (message, help) = repository::explain(&error, source);
        let finding = format!("cannot read the git history: {message}");
        let finding = Diagnostic::new("unreadable-history", finding).help(&help);
        let state = State::Unreadable { message, help };
        let value = History { state, ..History::default() };
        Outcome { value, diagnostics: [finding].into_iter().collect() }
    })
}

fn known(value: History) -> Outcome<History> {
    Outcome { value, diagnostics: Diagnostics::new() }
}

fn read_opened(
    opened: &Opened,
    memo: &mut CommitMemo,
    cache: Option<&Path>,
) -> Result<Outcome<History>, git2::Error> {
    let question = opened.question();
    if let Some(answer) = memo.answer_to(&question) {
        return Ok(answer.clone());
    }
    if let (true, Some(folder)) = (memo.is_empty(), cache) {
        memo.extend(store::load(folder));
    }
    let facts = walk::walk(opened, memo)?;
    if let (true, Some(folder)) = (memo.replace(&facts), cache) {
        store::save(folder, &facts);
    }
    let paths = opened.markdown_files()?;
    let traced = lineage::trace(&facts, &paths, &opened.prefix);
    let is_shallow = facts.iter().any(|fact| fact.is_boundary);
    let value = History {
        state: if is_shallow { State::Shallow } else { State::Complete },
        commits: commits(&facts, Names::new(&question.mailmap)),
        lineages: traced.lineages,
        removals: traced.removals,
    };
    let mut diagnostics = Diagnostics::new();
    report_gaps(&facts, &mut diagnostics);
    let answer = Outcome { value, diagnostics };
    memo.keep(question, answer.clone());
    Ok(answer)
}

fn commits(facts: &[Arc<Fact>], mut names: Names) -> Vec<Commit> {
    facts.iter().map(|fact| fact.to_commit(&mut names)).collect()
}

fn report_gaps(facts: &[Arc<Fact>], diagnostics: &mut Diagnostics) {
    if let Some(boundary) = facts.iter().find(|fact| fact.is_boundary) {
        let known = boundary.id.short();
        let message = format!("the clone is shallow: nothing before commit `{known}` is known");
        let help = "fetch the rest with `git fetch --unshallow`; in CI ask the checkout for `fetch-depth: 0`";
        diagnostics.push(Diagnostic::new("shallow-history", message).help(help));
    }
    let missing: u32 = facts.iter().map(|fact| fact.missing).sum();
    if missing > 0 {
        let message = format!(
            "{missing} earlier texts are not in this partial clone: their changes have no word counts"
        );
        let help = "clone without `--filter`";
        diagnostics.push(Diagnostic::new("partial-history", message).help(help));
    }
}
