//! What might have been meant by a name that leads nowhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::base::suggest::Candidates;
use crate::base::{SourcePath, fold};
use crate::config::Config;
use crate::model::{PageIx, Site};

use super::prefix::Prefixes;

/// Files that can stand for each other where one is missing; none of them is a page.
const FILES: [&[&str]; 4] = [
    &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"],
    &["mp4", "m4v", "webm", "ogv", "mov", "mp3", "ogg", "oga", "opus", "wav", "m4a", "vtt"],
    &["pdf", "doc", "docx", "odt", "ppt", "pptx", "odp", "xls", "xlsx", "ods", "csv", "txt", "zip"],
    &[
        "json", "yml", "yaml", "toml", "xml", "css", "js", "ts", "py", "sh", "rb", "rs", "go",
        "java",
    ],
];

/// Knows what is like a name. A missing page is asked for on many pages, and a large wiki has many names: each is looked
/// for once.
pub(super) struct Meant<'s> {
    site: &'s Site,
    names: Candidates<'s>,
    prefixes: Prefixes,
    pages: Found<PageIx>,
    files: Found<SourcePath>,
}

type Found<T> = Mutex<HashMap<String, Option<T>>>;

impl<'s> Meant<'s> {
    /// Returns one that has looked for nothing yet.
    pub(super) fn new(site: &'s Site, config: &Config) -> Self {
        let names = Candidates::new(site.names.all());
        let prefixes = Prefixes::new(site, config);
        Self { site, names, prefixes, pages: Mutex::default(), files: Mutex::default() }
    }

    /// Returns the beginning of a path from the root, and the folder that it stands for on the pages of this site.
    pub(super) fn prefix(&self, path: &str) -> Option<(&str, &str)> {
        self.prefixes.of(self.site, path)
    }

    /// Returns the page that is called so, or nearly so.
    pub(super) fn page(&self, name: &str) -> Option<PageIx> {
        once(&self.pages, name, || {
            let names = &self.site.names;
            let first = |name| names.find(name).and_then(|(_, pages)| pages.first().copied());
            first(name).or_else(|| self.names.closest(&fold::key(name)).and_then(first))
        })
    }

    /// Returns the file of the same sort as this one that is called nearly so; nothing if it is of no sort. Pages are of none.
    pub(super) fn file(&self, name: &str) -> Option<Option<SourcePath>> {
        let extension = SourcePath::new(name).extension();
        let sort = FILES.iter().find(|sort| sort.contains(&extension.as_str()))?;
        Some(once(&self.files, name, || {
            let is_like = |file: &&SourcePath| sort.contains(&file.extension().as_str());
            let like: Vec<&SourcePath> = self.site.files.values().filter(is_like).collect();
            let close = Candidates::new(like.iter().map(|file| file.file_name())).closest(name)?;
            like.into_iter().find(|file| file.file_name() == close).cloned()
        }))
    }
}

/// Returns what was found for a name, and finds it if nobody asked before.
fn once<T: Clone>(found: &Found<T>, name: &str, find: impl FnOnce() -> Option<T>) -> Option<T> {
    let known =
        |name: &str| found.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
    // Others may look for the same meanwhile: all find the same.
    known(name).unwrap_or_else(|| {
        let new = find();
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(name.to_owned()).or_insert(new).clone()
    })
}
