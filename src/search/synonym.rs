//! Synonyms: names for the same thing, from the glossary and from `polder.yml`.

use super::bag::{FormIx, Vocabulary};
use super::document::Document;
use super::stems::says_nothing;
use super::wording::Wording;
use super::words::each_word;
use crate::base::id::Id;

/// The most words of a name.
const LONGEST: usize = 5;

/// A name in words.
pub(super) type Words = Vec<FormIx>;

/// Returns the groups of names that mean the same; words that no page has are added to the forms, so that they too can be
/// looked up.
pub(super) fn gather(
    documents: &[Document],
    wording: &Wording,
    vocabulary: &mut Vocabulary,
) -> Vec<Vec<Words>> {
    let terms = documents.iter().filter(|document| document.kind == "term");
    let terms = terms.map(|term| [&term.title].into_iter().chain(&term.names).collect());
    let told = wording.synonyms.iter().map(|group| group.iter().collect());
    let groups: Vec<Vec<&String>> = terms.chain(told).collect();
    groups
        .into_iter()
        .map(|group| group.into_iter().map(|name| words_of(name, vocabulary)).collect())
        .collect()
}

/// Returns the words of a name that say something.
fn words_of(name: &str, vocabulary: &mut Vocabulary) -> Words {
    let mut words = Vec::new();
    each_word(name, |folded, spelling| {
        if !says_nothing(folded) {
            words.push(vocabulary.intern(folded, spelling));
        }
    });
    words
}

/// Returns the groups with the main forms of the words; without names that are alike then, or too long, and without groups
/// of one.
pub(super) fn under_mains(groups: Vec<Vec<Words>>, mains: &[FormIx]) -> Vec<Vec<Words>> {
    let mut kept = Vec::new();
    for group in groups {
        let mut names: Vec<Words> = Vec::new();
        for name in group {
            let name: Words = name.into_iter().map(|form| mains[form.index()]).collect();
            if (1..=LONGEST).contains(&name.len()) && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > 1 {
            kept.push(names);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::super::lexicon::Lexicon;
    use super::*;

    #[test]
    fn terms_and_the_configuration_tell_synonyms() {
        let mut term = page("t/", "Seepage", "");
        term.kind = "term".to_owned();
        term.names = vec!["kwel".to_owned(), "The seepage".to_owned()];
        let group = ["holidays", "days of leave"].map(str::to_owned).to_vec();
        let wording = Wording { synonyms: vec![group], ..Wording::default() };
        let lexicon = Lexicon::of(&[term, page("a/", "Holiday", "")], &wording);
        assert_eq!(lexicon.synonyms(), [["seepage", "kwel"], ["holiday", "days leave"]]);
    }
}
