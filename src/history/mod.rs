//! git in; who changed what when out. Knows no pages, only paths of Markdown files. [`record()`] goes the other way.
//!
//! One walk over the commits, newest first, comparing trees entry by entry and descending only where they differ
//! (libgit2's own tree diff costs ten times as much over a whole history). What a commit did never changes,
//! so it is remembered by commit id in `store.rs`; names, mailmap and lineages are worked out anew in each build.
//!
//! Invariant: the only room that names git2; never starts a process; [`read`] reads no file of the worktree but
//! `.mailmap` and `.git-blame-ignore-revs`, and writes nothing but its cache.

mod arrival;
mod changes;
mod ci;
#[cfg(test)]
mod clones;
mod commit;
mod compare;
mod encoding;
mod fact;
#[cfg(test)]
mod fixture;
mod header;
mod identity;
mod ids;
mod judged;
mod lineage;
mod lines;
mod memo;
mod message;
mod objects;
mod record;
mod rename;
mod renamed;
mod repository;
mod section;
mod store;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod tracked;
mod walk;
mod words;

pub use ci::Ci;
pub use commit::{Change, ChangeKind, Commit, CommitId, Identity};
pub use memo::CommitMemo;
pub use record::{CommitDraft, erase, is_as_recorded, record};
pub use renamed::{HeadingName, RenamedHeading};
pub use section::Section;
pub use text::TextId;
pub use texts::Texts;
pub use tracked::tracked;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::{Diagnostic, Diagnostics, Outcome, SourcePath};
use fact::Fact;
use identity::Names;
use repository::{Opened, Question};

/// What git knows of the Markdown files of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// How much is known.
    pub state: State,
    /// The moment of the newest commit at which a shallow clone ends. What happened before, nobody knows.
    pub boundary: Option<Moment>,
    /// Every commit that is reachable from `HEAD`, newest first; those that touched no Markdown file too.
    pub commits: Vec<Commit>,
    /// For each Markdown file of `HEAD` (below the source, and relative to it) its revisions, newest first.
    pub lineages: BTreeMap<SourcePath, Vec<Revision>>,
    /// The same for Markdown files of the repository that are not below the source, by their path in the repository.
    pub outside: BTreeMap<SourcePath, Vec<Revision>>,
    /// The text of each of these files as it is committed.
    pub texts: BTreeMap<SourcePath, TextId>,
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

/// Tells whether a text says of itself that it is not for everybody.
pub type Judge = fn(&[u8]) -> bool;

/// Reads the history of the Markdown files below `source`, an absolute folder whose repository is found upward.
///
/// `ci` is the system that this runs in; the remedies are told in its words. `judge` reads each text of the past once. `memo` keeps what commits did from one build to the next, `cache` (a folder; `None` = do not remember) from one
/// run of the program to the next. It never fails: what cannot be read is a [`State`] and a finding.
pub fn read(
    source: &Path,
    ci: Option<Ci>,
    judge: Judge,
    memo: &mut CommitMemo,
    cache: Option<&Path>,
) -> Outcome<History> {
    let read = repository::open(source).and_then(|opened| match opened {
        Some(opened) => read_opened(&opened, ci, judge, memo, cache),
        None => Ok(known(History::default())),
    });
    read.unwrap_or_else(|error| {
        let (message, help) = repository::explain(&error, source);
        let finding = format!("cannot read the git history: {message}");
        let finding = Diagnostic::new("unreadable-history", finding).help(&*help);
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
    ci: Option<Ci>,
    judge: Judge,
    memo: &mut CommitMemo,
    cache: Option<&Path>,
) -> Result<Outcome<History>, git2::Error> {
    let question = opened.question();
    if let Some(answer) = memo.answer_to(&question) {
        return Ok(answer.clone());
    }
    let is_first = memo.is_empty();
    if let (true, Some(folder)) = (is_first, cache) {
        memo.extend(store::load(folder));
    }
    let facts = walk::walk(opened, &question.exceptions, judge, memo)?;
    if let (true, Some(folder)) = (memo.replace(&facts), cache) {
        store::save(folder, &facts);
    }
    let head = facts.first().expect("the walk begins with the commit of `HEAD`");
    let texts = opened.markdown_files(head.tree)?;
    let traced = lineage::trace(&facts, texts.keys(), &opened.prefix);
    let boundary = facts.iter().filter(|fact| fact.is_boundary).map(|fact| fact.committed).max();
    let value = History {
        state: if boundary.is_some() { State::Shallow } else { State::Complete },
        boundary,
        commits: commits(&facts, &question),
        lineages: traced.lineages,
        outside: traced.outside,
        texts: below(texts, &opened.prefix),
        removals: traced.removals,
    };
    let mut diagnostics = Diagnostics::new();
    report_gaps(&facts, ci, &mut diagnostics);
    let answer = Outcome { value, diagnostics };
    // Most runs of the program read once, and need no copy.
    if !is_first {
        memo.keep(question, answer.clone());
    }
    Ok(answer)
}

fn commits(facts: &[Arc<Fact>], question: &Question) -> Vec<Commit> {
    let mut names = Names::new(&question.mailmap);
    let arrivals = arrival::arrivals(facts);
    let commit = |(fact, arrived): (&Arc<Fact>, i64)| Commit {
        arrived,
        is_ignored: question.ignored.contains(&fact.id),
        ..fact.to_commit(&mut names)
    };
    facts.iter().zip(arrivals).map(commit).collect()
}

/// Returns the files below a folder, with paths relative to it.
fn below(
    texts: BTreeMap<SourcePath, fact::ObjectId>,
    prefix: &str,
) -> BTreeMap<SourcePath, TextId> {
    let relative = |(path, text): (SourcePath, fact::ObjectId)| {
        Some((SourcePath::new(path.as_str().strip_prefix(prefix)?), TextId(text)))
    };
    texts.into_iter().filter_map(relative).collect()
}

fn report_gaps(facts: &[Arc<Fact>], ci: Option<Ci>, diagnostics: &mut Diagnostics) {
    if let Some(boundary) = facts.iter().find(|fact| fact.is_boundary) {
        let known = boundary.id.short();
        let message = format!("the clone is shallow: nothing before commit `{known}` is known");
        let help = ci.map_or("fetch the rest with `git fetch --unshallow`", Ci::fetch_all);
        diagnostics.push(Diagnostic::new("shallow-history", message).help(help));
    }
    let missing: u32 = facts.iter().map(|fact| fact.missing).sum();
    if missing > 0 {
        let message = format!(
            "{missing} earlier texts are not in this partial clone: their changes have no word counts"
        );
        let help = ci.map_or("clone without `--filter`", Ci::fetch_objects);
        diagnostics.push(Diagnostic::new("partial-history", message).help(help));
    }
}
