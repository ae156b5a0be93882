//! The past: a page's revisions, and the site's changes.

use serde::Serialize;

use super::{DateView, LinkView, PersonRef};

/// `history.html`: a page's revisions.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryView {
    /// The page.
    pub page: LinkView,
    /// How many revisions there are.
    pub count: usize,
    /// Who took part, most first.
    pub people: Vec<PersonRef>,
    /// Whether the clone is shallow: earlier revisions are not known.
    pub cut: bool,
    /// By year, newest first.
    pub years: Vec<YearView>,
}

/// The revisions of one year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Its revisions, newest first.
    pub revisions: Vec<RevisionView>,
}

/// One revision of a page.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionView {
    /// When.
    pub date: DateView,
    /// The time of day, `09:15`.
    pub time: String,
    /// Who: author and co-authors.
    pub people: Vec<PersonRef>,
    /// Who reviewed it.
    pub reviewers: Vec<PersonRef>,
    /// The first line of the message.
    pub subject: String,
    /// The rest of the message; may be empty.
    pub body: String,
    /// `added`, `modified`, `renamed` or `deleted` (for classes).
    pub change: &'static str,
    /// What happened, in words, where it is more than an edit: `first version`, `moved from a/b.md`.
    pub note: String,
    /// Words added.
    pub added: u32,
    /// Words taken away.
    pub removed: u32,
    /// First digits of the commit.
    pub commit: String,
    /// The commit on the git host.
    pub href: Option<String>,
    /// The page that tells what it changed; empty for older revisions, and where the page itself is gone.
    pub difference_href: String,
}

/// `changes.html`: the site's changes, by day.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesView {
    /// The title.
    pub title: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// The days, newest first.
    pub days: Vec<ChangeDayView>,
    /// Which page of the list this is, from 1, and how many there are.
    pub number: usize,
    /// How many pages the list has.
    pub of: usize,
    /// Newer changes.
    pub newer: Option<String>,
    /// Older changes.
    pub older: Option<String>,
    /// Whether the clone is shallow.
    pub cut: bool,
}

/// One day.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeDayView {
    /// The day.
    pub date: DateView,
    /// Its changes, newest first.
    pub changes: Vec<ChangeView>,
}

/// What one commit did.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// Who: author and co-authors.
    pub people: Vec<PersonRef>,
    /// The first line of the message.
    pub subject: String,
    /// The pages that it touched, at most eight.
    pub pages: Vec<ChangedPage>,
    /// How many more pages it touched.
    pub more: usize,
    /// The commit on the git host.
    pub href: Option<String>,
}

/// A page that a commit touched.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedPage {
    /// The page; no address if it is gone.
    pub page: LinkView,
    /// `added`, `modified`, `renamed` or `deleted` (for classes).
    pub change: &'static str,
    /// In words, where it is more than an edit: `new`, `moved`, `removed`.
    pub note: String,
    /// The page's `history/`; empty if it is gone.
    pub history_href: String,
    /// Words added.
    pub added: u32,
    /// Words taken away.
    pub removed: u32,
}
