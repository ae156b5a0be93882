//! Lists of pages: folders, kinds, search, and the page for what is not there.

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

/// `search.html`: the search page. Without scripts it is an A–Z of everything.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// The title.
    pub title: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// Titles of pages and terms and names of people, by first letter.
    pub letters: Vec<LetterView>,
    /// The domains.
    pub domains: Vec<LinkView>,
}

/// One letter of the A–Z.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter, or `#` for anything else.
    pub letter: String,
    /// An anchor: `letter-a`.
    pub anchor: String,
    /// Everything that begins with it.
    pub entries: Vec<LetterEntry>,
}

/// An entry of the A–Z.
#[derive(Debug, Clone, Serialize)]
pub struct LetterEntry {
    /// Title or name.
    pub text: String,
    /// The address.
    pub href: String,
    /// What tells entries of one title apart, or the kind if it is not a plain page; may be empty.
    pub hint: String,
}

/// `404.html`
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// The domains.
    pub domains: Vec<LinkView>,
    /// Addresses that pages had and that differ in letter case only from one where something stands, with the way there.
    pub moved: Vec<LinkView>,
}
