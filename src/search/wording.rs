//! What a site says of its own words: what readers call operators and values, and which words go together.

use std::collections::BTreeMap;

/// Words of a site and of its language that search goes by.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// By operator (`in`, `by` …) what else it is called in the languages of the site.
    pub operators: BTreeMap<String, Vec<String>>,
    /// What kinds are called, by id.
    pub kinds: BTreeMap<String, String>,
    /// What states and statuses are called.
    pub states: BTreeMap<String, String>,
    /// Lists of names for the same thing; a name can have several words.
    pub synonyms: Vec<Vec<String>>,
    /// Words that look like compounds and are none.
    pub whole: Vec<String>,
    /// Compounds with their two parts.
    pub parts: BTreeMap<String, String>,
}

/// The operators that a query can have, in the order in which they are offered.
pub const OPERATORS: [&str; 7] = ["in", "by", "kind", "is", "lang", "after", "before"];

impl Wording {
    /// Returns every word for an operator with that operator, English first.
    pub(super) fn operator_words(&self) -> Vec<(String, &'static str)> {
        let mut words: Vec<(String, &'static str)> =
            OPERATORS.iter().map(|operator| ((*operator).to_owned(), *operator)).collect();
        for operator in OPERATORS {
            for word in self.operators.get(operator).into_iter().flatten() {
                let word = super::words::fold(word);
                let is_word = !word.is_empty() && word.chars().all(char::is_alphabetic);
                if is_word && words.iter().all(|(known, _)| *known != word) {
                    words.push((word, operator));
                }
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_language_join_the_english_ones() {
        let mut wording = Wording::default();
        let words = ["Door", "in", "two words"].map(str::to_owned);
        wording.operators.insert("by".to_owned(), words.to_vec());
        let words = wording.operator_words();
        assert_eq!(words.len(), OPERATORS.len() + 1);
        assert_eq!(words.last(), Some(&("door".to_owned(), "by")));
    }
}
