//! Abbreviations and terms that readers may not know: those that a page defines (`*[HTML]: Hyper Text Markup Language`) and
//! those that its site explains.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::UrlPath;

/// A word that is explained somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The word, or the words, as they are written.
    pub name: String,
    /// What they mean.
    pub meaning: String,
    /// The page of the site that explains them, and the id of the place in it; `None` for what a page defines for itself.
    pub place: Option<(UrlPath, Option<String>)>,
}

/// Words that are explained, by the word with which they begin.
#[derive(Debug, Clone, Default)]
pub struct Terms(BTreeMap<String, Vec<Term>>);

/// More terms that begin with the same word are left out: looking for them takes time at each such word.
const ALIKE: usize = 16;

impl Terms {
    /// Returns these terms; of several with one name the first counts. Names begin with a letter or digit.
    pub fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut by_word: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        for term in terms {
            let word = first_word(&term.name);
            if word.is_empty() {
                continue;
            }
            let alike = by_word.entry(word.to_owned()).or_default();
            if alike.len() < ALIKE && alike.iter().all(|other| other.name != term.name) {
                alike.push(term);
            }
        }
        for alike in by_word.values_mut() {
            alike.sort_by_key(|term| std::cmp::Reverse(term.name.len()));
        }
        Self(by_word)
    }

    /// Returns what a page defines for itself.
    pub(super) fn of_page(abbreviations: &BTreeMap<String, String>) -> Self {
        Self::new(abbreviations.iter().map(|(name, meaning)| Term {
            name: name.clone(),
            meaning: meaning.clone(),
            place: None,
        }))
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the term with which a text begins, and ends at the end of a word.
    fn at(&self, text: &str) -> Option<&Term> {
        let alike = self.0.get(first_word(text))?;
        alike.iter().find(|term| {
            let rest = text.strip_prefix(term.name.as_str());
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }
}

/// Returns the next term in a text, at or after a place; what the lists further to the front say counts more.
pub(super) fn next<'l>(
    lists: &[&'l Terms],
    text: &str,
    from: usize,
) -> Option<(Range<usize>, &'l Term)> {
    let mut at = from;
    while at < text.len() {
        let rest = &text[at..];
        let word = first_word(rest);
        if word.is_empty() {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let starts = !text[..at].ends_with(char::is_alphanumeric);
        if let (true, Some(term)) = (starts, lists.iter().find_map(|list| list.at(rest))) {
            return Some((at..at + term.name.len(), term));
        }
        at += word.len();
    }
    None
}

/// Returns the id of an entry in a page's list of abbreviations.
pub fn abbreviation_id(at: usize) -> String {
    format!("abbr-{}", at + 1)
}

/// Returns whether a name is one that readers may not know: two capitals at least, and no small letters but an `s` at the end.
pub fn is_abbreviation(name: &str) -> bool {
    let stem = name.strip_suffix('s').unwrap_or(name);
    let is_part =
        |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '&' | '/' | '.');
    let capitals = stem.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && stem.starts_with(char::is_alphanumeric) && stem.chars().all(is_part)
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_whole_words_and_the_longest_counts() {
        let names = ["AI", "AI-bureau", "W3C"];
        let term = |name: &str| (name.to_owned(), format!("<{name}>"));
        let terms = Terms::of_page(&names.map(term).into());
        let text = "XAI AI's W3Cs AI-bureau (W3C)";
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((range, term)) = next(&[&terms], text, at) {
            found.push((range.start, term.name.as_str()));
            at = range.end;
        }
        assert_eq!(found, [(4, "AI"), (14, "AI-bureau"), (25, "W3C")]);
    }

    #[test]
    fn abbreviations_are_capitals() {
        for name in ["HTML", "W3C", "KPIs", "R&D", "CI/CD", "AVG"] {
            assert!(is_abbreviation(name), "{name}");
        }
        for name in ["Html", "A", "2024", "Pump", "-AB", "As"] {
            assert!(!is_abbreviation(name), "{name}");
        }
    }
}
