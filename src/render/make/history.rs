//! The view of a page's history.

use std::collections::BTreeMap;

use crate::history::{ChangeKind, Revision, Section, State as HistoryState};
use crate::markdown::{self, Dialect};
use crate::model::{Page, PageIx, PersonIx, Small};
use crate::render::fold::{self, Fold};
use crate::render::paged;
use crate::render::view::{
    Crumb, FoldView, HistoryView, LinkView, PagerView, RevisionView, YearView,
};

use super::Maker;

/// Characters that a heading may have more to it than its text.
const MARKS: [char; 9] = ['*', '_', '`', '[', ']', '<', '&', '\\', '~'];

/// How many folds a page of a history shows.
pub(in crate::render) const FOLDS: usize = 50;

impl Maker<'_> {
    /// Returns the view of page `number` (from 1) of a page's history.
    pub(in crate::render) fn history_view(
        &self,
        ix: PageIx,
        number: usize,
        of: usize,
    ) -> HistoryView {
        let page = &self.site().pages[ix];
        let shown = self.facts.shown.of_page(ix);
        let folds = fold::folds(self.site(), page);
        let mut years: Vec<YearView> = Vec::new();
        for fold in folds.iter().skip((number - 1) * FOLDS).take(FOLDS) {
            let (commit, _) = self.site().revision(page.revisions[fold.start]);
            let year = self.site().moment(commit).date().year();
            let view = self.fold(ix, fold, shown);
            match years.last_mut().filter(|last| last.year == year) {
                Some(last) => last.folds.push(view),
                None => years.push(YearView { year, folds: vec![view] }),
            }
        }
        HistoryView {
            page: self.link(ix),
            count: page.revisions.len(),
            people: self.people(&self.took_part(page)),
            created: page.created.map(|date| self.date(date)),
            updated: page.updated.as_ref().map(|updated| self.updated(updated)),
            reworded: self.reworded(page),
            touched: self.touched(page),
            cut: self.is_cut() && page.dates.before.is_some(),
            years,
            pager: self.pager(number, of, |number| {
                paged::numbered_url(self.site(), &page.history_url, number)
            }),
            parts: if number == 1 { self.parts(ix) } else { Vec::new() },
        }
    }

    /// Returns who had a part in a page, most revisions first.
    fn took_part(&self, page: &Page) -> Vec<PersonIx> {
        let mut counts: BTreeMap<PersonIx, usize> = BTreeMap::new();
        for revision in &page.revisions {
            for person in self.site().writers(revision.commit) {
                *counts.entry(*person).or_default() += 1;
            }
        }
        let mut people: Vec<(PersonIx, usize)> = counts.into_iter().collect();
        people.sort_by_key(|(person, count)| (std::cmp::Reverse(*count), *person));
        people.into_iter().map(|(person, _)| person).collect()
    }

    fn fold(&self, ix: PageIx, fold: &Fold, shown: &[usize]) -> FoldView {
        let page = &self.site().pages[ix];
        let all = fold.start..fold.start + fold.count;
        let revisions: Vec<RevisionView> = all
            .map(|at| {
                let mut view = self.revision(page.revisions[at]);
                view.sections = self.touched_sections(page, page.revisions[at]);
                if shown.binary_search(&at).is_ok() {
                    view.difference_href = self.href(&self.facts.shown.url(self.site(), ix, at));
                }
                view
            })
            .collect();
        let mut sections: Vec<LinkView> = Vec::new();
        for section in revisions.iter().flat_map(|revision| &revision.sections) {
            if !sections.iter().any(|known| known.text == section.text) {
                sections.push(section.clone());
            }
        }
        FoldView {
            last: revisions[0].clone(),
            notes: revisions.iter().map(|it| it.note.clone()).filter(|it| !it.is_empty()).collect(),
            added: revisions.iter().map(|revision| revision.added).sum(),
            removed: revisions.iter().map(|revision| revision.removed).sum(),
            sections,
            small: self.small(fold.small),
            revisions: if revisions.len() > 1 { revisions } else { Vec::new() },
        }
    }

    /// Returns why something is small, in words.
    pub(super) fn small(&self, small: Option<Small>) -> String {
        small.map(|small| self.say(&format!("small.{}", small.as_str()))).unwrap_or_default()
    }

    /// Returns the parts of a page that a revision changed, with links to those that are still there.
    fn touched_sections(&self, page: &Page, revision: Revision) -> Vec<LinkView> {
        let (_, change) = self.site().revision(revision);
        let link = |section: &Section| match section {
            Section::FrontMatter => self.unlinked("history.front-matter"),
            Section::Opening => self.unlinked("history.opening"),
            Section::Heading(raw) => {
                let text = heading_text(raw);
                let headings = &page.document.outline.headings;
                let there = headings.iter().find(|heading| heading.text == text);
                let href =
                    there.map(|heading| format!("{}#{}", self.href(&page.url), heading.anchor));
                LinkView { text, href: href.unwrap_or_default() }
            }
        };
        change.sections.iter().map(link).collect()
    }

    fn unlinked(&self, key: &str) -> LinkView {
        LinkView { text: self.say(key), href: String::new() }
    }

    /// Returns whether nothing is known of the time before a clone's end.
    pub(super) fn is_cut(&self) -> bool {
        self.site().history.state == HistoryState::Shallow
    }

    /// Returns the view of a revision, without the parts that it changed.
    pub(super) fn revision(&self, revision: Revision) -> RevisionView {
        let (commit, change) = self.site().revision(revision);
        let moment = self.site().moment(commit);
        RevisionView {
            date: self.date(moment.date()),
            time: moment.rfc3339()[11..16].to_owned(),
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
            sections: Vec::new(),
            commit: commit.id.short(),
            href: self.commit_href(commit),
            difference_href: String::new(),
        }
    }

    /// Returns a path of the repository as one of the source, if it is there.
    pub(super) fn in_source<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.site().prefix.as_str()).unwrap_or(path)
    }

    /// Returns the neighbours of page `number` of a list.
    pub(super) fn pager(
        &self,
        number: usize,
        of: usize,
        url: impl Fn(usize) -> crate::base::UrlPath,
    ) -> PagerView {
        PagerView {
            number,
            of,
            newer: (number > 1).then(|| self.href(&url(number - 1))),
            older: (number < of).then(|| self.href(&url(number + 1))),
        }
    }

    /// Returns the trail of a page's history.
    pub(in crate::render) fn history_trail(&self, page: &Page) -> Vec<Crumb> {
        let mut trail = self.trail(page);
        trail.push(Crumb { title: page.title.clone(), href: self.href(&page.url) });
        trail
    }
}

/// Returns the plain text of a heading as it is written.
fn heading_text(raw: &str) -> String {
    if !raw.contains(MARKS) {
        return raw.to_owned();
    }
    let outline = markdown::scan(&format!("# {raw}\n"), Dialect::default());
    outline.headings.into_iter().next().map_or_else(|| raw.to_owned(), |heading| heading.text)
}
