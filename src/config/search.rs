//! The map `search:` of `polder.yml`.

use std::collections::BTreeMap;

use crate::base::yaml::{Node, Value};

use super::decode::Section;
use super::key::{Key, Takes};

/// What search should know of the site's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchConfig {
    /// `synonyms`: lists of names for the same thing, beside those of the glossary.
    pub synonyms: Vec<Vec<String>>,
    /// `whole`: words that look like compounds and are none.
    pub whole: Vec<String>,
    /// `parts`: compounds with their two parts, for those that are cut wrongly or not at all.
    pub parts: BTreeMap<String, String>,
    /// `report`: the path on the site's host that is asked for when a search found nothing. Default: none is.
    pub report: Option<String>,
    /// `missed`: the file, seen from `polder.yml`, with what was searched for in vain. Default: none.
    pub missed: Option<String>,
}

/// The keys of `search`.
pub(super) const KEYS: &[Key] = &[
    Key::new(
        "synonyms",
        Takes::TextLists,
        "",
        "Lists of names for the same thing, beside those of the glossary: `[[holiday, leave, vakantie]]`.",
    ),
    Key::new(
        "whole",
        Takes::Texts,
        "",
        "Words that look like compounds and are none, which are never taken apart.",
    ),
    Key::new(
        "parts",
        Takes::TextByName,
        "",
        "Compounds with their two parts, where they are taken apart wrongly or not at all: `{bedrijfsuitje: bedrijf uitje}`.",
    ),
    Key::new(
        "report",
        Takes::Text,
        "",
        "A path on the site's own host, like `/robots.txt`, that browsers ask for when a search found nothing, with its words; off by default.",
    ),
    Key::new(
        "missed",
        Takes::Text,
        "",
        "The file, seen from `polder.yml`, into which `polder searches` wrote what was searched for in vain.",
    ),
];

impl SearchConfig {
    pub(super) fn decode(section: &Section<'_, '_>) -> Self {
        Self {
            synonyms: section.with("synonyms", lists).unwrap_or_default(),
            whole: section.with("whole", texts).unwrap_or_default(),
            parts: section.with("parts", by_name).unwrap_or_default(),
            report: section.with("report", own_path),
            missed: section.with("missed", |node| node.text().map(str::to_owned)),
        }
    }
}

/// Returns a path on the own host: one that begins with a slash and names no other.
fn own_path(node: &Node) -> Option<String> {
    let path = node.text()?;
    let is_own =
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '?', '#']);
    is_own.then(|| path.to_owned())
}

fn texts(node: &Node) -> Option<Vec<String>> {
    node.items().iter().map(|item| item.text().map(str::to_owned)).collect()
}

fn lists(node: &Node) -> Option<Vec<Vec<String>>> {
    match &node.value {
        Value::List(groups) => groups.iter().map(texts).collect(),
        _ => None,
    }
}

fn by_name(node: &Node) -> Option<BTreeMap<String, String>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries.iter().map(|entry| Some((entry.key.clone(), entry.node.text()?.to_owned()))).collect()
}
