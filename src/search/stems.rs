//! Stems: which forms count as one word. Only the build knows them; the reader looks forms up as typed.

use std::collections::BTreeMap;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::base::text::primary_language;

use super::words::fold;

/// Words that carry nothing when others are there, per language, folded.
const STOP_WORDS: [(&str, &str); 3] = [
    (
        "en",
        "a about all also an and any are as at be been but by can could did do does for from get had has have \
         he her his how i if in into is it its just knows may me my no not of on or our out shall she should so \
         some than that the their them then there these they this those to up us was we were what when where \
         which who whom whose why will with would you your",
    ),
    (
        "nl",
        "aan al alles als bij dan dat de deze die dit doen doet door dus een en er geen haar had hebben heb heeft het \
         hij hoe hun ik in is je kan kunnen maar me mee men met mij mijn moet na naar niet nog nu of om onder \
         ons onze ook op over te tegen toch toen tot u uit uw van veel voor waar waarom wanneer was wat we weet \
         wel welke werd wie wij word worden wordt zal ze zich zij zijn zo zou",
    ),
    (
        "de",
        "aber als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem \
         einen einer es fur hat ich ihr im in ist ja kann man mein mit nach nicht noch nur oder ob sein sich \
         sie sind so um und uns von vor war was wenn wer wie wir wird wo zu zum zur",
    ),
];

/// Returns the words of all listed languages that are left out of a query when it has others.
pub(super) fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP_WORDS.iter().flat_map(|(_, words)| words.split_whitespace())
}

/// Returns whether a folded word is left out of a query in some language.
pub(super) fn says_nothing(folded: &str) -> bool {
    folded.len() <= LONGEST_STOP_WORD && stop_words().any(|word| word == folded)
}

/// The letters of the longest of those words.
const LONGEST_STOP_WORD: usize = 7;

/// The stemmers of the languages seen so far.
#[derive(Default)]
pub(super) struct Stemmers {
    by_language: BTreeMap<String, Option<Stemmer>>,
}

impl Stemmers {
    /// Returns the folded stem of a word as it is spelt; the word itself in languages without a stemmer.
    pub(super) fn stem(&mut self, language: &str, spelling: &str) -> String {
        if spelling.chars().any(|c| c.is_ascii_digit()) {
            return fold(spelling);
        }
        if !self.by_language.contains_key(language) {
            let stemmer = algorithm(language).map(Stemmer::create);
            self.by_language.insert(language.to_owned(), stemmer);
        }
        match &self.by_language[language] {
            Some(stemmer) => fold(&stemmer.stem(without_trema_plural(language, spelling))),
            None => fold(spelling),
        }
    }
}

/// Returns a Dutch plural like `categorieën` without its ending, which the algorithm leaves on.
fn without_trema_plural<'w>(language: &str, spelling: &'w str) -> &'w str {
    let stem = || spelling.strip_suffix("ën").or_else(|| spelling.strip_suffix("en"));
    let is_plural =
        language == "nl" && ["ën", "ieen", "eeen"].iter().any(|end| spelling.ends_with(end));
    if is_plural { stem().unwrap_or(spelling) } else { spelling }
}

/// Returns the primary part of a language tag: `nl` of `nl-BE`.
pub(super) fn primary(tag: &str) -> String {
    primary_language(tag).to_ascii_lowercase()
}

/// Returns the algorithm of a language.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ca" => Algorithm::Catalan,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let check = |language, one, other| {
            let mut stemmers = Stemmers::default();
            assert_eq!(stemmers.stem(language, one), stemmers.stem(language, other));
        };
        check("en", "policy", "policies");
        check("nl", "dijk", "dijken");
        check("nl", "categorie", "categorieën");
        check("de", "haus", "häuser");
    }

    #[test]
    fn unknown_language_and_numbers_stay_as_they_are() {
        let mut stemmers = Stemmers::default();
        assert_eq!(stemmers.stem("xx", "policies"), "policies");
        assert_eq!(stemmers.stem("en", "v200s"), "v200s");
    }

    #[test]
    fn stop_words_are_folded() {
        assert!(stop_words().all(|word| fold(word) == word));
        assert!(stop_words().all(says_nothing));
    }
}
