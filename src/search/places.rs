//! Places: where on a page each word stands, for phrases in quotes; fetched only for those.
//!
//! A file is a text of entries with spaces between: the form, `=`, and for each page the pages skipped since the one before, `:`,
//! and the places, each as the distance from the one before, with `,` between; then `;`. All numbers are in base 36. Words that
//! say nothing (`of`, `the`) have no places: in a phrase they stand for any word.

use serde::Serialize;

use super::bag::FormIx;
use super::lexicon::Lexicon;
use super::part::Parts;
use super::posting::base36;
use super::shard::{Shelf, may_cut_before};

/// The least bytes of a file.
const FILE: usize = 24_000;

/// The places of one form so far.
#[derive(Debug, Default)]
pub(super) struct Places {
    text: String,
    /// The page after the last one; none before the first.
    next_page: u32,
    /// The last place on the last page.
    last: u32,
}

impl Places {
    /// Adds a place; pages and places come in order.
    pub(super) fn add(&mut self, page: u32, place: u32) {
        if page >= self.next_page {
            if !self.text.is_empty() {
                self.text.push(';');
            }
            self.text.push_str(&base36(page - self.next_page));
            self.text.push(':');
            self.next_page = page + 1;
            self.last = 0;
        } else {
            self.text.push(',');
        }
        self.text.push_str(&base36(place - self.last));
        self.last = place;
    }

    /// Returns the places as they are written.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// Writes the places of all forms, and the list of the files; returns the name of the list.
pub(super) fn write_places(lexicon: &Lexicon, parts: &mut Parts) -> String {
    let mut shelf = Shelf::default();
    let mut text = String::new();
    let mut first: Option<FormIx> = None;
    for ix in lexicon.forms() {
        let form = lexicon.form(*ix);
        if form.places.text().is_empty() {
            continue;
        }
        if let Some(start) = first.filter(|_| text.len() >= FILE && may_cut_before(&form.folded)) {
            shelf.add(parts, 'q', &lexicon.form(start).folded, &text);
            text.clear();
            first = None;
        }
        first = first.or(Some(*ix));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&form.folded);
        text.push('=');
        text.push_str(form.places.text());
    }
    if let Some(start) = first {
        shelf.add(parts, 'q', &lexicon.form(start).folded, &text);
    }
    parts.add('q', &List { places: shelf })
}

/// The list of the files.
#[derive(Serialize)]
struct List {
    places: Shelf,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_gaps() {
        let mut places = Places::default();
        for (page, place) in [(0, 3), (0, 40), (2, 0)] {
            places.add(page, place);
        }
        assert_eq!(places.text, "0:3,11;1:0");
    }
}
