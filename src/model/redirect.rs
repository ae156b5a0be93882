//! Addresses that pages had, and where they lead today.
//!
//! An address is kept for a page that
//!
//! 1. names it in its front matter: `redirect-from`; an alias with a `/` in it or with the ending of a page, from the site's
//!    root (`./` and `../` count from the page's folder); an alias of one word, beside the page; the address that another
//!    tool gave it (`permalink`, `slug`);
//! 2. had it under an earlier name, as git tells: the page that had it last has it still;
//! 3. was removed while it had it: then the address tells who removed it, when and why.
//!
//! Invariant: no address of something that is there is ever in the table. So every entry leads to a page that stays where
//! it is, and there are no chains and no loops.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Table;
use crate::base::path::{join, path_key, percent_decode, without_page_ending};
use crate::base::{Diagnostic, Diagnostics, SourcePath, UrlPath, fold};
use crate::history::{ChangeKind, History, Removal, Revision};
use crate::source::{Excluded, Text};

use super::folder::Folders;
use super::route::{Owner, Routes, index_rank, plain_id};
use super::{Page, PageIx};

/// Former addresses by what they were.
#[derive(Debug, Clone, Default)]
pub struct Redirects {
    by_key: BTreeMap<String, Redirect>,
    by_name: BTreeMap<String, Vec<PageIx>>,
    /// Addresses that differ in letter case only from one where something stands, with that one. Where letter case does not
    /// count, both are the same file, so that nothing can be written there.
    pub respelled: Vec<(UrlPath, UrlPath)>,
}

/// A former address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The address.
    pub from: UrlPath,
    /// Where it leads.
    pub to: Destination,
}

/// Where a former address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To a page.
    Page(PageIx),
    /// To what is told of a page that is no more: its index in [`History::removals`].
    Removed(usize),
}

impl Redirects {
    /// Returns all, sorted by address.
    pub fn iter(&self) -> impl Iterator<Item = &Redirect> {
        self.by_key.values()
    }

    /// Returns where a former address or path of a file leads: `old/page`, `old/page.md`, `old/README.md`, in any letter case.
    pub fn find(&self, path: &str) -> Option<Destination> {
        self.at(path).map(|redirect| redirect.to)
    }

    /// Returns the former address that [`Self::find`] finds.
    pub fn at(&self, path: &str) -> Option<&Redirect> {
        let key = path_key(path.trim_matches('/'));
        let stem = without_page_ending(&key);
        let folder = [stem.strip_suffix("/index"), stem.strip_suffix("/readme")];
        let keys = [Some(key.as_str()), Some(stem)].into_iter().chain(folder).flatten();
        keys.filter_map(|key| self.by_key.get(key)).next()
    }

    /// Returns the only page whose file had this name once.
    pub fn named(&self, name: &str) -> Option<PageIx> {
        match self.by_name.get(&fold::key(name)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }
}

/// What redirects follow from.
pub(super) struct Gatherer<'a> {
    pub(super) pages: &'a Table<PageIx, Page>,
    pub(super) history: &'a History,
    pub(super) folders: &'a Folders,
    pub(super) routes: &'a Routes,
    /// Files beside pages, by key.
    pub(super) files: &'a BTreeMap<String, SourcePath>,
    /// What is no part of the site, and never was.
    pub(super) excluded: &'a Excluded,
    /// The path of the source in its repository, with `/` at its end.
    pub(super) prefix: &'a str,
    /// The site's own address.
    pub(super) url: Option<&'a str>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Gatherer<'_> {
    pub(super) fn gather(mut self) -> Redirects {
        let mut redirects = Redirects::default();
        self.take_aliases(&mut redirects);
        self.take_history(&mut redirects);
        redirects
    }

    /// Returns whether something is at an address today.
    fn is_living(&self, key: &str) -> bool {
        key.is_empty() || self.routes.owner(key).is_some() || self.files.contains_key(key)
    }

    fn take_aliases(&mut self, redirects: &mut Redirects) {
        let pages = self.pages;
        let mut quiet = Vec::new();
        for (ix, page) in pages.iter() {
            let front = &page.document.front_matter;
            for from in &front.redirect_from {
                if let Some(address) = address_of(&from_root(&from.text), "", self.url) {
                    self.take_alias(redirects, ix, from, address.1);
                }
            }
            for alias in &front.aliases {
                match address_of(&alias.text, page.path.folder(), self.url) {
                    Some((Sort::Path, address)) => self.take_alias(redirects, ix, alias, address),
                    Some((Sort::Name, address)) => quiet.push((ix, address)),
                    None => {}
                }
            }
            quiet.extend(self.elsewhere(page).into_iter().map(|address| (ix, address)));
        }
        // What was meant as a name, or for another tool, is told nothing of and gives way.
        for (ix, from) in quiet {
            let key = key(&from);
            if !self.is_living(&key) {
                let to = Destination::Page(ix);
                redirects.by_key.entry(key).or_insert(Redirect { from, to });
            }
        }
    }

    /// Returns the addresses that another tool gives a page.
    fn elsewhere(&self, page: &Page) -> Vec<UrlPath> {
        let front = &page.document.front_matter;
        let permalink = front.permalink.as_ref().map(|link| from_root(&link.text));
        // The last part of an index's address is the name of its folder.
        let own = if page.is_index() { &page.id } else { page.path.as_str() };
        let beside = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slug = front.slug.as_ref().map(|slug| match slug.text.as_str() {
            text if text.starts_with('/') => text.to_owned(),
            text => format!("/{beside}/{text}"),
        });
        let addresses = permalink.into_iter().chain(slug);
        addresses.filter_map(|text| address_of(&text, "", self.url)).map(|(_, url)| url).collect()
    }

    fn take_alias(&mut self, redirects: &mut Redirects, ix: PageIx, alias: &Text, from: UrlPath) {
        let page = &self.pages[ix];
        let key = key(&from);
        if let Some(owner) = self.routes.owner(&key) {
            if *owner != Owner::Page(page.path.clone()) {
                self.report_taken(page, alias, &from, &owner.to_string());
            }
            return;
        }
        if let Some(file) = self.files.get(&key) {
            self.report_taken(page, alias, &from, &format!("`{file}`"));
            return;
        }
        match redirects.by_key.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(Redirect { from, to: Destination::Page(ix) });
            }
            Entry::Occupied(entry) => {
                if let Destination::Page(other) = entry.get().to
                    && other != ix
                {
                    self.report_shared(page, alias, &from, &self.pages[other].path.clone());
                }
            }
        }
    }

    fn report_taken(&mut self, page: &Page, alias: &Text, from: &UrlPath, owner: &str) {
        let message = format!("{owner} has the address {from}; this alias leads nobody here");
        let place = page.document.place(alias.span.clone());
        let diagnostic = Diagnostic::new("alias-taken", message).at(place);
        self.diagnostics.push(diagnostic.help("take the alias away, or move what stands there"));
    }

    fn report_shared(&mut self, page: &Page, alias: &Text, from: &UrlPath, other: &SourcePath) {
        let message = format!("`{other}` has the alias {from} too; the address leads there");
        let place = page.document.place(alias.span.clone());
        let diagnostic = Diagnostic::new("alias-shared", message).at(place);
        self.diagnostics.push(diagnostic.help("take the alias away from one of the two pages"));
    }

    fn take_history(&self, redirects: &mut Redirects) {
        let mut claims = Claims::default();
        for (ix, page) in self.pages.iter() {
            let mut paths = self.paths(page.revisions.iter().copied());
            paths.remove(page.path.as_str());
            for (path, until) in paths {
                let path = SourcePath::new(path);
                if index_rank(&path).is_none() && path.stem() != page.path.stem() {
                    let named = redirects.by_name.entry(fold::key(path.stem())).or_default();
                    named.push(ix);
                    named.dedup();
                }
                self.claim(&mut claims, &path, until, Destination::Page(ix));
            }
        }
        let holders = self.holders();
        for (index, removal) in self.history.removals.iter().enumerate() {
            let to =
                self.twin(&holders, removal).map_or(Destination::Removed(index), Destination::Page);
            let all = std::iter::once(removal.revision).chain(removal.earlier.iter().copied());
            for (path, until) in self.paths(all) {
                self.claim(&mut claims, &SourcePath::new(path), until, to);
            }
        }
        self.prefer_fronts(&mut claims);
        for (key, (_, redirect)) in claims.newest {
            redirects.by_key.entry(key).or_insert(redirect);
        }
        redirects.respelled = self.respelled(redirects, claims.spellings);
    }

    /// Gives the address that the front of a folder has, or would have, beside a better one to that front.
    fn prefer_fronts(&self, claims: &mut Claims) {
        for (ix, page) in self.pages.iter().filter(|(_, page)| page.is_index()) {
            let own = claims.newest.get_mut(&path_key(&plain_id(&page.path)));
            if let Some((_, redirect)) = own {
                redirect.to = Destination::Page(ix);
            }
        }
    }

    /// Returns the addresses where nothing can stand, as their other spelling has it.
    fn respelled(
        &self,
        redirects: &Redirects,
        spellings: BTreeSet<String>,
    ) -> Vec<(UrlPath, UrlPath)> {
        let pages = self.pages.rows().iter().map(|page| &page.url);
        let folders = self.folders.values().map(|folder| &folder.url);
        let living: BTreeMap<String, &UrlPath> =
            folders.chain(pages).map(|url| (key(url), url)).collect();
        let stands = |from: &UrlPath| {
            let former = redirects.by_key.get(&key(from)).map(|redirect| &redirect.from);
            former.or_else(|| living.get(&key(from)).copied()).filter(|there| *there != from)
        };
        let spellings = spellings.into_iter().map(|id| UrlPath::of_page(&id));
        spellings.filter_map(|from| Some((from.clone(), stands(&from)?.clone()))).collect()
    }

    /// Returns the paths that revisions name, relative to the source, and the newest commit that knew each.
    fn paths(&self, revisions: impl Iterator<Item = Revision>) -> BTreeMap<&str, usize> {
        let mut paths: BTreeMap<&str, usize> = BTreeMap::new();
        for revision in revisions {
            let change = &self.history.commits[revision.commit].changes[revision.change];
            let from = match &change.kind {
                ChangeKind::Renamed { from } => Some(from),
                _ => None,
            };
            for path in std::iter::once(&change.path).chain(from) {
                if let Some(below) = path.as_str().strip_prefix(self.prefix) {
                    let until = paths.entry(below).or_insert(revision.commit);
                    *until = (*until).min(revision.commit);
                }
            }
        }
        paths
    }

    /// Gives the addresses of a path to who had it last; smaller numbers are newer commits.
    fn claim(&self, claims: &mut Claims, path: &SourcePath, until: usize, to: Destination) {
        if self.excluded.excludes(path) {
            return;
        }
        for id in ids(path) {
            let from = UrlPath::of_page(&id);
            let key = key(&from);
            let is_newest = claims.newest.get(&key).is_none_or(|(known, _)| until < *known);
            if is_newest && !self.is_living(&key) {
                claims.newest.insert(key, (until, Redirect { from, to }));
            }
            claims.spellings.insert(id);
        }
    }

    /// Returns which page has, or had, a text; `None` where several did.
    fn holders(&self) -> BTreeMap<[u8; 20], Option<PageIx>> {
        let mut holders: BTreeMap<[u8; 20], Option<PageIx>> = BTreeMap::new();
        for (ix, page) in self.pages.iter() {
            for revision in &page.revisions {
                let change = &self.history.commits[revision.commit].changes[revision.change];
                if let Some(text) = change.blob {
                    let holder = holders.entry(text).or_insert(Some(ix));
                    *holder = holder.filter(|holder| *holder == ix);
                }
            }
        }
        holders
    }

    /// Returns the page that has, or had, the last text of a removed one: it was moved in two commits, or was a copy.
    fn twin(
        &self,
        holders: &BTreeMap<[u8; 20], Option<PageIx>>,
        removal: &Removal,
    ) -> Option<PageIx> {
        let change =
            |revision: &Revision| &self.history.commits[revision.commit].changes[revision.change];
        // Short texts are often alike.
        if change(&removal.revision).removed < 10 {
            return None;
        }
        let last = removal.earlier.iter().find_map(|revision| change(revision).blob)?;
        holders.get(&last).copied().flatten()
    }
}

/// Who asks for which address.
#[derive(Default)]
struct Claims {
    /// For each address the newest commit that knew it, and where it leads.
    newest: BTreeMap<String, (usize, Redirect)>,
    /// The ids of all addresses, as they were spelt.
    spellings: BTreeSet<String>,
}

/// Returns the ids of the addresses that a page at a path can have had: an index has that of its folder, or, where there
/// was a better one, its own.
fn ids(path: &SourcePath) -> Vec<String> {
    let plain = plain_id(path);
    if index_rank(path).is_some() { vec![path.folder().to_owned(), plain] } else { vec![plain] }
}

fn key(address: &UrlPath) -> String {
    path_key(address.as_str().trim_end_matches('/'))
}

/// Returns an address of a field that holds nothing but addresses from the root.
fn from_root(text: &str) -> String {
    let is_whole = text.contains("://") || text.starts_with('/');
    if is_whole { text.to_owned() } else { format!("/{text}") }
}

/// What an alias was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// An address or a path.
    Path,
    /// A name of one word.
    Name,
}

/// The longest part of a path that file systems take.
const LONGEST_PART: usize = 255;

/// Returns the address that an alias of a page in `folder` means; `None` for names of several words, addresses of other
/// sites, and what no file can stand for.
fn address_of(alias: &str, folder: &str, url: Option<&str>) -> Option<(Sort, UrlPath)> {
    let alias = alias.trim();
    let own = url.and_then(|url| alias.strip_prefix(url)).filter(|rest| rest.starts_with('/'));
    let alias = own.unwrap_or(alias).split('#').next().unwrap_or_default();
    let is_path = alias.contains('/') || without_page_ending(alias) != alias;
    let is_word = !alias.contains(char::is_whitespace);
    if alias.contains("://") || alias.starts_with("//") || alias.contains(['?', '\\']) {
        return None;
    }
    if !is_path && !is_word {
        return None;
    }
    let from =
        if !is_path || alias.starts_with("./") || alias.starts_with("../") { folder } else { "" };
    let path = join(from, &percent_decode(alias))?;
    let is_fit = |part: &str| {
        !part.starts_with('.') && part.len() <= LONGEST_PART && !part.contains(char::is_control)
    };
    if path.is_empty() || !path.split('/').all(is_fit) {
        return None;
    }
    let sort = if is_path { Sort::Path } else { Sort::Name };
    Some((sort, url_of(&path)))
}

fn url_of(path: &str) -> UrlPath {
    let stem = without_page_ending(path);
    let is_index = |name: &str| matches!(name.to_lowercase().as_str(), "index" | "readme");
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    if stem == path {
        UrlPath::of_page(path)
    } else if is_index(name) {
        UrlPath::of_page(folder)
    } else if path.ends_with("html") || path.ends_with("htm") {
        UrlPath::of_file(path)
    } else {
        UrlPath::of_page(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(alias: &str, expect: Option<(Sort, &str)>) {
        let found = address_of(alias, "ops/team", Some("https://wiki.example/base"));
        let found = found.as_ref().map(|(sort, url)| (*sort, url.as_str()));
        assert_eq!(found, expect, "{alias}");
    }

    #[test]
    fn aliases_are_addresses_or_names() {
        check("/old/path/", Some((Sort::Path, "old/path/")));
        check("old/path", Some((Sort::Path, "old/path/")));
        check("old/path.md", Some((Sort::Path, "old/path/")));
        check("old/README.md", Some((Sort::Path, "old/")));
        check("/old/page.html", Some((Sort::Path, "old/page.html")));
        check("/old/index.html", Some((Sort::Path, "old/")));
        check("/old/page.php", Some((Sort::Path, "old/page.php/")));
        check("../old", Some((Sort::Path, "ops/old/")));
        check("/a%20b/#c", Some((Sort::Path, "a b/")));
        check("https://wiki.example/base/x/", Some((Sort::Path, "x/")));
        check("Declaraties", Some((Sort::Name, "ops/team/Declaraties/")));
    }

    #[test]
    fn what_no_file_can_stand_for_is_no_address() {
        for alias in
            ["Claiming expenses", "https://other.example/x/", "//x/y", "/a?b=c", "../../../x"]
        {
            check(alias, None);
        }
        for alias in ["/", "/.htaccess", "a/../../..", "a\\b/c", "/a\u{7}/", &"x".repeat(300)] {
            check(alias, None);
        }
    }
}
