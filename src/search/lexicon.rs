//! The lexicon: all surface forms in order, each with the postings of its stem.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::bag::{Bag, Form, FormIx, Vocabulary};
use super::compound::{Compound, split_all};
use super::document::Document;
use super::posting::{Posting, weigh};
use super::stems::Stemmers;
use super::synonym::{self, Words};
use super::wording::Wording;
use crate::base::id::Id;

/// All forms with what hangs on them.
pub(super) struct Lexicon {
    vocabulary: Vocabulary,
    order: Vec<FormIx>,
    mains: Vec<FormIx>,
    compounds: Vec<Option<Compound>>,
    postings: Vec<Vec<Posting>>,
    /// Groups of names, under main forms.
    synonyms: Vec<Vec<Words>>,
    /// Whether the name of a group of synonyms begins with the form, by main form.
    begins_synonym: HashSet<FormIx>,
}

impl Lexicon {
    /// Makes the lexicon of these pages.
    pub(super) fn of(documents: &[Document], wording: &Wording) -> Self {
        let mut vocabulary = Vocabulary::default();
        let bags: Vec<Bag> = documents.iter().map(|document| vocabulary.count(document)).collect();
        let synonyms = synonym::gather(documents, wording, &mut vocabulary);
        let mut order: Vec<FormIx> = vocabulary.forms.ids().collect();
        order.sort_unstable_by(|a, b| {
            reader_order(&vocabulary.forms[*a].folded, &vocabulary.forms[*b].folded)
        });
        let mains = main_forms(&vocabulary, &order);
        let compounds = split_all(&vocabulary, wording);
        let synonyms = synonym::under_mains(synonyms, &mains);
        let names = synonyms.iter().flatten();
        let begins_synonym = names.filter_map(|name| name.first().copied()).collect();
        let postings = weigh(documents, &bags, &mains, &compounds);
        Self { vocabulary, order, mains, compounds, postings, synonyms, begins_synonym }
    }

    /// Returns the forms in the order in which the reader compares them.
    pub(super) fn forms(&self) -> &[FormIx] {
        &self.order
    }

    /// Returns a form.
    pub(super) fn form(&self, form: FormIx) -> &Form {
        &self.vocabulary.forms[form]
    }

    /// Returns the form that has the postings for a form: the first one of its stem.
    pub(super) fn main(&self, form: FormIx) -> FormIx {
        self.mains[form.index()]
    }

    /// Returns how a form is cut as a compound.
    pub(super) fn compound(&self, form: FormIx) -> Option<Compound> {
        self.compounds[form.index()]
    }

    /// Returns whether a name that has synonyms begins with a form.
    pub(super) fn begins_synonym(&self, form: FormIx) -> bool {
        self.begins_synonym.contains(&self.main(form))
    }

    /// Returns the groups of synonyms: names, as main forms with spaces between.
    pub(super) fn synonyms(&self) -> Vec<Vec<String>> {
        let folded = |form: &FormIx| self.form(*form).folded.as_str();
        let name = |name: &Words| name.iter().map(folded).collect::<Vec<_>>().join(" ");
        self.synonyms.iter().map(|group| group.iter().map(name).collect()).collect()
    }

    /// Returns the postings of the stem of a form.
    pub(super) fn postings(&self, form: FormIx) -> &[Posting] {
        &self.postings[self.main(form).index()]
    }
}

/// Compares as the reader's language does: by units of UTF-16.
pub(super) fn reader_order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Returns for each form the first form, in order, of the same stem in the same language. A form that stands on no page
/// (a synonym) goes with the first language that has its stem.
fn main_forms(vocabulary: &Vocabulary, order: &[FormIx]) -> Vec<FormIx> {
    let mut stemmers = Stemmers::default();
    let mut by_stem: BTreeMap<&str, HashMap<String, FormIx>> = BTreeMap::new();
    let mut mains: Vec<FormIx> = vocabulary.forms.ids().collect();
    let (written, others): (Vec<FormIx>, Vec<FormIx>) =
        order.iter().partition(|ix| vocabulary.forms[**ix].pages > 0);
    for ix in written {
        let form = &vocabulary.forms[ix];
        let stem = stemmers.stem(form.language(), &form.spelling);
        mains[ix.index()] = *by_stem.entry(form.language()).or_default().entry(stem).or_insert(ix);
    }
    for ix in others {
        let spelling = &vocabulary.forms[ix].spelling;
        let mut found =
            by_stem.iter().filter_map(|(lang, stems)| stems.get(&stemmers.stem(lang, spelling)));
        if let Some(main) = found.next() {
            mains[ix.index()] = *main;
        }
    }
    mains
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::*;

    #[test]
    fn forms_of_a_stem_share_postings() {
        let documents = [page("a/", "Policies", ""), page("b/", "Other", "one policy")];
        let lexicon = Lexicon::of(&documents, &Wording::default());
        let policy = lexicon.vocabulary.find("policy").unwrap();
        let pages: Vec<u32> = lexicon.postings(policy).iter().map(|posting| posting.page).collect();
        assert_eq!(pages, [0, 1]);
        assert_eq!(lexicon.form(lexicon.main(policy)).folded, "policies");
    }

    #[test]
    fn order_is_that_of_the_reader() {
        // U+1D7D8 is two units from U+D800, which come before U+FFxx.
        assert_eq!(reader_order("\u{1d7d8}", "\u{ff66}"), Ordering::Less);
        assert_eq!(reader_order("a", "b"), Ordering::Less);
    }
}
