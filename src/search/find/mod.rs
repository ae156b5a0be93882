//! Finding without a browser: what `search-engine.js` and `search-further.js` do with the files of the index, done here with
//! the same files, step by step in the same arithmetic, so that both give the same results. `tests/search/same.test.mjs`
//! holds them to it.
//!
//! Invariant: reads nothing but the files of the index; the same index and query give the same results.

mod choice;
mod column;
mod encoding;
mod file;
mod filter;
mod index;
#[cfg(test)]
mod order;
mod people;
mod query;
mod rank;
mod spelling;

use std::collections::BTreeSet;

use serde_json::Value;

use super::words::each_word;
use crate::output::OutputTree;
use choice::Group;
use filter::{Filter, fits};
use index::{Extent, Index};
use query::{Piece, pieces};
use spelling::nearest;

pub use choice::How;
pub use people::{Knower, Reason};
pub use rank::{Row, Why};

/// The most words of a query that count: the script has a bit of a number for each.
const WORDS: usize = 31;

/// More words that say something than these are a question: in it a letter that stands alone says nothing (`i.e.`, `J. Smith`),
/// and quotes make no phrase.
const QUESTION: usize = 6;

/// Finds pages in the index of a site.
#[derive(Debug)]
pub struct Finder<'t> {
    index: Index<'t>,
}

/// What a query found, and what was made of the query.
#[derive(Debug, Default)]
pub struct Found {
    /// The pages, best first.
    pub rows: Vec<Row>,
    /// The words that were looked for.
    pub words: Vec<String>,
    /// Whether more pages have one of the words: of very common ones those count that can come first, unless the query
    /// narrows what is found.
    pub has_more: bool,
    /// Words that nobody wrote, with what was read instead.
    pub spelled: Vec<(String, String)>,
    /// Words that nothing stands for, with those that are nearest.
    pub lost: Vec<(String, Vec<String>)>,
    /// Filters that are not known: the operator, the value, and what is known.
    pub unknown: Vec<(String, String, Vec<String>)>,
    /// Phrases in quotes that no page has, which were looked for as words.
    pub unfound: Vec<String>,
}

/// What is shown of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its title.
    pub title: String,
    /// Its address, from the site's root.
    pub href: String,
    /// Where it lives, for people.
    pub trail: String,
    /// Its kind.
    pub kind: String,
    /// Its state.
    pub state: String,
    /// The day of its last change; may be empty.
    pub updated: String,
}

/// What stands in a query.
#[derive(Default)]
struct Asked<'i> {
    /// The words, as often as they stand there.
    words: Vec<String>,
    /// The last word, if it may go on.
    last: Option<String>,
    filters: Vec<Filter<'i>>,
    /// Sets of pages that must have a page.
    phrases: Vec<BTreeSet<u32>>,
    /// Sets of pages that must not.
    without: Vec<BTreeSet<u32>>,
    found: Found,
}

impl<'t> Finder<'t> {
    /// Opens the index that is among the files of a site; `None` if there is none that can be read.
    pub fn open(tree: &'t OutputTree) -> Option<Self> {
        Index::open(tree).map(|index| Self { index })
    }

    /// Finds the pages for a query, for a reader of a language (`en`); of none if it is empty.
    pub fn search(&self, query: &str, language: &str) -> Found {
        let Asked { words: all, last, filters, phrases, without, mut found } = self.read(query);
        found.words = self.counting(&all);
        let mut rows = if !found.words.is_empty() {
            let narrows = !filters.is_empty() || !phrases.is_empty() || !without.is_empty();
            let extent = if narrows { Extent::Whole } else { Extent::Best };
            self.find_words(&mut found, &all, last.as_deref(), language, extent)
        } else if !filters.is_empty() || !without.is_empty() {
            self.newest()
        } else {
            Vec::new()
        };
        rows.retain(|row| {
            phrases.iter().all(|pages| pages.contains(&row.page))
                && !without.iter().any(|pages| pages.contains(&row.page))
                && fits(&filters, row.page)
        });
        found.rows = rank::grouped(rows);
        found
    }

    /// Returns who knows about what was found.
    pub fn people(&self, found: &Found) -> Vec<Knower> {
        people::people(&self.index, &found.rows)
    }

    /// Returns what is shown of a page.
    pub fn shown(&self, page: u32) -> Option<Shown> {
        let fragment = self.index.fragment(page)?;
        let text =
            |at: usize| fragment.get(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Shown {
            title: text(0),
            href: text(1),
            trail: text(2),
            kind: text(3),
            state: text(4),
            updated: text(6),
        })
    }

    /// Returns what is in a query.
    fn read(&self, query: &str) -> Asked<'_> {
        let index = &self.index;
        let pieces = pieces(query, |name| index.operator(name));
        let mut asked = Asked::default();
        let plain = pieces.iter().filter(|it| it.name.is_none() && !it.not && !it.is_quoted);
        let plain: Vec<String> = plain.flat_map(|piece| words_of(&piece.value)).collect();
        let takes_phrases = self.telling(&plain).len() <= QUESTION;
        for piece in &pieces {
            let Piece { name, operator, value, .. } = piece;
            let mut words = words_of(value);
            if let Some(operator) = operator {
                match filter::resolve(index, operator, value, piece.not) {
                    Ok(filter) => {
                        asked.filters.push(filter);
                        continue;
                    }
                    Err(known) => {
                        asked.found.unknown.push((operator.clone(), value.clone(), known));
                    }
                }
            } else if let Some(name) = name {
                let known = index.operator_words();
                asked.found.unknown.push((name.clone(), value.clone(), known));
                words.splice(0..0, words_of(name));
            }
            self.ask(&mut asked, piece, words, takes_phrases);
        }
        let is_open = pieces.last().is_some_and(|last| {
            !last.not
                && !last.is_quoted
                && last.operator.is_none()
                && query.ends_with(char::is_alphanumeric)
        });
        asked.last = asked.words.last().filter(|_| is_open).cloned();
        asked
    }

    /// Adds the words of a piece to what is asked for, or to what is not.
    fn ask(&self, asked: &mut Asked<'_>, piece: &Piece, words: Vec<String>, takes_phrases: bool) {
        if words.is_empty() {
            return;
        }
        if piece.not {
            let pages = if piece.is_quoted {
                self.index.pages_with(&words).unwrap_or_default()
            } else {
                self.index.pages_with_all(&words)
            };
            asked.without.push(pages);
            return;
        }
        if takes_phrases && piece.is_quoted && piece.name.is_none() {
            match self.index.pages_with(&words) {
                Some(pages) if pages.is_empty() => asked.found.unfound.push(piece.value.clone()),
                Some(pages) => asked.phrases.push(pages),
                None => {}
            }
        }
        asked.words.extend(words);
    }

    /// Returns the words that say something, each once.
    fn telling(&self, words: &[String]) -> Vec<String> {
        let telling = words.iter().filter(|word| !self.index.says_nothing(word));
        unique(telling)
    }

    /// Returns the words of a query that count.
    fn counting(&self, all: &[String]) -> Vec<String> {
        let mut words = self.telling(all);
        if words.len() > QUESTION {
            words.retain(|word| !matches!(word.as_bytes(), [b'a'..=b'z']));
        }
        if words.is_empty() {
            words = unique(all.iter());
        }
        words.truncate(WORDS);
        words
    }

    /// Returns the rows for words, best first; a word that stands in the query several times counts as often.
    fn find_words(
        &self,
        found: &mut Found,
        all: &[String],
        last: Option<&str>,
        language: &str,
        extent: Extent,
    ) -> Vec<Row> {
        let words = &found.words;
        let mut groups: Vec<Group> = (0..words.len())
            .map(|at| {
                let next = words.get(at + 1).map(String::as_str);
                let is_last = last == Some(words[at].as_str());
                let mut group = Group::of(&self.index, &words[at], next, is_last);
                group.times = all.iter().filter(|word| **word == words[at]).count();
                group
            })
            .collect();
        choice::join(&mut groups);
        choice::add_synonyms(&self.index, &mut groups);
        let spelled =
            groups.iter().filter_map(|group| Some((group.word.clone(), group.spelled.clone()?)));
        found.spelled = spelled.collect();
        let lost = groups.iter().filter(|group| group.choices.is_empty());
        let near = lost.map(|group| (group.word.clone(), nearest(&self.index, &group.word)));
        found.lost = near.collect();
        let ranked = rank::rank(&self.index, &groups, language, extent);
        found.has_more = ranked.has_more;
        ranked.rows
    }

    /// Returns all pages, the newest first.
    fn newest(&self) -> Vec<Row> {
        let days = self.index.days();
        let mut pages: Vec<(i64, u32)> = days.into_iter().zip(0..).collect();
        pages.sort_by_key(|(day, page)| (-day, *page));
        pages.into_iter().map(|(_, page)| Row::of(page)).collect()
    }
}

/// Returns each word once, in order of first appearance.
fn unique<'w>(words: impl Iterator<Item = &'w String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    words.filter(|word| seen.insert(*word)).cloned().collect()
}

/// Returns the folded words of a text.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word, _| words.push(word.to_owned()));
    words
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::super::{Wording, index as write_index};
    use super::*;

    fn check(query: &str, expect: &[u32]) {
        let texts = ["dike inspection by foot", "the pump house", "a dike and a pump"];
        let mut documents: Vec<_> = texts.iter().map(|text| page("a/", "Page", text)).collect();
        documents[1].kind = "question".to_owned();
        documents[2].folder = "ops/pumps".to_owned();
        let tree = write_index(&documents, &Wording::default());
        let finder = Finder::open(&tree).unwrap();
        let rows = finder.search(query, "").rows;
        assert_eq!(rows.iter().map(|row| row.page).collect::<Vec<_>>(), expect, "{query}");
    }

    #[test]
    fn very_common_words_count_on_all_their_pages_where_a_search_is_narrowed() {
        let mut documents: Vec<_> = (0..8_010).map(|_| page("a/", "Dike", "")).collect();
        documents[7].title = "Page".to_owned();
        documents[7].sections[0].text = "dike and pump".to_owned();
        documents[7].folder = "ops".to_owned();
        let tree = write_index(&documents, &Wording::default());
        let finder = Finder::open(&tree).unwrap();
        let pages = |query: &str| {
            let found = finder.search(query, "");
            (found.rows.len(), found.has_more, found.rows[0].page)
        };
        assert_eq!(pages("dike "), (8_000, true, 0));
        assert_eq!(pages("dike in:ops "), (1, false, 7));
        assert_eq!(finder.search("pump -dike", "").rows.len(), 0);
        let found = finder.search("dike pump ", "");
        let row = found.rows.iter().find(|row| row.page == 7).unwrap();
        assert!(row.missing.is_empty(), "nobody knows whether the page has `dike`");
    }

    #[test]
    fn what_is_shown_of_a_page_is_found_through_lists_of_lists() {
        let long = page("", "", &"dike ".repeat(180)).sections.remove(0);
        let document = |n: u32| {
            let sections = vec![long.clone(); 6];
            super::super::Document { sections, ..page("a/", &n.to_string(), "") }
        };
        let documents: Vec<_> = (0..900).map(document).collect();
        let tree = write_index(&documents, &Wording::default());
        let finder = Finder::open(&tree).unwrap();
        assert!(finder.index.root.fragments.names.len() < 20 * 8);
        for page in 0..900 {
            assert_eq!(finder.shown(page).unwrap().title, page.to_string());
        }
        assert!(finder.shown(900).is_none());
    }

    #[test]
    fn in_a_question_quotes_are_no_phrase_and_lone_letters_say_nothing() {
        let text = "inspect every large dike before spring by foot, team c";
        let documents = [page("a/", "Page", text), page("b/", "Page", "dike by foot")];
        let tree = write_index(&documents, &Wording::default());
        let finder = Finder::open(&tree).unwrap();
        let found = |query: &str| {
            let found = finder.search(query, "");
            (found.rows.len(), found.words.len())
        };
        assert_eq!(found("large team c \"dike by foot\""), (1, 5));
        let question = "inspect every large dike before spring c \"dike by foot\"";
        assert_eq!(found(question), (2, 7));
    }

    #[test]
    fn word_counts_as_often_as_it_stands_in_the_query() {
        let documents = [page("a/", "Page", "dike"), page("b/", "Page", "pump")];
        let tree = write_index(&documents, &Wording::default());
        let finder = Finder::open(&tree).unwrap();
        let first = |query: &str| finder.search(query, "").rows[0].page;
        assert_eq!([first("dike pump dike "), first("pump dike pump ")], [0, 1]);
    }

    #[test]
    fn words_phrases_filters_and_exclusions_are_read() {
        check("dike", &[0, 2]);
        check("dike -foot", &[2]);
        check("\"dike inspection\"", &[0]);
        check("pump kind:question", &[1]);
        check("pump in:ops", &[2]);
        check("-in:ops kind:page", &[0]);
        check("dikes inspction", &[0, 2]);
        check("", &[]);
    }
}
