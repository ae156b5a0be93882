//! Words of nearly the same spelling.

use std::ops::Range;

use super::encoding::units;
use super::index::Index;

/// How many of the nearest words are taken.
const MOST: usize = 3;

/// A word of the site that is spelt nearly like one of a query.
#[derive(Debug)]
pub(super) struct Slip {
    /// The word.
    pub(super) form: String,
    /// How many slips lead to it.
    pub(super) distance: usize,
    common: u8,
}

/// Returns the words that are spelt most like a word, the likeliest first.
pub(super) fn spelled_like(index: &Index<'_>, word: &str, is_last: bool) -> Vec<Slip> {
    let (back, half, back_half) = cut(word);
    let mut near = Near::of(word);
    // One slip leaves the beginning or the ending intact, which are mostly in these two files.
    near.look_at_endings(index, &back, &back, 1);
    let shard: Vec<(String, u8)> = near.forms(index, index.shard_of(word));
    near.look(&shard, false);
    if near.found.iter().all(|slip| slip.distance != 1) {
        let shards = near.forms(index, beginnings(index, &half));
        near.look_at_endings(index, &back_half, &format!("{back_half}\u{ffff}"), 3);
        near.look(&shards, false);
        if near.found.is_empty() && is_last {
            near.look(&shards, true);
        }
    }
    near.finish()
}

/// Returns the words that are nearest to one that nothing stands for, the likeliest first: what somebody can have meant.
pub(super) fn nearest(index: &Index<'_>, word: &str) -> Vec<String> {
    let (back, half, back_half) = cut(word);
    let limit = if units(word) > 5 { 3 } else { 2 };
    let mut near = Near { limit, keeps_commonest: true, ..Near::of(word) };
    if units(word) < 4 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    near.look_at_endings(index, &back, &back, 1);
    near.look(&near.forms(index, index.shard_of(word)), false);
    near.look_at_endings(index, &back_half, &format!("{back_half}\u{ffff}"), 3);
    near.look(&near.forms(index, beginnings(index, &half)), false);
    near.sort();
    near.found.truncate(MOST);
    near.found.into_iter().map(|slip| slip.form).collect()
}

/// Returns the entries of the shards where words with a beginning are.
fn beginnings(index: &Index<'_>, half: &str) -> Range<usize> {
    index.shards_between(half, &format!("{half}\u{ffff}"), index.reach() * 3 / 2)
}

/// Returns a word from its end to its beginning, its first half, and the half of what is turned round.
fn cut(word: &str) -> (String, String, String) {
    let letters: Vec<char> = word.chars().collect();
    let half: String = letters[..letters.len() / 2].iter().collect();
    let back: String = letters.iter().rev().collect();
    let back_half = String::from_utf16_lossy(
        &back.encode_utf16().take((letters.len() - 1) / 2).collect::<Vec<_>>(),
    );
    (back, half, back_half)
}

/// What was found so far.
struct Near {
    word: Vec<u16>,
    limit: usize,
    /// Whether of two accounts of a word the one counts that makes it more common, and not the last.
    keeps_commonest: bool,
    found: Vec<Slip>,
}

impl Near {
    fn of(word: &str) -> Self {
        let word: Vec<u16> = word.encode_utf16().collect();
        let limit = if word.len() >= 8 { 2 } else { 1 };
        Self { limit, word, keeps_commonest: false, found: Vec::new() }
    }

    fn forms(&self, index: &Index<'_>, places: Range<usize>) -> Vec<(String, u8)> {
        index.entries(places).map(|(ix, entry)| (entry.form.clone(), index.common(ix))).collect()
    }

    fn look_at_endings(&mut self, index: &Index<'_>, from: &str, to: &str, most: usize) {
        let known = index.endings_between(from, to, most).iter().flatten();
        let known: Vec<(String, u8)> =
            known.map(|ending| (ending.form.clone(), ending.common)).collect();
        self.look(&known, false);
    }

    /// Adds what is near among known words; with `is_open`, words may go on.
    fn look(&mut self, known: &[(String, u8)], is_open: bool) {
        for (form, common) in known {
            let length = units(form);
            let is_far = if is_open {
                length <= self.word.len()
            } else {
                length.abs_diff(self.word.len()) > self.limit
            };
            if is_far {
                continue;
            }
            let distance =
                slips(&self.word, &form.encode_utf16().collect::<Vec<_>>(), self.limit, is_open);
            if distance > self.limit {
                continue;
            }
            let slip = Slip { form: form.clone(), distance, common: *common };
            match self.found.iter_mut().find(|known| known.form == *form) {
                Some(known) if self.keeps_commonest => known.common = known.common.max(slip.common),
                Some(known) => *known = slip,
                None => self.found.push(slip),
            }
        }
    }

    /// Brings the likeliest first.
    fn sort(&mut self) {
        let first = self.word.first().copied();
        // A slip in the first letter is the rarest.
        self.found.sort_by_key(|slip| {
            let is_first = slip.form.encode_utf16().next() == first;
            (slip.distance * 10 + if is_first { 0 } else { 5 }) as isize
                - isize::from(i8::try_from(slip.common).unwrap_or(3))
        });
    }

    fn finish(mut self) -> Vec<Slip> {
        self.sort();
        let mut found = self.found;
        let nearest = found.first().map_or(0, |slip| slip.distance);
        found.retain(|slip| slip.distance == nearest);
        found.truncate(MOST);
        found
    }
}

/// Returns how many slips lead from one word to another (a letter added, lost, changed, or two swapped), up to
/// `limit` + 1. With `is_open`, the other word may go on.
fn slips(word: &[u16], other: &[u16], limit: usize, is_open: bool) -> usize {
    let (n, m) = (word.len(), other.len());
    if n > m + limit || (!is_open && m > n + limit) {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=m).collect();
    for i in 1..=n {
        let mut next = vec![i];
        for j in 1..=m {
            let change = row[j - 1] + usize::from(word[i - 1] != other[j - 1]);
            let mut cost = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            next.push(cost);
        }
        if next.iter().all(|cost| *cost > limit) {
            return limit + 1;
        }
        before = std::mem::replace(&mut row, next);
    }
    if is_open { row.into_iter().min().unwrap_or_default() } else { row[m] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_with_a_limit() {
        let check = |word: &str, other: &str, limit, is_open| {
            let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
            slips(&units(word), &units(other), limit, is_open)
        };
        assert_eq!(check("abcd", "abdc", 1, false), 1);
        assert_eq!(check("abcd", "bcd", 1, false), 1);
        assert_eq!(check("abcdefgh", "xbcdefgy", 1, false), 2);
        assert_eq!(check("kubenr", "kubernetes", 1, true), 1);
    }
}
