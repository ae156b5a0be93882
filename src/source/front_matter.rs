//! The head of a page, decoded forgivingly: whatever can be read is kept, whatever cannot is reported.

use std::ops::Range;

use crate::base::date::Interval;
use crate::base::yaml::{self, Entry, Node, Value};
use crate::base::{Date, Diagnostic, Place};

use super::names::people_in;
use super::split::{Split, Syntax};

/// A text of the front matter and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What the head of a page says. Every field is optional.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `kind`
    pub kind: Option<Text>,
    /// `status`
    pub status: Option<Text>,
    /// `aliases`: other names.
    pub aliases: Vec<Text>,
    /// `domains`: ids or titles.
    pub domains: Vec<Text>,
    /// `groups`: ids or titles.
    pub groups: Vec<Text>,
    /// `tags`
    pub tags: Vec<String>,
    /// `authors`: ids, names or e-mail addresses.
    pub authors: Vec<Text>,
    /// `contributions`
    pub contributions: Vec<ContributionField>,
    /// `owner`
    pub owner: Option<Text>,
    /// `review`
    pub review: Option<ReviewField>,
    /// `audience`
    pub audience: Option<Text>,
    /// `lang`
    pub lang: Option<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `replies-to`: the page that this one answers.
    pub replies_to: Option<Text>,
    /// `date`: the page's own day; for plain pages, when it was written.
    pub date: Option<Date>,
    /// `draft`
    pub draft: bool,
    /// All keys that are not named above, as written; spans are bytes of the file.
    pub other: Vec<Entry>,
}

/// An entry of `contributions`.
#[derive(Debug, Clone)]
pub struct ContributionField {
    /// `who`
    pub who: Text,
    /// `did`: `reviewed`, `suggested` …
    pub did: String,
    /// `by`: who says so, for thanks.
    pub by: Option<Text>,
    /// `on`
    pub on: Option<Date>,
    /// `note`
    pub note: String,
    /// `page`: another page that shows it.
    pub page: Option<Text>,
}

/// `review`: how often a page is checked, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewField {
    /// `every`
    pub every: Option<Interval>,
    /// `last`
    pub last: Option<Date>,
}

/// Decodes the front matter of the file `path`.
pub(super) fn decode(path: &str, text: &str, split: &Split) -> (FrontMatter, Vec<Diagnostic>) {
    let front = &text[split.front.clone()];
    let offset = split.front.start;
    let mut decoder = Decoder { path, text, offset, found: Vec::new() };
    let root = match split.syntax {
        Syntax::Toml => salvage(front, '='),
        Syntax::Yaml => match yaml::parse(front) {
            Ok(root) => {
                for (key, span) in yaml::duplicate_keys(front) {
                    let message =
                        format!("key `{key}` stands here a second time; the first one counts");
                    decoder.report("front-matter-duplicate", message, &span, None);
                }
                root
            }
            Err(error) => {
                let message = format!("the front matter is not valid YAML: {}", error.message);
                let help = "put values that hold `: `, `#`, `@` or quotes between quotes; indent with spaces, not tabs";
                decoder.report(
                    "front-matter-syntax",
                    message,
                    &(error.offset..error.offset + 1),
                    Some(help),
                );
                salvage(front, ':')
            }
        },
    };
    let mut front_matter = FrontMatter::default();
    for entry in root.entries() {
        decoder.take(entry, &mut front_matter);
    }
    (front_matter, decoder.found)
}

/// Reads what can be read of front matter that cannot be parsed: `key: value` lines at the left margin.
fn salvage(front: &str, separator: char) -> Node {
    let mut entries: Vec<Entry> = Vec::new();
    let mut start = 0;
    for line in front.split_inclusive('\n') {
        let is_key = line.starts_with(|c: char| c.is_alphanumeric());
        if let (true, Some((key, value))) = (is_key, line.split_once(separator)) {
            let value = value.trim();
            let bare = value.trim_matches(['"', '\'']);
            let span = start + line.find(value).unwrap_or(0)..start + line.trim_end().len();
            let items = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let value = match items {
                Some(items) => {
                    Value::List(items.split(',').map(|item| scalar(item.trim(), &span)).collect())
                }
                None if bare.is_empty() => Value::Null,
                None => Value::Scalar(bare.to_owned()),
            };
            let key_span = start..start + key.len();
            entries.push(Entry {
                key: key.trim().to_owned(),
                key_span,
                node: Node { value, span },
            });
        }
        start += line.len();
    }
    Node { value: Value::Map(entries), span: 0..front.len() }
}

fn scalar(text: &str, span: &Range<usize>) -> Node {
    let text = text.trim_matches(['"', '\'']).to_owned();
    Node { value: Value::Scalar(text), span: span.clone() }
}

struct Decoder<'t> {
    path: &'t str,
    text: &'t str,
    /// Where the front matter begins in the file.
    offset: usize,
    found: Vec<Diagnostic>,
}

impl Decoder<'_> {
    fn take(&mut self, entry: &Entry, front: &mut FrontMatter) {
        let node = &entry.node;
        match entry.key.to_lowercase().as_str() {
            "title" => front.title = self.line(entry),
            "kind" => front.kind = self.text(entry),
            "status" => front.status = self.text(entry),
            "aliases" | "alias" => front.aliases = self.texts(entry),
            "domains" | "domain" => front.domains = self.texts(entry),
            "groups" | "group" => front.groups = self.texts(entry),
            "tags" | "tag" => front.tags = tags(node),
            "authors" | "author" => front.authors = self.people(node),
            "contributions" => front.contributions = self.contributions(entry),
            "owner" => front.owner = self.text(entry),
            "review" => front.review = self.review(entry),
            "audience" => front.audience = self.text(entry),
            "lang" | "language" => front.lang = self.line(entry),
            "summary" | "description" => front.summary = self.line(entry),
            "replies-to" => front.replies_to = self.text(entry),
            "date" => {
                front.date = node.text().and_then(Date::parse);
                front.other.push(self.moved(entry));
            }
            "draft" => front.draft = node.bool().unwrap_or(false),
            _ => front.other.push(self.moved(entry)),
        }
    }

    /// Returns an entry with spans that count from the start of the file.
    fn moved(&self, entry: &Entry) -> Entry {
        fn move_node(node: &Node, by: usize) -> Node {
            let value = match &node.value {
                Value::List(items) => {
                    Value::List(items.iter().map(|item| move_node(item, by)).collect())
                }
                Value::Map(entries) => {
                    Value::Map(entries.iter().map(|e| move_entry(e, by)).collect())
                }
                other => other.clone(),
            };
            Node { value, span: node.span.start + by..node.span.end + by }
        }
        fn move_entry(entry: &Entry, by: usize) -> Entry {
            let key_span = entry.key_span.start + by..entry.key_span.end + by;
            Entry { key: entry.key.clone(), key_span, node: move_node(&entry.node, by) }
        }
        move_entry(entry, self.offset)
    }

    fn text(&mut self, entry: &Entry) -> Option<Text> {
        let line = self.line(entry)?;
        Some(Text { text: line, span: self.in_file(&entry.node.span) })
    }

    fn line(&mut self, entry: &Entry) -> Option<String> {
        match &entry.node.value {
            Value::Null => None,
            Value::Scalar(text) => {
                Some(crate::base::text::squeeze(text)).filter(|text| !text.is_empty())
            }
            // Some tools write single values as lists of one.
            Value::List(items) if items.len() == 1 => items[0].text().map(str::to_owned),
            Value::List(_) | Value::Map(_) => {
                self.report_sort(entry, "a single value");
                None
            }
        }
    }

    fn texts(&mut self, entry: &Entry) -> Vec<Text> {
        if matches!(entry.node.value, Value::Map(_)) {
            self.report_sort(entry, "a list");
        }
        let items = entry.node.items().iter();
        items.filter_map(|item| Some(self.spanned(item.text()?, &item.span))).collect()
    }

    fn people(&mut self, node: &Node) -> Vec<Text> {
        let mut people = Vec::new();
        for item in node.items() {
            let known = |key: &str| item.get(key).and_then(Node::text);
            match item.text() {
                Some(text) => {
                    people.extend(
                        people_in(text).into_iter().map(|name| self.spanned(&name, &item.span)),
                    );
                }
                None => people.extend(
                    known("name").or(known("email")).map(|name| self.spanned(name, &item.span)),
                ),
            }
        }
        people
    }

    fn contributions(&mut self, entry: &Entry) -> Vec<ContributionField> {
        let mut contributions = Vec::new();
        for item in entry.node.items() {
            let field = |key: &str| item.get(key).filter(|node| node.text().is_some());
            let text = |key: &str| field(key).and_then(Node::text).map(str::to_owned);
            let spanned = |key: &str| {
                field(key).map(|node| self.spanned(node.text().unwrap_or_default(), &node.span))
            };
            let Some(who) = spanned("who") else {
                let help = "write `{who: anna, did: reviewed, on: 2026-04-03}`";
                let message = "a contribution needs `who`".to_owned();
                self.report("front-matter-value", message, &item.span.clone(), Some(help));
                continue;
            };
            contributions.push(ContributionField {
                who,
                did: text("did").unwrap_or_else(|| "helped".to_owned()),
                by: spanned("by"),
                on: text("on").and_then(|day| Date::parse(&day)),
                note: text("note").unwrap_or_default(),
                page: spanned("page"),
            });
        }
        contributions
    }

    fn review(&mut self, entry: &Entry) -> Option<ReviewField> {
        let node = &entry.node;
        let every = node.get("every").or(node.text().map(|_| node));
        let interval = every.and_then(Node::text).and_then(Interval::parse);
        let last = node.get("last").and_then(Node::text).and_then(Date::parse);
        if interval.is_none() && last.is_none() {
            let help = "write `review: {every: 6 months, last: 2026-04-03}`";
            let message = "`review` has neither an interval nor a date".to_owned();
            self.report("front-matter-value", message, &node.span.clone(), Some(help));
            return None;
        }
        Some(ReviewField { every: interval, last })
    }

    fn spanned(&self, text: &str, span: &Range<usize>) -> Text {
        Text { text: text.trim().to_owned(), span: self.in_file(span) }
    }

    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn report_sort(&mut self, entry: &Entry, expected: &str) {
        let message = format!("`{}` is {}; expected {expected}", entry.key, entry.node.sort());
        self.report("front-matter-value", message, &entry.node.span.clone(), None);
    }

    fn report(
        &mut self,
        code: &'static str,
        message: String,
        span: &Range<usize>,
        help: Option<&str>,
    ) {
        let place = Place::of_range(self.path, self.text, self.in_file(span));
        let mut diagnostic = Diagnostic::new(code, message).at(place);
        diagnostic.help = help.map(str::to_owned);
        self.found.push(diagnostic);
    }
}

/// Returns tags from a list, or from a text with commas; `#` before a tag is dropped.
fn tags(node: &Node) -> Vec<String> {
    let texts = node.items().iter().filter_map(Node::text);
    let split = texts.flat_map(|text| text.split(','));
    split
        .map(|tag| tag.trim().trim_start_matches('#').to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;

    fn read(front: &str) -> (FrontMatter, Vec<String>) {
        let text = format!("---\n{front}---\nbody\n");
        let (front, found) = decode("a.md", &text, &split(&text).unwrap());
        let told = |d: Diagnostic| {
            let place = d.place.unwrap();
            format!("{}:{} {}", place.line, place.column, d.code)
        };
        (front, found.into_iter().map(told).collect())
    }

    #[test]
    fn known_keys_are_decoded() {
        let (front, found) = read(
            "title: 0.90\nauthors: [anna, 'Bram B']\ntags: '#a, b'\nreview: {every: 6 months, last: 2026-04-03}\n\
             contributions:\n  - {who: chen, did: reviewed, on: 2026-04-03, note: fine}\nrecipe: yes\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(front.title.as_deref(), Some("0.90"));
        let authors: Vec<_> = front.authors.iter().map(|author| author.text.as_str()).collect();
        assert_eq!(authors, ["anna", "Bram B"]);
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.contributions[0].did, "reviewed");
        assert_eq!(front.other[0].key, "recipe");
        assert!(front.review.unwrap().last.is_some());
    }

    #[test]
    fn broken_yaml_keeps_what_can_be_read() {
        let (front, found) = read("title: A page: with a colon\ntags: [a, b]\nowner: @anna\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("front-matter-syntax"), "{found:?}");
        assert_eq!(front.title.as_deref(), Some("A page: with a colon"));
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.owner.unwrap().text, "@anna");
    }

    #[test]
    fn wrong_values_are_told_with_their_place() {
        let (_, found) = read("title: x\nlang: {a: b}\ncontributions: [{did: x}]\ntitle: y\n");
        assert_eq!(
            found,
            ["5:1 front-matter-duplicate", "3:7 front-matter-value", "4:17 front-matter-value"]
        );
    }

    #[test]
    fn toml_gives_its_plain_values() {
        let text = "+++\ntitle = \"A\"\n[extra]\nx = 1\n+++\n";
        let (front, _) = decode("a.md", text, &split(text).unwrap());
        assert_eq!(front.title.as_deref(), Some("A"));
    }
}
