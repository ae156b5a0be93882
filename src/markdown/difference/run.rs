//! What changed inside a leaf, word by word.

use std::ops::Range;

use super::leaf::{Leaf, Shape, TELLING, Token};
use crate::diff::{self, Hunk, Step};

/// With less than this share of its words a text is another text, and is shown as old and new.
const RECOGNISED: f32 = 0.4;

/// A text with more changes than this must have more of its words in common, or nobody can follow it.
const SCATTERED: (usize, f32) = (8, 0.65);

/// Some tokens in a row that have one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// They stayed; where they stand in the new text.
    Same(Range<usize>),
    /// They went; where they stood in the old text.
    Removed(Range<usize>),
    /// They came; where they stand in the new text.
    Added(Range<usize>),
}

/// What became of a cell. Numbers are places in the cells of the old and of the new leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Some of its words are others.
    Marked(usize, usize, Vec<Run>),
    /// All of it is.
    Replaced(usize, usize),
    /// It went.
    Removed(usize),
    /// It came.
    Added(usize),
}

impl Cell {
    /// Returns the runs of a cell that can be recognised.
    pub(super) fn runs(&self) -> &[Run] {
        match self {
            Self::Marked(_, _, runs) => runs,
            Self::Replaced(..) | Self::Removed(_) | Self::Added(_) => &[],
        }
    }
}

/// Returns how the words of a leaf became those of another; `None` if it cannot be recognised.
pub(super) fn compare(before: &Leaf, after: &Leaf) -> Option<Vec<Cell>> {
    if !matches!(before.shape, Shape::Row { .. }) {
        let (old, new) = (before.cells.first()?, after.cells.first()?);
        return Some(vec![Cell::Marked(0, 0, runs(old, new)?)]);
    }
    let steps: Vec<Step> = if before.cells.len() == after.cells.len() {
        (0..after.cells.len()).map(|at| Step::Changed { before: at, after: at }).collect()
    } else {
        diff::align(&before.cells, &after.cells, |cell| cell.as_slice(), |a, b| likeness(a, b))
    };
    let cells = steps.into_iter().map(|step| match step {
        Step::Same { before: old, after: new } | Step::Changed { before: old, after: new } => {
            match runs(&before.cells[old], &after.cells[new]) {
                Some(runs) => Cell::Marked(old, new, runs),
                None => Cell::Replaced(old, new),
            }
        }
        Step::Removed(old) => Cell::Removed(old),
        Step::Added(new) => Cell::Added(new),
    });
    Some(cells.collect())
}

fn likeness(before: &[Token], after: &[Token]) -> f32 {
    let hunks = diff::hunks(before.iter(), after.iter());
    share(before, after, &hunks)
}

/// Returns the runs of two rows of tokens; `None` if the one cannot be recognised in the other.
fn runs(before: &[Token], after: &[Token]) -> Option<Vec<Run>> {
    let hunks = join(before, after, diff::hunks(before.iter(), after.iter()));
    let share = share(before, after, &hunks);
    let is_kept =
        is_kept(before, &hunks, |hunk| &hunk.before) || is_kept(after, &hunks, |hunk| &hunk.after);
    let is_scattered = hunks.len() > SCATTERED.0 && share < SCATTERED.1;
    if is_scattered || (share < RECOGNISED && !is_kept) {
        return None;
    }
    let mut runs = Vec::with_capacity(hunks.len() * 3 + 1);
    let mut at = 0;
    for Hunk { before, after } in hunks {
        runs.push(Run::Same(at..after.start));
        at = after.end;
        runs.push(Run::Removed(before));
        runs.push(Run::Added(after));
    }
    runs.push(Run::Same(at..after.len()));
    runs.retain(|run| !run.range().is_empty());
    Some(runs)
}

/// Returns whether all words of a text that says something are in the other too.
fn is_kept(tokens: &[Token], hunks: &[Hunk], place: impl Fn(&Hunk) -> &Range<usize>) -> bool {
    words(tokens) >= TELLING && hunks.iter().all(|hunk| words(&tokens[place(hunk).clone()]) == 0)
}

impl Run {
    /// Returns its place, whichever text that is in.
    pub(super) fn range(&self) -> &Range<usize> {
        match self {
            Self::Same(range) | Self::Removed(range) | Self::Added(range) => range,
        }
    }
}

/// Returns the share of the words that both have.
fn share(before: &[Token], after: &[Token], hunks: &[Hunk]) -> f32 {
    let all = words(before).max(words(after));
    if all == 0 {
        return 1.0;
    }
    let new: usize = hunks.iter().map(|hunk| words(&after[hunk.after.clone()])).sum();
    (words(after) - new) as f32 / all as f32
}

/// Returns how many words there are.
pub(super) fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.is_word()).count()
}

/// Makes one change of those that only signs or a lost word or two keep apart.
fn join(before: &[Token], after: &[Token], hunks: Vec<Hunk>) -> Vec<Hunk> {
    let weight =
        |hunk: &Hunk| words(&before[hunk.before.clone()]).max(words(&after[hunk.after.clone()]));
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        let is_near = joined.last().is_some_and(|last: &Hunk| {
            let between = words(&after[last.after.end..hunk.after.start]);
            let lighter = weight(last).min(weight(&hunk));
            (between == 0 && lighter > 0) || (between <= 2 && lighter > between + 1)
        });
        match joined.last_mut().filter(|_| is_near) {
            Some(last) => {
                last.before.end = hunk.before.end;
                last.after.end = hunk.after.end;
            }
            None => joined.push(hunk),
        }
    }
    joined
}
