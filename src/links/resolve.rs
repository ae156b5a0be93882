//! From what authors wrote to where it leads.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use rayon::prelude::*;

use crate::base::path::{self, path_key};
use crate::base::{Diagnostic, Diagnostics, Outcome, Place, SourcePath};
use crate::config::Config;
use crate::markdown::{self, Form};
use crate::model::{Destination, Page, PageIx, Refusal, Site};

use super::address::{self, Guess, Sort};
use super::brackets;
use super::embed::{self, Embeds};
use super::fragment::Fragments;
use super::graph::{Derived, LinkGraph};
use super::link::Link;
use super::meant::Meant;
use super::report::{Findings, Reporter};
use super::target::Target;
use super::wiki::{self, Named};
use super::{former, fragment, mention, unpublished};

/// Resolves every link of a site.
///
/// Ordinary links are paths: see `address::find` for the order in which they are tried; addresses on the site's own git host
/// that name a file of the source lead to its page. Wikilinks are names: see `wiki::find`. Whatever leads nowhere
/// is reported with what might have been meant; where something had to be guessed, a note says so.
pub fn resolve(site: &Site, config: &Config) -> Outcome<LinkGraph> {
    let ids: Vec<PageIx> = site.pages.ids().collect();
    let meant = Meant::new(site, config);
    let fragments = Fragments::new(site);
    let mut resolved: Vec<(Vec<Link>, Findings)> =
        ids.par_iter().map(|ix| resolve_page(site, config, (&meant, &fragments), *ix)).collect();
    if brackets::mean_something_else(resolved.iter().flat_map(|(links, _)| links)) {
        for (links, findings) in &mut resolved {
            brackets::as_text(links, findings);
        }
    }
    let mut diagnostics = Diagnostics::new();
    let mut pages = Vec::with_capacity(resolved.len());
    for (links, findings) in resolved {
        diagnostics.extend(findings.wanted);
        diagnostics.extend(findings.others);
        pages.push(links);
    }
    let unfolded: Vec<(Embeds, Vec<Diagnostic>)> =
        ids.par_iter().map(|ix| embed::unfold(site, &fragments, &pages, *ix)).collect();
    let mut embeds = Vec::with_capacity(unfolded.len());
    for (of_page, found) in unfolded {
        diagnostics.extend(found);
        embeds.push(of_page);
    }
    let derived = Derived { embeds, mentions: mention::gather(site, &pages) };
    Outcome { value: LinkGraph::new(site, pages, derived), diagnostics }
}

fn resolve_page(
    site: &Site,
    config: &Config,
    (meant, fragments): (&Meant<'_>, &Fragments<'_>),
    ix: PageIx,
) -> (Vec<Link>, Findings) {
    let page = &site.pages[ix];
    let reporter = Reporter::new(site, page, meant);
    let mut resolver = Resolver { site, config, page, ix, fragments, reporter };
    let mut places = page.document.places();
    let mut links: Vec<Link> = Vec::with_capacity(page.document.outline.links.len());
    // Whatever is written twice leads to the same, and the same is told of it.
    let mut known: HashMap<(Form, &str), (usize, Range<usize>)> = HashMap::new();
    for link in &page.document.outline.links {
        let span = resolver.in_file(&link.span);
        let place = places.at(span.clone());
        let target = match known.entry((link.form, &*link.dest)) {
            Entry::Occupied(entry) => {
                let (first, told) = entry.get();
                resolver.reporter.tell_again(told.clone(), &place);
                links[*first].target.clone()
            }
            Entry::Vacant(entry) => {
                let before = resolver.reporter.count();
                let target = resolver.target(link, &place);
                entry.insert((links.len(), before..resolver.reporter.count()));
                target
            }
        };
        links.push(Link {
            from: ix,
            form: link.form,
            dest: link.dest.clone(),
            sentence: link.sentence.clone(),
            span,
            place,
            target,
        });
    }
    (links, resolver.reporter.finish())
}

struct Resolver<'a> {
    site: &'a Site,
    config: &'a Config,
    page: &'a Page,
    ix: PageIx,
    fragments: &'a Fragments<'a>,
    reporter: Reporter<'a>,
}

impl Resolver<'_> {
    fn target(&mut self, link: &markdown::Link, place: &Place) -> Target {
        match link.form {
            Form::Wiki | Form::WikiEmbed => self.wiki(link, place),
            Form::Link | Form::Image | Form::HtmlLink | Form::HtmlImage => {
                self.address(link, place)
            }
        }
    }

    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.page.document.body_start;
        span.start + start..span.end + start
    }

    fn address(&mut self, link: &markdown::Link, place: &Place) -> Target {
        let dest = link.dest.trim();
        let own = self.own_path(dest);
        let dest = own.as_deref().unwrap_or(dest);
        match address::sort(dest) {
            Sort::Web => return Target::External(dest.to_owned()),
            Sort::Macro => {
                self.reporter.macro_link(dest, place);
                return Target::Text;
            }
            Sort::Unsafe => {
                self.reporter.unsafe_link(dest, place);
                return Target::Text;
            }
            Sort::Local => {}
        }
        let parts = address::parts(dest);
        let fragment = parts.fragment.as_deref();
        if parts.path.is_empty() {
            return self.page_target(self.ix, fragment, place);
        }
        // A name may hold `%3F` itself.
        let found = self.find(&parts.path).or_else(|| self.find(parts.written));
        let found = fragment
            .and_then(|fragment| self.served_with_place(found.as_ref(), &parts.path, fragment))
            .or(found);
        if let Some((found, guess)) = found {
            if let Some(guess) = guess {
                self.reporter.guessed(guess, parts.written, &self.spelt(&found), place);
            }
            return match found {
                address::Found::Page(page) => self.page_target(page, fragment, place),
                address::Found::Generated(url) => Target::Generated(url),
                address::Found::File(file) => self.file_target(file, link.form, fragment, place),
            };
        }
        if let Some(absence) = unpublished::at_path(self.site, self.page, &parts.path) {
            self.reporter.unpublished(&parts.path, absence, place);
            return Target::Text;
        }
        match former::at_path(self.site, self.page, &parts.path) {
            Some(Destination::Page(page)) => {
                self.reporter.moved(page, place);
                self.page_target(page, fragment, place)
            }
            gone => self.nowhere(dest, &parts.path, gone, place),
        }
    }

    /// Returns the page that a path leads to where its own page is served as a folder, if that one has the place which the page
    /// by that path has not: a translation has the headings of its language, and the original at the same path has not.
    fn served_with_place(
        &self,
        found: Option<&(address::Found, Option<Guess>)>,
        path: &str,
        fragment: &str,
    ) -> Option<(address::Found, Option<Guess>)> {
        let Some((address::Found::Page(page), _)) = found else { return None };
        if path.starts_with('/') || self.has_place(*page, fragment) {
            return None;
        }
        match address::as_served(self.site, self.page, path)? {
            address::Found::Page(other) if self.has_place(other, fragment) => {
                Some((address::Found::Page(other), Some(Guess::Served)))
            }
            _ => None,
        }
    }

    fn has_place(&self, page: PageIx, name: &str) -> bool {
        let of_title = self.site.pages[page].title_anchor.as_ref();
        of_title.is_some_and(|anchor| fragment::is_title(anchor, name))
            || self.fragments.of(page).find(name) != fragment::Found::Missing
            || former::heading(self.site, page, name).is_some()
    }

    fn find(&self, path: &str) -> Option<(address::Found, Option<Guess>)> {
        address::find(self.site, self.config, self.page, path)
    }

    /// Returns the path at which something is, as it is spelt on disk.
    fn spelt(&self, found: &address::Found) -> String {
        match found {
            address::Found::Page(page) => self.site.pages[*page].path.to_string(),
            address::Found::Generated(url) => url.as_str().to_owned(),
            address::Found::File(file) => file.to_string(),
        }
    }

    /// Returns the path from the root of the source of a whole address that means something of the source: on its git host, or
    /// where the site will be read.
    fn own_path(&self, dest: &str) -> Option<String> {
        let is_known = |below: &str| {
            let path = format!("/{}", address::parts(below).path);
            let is_known = self.find(&path).is_some()
                || former::at_path(self.site, self.page, &path).is_some();
            is_known.then(|| format!("/{below}"))
        };
        let host = self.config.git_host.as_ref();
        let on_host = host.map(|host| host.own_paths(dest)).unwrap_or_default();
        let prefix = self.site.prefix.as_str();
        let on_host =
            on_host.into_iter().find_map(|path| path.strip_prefix(prefix).and_then(is_known));
        on_host.or_else(|| {
            let below = dest.strip_prefix(self.config.url.as_deref()?)?;
            is_known(below.strip_prefix('/')?)
        })
    }

    fn page_target(&mut self, page: PageIx, fragment: Option<&str>, place: &Place) -> Target {
        match fragment {
            Some(fragment) => self.place_in(page, fragment, place),
            None => Target::Page { page, anchor: None },
        }
    }

    /// Returns the file, or the page that shows its text; its page on the git host if it is not published, or if a line of it
    /// is meant.
    fn file_target(
        &mut self,
        file: SourcePath,
        form: Form,
        fragment: Option<&str>,
        place: &Place,
    ) -> Target {
        let line = fragment.filter(|fragment| fragment::is_line(fragment));
        let is_code = self.site.code_files.contains_key(&file);
        if is_code && !matches!(form, Form::Image | Form::HtmlImage) {
            return Target::Code { file, line: line.and_then(fragment::first_line) };
        }
        match self.site.refused.get(&file) {
            Some(Refusal::Secret) => {
                self.reporter.secret(&file, place);
                return Target::File(file);
            }
            Some(Refusal::Unreadable) => {
                self.reporter.unreadable(&file, place);
                return Target::File(file);
            }
            _ => {}
        }
        let is_withheld = self.site.is_withheld(&file) && !self.site.pointers.contains(&file);
        if let Some(host) = self.config.git_host.as_ref().filter(|_| line.is_some() || is_withheld)
        {
            let address = host.source(&format!("{}{file}", self.site.prefix));
            let line = line.map(|line| format!("#{line}")).unwrap_or_default();
            return Target::External(format!("{address}{line}"));
        }
        if is_withheld && !self.site.unsafe_files.contains(&file) {
            let why = self.site.refused.get(&file).copied();
            self.reporter.withheld(&file, why, place);
        }
        Target::File(file)
    }

    /// What no page and no file of the source is.
    fn nowhere(
        &mut self,
        dest: &str,
        path: &str,
        former: Option<Destination>,
        place: &Place,
    ) -> Target {
        if let Some(target) = self.on_host(path) {
            return target;
        }
        if let Some(address) = address::with_scheme(dest) {
            self.reporter.without_scheme(dest, &address, place);
            return Target::External(address);
        }
        match former {
            Some(Destination::Removed(removal)) => self.reporter.removed(path, removal, place),
            _ if self.full_path(path).is_some_and(|full| self.holds_files(&full)) => {
                self.reporter.folder_of_files(path, place);
            }
            _ => self.reporter.broken(path, place),
        }
        Target::Missing
    }

    fn full_path(&self, path: &str) -> Option<String> {
        let folder = if path.starts_with('/') { "" } else { self.page.path.folder() };
        path::join(folder, path)
    }

    fn holds_files(&self, folder: &str) -> bool {
        let start = format!("{}/", path_key(folder));
        let next = self.site.files.range(start.clone()..).next();
        !folder.is_empty() && next.is_some_and(|(key, _)| key.starts_with(&start))
    }

    /// Returns the git host's page of a file that lies in the repository but outside the source, or of a folder without pages.
    fn on_host(&self, path: &str) -> Option<Target> {
        let host = self.config.git_host.as_ref()?;
        let prefix = self.site.prefix.as_str();
        if let Some(folder) = self.full_path(path).filter(|full| self.holds_files(full)) {
            return Some(Target::External(host.source(&format!("{prefix}{folder}"))));
        }
        let folder = match &self.page.target {
            Some(target) => target.folder().to_owned(),
            None => format!("{prefix}{}", self.page.path.folder()),
        };
        let full = path::join(&folder, path).filter(|_| !path.starts_with('/'))?;
        let is_outside = !format!("{full}/").starts_with(prefix);
        is_outside.then(|| Target::External(host.source(&full)))
    }

    fn wiki(&mut self, link: &markdown::Link, place: &Place) -> Target {
        let dest = wiki::without_vault(&link.dest);
        let (name, fragment) = match dest.split_once('#') {
            // A `#` may be part of a name: `C#`.
            Some((name, _)) if self.is_named(dest) && !self.is_named(name) => (dest, None),
            Some((name, fragment)) => (name, Some(fragment)),
            None => (dest, None),
        };
        if name.trim().is_empty() {
            return match fragment {
                Some(fragment) => self.place_in(self.ix, fragment, place),
                None => Target::Text,
            };
        }
        if address::sort(name) == Sort::Web {
            return Target::External(link.dest.to_string());
        }
        let page = match wiki::find(self.site, self.config, self.page, name) {
            Named::Page(page) => page,
            Named::Loosely(page) => {
                let path = self.site.pages[page].path.to_string();
                self.reporter.guessed(Guess::Loose, name, &path, place);
                page
            }
            Named::File(file) => return self.file_target(file, link.form, fragment, place),
            Named::Several(pages) => {
                self.reporter.ambiguous(name, &pages, place);
                pages[0]
            }
            Named::Nothing => {
                if let Some(absence) = unpublished::named(self.site, self.page, name) {
                    self.reporter.unpublished(name, absence, place);
                    return Target::Text;
                }
                let Some(page) = former::named(self.site, self.page, name) else {
                    self.reporter.wanted(name, place);
                    return Target::Missing;
                };
                self.reporter.moved(page, place);
                page
            }
        };
        self.page_target(page, fragment, place)
    }

    fn is_named(&self, name: &str) -> bool {
        wiki::find(self.site, self.config, self.page, name) != Named::Nothing
    }

    /// Returns the place in a page that a fragment names; the page itself, with a finding, if there is none.
    fn place_in(&mut self, page: PageIx, name: &str, place: &Place) -> Target {
        let of_title = self.site.pages[page].title_anchor.as_ref();
        if let Some(anchor) = of_title.filter(|anchor| fragment::is_title(anchor, name)) {
            return Target::Page { page, anchor: Some(anchor.clone()) };
        }
        let ids = self.fragments.of(page);
        let anchor = match ids.find(name) {
            fragment::Found::Anchor(anchor) => Some(anchor),
            fragment::Found::Page => None,
            fragment::Found::Missing => match former::heading(self.site, page, name) {
                Some(anchor) => {
                    self.reporter.renamed_heading(page, name, anchor, place);
                    Some(anchor.to_owned())
                }
                None => {
                    self.reporter.missing_place(page, name, ids, place);
                    None
                }
            },
        };
        Target::Page { page, anchor }
    }
}
