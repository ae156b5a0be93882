//! What became of each leaf, in the order in which it is told.

use super::leaf::{Leaf, Shape};
use super::run::{self, Cell, Run};
use super::{Change, How, What};
use crate::diff::{self, Step};

/// What became of a leaf. Numbers are places in the rows of old and new leaves.
#[derive(Debug)]
pub(super) enum Told {
    /// It stayed.
    Same(usize, usize),
    /// Some of its words are others.
    Marked(usize, usize, Vec<Cell>),
    /// It cannot be recognised.
    Rewritten(usize, usize),
    /// It went.
    Removed(usize),
    /// It came.
    Added(usize),
}

/// Two texts and how the one became the other.
pub(super) struct Story {
    pub(super) old: Vec<Leaf>,
    pub(super) new: Vec<Leaf>,
    pub(super) told: Vec<Told>,
    /// The heading above all of it; may be empty.
    pub(super) under: String,
}

impl Story {
    pub(super) fn new(old: Vec<Leaf>, new: Vec<Leaf>, under: String) -> Self {
        let steps = diff::align(&old, &new, Leaf::key, Leaf::likeness);
        let told = steps.into_iter().map(|step| match step {
            Step::Same { before, after } => Told::Same(before, after),
            Step::Changed { before, after } => match run::compare(&old[before], &new[after]) {
                Some(cells) => Told::Marked(before, after, cells),
                None => Told::Rewritten(before, after),
            },
            Step::Removed(before) => Told::Removed(before),
            Step::Added(after) => Told::Added(after),
        });
        let told = told.collect();
        Self { old, new, told, under }
    }

    /// Returns the leaf that is told of: the new one, unless it is gone.
    pub(super) fn leaf(&self, told: &Told) -> &Leaf {
        match told {
            Told::Same(_, new)
            | Told::Marked(_, new, _)
            | Told::Rewritten(_, new)
            | Told::Added(new) => &self.new[*new],
            Told::Removed(old) => &self.old[*old],
        }
    }

    /// Returns the changes: what is told in a row without anything that stayed.
    pub(super) fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let mut under = self.under.clone();
        let mut goes_on = false;
        for told in &self.told {
            let leaf = self.leaf(told);
            if matches!(leaf.shape, Shape::Heading(_)) {
                under = leaf.text();
            }
            if let Some(how) = told.how() {
                if !goes_on {
                    let under = under.clone();
                    changes.push(Change { under, counts: Vec::new(), added: 0, removed: 0 });
                }
                let change = changes.last_mut().expect("one was just added if there was none");
                // The fence of code that came or went is no line of it.
                if leaf.shape != Shape::Info || how == How::Changed {
                    count(&mut change.counts, what(leaf), how);
                }
                let (removed, added) = self.words(told);
                change.removed += removed;
                change.added += added;
            }
            goes_on = told.how().is_some();
        }
        changes
    }

    /// Returns how many words went and came.
    fn words(&self, told: &Told) -> (usize, usize) {
        match told {
            Told::Same(..) => (0, 0),
            Told::Rewritten(old, new) => (self.old[*old].words(), self.new[*new].words()),
            Told::Removed(old) => (self.old[*old].words(), 0),
            Told::Added(new) => (0, self.new[*new].words()),
            Told::Marked(old, new, cells) => {
                let (old, new) = (&self.old[*old].cells, &self.new[*new].cells);
                let counts = cells.iter().map(|cell| match cell {
                    Cell::Removed(at) => (run::words(&old[*at]), 0),
                    Cell::Added(at) => (0, run::words(&new[*at])),
                    Cell::Replaced(from, to) => (run::words(&old[*from]), run::words(&new[*to])),
                    Cell::Marked(from, to, runs) => {
                        runs.iter().fold((0, 0), |(went, came), run| match run {
                            Run::Same(_) => (went, came),
                            Run::Removed(at) => (went + run::words(&old[*from][at.clone()]), came),
                            Run::Added(at) => (went, came + run::words(&new[*to][at.clone()])),
                        })
                    }
                });
                counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
            }
        }
    }
}

impl Told {
    /// Returns what happened; `None` if nothing did.
    pub(super) fn how(&self) -> Option<How> {
        match self {
            Self::Same(..) => None,
            Self::Marked(..) | Self::Rewritten(..) => Some(How::Changed),
            Self::Removed(_) => Some(How::Removed),
            Self::Added(_) => Some(How::Added),
        }
    }
}

fn count(counts: &mut Vec<(What, How, usize)>, what: What, how: How) {
    match counts.iter_mut().find(|(other, fate, _)| (*other, *fate) == (what, how)) {
        Some((_, _, count)) => *count += 1,
        None => counts.push((what, how, 1)),
    }
}

fn what(leaf: &Leaf) -> What {
    match leaf.shape {
        Shape::Heading(_) => What::Heading,
        Shape::Row { .. } => What::Row,
        Shape::Line | Shape::Info => What::Line,
        Shape::Paragraph | Shape::Term | Shape::Rule if leaf.is_in_item() => What::Item,
        Shape::Paragraph | Shape::Term | Shape::Rule => What::Paragraph,
    }
}
