//! Links to what a page was called once.

use crate::base::path;
use crate::markdown::heading_anchor;
use crate::model::{Destination, Page, PageIx, Site};

/// Returns what became of the page at a path, seen from the page's folder, from the page as it is served, or from the root.
pub(super) fn at_path(site: &Site, page: &Page, path: &str) -> Option<Destination> {
    let bases: &[&str] =
        if path.starts_with('/') { &[""] } else { &[page.path.folder(), page.id.as_str()] };
    let below = path.strip_prefix('/').and_then(|path| path.strip_prefix(site.prefix.as_str()));
    let joined = bases.iter().filter_map(|base| path::join(base, path));
    let in_repository = below.filter(|_| !site.prefix.is_empty()).map(str::to_owned);
    joined.chain(in_repository).find_map(|full| site.redirects.find(&full))
}

/// Returns the page that a wikilink's name was the path or the file name of.
pub(super) fn named(site: &Site, page: &Page, name: &str) -> Option<PageIx> {
    let paths = [path::join(page.path.folder(), name), path::join("", name)];
    let by_path = paths.iter().flatten().find_map(|full| match site.redirects.find(full)? {
        Destination::Page(page) => Some(page),
        Destination::Removed(_) => None,
    });
    let bare = name.strip_suffix(".md").unwrap_or(name);
    by_path.or_else(|| site.redirects.named(bare))
}

/// Returns today's id of the heading of a page that a fragment named once, as an id or as its text.
pub(super) fn heading<'s>(site: &'s Site, page: PageIx, fragment: &str) -> Option<&'s str> {
    let former = &site.pages[page].former_anchors;
    let last = fragment.rsplit('#').next().unwrap_or(fragment);
    former.today(fragment).or_else(|| former.today(&heading_anchor(last)))
}
