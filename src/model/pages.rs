//! From documents to the table of pages: addresses, titles, kinds.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::id::Table;
use crate::base::{Diagnostic, Diagnostics, Place, SourcePath, UrlPath, fold, suggest};
use crate::config::Config;
use crate::history::{History, Revision};
use crate::source::Document;
use crate::theme::Kinds;

use super::folder::ancestors;
use super::language::Languages;
use super::route::{Owner, Routes, index_rank, plain_id};
use super::title::{readable, site_name, title, title_anchor};
use super::{Dates, FormerAnchors, Page, PageIx, Pending, State};

/// Addresses that Polder fills itself; a page of the source at one of them becomes its introduction.
const GENERATED: [&str; 4] = ["people", "domains", "changes", "search"];

/// What pages are made from.
pub(super) struct Gatherer<'a> {
    pub(super) config: &'a Config,
    pub(super) languages: &'a Languages<'a>,
    pub(super) kinds: &'a Kinds,
    pub(super) history: &'a History,
    pub(super) outside: &'a BTreeMap<SourcePath, SourcePath>,
    pub(super) owners: &'a BTreeMap<SourcePath, Vec<String>>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Gatherer<'_> {
    /// Gives every document an address, its title and all that follows from it alone.
    pub(super) fn gather(
        &mut self,
        documents: &[Arc<Document>],
        routes: &mut Routes,
    ) -> Table<PageIx, Page> {
        let ids = self.page_ids(documents, routes);
        let mut pages =
            documents.iter().zip(ids).map(|(document, id)| self.page(document, id)).collect();
        hint_same_titles(&mut pages);
        pages
    }

    fn page_ids(&mut self, documents: &[Arc<Document>], routes: &mut Routes) -> Vec<String> {
        let mut best: BTreeMap<&str, (u8, &SourcePath)> = BTreeMap::new();
        for document in documents {
            if let Some(rank) = index_rank(&document.path) {
                let candidate = (rank, &document.path);
                let known = best.entry(document.path.folder()).or_insert(candidate);
                *known = (*known).min(candidate);
            }
        }
        let mut ids = vec![String::new(); documents.len()];
        let is_index =
            |path: &SourcePath| best.get(path.folder()).is_some_and(|(_, index)| *index == path);
        let (plain, index): (Vec<usize>, Vec<usize>) =
            (0..documents.len()).partition(|at| !is_index(&documents[*at].path));
        let wanted = |path: &SourcePath| {
            if is_index(path) { path.folder().to_owned() } else { plain_id(path) }
        };
        // A page of the source may stand there; one that only differs in letter case may not.
        for id in GENERATED {
            if documents.iter().all(|document| wanted(&document.path) != id) {
                routes.claim(id, Owner::List);
            }
        }
        // `git/README.md` has `/git/`, so that a folder's address is its index; `git.md` beside it gets another.
        for at in index.into_iter().chain(plain) {
            let path = &documents[at].path;
            let wanted = wanted(path);
            let other = routes.owner(&wanted).cloned();
            ids[at] = routes.claim(&wanted, Owner::Page(path.clone()));
            if let Some(other) = other {
                self.report_taken(path, &wanted, &other, &ids[at]);
            } else if index_rank(path).is_some() && !is_index(path) {
                let index = Owner::Page(best[path.folder()].1.clone());
                self.report_taken(path, path.folder(), &index, &ids[at]);
            }
        }
        ids
    }

    fn report_taken(&mut self, path: &SourcePath, wanted: &str, other: &Owner, given: &str) {
        let message =
            format!("{other} has the address /{wanted} already; this page is at /{given}/");
        let diagnostic =
            Diagnostic::new("address-taken", message).at(Place::of_file(path.as_str()));
        self.diagnostics.push(diagnostic.help("rename one of the two files"));
    }

    fn page(&mut self, document: &Arc<Document>, id: String) -> Page {
        let front = &document.front_matter;
        let is_index = id == document.path.folder();
        let title = title(document, is_index, &site_name(self.config));
        let kind = self.kind(document);
        self.check_status(document, &kind);
        Page {
            url: UrlPath::of_page(&id),
            history_url: UrlPath::of_page(""),
            path: document.path.clone(),
            title: title.text,
            title_in_body: title.in_body,
            title_anchor: title_anchor(document),
            hint: String::new(),
            status: front.status.as_ref().map(|status| status.text.clone()),
            kind,
            state: State::None,
            lang: self.languages.of_page(document),
            domains: Vec::new(),
            groups: Vec::new(),
            authors: Vec::new(),
            owner: None,
            code_owners: self.code_owners(document),
            review: None,
            created: None,
            updated: None,
            dates: Dates::default(),
            pending: self.pending(document),
            replies_to: None,
            former_anchors: FormerAnchors::default(),
            revisions: self.revisions(&document.path),
            target: self.outside.get(&document.path).cloned(),
            document: document.clone(),
            id,
        }
    }

    /// Returns what is not committed of a page. Where there is no history, nothing is expected to be.
    fn pending(&self, document: &Document) -> Option<Pending> {
        if self.history.commits.is_empty() {
            return None;
        }
        match self.history.texts.get(&document.path) {
            None => Some(Pending::New),
            Some(committed) if document.text_ids.contains(committed) => None,
            Some(_) => Some(Pending::Changed),
        }
    }

    fn code_owners(&self, document: &Document) -> Vec<String> {
        let says_itself = document.front_matter.owner.is_some();
        let owners = self.owners.get(&document.path).filter(|_| !says_itself);
        owners.cloned().unwrap_or_default()
    }

    /// A page that is a symbolic link has the past of what it leads to.
    fn revisions(&self, path: &SourcePath) -> Vec<Revision> {
        let target = self.outside.get(path).and_then(|target| self.history.outside.get(target));
        target.or_else(|| self.history.lineages.get(path)).cloned().unwrap_or_default()
    }

    /// Returns the kind that a page names, else that of its folder, else `page`.
    fn kind(&mut self, document: &Document) -> String {
        let of_folder = || {
            let known = ancestors(document.path.folder())
                .find_map(|folder| self.config.folders.get(folder));
            known.map_or("page", String::as_str).to_owned()
        };
        let Some(named) = &document.front_matter.kind else { return of_folder() };
        if self.kinds.get(&named.text).is_some() {
            return named.text.clone();
        }
        let known: Vec<&str> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        let help = suggest::closest(&named.text, known.iter().copied());
        let help = help.map_or_else(
            || format!("known kinds: {}", known.join(", ")),
            |kind| format!("did you mean `{kind}`?"),
        );
        let message = format!("unknown kind `{}`; shown as a plain page", named.text);
        let place = document.place(named.span.clone());
        self.diagnostics.push(Diagnostic::new("unknown-kind", message).at(place).help(help));
        of_folder()
    }

    /// A kind that has a list of statuses has no others. (`draft` is every page's.)
    fn check_status(&mut self, document: &Document, kind: &str) {
        let Some(status) = &document.front_matter.status else { return };
        let known = self.kinds.get(kind).map(|kind| kind.statuses.as_slice()).unwrap_or_default();
        let known: Vec<&str> = known.iter().map(|(status, _)| status.as_str()).collect();
        if known.is_empty() || known.contains(&status.text.as_str()) || status.text == "draft" {
            return;
        }
        let help = suggest::closest(&status.text, known.iter().copied());
        let help = help.map_or_else(
            || format!("statuses of `{kind}`: {}", known.join(", ")),
            |status| format!("did you mean `{status}`?"),
        );
        let message = format!("`{kind}` has no status `{}`", status.text);
        let place = document.place(status.span.clone());
        self.diagnostics.push(Diagnostic::new("unknown-status", message).at(place).help(help));
    }
}

/// Pages of one title are told apart by their folder.
fn hint_same_titles(pages: &mut Table<PageIx, Page>) {
    let mut by_title: BTreeMap<String, Vec<PageIx>> = BTreeMap::new();
    for (ix, page) in pages.iter() {
        by_title.entry(fold::key(&page.title)).or_default().push(ix);
    }
    for same in by_title.into_values().filter(|same| same.len() > 1) {
        for ix in same {
            let parent = if pages[ix].is_index() {
                pages[ix].path.folder().rsplit_once('/').map_or("", |(parent, _)| parent).to_owned()
            } else {
                pages[ix].path.folder().to_owned()
            };
            let words: Vec<String> =
                parent.split('/').filter(|part| !part.is_empty()).map(readable).collect();
            pages[ix].hint = words.join(" › ");
        }
    }
}
