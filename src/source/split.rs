//! Where front matter ends and text begins.

use std::ops::Range;

/// How front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Between `---`.
    Yaml,
    /// Between `+++`.
    Toml,
}

/// Front matter in a text: its syntax, its bytes, and where the body begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    /// The syntax.
    pub(super) syntax: Syntax,
    /// The bytes between the fences.
    pub(super) front: Range<usize>,
    /// Where the body begins.
    pub(super) body: usize,
}

/// Finds the front matter of a text. Blank lines may come before it.
pub(super) fn split(text: &str) -> Option<Split> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let (fence, syntax) = match text.get(start..start + 3)? {
        "---" => ("---", Syntax::Yaml),
        "+++" => ("+++", Syntax::Toml),
        _ => return None,
    };
    let first_line_end = start + text[start..].find('\n')? + 1;
    if text[start..first_line_end].trim_end() != fence {
        return None;
    }
    let mut at = first_line_end;
    for line in text[first_line_end..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (syntax == Syntax::Yaml && bare == "...") {
            return Some(Split { syntax, front: first_line_end..at, body: at + line.len() });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<(&str, &str)>) {
        let found = split(text).map(|found| (&text[found.front], &text[found.body..]));
        assert_eq!(found, expect, "{text:?}");
    }

    #[test]
    fn front_matter_is_between_fences_at_the_top() {
        check("---\na: 1\n---\ntext", Some(("a: 1\n", "text")));
        check("\u{feff}\r\n---\r\na: 1\r\n---\r\ntext", Some(("a: 1\r\n", "text")));
        check("---\n---\ntext", Some(("", "text")));
        check("---\na: 1\n...\ntext", Some(("a: 1\n", "text")));
        check("\n+++\na = 1\n+++\n", Some(("a = 1\n", "")));
        check("text\n---\na: 1\n---\n", None);
        check("---\nnever closed\n", None);
        check("----\na\n----\n", None);
    }
}
