//! The past: a page's revisions, and the site's changes.

use serde::Serialize;

use super::{DateView, LinkView, PartView, PersonRef, UpdatedView};

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
    /// When the page was first written; `None` if nobody knows.
    pub created: Option<DateView>,
    /// Its last change, small ones aside.
    pub updated: Option<UpdatedView>,
    /// The last change of its words, where that was on another day.
    pub reworded: Option<UpdatedView>,
    /// The last small change, where that was on a later day.
    pub touched: Option<DateView>,
    /// By year, newest first.
    pub years: Vec<YearView>,
    /// Which page of the list this is, and its neighbours.
    pub pager: PagerView,
    /// Who wrote which part of the page.
    pub parts: Vec<PartView>,
}

/// The folds of one year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Its folds, newest first.
    pub folds: Vec<FoldView>,
}

/// Revisions by the same people within half an hour, shown as one.
#[derive(Debug, Clone, Serialize)]
pub struct FoldView {
    /// The newest of them.
    pub last: RevisionView,
    /// All of them, newest first, if there is more than one.
    pub revisions: Vec<RevisionView>,
    /// What happened beside edits, in words: `first version`.
    pub notes: Vec<String>,
    /// Words added, in all.
    pub added: u32,
    /// Words taken away, in all.
    pub removed: u32,
    /// The parts of the page that changed; the links lead to those that are still there.
    pub sections: Vec<LinkView>,
    /// Why it says little about the page, in words: `bot`, `mass edit`; empty for most.
    pub small: String,
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
    /// The parts of the page that changed; the links lead to those that are still there.
    pub sections: Vec<LinkView>,
    /// First digits of the commit.
    pub commit: String,
    /// The commit on the git host.
    pub href: Option<String>,
    /// The page that tells what it changed; empty for older revisions, and where the page itself is gone.
    pub difference_href: String,
}

/// A list in pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// Which page of the list this is, from 1.
    pub number: usize,
    /// How many pages the list has.
    pub of: usize,
    /// Newer things.
    pub newer: Option<String>,
    /// Older things.
    pub older: Option<String>,
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
    /// Which page of the list this is, and its neighbours.
    pub pager: PagerView,
    /// The other lists of changes, by what they are of.
    pub filters: Vec<FilterView>,
    /// What this list is of, in words; empty for the complete one.
    pub filter: String,
    /// When the newest changes became part of the site: seconds since 1970, with spaces between. Only on the first page of the
    /// complete list. A browser that was here before counts from it what is new.
    pub newest: String,
    /// Whether the clone is shallow.
    pub cut: bool,
}

/// Lists of changes of one sort.
#[derive(Debug, Clone, Serialize)]
pub struct FilterView {
    /// What they are of: `Domain`, `Kind` … Empty for those of any sort.
    pub label: String,
    /// Whether the one that is shown is among them.
    pub is_open: bool,
    /// The lists.
    pub links: Vec<FilterLink>,
}

/// A list of changes.
#[derive(Debug, Clone, Serialize)]
pub struct FilterLink {
    /// What it is of, and where it is.
    pub link: LinkView,
    /// Whether it is the one that is shown.
    pub is_current: bool,
}

/// One day.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeDayView {
    /// The day.
    pub date: DateView,
    /// Its changes, newest first.
    pub changes: Vec<ChangeView>,
}

/// What the same people did to a page in a day, or the same commits to several pages.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// Who: author and co-authors.
    pub people: Vec<PersonRef>,
    /// The first line of the newest message.
    pub subject: String,
    /// The pages that it touched, at most eight.
    pub pages: Vec<ChangedPage>,
    /// How many more pages it touched.
    pub more: usize,
    /// The commit on the git host, if it was one.
    pub href: Option<String>,
    /// Its commits, newest first, if there was more than one.
    pub commits: Vec<EditView>,
    /// Why it says little about the pages, in words: `bot`, `mass edit`; empty for most.
    pub small: String,
    /// When it became part of the site, in seconds since 1970.
    pub arrived: i64,
}

/// One of several commits.
#[derive(Debug, Clone, Serialize)]
pub struct EditView {
    /// The time of day, `09:15`.
    pub time: String,
    /// The first line of its message.
    pub subject: String,
    /// The commit on the git host.
    pub href: Option<String>,
    /// The page that tells what it changed, if that was one page and it is told.
    pub difference_href: String,
}

/// A page that a commit touched.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedPage {
    /// The page; if it is gone, what it was called, and where that is told.
    pub page: LinkView,
    /// `added`, `modified`, `renamed` or `deleted` (for classes).
    pub change: &'static str,
    /// In words, where it is more than an edit: `new`, `moved from a/b.md`, `removed: a/b.md`.
    pub note: String,
    /// The page's `history/`; empty if it is gone.
    pub history_href: String,
    /// The page that tells what changed, if one commit changed it and that is told.
    pub difference_href: String,
    /// Words added.
    pub added: u32,
    /// Words taken away.
    pub removed: u32,
}
