//! Finding pages by what people call them.

use std::collections::BTreeMap;

use crate::base::fold;
use crate::base::path::path_key;

use super::PageIx;
use super::page::Page;

/// By which of a page's names it was found, in the order in which names are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Its id.
    Id,
    /// Its file name, anywhere in the tree.
    FileName,
    /// The end of its path: `money/expenses` for `handbook/money/expenses`.
    PathEnd,
    /// Its title.
    Title,
    /// One of its aliases.
    Alias,
    /// Any of its names without regard to accents, dashes, underscores and points.
    Loose,
}

/// Every name of every page, folded.
#[derive(Debug, Clone, Default)]
pub struct PageNames {
    tiers: BTreeMap<Tier, BTreeMap<String, Vec<PageIx>>>,
}

impl PageNames {
    pub(super) fn add(&mut self, ix: PageIx, page: &Page) {
        let aliases = page.document.front_matter.aliases.iter().map(|alias| alias.text.as_str());
        let aliases: Vec<&str> = aliases.collect();
        self.name(Tier::Id, path_key(&page.id), ix);
        self.name(Tier::Title, fold::key(&page.title), ix);
        for alias in &aliases {
            self.name(Tier::Alias, fold::key(alias), ix);
        }
        let file_name = if page.is_index() { page.path.folder() } else { &page.id };
        let file_name = file_name.rsplit('/').next().unwrap_or_default();
        self.name(Tier::FileName, fold::key(file_name), ix);
        let mut end = page.id.as_str();
        while let Some((_, rest)) = end.split_once('/') {
            self.name(Tier::PathEnd, path_key(rest), ix);
            end = rest;
        }
        for name in aliases.into_iter().chain([page.title.as_str(), file_name, page.id.as_str()]) {
            self.name(Tier::Loose, fold::loose_key(name), ix);
        }
    }

    fn name(&mut self, tier: Tier, key: String, page: PageIx) {
        if key.is_empty() {
            return;
        }
        let pages = self.tiers.entry(tier).or_default().entry(key).or_default();
        if !pages.contains(&page) {
            pages.push(page);
        }
    }

    /// Returns the pages that the first fitting tier knows by this name.
    pub fn find(&self, name: &str) -> Option<(Tier, &[PageIx])> {
        self.tiers.keys().find_map(|tier| self.find_in(*tier, name).map(|pages| (*tier, pages)))
    }

    /// Returns the pages that one tier knows by this name.
    pub fn find_in(&self, tier: Tier, name: &str) -> Option<&[PageIx]> {
        let key = match tier {
            Tier::Id | Tier::PathEnd => path_key(name.trim_matches('/')),
            Tier::Loose => fold::loose_key(name),
            Tier::Title | Tier::Alias | Tier::FileName => fold::key(name),
        };
        self.tiers.get(&tier)?.get(&key).map(Vec::as_slice)
    }

    /// Returns titles, aliases and file names, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let tiers = [Tier::Title, Tier::Alias, Tier::FileName];
        tiers
            .into_iter()
            .filter_map(|tier| self.tiers.get(&tier))
            .flat_map(|names| names.keys().map(String::as_str))
    }
}
