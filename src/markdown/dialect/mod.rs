//! What other tools add to Markdown, brought to what the parser knows.
//!
//! A body is rewritten before it is parsed, and only where it has to be; a map leads every byte that the parser speaks of
//! back to where it was written, so that nobody above knows of it.

mod blocks;
mod line;
mod opening;
mod rewriting;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::container::Container;
use super::notice::{Notice, Notices};
use rewriting::OffsetMap;

/// A body as the parser is to read it.
pub(super) struct Reading<'b> {
    text: Cow<'b, str>,
    map: OffsetMap,
    containers: BTreeMap<usize, Container>,
    notices: Vec<Notice>,
}

impl<'b> Reading<'b> {
    /// Reads a body.
    pub(super) fn of(body: &'b str) -> Self {
        let mut reading = Self {
            text: Cow::Borrowed(body),
            map: OffsetMap::default(),
            containers: BTreeMap::new(),
            notices: Vec::new(),
        };
        if !may_hold_blocks(body) {
            return reading;
        }
        let mut notices = Notices::default();
        let blocks = blocks::read(body, &mut notices);
        reading.text = Cow::Owned(blocks.text);
        reading.map = blocks.map;
        reading.containers = blocks.containers;
        reading.notices = notices.list(Clone::clone);
        reading
    }

    /// Returns the text that the parser reads.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns where in the body something stands.
    pub(super) fn span(&self, span: &Range<usize>) -> Range<usize> {
        self.map.span(span)
    }

    /// Returns what the quote at this place of the body is, if it is a named block.
    pub(super) fn container(&self, start: usize) -> Option<Container> {
        self.containers.get(&start).copied()
    }

    /// Returns what was left out, one for each kind, with the place in the body.
    pub(super) fn notices(&self) -> &[Notice] {
        &self.notices
    }
}

/// Returns whether a body may have blocks with a name; most have none.
fn may_hold_blocks(body: &str) -> bool {
    [":::", "!!!", "???", "=== \"", "[!"].iter().any(|mark| body.contains(mark))
}
