//! What a feed tells of: a revision of a page, or a commit that touched many.

use std::collections::BTreeSet;

use crate::base::UrlPath;
use crate::base::id::Id;
use crate::history::Commit;
use crate::model::PageIx;
use crate::render::difference;
use crate::render::make::Maker;
use crate::render::touched::CommitChanges;
use crate::revision::{Account, Told};

use super::content::{Entry, Scope, escape, urn};

/// A feed holds this many entries at most.
const ENTRIES: usize = 30;

/// A commit that touched more pages than this is one entry.
const PAGES: usize = 5;

impl Maker<'_> {
    /// Returns the newest entries of a feed.
    pub(super) fn entries(&self, scope: Scope<'_>) -> Vec<Entry> {
        let (facts, site) = (self.facts, self.facts.input.site);
        if let Scope::Page(ix) = scope {
            let newest = site.pages[ix].revisions.len().min(ENTRIES);
            return (0..newest).map(|at| self.entry_of_page(ix, at)).collect();
        }
        let pages: Option<BTreeSet<PageIx>> = match scope {
            Scope::Domain(ix) => Some(site.domains[ix].pages.iter().copied().collect()),
            Scope::Kind(kind) => Some(site.pages_of_kind(kind).map(|(ix, _)| ix).collect()),
            Scope::Site | Scope::Person(_) | Scope::Page(_) => None,
        };
        let own: Option<&[usize]> = match scope {
            Scope::Person(ix) => Some(&facts.commits_of[ix.index()]),
            _ => None,
        };
        let mut entries = Vec::new();
        for change in &facts.changes {
            if entries.len() >= ENTRIES {
                break;
            }
            // Both are in the order of the commits.
            if own.is_some_and(|own| own.binary_search(&change.commit).is_err()) {
                continue;
            }
            let is_meant = |page: &Option<PageIx>| match (&pages, page) {
                (Some(pages), Some(page)) => pages.contains(page),
                (Some(_), None) => false,
                (None, _) => true,
            };
            self.entries_of(change, is_meant, &mut entries);
        }
        entries.truncate(ENTRIES);
        entries
    }

    fn entries_of(
        &self,
        change: &CommitChanges,
        is_meant: impl Fn(&Option<PageIx>) -> bool,
        entries: &mut Vec<Entry>,
    ) {
        let touched: Vec<(usize, Option<PageIx>)> =
            change.touched.iter().copied().filter(|(_, page)| is_meant(page)).collect();
        let has_removed = touched.iter().any(|(_, page)| page.is_none());
        if touched.len() > PAGES || has_removed {
            entries.push(self.entry_of_commit(change, &touched));
            return;
        }
        for page in touched.into_iter().filter_map(|(_, page)| page) {
            let revisions = &self.facts.input.site.pages[page].revisions;
            if let Some(at) = revisions.iter().position(|one| one.commit == change.commit) {
                entries.push(self.entry_of_page(page, at));
            }
        }
    }

    fn entry_of_page(&self, ix: PageIx, at: usize) -> Entry {
        let input = self.facts.input;
        let page = &input.site.pages[ix];
        let (commit, change) = input.site.revision(page.revisions[at]);
        let shown = &self.facts.shown;
        let is_shown = shown.of_page(ix).binary_search(&at).is_ok();
        let url = if is_shown { shown.url(input.site, ix, at) } else { page.history_url.clone() };
        let account = input.accounts.get(&difference::pair(input.site, input.theme, ix, at));
        let (summary, html) = match account {
            Some(Account::Told(told)) => self.told_in_brief(told),
            _ => (format!("+{} −{}", change.added, change.removed), String::new()),
        };
        let title = format!("{}: {}", page.title, commit.subject);
        let id = urn(&[&commit.id.to_string(), change.path.as_str()]);
        self.entry((page.revisions[at].commit, commit), id, title, &url, (summary, html))
    }

    fn entry_of_commit(
        &self,
        change: &CommitChanges,
        touched: &[(usize, Option<PageIx>)],
    ) -> Entry {
        let site = self.facts.input.site;
        let commit = &site.history.commits[change.commit];
        let names = touched.iter().map(|(at, page)| match page {
            Some(page) => site.pages[*page].title.clone(),
            None => {
                let path = commit.changes[*at].path.as_str();
                self.say_with("feed.removed", &[("path", path)])
            }
        });
        let names: Vec<String> = names.collect();
        let items: String =
            names.iter().map(|name| format!("<li>{}</li>\n", escape(name))).collect();
        let told = (names.join(", "), format!("<ul>\n{items}</ul>\n"));
        let id = urn(&[&commit.id.to_string()]);
        let title = commit.subject.clone();
        self.entry((change.commit, commit), id, title, &UrlPath::of_page("changes"), told)
    }

    fn entry(
        &self,
        commit: (usize, &Commit),
        id: String,
        title: String,
        url: &UrlPath,
        (summary, html): (String, String),
    ) -> Entry {
        let site = self.facts.input.site;
        let (index, commit) = commit;
        let authors = site.writers(index).iter();
        let authors = authors.map(|person| site.people[*person].name.clone()).collect();
        Entry { id, title, url: self.full(url), at: site.moment(commit), authors, summary, html }
    }

    /// Returns what changed as a line of text and as HTML.
    fn told_in_brief(&self, told: &Told) -> (String, String) {
        let summary = self.what_in_all(&told.body.changes);
        let mut html = String::new();
        if !told.fields.is_empty() {
            html.push_str("<ul>\n");
            for field in &told.fields {
                let (name, before, after) =
                    (escape(&field.name), escape(&field.before), escape(&field.after));
                html.push_str(&format!(
                    "<li>{name}: <del>{before}</del> → <ins>{after}</ins></li>\n"
                ));
            }
            html.push_str("</ul>\n");
        }
        match told.body.brief.as_str() {
            "" if !told.body.changes.is_empty() => {
                let line = escape(&summary);
                let large = escape(&self.say("feed.large"));
                html.push_str(&format!("<p>{line}. {large}</p>\n"));
            }
            brief => html.push_str(brief),
        }
        let named = told.fields.iter().map(|field| field.name.as_str());
        let all: Vec<&str> = std::iter::once(summary.as_str()).chain(named).collect();
        (all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "), html)
    }
}
