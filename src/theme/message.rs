//! The texts of the interface, by language.

use std::collections::BTreeMap;

use crate::base::text::primary_language;
use crate::base::yaml::{self, Value};
use crate::base::{Diagnostic, Diagnostics, Place};

use super::layer::Layer;

/// A text, or its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    Plain(String),
    Counted { one: String, other: String },
}

/// The texts of the interface. A text that a language lacks is taken from English.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    languages: BTreeMap<String, BTreeMap<String, Message>>,
}

impl Messages {
    /// Returns the language of the interface for a language tag: itself, its main part (`nl` for `nl-BE`), or English.
    pub fn language<'t>(&self, tag: &'t str) -> &'t str {
        [tag, primary_language(tag)]
            .into_iter()
            .find(|tag| self.languages.contains_key(*tag))
            .unwrap_or("en")
    }

    /// Returns the text of a key, `None` if no language has it. `arguments` fill its `{name}`s; `n` chooses the form.
    pub fn text(&self, lang: &str, key: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let find = |lang: &str| self.languages.get(lang).and_then(|texts| texts.get(key));
        let text = match find(self.language(lang)).or_else(|| find("en"))? {
            Message::Plain(text) => text,
            Message::Counted { one, other } => {
                let n = arguments.iter().find(|(name, _)| *name == "n").map(|(_, value)| *value);
                if n == Some("1") { one } else { other }
            }
        };
        Some(fill(text, arguments))
    }

    /// Returns the keys of a language, for tests of completeness.
    pub fn keys(&self, lang: &str) -> Vec<&str> {
        let texts = self.languages.get(lang);
        texts.map(|texts| texts.keys().map(String::as_str).collect()).unwrap_or_default()
    }
}

/// Fills `{name}`s in one pass, so that a value that holds braces stays as it is.
fn fill(text: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let value = rest[open..].find('}').and_then(|close| {
            let name = &rest[open + 1..open + close];
            let (_, value) = arguments.iter().find(|(known, _)| *known == name)?;
            Some((value, open + close + 1))
        });
        let (shown, next) = value.map_or(("{", open + 1), |(value, next)| (*value, next));
        filled.push_str(&rest[..open]);
        filled.push_str(shown);
        rest = &rest[next..];
    }
    filled + rest
}

/// Reads `messages/*.yml` of every layer; the nearest layer wins, key by key.
pub(super) fn collect(layers: &[Layer], found: &mut Diagnostics) -> Messages {
    let mut messages = Messages::default();
    for layer in layers {
        for (name, bytes) in layer.below("messages") {
            let path = layer.show(&format!("messages/{name}"));
            let text = String::from_utf8_lossy(bytes);
            let Some(lang) = name.strip_suffix(".yml") else { continue };
            let texts = messages.languages.entry(lang.to_owned()).or_default();
            match yaml::parse(&text) {
                Ok(root) => read(&root, &path, &text, texts, found),
                Err(error) => {
                    let place = Place::of_range(&path, &text, error.offset..error.offset + 1);
                    found.push(Diagnostic::new("message-syntax", error.message).at(place));
                }
            }
        }
    }
    messages
}

fn read(
    root: &yaml::Node,
    path: &str,
    text: &str,
    texts: &mut BTreeMap<String, Message>,
    found: &mut Diagnostics,
) {
    for entry in root.entries() {
        let form = |name: &str| entry.node.get(name).and_then(yaml::Node::text).map(str::to_owned);
        let message = match &entry.node.value {
            Value::Scalar(text) => Some(Message::Plain(text.clone())),
            Value::Map(_) => {
                form("one").zip(form("other")).map(|(one, other)| Message::Counted { one, other })
            }
            Value::Null => Some(Message::Plain(String::new())),
            Value::List(_) => None,
        };
        match message {
            Some(message) => {
                texts.entry(entry.key.clone()).or_insert(message);
            }
            None => {
                let place = Place::of_range(path, text, entry.key_span.clone());
                let message = format!("`{}` is not a text, nor `one` and `other`", entry.key);
                found.push(Diagnostic::new("message-syntax", message).at(place));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_leaves_values_alone() {
        assert_eq!(fill("{a} and {b} {c}", &[("a", "{b}"), ("b", "x")]), "{b} and x {c}");
    }
}
