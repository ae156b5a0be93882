//! What changed between two states of a text, for readers.
//!
//! What is far from a change is left out (`part`); the rest is read as rows of leaves (`reader`, `leaf`), the leaves are paired ([`crate::diff::align`]), pairs are
//! compared word by word (`run`), and what came of it is written as HTML (`writer`): the text as readers see it, with
//! what came in `<ins>` and what went in `<del>`. [`source()`] does the same with the lines as they were written.
//!
//! Links lead nowhere and pictures are named: what a difference says follows from the two texts alone, so that it can be kept
//! for ever. Pictures that came or went have a place in it (`slot`), for those who know what file they were.
//!
//! Invariant: everything that an author wrote is escaped (in `inline`); no HTML of theirs passes. Without what is in `<del>`
//! the HTML has the words of the new text, without what is in `<ins>` those of the old, but for what it says to be unchanged.

mod container;
mod fold;
mod inline;
mod leaf;
mod line;
mod part;
mod plain;
mod reader;
mod run;
mod slot;
mod source;
mod told;
mod writer;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Dialect;
use fold::Skipped;
use told::Story;
use writer::Writer;

pub use slot::{Pictured, with_pictures};
pub use source::source;

/// How two states of a text differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The changes, in order. The first block of number `n`, from 1, has the id `change-n`.
    pub changes: Vec<Change>,
    /// The text with its changes marked; of what did not change only what stands beside a change. Empty if nothing changed.
    /// With places for `pictures`, which [`with_pictures`] fills.
    pub html: String,
    /// The pictures that came or went, in order.
    pub pictures: Vec<Pictured>,
    /// The changed blocks alone, without ids: for readers elsewhere. Empty if they are too many, or not wanted.
    pub brief: String,
}

/// The brief form of a difference is left out beyond this many bytes of HTML.
const BRIEF: usize = 6 << 10;

/// Whether the brief form of a difference is wanted too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brief {
    /// It is.
    Wanted,
    /// It is not.
    Unwanted,
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
    /// “Picture:”.
    pub picture: String,
    /// “From another page:”, before the name of a part of a page that is shown.
    pub embed: String,
    /// What columns are that are set to the left, to the middle, to the right.
    pub aligned: [String; 3],
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
    brief: Brief,
) -> Difference {
    let mut told = Difference::default();
    if before == after {
        return told;
    }
    let part::Parts { parts, rest } = part::parts(before, after, dialect);
    let mut skipped = Skipped::default();
    let mut short = Some(String::new()).filter(|_| brief == Brief::Wanted);
    for part in parts {
        let old = reader::read(&part.before, dialect);
        let story = Story::new(old, reader::read(&part.after, dialect), part.under);
        skipped.add(part.skipped);
        let html;
        (html, skipped) = Writer::new(&story, words).changed(skipped, told.changes.len());
        let (html, pictures) = slot::numbered(&html, told.pictures.len());
        told.html.push_str(&html);
        told.pictures.extend(pictures);
        told.changes.extend(story.changes());
        short = short.map(|short| short + &slot::without(&Writer::new(&story, words).brief()));
    }
    skipped.add(rest);
    told.html.push_str(&writer::skipped(&skipped, words));
    told.brief = short.filter(|short| short.len() <= BRIEF).unwrap_or_default();
    told
}

#[cfg(test)]
mod tests;
