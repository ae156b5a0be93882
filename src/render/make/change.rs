//! The views of the site's changes.

use std::collections::BTreeSet;

use crate::base::{Date, UrlPath};
use crate::history::ChangeKind;
use crate::model::{DomainIx, PageIx, PersonIx};
use crate::render::entry::{Entry, Filter, Touched};
use crate::render::paged;
use crate::render::view::{
    ChangeDayView, ChangeView, ChangedPage, ChangesView, Crumb, EditView, FilterLink, FilterView,
    LinkView,
};

use super::Maker;

/// How many entries a page of the changes shows.
pub(in crate::render) const PER_PAGE: usize = 100;

/// How many pages of an entry are named.
const PAGES: usize = 8;

/// How many people have a link to their changes above the list; those of the others are on their pages.
const PEOPLE: usize = 16;

/// Of how many changes a browser is told when they came.
const NEWEST: usize = 99;

/// A page of a list of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct ListPage<'a> {
    /// Which list.
    pub(in crate::render) filter: Filter<'a>,
    /// Which page of it, from 1.
    pub(in crate::render) number: usize,
    /// How many pages it has.
    pub(in crate::render) of: usize,
}

impl Maker<'_> {
    /// Returns the view of a page of the site's changes.
    pub(in crate::render) fn changes_view(&self, page: ListPage<'_>) -> ChangesView {
        let ListPage { filter, number, of } = page;
        let entries = &self.facts.entries;
        let start = (number - 1) * PER_PAGE;
        let shown: Vec<&Entry> = match self.facts.lists.get(&filter) {
            Some(list) => list.iter().skip(start).take(PER_PAGE).map(|at| &entries[*at]).collect(),
            None => entries.iter().skip(start).take(PER_PAGE).collect(),
        };
        let is_first = number == 1 && filter == Filter::All;
        ChangesView {
            title: self.say("changes.title"),
            body_html: if is_first { self.introduction() } else { String::new() },
            days: self.days(shown.into_iter(), |touched| self.shows(filter, touched)),
            pager: self.pager(number, of, |number| paged::changes_url(self.site(), filter, number)),
            filters: self.filters(filter),
            filter: self.filter_name(filter),
            newest: if is_first { self.newest_arrivals() } else { String::new() },
            cut: self.is_cut(),
        }
    }

    /// Returns the trail of a list: home, and all changes above those of a sort.
    pub(in crate::render) fn changes_trail(&self, filter: Filter<'_>) -> Vec<Crumb> {
        let all = || Crumb {
            title: self.say("changes.title"),
            href: self.href(&paged::changes_url(self.site(), Filter::All, 1)),
        };
        let above = (filter != Filter::All).then(all);
        std::iter::once(self.home_crumb()).chain(above).collect()
    }

    fn shows(&self, filter: Filter<'_>, touched: &Touched) -> bool {
        let page = touched.page.map(|page| &self.site().pages[page]);
        match filter {
            Filter::All | Filter::Person(_) => true,
            Filter::Gone => touched.is_gone_or_moved(self.site()),
            Filter::Kind(kind) => page.is_some_and(|page| page.kind == kind),
            Filter::Domain(domain) => page.is_some_and(|page| page.domains.contains(&domain)),
        }
    }

    /// Returns what a list is of, in words; nothing for the complete one.
    pub(in crate::render) fn filter_name(&self, filter: Filter<'_>) -> String {
        match filter {
            Filter::All => String::new(),
            Filter::Gone => self.say("changes.gone"),
            Filter::Domain(domain) => self.site().domains[domain].title.clone(),
            Filter::Person(person) => self.site().people[person].name.clone(),
            Filter::Kind(id) => {
                let kind = self.input().theme.kinds.get(id);
                let name = kind.map_or(id, |kind| kind.name.text(self.lang));
                // Plain pages are not called anything where a kind is told.
                if name.is_empty() { self.say("page.page") } else { name.to_owned() }
            }
        }
    }

    /// Returns the lists that there are: of all changes, of domains, of kinds, of those who were active last.
    fn filters(&self, current: Filter<'_>) -> Vec<FilterView> {
        let lists = &self.facts.lists;
        let of = |wanted: fn(&Filter<'_>) -> bool| lists.keys().copied().filter(wanted);
        let domains: Vec<Filter<'_>> = of(|it| matches!(it, Filter::Domain(_))).collect();
        let kinds: Vec<Filter<'_>> = of(|it| matches!(it, Filter::Kind(_))).collect();
        let gone = of(|it| matches!(it, Filter::Gone));
        let whole: Vec<Filter<'_>> = std::iter::once(Filter::All).chain(gone).collect();
        let people: Vec<Filter<'_>> =
            self.lately_active(current).into_iter().map(Filter::Person).collect();
        let groups = [
            ("", whole, 2),
            ("changes.domain", domains, 1),
            ("changes.kind", kinds, 2),
            ("changes.person", people, 2),
        ];
        let told = groups.into_iter().filter(|(_, filters, least)| filters.len() >= *least);
        told.map(|(label, filters, _)| FilterView {
            label: if label.is_empty() { String::new() } else { self.say(label) },
            is_open: filters.contains(&current),
            links: filters.into_iter().map(|filter| self.filter_link(filter, current)).collect(),
        })
        .collect()
    }

    fn filter_link(&self, filter: Filter<'_>, current: Filter<'_>) -> FilterLink {
        let name = self.filter_name(filter);
        let text = if name.is_empty() { self.say("changes.all") } else { name };
        let href = self.href(&paged::changes_url(self.site(), filter, 1));
        FilterLink { link: LinkView { text, href }, is_current: filter == current }
    }

    /// Returns those who changed something last, by name; the one whose list is shown is among them.
    fn lately_active(&self, current: Filter<'_>) -> Vec<PersonIx> {
        let mut people: BTreeSet<PersonIx> = BTreeSet::new();
        if let Filter::Person(person) = current {
            people.insert(person);
        }
        let active = self.facts.entries.iter().flat_map(|entry| &entry.people);
        for person in active.filter(|person| !self.site().people[**person].is_bot) {
            people.insert(*person);
            if people.len() >= PEOPLE {
                break;
            }
        }
        people.into_iter().collect()
    }

    /// Returns when the newest changes came, for browsers to count.
    pub(super) fn newest_arrivals(&self) -> String {
        let newest = self.facts.entries.iter().take(NEWEST);
        let arrivals = newest.map(|entry| entry.arrived(self.site()).to_string());
        arrivals.collect::<Vec<_>>().join(" ")
    }

    /// Returns the newest changes of a domain's pages, by day.
    pub(super) fn changes_of(&self, domain: DomainIx, limit: usize) -> Vec<ChangeDayView> {
        let filter = Filter::Domain(domain);
        let list = self.facts.lists.get(&filter).map(Vec::as_slice).unwrap_or_default();
        let newest = list.iter().take(limit).map(|at| &self.facts.entries[*at]);
        self.days(newest, |touched| self.shows(filter, touched))
    }

    /// Returns the newest changes of the site, by day: those that count as changes, while there are any.
    pub(super) fn newest_changes(&self, limit: usize) -> Vec<ChangeDayView> {
        let entries = &self.facts.entries;
        let counts = |entry: &&Entry| entry.small(self.site()).is_none();
        let counting: Vec<&Entry> = entries.iter().filter(counts).take(limit).collect();
        let shown =
            if counting.is_empty() { entries.iter().take(limit).collect() } else { counting };
        self.days(shown.into_iter(), |_| true)
    }

    /// Returns the list of a person's changes; nothing if there are none.
    pub(super) fn changes_href(&self, filter: Filter<'_>) -> String {
        let is_there = self.facts.lists.contains_key(&filter);
        let url = || self.href(&paged::changes_url(self.site(), filter, 1));
        if is_there { url() } else { String::new() }
    }

    fn days<'e>(
        &self,
        entries: impl Iterator<Item = &'e Entry>,
        shows: impl Fn(&Touched) -> bool,
    ) -> Vec<ChangeDayView> {
        let mut days: Vec<(Date, ChangeDayView)> = Vec::new();
        for entry in entries {
            let view = self.change(entry, &shows);
            match days.last_mut().filter(|(last, _)| *last == entry.day) {
                Some((_, day)) => day.changes.push(view),
                None => {
                    let date = self.date(entry.day);
                    days.push((entry.day, ChangeDayView { date, changes: vec![view] }));
                }
            }
        }
        days.into_iter().map(|(_, day)| day).collect()
    }

    fn change(&self, entry: &Entry, shows: impl Fn(&Touched) -> bool) -> ChangeView {
        let commits = &self.site().history.commits;
        let pages: Vec<&Touched> = entry.pages.iter().filter(|touched| shows(touched)).collect();
        let newest = &commits[entry.commits[0]];
        let is_one = entry.commits.len() == 1;
        ChangeView {
            people: self.people(&entry.people),
            subject: newest.subject.clone(),
            more: pages.len().saturating_sub(PAGES),
            pages: pages.into_iter().take(PAGES).map(|page| self.changed_page(page)).collect(),
            href: self.commit_href(newest).filter(|_| is_one),
            commits: if is_one { Vec::new() } else { self.edits(entry) },
            small: self.small(entry.small(self.site())),
            arrived: entry.arrived(self.site()),
        }
    }

    fn edits(&self, entry: &Entry) -> Vec<EditView> {
        let only = entry.pages.first().filter(|_| entry.pages.len() == 1);
        let edit = |at: &usize| {
            let commit = &self.site().history.commits[*at];
            let told = only.and_then(|page| self.told_href(page.page?, *at));
            EditView {
                time: self.site().moment(commit).rfc3339()[11..16].to_owned(),
                subject: commit.subject.clone(),
                href: self.commit_href(commit),
                difference_href: told.unwrap_or_default(),
            }
        };
        entry.commits.iter().map(edit).collect()
    }

    /// Returns the page that tells what a commit changed of a page, if there is one.
    pub(super) fn told_href(&self, ix: PageIx, commit: usize) -> Option<String> {
        let revisions = &self.site().pages[ix].revisions;
        let shown = self.facts.shown.of_page(ix).iter();
        let at = shown.copied().find(|at| revisions[*at].commit == commit)?;
        Some(self.href(&self.facts.shown.url(self.site(), ix, at)))
    }

    fn changed_page(&self, touched: &Touched) -> ChangedPage {
        let all = || touched.changes.iter().map(|revision| self.site().revision(*revision).1);
        // Of several edits that is told which is most: that it went, that it is new, that it moved.
        let told = all().max_by_key(|change| match change.kind {
            ChangeKind::Deleted => 3,
            ChangeKind::Added => 2,
            ChangeKind::Renamed { .. } => 1,
            ChangeKind::Modified => 0,
        });
        let told = told.expect("a page that was touched has a change");
        let path = self.in_source(told.path.as_str());
        let difference = match (touched.page, touched.changes.as_slice()) {
            (Some(page), [only]) => self.told_href(page, only.commit),
            _ => None,
        };
        ChangedPage {
            page: match touched.page {
                Some(page) => self.link(page),
                None => self.gone(path, &told.title),
            },
            change: told.kind.as_str(),
            note: match &told.kind {
                ChangeKind::Added => self.say("note.new"),
                ChangeKind::Renamed { from } => {
                    self.say_with("note.moved-from", &[("path", self.in_source(from.as_str()))])
                }
                ChangeKind::Deleted => self.say_with("note.removed-path", &[("path", path)]),
                ChangeKind::Modified => String::new(),
            },
            history_href: touched
                .page
                .map(|page| self.history_href(&self.site().pages[page]))
                .unwrap_or_default(),
            difference_href: difference.unwrap_or_default(),
            added: all().map(|change| change.added).sum(),
            removed: all().map(|change| change.removed).sum(),
        }
    }

    /// Returns what a page was called that is gone, and where that is told.
    fn gone(&self, path: &str, title: &str) -> LinkView {
        let told: Option<&UrlPath> = self.site().redirects.at(path).map(|redirect| &redirect.from);
        LinkView {
            text: if title.is_empty() { path } else { title }.to_owned(),
            href: told.map(|url| self.href(url)).unwrap_or_default(),
        }
    }
}

/// Returns how many pages a list of so many entries has.
pub(in crate::render) fn pages_of(count: usize) -> usize {
    count.div_ceil(PER_PAGE).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_complete_in_pages() {
        assert_eq!([0, 1, 100, 101, 50_001].map(pages_of), [1, 1, 1, 2, 501]);
    }
}
