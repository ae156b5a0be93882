//! Addresses that pages had.

use serde::Serialize;

use super::{DateView, LinkView, RevisionView};

/// `redirect.html`: leads from a former address to the page. It gets no `frame`: nobody is meant to see it for long.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectView {
    /// The way to the site's root: `../../`.
    pub root: String,
    /// The page, its title and its address from here.
    pub page: LinkView,
    /// The page's full address when the site's address is configured, else as in `page`.
    pub canonical: String,
}

/// `removed.html`: what is told of a page that is no more, at the addresses that it had.
#[derive(Debug, Clone, Serialize)]
pub struct RemovedView {
    /// What it called itself last; may be empty.
    pub title: String,
    /// Its file, as it was called last.
    pub path: String,
    /// The commit that removed it: when, who, and why.
    pub removal: RevisionView,
    /// The day that it was first written.
    pub created: Option<DateView>,
    /// How many revisions it had, the removal included.
    pub count: usize,
    /// The file as it was last, on the git host.
    pub then: Option<String>,
    /// The nearest folder above it that is still there, for those who look for something like it.
    pub near: Option<LinkView>,
}
