//! What one revision did to a page.

use serde::Serialize;

use super::{LinkView, RevisionView};

/// `difference.html`: what one revision did to a page.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceView {
    /// The page.
    pub page: LinkView,
    /// Its `history/`.
    pub history_href: String,
    /// How many revisions the page has.
    pub count: usize,
    /// When, who and why.
    pub revision: RevisionView,
    /// The page of the revision after this one, with its date.
    pub newer: Option<LinkView>,
    /// The page of the revision before this one, with its date.
    pub older: Option<LinkView>,
    /// The file as it was then, on the git host.
    pub then: Option<String>,
    /// `told`, or why nothing can be: `too-large`, `missing`, `withheld`.
    pub state: &'static str,
    /// The whole text is new.
    pub is_first: bool,
    /// Where the file was before and is after, if it moved.
    pub moved: Option<MovedView>,
    /// What changed, in one line; empty if nothing that is told did.
    pub summary: String,
    /// Fields of the front matter that are others.
    pub fields: Vec<FieldView>,
    /// The changes of the text, in order, those below the same heading in one line; at most sixty.
    pub changes: Vec<ChangeLine>,
    /// How many more changes there are.
    pub more: usize,
    /// The pictures that came or went, as far as they can be shown: they stand in `text_html`.
    pub pictures: Vec<Option<PictureView>>,
    /// The text as readers see it, with its changes.
    pub text_html: String,
    /// The lines of the file that changed, as they were written; empty if none did, or the file is new.
    pub source_html: String,
}

/// A file that moved.
#[derive(Debug, Clone, Serialize)]
pub struct MovedView {
    /// Its path before.
    pub from: String,
    /// Its path after.
    pub to: String,
}

/// A picture that came or went.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    /// Its file.
    pub href: String,
    /// Width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

/// A field of the front matter that is another.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Its name.
    pub name: String,
    /// What it said; empty if nothing.
    pub before: String,
    /// What it says; empty if nothing.
    pub after: String,
}

/// The changes below a heading in a line.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeLine {
    /// Leads to the first.
    pub href: String,
    /// Lead to the others, by number.
    pub also: Vec<LinkView>,
    /// The heading above it; empty before the first.
    pub under: String,
    /// What they are: `1 paragraph changed, 2 list items added`.
    pub what: String,
    /// Words that came.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
}
