//! A repository as text: its files as they are, and what each commit did. `example-site/README.md` tells the format.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::date::Moment;
use crate::base::yaml::{self, Node};
use crate::base::{Diagnostic, Diagnostics, Place};
use crate::history::Identity;

/// Everything that a repository's past is worked out from.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// The files as they are today, by path.
    pub site: BTreeMap<String, Arc<[u8]>>,
    /// The files that a commit deleted, as they were just before.
    pub deleted: BTreeMap<String, Arc<[u8]>>,
    /// The file that says who commits.
    pub people: TextFile,
    /// The files that say what commits did, oldest first.
    pub chapters: Vec<TextFile>,
}

/// A text and where it stands.
#[derive(Debug, Clone, Default)]
pub struct TextFile {
    /// Its path, for findings.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl TextFile {
    pub(super) fn error(&self, span: &Range<usize>, message: String) -> Diagnostic {
        let place = Place::of_range(&self.path, &self.text, span.clone());
        Diagnostic::new("history-replay", message).at(place)
    }
}

/// A text of the history and where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// What one commit says and did.
#[derive(Debug)]
pub(super) struct Step<'s> {
    pub(super) chapter: &'s TextFile,
    /// Where it begins.
    pub(super) span: Range<usize>,
    pub(super) at: Moment,
    pub(super) author: Identity,
    pub(super) message: String,
    pub(super) added: Vec<Written>,
    pub(super) deleted: Vec<Written>,
    /// Old path and new path.
    pub(super) moved: Vec<(Written, Written)>,
    pub(super) edits: Vec<Edit>,
}

/// A replacement in a file.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) file: Written,
    pub(super) old: Written,
    pub(super) new: Written,
}

/// Reads the commits of a story, oldest first.
pub(super) fn steps<'s>(story: &'s Story, sink: &mut Diagnostics) -> Vec<Step<'s>> {
    let people = people(&story.people, sink);
    let mut steps = Vec::new();
    for chapter in &story.chapters {
        let Some(node) = parse(chapter, sink) else {
            continue;
        };
        for node in node.items() {
            steps.push(Reader { chapter, people: &people, sink }.step(node));
        }
    }
    steps
}

fn parse(file: &TextFile, sink: &mut Diagnostics) -> Option<Node> {
    let parsed = yaml::parse(&file.text);
    let report = |error: yaml::YamlError| {
        sink.push(file.error(&(error.offset..error.offset), error.message));
    };
    parsed.map_err(report).ok()
}

fn people(file: &TextFile, sink: &mut Diagnostics) -> BTreeMap<String, Identity> {
    let Some(node) = parse(file, sink) else {
        return BTreeMap::new();
    };
    let mut people = BTreeMap::new();
    for entry in node.entries() {
        let field = |key| entry.node.get(key).and_then(Node::text).map(str::to_owned);
        match (field("name"), field("email")) {
            (Some(name), Some(email)) => {
                people.insert(entry.key.clone(), Identity { name, email });
            }
            _ => {
                let message = format!("`{}` needs a `name` and an `email`", entry.key);
                sink.push(file.error(&entry.key_span, message));
            }
        }
    }
    people
}

struct Reader<'r, 's> {
    chapter: &'s TextFile,
    people: &'r BTreeMap<String, Identity>,
    sink: &'r mut Diagnostics,
}

impl<'s> Reader<'_, 's> {
    fn step(&mut self, node: &Node) -> Step<'s> {
        const KEYS: [&str; 9] =
            ["on", "by", "with", "reviewed", "message", "add", "move", "delete", "edit"];
        self.know(node, &KEYS);
        let moved = node.get("move").map(Node::entries).unwrap_or_default();
        Step {
            chapter: self.chapter,
            span: node.span.clone(),
            at: self.moment(node),
            author: self.author(node),
            message: self.message(node),
            added: self.list(node, "add"),
            deleted: self.list(node, "delete"),
            moved: moved
                .iter()
                .map(|entry| {
                    let old = Written { text: entry.key.clone(), span: entry.key_span.clone() };
                    (old, self.written(&entry.node))
                })
                .collect(),
            edits: node
                .get("edit")
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .map(|node| self.edit(node))
                .collect(),
        }
    }

    fn report(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.sink.push(self.chapter.error(span, message.into()));
    }

    fn know(&mut self, node: &Node, keys: &[&str]) {
        for entry in node.entries().iter().filter(|entry| !keys.contains(&entry.key.as_str())) {
            self.report(&entry.key_span, format!("`{}` is no key here", entry.key));
        }
    }

    fn moment(&mut self, node: &Node) -> Moment {
        let on = self.field(node, "on");
        Moment::parse(&on.text).unwrap_or_else(|| {
            let message =
                format!("`{}` is not a moment such as `2025-05-12T09:31:00+02:00`", on.text);
            self.report(&on.span, message);
            Moment { seconds: 0, offset: 0 }
        })
    }

    fn author(&mut self, node: &Node) -> Identity {
        let by = self.field(node, "by");
        self.person(&by)
    }

    fn person(&mut self, key: &Written) -> Identity {
        self.people.get(&key.text).cloned().unwrap_or_else(|| {
            self.report(
                &key.span,
                format!("nobody is called `{}` in the list of people", key.text),
            );
            Identity { name: key.text.clone(), email: key.text.clone() }
        })
    }

    /// Returns the message with its trailers.
    fn message(&mut self, node: &Node) -> String {
        let mut message = self.field(node, "message").text.trim().to_owned();
        let mut trailers = String::new();
        for (key, trailer) in [("with", "Co-authored-by"), ("reviewed", "Reviewed-by")] {
            for key in self.list(node, key) {
                let Identity { name, email } = self.person(&key);
                trailers.push_str(&format!("{trailer}: {name} <{email}>\n"));
            }
        }
        message.push('\n');
        if !trailers.is_empty() {
            message.push('\n');
            message.push_str(&trailers);
        }
        message
    }

    fn edit(&mut self, node: &Node) -> Edit {
        self.know(node, &["in", "old", "new"]);
        let [file, old, new] = ["in", "old", "new"].map(|key| self.field(node, key));
        if !old.text.is_empty() && old.text == new.text {
            self.report(&new.span, "`old` and `new` are the same");
        }
        Edit { file, old, new }
    }

    fn list(&mut self, node: &Node, key: &str) -> Vec<Written> {
        let items = node.get(key).map(Node::items).unwrap_or_default();
        items.iter().map(|item| self.written(item)).collect()
    }

    /// Returns a text that must be there and not be empty.
    fn field(&mut self, node: &Node, key: &str) -> Written {
        match node.get(key) {
            Some(value) => self.written(value),
            None => {
                let start = node.span.start;
                self.report(&(start..start), format!("`{key}` is missing"));
                Written::default()
            }
        }
    }

    fn written(&mut self, node: &Node) -> Written {
        let text = node.text().unwrap_or_default().to_owned();
        if text.is_empty() {
            self.report(&node.span, format!("expected a text, found {}", node.sort()));
        }
        Written { text, span: node.span.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(people: &str, chapter: &str) -> (Vec<String>, Vec<String>) {
        let file =
            |path: &str, text: &str| TextFile { path: path.to_owned(), text: text.to_owned() };
        let story = Story {
            people: file("people.yml", people),
            chapters: vec![file("2025.yml", chapter)],
            ..Story::default()
        };
        let mut sink = Diagnostics::new();
        let messages = steps(&story, &mut sink).into_iter().map(|step| step.message).collect();
        let tell = |finding: &Diagnostic| {
            let place = finding.place.as_ref().unwrap();
            format!("{}:{}: {}", place.path, place.line, finding.message)
        };
        let found = sink.iter().map(tell).collect();
        (messages, found)
    }

    #[test]
    fn message_without_helpers_has_no_trailers() {
        let chapter = "- {on: 2025-05-12T09:31:00+02:00, by: anna, message: typo}\n";
        let (messages, found) = read("anna: {name: Anna, email: a@n}\n", chapter);
        assert_eq!((messages, found), (vec!["typo\n".to_owned()], vec![]));
    }

    #[test]
    fn faults_of_the_text_are_told_with_file_and_line() {
        let chapter = "- on: today\n  by: anna\n  edit:\n    - {in: a.md, old: x, new: x}\n";
        let (_, found) = read("anna: {name: Anna}\n", chapter);
        assert_eq!(
            found,
            [
                "people.yml:1: `anna` needs a `name` and an `email`",
                "2025.yml:1: `today` is not a moment such as `2025-05-12T09:31:00+02:00`",
                "2025.yml:2: nobody is called `anna` in the list of people",
                "2025.yml:1: `message` is missing",
                "2025.yml:4: `old` and `new` are the same",
            ]
        );
        assert!(read("", "- [\n").1[0].starts_with("2025.yml:"));
    }
}
