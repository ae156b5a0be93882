//! A walk over a text, and what it finds to be changed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::notice::Notices;

/// Something without a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Insert {
    /// A place that links can lead to.
    Anchor(String),
    /// The width and height at which the picture before it is wanted.
    Size(Option<u32>, Option<u32>),
}

/// What is to become of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The bytes.
    pub(super) range: Range<usize>,
    /// What is written instead.
    pub(super) text: String,
}

/// A text, and what is known and found so far.
pub(super) struct Walk<'t, 'n> {
    /// The text.
    pub(super) text: &'t str,
    /// What to change, in order, without overlaps.
    pub(super) edits: Vec<Edit>,
    /// What to put between the pieces.
    pub(super) inserts: Vec<(usize, Insert)>,
    /// Blocks with an id.
    pub(super) ids: BTreeMap<String, Range<usize>>,
    /// What abbreviations mean.
    pub(super) abbreviations: BTreeMap<String, String>,
    /// What was left out.
    pub(super) notices: &'n mut Notices,
    /// The blocks of the text, in the order of their beginnings.
    pub(super) blocks: Vec<Range<usize>>,
    /// Where the bracket stands that closes words with attributes of their own, once its pair was taken out.
    pub(super) closing: Option<usize>,
    /// The line that was asked for last.
    line: Range<usize>,
    /// How far a look ahead found that there is none of this mark.
    none: BTreeMap<&'static str, usize>,
    /// How many bytes were looked at in vain.
    vain: usize,
}

impl<'t, 'n> Walk<'t, 'n> {
    /// Begins a walk over a text with these blocks.
    pub(super) fn new(text: &'t str, blocks: Vec<Range<usize>>, notices: &'n mut Notices) -> Self {
        Self {
            text,
            edits: Vec::new(),
            inserts: Vec::new(),
            ids: BTreeMap::new(),
            abbreviations: BTreeMap::new(),
            notices,
            blocks,
            closing: None,
            line: 0..0,
            none: BTreeMap::new(),
            vain: 0,
        }
    }

    /// Returns the place of the next character.
    pub(super) fn after(&self, at: usize) -> usize {
        let length =
            self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        at + length
    }

    /// Takes bytes out, the whole lines if nothing is left on them. Returns where they end.
    pub(super) fn take_out(&mut self, range: Range<usize>) -> usize {
        let end = range.end;
        let line = self.line(range.start).start;
        let is_first = is_quote_mark(&self.text[line..range.start]);
        let rest_end = self.line(end).end;
        if is_first && self.text[end..rest_end].trim().is_empty() {
            // The line stays, as an empty one, unless a list or table goes on below it.
            let next =
                self.text[(rest_end + 1).min(self.text.len())..].trim_start_matches([' ', '>']);
            let goes_on = next.starts_with(['|', '-', '*', '+']) || starts_with_number(next);
            if goes_on && self.is_free(line) && rest_end < self.text.len() {
                return self.replace(line..rest_end + 1, String::new());
            }
        }
        self.replace(range, String::new())
    }

    /// Writes something else instead of some bytes. Returns where they end.
    pub(super) fn replace(&mut self, range: Range<usize>, text: String) -> usize {
        let end = range.end;
        debug_assert!(self.edits.last().is_none_or(|edit| edit.range.end <= range.start));
        self.edits.push(Edit { range, text });
        end
    }

    /// Returns whether nothing at or after a place was changed so far.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.edits.last().is_none_or(|edit| edit.range.end <= at)
    }

    /// Returns the line of a byte, without its end.
    pub(super) fn line(&mut self, at: usize) -> Range<usize> {
        if !(self.line.start <= at && at <= self.line.end) || self.line.is_empty() {
            let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
            self.line = start..end;
        }
        self.line.clone()
    }

    /// Returns where a mark stands next, at or after a place. Looks at no byte twice in vain.
    pub(super) fn find(&mut self, mark: &'static str, from: usize) -> Option<usize> {
        if self.none.get(mark).is_some_and(|start| *start <= from) {
            return None;
        }
        let found = self.text[from..].find(mark).map(|length| from + length);
        if found.is_none() {
            self.none.insert(mark, from);
        }
        found
    }

    /// Notes how many bytes were looked at in vain. Past a few times the text, [`Self::is_spent`] says so.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.vain += bytes;
    }

    /// Returns whether so much was looked at in vain that it cannot be meant.
    pub(super) fn is_spent(&self) -> bool {
        self.vain > 4 * self.text.len() + 10_000
    }
}

fn is_quote_mark(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
}

fn starts_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with(['.', ')'])
}
