//! Which revision each line of a text came with.
//!
//! The texts of a page are gone through from the newest back: what a line's text lacks in the one before came with it. A line
//! that stands elsewhere in the text before only moved.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::memory::{Lasting, Memory};
use crate::base::{Fingerprint, Fingerprinter};
use crate::cache::Slot;
use crate::diff;
use crate::history::Texts;

/// Goes up whenever lines are traced otherwise.
const VERSION: u8 = 1;

/// Shorter lines are equal by chance.
const TELLING: usize = 12;

/// Texts larger than this are not traced.
const LARGEST: usize = 2 << 20;

/// A text and the revisions that made it.
#[derive(Debug, Clone)]
pub struct Lineage<'l> {
    /// The text as it is now.
    pub text: &'l str,
    /// The ids of its texts, newest first; `None` where the file was gone.
    pub past: Vec<Option<[u8; 20]>>,
}

/// For each line of a text the number of the revision that it came with, from 0 for the newest; [`UNKNOWN`] if nobody knows.
pub type Origins = Arc<Vec<u32>>;

/// The number of no revision: a line that is not committed, or older than the clone.
pub const UNKNOWN: u32 = u32::MAX;

/// Origins of the lines of texts.
pub type OriginMemo = Memory<Vec<u32>>;

impl Lasting for Vec<u32> {
    const SLOT: Slot = Slot { name: "origins", version: 1 };

    fn size(&self) -> usize {
        32 + self.len() * 2
    }

    // A shallow or partial clone may get what it lacks.
    fn lasts(&self) -> bool {
        !self.contains(&UNKNOWN)
    }
}

/// Traces the lines of texts, taking from the memo what it has.
pub fn trace(source: &Path, lineages: &[Lineage<'_>], memo: &mut OriginMemo) -> Vec<Origins> {
    let keys: Vec<Fingerprint> = lineages.par_iter().map(key).collect();
    let known = &*memo;
    let run = (lineages.len() / (rayon::current_num_threads() * 8)).clamp(8, 256);
    let traced: Vec<Origins> = lineages
        .par_chunks(run)
        .zip(keys.par_chunks(run))
        .flat_map_iter(|(lineages, keys)| {
            let mut texts = None;
            let pairs = lineages.iter().zip(keys);
            let traced = pairs.map(|(lineage, key)| {
                known.get(*key).unwrap_or_else(|| {
                    let texts = texts.get_or_insert_with(|| Texts::open(source));
                    Arc::new(origins(lineage, texts))
                })
            });
            traced.collect::<Vec<_>>()
        })
        .collect();
    memo.replace(keys.into_iter().zip(traced.iter().cloned()).collect());
    traced
}

fn key(lineage: &Lineage<'_>) -> Fingerprint {
    let mut print = Fingerprinter::new();
    print.add(&[VERSION]).add(lineage.text.as_bytes());
    for id in &lineage.past {
        print.add(id.as_ref().map_or(&[][..], |id| id));
    }
    print.finish()
}

fn origins(lineage: &Lineage<'_>, texts: &Texts) -> Vec<u32> {
    if lineage.text.len() > LARGEST {
        return vec![UNKNOWN; lineage.text.lines().count()];
    }
    // While a file was gone nobody changed it.
    let past = lineage.past.iter().enumerate().filter_map(|(at, id)| Some((at as u32, (*id)?)));
    let mut past = past.map(|(at, id)| (at, texts.read(&id).filter(|text| text.len() <= LARGEST)));
    follow(lineage.text, &mut past)
}

/// Follows the lines of a text through the texts before it, each with its number; one that is missing ends the way.
fn follow(text: &str, past: &mut dyn Iterator<Item = (u32, Option<Vec<u8>>)>) -> Vec<u32> {
    let mut found = vec![UNKNOWN; text.lines().count()];
    // For each line of the text at hand, the line of today that it is.
    let mut at_hand: Vec<Option<u32>> = (0..found.len() as u32).map(Some).collect();
    let mut after = text.to_owned();
    let mut came_with = UNKNOWN;
    for (number, text) in past {
        let Some(text) = text else { return found };
        let before = String::from_utf8_lossy(&text).into_owned();
        at_hand = step(&before, &after, &at_hand, |line| found[line as usize] = came_with);
        if at_hand.iter().all(Option::is_none) {
            return found;
        }
        (after, came_with) = (before, number);
    }
    for line in at_hand.into_iter().flatten() {
        found[line as usize] = came_with;
    }
    found
}

/// Returns for each line of `before` the line of today that it is; tells of lines of `after` that came between the two.
fn step(
    before: &str,
    after: &str,
    at_hand: &[Option<u32>],
    mut came: impl FnMut(u32),
) -> Vec<Option<u32>> {
    let before: Vec<&str> = before.lines().map(str::trim_end).collect();
    let after: Vec<&str> = after.lines().map(str::trim_end).collect();
    let hunks = diff::lines(&before, &after);
    let mut lines = vec![None; before.len()];
    let (mut old, mut new) = (0, 0);
    for hunk in &hunks {
        let same = hunk.before.start - old;
        lines[old..old + same].copy_from_slice(&at_hand[new..new + same]);
        (old, new) = (hunk.before.end, hunk.after.end);
    }
    lines[old..].copy_from_slice(&at_hand[new..]);
    let mut gone: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in hunks.iter().flat_map(|hunk| hunk.before.clone()).rev() {
        if before[at].trim().len() >= TELLING {
            gone.entry(before[at].trim()).or_default().push(at);
        }
    }
    for at in hunks.iter().flat_map(|hunk| hunk.after.clone()) {
        let Some(line) = at_hand[at] else { continue };
        match gone.get_mut(after[at].trim()).and_then(Vec::pop) {
            Some(from) => lines[from] = Some(line),
            None => came(line),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(now: &str, past: &[&str], expect: &[u32]) {
        let past = past.iter().enumerate();
        let mut past = past.map(|(at, text)| (at as u32, Some(text.as_bytes().to_vec())));
        assert_eq!(follow(now, &mut past), expect);
    }

    #[test]
    fn each_line_has_the_revision_it_came_with() {
        check("a\nb\nc\n", &["a\nb\nc\n", "a\nc\n", "c\n"], &[1, 0, 2]);
        check("a\n", &["a\n"], &[0]);
        check("a\n", &[], &[UNKNOWN]);
    }

    #[test]
    fn what_is_not_committed_is_unknown() {
        check("a\nnew\n", &["a\n"], &[0, UNKNOWN]);
    }

    #[test]
    fn line_that_moved_keeps_its_revision() {
        let (one, two) = ("a sentence of some length", "another one, as long as that");
        check(
            &format!("{two}\n{one}\n"),
            &[&format!("{two}\n{one}\n"), &format!("{one}\n{two}\n")],
            &[1, 1],
        );
    }

    #[test]
    fn what_a_clone_lacks_ends_the_way() {
        let mut past = [(0, Some(b"a\nb\n".to_vec())), (1, None)].into_iter();
        assert_eq!(follow("a\nb\n", &mut past), [UNKNOWN, UNKNOWN]);
    }
}
