//! Postings: on which pages a stem stands, and how much each counts, worked out at build time (BM25F).

use std::collections::BTreeMap;

use super::bag::{Bag, Counts, Field, FormIx};
use super::compound::{Compound, each_part};
use super::document::Document;
use super::part::base36;
use crate::base::id::Id;

/// How many levels of impact are told apart; with a mark for titles they make 26, one letter.
pub(super) const LEVELS: u8 = 13;

/// What one occurrence weighs, by field.
const WEIGHTS: Counts = [5.0, 3.0, 2.0, 2.0, 1.0];

/// What an occurrence as part of a compound weighs against one as a word.
const AS_PART: f32 = 0.35;

/// How fast more occurrences stop counting.
const SATURATION: f32 = 1.2;

/// How much the length of a page counts against it.
const LENGTH_WEIGHT: f32 = 0.6;

/// How much the length of a title counts against it.
const TITLE_WEIGHT: f32 = 0.4;

/// The words of a common title.
const TITLE_LENGTH: f32 = 4.0;

/// How much of its impact a superseded page keeps.
const SUPERSEDED: f32 = 0.3;

/// How much of its impact a page keeps that is past its review date.
const OVERDUE: f32 = 0.85;

/// One page on which a stem stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Posting {
    /// The number of the page.
    pub(super) page: u32,
    /// How much it counts, below [`LEVELS`].
    pub(super) level: u8,
    /// Whether the stem stands in the title, or in another name of a person or term.
    pub(super) in_title: bool,
}

/// Returns the postings of each stem, under its main form, in page order.
pub(super) fn weigh(
    documents: &[Document],
    bags: &[Bag],
    mains: &[FormIx],
    compounds: &[Option<Compound>],
) -> Vec<Vec<Posting>> {
    let mut postings = vec![Vec::new(); mains.len()];
    let average = average_length(bags);
    for (page, (document, bag)) in (0..).zip(documents.iter().zip(bags)) {
        let norm = length_norm(bag.length, average);
        for (main, counts) in by_stem(bag, mains, compounds) {
            let (level, in_title) =
                (level(document, &counts, norm), is_in_title(document, &counts));
            postings[main.index()].push(Posting { page, level, in_title });
        }
    }
    postings
}

/// Returns the counts of a page by stem, parts of compounds included.
fn by_stem(
    bag: &Bag,
    mains: &[FormIx],
    compounds: &[Option<Compound>],
) -> BTreeMap<FormIx, Counts> {
    let mut stems: BTreeMap<FormIx, Counts> = BTreeMap::new();
    let mut add = |form: FormIx, counts: &Counts, weight: f32| {
        let sums = stems.entry(mains[form.index()]).or_default();
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += weight * count);
    };
    for (form, counts) in &bag.counts {
        add(*form, counts, 1.0);
        each_part(compounds, *form, &mut |part| add(part, counts, AS_PART));
    }
    stems
}

/// Returns the level of a stem on a page.
fn level(document: &Document, counts: &Counts, norm: f32) -> u8 {
    let mut counts = *counts;
    // The hundredth link with the same text says little more than the tenth.
    counts[Field::Link as usize] = counts[Field::Link as usize].ln_1p();
    counts[Field::Title as usize] /= title_norm(document);
    counts[Field::Body as usize] /= norm;
    counts[Field::Heading as usize] /= norm;
    let weight: f32 = counts.iter().zip(WEIGHTS).map(|(count, weight)| count * weight).sum();
    let state = match document.state.as_str() {
        "superseded" => SUPERSEDED,
        "overdue" => OVERDUE,
        _ => 1.0,
    };
    let impact = state * weight / (SATURATION + weight);
    (impact * f32::from(LEVELS)).clamp(0.0, f32::from(LEVELS - 1)) as u8
}

/// Returns by what the counts of a title are divided: a word that is the whole title says more than one of many.
fn title_norm(document: &Document) -> f32 {
    let length = document.title.split_whitespace().count().clamp(1, 12) as f32;
    1.0 - TITLE_WEIGHT + TITLE_WEIGHT * length / TITLE_LENGTH
}

/// Returns whether a stem names the page.
fn is_in_title(document: &Document, counts: &Counts) -> bool {
    let names_count = matches!(document.kind.as_str(), "person" | "term");
    counts[Field::Title as usize] >= 1.0 || names_count && counts[Field::Names as usize] >= 1.0
}

/// Returns by what the counts of a page of this length are divided. Both lengths are rounded, so that an
/// edited page changes the postings of few other words.
fn length_norm(length: u32, average: f32) -> f32 {
    1.0 - LENGTH_WEIGHT + LENGTH_WEIGHT * round_length(length as f32) / average
}

/// Returns the rounded average length of the pages.
fn average_length(bags: &[Bag]) -> f32 {
    let total: f64 = bags.iter().map(|bag| f64::from(bag.length)).sum();
    round_length((total / bags.len().max(1) as f64) as f32)
}

/// Returns a length rounded to half steps of powers of two.
fn round_length(length: f32) -> f32 {
    ((length.max(1.0).log2() * 2.0).round() / 2.0).exp2()
}

/// Returns postings as text. Each is a letter for its level (from `A`; from `N` if in the title) and the
/// number of pages skipped since the one before, in base 36, left out if there are none.
pub(super) fn encode(postings: &[Posting]) -> String {
    let mut text = String::with_capacity(postings.len() * 3);
    let mut next = 0;
    for posting in postings {
        let letter = if posting.in_title { b'N' } else { b'A' } + posting.level;
        text.push(char::from(letter));
        if posting.page > next {
            text.push_str(&base36(posting.page - next));
        }
        next = posting.page + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::bag::{FIELDS, Vocabulary};
    use super::super::document::tests::page;
    use super::*;

    #[test]
    fn postings_are_letters_and_gaps() {
        let posting = |page, level, in_title| Posting { page, level, in_title };
        let postings = [posting(0, 0, false), posting(1, 12, false), posting(38, 2, true)];
        assert_eq!(encode(&postings), "AMP10");
    }

    #[test]
    fn title_weighs_more_than_text_and_current_more_than_superseded() {
        let document = page("a/", "", "");
        let mut old = document.clone();
        old.state = "superseded".to_owned();
        let mut counts = [0.0; FIELDS];
        counts[Field::Body as usize] = 1.0;
        let body = level(&document, &counts, 1.0);
        assert!(level(&old, &counts, 1.0) < body);
        counts[Field::Title as usize] = 1.0;
        assert!(level(&document, &counts, 1.0) > body);
        counts[Field::Title as usize] = 1e9;
        assert_eq!(level(&document, &counts, 1.0), LEVELS - 1);
    }

    #[test]
    fn each_place_of_a_word_has_a_level_of_its_own() {
        let document = page("a/", "Four words are common", "");
        let levels =
            [Field::Title, Field::Names, Field::Heading, Field::Link, Field::Body].map(|field| {
                let mut counts = [0.0; FIELDS];
                counts[field as usize] = 1.0;
                level(&document, &counts, 1.0)
            });
        assert_eq!(levels, [10, 9, 8, 6, 5]);
    }

    #[test]
    fn small_edit_changes_no_other_word() {
        let weigh_page = |text: &str| {
            let mut vocabulary = Vocabulary::default();
            let documents = [page("a/", "Dike", text)];
            let bags = [vocabulary.count(&documents[0])];
            let mains: Vec<FormIx> = vocabulary.forms.ids().collect();
            let none = vec![None; mains.len()];
            weigh(&documents, &bags, &mains, &none)
        };
        let before = weigh_page("one two three four five six seven eight nine ten");
        let after = weigh_page("one two three four five six seven eight nine ten eleven");
        assert_eq!(before[..], after[..before.len()]);
    }
}
