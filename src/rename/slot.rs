//! A destination in a text, and the spellings that are tried for it.

use crate::base::Place;
use crate::links::Link;

use super::locate::Written;
use super::text::Edit;

/// How a link does in the site as it would be, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It leads where it led.
    Leads,
    /// It leads where it led, but there is something to find fault with that was not before.
    LeadsWithFinding,
    /// It leads elsewhere or nowhere.
    Astray,
}

/// A destination, and the spellings that are tried for it.
#[derive(Debug)]
pub(super) struct Slot {
    written: Written,
    /// Spellings; the first is the one that stands there.
    spellings: Vec<String>,
    current: usize,
    second_best: Option<usize>,
    is_settled: bool,
    /// Where the first link with this destination stands.
    pub(super) place: Place,
    /// The destination as it was.
    pub(super) dest: String,
}

impl Slot {
    /// Returns a slot that tries the spellings one after the other; the first is the one that stands there.
    pub(super) fn new(written: Written, spellings: Vec<String>, link: &Link) -> Self {
        Self {
            written,
            spellings,
            current: 0,
            second_best: None,
            is_settled: false,
            place: link.place.clone(),
            dest: link.dest.to_string(),
        }
    }

    /// Returns a slot with a new spelling that is not put to the test; `place` and `dest` are those of what stands there.
    pub(super) fn settled(written: Written, spelling: String, place: Place, dest: String) -> Self {
        Self {
            written,
            spellings: vec![dest.clone(), spelling],
            current: 1,
            second_best: None,
            is_settled: true,
            place,
            dest,
        }
    }

    /// Returns whether something else stands there now.
    pub(super) fn is_rewritten(&self) -> bool {
        self.current > 0
    }

    /// Returns whether nothing is left to be tried, and nothing did.
    pub(super) fn has_failed(&self) -> bool {
        self.is_settled && self.current == 0
    }

    /// Returns the edit that writes the current spelling.
    pub(super) fn edit(&self) -> Option<Edit> {
        self.is_rewritten().then(|| Edit {
            range: self.written.range.clone(),
            text: self.spellings[self.current].clone(),
        })
    }

    /// Takes in how the current spelling does; returns whether another one takes its place.
    pub(super) fn judge(&mut self, verdict: Verdict) -> bool {
        if self.is_settled || verdict == Verdict::Leads {
            return false;
        }
        if verdict == Verdict::LeadsWithFinding {
            self.second_best.get_or_insert(self.current);
        }
        if self.current + 1 < self.spellings.len() {
            self.current += 1;
            return true;
        }
        self.is_settled = true;
        let last = std::mem::replace(&mut self.current, self.second_best.unwrap_or(0));
        last != self.current
    }
}
