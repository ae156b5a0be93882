//! Where links lead, in words that hold before and after a change: paths instead of ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::path::path_key;
use crate::base::{Diagnostics, SourcePath};
use crate::links::{Link, Target};
use crate::model::{Page, Site};
use crate::pipeline::Reading;

use super::moved::Move;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// To a page, or to the heading of it with this number, or to another place in it.
    Page(SourcePath, Place),
    /// To a folder without a page.
    Folder(String),
    /// To a page that Polder makes, at this address.
    Made(String),
    /// To a file.
    File(SourcePath),
    /// To another site.
    External(String),
    /// Nowhere.
    Missing,
    /// Nowhere, on purpose.
    Text,
}

/// A place in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The page itself.
    Whole,
    /// A heading, by its number, so that its text may change.
    Heading(usize),
    /// Anything else with an id.
    Id(String),
}

impl Lead {
    /// Returns where a target is.
    pub(super) fn of(site: &Site, target: &Target) -> Self {
        match target {
            Target::Page { page, anchor } => {
                let page = &site.pages[*page];
                let headings = &page.document.outline.headings;
                let place = match anchor {
                    None => Place::Whole,
                    Some(id) => match headings.iter().position(|heading| heading.anchor == *id) {
                        Some(number) => Place::Heading(number),
                        None => Place::Id(id.clone()),
                    },
                };
                Self::Page(page.path.clone(), place)
            }
            Target::Generated(url) => {
                let folder = site.folders.values().find(|folder| folder.url == *url);
                folder.map_or_else(
                    || Self::Made(url.as_str().to_owned()),
                    |folder| Self::Folder(folder.path.clone()),
                )
            }
            Target::File(file) | Target::Code { file, .. } => Self::File(file.clone()),
            Target::External(address) => Self::External(address.clone()),
            Target::Missing => Self::Missing,
            Target::Text => Self::Text,
        }
    }

    /// Returns where this is after a move.
    pub(super) fn after(&self, moved: Option<&Move>) -> Self {
        let Some(moved) = moved else { return self.clone() };
        let path = |path: &SourcePath| SourcePath::new(&moved.new_path(path.as_str()));
        match self {
            Self::Page(page, place) => Self::Page(path(page), place.clone()),
            Self::Folder(folder) => Self::Folder(moved.new_path(folder)),
            Self::File(file) => Self::File(path(file)),
            other => other.clone(),
        }
    }

    /// Returns whether a link that should lead here does so by leading to `now`.
    pub(super) fn is_met_by(&self, now: &Self, site: &Site) -> bool {
        match (self, now) {
            // What led nowhere may have found what it meant.
            (Self::Missing, _) => true,
            (Self::Folder(folder), Self::Page(page, Place::Whole)) => {
                let index = site.folder(folder).and_then(|folder| folder.index);
                index.is_some_and(|index| site.pages[index].path == *page)
            }
            _ => self == now,
        }
    }
}

/// The findings of a reading at each place, by their codes.
pub(super) struct Findings<'a>(BTreeMap<(&'a str, usize, usize), BTreeSet<&'static str>>);

impl<'a> Findings<'a> {
    pub(super) fn new(diagnostics: &'a Diagnostics) -> Self {
        let mut places: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for found in diagnostics.iter() {
            if let Some(place) = &found.place {
                let at = (&*place.path, place.line, place.column);
                places.entry(at).or_default().insert(found.code);
            }
        }
        Self(places)
    }

    /// Returns the codes of the findings at a link.
    pub(super) fn at(&self, link: &Link) -> BTreeSet<&'static str> {
        let place = (&*link.place.path, link.place.line, link.place.column);
        self.0.get(&place).cloned().unwrap_or_default()
    }
}

/// Returns the page of a file.
pub(super) fn page_at<'s>(site: &'s Site, path: &SourcePath) -> Option<&'s Page> {
    site.page_of_file(path.as_str()).map(|page| &site.pages[page])
}

/// Returns the links on the page of a file; `None` if there is no such page.
pub(super) fn links_on<'r>(reading: &'r Reading, path: &SourcePath) -> Option<&'r [Link]> {
    let page = reading.site.page_of_file(path.as_str())?;
    let is_same = path_key(reading.site.pages[page].path.as_str()) == path.key();
    is_same.then(|| reading.links.on(page))
}
