//! The front matter of a text: where it is, and how a value is written back into it.

use std::ops::Range;

use crate::base::yaml::{self, Node, Value};

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
}

/// The front matter of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front {
    /// Its syntax.
    pub(super) syntax: Syntax,
    /// The bytes between its fences.
    pub(super) range: Range<usize>,
}

/// Finds the front matter of a text whose body begins at `body_start`.
pub(super) fn front(text: &str, body_start: usize) -> Option<Front> {
    let head = &text[..body_start];
    let start = head.len() - head.trim_start().len();
    let syntax = match head.get(start..start + 3)? {
        "---" => Syntax::Yaml,
        "+++" => Syntax::Toml,
        _ => return None,
    };
    let begin = start + head[start..].find('\n')? + 1;
    let last_line = head.trim_end().rfind('\n')? + 1;
    (begin <= last_line).then_some(Front { syntax, range: begin..last_line })
}

/// Returns the values of YAML front matter with the bytes of the text where they stand; nothing if it is not YAML.
pub(super) fn values(text: &str, front: &Front) -> Option<Node> {
    fn shift(node: &mut Node, by: usize) {
        node.span = node.span.start + by..node.span.end + by;
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
            Value::Map(entries) => entries.iter_mut().for_each(|entry| {
                entry.key_span = entry.key_span.start + by..entry.key_span.end + by;
                shift(&mut entry.node, by);
            }),
            Value::Null | Value::Scalar(_) => {}
        }
    }
    if front.syntax != Syntax::Yaml {
        return None;
    }
    let mut root = yaml::parse(&text[front.range.clone()]).ok()?;
    shift(&mut root, front.range.start);
    Some(root)
}

/// Writes a text as YAML in the quotes of what stood there; plain text is quoted where it must be.
pub(super) fn scalar(text: &str, former: &str) -> String {
    let double = || format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match former.chars().next() {
        Some('"') => double(),
        Some('\'') => format!("'{}'", text.replace('\'', "''")),
        _ if is_plain(text) => text.to_owned(),
        _ => double(),
    }
}

/// Tells whether YAML reads a text without quotes as that text, in a list in brackets as well.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    let starts =
        first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '(' | '+'));
    starts
        && text.trim() == text
        && !text.contains([',', '[', ']', '{', '}', '"', '\n'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && yaml::parse(&format!("a: {text}\n"))
            .is_ok_and(|node| node.get("a").and_then(Node::text) == Some(text))
        && text.parse::<f64>().is_err()
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "~"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_between_the_fences() {
        let check = |text: &str, expect: Option<&str>| {
            let body = text.find("BODY").unwrap();
            assert_eq!(front(text, body).map(|front| &text[front.range]), expect);
        };
        check("---\na: 1\n---\nBODY", Some("a: 1\n"));
        check("\r\n---\r\na: 1\r\n---\r\nBODY", Some("a: 1\r\n"));
        check("---\n---\nBODY", Some(""));
        check("+++\na = 1\n+++\nBODY", Some("a = 1\n"));
        check("BODY", None);
    }

    #[test]
    fn scalars_are_quoted_as_before_or_where_they_must_be() {
        assert_eq!(scalar("/a b/", "x"), "/a b/");
        assert_eq!(scalar("it's", "'x'"), "'it''s'");
        assert_eq!(scalar("a\"b", "\"x\""), "\"a\\\"b\"");
        assert_eq!(scalar("a, b", "x"), "\"a, b\"");
        assert_eq!(scalar("2024", "x"), "\"2024\"");
        assert_eq!(scalar("@a", "x"), "\"@a\"");
    }
}
