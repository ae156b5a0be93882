//! Lists of pages: folders, kinds, and the page for what is not there.

use serde::Serialize;

use super::{LinkView, PageRef};

/// `listing.html`: a folder without an index page, or all pages of a kind.
#[derive(Debug, Clone, Serialize)]
pub struct ListingView {
    /// The title.
    pub title: String,
    /// The kind (for classes), for lists of a kind; else `folder`.
    pub kind: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// Subfolders.
    pub folders: Vec<LinkView>,
    /// The pages; for kinds with statuses grouped by status, else one group without a title.
    pub groups: Vec<ListingGroup>,
    /// How many pages in all.
    pub count: usize,
}

/// Pages under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct ListingGroup {
    /// The heading; may be empty.
    pub title: String,
    /// The pages.
    pub pages: Vec<PageRef>,
}

/// `404.html`
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// The domains.
    pub domains: Vec<LinkView>,
    /// Addresses that pages had and that differ in letter case only from one where something stands, with the way there.
    pub moved: Vec<LinkView>,
}
