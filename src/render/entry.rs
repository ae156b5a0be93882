//! The changes of a site as readers want them: by day, what one group of people did to a page on that day as one entry.
//!
//! Pages that the same commits of the same people changed share an entry, so that a commit over forty pages is one.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Date;
use crate::history::{ChangeKind, Revision};
use crate::model::{DomainIx, PageIx, PersonIx, Site, Small};

use super::touched::CommitChanges;

/// What the same people did to some pages in a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The day.
    pub(super) day: Date,
    /// Who: the writers of the commits.
    pub(super) people: Vec<PersonIx>,
    /// The commits, newest first.
    pub(super) commits: Vec<usize>,
    /// The pages, in the order in which the newest commit names them.
    pub(super) pages: Vec<Touched>,
}

/// A page with what was done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Touched {
    /// The page that it is today; `None` if it is gone.
    pub(super) page: Option<PageIx>,
    /// What the commits did, newest first.
    pub(super) changes: Vec<Revision>,
}

/// Which changes a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Filter<'a> {
    /// All.
    All,
    /// Of pages that are gone or have moved.
    Gone,
    /// Of pages of a domain.
    Domain(DomainIx),
    /// Of pages of a kind.
    Kind(&'a str),
    /// By a person.
    Person(PersonIx),
}

impl Entry {
    /// Returns why the entry is small: all that it holds is.
    pub(super) fn small(&self, site: &Site) -> Option<Small> {
        let mut all = self.pages.iter().flat_map(|page| &page.changes);
        let first = site.small(*all.next()?)?;
        all.all(|revision| site.small(*revision).is_some()).then_some(first)
    }

    /// Returns when the newest of it became part of the site, in seconds.
    pub(super) fn arrived(&self, site: &Site) -> i64 {
        let arrivals = self.commits.iter().map(|commit| site.history.commits[*commit].arrived);
        arrivals.max().unwrap_or_default()
    }
}

impl Touched {
    /// Returns whether the page went, came from elsewhere, or was renamed.
    pub(super) fn is_gone_or_moved(&self, site: &Site) -> bool {
        self.changes.iter().any(|revision| {
            let (_, change) = site.revision(*revision);
            matches!(change.kind, ChangeKind::Deleted | ChangeKind::Renamed { .. })
        })
    }
}

/// Returns the entries of all days, newest first.
pub(super) fn entries(site: &Site, changes: &[CommitChanges]) -> Vec<Entry> {
    let mut days: BTreeMap<std::cmp::Reverse<Date>, Vec<&CommitChanges>> = BTreeMap::new();
    for change in changes {
        let date = site.moment(&site.history.commits[change.commit]).date();
        days.entry(std::cmp::Reverse(date)).or_default().push(change);
    }
    days.iter().flat_map(|(day, changes)| of_day(site, day.0, changes)).collect()
}

/// A page of a day: itself, or what it was called.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Page(PageIx),
    Gone(&'a str),
}

fn of_day(site: &Site, day: Date, changes: &[&CommitChanges]) -> Vec<Entry> {
    let mut touched: Vec<(&[PersonIx], Touched)> = Vec::new();
    let mut known: BTreeMap<(&[PersonIx], Key<'_>), usize> = BTreeMap::new();
    for change in changes {
        let people = site.writers(change.commit);
        for (at, page) in &change.touched {
            let revision = Revision { commit: change.commit, change: *at };
            let path = site.revision(revision).1.path.as_str();
            let key = page.map_or(Key::Gone(path), Key::Page);
            let place = *known.entry((people, key)).or_insert_with(|| {
                touched.push((people, Touched { page: *page, changes: Vec::new() }));
                touched.len() - 1
            });
            touched[place].1.changes.push(revision);
        }
    }
    join(day, touched)
}

/// Joins pages that the same commits changed.
fn join(day: Date, touched: Vec<(&[PersonIx], Touched)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (people, page) in touched {
        let mut commits: Vec<usize> = page.changes.iter().map(|change| change.commit).collect();
        commits.dedup();
        let place = *known.entry(commits.clone()).or_insert_with(|| {
            entries.push(Entry { day, people: people.to_vec(), commits, pages: Vec::new() });
            entries.len() - 1
        });
        entries[place].pages.push(page);
    }
    entries.sort_by_key(|entry| entry.commits[0]);
    entries
}

/// Returns for each list, the complete one aside, the entries that it holds. Where all pages are of one kind, a list of that
/// kind would be the complete one again.
pub(super) fn lists<'a>(site: &'a Site, entries: &[Entry]) -> BTreeMap<Filter<'a>, Vec<usize>> {
    let mut lists: BTreeMap<Filter<'a>, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut filters: BTreeSet<Filter<'a>> =
            entry.people.iter().map(|person| Filter::Person(*person)).collect();
        for touched in &entry.pages {
            if touched.is_gone_or_moved(site) {
                filters.insert(Filter::Gone);
            }
            if let Some(page) = touched.page.map(|page| &site.pages[page]) {
                filters.insert(Filter::Kind(&page.kind));
                filters.extend(page.domains.iter().map(|domain| Filter::Domain(*domain)));
            }
        }
        for filter in filters {
            lists.entry(filter).or_default().push(at);
        }
    }
    let is_kind = |filter: &Filter<'_>| matches!(filter, Filter::Kind(_));
    if lists.keys().filter(|filter| is_kind(filter)).count() < 2 {
        lists.retain(|filter, _| !is_kind(filter));
    }
    lists
}
