//! The map `external:` of `polder.yml`.

use crate::base::yaml::Node;

use super::decode::Section;
use super::key::{Key, Takes};

/// How `polder check --external` asks other sites.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExternalConfig {
    /// `ignore`: hosts, beginnings of addresses, or patterns with `*`, that are not asked.
    pub ignore: Vec<String>,
    /// `timeout`: the most seconds that one request may take. Default 20.
    pub timeout: u64,
    /// `age`: for how many days it counts that something was there. Default 7.
    pub age: u64,
}

impl Default for ExternalConfig {
    fn default() -> Self {
        Self { ignore: Vec::new(), timeout: 20, age: 7 }
    }
}

/// The keys of `external`.
pub(super) const KEYS: &[Key] = &[
    Key::new(
        "ignore",
        Takes::Texts,
        "",
        "Hosts, beginnings of addresses, or patterns with `*`, that are not asked.",
    ),
    Key::new("timeout", Takes::Number(1, &[]), "20", "The most seconds that one request may take."),
    Key::new(
        "age",
        Takes::Number(0, &[]),
        "7",
        "For how many days it counts that something was there.",
    ),
];

impl ExternalConfig {
    pub(super) fn decode(section: &Section<'_, '_>) -> Self {
        let default = Self::default();
        Self {
            ignore: section.with("ignore", texts).unwrap_or(default.ignore),
            timeout: section.with("timeout", |node| number(node, 1)).unwrap_or(default.timeout),
            age: section.with("age", |node| number(node, 0)).unwrap_or(default.age),
        }
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    node.items().iter().map(|item| item.text().map(str::to_owned)).collect()
}

fn number(node: &Node, least: u64) -> Option<u64> {
    node.text()?.parse().ok().filter(|number| (least..=100_000).contains(number))
}
