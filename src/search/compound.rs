//! Compounds: `dijkinspectie` is also `dijk` and `inspectie`, as far as the site itself knows both.

use std::collections::HashSet;

use super::bag::{FormIx, Vocabulary};
use super::stems::stop_words;
use super::wording::Wording;
use super::words::fold;
use crate::base::id::Id;

/// Languages that write compounds as one word.
const LANGUAGES: [&str; 10] = ["af", "da", "de", "fi", "fy", "nb", "nl", "nn", "no", "sv"];

/// Sounds that bind two parts.
const LINKS: [&str; 7] = ["", "s", "e", "en", "n", "es", "er"];

/// The least letters of a part.
const SHORTEST: usize = 4;

/// The least pages a part stands on.
const FEWEST: u32 = 2;

/// Endings that are words by accident.
const ENDINGS: [&str; 24] = [
    "achtig", "achtige", "baar", "bare", "heden", "heid", "ingen", "ings", "isch", "ische",
    "iteit", "keit", "lich", "liche", "lijk", "lijke", "lijks", "loos", "loze", "schaft", "teit",
    "tion", "ungen", "zaam",
];

/// Where a compound is cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Compound {
    /// The first part.
    pub(super) head: FormIx,
    /// The last part.
    pub(super) tail: FormIx,
    /// The letters of the first part.
    pub(super) at: usize,
    /// The letters of the link between them.
    pub(super) link: usize,
}

/// Returns how each form is cut, if it is; in the order of the forms. What the site says of its own words goes first.
pub(super) fn split_all(vocabulary: &Vocabulary, wording: &Wording) -> Vec<Option<Compound>> {
    let barred: HashSet<&str> = stop_words().chain(ENDINGS).collect();
    let splitter = Splitter { vocabulary, barred };
    let mut compounds: Vec<Option<Compound>> =
        vocabulary.forms.ids().map(|form| splitter.split(form)).collect();
    for form in wording.whole.iter().filter_map(|word| vocabulary.find(&fold(word))) {
        compounds[form.index()] = None;
    }
    for (word, parts) in &wording.parts {
        if let Some((form, compound)) = told(vocabulary, &fold(word), &fold(parts)) {
            compounds[form.index()] = Some(compound);
        }
    }
    compounds
}

/// Returns a form of the site with the cut that the site tells, if its two parts are its beginning and its end, and words
/// of the site.
fn told(vocabulary: &Vocabulary, word: &str, parts: &str) -> Option<(FormIx, Compound)> {
    let (head, tail) = parts.split_once(' ')?;
    let tail = tail.trim();
    let link = word.strip_prefix(head)?.strip_suffix(tail)?.chars().count();
    let compound = Compound {
        head: vocabulary.find(head)?,
        tail: vocabulary.find(tail)?,
        at: head.chars().count(),
        link,
    };
    Some((vocabulary.find(word)?, compound))
}

/// Cuts forms into forms.
struct Splitter<'v> {
    vocabulary: &'v Vocabulary,
    barred: HashSet<&'static str>,
}

impl Splitter<'_> {
    /// Returns the best cut of a form.
    fn split(&self, form: FormIx) -> Option<Compound> {
        let form = &self.vocabulary.forms[form];
        let word = form.folded.as_str();
        if word.len() < 2 * SHORTEST
            || !LANGUAGES.contains(&form.language())
            || !word.chars().all(char::is_alphabetic)
        {
            return None;
        }
        let mut best: Option<(f64, Compound)> = None;
        for (before, (cut, _)) in word.char_indices().enumerate().skip(SHORTEST) {
            let Some(tail) = self.part(&word[cut..]) else {
                continue;
            };
            for link in LINKS {
                let Some(head) = word[..cut].strip_suffix(link) else {
                    continue;
                };
                let Some(head) = self.part(head) else {
                    continue;
                };
                let at = before - link.len();
                let score = self.score(head, tail, link);
                if best.is_none_or(|(highest, _)| score > highest) {
                    best = Some((score, Compound { head, tail, at, link: link.len() }));
                }
            }
        }
        best.map(|(_, compound)| compound)
    }

    /// Returns the form of a word that can be a part.
    fn part(&self, word: &str) -> Option<FormIx> {
        if word.chars().count() < SHORTEST || self.barred.contains(word) {
            return None;
        }
        let form = self.vocabulary.find(word)?;
        (self.vocabulary.forms[form].pages >= FEWEST).then_some(form)
    }

    /// Returns how likely a cut is: common parts of even length, without a link if possible.
    fn score(&self, head: FormIx, tail: FormIx, link: &str) -> f64 {
        let pages = |form: FormIx| f64::from(self.vocabulary.forms[form].pages);
        let length = |form: FormIx| self.vocabulary.forms[form].folded.chars().count();
        let shorter = u32::try_from(length(head).min(length(tail))).unwrap_or(u32::MAX);
        let common = (pages(head) * pages(tail)).ln_1p();
        common * f64::from(shorter) - if link.is_empty() { 0.0 } else { 0.5 }
    }
}

/// Calls `found` with the parts of a form, and with the parts of those.
pub(super) fn each_part(
    compounds: &[Option<Compound>],
    form: FormIx,
    found: &mut impl FnMut(FormIx),
) {
    if let Some(compound) = compounds[form.index()] {
        for part in [compound.head, compound.tail] {
            found(part);
            each_part(compounds, part, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::*;

    /// Checks the parts of `word` on a site that has each of `known` on two pages.
    fn check(word: &str, known: &str, expect: &[&str]) {
        let mut vocabulary = Vocabulary::default();
        for text in [known, known, word] {
            let mut document = page("a/", "", text);
            document.lang = "nl".to_owned();
            vocabulary.count(&document);
        }
        let compounds = split_all(&vocabulary, &Wording::default());
        let mut parts = Vec::new();
        let form = vocabulary.find(word).unwrap();
        each_part(&compounds, form, &mut |part| {
            parts.push(&*vocabulary.forms[part].folded);
        });
        assert_eq!(parts, expect, "parts of {word}");
    }

    #[test]
    fn compound_is_cut_into_known_words() {
        check("dijkinspectie", "dijk inspectie", &["dijk", "inspectie"]);
        check("waterschapsverkiezing", "waterschap verkiezing", &["waterschap", "verkiezing"]);
        check("hondenhokken", "hond hokken", &["hond", "hokken"]);
    }

    #[test]
    fn parts_are_cut_further() {
        check(
            "zeesluisdeurkruk",
            "zeesluis deurkruk deur kruk",
            &["zeesluis", "deurkruk", "deur", "kruk"],
        );
    }

    #[test]
    fn ending_and_preposition_are_no_parts() {
        check("duidelijkheid", "duidelijk heid", &[]);
        check("overleggen", "over leggen", &[]);
    }
}
