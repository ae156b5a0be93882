//! What can be read of front matter that is not valid: each key at the left margin with what follows it, on its own.

use std::ops::Range;

use crate::base::yaml::{self, Entry, Node, Value};

/// Reads what can be read.
pub(super) fn salvage(front: &str) -> Node {
    let mut entries: Vec<Entry> = Vec::new();
    for part in parts(front) {
        let text = &front[part.clone()];
        // A tab is one byte, as is a space: places stay right.
        let spaced = text.replace('\t', " ");
        match yaml::parse(&spaced) {
            Ok(Node { value: Value::Map(known), .. }) if !known.is_empty() => {
                entries.extend(known.into_iter().map(|entry| entry.moved(part.start)));
            }
            _ => entries.extend(line(text, part.start)),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.key.clone()));
    Node { value: Value::Map(entries), span: 0..front.len() }
}

/// Returns the bytes of each key at the left margin with the lines that belong to it.
fn parts(front: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in front.split_inclusive('\n') {
        let end = start + line.len();
        let begins = line.starts_with(|c: char| c.is_alphanumeric() || "_\"'@$".contains(c));
        match parts.last_mut() {
            Some(last) if !(begins && line.contains(':')) => last.end = end,
            None if !begins => {}
            _ => parts.push(start..end),
        }
        start = end;
    }
    parts
}

/// Reads `key: value` as it stands there, with the lines behind it that continue it.
fn line(text: &str, offset: usize) -> Option<Entry> {
    let (key, rest) = text.split_once(':')?;
    let first = rest.lines().next().unwrap_or_default();
    let value = first.trim();
    let start = offset + key.len() + 1 + (first.len() - first.trim_start().len());
    let span = start..start + value.len();
    let bare = value.trim_matches(['"', '\'']);
    let items = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let below = || {
        let lines = rest.lines().skip(1).map(str::trim);
        lines.filter_map(|line| line.strip_prefix("- ").or_else(|| line.strip_prefix('-')))
    };
    let scalars = |items: &mut dyn Iterator<Item = &str>| {
        Value::List(items.map(|item| scalar(item, &span)).collect())
    };
    let value = match items {
        Some(items) => scalars(&mut items.split(',')),
        None if bare.is_empty() && below().next().is_some() => scalars(&mut below()),
        None if bare.is_empty() => Value::Null,
        None => Value::Scalar(bare.to_owned()),
    };
    let key_span = offset..offset + key.len();
    let key = key.trim().trim_matches(['"', '\'']).to_owned();
    Some(Entry { key, key_span, node: Node { value, span } })
}

fn scalar(text: &str, span: &Range<usize>) -> Node {
    let text = text.trim().trim_matches(['"', '\'']).to_owned();
    Node { value: Value::Scalar(text), span: span.clone() }
}
