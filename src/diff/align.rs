//! What became what: equal things are paired first, then, between them, those that are alike.

use std::hash::Hash;
use std::ops::Range;

use super::hunk::{Hunk, hunks};

/// What happened to one thing. Numbers are places in the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It stayed as it was.
    Same {
        /// Its place in the first row.
        before: usize,
        /// Its place in the second row.
        after: usize,
    },
    /// It became something like it.
    Changed {
        /// Its place in the first row.
        before: usize,
        /// Its place in the second row.
        after: usize,
    },
    /// It went.
    Removed(usize),
    /// It came.
    Added(usize),
}

/// Things are alike from here on.
const ALIKE: f32 = 0.4;

/// Pairs that are looked at in one gap at most; in larger ones each thing is compared with a few neighbours only.
const MOST_PAIRS: usize = 4096;

/// How far ahead a thing of a large gap looks for its like.
const AHEAD: usize = 8;

/// Returns how `before` became `after`, in the order of both: things with equal keys are the same; of the others those
/// are paired whose `likeness` (0 to 1) is largest in sum. What went comes before what came in its place.
pub fn align<'t, T, K: Hash + Eq>(
    before: &'t [T],
    after: &'t [T],
    key: impl Fn(&'t T) -> K,
    likeness: impl Fn(&T, &T) -> f32,
) -> Vec<Step> {
    let mut steps = Vec::with_capacity(before.len().max(after.len()));
    let mut at = (0, 0);
    let end = Hunk { before: before.len()..before.len(), after: after.len()..after.len() };
    let found = hunks(before.iter().map(&key), after.iter().map(&key));
    for hunk in found.into_iter().chain([end]) {
        let same = (at.0..hunk.before.start).zip(at.1..hunk.after.start);
        steps.extend(same.map(|(before, after)| Step::Same { before, after }));
        at = (hunk.before.end, hunk.after.end);
        let alike = |i: usize, j: usize| likeness(&before[i], &after[j]);
        let pairs = pair(&hunk, alike);
        fill(&hunk, &pairs, &mut steps);
    }
    steps
}

/// Writes the steps of a gap in which these pairs were found.
fn fill(gap: &Hunk, pairs: &[(usize, usize)], steps: &mut Vec<Step>) {
    let mut at = (gap.before.start, gap.after.start);
    for &(before, after) in pairs {
        steps.extend((at.0..before).map(Step::Removed));
        steps.extend((at.1..after).map(Step::Added));
        steps.push(Step::Changed { before, after });
        at = (before + 1, after + 1);
    }
    steps.extend((at.0..gap.before.end).map(Step::Removed));
    steps.extend((at.1..gap.after.end).map(Step::Added));
}

fn pair(gap: &Hunk, alike: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    if gap.before.len().saturating_mul(gap.after.len()) <= MOST_PAIRS {
        best_pairs(gap, alike)
    } else {
        near_pairs(gap, alike)
    }
}

/// Finds the pairs with the largest sum that do not cross.
fn best_pairs(gap: &Hunk, alike: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    let (rows, columns) = (gap.before.len(), gap.after.len());
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    // The best sum of what follows a place in both.
    let mut sums = vec![0.0_f32; (rows + 1) * (columns + 1)];
    let mut scores = vec![0.0_f32; (rows + 1) * (columns + 1)];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let score = alike(gap.before.start + row, gap.after.start + column);
            let score = if score >= ALIKE { score } else { 0.0 };
            scores[at(row, column)] = score;
            let apart = sums[at(row + 1, column)].max(sums[at(row, column + 1)]);
            let together = score + sums[at(row + 1, column + 1)];
            sums[at(row, column)] = if score > 0.0 { apart.max(together) } else { apart };
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let (score, best) = (scores[at(row, column)], sums[at(row, column)]);
        if score > 0.0 && score + sums[at(row + 1, column + 1)] >= best {
            pairs.push((gap.before.start + row, gap.after.start + column));
            row += 1;
            column += 1;
        } else if sums[at(row + 1, column)] >= best {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// Finds for each thing the first that is like it among the next few.
fn near_pairs(gap: &Hunk, alike: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut next = gap.after.start;
    for before in gap.before.clone() {
        let ahead: Range<usize> = next..(next + AHEAD).min(gap.after.end);
        if let Some(after) = ahead.into_iter().find(|after| alike(before, *after) >= ALIKE) {
            pairs.push((before, after));
            next = after + 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of letters that two words have in common at the same places.
    fn likeness(a: &&str, b: &&str) -> f32 {
        let same = a.chars().zip(b.chars()).filter(|(a, b)| a == b).count();
        same as f32 / a.len().max(b.len()) as f32
    }

    fn told(before: &str, after: &str) -> String {
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.split(' ').collect(), after.split(' ').collect());
        let steps = align(&before, &after, |word| *word, likeness);
        let told = steps.into_iter().map(|step| match step {
            Step::Same { before: at, .. } => before[at].to_owned(),
            Step::Changed { before: from, after: to } => format!("{}>{}", before[from], after[to]),
            Step::Removed(at) => format!("-{}", before[at]),
            Step::Added(at) => format!("+{}", after[at]),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn alike_things_are_paired_and_others_are_not() {
        assert_eq!(told("one three five", "one thrxe five"), "one three>thrxe five");
        assert_eq!(told("one three five", "one zzzzz five"), "one -three +zzzzz five");
        assert_eq!(told("a alpha beta z", "a new alphx betx z"), "a +new alpha>alphx beta>betx z");
        assert_eq!(told("a alpha beta z", "a betx z"), "a -alpha beta>betx z");
    }

    #[test]
    fn large_gaps_are_paired_with_neighbours() {
        let before: Vec<String> = (0..100).map(|n| format!("line-number-{n:03}-old")).collect();
        let after: Vec<String> = (0..100).map(|n| format!("line-number-{n:03}-new")).collect();
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let after: Vec<&str> = after.iter().map(String::as_str).collect();
        let steps = align(&before, &after, |word| *word, likeness);
        assert!(
            steps
                .iter()
                .all(|step| matches!(step, Step::Changed { before, after } if before == after))
        );
    }

    proptest::proptest! {
        #[test]
        fn every_thing_has_its_step_in_order(before in "[ab]{0,3}( [ab]{1,4}){0,20}", after in "[ab]{0,3}( [ab]{1,4}){0,20}") {
            let (before, after): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
            let (mut old, mut new) = (Vec::new(), Vec::new());
            for step in align(&before, &after, |word| *word, likeness) {
                match step {
                    Step::Same { before: from, after: to } => {
                        assert_eq!(before[from], after[to]);
                        old.push(from);
                        new.push(to);
                    }
                    Step::Changed { before, after } => {
                        old.push(before);
                        new.push(after);
                    }
                    Step::Removed(at) => old.push(at),
                    Step::Added(at) => new.push(at),
                }
            }
            assert_eq!(old, (0..before.len()).collect::<Vec<_>>());
            assert_eq!(new, (0..after.len()).collect::<Vec<_>>());
        }
    }
}
