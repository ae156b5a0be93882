//! The order of what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Choice, Group, How};
use super::index::{EntryIx, Extent, Index};

/// How much of its score a page in another language than the reader's keeps.
const FOREIGN: f64 = 0.6;

/// A page that was found.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number.
    pub page: u32,
    /// What it scores.
    pub score: f64,
    /// Words of the query that it does not have.
    pub missing: Vec<String>,
    /// What each word adds.
    pub why: Vec<Why>,
    /// Whether the words name it.
    named: bool,
    kind: Kind,
}

/// What a word of the query adds to the score of a page.
#[derive(Debug, Clone)]
pub struct Why {
    /// The word.
    pub word: String,
    /// The word of the site that stands for it, or the several.
    pub met: Vec<String>,
    /// Why that stands for it.
    pub how: How,
    /// What it adds, before the whole is weighed.
    pub adds: f64,
    /// Whether it stands in the title.
    pub in_title: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Person,
    Term,
}

impl Row {
    /// Returns a row that no word speaks for.
    pub(super) fn of(page: u32) -> Self {
        let kind = Kind::Page;
        Self { page, score: 0.0, missing: Vec::new(), why: Vec::new(), named: false, kind }
    }

    /// Returns whether it is somebody's own page.
    pub(super) fn is_person(&self) -> bool {
        self.kind == Kind::Person
    }

    /// Returns whether the words name it.
    pub(super) fn is_named(&self) -> bool {
        self.named
    }
}

/// What one word of the query says of a page.
struct Hit<'g> {
    score: f64,
    cover: f64,
    titled: bool,
    choice: &'g Choice,
}

/// What one word of the query says of all pages.
struct Weighed<'g> {
    hits: BTreeMap<u32, Hit<'g>>,
    weight: f64,
    /// Whether it counts on some of its pages only.
    is_cut: bool,
}

/// Sums of one choice on a page.
#[derive(Default)]
struct Sum {
    score: f64,
    parts: usize,
    titled: usize,
}

/// Rows, and whether more pages have one of the words.
pub(super) struct Ranked {
    /// The rows, best first.
    pub(super) rows: Vec<Row>,
    /// Whether some word counts on some of its pages only.
    pub(super) has_more: bool,
}

/// Returns a row for each page that has any of the words, best first.
pub(super) fn rank(index: &Index<'_>, groups: &[Group], language: &str, extent: Extent) -> Ranked {
    let weighed: Vec<Weighed<'_>> =
        groups.iter().map(|group| weigh(index, group, extent)).collect();
    let total: f64 = weighed.iter().fold(0.0, |sum, it| sum + it.weight);
    let total = if total == 0.0 { 1.0 } else { total };
    let pages: BTreeSet<u32> = weighed.iter().flat_map(|it| it.hits.keys().copied()).collect();
    let (kinds, foreign) = (index.kinds(), foreign(index, language));
    let mut rows: Vec<Row> = pages
        .into_iter()
        .map(|page| {
            let mut row = Row { kind: kind_of(&kinds, page), ..Row::of(page) };
            let (mut cover, mut title) = (0.0, 0.0);
            for (group, Weighed { hits, weight, is_cut }) in groups.iter().zip(&weighed) {
                let hit = hits.get(&page);
                // Of a word that counts on some of its pages only, nobody knows.
                if !is_cut && hit.is_none_or(|hit| hit.cover < 1.0) {
                    row.missing.push(group.word.clone());
                }
                let Some(hit) = hit else {
                    continue;
                };
                row.score += hit.score;
                cover += weight * hit.cover;
                title += if hit.titled { *weight } else { 0.0 };
                row.why.push(why(index, group, hit));
            }
            let (cover, title) = (cover / total, title / total);
            row.score *= kept(groups.len(), cover) * (1.0 + 0.9 * title * title);
            if foreign.contains(&page) {
                row.score *= FOREIGN;
            }
            row.named = title > 0.999;
            row
        })
        .collect();
    rows.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
    Ranked { rows, has_more: weighed.iter().any(|it| it.is_cut) }
}

/// Returns how much of its score a page keeps that has this share of the words of a query. A long question need not be met
/// in every word.
fn kept(words: usize, share: f64) -> f64 {
    let base = (0.6 + 0.05 * words.saturating_sub(3) as f64).min(0.85);
    base + (1.0 - base) * share
}

/// Returns rows with the people and the terms that the words name before the pages.
pub(super) fn grouped(rows: Vec<Row>) -> Vec<Row> {
    let mut first = Vec::new();
    let mut rest = rows;
    for (kind, most) in [(Kind::Person, 3), (Kind::Term, 2)] {
        let mut taken = 0;
        let is_taken = |row: &mut Row| {
            let takes = taken < most && row.kind == kind && row.named;
            taken += usize::from(takes);
            takes
        };
        first.extend(rest.extract_if(.., is_taken));
    }
    first.extend(rest);
    first
}

/// Returns for one word of the query what it says of each page.
fn weigh<'g>(index: &Index<'_>, group: &'g Group, extent: Extent) -> Weighed<'g> {
    let count = f64::from(index.pages());
    let idf = |entry: EntryIx| {
        let own = f64::from(index.entry(entry).count);
        rounded((1.0 + (count - own + 0.5) / (own + 0.5)).ln())
    };
    let choices = &group.choices;
    let all = choices.iter().flat_map(|choice| &choice.entries);
    let common = all.map(|entry| idf(*entry)).fold(f64::INFINITY, f64::min);
    let mut hits: BTreeMap<u32, Hit<'g>> = BTreeMap::new();
    let mut weight: f64 = 0.0;
    for choice in choices {
        let whole = choice.entries.len();
        let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
        for entry in &choice.entries {
            // Rare variants of a word must not outweigh the word itself.
            let is_own = choice.weight >= 1.0 || choice.is_rare || whole > 1;
            let worth = if is_own { idf(*entry) } else { common };
            if choice.weight >= 1.0 || choices[0].weight < 1.0 {
                weight = weight.max(worth);
            }
            for posting in index.postings(*entry, extent) {
                let sum = sums.entry(posting.page).or_default();
                sum.score += worth * posting.impact;
                sum.parts += 1;
                sum.titled += usize::from(posting.titled);
            }
        }
        for (page, sum) in sums {
            let share = sum.parts as f64 / whole as f64;
            let score = choice.weight * sum.score * share * group.times as f64;
            let hit = hits.get(&page);
            if hit.is_none_or(|hit| score > hit.score) {
                let cover = hit.map_or(share, |hit| share.max(hit.cover));
                let titled = choice.weight >= 0.5 && sum.titled == whole;
                hits.insert(page, Hit { score, cover, titled, choice });
            }
        }
    }
    let weight = if weight == 0.0 { rounded((1.0 + count).ln()) } else { weight };
    let is_cut = extent == Extent::Best
        && choices.iter().flat_map(|it| &it.entries).any(|it| index.has_others(*it));
    Weighed { hits, weight, is_cut }
}

/// Returns a number rounded, so that all machines agree to the last digit.
fn rounded(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

fn why(index: &Index<'_>, group: &Group, hit: &Hit<'_>) -> Why {
    Why {
        word: group.word.clone(),
        met: hit.choice.entries.iter().map(|entry| index.entry(*entry).form.clone()).collect(),
        how: hit.choice.how,
        adds: hit.score,
        in_title: hit.titled,
    }
}

/// Returns the pages in another language than the reader's.
fn foreign(index: &Index<'_>, language: &str) -> BTreeSet<u32> {
    let languages = index.languages().into_iter();
    let others = languages.filter(|(other, _)| !language.is_empty() && *other != language);
    others.flat_map(|(_, pages)| pages).collect()
}

fn kind_of(kinds: &[(&str, BTreeSet<u32>)], page: u32) -> Kind {
    let kind = kinds.iter().find(|(_, pages)| pages.contains(&page));
    match kind.map(|(kind, _)| *kind) {
        Some("person") => Kind::Person,
        Some("term") => Kind::Term,
        _ => Kind::Page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_without_some_words_keeps_more_of_a_long_question() {
        let half = |words| rounded(kept(words, 0.5));
        assert_eq!([1, 3, 4, 8, 20].map(half), [0.8, 0.8, 0.825, 0.925, 0.925]);
        assert_eq!([1, 20].map(|words| kept(words, 1.0)), [1.0, 1.0]);
    }
}
