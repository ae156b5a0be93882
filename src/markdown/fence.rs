//! What stands behind the fence of a code block: its language, and how other tools write titles, marked lines and line
//! numbers there. What is not known means nothing.

use std::collections::BTreeSet;

/// The info of a fence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fence {
    /// The language in lower case; may be empty.
    pub(super) language: String,
    /// The title, mostly the name of a file.
    pub(super) title: Option<String>,
    /// The lines that are marked, from 1.
    pub(super) marks: BTreeSet<usize>,
    /// The number of the first line, if lines are numbered.
    pub(super) numbers: Option<usize>,
}

/// No block has more lines that somebody would mark one by one.
const LAST: usize = 10_000;

impl Fence {
    /// Reads an info.
    pub(super) fn of(info: &str) -> Self {
        let info = info.trim();
        let is_word = |c: char| !c.is_whitespace() && !matches!(c, ',' | '{' | ':');
        let (word, rest) = info.split_at(info.find(|c| !is_word(c)).unwrap_or(info.len()));
        let mut fence = Self { language: word.to_lowercase(), ..Self::default() };
        let mut rest = rest;
        // `rust:src/main.rs`
        if let Some(name) = rest.strip_prefix(':') {
            let end = name.find([' ', '{', '\t']).unwrap_or(name.len());
            if name[..end].contains(['.', '/']) {
                fence.title = Some(name[..end].to_owned());
            }
            rest = &name[end..];
        }
        while let Some(token) = next_token(&mut rest) {
            fence.take(token);
        }
        fence
    }

    fn take(&mut self, token: &str) {
        if let Some(inner) = token.strip_prefix('{') {
            let inner = inner.strip_suffix('}').unwrap_or(inner);
            if inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' ')) {
                self.mark(inner);
                return;
            }
            let mut rest = inner;
            while let Some(token) = next_token(&mut rest) {
                self.take(token);
            }
            return;
        }
        let Some((key, value)) = token.split_once('=') else { return self.word(token) };
        let value = value.trim_matches(['"', '\'', '{', '}', '[', ']']);
        match key.to_ascii_lowercase().as_str() {
            "title" | "filename" | "file" | "caption" | "name" if !value.is_empty() => {
                self.title = Some(value.to_owned());
            }
            "hl_lines" | "highlight" | "hl" | "mark" => self.mark(value),
            "linenums" | "startfrom" | "start" | "linenostart" | "start-line" => {
                self.numbers = value.parse().ok().filter(|start| *start < LAST).or(Some(1));
            }
            "linenos" | "showlinenumbers" if !matches!(value, "false" | "no") => {
                self.numbers = self.numbers.or(Some(1));
            }
            _ => {}
        }
    }

    /// Takes a word without a value. The first class of an attribute list is the language.
    fn word(&mut self, word: &str) {
        match word.trim_start_matches('.').to_ascii_lowercase().as_str() {
            "showlinenumbers" | "numberlines" | "linenos" | "number-lines" => {
                self.numbers = self.numbers.or(Some(1));
            }
            class if word.starts_with('.') && self.language.is_empty() => {
                class.clone_into(&mut self.language);
            }
            _ => {}
        }
    }

    /// Marks `1,3-5` or `1 3-5`.
    fn mark(&mut self, lines: &str) {
        let ranges = lines.split([',', ' ']).map(|range| range.trim_matches(['"', '\'']));
        for range in ranges.filter(|range| !range.is_empty()) {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            if let (Ok(first), Ok(last)) = (first.parse(), last.parse::<usize>()) {
                self.marks.extend(first..=last.min(LAST));
            }
        }
    }
}

/// Takes the next word, `{…}`, or `key="a value"` from the start of a text.
fn next_token<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let text = rest.trim_start_matches([' ', '\t', ',']);
    if text.is_empty() {
        return None;
    }
    let mut close = None;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match (close, c) {
            (Some(until), c) if c == until => close = None,
            (Some(_), _) => {}
            (None, '{') => close = Some('}'),
            (None, '[') => close = Some(']'),
            (None, '"' | '\'') => close = Some(c),
            (None, ' ' | '\t' | ',') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (token, after) = text.split_at(end);
    *rest = after;
    Some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, language: &str, title: &str, marks: &[usize], numbers: Option<usize>) {
        let fence = Fence::of(info);
        let marked: Vec<usize> = fence.marks.iter().copied().collect();
        assert_eq!(
            (&*fence.language, fence.title.as_deref().unwrap_or_default(), &*marked, fence.numbers),
            (language, title, marks, numbers),
            "{info}"
        );
    }

    #[test]
    fn infos_of_other_tools_are_understood() {
        check("Rust", "rust", "", &[], None);
        check("rust,ignore", "rust", "", &[], None);
        check("rust title=\"src/a b.rs\"", "rust", "src/a b.rs", &[], None);
        check("rust:src/main.rs", "rust", "src/main.rs", &[], None);
        check("js {1,3-5} showLineNumbers", "js", "", &[1, 3, 4, 5], Some(1));
        check("js{2}", "js", "", &[2], None);
        check("py title='a.py' hl_lines=\"1 3\" linenums=\"7\"", "py", "a.py", &[1, 3], Some(7));
        check("{.python .numberLines startFrom=\"10\"}", "python", "", &[], Some(10));
        check("{ .yaml title=\".github/ci.yml\" }", "yaml", ".github/ci.yml", &[], None);
        check(
            "go {linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}",
            "go",
            "",
            &[8, 15, 16, 17],
            Some(199),
        );
    }

    #[test]
    fn infos_that_mean_nothing_are_harmless() {
        check("", "", "", &[], None);
        check("c++ what=ever {\"unclosed {9-1} 'x", "c++", "", &[], None);
        check("a {1-99999999999999999999} {3-}", "a", "", &[], None);
        check("sh:x title=", "sh", "", &[], None);
        check("é{1}é\"", "é", "", &[], None);
    }
}
