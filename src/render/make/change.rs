//! The views of the past.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Date;
use crate::history::{Change, ChangeKind, Commit, Revision, State as HistoryState};
use crate::model::{Page, PageIx, PersonIx};
use crate::render::difference;
use crate::render::facts::CommitChanges;
use crate::render::view::{
    ChangeDayView, ChangeView, ChangedPage, ChangesView, Crumb, HistoryView, LinkView,
    RevisionView, YearView,
};

use super::Maker;

/// How many commits a page of the changes shows.
pub(in crate::render) const PER_PAGE: usize = 100;

/// How many pages of a commit are named.
const PAGES: usize = 8;

impl Maker<'_> {
    /// Returns the view of a page's history.
    pub(in crate::render) fn history_view(&self, ix: PageIx) -> HistoryView {
        let page = &self.site().pages[ix];
        let mut years: Vec<YearView> = Vec::new();
        let mut people: BTreeMap<PersonIx, usize> = BTreeMap::new();
        let shown = difference::shown(self.input().config, self.site(), ix);
        for (at, revision) in page.revisions.iter().enumerate() {
            let (commit, _) = self.site().revision(*revision);
            for person in self.site().writers(revision.commit) {
                *people.entry(*person).or_default() += 1;
            }
            let year = self.site().moment(commit).date().year();
            let mut view = self.revision(*revision);
            if shown.binary_search(&at).is_ok() {
                view.difference_href = self.href(&difference::url(self.site(), ix, at));
            }
            match years.last_mut().filter(|last| last.year == year) {
                Some(last) => last.revisions.push(view),
                None => years.push(YearView { year, revisions: vec![view] }),
            }
        }
        let mut people: Vec<(PersonIx, usize)> = people.into_iter().collect();
        people.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
        HistoryView {
            page: self.link(ix),
            count: page.revisions.len(),
            people: people.iter().map(|(person, _)| self.person(*person)).collect(),
            cut: self.is_cut(),
            years,
        }
    }

    fn is_cut(&self) -> bool {
        self.site().history.state == HistoryState::Shallow
    }

    pub(super) fn revision(&self, revision: Revision) -> RevisionView {
        let (commit, change) = self.site().revision(revision);
        RevisionView {
            date: self.date(self.site().moment(commit).date()),
            time: self.site().moment(commit).rfc3339()[11..16].to_owned(),
            people: self.people(self.site().writers(revision.commit)),
            reviewers: self.people(&self.site().reviewers(commit)),
            subject: commit.subject.clone(),
            body: commit.body.clone(),
            change: change.kind.as_str(),
            note: match &change.kind {
                ChangeKind::Added => self.say("note.first"),
                ChangeKind::Renamed { from } => {
                    self.say_with("note.moved-from", &[("path", self.in_source(from.as_str()))])
                }
                ChangeKind::Modified | ChangeKind::Deleted => String::new(),
            },
            added: change.added,
            removed: change.removed,
            commit: commit.id.short(),
            href: self.commit_href(commit),
            difference_href: String::new(),
        }
    }

    fn in_source<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.site().prefix.as_str()).unwrap_or(path)
    }

    /// Returns the trail of a page's history.
    pub(in crate::render) fn history_trail(&self, page: &Page) -> Vec<Crumb> {
        let mut trail = self.trail(page);
        trail.push(Crumb { title: page.title.clone(), href: self.href(&page.url) });
        trail
    }

    /// Returns page `number` (from 1) of the site's changes.
    pub(in crate::render) fn changes_view(&self, number: usize, of: usize) -> ChangesView {
        let changes = &self.facts.changes;
        let start = (number - 1) * PER_PAGE;
        let shown = &changes[start.min(changes.len())..(start + PER_PAGE).min(changes.len())];
        let to = |number: usize| self.href(&crate::render::plan::changes_url(number));
        ChangesView {
            title: self.say("changes.title"),
            body_html: if number == 1 { self.introduction() } else { String::new() },
            days: self.days(shown.iter(), |_| true),
            number,
            of,
            newer: (number > 1).then(|| to(number - 1)),
            older: (number < of).then(|| to(number + 1)),
            cut: self.is_cut(),
        }
    }

    /// Returns the newest changes of some pages, by day.
    pub(super) fn changes_of(&self, pages: &BTreeSet<PageIx>, limit: usize) -> Vec<ChangeDayView> {
        let touches = |change: &&CommitChanges| {
            change.touched.iter().any(|(_, page)| page.is_some_and(|page| pages.contains(&page)))
        };
        let newest = self.facts.changes.iter().filter(touches).take(limit);
        self.days(newest, |page| page.is_some_and(|page| pages.contains(&page)))
    }

    /// Returns the newest changes of the site, by day.
    pub(super) fn newest_changes(&self, limit: usize) -> Vec<ChangeDayView> {
        self.days(self.facts.changes.iter().take(limit), |_| true)
    }

    fn days<'c>(
        &self,
        changes: impl Iterator<Item = &'c CommitChanges>,
        shows: impl Fn(Option<PageIx>) -> bool,
    ) -> Vec<ChangeDayView> {
        let mut days: Vec<(Date, ChangeDayView)> = Vec::new();
        for change in changes {
            let commit = &self.site().history.commits[change.commit];
            let date = self.site().moment(commit).date();
            let view = self.change(commit, change, &shows);
            match days.last_mut().filter(|(last, _)| *last == date) {
                Some((_, day)) => day.changes.push(view),
                None => {
                    days.push((date, ChangeDayView { date: self.date(date), changes: vec![view] }));
                }
            }
        }
        days.into_iter().map(|(_, day)| day).collect()
    }

    fn change(
        &self,
        commit: &Commit,
        change: &CommitChanges,
        shows: impl Fn(Option<PageIx>) -> bool,
    ) -> ChangeView {
        let touched: Vec<_> = change.touched.iter().filter(|(_, page)| shows(*page)).collect();
        let pages = touched
            .iter()
            .take(PAGES)
            .map(|(at, page)| self.changed_page(&commit.changes[*at], *page));
        ChangeView {
            people: self.people(self.site().writers(change.commit)),
            subject: commit.subject.clone(),
            pages: pages.collect(),
            more: touched.len().saturating_sub(PAGES),
            href: self.commit_href(commit),
        }
    }

    fn changed_page(&self, change: &Change, page: Option<PageIx>) -> ChangedPage {
        let link = page.map_or_else(
            || LinkView {
                text: self.in_source(change.path.as_str()).to_owned(),
                href: String::new(),
            },
            |page| self.link(page),
        );
        ChangedPage {
            page: link,
            change: change.kind.as_str(),
            note: match change.kind {
                ChangeKind::Added => self.say("note.new"),
                ChangeKind::Renamed { .. } => self.say("note.moved"),
                ChangeKind::Deleted => self.say("note.removed"),
                ChangeKind::Modified => String::new(),
            },
            history_href: page
                .map(|page| self.history_href(&self.site().pages[page]))
                .unwrap_or_default(),
            added: change.added,
            removed: change.removed,
        }
    }
}
