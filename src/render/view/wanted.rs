//! Pages that links name and nobody has written yet.

use serde::Serialize;

use super::BacklinkView;

/// `wanted.html`: the list of wanted pages.
#[derive(Debug, Clone, Serialize)]
pub struct WantedListView {
    /// The title.
    pub title: String,
    /// The pages, the most wanted first.
    pub entries: Vec<AskedView>,
}

/// A page that is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct AskedView {
    /// What the links call it.
    pub name: String,
    /// The id of its entry.
    pub anchor: String,
    /// The file that it would be.
    pub path: String,
    /// How many pages ask for it.
    pub pages: usize,
    /// Who asks, each page once, with its sentences.
    pub asked_by: Vec<BacklinkView>,
    /// Opens the git host's editor on a new page filled in.
    pub create: Option<String>,
}
