//! The files of the index as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::output::OutputTree;

/// The first file.
#[derive(Debug, Deserialize)]
pub(super) struct Root {
    /// How many pages there are.
    pub(super) pages: u32,
    /// How many levels of impact are told apart.
    pub(super) levels: u8,
    /// The files of words.
    pub(super) words: Shelf,
    /// In how many files of words the rest of a word is looked for.
    pub(super) reach: usize,
    /// The files of endings.
    pub(super) endings: Shelf,
    /// The files of what results show.
    pub(super) fragments: Fragments,
    /// By kind which pages are of it, for kinds that are ranked apart.
    pub(super) kinds: BTreeMap<String, String>,
    /// By language which pages are in it.
    pub(super) languages: BTreeMap<String, String>,
    /// The names of the columns.
    pub(super) columns: BTreeMap<String, String>,
    /// The list of the files with the places of words.
    pub(super) places: String,
    /// The file of synonyms; may be empty.
    pub(super) synonyms: String,
    /// Every word for an operator with the operator.
    pub(super) operators: Vec<(String, String)>,
    /// The words that say nothing.
    pub(super) stop: String,
}

/// The files of one cut list of words.
#[derive(Debug, Deserialize)]
pub(super) struct Shelf {
    /// The first word of each file.
    pub(super) firsts: String,
    /// The names of the files.
    pub(super) names: String,
}

/// The list of the files with the places of words.
#[derive(Debug, Deserialize)]
pub(super) struct Places {
    /// The files.
    pub(super) places: Shelf,
}

/// The files of what results show, or lists of such files.
#[derive(Debug, Deserialize)]
pub(super) struct Fragments {
    /// How many pages each has.
    pub(super) counts: String,
    /// Their names.
    pub(super) names: String,
}

/// What a file on what results show has in it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Pages {
    /// Other files.
    Listed(Fragments),
    /// What is shown of each page.
    Shown(Vec<Vec<Value>>),
}

/// Returns the value in a file of the index.
pub(super) fn content<T: DeserializeOwned>(tree: &OutputTree, name: &str) -> Option<T> {
    let bytes = tree.get(&format!("search/{name}.js"))?.bytes().ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let json = text.strip_prefix(&format!("polderPart(\"{name}\","))?.strip_suffix(");\n")?;
    serde_json::from_str(json).ok()
}

impl Shelf {
    /// Returns the first word of each file.
    pub(super) fn firsts(&self) -> Vec<String> {
        self.firsts.split(' ').filter(|first| !first.is_empty()).map(str::to_owned).collect()
    }
}
