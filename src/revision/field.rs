//! What changed in front matter, field by field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::yaml::{Node, Value};

/// A field that is another. Of lists only the items are told that came and went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name; `review.every` for a field in a field.
    pub name: String,
    /// What it said; empty if nothing.
    pub before: String,
    /// What it says; empty if nothing.
    pub after: String,
}

/// Returns the fields that differ, by name.
pub(super) fn compare(before: Option<&Node>, after: Option<&Node>) -> Vec<Field> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    before.into_iter().for_each(|node| gather("", node, &mut old));
    after.into_iter().for_each(|node| gather("", node, &mut new));
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let field = |name: &String| {
        let (before, after) = (old.get(name), new.get(name));
        (before != after).then(|| {
            let left = |mine: Option<&Vec<String>>, other: Option<&Vec<String>>| {
                let is_new = |item: &&String| !other.is_some_and(|other| other.contains(item));
                let items: Vec<&str> =
                    mine.into_iter().flatten().filter(is_new).map(String::as_str).collect();
                items.join(", ")
            };
            Field { name: name.clone(), before: left(before, after), after: left(after, before) }
        })
    };
    names.into_iter().filter_map(field).collect()
}

/// Gathers the items of each field; a single value is one item.
fn gather(name: &str, node: &Node, found: &mut BTreeMap<String, Vec<String>>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                let inner = if name.is_empty() {
                    entry.key.clone()
                } else {
                    format!("{name}.{}", entry.key)
                };
                gather(&inner, &entry.node, found);
            }
        }
        _ => {
            let items = node.items().iter();
            found.insert(name.to_owned(), items.map(item).collect());
        }
    }
}

fn item(node: &Node) -> String {
    match &node.value {
        Value::Scalar(text) => text.clone(),
        Value::Map(entries) => {
            let entries = entries.iter();
            let told = entries.map(|entry| format!("{}: {}", entry.key, item(&entry.node)));
            told.collect::<Vec<_>>().join("; ")
        }
        Value::List(items) => items.iter().map(item).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::yaml;

    fn told(before: &str, after: &str) -> Vec<String> {
        let (before, after) = (yaml::parse(before).unwrap(), yaml::parse(after).unwrap());
        let fields = compare(Some(&before), Some(&after)).into_iter();
        fields.map(|field| format!("{}: {} > {}", field.name, field.before, field.after)).collect()
    }

    #[test]
    fn fields_are_told_one_by_one() {
        assert_eq!(told("owner: a\ntitle: x\n", "owner: b\ntitle: x\n"), ["owner: a > b"]);
        assert_eq!(told("title: x\n", "title: x\nowner: b\n"), ["owner:  > b"]);
        assert_eq!(
            told("review: {every: 1 year, last: 2026-01-01}\n", "review: {every: 1 year}\n"),
            ["review.last: 2026-01-01 > "]
        );
    }

    #[test]
    fn of_lists_only_what_came_and_went_is_told() {
        assert_eq!(told("domains: [a, b]\n", "domains: [b, c]\n"), ["domains: a > c"]);
        assert_eq!(
            told(
                "contributions:\n- {who: a, did: wrote}\n",
                "contributions:\n- {who: a, did: wrote}\n- {who: b, did: reviewed}\n"
            ),
            ["contributions:  > who: b; did: reviewed"]
        );
    }
}
