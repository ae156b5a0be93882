//! The old address of a page among its aliases, so that what points there from outside still arrives.

use crate::base::yaml::{Entry, Node, Value};

use super::front::{Front, Syntax, front, scalar, values};
use super::text::{Edit, FileText};

/// Returns the edit that adds an alias to the front matter of a page, or makes one where there is none. An alias that is the
/// page's `own` new address (the page comes back to it) gives way to the new one. `None` if the front matter is of a sort that is
/// not written.
pub(super) fn add(file: &FileText, body_start: usize, alias: &str, own: &str) -> Option<Edit> {
    let end = file.line_end();
    let Some(front) = front(&file.text, body_start) else {
        let text = format!("---{end}aliases: [{}]{end}---{end}{end}", scalar(alias, ""));
        return Some(Edit { range: 0..0, text });
    };
    if front.syntax == Syntax::Toml {
        return Some(add_to_toml(&file.text, &front, alias, end));
    }
    let root = values(&file.text, &front)?;
    let known = root.entries().iter().find(|entry| is_aliases(&entry.key));
    match known {
        Some(entry) => add_to_entry(&file.text, entry, alias, own, end),
        None if file.text[front.range.clone()].trim_start().starts_with(['{', '[']) => None,
        None => {
            let text = format!("aliases: [{}]{end}", scalar(alias, ""));
            Some(Edit { range: front.range.end..front.range.end, text })
        }
    }
}

fn is_aliases(key: &str) -> bool {
    matches!(key.to_lowercase().as_str(), "aliases" | "alias")
}

fn add_to_entry(text: &str, entry: &Entry, alias: &str, own: &str, end: &str) -> Option<Edit> {
    let items = entry.node.items();
    if let Some(former) = items.iter().find(|item| item.text() == Some(own)) {
        let raw = text[former.span.clone()].trim_end();
        let range = former.span.start..former.span.start + raw.len();
        return Some(Edit { range, text: scalar(alias, raw) });
    }
    match (&entry.node.value, items.last()) {
        (Value::List(_), Some(last)) if text[entry.node.span.start..].starts_with('[') => {
            let at = end_of(text, last);
            Some(Edit { range: at..at, text: format!(", {}", scalar(alias, "")) })
        }
        (Value::List(_), Some(last)) => {
            let line = text[..last.span.start].rfind('\n')? + 1;
            let indent = text[line..].split_once('-')?.0;
            let at = text[end_of(text, last)..].find('\n').map(|at| end_of(text, last) + at + 1)?;
            indent.trim().is_empty().then(|| Edit {
                range: at..at,
                text: format!("{indent}- {}{end}", scalar(alias, "")),
            })
        }
        (Value::Scalar(former), _) => {
            let raw = text[entry.node.span.clone()].trim_end();
            let range = entry.node.span.start..entry.node.span.start + raw.len();
            let former = scalar(former, raw);
            Some(Edit { range, text: format!("[{former}, {}]", scalar(alias, "")) })
        }
        (Value::Null | Value::List(_), None) => {
            let key_end = entry.key_span.end + text[entry.key_span.end..].find(':')? + 1;
            let line_end = key_end + text[key_end..].find('\n')?;
            let rest = text[key_end..line_end].trim_end();
            let is_empty = matches!(rest.trim(), "" | "[]" | "~" | "null");
            is_empty.then(|| Edit {
                range: key_end..key_end + rest.len(),
                text: format!(" [{}]", scalar(alias, "")),
            })
        }
        _ => None,
    }
}

/// Returns where the text of a value ends.
fn end_of(text: &str, node: &Node) -> usize {
    node.span.start + text[node.span.clone()].trim_end().len()
}

fn add_to_toml(text: &str, front: &Front, alias: &str, end: &str) -> Edit {
    let quoted = format!("\"{}\"", alias.replace('\\', "\\\\").replace('"', "\\\""));
    let mut start = front.range.start;
    for line in text[front.range.clone()].split_inclusive('\n') {
        if line.starts_with('[') {
            break;
        }
        let is_list = line.split_once('=').is_some_and(|(key, value)| {
            is_aliases(key.trim()) && value.trim().starts_with('[') && value.trim().ends_with(']')
        });
        if is_list {
            let close = start + line.rfind(']').expect("the value ends with it");
            let is_empty = text[..close].trim_end().ends_with('[');
            let text = if is_empty { quoted } else { format!(", {quoted}") };
            return Edit { range: close..close, text };
        }
        start += line.len();
    }
    Edit { range: start..start, text: format!("aliases = [{quoted}]{end}") }
}

#[cfg(test)]
mod tests {
    use super::super::text::edited;
    use super::*;

    fn check(text: &str, expect: &str) {
        let file = FileText::read(text.as_bytes()).unwrap();
        let body = text.find("BODY").unwrap();
        let edit = add(&file, body, "/old/", "/new/").unwrap();
        assert_eq!(edited(text, &[edit]), expect);
    }

    #[test]
    fn alias_is_added_in_the_manner_of_the_front_matter() {
        check("BODY", "---\naliases: [/old/]\n---\n\nBODY");
        check(
            "---\n# note\nb: 1 # c\n---\nBODY",
            "---\n# note\nb: 1 # c\naliases: [/old/]\n---\nBODY",
        );
        check(
            "---\r\nb: |\r\n  x\r\n---\r\nBODY",
            "---\r\nb: |\r\n  x\r\naliases: [/old/]\r\n---\r\nBODY",
        );
        check(
            "---\naliases: [A, 'B'] # c\n---\nBODY",
            "---\naliases: [A, 'B', /old/] # c\n---\nBODY",
        );
        check(
            "---\naliases:\n  - A # c\n  - B\nz: 1\n---\nBODY",
            "---\naliases:\n  - A # c\n  - B\n  - /old/\nz: 1\n---\nBODY",
        );
        check("---\naliases:\n- A\n---\nBODY", "---\naliases:\n- A\n- /old/\n---\nBODY");
        check("---\nalias: A b\n---\nBODY", "---\nalias: [A b, /old/]\n---\nBODY");
        check("---\naliases:\nz: 1\n---\nBODY", "---\naliases: [/old/]\nz: 1\n---\nBODY");
        check("---\naliases: []\n---\nBODY", "---\naliases: [/old/]\n---\nBODY");
        check("---\naliases: [A, /new/]\n---\nBODY", "---\naliases: [A, /old/]\n---\nBODY");
        check(
            "+++\ntitle = \"x\"\n[extra]\n+++\nBODY",
            "+++\ntitle = \"x\"\naliases = [\"/old/\"]\n[extra]\n+++\nBODY",
        );
        check("+++\naliases = [\"A\"]\n+++\nBODY", "+++\naliases = [\"A\", \"/old/\"]\n+++\nBODY");
    }
}
