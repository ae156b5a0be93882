//! Links to what is in the source and no part of the site.

use crate::base::path;
use crate::model::{Absence, Page, Site};

/// Returns why what a path means is not published, seen from the page's folder, from the page as it is served, or from the root.
pub(super) fn at_path<'s>(site: &'s Site, page: &Page, path: &str) -> Option<Absence<'s>> {
    let bases: &[&str] =
        if path.starts_with('/') { &[""] } else { &[page.path.folder(), page.id.as_str()] };
    let paths = bases.iter().filter_map(|base| path::join(base, path));
    paths.filter(|full| !full.is_empty()).find_map(|full| site.unpublished.at(&full))
}

/// Returns why the page is not published that a wikilink's name means.
pub(super) fn named<'s>(site: &'s Site, page: &Page, name: &str) -> Option<Absence<'s>> {
    at_path(site, page, name).or_else(|| site.unpublished.named(name))
}
