//! Front matter between `+++`, as the same tree that YAML gives.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::yaml::{Entry, Node, Value, YamlError};

/// Reads a text; what is wrong with it costs the lines that are wrong.
pub(super) fn read(text: &str) -> (Node, Option<YamlError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let error = errors.first().map(|error| YamlError {
        message: error.message().lines().next().unwrap_or_default().to_owned(),
        offset: error.span().map_or(0, |span| span.start),
    });
    let mut root = node_of_table(table.get_ref(), table.span(), text);
    lift_taxonomies(&mut root);
    (root, error)
}

/// Zola keeps `tags` and the like in a table of their own.
fn lift_taxonomies(root: &mut Node) {
    let Value::Map(entries) = &mut root.value else { return };
    if let Some(at) = entries.iter().position(|entry| entry.key == "taxonomies")
        && let Value::Map(inner) = entries.remove(at).node.value
    {
        entries.extend(inner);
    }
}

fn node_of_table(table: &DeTable<'_>, span: Range<usize>, text: &str) -> Node {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        key_span: key.span(),
        node: node(value, text),
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Node { value: Value::Map(entries), span }
}

fn node(value: &Spanned<DeValue<'_>>, text: &str) -> Node {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::Table(table) => return node_of_table(table, span, text),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, text)).collect()),
        DeValue::String(scalar) => Value::Scalar(scalar.to_string()),
        _ => Value::Scalar(text.get(span.clone()).unwrap_or_default().trim().to_owned()),
    };
    Node { value, span }
}
