//! The words of each page, counted by the field they stand in.

use std::collections::HashMap;

use super::document::{Document, Role, Section};
use super::places::{Places, WHOLE_PAGE, section_numbers};
use super::stems::{primary, says_nothing};
use super::words::each_word;
use crate::base::id::Table;
use crate::typed_id;

typed_id!(
    /// A surface form: a folded word as it stands on some page.
    #[expect(unreachable_pub, reason = "the macro declares ids for all to see")]
    FormIx
);

/// Where on a page a word can stand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// The title.
    Title,
    /// Other names and tags; what a person knows.
    Names,
    /// A heading.
    Heading,
    /// The text of a link that leads to the page.
    Link,
    /// All other text.
    Body,
}

/// How many fields there are.
pub(super) const FIELDS: usize = 5;

/// How often a word stands in each field.
pub(super) type Counts = [f32; FIELDS];

/// A surface form of the site.
#[derive(Debug)]
pub(super) struct Form {
    /// The folded word.
    pub(super) folded: String,
    /// The word in lower case as it was first seen.
    pub(super) spelling: String,
    /// On how many pages it stands.
    pub(super) pages: u32,
    /// Where it stands on them; nothing for words that say nothing.
    pub(super) places: Places,
    says_nothing: bool,
    /// The page that has it last, and where it stands among the forms of that page.
    last: Option<(u32, usize)>,
    /// On how many pages of each language.
    languages: Vec<(String, u32)>,
}

impl Form {
    /// Returns the language of most of its pages, the first seen of equals.
    pub(super) fn language(&self) -> &str {
        let best =
            self.languages.iter().fold(None, |best: Option<&(String, u32)>, next| match best {
                Some(best) if best.1 >= next.1 => Some(best),
                _ => Some(next),
            });
        best.map_or("", |(language, _)| language)
    }
}

/// The words of one page.
#[derive(Debug, Default)]
pub(super) struct Bag {
    /// Each form with its counts, in order of first appearance.
    pub(super) counts: Vec<(FormIx, Counts)>,
    /// How many words the fields have together.
    pub(super) length: u32,
}

/// All forms of the site.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The forms, in order of first appearance.
    pub(super) forms: Table<FormIx, Form>,
    by_folded: HashMap<String, FormIx>,
    /// How many pages are counted.
    pages: u32,
}

impl Vocabulary {
    /// Returns the form of a folded word.
    pub(super) fn find(&self, folded: &str) -> Option<FormIx> {
        self.by_folded.get(folded).copied()
    }

    /// Counts the words of a page and adds those that are new.
    pub(super) fn count(&mut self, document: &Document) -> Bag {
        let mut counter =
            Counter { vocabulary: self, bag: Bag::default(), section: WHOLE_PAGE, place: 0 };
        counter.read(Field::Title, &document.title);
        document.names.iter().for_each(|name| counter.read(Field::Names, name));
        // A summary is mostly the beginning of the text, whose places are enough.
        match document.sections.iter().any(|section| has_summary(section, &document.summary)) {
            true => counter.add(Field::Body, &document.summary),
            false => counter.read(Field::Body, &document.summary),
        }
        document.link_texts.iter().for_each(|text| counter.add(Field::Link, text));
        for (section, number) in document.sections.iter().zip(section_numbers(&document.sections)) {
            (counter.section, counter.place) = (number, 0);
            counter.read(Field::Heading, &section.heading);
            counter.read(Field::Body, &section.text);
        }
        document.domains.iter().for_each(|domain| counter.add(Field::Body, &domain.name));
        for credit in document.credits.iter().filter(|credit| credit.role != Role::Reviewer) {
            counter.add(Field::Body, &credit.person.name);
        }
        let bag = counter.bag;
        self.pages += 1;
        let language = primary(&document.lang);
        bag.counts.iter().for_each(|(form, _)| self.note(*form, &language));
        bag
    }

    /// Notes that a form stands on one more page of a language.
    fn note(&mut self, form: FormIx, language: &str) {
        let form = &mut self.forms[form];
        form.pages += 1;
        match form.languages.iter_mut().find(|(known, _)| known == language) {
            Some((_, pages)) => *pages += 1,
            None => form.languages.push((language.to_owned(), 1)),
        }
    }

    /// Returns the form of a word, which is added if it is new.
    pub(super) fn intern(&mut self, folded: &str, spelling: &str) -> FormIx {
        if let Some(form) = self.by_folded.get(folded) {
            return *form;
        }
        let form = self.forms.push(Form {
            folded: folded.to_owned(),
            spelling: spelling.to_owned(),
            pages: 0,
            places: Places::default(),
            says_nothing: says_nothing(folded),
            last: None,
            languages: Vec::new(),
        });
        self.by_folded.insert(folded.to_owned(), form);
        form
    }
}

/// Returns whether the text of a section has what a summary says, which can be cut short.
fn has_summary(section: &Section, summary: &str) -> bool {
    section.text.contains(summary.trim_end_matches('…').trim_end())
}

/// Counts the words of one page.
struct Counter<'v> {
    vocabulary: &'v mut Vocabulary,
    bag: Bag,
    /// The number of the section that is read.
    section: u32,
    /// The place in it of the next word that is read.
    place: u32,
}

impl Counter<'_> {
    /// Counts the words of a piece of text.
    fn add(&mut self, field: Field, text: &str) {
        each_word(text, |folded, spelling| {
            self.count(field, folded, spelling);
        });
    }

    /// Counts the words of a piece of the page's own text, and notes where they stand. No phrase goes on from one piece
    /// to the next.
    fn read(&mut self, field: Field, text: &str) {
        each_word(text, |folded, spelling| {
            let form = self.count(field, folded, spelling);
            let form = &mut self.vocabulary.forms[form];
            if !form.says_nothing {
                form.places.add(self.vocabulary.pages, self.section, self.place);
            }
            self.place += 1;
        });
        self.place += 1;
    }

    fn count(&mut self, field: Field, folded: &str, spelling: &str) -> FormIx {
        let form = self.vocabulary.intern(folded, spelling);
        let page = self.vocabulary.pages;
        let last = &mut self.vocabulary.forms[form].last;
        let counts = &mut self.bag.counts;
        let slot = match *last {
            Some((of, slot)) if of == page => slot,
            _ => {
                counts.push((form, [0.0; FIELDS]));
                *last = Some((page, counts.len() - 1));
                counts.len() - 1
            }
        };
        counts[slot].1[field as usize] += 1.0;
        self.bag.length += 1;
        form
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::*;

    #[test]
    fn words_are_counted_by_field() {
        let mut vocabulary = Vocabulary::default();
        let mut document = page("a/", "Dike", "dike and DIKE");
        document.link_texts = vec!["the dike".to_owned()];
        let bag = vocabulary.count(&document);
        let dike = vocabulary.find("dike").unwrap();
        let (_, counts) = bag.counts.iter().find(|(form, _)| *form == dike).unwrap();
        assert_eq!(*counts, [1.0, 0.0, 0.0, 1.0, 2.0]);
        assert_eq!((bag.length, vocabulary.forms[dike].pages), (6, 1));
    }

    fn section(anchor: &str, text: &str) -> Section {
        let mut section = page("", "", text).sections.remove(0);
        section.anchor = anchor.to_owned();
        section
    }

    #[test]
    fn places_in_a_section_stay_when_another_changes_or_goes() {
        let places = |texts: &[(&str, &str)]| {
            let mut vocabulary = Vocabulary::default();
            let mut document = page("a/", "", "");
            document.sections = texts.iter().map(|(anchor, text)| section(anchor, text)).collect();
            vocabulary.count(&document);
            let dike = vocabulary.find("dike").unwrap();
            vocabulary.forms[dike].places.entries().collect::<String>()
        };
        let before = places(&[("", "lead"), ("pumps", "pump"), ("dikes", "the dike")]);
        let long = "pump and valve ".repeat(99);
        assert_eq!(before, places(&[("", "lead"), ("pumps", &long), ("dikes", "the dike")]));
        assert_eq!(before, places(&[("dikes", "the dike"), ("more", "x")]));
    }

    #[test]
    fn summary_from_the_text_has_no_places_of_its_own() {
        let places = |summary: &str| {
            let mut vocabulary = Vocabulary::default();
            let mut document = page("a/", "", "The dike holds the water.");
            document.summary = summary.to_owned();
            vocabulary.count(&document);
            let dike = vocabulary.find("dike").unwrap();
            let places = vocabulary.forms[dike].places.entries().collect::<String>();
            places.matches(|c: char| c.is_ascii_uppercase()).count()
        };
        assert_eq!([places("The dike holds …"), places("Of a dike.")], [1, 2]);
    }

    #[test]
    fn language_of_a_form_is_that_of_most_pages() {
        let mut vocabulary = Vocabulary::default();
        for lang in ["en", "nl-BE", "nl"] {
            let mut document = page("a/", "water", "");
            document.lang = lang.to_owned();
            vocabulary.count(&document);
        }
        let water = vocabulary.find("water").unwrap();
        assert_eq!(vocabulary.forms[water].language(), "nl");
    }
}
