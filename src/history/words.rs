//! How many words a change added and took away, and where.

use std::ops::Range;

use super::lines::lines;
use super::section::Span;
use crate::diff;

/// Texts above this size have no word counts.
const LIMIT: usize = 2 << 20;

/// Words added and taken away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) added: u32,
    pub(super) removed: u32,
}

impl Words {
    /// Returns how large the change is.
    pub(super) fn total(self) -> u32 {
        self.added.saturating_add(self.removed)
    }
}

/// Counts the words (runs of anything but white space) that differ: lines first, then words in the lines that
/// differ, so that a reworded line counts the words that are new and not all of its words. Also returns the lines with
/// other words, in both texts.
pub(super) fn count(before: &[u8], after: &[u8]) -> (Words, Vec<Span>) {
    if !is_text(before) || !is_text(after) {
        return (Words::default(), Vec::new());
    }
    let (start, before, after) = differing(before, after);
    if before.is_empty() || after.is_empty() {
        let sum = Words { added: number_of_words(after), removed: number_of_words(before) };
        let span = Span { before: start..start + before.len(), after: start..start + after.len() };
        return (sum, if sum.total() > 0 { vec![span] } else { Vec::new() });
    }
    let before = Lines::of(before);
    let after = Lines::of(after);
    let mut sum = Words::default();
    let mut spans = Vec::new();
    for hunk in diff::hunks(before.lines.iter().copied(), after.lines.iter().copied()) {
        let gone = before.lines[hunk.before.clone()].iter().flat_map(|line| words(line));
        let new = after.lines[hunk.after.clone()].iter().flat_map(|line| words(line));
        let before_hunk = sum;
        for hunk in diff::hunks(gone, new) {
            sum.removed += hunk.before.len() as u32;
            sum.added += hunk.after.len() as u32;
        }
        if sum != before_hunk {
            let bytes = |lines: &Lines<'_>, range: Range<usize>| {
                start + lines.starts[range.start]..start + lines.starts[range.end]
            };
            spans.push(Span {
                before: bytes(&before, hunk.before),
                after: bytes(&after, hunk.after),
            });
        }
    }
    (sum, spans)
}

/// The lines of a text, and where they begin; one more beginning, the end of the text.
struct Lines<'t> {
    lines: Vec<&'t [u8]>,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t [u8]) -> Self {
        let (mut starts, lines): (Vec<_>, Vec<_>) = lines(text, 0).unzip();
        starts.push(text.len());
        Self { lines, starts }
    }
}

fn is_text(bytes: &[u8]) -> bool {
    // Whole blocks at once: nearly no text has a zero.
    let has_zero = |block: &[u8]| block.iter().fold(false, |found, byte| found | (*byte == 0));
    bytes.len() <= LIMIT && !bytes[..bytes.len().min(8000)].chunks(RUN).any(has_zero)
}

/// Returns both texts without the whole lines that they have in common at their start and end, and the byte at which
/// they begin then.
fn differing<'t>(before: &'t [u8], after: &'t [u8]) -> (usize, &'t [u8], &'t [u8]) {
    let same = common(before.chunks(RUN).zip(after.chunks(RUN)));
    let same = same + common_bytes(before[same..].iter().zip(&after[same..]));
    let start = before[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (before, after) = (&before[start..], &after[start..]);
    let same = common(before.rchunks(RUN).zip(after.rchunks(RUN)));
    let rest = (&before[..before.len() - same], &after[..after.len() - same]);
    let same = same + common_bytes(rest.0.iter().rev().zip(rest.1.iter().rev()));
    let tail = &before[before.len() - same..];
    let keep = tail.iter().position(|byte| *byte == b'\n').map_or(same, |at| at + 1);
    let end = same - keep;
    (start, &before[..before.len() - end], &after[..after.len() - end])
}

/// Bytes that are compared at once: most of two texts that follow on each other is the same.
const RUN: usize = 256;

fn common<'t>(pairs: impl Iterator<Item = (&'t [u8], &'t [u8])>) -> usize {
    pairs.take_while(|(a, b)| a == b).map(|(run, _)| run.len()).sum()
}

fn common_bytes<'t>(pairs: impl Iterator<Item = (&'t u8, &'t u8)>) -> usize {
    pairs.take_while(|(a, b)| a == b).count()
}

/// Returns how many words there are: how often white space ends and something begins.
fn number_of_words(text: &[u8]) -> u32 {
    let is_start = |(before, byte): (&u8, &u8)| is_space(*before) & !is_space(*byte);
    let later = text.iter().zip(text.iter().skip(1)).filter(|pair| is_start(*pair)).count();
    let first = text.first().is_some_and(|byte| !is_space(*byte));
    (later + usize::from(first)) as u32
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, added: u32, removed: u32) {
        let (words, spans) = count(before.as_bytes(), after.as_bytes());
        assert_eq!(words, Words { added, removed });
        assert_eq!(spans.is_empty(), words.total() == 0);
    }

    #[test]
    fn reworded_line_counts_the_new_word() {
        check("one\ntwo old three\nfour\n", "one\ntwo new three\nfour\n", 1, 1);
        check("a b c", "a c", 0, 1);
        check("a\r\nb\r\n", "a\nb\n", 0, 0);
    }

    #[test]
    fn rewrapped_paragraph_counts_nothing() {
        check("one two\nthree four\n", "one\ntwo three\nfour\n", 0, 0);
    }

    #[test]
    fn new_and_gone_texts_count_whole() {
        check("", "---\ntitle: A b\n---\n", 5, 0);
        check("one two\n", "", 0, 2);
        check("same\n", "same\nmore here\n", 2, 0);
        check("x\nsame\n", "same\n", 0, 1);
    }

    #[test]
    fn binary_and_huge_texts_count_nothing() {
        check("a\0b", "c d", 0, 0);
        check("a", &"b ".repeat(LIMIT), 0, 0);
    }

    proptest::proptest! {
        #[test]
        fn counts_agree_with_the_lengths(before in "[ab \n]{0,60}", after in "[ab \n]{0,60}") {
            let (counted, spans) = count(before.as_bytes(), after.as_bytes());
            assert!(spans.iter().all(|span| before.get(span.before.clone()).is_some()));
            assert!(spans.iter().all(|span| after.get(span.after.clone()).is_some()));
            let length = |text: &str| text.split_ascii_whitespace().count() as u32;
            assert_eq!(length(&before) + counted.added, length(&after) + counted.removed);
            assert!(counted.removed <= length(&before));
            let (same, _) = count(after.as_bytes(), after.as_bytes());
            assert_eq!(same.total(), 0);
        }
    }
}
