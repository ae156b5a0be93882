//! From the tree of the front matter to its fields.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::date::Interval;
use crate::base::text::squeeze;
use crate::base::yaml::{Entry, Node, Value};
use crate::base::{Date, Diagnostic, Places};
use crate::source::names::people_in;

use super::fields::{FIELDS, plain};
use super::{ContributionField, FrontMatter, ReviewField, Text};

/// So many values of one field count: each person and each former address is a page of its own.
const VALUES: usize = 1_000;

/// Decodes one page's front matter and gathers what is wrong with it.
pub(super) struct Decoder<'t> {
    places: Places<'t>,
    /// Where the front matter begins in the file.
    offset: usize,
    found: Vec<Diagnostic>,
}

/// The entries of the front matter by the table's spelling of their keys.
struct Entries<'n>(Vec<(String, &'n Entry)>);

impl<'n> Entries<'n> {
    fn get(&self, key: &str) -> Option<&'n Entry> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, entry)| *entry)
    }

    /// Returns the entries that mean a field, the table's own name first.
    fn all(&self, key: &'static str) -> impl Iterator<Item = &'n Entry> {
        let also = FIELDS.iter().find(|field| field.key == key).map_or(&[][..], |field| field.also);
        std::iter::once(key).chain(also.iter().copied()).filter_map(|name| self.get(name))
    }

    /// Returns the entry that counts for a field: the first one that says something.
    fn first(&self, key: &'static str) -> Option<&'n Entry> {
        self.all(key).find(|entry| entry.node.value != Value::Null)
    }
}

impl<'t> Decoder<'t> {
    /// Returns a decoder for a file, in which the front matter begins at `offset`.
    pub(super) fn new(places: Places<'t>, offset: usize) -> Self {
        Self { places, offset, found: Vec::new() }
    }

    /// Decodes the tree.
    pub(super) fn decode(mut self, root: &Node) -> (FrontMatter, Vec<Diagnostic>) {
        let entries = root.entries().iter().map(|entry| (plain(&entry.key), entry));
        let entries = Entries(entries.collect());
        let front = FrontMatter {
            title: self.line(entries.first("title")),
            kind: self.text(entries.first("kind")),
            status: self.text(entries.first("status")),
            aliases: self.texts(entries.all("aliases")),
            domains: self.texts(entries.first("domains")),
            groups: self.texts(entries.first("groups")),
            tags: self.tags(entries.all("tags")),
            authors: self.people(entries.all("authors")),
            contributions: self.contributions(&entries),
            owner: self.owner(entries.first("owner")),
            review: self.review(&entries),
            audience: self.text(entries.first("audience")),
            lang: self.line(entries.first("lang")),
            summary: self.line(entries.first("summary")),
            replies_to: self.text(entries.first("replies-to")),
            date: self.written(&entries),
            updated: self.updated(&entries),
            draft: entries.first("draft").and_then(|entry| entry.node.bool()).unwrap_or(false),
            withheld: self.withheld(&entries),
            order: entries.first("order").and_then(|entry| entry.node.text()?.parse().ok()),
            redirect_from: self.texts(entries.first("redirect-from")),
            superseded_by: self.text(entries.first("superseded-by")),
            permalink: self.text(entries.first("permalink")).filter(|link| is_path(&link.text)),
            slug: self.text(entries.first("slug")),
            other: self.other(&entries),
        };
        (front, self.found)
    }

    /// Returns what is not ours under its own name. (`date` is, but kinds have their own word for it.)
    fn other(&self, entries: &Entries<'_>) -> Vec<Entry> {
        let is_ours = |key: &str| key != "date" && FIELDS.iter().any(|field| field.key == key);
        let other = entries.0.iter().filter(|(key, _)| !is_ours(key));
        other.map(|(_, entry)| (*entry).clone().moved(self.offset)).collect()
    }

    fn text(&mut self, entry: Option<&Entry>) -> Option<Text> {
        let span = self.in_file(&entry?.node.span);
        Some(Text { text: self.line(entry)?, span })
    }

    fn line(&mut self, entry: Option<&Entry>) -> Option<String> {
        let entry = entry?;
        match &entry.node.value {
            Value::Null => None,
            Value::Scalar(text) => Some(squeeze(text)).filter(|text| !text.is_empty()),
            // Some tools write single values as lists of one.
            Value::List(items) if items.len() == 1 => items[0].text().map(str::to_owned),
            Value::List(_) | Value::Map(_) => {
                self.report_sort(entry, "a single value");
                None
            }
        }
    }

    fn texts<'n>(&mut self, entries: impl IntoIterator<Item = &'n Entry>) -> Vec<Text> {
        let mut texts: Vec<Text> = Vec::new();
        let mut known = BTreeSet::new();
        for entry in entries {
            if matches!(entry.node.value, Value::Map(_)) {
                self.report_sort(entry, "a list");
            }
            for item in self.items(entry) {
                let text = item.text().map(|text| self.spanned(text, &item.span));
                let is_new = |text: &Text| !text.text.is_empty() && known.insert(text.text.clone());
                texts.extend(text.filter(is_new));
            }
        }
        texts
    }

    fn people<'n>(&mut self, entries: impl IntoIterator<Item = &'n Entry>) -> Vec<Text> {
        let mut people: Vec<Text> = Vec::new();
        let mut known = BTreeSet::new();
        for item in entries.into_iter().flat_map(|entry| entry.node.items()) {
            let names = match item.text() {
                Some(text) => people_in(text),
                None => described_person(item).into_iter().collect(),
            };
            for name in names {
                if !known.insert(name.clone()) {
                    continue;
                }
                if people.len() == VALUES {
                    let message =
                        format!("more than {VALUES} people are named; the first ones count");
                    self.report("front-matter-value", message, &item.span, None);
                    return people;
                }
                people.push(self.spanned(&name, &item.span));
            }
        }
        people
    }

    /// Returns tags from lists, or from texts with commas, each once; `#` before a tag is dropped.
    fn tags<'n>(&mut self, entries: impl Iterator<Item = &'n Entry>) -> Vec<String> {
        let texts = entries.flat_map(|entry| self.items(entry)).filter_map(Node::text);
        let mut tags: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for tag in texts.flat_map(|text| text.split(',')) {
            let tag = tag.trim().trim_start_matches('#');
            if !tag.is_empty() && known.insert(tag) {
                tags.push(tag.to_owned());
            }
        }
        tags
    }

    /// Returns the values of a field that count.
    fn items<'n>(&mut self, entry: &'n Entry) -> &'n [Node] {
        let items = entry.node.items();
        let Some(first) = items.get(VALUES) else { return items };
        let message =
            format!("`{}` has {} values; the first {VALUES} count", entry.key, items.len());
        self.report("front-matter-value", message, &first.span, None);
        &items[..VALUES]
    }

    /// One person stands for a page: of several the first.
    fn owner(&mut self, entry: Option<&Entry>) -> Option<Text> {
        let people = self.people(entry);
        if people.len() > 1 {
            let message = format!(
                "`{}` names {} people; the first one stands for the page",
                entry?.key,
                people.len()
            );
            let help = "name one person, and the others under `contributions` or as a group";
            self.report("front-matter-value", message, &entry?.node.span, Some(help));
        }
        people.into_iter().next()
    }

    fn contributions(&mut self, entries: &Entries<'_>) -> Vec<ContributionField> {
        let mut contributions = Vec::new();
        for item in
            entries.first("contributions").map(|entry| entry.node.items()).unwrap_or_default()
        {
            contributions.extend(self.contribution(item));
        }
        for (key, did) in [("reviewers", "reviewed"), ("translators", "translated")] {
            let people = self.people(entries.all(key));
            contributions.extend(people.into_iter().map(|who| ContributionField::of(who, did)));
        }
        contributions.extend(self.last_update(entries));
        contributions
    }

    /// Docusaurus tells who changed a page last: `last_update: {author: anna, date: 2026-04-03}`.
    fn last_update(&mut self, entries: &Entries<'_>) -> Vec<ContributionField> {
        let Some(update) = entries.first("updated").map(|entry| &entry.node) else {
            return Vec::new();
        };
        let author = update.get("author").and_then(Node::text).unwrap_or_default();
        let span = update.get("author").map_or(0..0, |author| author.span.clone());
        let on = update.get("date").and_then(Node::text).and_then(Date::parse);
        let people = people_in(author).into_iter();
        let edited = people.map(|name| ContributionField {
            on,
            ..ContributionField::of(self.spanned(&name, &span), "edited")
        });
        edited.collect()
    }

    fn contribution(&mut self, item: &Node) -> Option<ContributionField> {
        let field = |key: &str| item.get(key).filter(|node| node.text().is_some());
        let text = |key: &str| field(key).and_then(Node::text).map(str::to_owned);
        let spanned = |key: &str| {
            field(key).map(|node| self.spanned(node.text().unwrap_or_default(), &node.span))
        };
        let Some(who) = spanned("who") else {
            let help = "write `{who: anna, did: reviewed, on: 2026-04-03}`";
            let message = "a contribution needs `who`".to_owned();
            self.report("front-matter-value", message, &item.span, Some(help));
            return None;
        };
        let contribution = ContributionField {
            who,
            did: text("did").unwrap_or_else(|| "helped".to_owned()),
            by: spanned("by"),
            on: None,
            note: text("note").unwrap_or_default(),
            page: spanned("page"),
        };
        let on = field("on").and_then(|node| self.day("on", node));
        Some(ContributionField { on, ..contribution })
    }

    fn review(&mut self, entries: &Entries<'_>) -> Option<ReviewField> {
        let own = entries.get("review").filter(|entry| entry.node.value != Value::Null);
        let of = |key: &str| entries.get(key).map(|entry| &entry.node);
        let node = own.map(|entry| &entry.node);
        let every = node.and_then(|node| node.get("every").or(node.text().map(|_| node)));
        let every = every.or(of("review-in")).and_then(Node::text).and_then(Interval::parse);
        let others = ["last-reviewed-on", "last-reviewed", "last-review"];
        let last = node.and_then(|node| node.get("last")).or(others.into_iter().find_map(of));
        let last = last.and_then(|last| self.day("last", last));
        if let (Some(own), None, None) = (own, every, last) {
            let help = "write `review: {every: 6 months, last: 2026-04-03}`";
            let message = "`review` has neither an interval nor a date".to_owned();
            self.report("front-matter-value", message, &own.node.span, Some(help));
        }
        (every.is_some() || last.is_some()).then_some(ReviewField { every, last })
    }

    /// `date`, or `created` of a mapping, or the day under another name; also `published: 2026-04-03`.
    fn written(&mut self, entries: &Entries<'_>) -> Option<Date> {
        let entry = entries.first("date").or_else(|| {
            let published = entries.get("published")?;
            published.node.text().and_then(Date::parse).map(|_| published)
        })?;
        match &entry.node.value {
            Value::Map(_) => entry.node.get("created").and_then(|node| self.day("created", node)),
            _ => self.day(&entry.key, &entry.node),
        }
    }

    fn updated(&mut self, entries: &Entries<'_>) -> Option<Date> {
        let of_date = || entries.get("date").and_then(|entry| entry.node.get("updated"));
        let entry = entries.first("updated");
        let node =
            entry.map(|entry| entry.node.get("date").unwrap_or(&entry.node)).or_else(of_date)?;
        match &node.value {
            // `last_update: {author: anna}` has no day.
            Value::Map(_) => None,
            _ => self.day(entry.map_or("updated", |entry| &entry.key), node),
        }
    }

    fn day(&mut self, key: &str, node: &Node) -> Option<Date> {
        let day = node.text().and_then(Date::parse);
        if day.is_none() && node.value != Value::Null {
            let written =
                node.text().map_or_else(|| node.sort().to_owned(), |text| format!("`{text}`"));
            let message = format!("`{key}` is {written}, which is no day");
            let help = "write year, month and day: `2026-04-03`";
            self.report("front-matter-value", message, &node.span, Some(help));
        }
        day
    }

    /// Returns what says that the page is not for everybody. Where it is in doubt, it says so.
    fn withheld(&self, entries: &Entries<'_>) -> Option<Text> {
        let says = entries.0.iter().find(|(key, entry)| {
            let node = &entry.node;
            let is_set = node.value != Value::Null && node.bool() != Some(false);
            let text = node.text().unwrap_or_default().to_lowercase();
            match key.as_str() {
                "published" | "publish" | "public" | "dg-publish" => {
                    node.bool() == Some(false) || matches!(text.as_str(), "never" | "none" | "0")
                }
                "unlisted" | "private" | "confidential" => is_set && text != "0",
                "visibility" => matches!(text.as_str(), "private" | "unlisted" | "hidden"),
                "build" | "-build" => node.get("render").is_some_and(|render| {
                    render.bool() == Some(false) || render.text() == Some("never")
                }),
                _ => false,
            }
        });
        let (_, entry) = says?;
        let span = entry.key_span.start..entry.node.span.end.max(entry.key_span.end);
        let text = match entry.node.text() {
            Some(value) => format!("{}: {}", entry.key, squeeze(value)),
            None => entry.key.clone(),
        };
        Some(self.spanned(&text, &span))
    }

    fn spanned(&self, text: &str, span: &Range<usize>) -> Text {
        Text { text: text.trim().to_owned(), span: self.in_file(span) }
    }

    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn report_sort(&mut self, entry: &Entry, expected: &str) {
        let message = format!("`{}` is {}; expected {expected}", entry.key, entry.node.sort());
        self.report("front-matter-value", message, &entry.node.span, None);
    }

    /// Reports a finding about bytes of the front matter.
    pub(super) fn report(
        &mut self,
        code: &'static str,
        message: String,
        span: &Range<usize>,
        help: Option<&str>,
    ) {
        let place = self.places.at(self.in_file(span));
        let mut diagnostic = Diagnostic::new(code, message).at(place);
        diagnostic.help = help.map(Into::into);
        self.found.push(diagnostic);
    }
}

impl ContributionField {
    fn of(who: Text, did: &str) -> Self {
        Self { who, did: did.to_owned(), by: None, on: None, note: String::new(), page: None }
    }
}

/// Returns a person who is written as a mapping: `{name: Anna, email: anna@n.example}`.
fn described_person(node: &Node) -> Option<String> {
    let text = |key: &str| node.get(key).and_then(Node::text).filter(|text| !text.is_empty());
    let handle =
        text("github").or(text("gitlab")).or(text("username")).map(|h| h.trim_start_matches('@'));
    match (text("name"), text("email"), handle) {
        (Some(name), Some(email), _) => Some(format!("{name} <{email}>")),
        (Some(name), None, Some(handle)) => Some(format!("{name} (@{handle})")),
        (None, None, Some(handle)) => Some(format!("@{handle}")),
        (name, email, _) => name.or(email).map(str::to_owned),
    }
}

/// `url: https://…` is where something else is.
fn is_path(text: &str) -> bool {
    !text.contains("://") && !text.contains("{{") && !text.contains(char::is_whitespace)
}
