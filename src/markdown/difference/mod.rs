//! What changed between two states of a text, for readers.
//!
//! Both texts are read as rows of leaves (`reader`, `leaf`), the leaves are paired ([`crate::diff::align`]), pairs are
//! compared word by word (`run`), and what came of it is written as HTML (`writer`): the text as readers see it, with
//! what came in `<ins>` and what went in `<del>`. [`source()`] does the same with the lines as they were written.
//!
//! Links lead nowhere and pictures are named, not shown: what a difference says follows from the two texts alone, so that it
//! can be kept for ever.
//!
//! Invariant: everything that an author wrote is escaped (in `inline`); no HTML of theirs passes. Without what is in `<del>`
//! the HTML has the words of the new text, without what is in `<ins>` those of the old.

mod container;
mod fold;
mod inline;
mod leaf;
mod line;
mod reader;
mod run;
mod source;
mod told;
mod writer;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Dialect;
use told::Story;
use writer::Writer;

pub use source::source;

/// How two states of a text differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The changes, in order. The first block of number `n`, from 1, has the id `change-n`.
    pub changes: Vec<Change>,
    /// The whole text with its changes marked; what did not change is folded.
    pub html: String,
    /// The changed blocks alone, without ids: for readers elsewhere. Empty if they are too many.
    pub brief: String,
}

/// Blocks next to each other that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The heading above it; empty before the first.
    pub under: String,
    /// What changed how often.
    pub counts: Vec<(What, How, usize)>,
    /// Words that came.
    pub added: usize,
    /// Words that went.
    pub removed: usize,
}

/// What readers call a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum What {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// A line of code.
    Line,
}

impl What {
    /// Returns the word for keys of messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "item",
            Self::Row => "row",
            Self::Line => "line",
        }
    }
}

/// What happened to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum How {
    /// It is another.
    Changed,
    /// It came.
    Added,
    /// It went.
    Removed,
}

impl How {
    /// Returns the word for keys of messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// Words that a difference needs, in the language of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DifferenceWords {
    /// “Inserted:”, for screen readers.
    pub inserted: String,
    /// “Deleted:”, for screen readers.
    pub deleted: String,
    /// “Set differently:”, where the words are the same.
    pub set: String,
    /// “Unchanged:”, above what is folded.
    pub unchanged: String,
    /// “Picture”.
    pub picture: String,
    /// “Table”, for tables that scroll.
    pub table: String,
    /// “Done” and “to do”, for the boxes of task lists.
    pub task: [String; 2],
    /// What alerts are called, by the names in [`super::alert_words`].
    pub alerts: BTreeMap<&'static str, String>,
}

/// Compares two bodies.
pub fn difference(
    before: &str,
    after: &str,
    dialect: Dialect,
    words: &DifferenceWords,
) -> Difference {
    let story = Story::new(reader::read(before, dialect), reader::read(after, dialect));
    let changes = story.changes();
    let html = Writer::new(&story, words).whole();
    let brief = Writer::new(&story, words).brief();
    Difference { changes, html, brief }
}

#[cfg(test)]
mod tests;
