//! From a YAML mapping to values, collecting every problem with its place.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::yaml::{self, Node, Value};
use crate::base::{Diagnostic, Diagnostics, Place, suggest};

use super::key::{Key, Takes};

/// Reads keys from one mapping and remembers what was wrong.
pub(super) struct Decoder<'t> {
    path: &'t str,
    text: &'t str,
    root: Node,
    keys: &'static [Key],
    // Readers of single keys return plain values; what is wrong is gathered on the side.
    found: RefCell<Diagnostics>,
}

impl<'t> Decoder<'t> {
    /// Parses the text of the file `path`, which must be a mapping, and reports every key that is not in `keys`, and keys
    /// that stand there twice.
    pub(super) fn new(
        path: &'t str,
        text: &'t str,
        keys: &'static [Key],
    ) -> Result<Self, Diagnostics> {
        let root = yaml::parse(text).map_err(|error| {
            let place = Place::of_range(path, text, error.offset..error.offset + 1);
            one(Diagnostic::new("configuration", format!("not valid YAML: {}", error.message))
                .at(place))
        })?;
        if let Value::Map(_) = root.value {
            let decoder = Self { path, text, root, keys, found: RefCell::default() };
            decoder.only_keys();
            return Ok(decoder);
        }
        let place = Place::of_range(path, text, root.span.clone());
        let message = format!("found {}; expected keys and values", root.sort());
        Err(one(Diagnostic::new("configuration", message).at(place)))
    }

    fn only_keys(&self) {
        self.only_keys_of(&self.root, self.keys);
        for (key, span) in yaml::duplicate_keys(self.text) {
            self.report(format!("key `{key}` stands here a second time"), span, None);
        }
    }

    fn only_keys_of(&self, map: &Node, keys: &[Key]) {
        let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
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

    /// Returns the mapping that is a key's value, with the keys that the table gives it; one without keys if it is absent.
    pub(super) fn section(&self, key: &str) -> Section<'_, 't> {
        let node = self.mapping(key);
        let keys = match self.keys.iter().find(|known| known.name == key).map(|key| key.takes) {
            Some(Takes::Keys(keys)) => keys,
            _ => &[],
        };
        if let Some(node) = node {
            self.only_keys_of(node, keys);
        }
        Section { decoder: self, node, keys }
    }

    /// Returns a key's value if it is a mapping; reports it if it is anything else.
    pub(super) fn mapping(&self, key: &str) -> Option<&Node> {
        let node = self.root.get(key)?;
        match node.value {
            Value::Map(_) => return Some(node),
            Value::Null => {}
            _ => self.report_value(key, node, "a mapping"),
        }
        None
    }

    /// Returns a single text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.with(key, |node| node.text().map(str::to_owned))
    }

    /// Returns a list of texts; a single text is a list of one.
    pub(super) fn list(&self, key: &str) -> Option<Vec<String>> {
        self.with(key, |node| {
            node.items().iter().map(|item| item.text().map(str::to_owned)).collect()
        })
    }

    /// Returns a mapping from text to text.
    pub(super) fn map(&self, key: &str) -> BTreeMap<String, String> {
        let plain = |text: &str| text.trim_matches('/').to_owned();
        let mut map = BTreeMap::new();
        for entry in self.mapping(key).map(Node::entries).unwrap_or_default() {
            match entry.node.text() {
                Some(text) => {
                    map.insert(plain(&entry.key), plain(text));
                }
                None => self.report_value(&entry.key, &entry.node, "a text"),
            }
        }
        map
    }

    /// Returns what `read` makes of a key's value; the table says what it takes. Null counts as absent.
    pub(super) fn with<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        self.with_key_of((&self.root, self.keys), key, read)
    }

    fn with_key_of<T>(
        &self,
        (map, keys): (&Node, &[Key]),
        key: &str,
        read: impl Fn(&Node) -> Option<T>,
    ) -> Option<T> {
        let node = map.get(key).filter(|node| node.value != Value::Null)?;
        let value = read(node);
        if value.is_none() {
            let known = keys.iter().find(|known| known.name == key);
            let expected = known.expect("what is read is in the table").takes.words();
            self.report_value(key, node, &expected);
        }
        value
    }

    /// Returns the value if nothing was wrong.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Diagnostics> {
        let mut found = self.found.into_inner();
        found.sort();
        if found.is_empty() { Ok(value) } else { Err(found) }
    }

    /// Reports that a key's value is not what it takes.
    pub(super) fn report_value(&self, key: &str, node: &Node, expected: &str) {
        let found = node.text().map_or_else(|| node.sort().to_owned(), |text| format!("`{text}`"));
        let message = format!("`{key}` is {found}; expected {expected}");
        self.report(message, node.span.clone(), None);
    }

    /// Reports what is wrong with bytes of the file.
    pub(super) fn report(&self, message: String, span: Range<usize>, help: Option<String>) {
        let place = Place::of_range(self.path, self.text, span);
        let mut diagnostic = Diagnostic::new("configuration", message).at(place);
        diagnostic.help = help.map(Into::into);
        self.found.borrow_mut().push(diagnostic);
    }
}

/// A mapping inside the file's own.
pub(super) struct Section<'d, 't> {
    decoder: &'d Decoder<'t>,
    node: Option<&'d Node>,
    keys: &'static [Key],
}

impl Section<'_, '_> {
    /// Returns what `read` makes of a key's value; the table says what it takes. Null counts as absent.
    pub(super) fn with<T>(&self, key: &str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        self.decoder.with_key_of((self.node?, self.keys), key, read)
    }
}

fn one(diagnostic: Diagnostic) -> Diagnostics {
    std::iter::once(diagnostic).collect()
}
