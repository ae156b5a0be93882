//! Who knows about what was found: the people behind it, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::rank::Row;
use crate::search::document::Role;

/// How many pages of what was found speak for people.
const PAGES: usize = 100;

/// How many people are told.
const TOLD: usize = 5;

/// How many reasons count for each.
const REASONS: usize = 5;

/// What somebody's own page says of what they know.
const PROFILE: f64 = 3.0;

/// The same, where the words name them.
const NAMED: f64 = 6.0;

/// After how many days a page says half as much.
const HALF: f64 = 730.0;

/// Somebody who knows about what was found.
#[derive(Debug, Clone)]
pub struct Knower {
    /// The number of their page, if there is one.
    pub page: Option<u32>,
    /// Their short name; empty if only their own page speaks for them.
    pub id: String,
    /// Their name; empty if only their own page speaks for them.
    pub name: String,
    /// How much speaks for them.
    pub worth: f64,
    /// Why, the best reason first.
    pub reasons: Vec<Reason>,
}

/// Why somebody knows.
#[derive(Debug, Clone)]
pub struct Reason {
    /// The page that speaks for them.
    pub page: u32,
    /// What they are to it; `None` if it is their own.
    pub role: Option<Role>,
    /// How much it says.
    pub worth: f64,
}

/// Who somebody is, before all reasons are known: the number of their page, else their short name.
type Key = Result<u32, String>;

/// Returns the people behind what was found, those whom most speaks for first.
pub(super) fn people(index: &Index<'_>, rows: &[Row]) -> Vec<Knower> {
    let mut best: Vec<&Row> = rows.iter().collect();
    best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.page.cmp(&b.page)));
    best.truncate(PAGES);
    let mut known = Known::default();
    let (columns, days) = (index.credits(), index.days());
    let highest = best.first().map_or(0.0, |row| row.score);
    let newest = days.iter().copied().max().unwrap_or_default().max(0);
    for row in best {
        let highest = if highest == 0.0 { 1.0 } else { highest };
        let share = (row.score / highest) * if row.missing.is_empty() { 1.0 } else { 0.5 };
        if row.is_person() {
            let worth = share * if row.is_named() { NAMED } else { PROFILE };
            known.add(Ok(row.page), ("", ""), Reason { page: row.page, role: None, worth });
        }
        let day = days.get(row.page as usize).copied().unwrap_or(-1);
        let fresh = if day < 0 { 0.5 } else { 1.0 / (1.0 + (newest - day) as f64 / HALF) };
        // That somebody wrote of themselves says nothing more.
        for person in columns.iter().filter(|person| person.page != Some(row.page)) {
            for (role, weight) in [(Role::Owner, 3.0), (Role::Author, 2.0), (Role::Reviewer, 1.0)] {
                if person.pages[role as usize].contains(&row.page) {
                    let worth = share * fresh * weight;
                    let key = person.page.ok_or_else(|| person.id.clone());
                    let reason = Reason { page: row.page, role: Some(role), worth };
                    known.add(key, (&person.id, &person.name), reason);
                }
            }
        }
    }
    known.finish()
}

/// A person of the index, with the pages that they stand for, wrote and looked over.
#[derive(Debug)]
pub(super) struct Credited {
    /// The short name.
    pub(super) id: String,
    /// The name.
    pub(super) name: String,
    /// The number of their page.
    pub(super) page: Option<u32>,
    /// Their pages, by role.
    pub(super) pages: [BTreeSet<u32>; 3],
}

/// People in the order in which they came up.
#[derive(Default)]
struct Known {
    people: Vec<Knower>,
    places: BTreeMap<Key, usize>,
}

impl Known {
    fn add(&mut self, key: Key, (id, name): (&str, &str), reason: Reason) {
        let place = *self.places.entry(key.clone()).or_insert(self.people.len());
        if place == self.people.len() {
            let (id, name) = (id.to_owned(), name.to_owned());
            self.people.push(Knower { page: key.ok(), id, name, worth: 0.0, reasons: Vec::new() });
        }
        self.people[place].reasons.push(reason);
    }

    fn finish(self) -> Vec<Knower> {
        let mut people = self.people;
        for person in &mut people {
            // What somebody knows shows in their best pages; many weak ones say little.
            person.reasons.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.page.cmp(&b.page)));
            person.reasons.truncate(REASONS);
            for (reason, place) in person.reasons.iter().zip(1..) {
                person.worth += reason.worth / f64::from(place);
            }
        }
        people.sort_by(|a, b| b.worth.total_cmp(&a.worth).then(a.page.cmp(&b.page)));
        people.truncate(TOLD);
        people
    }
}
