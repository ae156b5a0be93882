//! Where the text of a page names another page without a link to it.
//!
//! One pass over the words of the site: every run of words that begins like the title or an alias of a page is looked up as a
//! whole, so the time grows with the text and not with text times pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::id::Id;
use crate::markdown::{Passage, Sentence};
use crate::model::{PageIx, Site};

use super::link::Link;

/// A place where a page is named without a link.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The page on which it stands.
    pub from: PageIx,
    /// The words, as they stand there, and the sentence around them.
    pub sentence: Sentence,
}

/// Shorter names are found everywhere, and mean something else.
const LETTERS: usize = 4;
/// Longer names are sentences.
const WORDS: usize = 8;
/// A name that more pages than this, and more than one in twenty, use is a common word.
const COMMON: usize = 5;

/// What pages are called, in folded words.
struct Names {
    /// The page of each name; `None` if several have it.
    pages: HashMap<String, Option<PageIx>>,
    /// How many words names have that begin with a word, the most first.
    lengths: HashMap<String, Vec<usize>>,
}

impl Names {
    fn of(site: &Site) -> Self {
        let mut names = Self { pages: HashMap::new(), lengths: HashMap::new() };
        for (ix, page) in site.pages.iter() {
            let aliases =
                page.document.front_matter.aliases.iter().map(|alias| alias.text.as_str());
            for name in aliases.chain([page.title.as_str()]) {
                names.add(ix, name);
            }
        }
        names
    }

    fn add(&mut self, ix: PageIx, name: &str) {
        let words: Vec<String> = words(name).map(|(_, word)| word.to_lowercase()).collect();
        let letters: usize = words.iter().map(|word| word.chars().count()).sum();
        let Some(first) = words.first() else { return };
        if letters < LETTERS || words.len() > WORDS || name.contains('/') {
            return;
        }
        let lengths = self.lengths.entry(first.clone()).or_default();
        if !lengths.contains(&words.len()) {
            lengths.push(words.len());
            lengths.sort_unstable_by(|a, b| b.cmp(a));
        }
        self.pages
            .entry(words.join(" "))
            .and_modify(|page| *page = page.filter(|page| *page == ix))
            .or_insert(Some(ix));
    }

    /// Returns the names in a text, the longest at each place, with the pages that have them.
    fn find(&self, text: &str) -> Vec<(Range<usize>, PageIx)> {
        let words: Vec<(usize, &str)> = words(text).collect();
        let mut folded = String::new();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            fold(&words[at..=at], &mut folded);
            let lengths = self.lengths.get(&folded).map(Vec::as_slice).unwrap_or_default();
            let hit =
                lengths.iter().filter(|length| at + **length <= words.len()).find_map(|length| {
                    fold(&words[at..at + length], &mut folded);
                    let page = self.pages.get(&folded)?;
                    Some((*length, (*page)?))
                });
            let Some((length, page)) = hit else {
                at += 1;
                continue;
            };
            let (last_at, last) = words[at + length - 1];
            let range = words[at].0..last_at + last.len();
            // A single word is the page's name only where it is written like one.
            if length > 1 || words[at].1.starts_with(char::is_uppercase) {
                found.push((range, page));
            }
            at += length;
        }
        found
    }
}

/// Puts words in small letters, with a space between two.
fn fold(words: &[(usize, &str)], folded: &mut String) {
    folded.clear();
    for (at, (_, word)) in words.iter().enumerate() {
        if at > 0 {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            folded.push_str(&word.to_lowercase());
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.unicode_word_indices()
}

/// Returns where each page is named without a link, in the order of the pages that name it; `links` holds the links of every
/// page.
pub(super) fn gather(site: &Site, links: &[Vec<Link>]) -> Vec<Vec<Mention>> {
    let names = Names::of(site);
    let ids: Vec<PageIx> = site.pages.ids().collect();
    let found: Vec<BTreeMap<PageIx, Mention>> =
        ids.par_iter().map(|ix| on_page(site, &names, links, *ix)).collect();
    let mut mentions: Vec<Vec<Mention>> = vec![Vec::new(); site.pages.len()];
    for of_page in found {
        for (page, mention) in of_page {
            mentions[page.index()].push(mention);
        }
    }
    for of_page in &mut mentions {
        if of_page.len() > COMMON.max(site.pages.len() / 20) {
            of_page.clear();
        }
    }
    mentions
}

/// Returns the first mention of each page that a page names and does not link to.
fn on_page(
    site: &Site,
    names: &Names,
    links: &[Vec<Link>],
    ix: PageIx,
) -> BTreeMap<PageIx, Mention> {
    let own = &links[ix.index()];
    let linked: BTreeSet<PageIx> = own.iter().filter_map(|link| link.target.page()).collect();
    let texts: BTreeSet<String> = own.iter().map(|link| link.text().to_lowercase()).collect();
    let mut mentions = BTreeMap::new();
    for section in &site.pages[ix].document.outline.sections {
        for block in section.text.lines() {
            let mut passage = None;
            for (range, page) in names.find(block) {
                let text = &block[range.clone()];
                let is_link = linked.contains(&page) || texts.contains(&text.to_lowercase());
                if page == ix || is_link || mentions.contains_key(&page) {
                    continue;
                }
                let passage = passage.get_or_insert_with(|| Passage::new(block));
                mentions.insert(page, Mention { from: ix, sentence: passage.around(&range) });
            }
        }
    }
    mentions
}
