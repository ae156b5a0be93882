//! Pages that links name and nobody has written yet.

use serde::Serialize;

use super::{BacklinkView, LinkView};

/// `wanted.html`: the list of wanted pages.
#[derive(Debug, Clone, Serialize)]
pub struct WantedListView {
    /// The title.
    pub title: String,
    /// The pages, the most wanted first.
    pub entries: Vec<AskedView>,
    /// How many more there are than these.
    pub more: usize,
    /// What readers searched for in vain, those most searched for first.
    pub searches: Vec<SearchedView>,
    /// From when to when they did, in words; may be empty.
    pub period: String,
}

/// A search that found nothing.
#[derive(Debug, Clone, Serialize)]
pub struct SearchedView {
    /// Its words, and the page of its results.
    pub search: LinkView,
    /// How often it was made.
    pub times: usize,
    /// Opens the git host's editor on a new page of this title.
    pub create: Option<String>,
    /// Opens the git host's editor on a new question of this title.
    pub ask: Option<String>,
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
