//! What sorts of pages there are. A kind is data: a file in `kinds/` of a theme, so that a site adds its own.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::text::primary_language;
use crate::base::yaml::{self, Entry, Node};
use crate::base::{Diagnostic, Diagnostics, Place};

use super::layer::Layer;

/// A word in several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label(BTreeMap<String, String>);

impl Label {
    /// Returns the word in a language, else in English, else in any.
    pub fn text(&self, lang: &str) -> &str {
        let main = primary_language(lang);
        let known = [lang, main, "en"].iter().find_map(|tag| self.0.get(*tag));
        known.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    fn read(node: Option<&Node>) -> Self {
        let Some(node) = node else { return Self::default() };
        if let Some(text) = node.text() {
            return Self([("en".to_owned(), text.to_owned())].into());
        }
        let words = node.entries().iter();
        Self(words.filter_map(|e| Some((e.key.clone(), e.node.text()?.to_owned()))).collect())
    }
}

/// What the engine itself must know of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing: lists, statuses and a template.
    Plain,
    /// Each page is a person.
    Person,
    /// Each page is a domain.
    Domain,
    /// Each page is a group of people.
    Group,
    /// Each page belongs to the page that it replies to.
    Reply,
    /// Each page is a question, which replies can answer.
    Question,
    /// Each page explains a word.
    Term,
}

/// What a field of the front matter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldSort {
    /// Text.
    Text,
    /// A day.
    Date,
    /// People.
    Person,
    /// A page.
    Page,
    /// An address.
    Url,
}

/// A field of the front matter that a kind knows, beside those that every page may have.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub label: Label,
    /// What it holds.
    pub sort: FieldSort,
    /// What it is for; may be empty.
    pub help: Label,
}

/// A sort of page.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Its name, as in `kind: question`.
    pub id: String,
    /// What one of it is called; empty for plain pages.
    pub name: Label,
    /// What several are called.
    pub plural: Label,
    /// The address of the list of all pages of this kind; none if empty.
    pub listing: String,
    /// What the engine knows of it.
    pub role: Role,
    /// Its statuses in the order of lists, with what they are called.
    pub statuses: Vec<(String, Label)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Whether its pages record a moment and so never go stale.
    pub is_record: bool,
    /// Where its pages stand among the kinds of a domain; smaller is earlier.
    pub order: i32,
}

/// All kinds, by name.
#[derive(Debug, Clone, Default)]
pub struct Kinds(BTreeMap<String, Kind>);

impl Kinds {
    /// Returns a kind.
    pub fn get(&self, id: &str) -> Option<&Kind> {
        self.0.get(id)
    }

    /// Returns the kinds, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.0.values()
    }

    /// Returns the role of a kind; plain for unknown ones.
    pub fn role(&self, id: &str) -> Role {
        self.0.get(id).map_or(Role::Plain, |kind| kind.role)
    }
}

const KEYS: [&str; 8] =
    ["name", "plural", "listing", "role", "statuses", "fields", "record", "order"];

const FIELD_KEYS: [&str; 3] = ["type", "label", "help"];

/// Reads `kinds/*.yml` of every layer; the nearest layer wins.
pub(super) fn collect(layers: &[Layer], found: &mut Diagnostics) -> Kinds {
    let mut kinds = BTreeMap::new();
    for layer in layers {
        for (name, bytes) in layer.below("kinds") {
            let Some(id) = name.strip_suffix(".yml") else { continue };
            if kinds.contains_key(id) {
                continue;
            }
            let path = layer.show(&format!("kinds/{name}"));
            let text = String::from_utf8_lossy(bytes);
            match yaml::parse(&text) {
                Ok(root) => {
                    kinds.insert(id.to_owned(), read(id, &root, &path, &text, found));
                }
                Err(error) => {
                    let place = Place::of_range(&path, &text, error.offset..error.offset + 1);
                    found.push(Diagnostic::new("kind-syntax", error.message).at(place));
                }
            }
        }
    }
    Kinds(kinds)
}

fn read(id: &str, root: &Node, path: &str, text: &str, found: &mut Diagnostics) -> Kind {
    let mut report = |message: String, span: Range<usize>| {
        let place = Place::of_range(path, text, span);
        found.push(Diagnostic::new("kind-syntax", message).at(place));
    };
    for entry in root.entries() {
        if !KEYS.contains(&entry.key.as_str()) {
            let message = format!("unknown key `{}`; known keys: {}", entry.key, KEYS.join(", "));
            report(message, entry.key_span.clone());
        }
    }
    let role = root.get("role").and_then(|node| {
        let role = node.text().and_then(role);
        if role.is_none() {
            report(
                "expected person, domain, group, reply, question or term".to_owned(),
                node.span.clone(),
            );
        }
        role
    });
    let entries = |key: &str| root.get(key).map(Node::entries).unwrap_or_default();
    let statuses = entries("statuses").iter();
    let fields = entries("fields").iter().map(|entry| field(entry, &mut report)).collect();
    let number = |key: &str| root.get(key).and_then(Node::text).and_then(|text| text.parse().ok());
    Kind {
        id: id.to_owned(),
        name: Label::read(root.get("name")),
        plural: Label::read(root.get("plural")),
        listing: root.get("listing").and_then(Node::text).unwrap_or_default().to_owned(),
        role: role.unwrap_or(Role::Plain),
        statuses: statuses.map(|e| (e.key.clone(), Label::read(Some(&e.node)))).collect(),
        fields,
        is_record: root.get("record").and_then(Node::bool).unwrap_or(false),
        order: number("order").unwrap_or(50),
    }
}

fn role(name: &str) -> Option<Role> {
    Some(match name {
        "plain" => Role::Plain,
        "person" => Role::Person,
        "domain" => Role::Domain,
        "group" => Role::Group,
        "reply" => Role::Reply,
        "question" => Role::Question,
        "term" => Role::Term,
        _ => return None,
    })
}

fn field(entry: &Entry, report: &mut impl FnMut(String, Range<usize>)) -> Field {
    let node = &entry.node;
    for entry in node.entries().iter().filter(|entry| !FIELD_KEYS.contains(&entry.key.as_str())) {
        let message = format!("unknown key `{}`; known keys: {}", entry.key, FIELD_KEYS.join(", "));
        report(message, entry.key_span.clone());
    }
    let sort = node.get("type").map_or(Some(FieldSort::Text), |sort| {
        let known = sort.text().and_then(field_sort);
        if known.is_none() {
            report("expected text, date, person, page or url".to_owned(), sort.span.clone());
        }
        known
    });
    Field {
        key: entry.key.clone(),
        label: Label::read(node.get("label")),
        sort: sort.unwrap_or(FieldSort::Text),
        help: Label::read(node.get("help")),
    }
}

fn field_sort(name: &str) -> Option<FieldSort> {
    Some(match name {
        "text" => FieldSort::Text,
        "date" => FieldSort::Date,
        "person" => FieldSort::Person,
        "page" => FieldSort::Page,
        "url" => FieldSort::Url,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_a_field_are_told() {
        let text = "fields:\n  url: {type: adress}\n  who: {type: person, lable: x}\n";
        let mut found = Diagnostics::new();
        let kind = read("x", &yaml::parse(text).unwrap(), "kinds/x.yml", text, &mut found);
        let told: Vec<String> = found.iter().map(|found| found.message.to_string()).collect();
        assert_eq!(
            told,
            [
                "expected text, date, person, page or url",
                "unknown key `lable`; known keys: type, label, help"
            ]
        );
        assert_eq!(kind.fields[1].sort, FieldSort::Person);
    }
}
