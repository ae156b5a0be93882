//! Places: where on a page each word stands.
//!
//! The places of a word are entries. Each is, for each page and with `;` between, the pages skipped since the one before (left out
//! if there are none) and for each section capital letters for its number and the places in it, each as the distance from the one
//! before, with `,` between. All other numbers are in base 36. The places of a very common word are in several entries, each of
//! which begins anew at the first page. Words that say nothing (`of`, `the`) have no places: in a phrase they stand for any word.
//!
//! An edit moves no place in another section, since sections are numbered by their anchors, not in a row.

use std::collections::BTreeSet;

use super::document::Section;
use super::part::base36;

/// The least bytes of an entry that is not the last one of its word.
const ENTRY: usize = 3_000;

/// An entry that goes on in another one ends before a page whose number is a multiple of this, if it can, so that few entries change.
const BLOCK: u32 = 64;

/// The number of the section of what is said of the page as a whole: title, names, summary.
pub(super) const WHOLE_PAGE: u32 = 0;

/// Returns the numbers of the sections of a page, from 1. They hang on the anchors, so that a section that is added or goes leaves
/// those of nearly all others; for that there are twice as many numbers as sections, or more.
pub(super) fn section_numbers(sections: &[Section]) -> Vec<u32> {
    let numbers = (2 * sections.len()).next_power_of_two().max(16);
    let numbers = u32::try_from(numbers).expect("sections are counted in 32 bits");
    let mut taken = BTreeSet::new();
    let number = |section: &Section| {
        let hash = |hash: u32, byte: u8| hash.wrapping_mul(31).wrapping_add(u32::from(byte));
        let mut number = section.anchor.bytes().fold(0, hash) % numbers;
        while !taken.insert(number) {
            number = (number + 1) % numbers;
        }
        number + 1
    };
    sections.iter().map(number).collect()
}

/// The places of one form so far.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Entries that are full.
    full: Vec<String>,
    text: String,
    /// The page after the last one; none before the first.
    next_page: u32,
    /// The section and the place in it of the last place.
    last: (u32, u32),
}

impl Places {
    /// Adds a place; pages come in order, and places in a section.
    pub(super) fn add(&mut self, page: u32, section: u32, place: u32) {
        let is_new = self.text.is_empty() || page >= self.next_page;
        if is_new {
            let is_far = page / BLOCK > self.next_page.saturating_sub(1) / BLOCK;
            if self.text.len() >= ENTRY && is_far {
                self.full.push(std::mem::take(&mut self.text));
                self.next_page = 0;
            }
            if !self.text.is_empty() {
                self.text.push(';');
            }
            if page > self.next_page {
                self.text.push_str(&base36(page - self.next_page));
            }
            self.next_page = page + 1;
        }
        if is_new || section != self.last.0 {
            self.text.push_str(&letters(section));
            self.text.push_str(&base36(place));
        } else {
            self.text.push(',');
            self.text.push_str(&base36(place - self.last.1));
        }
        self.last = (section, place);
    }

    /// Returns the entries as they are written.
    pub(super) fn entries(&self) -> impl Iterator<Item = &str> {
        let last = Some(&self.text).filter(|text| !text.is_empty());
        self.full.iter().chain(last).map(String::as_str)
    }
}

/// Returns a number in capital letters.
fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    loop {
        let letter = u8::try_from(number % 26).expect("a remainder of 26 is small");
        letters.push(char::from(b'A' + letter));
        number /= 26;
        if number == 0 {
            return letters.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::*;

    fn written(added: &[(u32, u32, u32)]) -> Vec<String> {
        let mut places = Places::default();
        added.iter().for_each(|(page, section, place)| places.add(*page, *section, *place));
        places.entries().map(str::to_owned).collect()
    }

    #[test]
    fn places_are_gaps() {
        let places = [(0, 0, 3), (0, 0, 40), (0, 2, 1), (2, 0, 0), (3, 26, 36)];
        assert_eq!(written(&places), ["A3,11C1;1A0;BA10"]);
    }

    #[test]
    fn long_entry_goes_on_at_the_next_block_of_pages() {
        let places: Vec<_> = (5..900).map(|page| (page, 1, 1)).collect();
        let entries = written(&places);
        assert_eq!(entries.len(), 1);
        let places: Vec<_> = (5..900).map(|page| (page, 700, 4_000)).collect();
        let entries = written(&places);
        assert_eq!(entries.len(), 3);
        assert!(entries[1].starts_with("cgBAY334;"), "{}", &entries[1][..9]);
    }

    #[test]
    fn section_keeps_its_number_when_others_come_and_go() {
        let section = |anchor: &str| Section {
            anchor: anchor.to_owned(),
            ..page("", "", "").sections.remove(0)
        };
        let numbers = |anchors: &[&str]| {
            section_numbers(&anchors.iter().map(|anchor| section(anchor)).collect::<Vec<_>>())
        };
        let all = numbers(&["", "pumps", "dikes", "locks"]);
        assert_eq!(numbers(&["dikes", "new", "locks"])[0], all[2]);
        assert_eq!(numbers(&["locks", "", "pumps"]), [all[3], all[0], all[1]]);
        let many = numbers(&["same"; 200]);
        assert_eq!(many.iter().collect::<BTreeSet<_>>().len(), 200);
        assert!(!many.contains(&WHOLE_PAGE));
    }
}
