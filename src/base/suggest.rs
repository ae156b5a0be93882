//! “Did you mean”.

use super::fold;

/// How alike two words must be, by Jaro and Winkler's measure.
const ALIKE: f64 = 0.84;

/// Returns the candidate that is most like `word`, if one is like it at all; of equals the first.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    Candidates::new(candidates).closest(word)
}

/// Candidates that are asked for more than one word.
#[derive(Debug)]
pub struct Candidates<'c>(Vec<(u64, &'c str)>);

impl<'c> Candidates<'c> {
    /// Keeps candidates, in their order.
    pub fn new(candidates: impl IntoIterator<Item = &'c str>) -> Self {
        Self(candidates.into_iter().map(|word| (letters(word), word)).collect())
    }

    /// Returns the candidate that is most like `word`, if one is like it at all; of equals the first.
    pub fn closest(&self, word: &str) -> Option<&'c str> {
        let word = fold::key(word);
        let own = letters(&word);
        let mut best: Option<(f64, &str)> = None;
        // The measure costs a hundred times the look at letters, and a large wiki has thousands of names for each slip.
        for (_, candidate) in self.0.iter().filter(|(theirs, _)| may_be_alike(own, *theirs)) {
            let score = strsim::jaro_winkler(&word, &fold::key(candidate));
            let is_better = best.is_none_or(|(best, _)| score > best);
            if is_better && score >= ALIKE {
                best = Some((score, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }
}

/// Returns which letters and digits of ASCII a word has, one bit each; all others share one.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |bits, byte| match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => bits | 1 << (letter - b'a'),
        digit @ b'0'..=b'9' => bits | 1 << (digit - b'0' + 26),
        byte if byte.is_ascii() => bits,
        _ => bits | 1 << 36,
    })
}

/// Alike words share most of their letters.
fn may_be_alike(a: u64, b: u64) -> bool {
    let shared = (a & b).count_ones();
    shared * 3 >= a.count_ones() * 2 && shared * 3 >= b.count_ones() * 2
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn closest_forgives_a_slip_and_no_more() {
        assert_eq!(closest("puropse", ["name", "purpose"]), Some("purpose"));
        assert_eq!(closest("Expences", ["travel", "expenses"]), Some("expenses"));
        assert_eq!(closest("colour", ["name", "purpose"]), None);
    }

    #[test]
    fn of_equals_the_first_is_closest() {
        assert_eq!(closest("page", ["Page", "page"]), Some("Page"));
    }
}
