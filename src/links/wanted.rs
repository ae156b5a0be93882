//! Pages that links name and nobody has written yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::path::{self, path_key};
use crate::base::{SourcePath, fold};
use crate::markdown::Form;
use crate::model::{PageIx, Site};

use super::address;
use super::link::Link;
use super::target::Target;
use super::wiki;

/// A page that is linked but does not exist.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What the first link calls it.
    pub name: String,
    /// The file that it would be.
    pub path: SourcePath,
    /// The id of its entry in the list of wanted pages; empty for those past its end.
    pub anchor: String,
    /// The links that ask for it, by their index among all links.
    pub(super) links: Vec<usize>,
    /// How many pages ask for it.
    pub pages: usize,
}

/// So many pages are listed as wanted: nobody reads, or writes, more.
const LISTED: usize = 1_000;

/// Returns the pages that `links` name and that do not exist, the most wanted first.
pub(super) fn gather(site: &Site, links: &[Link]) -> Vec<Wanted> {
    let mut by_key: BTreeMap<String, Wanted> = BTreeMap::new();
    for (at, link) in links.iter().enumerate().filter(|(_, link)| link.target == Target::Missing) {
        let Some((key, name, path)) = asked(site, link) else { continue };
        // Somebody has written it, though it is no part of the site.
        if site.unpublished.at(&path).is_some() {
            continue;
        }
        let wanted = by_key.entry(key).or_insert_with(|| Wanted {
            name,
            path: SourcePath::new(&path),
            anchor: String::new(),
            links: Vec::new(),
            pages: 0,
        });
        wanted.links.push(at);
    }
    let mut wanted: Vec<Wanted> = by_key.into_values().collect();
    for entry in &mut wanted {
        let from: BTreeSet<PageIx> = entry.links.iter().map(|at| links[*at].from).collect();
        entry.pages = from.len();
    }
    wanted.sort_by(|a, b| {
        (b.pages, b.links.len()).cmp(&(a.pages, a.links.len())).then_with(|| a.path.cmp(&b.path))
    });
    let mut taken = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for entry in wanted.iter_mut().take(LISTED) {
        let start = format!("wanted-{}", fold::slug(&entry.name));
        let mut anchor = start.clone();
        // A hundred thousand folders may have pages of the same name: none is counted from the start again.
        while !taken.insert(anchor.clone()) {
            let number = numbers.entry(start.clone()).or_insert(1);
            *number += 1;
            anchor = format!("{start}-{number}");
        }
        entry.anchor = anchor;
    }
    wanted
}

/// Returns under which key a link asks for a page, what it calls it, and the file that it would be; nothing for pictures, files
/// and what lies outside the source.
fn asked(site: &Site, link: &Link) -> Option<(String, String, String)> {
    let folder = site.pages[link.from].path.folder();
    match link.form {
        Form::Image | Form::HtmlImage => None,
        Form::Wiki | Form::WikiEmbed => {
            let dest = wiki::without_vault(&link.dest);
            let name = dest.split('#').next().unwrap_or(dest).trim().trim_end_matches(".md");
            if !names_page(name) && link.form == Form::WikiEmbed {
                return None;
            }
            let (place, last) = name.rsplit_once('/').unwrap_or((folder, name));
            let place = path::join("", place)?;
            let file = fold::slug(last);
            let file = if file.is_empty() { "page" } else { &file };
            let slash = if place.is_empty() { "" } else { "/" };
            Some((
                format!("name {}", fold::loose_key(name)),
                name.to_owned(),
                format!("{place}{slash}{file}.md"),
            ))
        }
        Form::Link | Form::HtmlLink => {
            let parts = address::parts(link.dest.trim());
            if !names_page(&parts.path) {
                return None;
            }
            let base = if parts.path.starts_with('/') { "" } else { folder };
            let full =
                path::join(base, path::without_page_ending(parts.path.trim_end_matches('/')))?;
            let name = full.rsplit('/').next().filter(|name| !name.is_empty())?.to_owned();
            Some((format!("path {}", path_key(&full)), name, format!("{full}.md")))
        }
    }
}

/// Returns whether a path or a name is that of a page and not of another file.
fn names_page(path: &str) -> bool {
    let extension = SourcePath::new(path).extension();
    let is_extension = extension.len() <= 5 && extension.chars().all(|c| c.is_ascii_alphanumeric());
    let is_served = matches!(extension.as_str(), "" | "html" | "htm");
    !is_extension || is_served || !path::page_ending(path).is_empty()
}

#[cfg(test)]
mod tests {
    use super::names_page;

    #[test]
    fn pages_are_told_from_other_files() {
        for page in ["a", "a/b.md", "v1.2 release notes", "x.html"] {
            assert!(names_page(page), "{page}");
        }
        for file in ["a.png", "b/c.xlsx"] {
            assert!(!names_page(file), "{file}");
        }
    }
}
