//! YAML as a tree that knows where each value stands: the only place that names the YAML parser.
//!
//! One tree serves front matter, `polder.yml`, kinds, messages and the history of the example site. It keeps scalars
//! as they were written (`0.90` stays `0.90`), which typed decoding would lose.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Options, Spanned};

/// A value and the bytes in which it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the text that was parsed.
    pub span: Range<usize>,
}

/// A YAML value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// Any other scalar, as written, without its quotes.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Map(Vec<Entry>),
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The bytes of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

/// Why a text is not YAML, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// The parser's words.
    pub message: String,
    /// The byte at which it gave up.
    pub offset: usize,
}

/// Parses a text. Of two equal keys the first counts; [`duplicate_keys`] finds such keys.
///
/// # Errors
/// If the text is not YAML, or is larger or deeper than anything a person writes.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Node { value: Value::Map(Vec::new()), span: 0..0 });
    }
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(text, options()).map_err(|error| {
            let offset = error.location().map_or(0, |place| {
                let line_start = text.split_inclusive('\n').take(place.line().max(1) as usize - 1);
                let column = place.column().max(1) as usize - 1;
                let line_start: usize = line_start.map(str::len).sum();
                let in_line = text[line_start.min(text.len())..].chars().take(column);
                line_start + in_line.map(char::len_utf8).sum::<usize>()
            });
            YamlError { message: first_sentence(&error.without_snippet().to_string()), offset }
        })?;
    Ok(node(raw, text))
}

fn options() -> Options {
    let budget = serde_yaml::budget! {
        max_nodes: 100_000,
        max_depth: 64,
        max_aliases: 100,
        max_anchors: 100,
    };
    serde_yaml::options! {
        budget: budget,
        duplicate_keys: DuplicateKeyPolicy::FirstWins,
        with_snippet: false,
    }
}

/// Drops the parser's own “at line …”, which counts from the start of the front matter, and its advice to programmers.
fn first_sentence(message: &str) -> String {
    let end =
        [" at line ", ", set DuplicateKeyPolicy"].iter().filter_map(|mark| message.find(mark));
    let end = end.min().unwrap_or(message.len());
    message[..end].lines().next().unwrap_or_default().trim().to_owned()
}

enum Raw {
    Null,
    Text(String),
    Written,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Raw, E> {
        Ok(Raw::Written)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let span = byte_span(&raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Text(scalar) => Value::Scalar(scalar),
        Raw::Written => Value::Scalar(text.get(span.clone()).unwrap_or_default().trim().to_owned()),
        Raw::List(items) => Value::List(items.into_iter().map(|item| node(item, text)).collect()),
        Raw::Map(entries) => Value::Map(entries.into_iter().map(|e| entry(e, text)).collect()),
    };
    Node { value, span }
}

fn entry((key, value): (Spanned<String>, Spanned<Raw>), text: &str) -> Entry {
    let key_span = byte_span(&key.referenced, text);
    Entry { key: key.value, key_span, node: node(value, text) }
}

fn byte_span(location: &serde_yaml::Location, text: &str) -> Range<usize> {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    let length = span.byte_len().unwrap_or(0) as usize;
    start.min(text.len())..(start + length).min(text.len())
}

impl Entry {
    /// Returns the entry with every place `by` bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let key_span = self.key_span.start + by..self.key_span.end + by;
        Self { key: self.key, key_span, node: self.node.moved(by) }
    }
}

impl Node {
    /// Returns the value with every place `by` bytes further on.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let value = match self.value {
            Value::List(items) => {
                Value::List(items.into_iter().map(|item| item.moved(by)).collect())
            }
            Value::Map(entries) => Value::Map(entries.into_iter().map(|e| e.moved(by)).collect()),
            other => other,
        };
        Self { value, span: self.span.start + by..self.span.end + by }
    }

    /// Returns a scalar's text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Returns the value of a mapping's key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Returns the items of a list, or the node itself as the only item; none for null.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns `true` or `false` for the words that mean it.
    pub fn bool(&self) -> Option<bool> {
        match self.text()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }

    /// Returns what sort of value this is, for messages.
    pub fn sort(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// Returns the value as JSON; scalars become texts.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Scalar(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(entries) => serde_json::Value::Object(
                entries.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect(),
            ),
        }
    }
}

/// Returns the keys at the left margin of a text that stand there more than once, with the later place.
pub fn duplicate_keys(text: &str) -> Vec<(String, Range<usize>)> {
    let mut seen = std::collections::BTreeSet::new();
    let mut duplicates = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_key = line.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if let (true, Some((key, _))) = (is_key, line.split_once(':'))
            && !seen.insert(key.trim_end())
        {
            duplicates.push((key.trim_end().to_owned(), start..start + key.len()));
        }
        start += line.len();
    }
    duplicates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_stay_as_written() {
        let text = "title: 0.90\nhex: 0x1F\nyes: yes\nquoted: '1'\nnone: ~\n";
        let node = parse(text).unwrap();
        let values: Vec<_> = node.entries().iter().map(|entry| entry.node.text()).collect();
        assert_eq!(values, [Some("0.90"), Some("0x1F"), Some("yes"), Some("1"), None]);
    }

    #[test]
    fn spans_are_byte_ranges() {
        let text = "é: 1\nauthors: [anna, bram]\n";
        let node = parse(text).unwrap();
        let second = &node.get("authors").unwrap().items()[1];
        assert_eq!(&text[second.span.clone()], "bram");
        assert_eq!(&text[node.entries()[1].key_span.clone()], "authors");
    }

    #[test]
    fn error_names_the_byte() {
        let error = parse("a: 1\nb: c: d\n").unwrap_err();
        assert_eq!(error.offset, 9);
        assert!(!error.message.contains("line"), "{}", error.message);
    }

    #[test]
    fn first_of_two_equal_keys_counts() {
        let text = "a: 1\nb: 2\na: 3\n";
        assert_eq!(parse(text).unwrap().get("a").unwrap().text(), Some("1"));
        assert_eq!(duplicate_keys(text), [("a".to_owned(), 10..11)]);
    }

    #[test]
    fn comments_alone_are_an_empty_mapping() {
        assert!(parse("# nothing\n\n").unwrap().entries().is_empty());
    }
}
