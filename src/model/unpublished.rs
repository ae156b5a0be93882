//! Pages that are no part of the site, by what links may call them.
//!
//! Only who writes is told of them, where a link leads to one; readers are told nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::path::{path_key, without_page_ending};
use crate::base::{SourcePath, fold};
use crate::source::{Document, Excluded};

use super::title::title;

/// Pages that are no part of the site.
#[derive(Debug, Clone, Default)]
pub struct Unpublished {
    /// By path, with and without ending, the folder for its first page.
    by_path: BTreeMap<String, SourcePath>,
    /// By file name, title and alias.
    by_name: BTreeMap<String, SourcePath>,
    excluded: Excluded,
}

/// Why something is no part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence<'s> {
    /// This page says itself that it is not for everybody.
    Withheld(&'s SourcePath),
    /// `exclude` in polder.yml leaves it out.
    Excluded,
}

impl Unpublished {
    pub(super) fn new(documents: &[Arc<Document>], excluded: Excluded) -> Self {
        let mut unpublished = Self { excluded, ..Self::default() };
        for document in documents {
            let path = &document.path;
            let stem = without_page_ending(path.as_str());
            let is_index = matches!(path.stem().to_lowercase().as_str(), "index" | "readme");
            let folder = Some(path.folder()).filter(|folder| is_index && !folder.is_empty());
            for known in [Some(path.as_str()), Some(stem), folder].into_iter().flatten() {
                unpublished.by_path.entry(path_key(known)).or_insert_with(|| path.clone());
            }
            let title = title(document, is_index, "").text;
            let aliases = document.front_matter.aliases.iter().map(|alias| alias.text.as_str());
            let file_name = if is_index { "" } else { path.stem() };
            for name in aliases.chain([title.as_str(), file_name]) {
                let key = fold::loose_key(name);
                if !key.is_empty() {
                    unpublished.by_name.entry(key).or_insert_with(|| path.clone());
                }
            }
        }
        unpublished
    }

    /// Returns why what may be at a path is no part of the site, if that is known.
    pub fn at(&self, path: &str) -> Option<Absence<'_>> {
        let key = path_key(without_page_ending(path.trim_end_matches('/')));
        let withheld = self.by_path.get(&key).map(Absence::Withheld);
        withheld.or_else(|| self.excluded.leaves_out(path).then_some(Absence::Excluded))
    }

    /// Returns the page that a name means.
    pub fn named(&self, name: &str) -> Option<Absence<'_>> {
        let bare = name.strip_suffix(".md").unwrap_or(name);
        let by_name = || self.by_name.get(&fold::loose_key(bare)).map(Absence::Withheld);
        self.at(bare).or_else(by_name)
    }
}
