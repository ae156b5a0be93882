//! Where two rows differ.

use std::hash::Hash;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput, Interner};

/// A place where two rows differ: what stands there in the one and in the other. One of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// In the first row.
    pub before: Range<usize>,
    /// In the second row.
    pub after: Range<usize>,
}

/// Returns where two rows differ, in order. What lies between the hunks is equal.
pub fn hunks<T: Hash + Eq>(
    before: impl Iterator<Item = T>,
    after: impl Iterator<Item = T>,
) -> Vec<Hunk> {
    let (before, after): (Vec<T>, Vec<T>) = (before.collect(), after.collect());
    // Most rows that are compared differ in one place, and what is the same around it needs not be numbered.
    let head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let tail = before[head..].iter().rev().zip(after[head..].iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count();
    let (before_end, after_end) = (before.len() - tail, after.len() - tail);
    let whole = Hunk { before: head..before_end, after: head..after_end };
    match (whole.before.len(), whole.after.len()) {
        (0, 0) => Vec::new(),
        (0, _) | (_, 0) | (1, 1) => vec![whole],
        _ => {
            let between = |row: Vec<T>, end: usize| row.into_iter().take(end).skip(head);
            let input = intern(between(before, before_end), between(after, after_end));
            let mut hunks = compare(&input, |_| {});
            hunks.iter_mut().for_each(|hunk| hunk.move_by(head));
            hunks
        }
    }
}

impl Hunk {
    fn move_by(&mut self, distance: usize) {
        let moved = |range: &Range<usize>| range.start + distance..range.end + distance;
        (self.before, self.after) = (moved(&self.before), moved(&self.after));
    }
}

/// Returns where the lines of two texts differ. Of equally good places a hunk takes the one that readers expect: a
/// paragraph or a section as a whole.
pub fn lines(before: &[&str], after: &[&str]) -> Vec<Hunk> {
    let input = intern(before.iter().copied(), after.iter().copied());
    compare(&input, |diff| diff.postprocess_lines(&input))
}

fn intern<T: Hash + Eq>(
    before: impl Iterator<Item = T>,
    after: impl Iterator<Item = T>,
) -> InternedInput<T> {
    let about = before.size_hint().0.max(64);
    let mut input =
        InternedInput { before: Vec::new(), after: Vec::new(), interner: Interner::new(about) };
    input.update_before(before);
    input.update_after(after);
    input
}

fn compare<T: Hash + Eq>(input: &InternedInput<T>, settle: impl FnOnce(&mut Diff)) -> Vec<Hunk> {
    if input.before.is_empty() && input.after.is_empty() {
        return Vec::new();
    }
    if input.before.is_empty() || input.after.is_empty() {
        return vec![Hunk { before: 0..input.before.len(), after: 0..input.after.len() }];
    }
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    let mut diff = Diff::compute(Algorithm::Histogram, input);
    settle(&mut diff);
    let hunks = diff.hunks();
    hunks.map(|hunk| Hunk { before: range(hunk.before), after: range(hunk.after) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_and_empty_rows_have_no_hunks() {
        assert_eq!(hunks("".chars(), "".chars()), []);
        assert_eq!(hunks("ab".chars(), "ab".chars()), []);
        assert_eq!(hunks("".chars(), "ab".chars()), [Hunk { before: 0..0, after: 0..2 }]);
    }

    #[test]
    fn added_section_is_one_hunk_from_its_heading_on() {
        let before = ["# A\n", "\n", "x\n", "\n", "# C\n", "\n", "x\n"];
        let after = ["# A\n", "\n", "x\n", "\n", "# B\n", "\n", "x\n", "\n", "# C\n", "\n", "x\n"];
        assert_eq!(lines(&before, &after), [Hunk { before: 4..4, after: 4..8 }]);
    }

    proptest::proptest! {
        #[test]
        fn rows_are_equal_between_the_hunks(before in "[abc]{0,40}", after in "[abc]{0,40}") {
            let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
            let mut rebuilt: Vec<char> = Vec::new();
            let mut at = 0;
            for hunk in hunks(before.iter(), after.iter()) {
                rebuilt.extend(before[at..hunk.before.start].iter());
                rebuilt.extend(after[hunk.after].iter());
                at = hunk.before.end;
            }
            rebuilt.extend(before[at..].iter());
            assert_eq!(rebuilt, after);
        }
    }
}
