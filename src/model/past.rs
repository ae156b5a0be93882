//! What of the past counts: whose clock, which changes are small, when a page was written and changed.
//!
//! A page changed when somebody changed *it*. What a bot did, a commit that `.git-blame-ignore-revs` names, and one that
//! went over very many pages at once say nothing of a single page; they stay in every list, marked as small, and date
//! nothing. (A page that such a commit adds or takes away is new or gone all the same.) Where the clone ends, so does
//! what is known: a page that is older has no first day, only one on which it was there.

use crate::base::Date;
use crate::base::date::Moment;
use crate::base::id::Table;
use crate::config::{DateOf, HistoryConfig};
use crate::history::{Change, ChangeKind, Commit, History, Revision};

use super::people::Directory;
use super::{Page, Person, PersonIx, Updated};

/// Why a change says little about the page that it touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Small {
    /// Nobody wrote it: all its authors are automated accounts.
    Bot,
    /// `.git-blame-ignore-revs` names the commit.
    Ignored,
    /// The commit changed very many pages.
    MassEdit,
}

impl Small {
    /// Returns the word for exports, classes and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Ignored => "ignored",
            Self::MassEdit => "mass-edit",
        }
    }
}

/// What else there is to say of when a page changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dates {
    /// The last change of its words, small ones aside.
    pub reworded: Option<Updated>,
    /// Its last change of any sort.
    pub touched: Option<Date>,
    /// The page was there on this day, on which a shallow clone ends; when it was written, nobody knows.
    pub before: Option<Date>,
}

/// Reads the past by the rules of a site.
#[derive(Debug, Clone)]
pub(super) struct Past {
    date: DateOf,
    /// For each commit, author and co-authors.
    pub(super) writers: Vec<Vec<PersonIx>>,
    /// For each commit, why it is small.
    small: Vec<Option<Small>>,
}

impl Past {
    pub(super) fn new(
        config: &HistoryConfig,
        history: &History,
        directory: &Directory,
        people: &Table<PersonIx, Person>,
    ) -> Self {
        let commits = &history.commits;
        let writers: Vec<Vec<PersonIx>> =
            commits.iter().map(|commit| directory.of_identities(writers(commit))).collect();
        let is_bots = |writers: &[PersonIx]| {
            !writers.is_empty() && writers.iter().all(|person| people[*person].is_bot)
        };
        let small = |(commit, writers): (&Commit, &Vec<PersonIx>)| match commit {
            commit if commit.changes.is_empty() => None,
            commit if commit.is_ignored => Some(Small::Ignored),
            _ if is_bots(writers) => Some(Small::Bot),
            commit => (commit.changes.len() >= config.mass_edit).then_some(Small::MassEdit),
        };
        let small = commits.iter().zip(&writers).map(small).collect();
        Self { date: config.date, writers, small }
    }

    /// Returns when a commit counts as made.
    pub(super) fn moment(&self, commit: &Commit) -> Moment {
        match self.date {
            DateOf::Author => commit.authored,
            DateOf::Committer => commit.committed,
        }
    }

    /// Returns why what a commit (by its index) did to a file is small.
    pub(super) fn small(&self, commit: usize, change: &Change) -> Option<Small> {
        let is_all = matches!(change.kind, ChangeKind::Added | ChangeKind::Deleted);
        self.small[commit].filter(|small| !(is_all && *small == Small::MassEdit))
    }

    /// Returns the last change of a page, small ones aside (if there are others), and what else there is to say.
    pub(super) fn dates(&self, history: &History, page: &Page) -> (Option<Updated>, Dates) {
        let told = |revision: &Revision| Updated {
            date: self.moment(&history.commits[revision.commit]).date(),
            people: self.writers[revision.commit].clone(),
        };
        let change =
            |revision: &Revision| &history.commits[revision.commit].changes[revision.change];
        let mut counted = page
            .revisions
            .iter()
            .filter(|revision| self.small(revision.commit, change(revision)).is_none());
        let newest = page.revisions.first();
        let last = counted.clone().next().or(newest);
        let is_reworded = |revision: &&Revision| {
            let change = change(revision);
            !change.is_counted || change.added + change.removed > 0
        };
        let dates = Dates {
            reworded: counted.find(is_reworded).or(last).map(told),
            touched: newest.map(|newest| self.moment(&history.commits[newest.commit]).date()),
            before: history
                .boundary
                .filter(|_| !begins(history, page))
                .map(|boundary| boundary.date()),
        };
        (last.map(told), dates)
    }

    /// Returns the day on which a page was first committed, if the history goes back that far.
    pub(super) fn created(&self, history: &History, page: &Page) -> Option<Date> {
        let first = page.revisions.last().filter(|_| begins(history, page))?;
        Some(self.moment(&history.commits[first.commit]).date())
    }
}

/// Returns whether the beginning of a page is known.
fn begins(history: &History, page: &Page) -> bool {
    let first = page.revisions.last();
    let is_added = first.is_some_and(|first| {
        history.commits[first.commit].changes[first.change].kind == ChangeKind::Added
    });
    // What is not committed begins now.
    let is_committed = history.texts.contains_key(&page.path);
    history.boundary.is_none() || is_added || !is_committed
}

/// Returns who a commit names as its writers.
fn writers(commit: &Commit) -> impl Iterator<Item = &crate::history::Identity> {
    std::iter::once(&commit.author).chain(&commit.co_authors)
}
