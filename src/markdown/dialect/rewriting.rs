//! A text as the parser is to read it, with the way back to where every byte of it was written.

use std::ops::Range;

/// A text made of pieces of another one and of what was put between them.
#[derive(Debug)]
pub(super) struct Rewriting<'b> {
    original: &'b str,
    text: String,
    map: OffsetMap,
}

impl<'b> Rewriting<'b> {
    /// Begins with nothing.
    pub(super) fn of(original: &'b str) -> Self {
        Self {
            original,
            text: String::with_capacity(original.len() + original.len() / 8),
            map: OffsetMap::default(),
        }
    }

    /// Adds bytes of the original.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.map.join(self.text.len(), range.start, true);
            self.text.push_str(&self.original[range]);
        }
    }

    /// Adds a text that stands for something written at `from`.
    pub(super) fn put(&mut self, text: &str, from: usize) {
        if !text.is_empty() {
            self.map.join(self.text.len(), from, false);
            self.text.push_str(text);
        }
    }

    /// Returns the text and its map.
    pub(super) fn finish(self) -> (String, OffsetMap) {
        (self.text, self.map)
    }
}

/// Leads from the bytes of a rewritten text to those of its original.
#[derive(Debug, Default)]
pub(super) struct OffsetMap(Vec<Joint>);

/// Where a piece of the rewritten text begins.
#[derive(Debug)]
struct Joint {
    at: usize,
    from: usize,
    is_copy: bool,
}

impl Joint {
    fn lead(&self, at: usize) -> usize {
        if self.is_copy { self.from + (at - self.at) } else { self.from }
    }
}

impl OffsetMap {
    fn join(&mut self, at: usize, from: usize, is_copy: bool) {
        let goes_on = self.0.last().is_some_and(|last| last.is_copy && last.lead(at) == from);
        if !(goes_on && is_copy) {
            self.0.push(Joint { at, from, is_copy });
        }
    }

    /// Returns where something that stands at these bytes was written.
    pub(super) fn span(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.lead(self.0.partition_point(|joint| joint.at <= span.start), span.start);
        // What ends where a piece ends belongs to that piece, not to the next.
        let end = self.lead(self.0.partition_point(|joint| joint.at < span.end), span.end);
        start..end.max(start)
    }

    fn lead(&self, joints: usize, at: usize) -> usize {
        joints.checked_sub(1).map_or(at, |last| self.0[last].lead(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_leads_back() {
        let original = "0123456789";
        let mut rewriting = Rewriting::of(original);
        rewriting.copy(0..2);
        rewriting.copy(2..4);
        rewriting.put("> ", 6);
        rewriting.copy(6..10);
        let (text, map) = rewriting.finish();
        assert_eq!(text, "0123> 6789");
        assert_eq!(map.span(&(1..4)), 1..4);
        assert_eq!(map.span(&(4..10)), 6..10);
        assert_eq!(map.span(&(6..8)), 6..8);
        assert_eq!(map.span(&(5..6)), 6..6);
    }
}
