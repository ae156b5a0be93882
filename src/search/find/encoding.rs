//! How the files of the index write numbers, pages and places, read back.

use std::collections::{BTreeMap, BTreeSet};

use crate::search::lexicon::reader_order;

/// A form by its ending.
#[derive(Debug)]
pub(super) struct Ending {
    /// The form.
    pub(super) form: String,
    /// How common it is, from 0 to 3.
    pub(super) common: u8,
}

/// Returns names of eight digits each.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    (0..text.len() / 8).map(|at| &text[at * 8..][..8])
}

/// Returns the last place whose first word is not after a word.
pub(super) fn place_in(firsts: &[String], word: &str) -> usize {
    let after = firsts.partition_point(|first| reader_order(first, word).is_le());
    after.saturating_sub(1)
}

/// Returns the endings of words that a file holds.
pub(super) fn read_endings(text: &str) -> Vec<Ending> {
    let mut endings = Vec::new();
    let mut ending = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['.', ':', ';', '!']) {
        let units = usize::from(rest.as_bytes()[0] - b'A');
        ending.truncate(bytes_of_units(&ending, units));
        ending.push_str(&rest[1..at]);
        let common = b".:;!".iter().position(|mark| *mark == rest.as_bytes()[at]);
        let common = common.and_then(|common| u8::try_from(common).ok()).unwrap_or_default();
        endings.push(Ending { form: ending.chars().rev().collect(), common });
        rest = &rest[at + 1..];
    }
    endings
}

/// Returns how long the reader's language takes a word to be.
pub(super) fn units(word: &str) -> usize {
    word.encode_utf16().count()
}

/// Returns the bytes of the first units of UTF-16 of a text.
pub(super) fn bytes_of_units(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// Returns a number in base 36; 0 of anything else.
pub(super) fn number(digits: &str) -> u32 {
    u32::from_str_radix(digits, 36).unwrap_or_default()
}

/// Returns the pages of each of some runs, by name.
pub(super) fn sets(runs: &BTreeMap<String, String>) -> Vec<(&str, BTreeSet<u32>)> {
    runs.iter().map(|(name, runs)| (name.as_str(), pages_of(runs).collect())).collect()
}

/// Returns the pages of runs.
pub(super) fn pages_of(runs: &str) -> impl Iterator<Item = u32> {
    let mut at = 0;
    let runs = runs.split(' ').map(number).enumerate().map(move |(n, length)| {
        let start = at;
        at += length;
        (n % 2 == 1, start..at)
    });
    runs.filter(|(has, _)| *has).flat_map(|(_, pages)| pages)
}

/// Where a word stands: page, section, and place in it.
pub(super) type Place = (u32, u32, u32);

/// Returns where a word stands, from a file of places.
pub(super) fn places_of(text: &str, word: &str) -> Vec<Place> {
    let own = text.split(' ').filter_map(|item| item.strip_prefix(word)?.strip_prefix('='));
    own.flat_map(places_of_entry).collect()
}

fn places_of_entry(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut next = 0;
    for item in text.split(';') {
        let is_letter = |c: char| c.is_ascii_uppercase();
        let (gap, mut rest) = item.split_at(item.find(is_letter).unwrap_or(item.len()));
        let page = next + number(gap);
        next = page + 1;
        while !rest.is_empty() {
            let digits = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
            let section = rest[..digits].bytes().fold(0, |sum, b| sum * 26 + u32::from(b - b'A'));
            rest = &rest[digits..];
            let (steps, more) = rest.split_at(rest.find(is_letter).unwrap_or(rest.len()));
            rest = more;
            let mut place = 0;
            for step in steps.split(',') {
                place += number(step);
                found.push((page, section, place));
            }
        }
    }
    found
}
