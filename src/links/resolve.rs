//! From what authors wrote to where it leads.

use std::ops::Range;

use rayon::prelude::*;

use crate::base::text::LineIndex;
use crate::base::{Diagnostic, Diagnostics, Outcome, Place, fold, suggest};
use crate::config::Config;
use crate::markdown::{self, Form};
use crate::model::{Destination, Page, PageIx, Site};

use super::address::{self, Sort};
use super::graph::{Link, LinkGraph};
use super::target::Target;
use super::wiki::{self, Named};
use super::{former, fragment};

/// Resolves every link of a site.
///
/// Ordinary links are paths: see `address::find` for the order in which they are tried; addresses on the site's own git host
/// that name a file of the source lead to its page. Wikilinks are names: see `wiki::find`. Whatever leads nowhere
/// is reported with what might have been meant.
pub fn resolve(site: &Site, config: &Config) -> Outcome<LinkGraph> {
    let ids: Vec<PageIx> = site.pages.ids().collect();
    let resolved: Vec<(Vec<Link>, Diagnostics)> =
        ids.par_iter().map(|ix| resolve_page(site, config, *ix)).collect();
    let mut diagnostics = Diagnostics::new();
    let mut pages = Vec::with_capacity(resolved.len());
    for (links, found) in resolved {
        diagnostics.extend(found);
        pages.push(links);
    }
    Outcome { value: LinkGraph::new(pages), diagnostics }
}

fn resolve_page(site: &Site, config: &Config, ix: PageIx) -> (Vec<Link>, Diagnostics) {
    let page = &site.pages[ix];
    let lines = LineIndex::new(&page.document.text);
    let mut resolver = Resolver { site, config, page, ix, lines, found: Diagnostics::new() };
    let links = page.document.outline.links.iter().map(|link| resolver.link(link)).collect();
    (links, resolver.found)
}

struct Resolver<'a> {
    site: &'a Site,
    config: &'a Config,
    page: &'a Page,
    ix: PageIx,
    lines: LineIndex,
    found: Diagnostics,
}

impl Resolver<'_> {
    fn link(&mut self, link: &markdown::Link) -> Link {
        let place = self.place(&link.span);
        let target = match link.form {
            Form::Wiki | Form::WikiEmbed => self.wiki(link, &place),
            Form::Link | Form::Image | Form::HtmlLink | Form::HtmlImage => {
                self.address(link, &place)
            }
        };
        Link {
            from: self.ix,
            form: link.form,
            dest: link.dest.clone(),
            text: link.text.clone(),
            sentence: link.sentence.clone(),
            span: self.in_file(&link.span),
            place,
            target,
        }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let document = &self.page.document;
        let span = self.in_file(span);
        Place::in_lines(&self.lines, document.path.as_str(), &document.text, span)
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
            Sort::Macro => return Target::Text,
            Sort::Unsafe => {
                let message =
                    format!("`{dest}` is no address that a browser may follow; shown as text");
                self.report("unsafe-link", message, place, None);
                return Target::Text;
            }
            Sort::Local => {}
        }
        let parts = address::parts(dest);
        let fragment = parts.fragment.as_deref();
        if parts.path.is_empty() {
            return match (fragment, parts.query) {
                (Some(fragment), _) => self.place_in(self.ix, fragment, place),
                (None, _) => Target::Page { page: self.ix, anchor: None },
            };
        }
        match address::find(self.site, self.config, self.page, &parts.path) {
            Some(address::Found::Page(page)) => match fragment {
                Some(fragment) => self.place_in(page, fragment, place),
                None => Target::Page { page, anchor: None },
            },
            Some(address::Found::Generated(url)) => Target::Generated(url),
            Some(address::Found::File(file)) => Target::File(file),
            None => match former::at_path(self.site, self.page, &parts.path) {
                Some(Destination::Page(page)) => self.moved(page, fragment, place),
                gone => {
                    let elsewhere = self.elsewhere(&parts.path);
                    elsewhere.unwrap_or_else(|| self.broken(&parts.path, gone, place))
                }
            },
        }
    }

    /// Returns the path from the root of the source of an address on the site's own git host that means a file of the source.
    fn own_path(&self, dest: &str) -> Option<String> {
        let in_repository = self.config.git_host.as_ref()?.own_path(dest)?;
        let below = in_repository.strip_prefix(self.site.prefix.as_str())?;
        let path = address::parts(below).path;
        let path = format!("/{path}");
        let is_known = address::find(self.site, self.config, self.page, &path).is_some()
            || former::at_path(self.site, self.page, &path).is_some();
        is_known.then(|| format!("/{below}"))
    }

    /// Returns the git host's page of a file that lies in the repository but outside the source.
    fn elsewhere(&self, path: &str) -> Option<Target> {
        let host = self.config.git_host.as_ref()?;
        let folder = format!("{}{}", self.site.prefix, self.page.path.folder());
        let full = crate::base::path::join(&folder, path).filter(|_| !path.starts_with('/'))?;
        let is_outside = !format!("{full}/").starts_with(self.site.prefix.as_str());
        is_outside.then(|| Target::External(host.source(&full)))
    }

    fn wiki(&mut self, link: &markdown::Link, place: &Place) -> Target {
        let (name, fragment) = match link.dest.split_once('#') {
            Some((name, fragment)) => (name, Some(fragment)),
            None => (link.dest.as_str(), None),
        };
        if name.trim().is_empty() {
            return match fragment {
                Some(fragment) => self.place_in(self.ix, fragment, place),
                None => Target::Text,
            };
        }
        if address::sort(name) == Sort::Web {
            return Target::External(link.dest.clone());
        }
        let page = match wiki::find(self.site, self.page, name) {
            Named::Page(page) => page,
            Named::File(file) => return Target::File(file),
            Named::Several(pages) => {
                self.report_ambiguous(name, &pages, place);
                pages[0]
            }
            Named::Nothing => {
                return match former::named(self.site, self.page, name) {
                    Some(page) => self.moved(page, fragment, place),
                    None => self.wanted(name, place),
                };
            }
        };
        match fragment {
            Some(fragment) => self.place_in(page, fragment, place),
            None => Target::Page { page, anchor: None },
        }
    }

    /// Returns the place in a page that a fragment names; the page itself, with a finding, if there is none.
    fn place_in(&mut self, page: PageIx, name: &str, place: &Place) -> Target {
        let target = &self.site.pages[page];
        let anchor = match fragment::find(&target.document.outline, name) {
            fragment::Found::Anchor(anchor) => Some(anchor),
            fragment::Found::Page => None,
            fragment::Found::Missing(close) => {
                let message = format!("no heading `#{name}` in `{}`", target.path);
                let help = close.map(|close| format!("did you mean `#{close}`?"));
                self.report("missing-heading", message, place, help);
                None
            }
        };
        Target::Page { page, anchor }
    }

    fn report_ambiguous(&mut self, name: &str, pages: &[PageIx], place: &Place) {
        let paths: Vec<String> =
            pages.iter().take(4).map(|page| format!("`{}`", self.site.pages[*page].path)).collect();
        let message = format!("`{name}` names {} pages; the nearest is taken", pages.len());
        let help = format!("write the path of the page that you mean: {}", paths.join(", "));
        self.report("ambiguous-link", message, place, Some(help));
    }

    /// Returns a page that was at another path once.
    fn moved(&mut self, page: PageIx, fragment: Option<&str>, place: &Place) -> Target {
        let path = &self.site.pages[page].path;
        let message = format!("this page is called `{path}` now");
        let help = format!("write `{}`", relative(self.page.path.folder(), path.as_str()));
        let diagnostic = Diagnostic::new("moved-page", message).at(place.clone()).help(help);
        self.found.push(diagnostic);
        match fragment {
            Some(fragment) => self.place_in(page, fragment, place),
            None => Target::Page { page, anchor: None },
        }
    }

    fn wanted(&mut self, name: &str, place: &Place) -> Target {
        let help =
            self.suggest(name).unwrap_or_else(|| "write this page, or mend the link".to_owned());
        self.report("wanted-page", format!("no page is called `{name}` yet"), place, Some(help));
        Target::Missing
    }

    fn broken(&mut self, path: &str, former: Option<Destination>, place: &Place) -> Target {
        if let Some(Destination::Removed(removal)) = former {
            return self.removed(path, removal, place);
        }
        let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let help = self.suggest(stem);
        self.report("broken-link", format!("`{path}` leads to no page or file"), place, help);
        Target::Missing
    }

    fn removed(&mut self, path: &str, removal: usize, place: &Place) -> Target {
        let (commit, _) = self.site.revision(self.site.history.removals[removal].revision);
        let (on, by) = (commit.authored.date(), &commit.author.name);
        let message = format!("`{path}` leads to a page that {by} removed on {on}");
        let help = format!("take the link away; the reason was `{}`", commit.subject);
        self.report("broken-link", message, place, Some(help));
        Target::Missing
    }

    /// Returns “did you mean”, with the path from this page's folder.
    fn suggest(&self, name: &str) -> Option<String> {
        let key = fold::key(name);
        let close = match self.site.names.find(name) {
            Some((_, pages)) => pages[0],
            None => {
                let close = suggest::closest(&key, self.site.names.all())?;
                self.site.names.find(close).and_then(|(_, pages)| pages.first().copied())?
            }
        };
        let path = relative(self.page.path.folder(), self.site.pages[close].path.as_str());
        Some(format!("did you mean `{path}`?"))
    }

    fn report(&mut self, code: &'static str, message: String, place: &Place, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(code, message).at(place.clone());
        diagnostic.help = help;
        self.found.push(diagnostic);
    }
}

/// Returns the path of a file of the source seen from a folder of it.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(from.len() - common), to[common..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn paths_are_seen_from_a_folder() {
        assert_eq!(relative("a/b", "a/c/d.md"), "../c/d.md");
        assert_eq!(relative("", "a.md"), "a.md");
        assert_eq!(relative("a", "a/b.md"), "b.md");
    }
}
