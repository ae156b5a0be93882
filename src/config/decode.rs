//! From a YAML mapping to values, collecting every problem with its place.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::yaml::{self, Node, Value};
use crate::base::{Diagnostic, Diagnostics, Place, suggest};

/// Reads keys from one mapping and remembers what was wrong.
pub(super) struct Decoder<'t> {
    path: &'t str,
    text: &'t str,
    root: Node,
    // Readers of single keys return plain values; what is wrong is gathered on the side.
    found: RefCell<Diagnostics>,
}

impl<'t> Decoder<'t> {
    /// Parses the text of the file `path`, which must be a mapping.
    pub(super) fn new(path: &'t str, text: &'t str) -> Result<Self, Diagnostics> {
        let root = yaml::parse(text).map_err(|error| {
            let place = Place::of_range(path, text, error.offset..error.offset + 1);
            one(Diagnostic::new("configuration", format!("not valid YAML: {}", error.message))
                .at(place))
        })?;
        if let Value::Map(_) = root.value {
            return Ok(Self { path, text, root, found: RefCell::default() });
        }
        let place = Place::of_range(path, text, root.span.clone());
        let message = format!("found {}; expected keys and values", root.sort());
        Err(one(Diagnostic::new("configuration", message).at(place)))
    }

    /// Reports every key that is not in `known`, and keys that stand there twice.
    pub(super) fn only_keys(&self, known: &[&str]) {
        self.only_keys_of(&self.root, known);
        for (key, span) in yaml::duplicate_keys(self.text) {
            self.report(format!("key `{key}` stands here a second time"), span, None);
        }
    }

    fn only_keys_of(&self, map: &Node, known: &[&str]) {
        for entry in map.entries() {
            if !known.contains(&entry.key.as_str()) {
                let message = format!("unknown key `{}`", entry.key);
                let help = suggest::closest(&entry.key, known.iter().copied());
                let help = help.map_or_else(
                    || format!("known keys: {}", known.join(", ")),
                    |key| format!("did you mean `{key}`?"),
                );
                self.report(message, entry.key_span.clone(), Some(help));
            }
        }
    }

    /// Returns the mapping that is a key's value; one without keys if it is absent.
    pub(super) fn section(&self, key: &str) -> Section<'_, 't> {
        let node = self.root.get(key);
        if let Some(node) = node.filter(|node| !matches!(node.value, Value::Map(_) | Value::Null)) {
            self.report_value(key, node, "a mapping");
        }
        Section { decoder: self, node }
    }

    /// Returns a single text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.with(key, "a text", |node| node.text().map(str::to_owned))
    }

    /// Returns a list of texts; a single text is a list of one.
    pub(super) fn list(&self, key: &str) -> Option<Vec<String>> {
        self.with(key, "a list of texts", |node| {
            node.items().iter().map(|item| item.text().map(str::to_owned)).collect()
        })
    }

    /// Returns a mapping from text to text.
    pub(super) fn map(&self, key: &str) -> BTreeMap<String, String> {
        self.map_with(key, "a text", |node| {
            node.text().map(|text| text.trim_matches('/').to_owned())
        })
    }

    /// Returns a mapping whose values `read` makes; `expected` says what it takes.
    pub(super) fn map_with<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> BTreeMap<String, T> {
        let Some(node) = self.root.get(key) else { return BTreeMap::new() };
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            self.report_value(key, node, "a mapping");
        }
        let mut map = BTreeMap::new();
        for entry in node.entries() {
            match read(&entry.node) {
                Some(value) => {
                    map.insert(entry.key.trim_matches('/').to_owned(), value);
                }
                None => self.report_value(&entry.key, &entry.node, expected),
            }
        }
        map
    }

    /// Returns what `read` makes of a key's value; `expected` says what it takes. Null counts as absent.
    pub(super) fn with<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        self.with_key_of(&self.root, key, expected, read)
    }

    fn with_key_of<T>(
        &self,
        map: &Node,
        key: &str,
        expected: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        let node = map.get(key).filter(|node| node.value != Value::Null)?;
        let value = read(node);
        if value.is_none() {
            self.report_value(key, node, expected);
        }
        value
    }

    /// Returns the value if nothing was wrong.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Diagnostics> {
        let mut found = self.found.into_inner();
        found.sort();
        if found.is_empty() { Ok(value) } else { Err(found) }
    }

    fn report_value(&self, key: &str, node: &Node, expected: &str) {
        let found = node.text().map_or_else(|| node.sort().to_owned(), |text| format!("`{text}`"));
        let message = format!("`{key}` is {found}; expected {expected}");
        self.report(message, node.span.clone(), None);
    }

    fn report(&self, message: String, span: Range<usize>, help: Option<String>) {
        let place = Place::of_range(self.path, self.text, span);
        let mut diagnostic = Diagnostic::new("configuration", message).at(place);
        diagnostic.help = help;
        self.found.borrow_mut().push(diagnostic);
    }
}

/// A mapping inside the file's own.
pub(super) struct Section<'d, 't> {
    decoder: &'d Decoder<'t>,
    node: Option<&'d Node>,
}

impl Section<'_, '_> {
    /// Reports every key that is not in `known`.
    pub(super) fn only_keys(&self, known: &[&str]) {
        if let Some(node) = self.node {
            self.decoder.only_keys_of(node, known);
        }
    }

    /// Returns what `read` makes of a key's value; `expected` says what it takes. Null counts as absent.
    pub(super) fn with<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        self.decoder.with_key_of(self.node?, key, expected, read)
    }
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    std::iter::once(diagnostic).collect()
}
