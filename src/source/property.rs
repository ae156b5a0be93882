//! What a page without front matter says of itself in its first lines, as Logseq writes it: `alias:: Other name`.

use std::ops::Range;

use super::front_matter::{FrontMatter, Text};

/// Takes the title and the other names from the properties with which a text begins.
pub(super) fn take_names(text: &str, front: &mut FrontMatter) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let Some((key, value)) = property(line) else { break };
        let value = start + value.start..start + value.end;
        match key.to_lowercase().as_str() {
            "title" => {
                let title = text[value].trim();
                front.title = Some(title.to_owned()).filter(|title| !title.is_empty());
            }
            "alias" | "aliases" => front.aliases.extend(names(text, value)),
            _ => {}
        }
        start += line.len();
    }
}

/// Returns the key of a line `key:: value`, which may be an item of a list, and where the value stands.
fn property(line: &str) -> Option<(&str, Range<usize>)> {
    let (key, _) = line.split_once(":: ")?;
    let bare = key.trim_start_matches(['\u{feff}', ' ', '\t', '-', '*']);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_key = bare.starts_with(char::is_alphabetic) && bare.chars().all(is_part);
    is_key.then(|| (bare, key.len() + 3..line.trim_end().len().max(key.len() + 3)))
}

/// Returns the names between commas, without the brackets of a link or the mark of a tag.
fn names(text: &str, value: Range<usize>) -> Vec<Text> {
    let mut start = value.start;
    let mut names = Vec::new();
    for part in text[value].split(',') {
        let name = part.trim().trim_start_matches('#');
        let name = name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")).unwrap_or(name);
        if !name.is_empty() {
            let begin = start + part.find(name).unwrap_or(0);
            names.push(Text { text: name.to_owned(), span: begin..begin + name.len() });
        }
        start += part.len() + 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_the_first_lines_alone() {
        let text = "title:: A/b: c\n- alias:: [[Peng X]], #d e,, f\nicon:: x\n\nalias:: no\n";
        let mut front = FrontMatter::default();
        take_names(text, &mut front);
        assert_eq!(front.title.as_deref(), Some("A/b: c"));
        let found: Vec<_> = front.aliases.iter().map(|name| &text[name.span.clone()]).collect();
        assert_eq!(found, ["Peng X", "d e", "f"]);
        assert!(front.aliases.iter().all(|name| text[name.span.clone()] == name.text));
    }

    #[test]
    fn sentences_are_no_properties() {
        let mut front = FrontMatter::default();
        take_names("An alias:: x\nalias:: y\n", &mut front);
        take_names("std::fs:: x\n", &mut front);
        take_names("alias::\n", &mut front);
        assert!(front.aliases.is_empty() && front.title.is_none());
    }
}
