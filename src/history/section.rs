//! Which parts of a page a change touched, by their headings, and what a page calls itself.
//!
//! Reads the lines of a text as they are (headings with `#` and underlined ones, front matter, fences of code): a text is
//! read here for every revision that there ever was, and nobody's links have to resolve.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::encoding;

/// Parts that are named at most, of one change.
const MOST: usize = 12;

/// Characters of a heading that are kept.
const LONGEST: usize = 160;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Section {
    /// The fields at its head.
    FrontMatter,
    /// What stands before the second heading, if the first is the page's title; before the first, if not.
    Opening,
    /// What stands below a heading, up to the next one: the heading as written, without its marks.
    Heading(String),
}

impl Section {
    /// Returns the word for exports: the heading, `---` for the front matter, nothing for the opening.
    pub fn as_str(&self) -> &str {
        match self {
            Self::FrontMatter => "---",
            Self::Opening => "",
            Self::Heading(heading) => heading,
        }
    }
}

/// A place where two texts differ, in bytes of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
}

/// Returns the parts that differ, in the order of the page: those of the new text that have something new, and those of the old one
/// that lost something and got nothing in its place.
pub(super) fn touched(before: &[u8], after: &[u8], spans: &[Span]) -> Vec<Section> {
    let (mut old, mut new) = (None, None);
    let mut touched: Vec<Section> = Vec::new();
    for span in spans {
        let (text, range, parts) = if is_blank(&after[span.after.clone()]) {
            (before, &span.before, old.get_or_insert_with(|| parts(before)))
        } else {
            (after, &span.after, new.get_or_insert_with(|| parts(after)))
        };
        for section in within(text, range, parts) {
            if touched.len() < MOST && !touched.contains(section) {
                touched.push(section.clone());
            }
        }
    }
    touched
}

/// Returns what a text calls itself: the `title` of its front matter, else its first heading; empty if it has neither.
pub(super) fn title(text: &[u8]) -> String {
    let front = front_matter(text);
    let field = text[..front].split(|byte| *byte == b'\n').find_map(|line| {
        let value = line.strip_prefix(b"title:").or_else(|| line.strip_prefix(b"title ="))?;
        let value = encoding::decode(value.trim_ascii());
        let value = value.trim_matches(['"', '\'']).trim();
        (!value.is_empty()).then(|| value.to_owned())
    });
    field.or_else(|| headings(text, front).next().map(|(_, _, title)| title)).unwrap_or_default()
}

/// A part and the byte at which it begins.
type Part = (usize, Section);

/// Returns the parts that the lines of a range belong to, blank lines aside.
fn within<'p>(
    text: &[u8],
    range: &Range<usize>,
    parts: &'p [Part],
) -> impl Iterator<Item = &'p Section> {
    let start = range.start
        + text[range.clone()].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let end = range.end
        - text[start.min(range.end)..range.end]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
    let first = parts.partition_point(|(at, _)| *at <= start).saturating_sub(1);
    let last = parts.partition_point(|(at, _)| *at < end).max(first);
    parts[first..last].iter().map(|(_, section)| section)
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

fn parts(text: &[u8]) -> Vec<Part> {
    let front = front_matter(text);
    let mut parts = Vec::new();
    if front > 0 {
        parts.push((0, Section::FrontMatter));
    }
    parts.push((front, Section::Opening));
    for (number, (at, level, heading)) in headings(text, front).enumerate() {
        let is_title = number == 0 && level == 1 && is_blank(&text[front..at]);
        if !is_title {
            parts.push((at, Section::Heading(heading)));
        }
    }
    parts
}

/// Returns where the front matter ends; 0 if there is none.
pub(super) fn front_matter(text: &[u8]) -> usize {
    let mut lines = lines(text, 0);
    let is_rule = |line: &[u8], rule: &[u8]| line.trim_ascii_end() == rule;
    let Some((_, first)) = lines.next() else { return 0 };
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let rule: &[u8] = if is_rule(first, b"---") {
        b"---"
    } else if is_rule(first, b"+++") {
        b"+++"
    } else {
        return 0;
    };
    let end =
        lines.find(|(_, line)| is_rule(line, rule) || (rule == b"---" && is_rule(line, b"...")));
    end.map_or(0, |(at, line)| at + line.len())
}

/// Returns the lines of a text, ends included, from a byte on, each with the byte at which it begins.
fn lines(text: &[u8], from: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = from;
    text[from..].split_inclusive(|byte| *byte == b'\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// Returns the headings from a byte on: where each begins, its level, its text.
pub(super) fn headings(text: &[u8], from: usize) -> impl Iterator<Item = (usize, usize, String)> {
    let mut fence: Option<Vec<u8>> = None;
    let mut paragraph: Option<(usize, &[u8])> = None;
    lines(text, from).filter_map(move |(at, line)| {
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        let words = line.trim_ascii();
        let mark = fence_mark(words).filter(|_| indent < 4);
        if let Some(open) = &fence {
            let closes =
                mark.is_some_and(|mark| mark.starts_with(open) && mark.len() == words.len());
            if closes {
                fence = None;
            }
            return None;
        }
        if let Some(mark) = mark {
            fence = Some(mark.to_vec());
            paragraph = None;
            return None;
        }
        let above = paragraph.take();
        if indent >= 4 || words.is_empty() {
            return None;
        }
        if let Some((level, heading)) = hashed(words) {
            return Some((at, level, heading));
        }
        let underlined = [b'=', b'-'].iter().position(|mark| words.iter().all(|byte| byte == mark));
        match (underlined, above) {
            (Some(level), Some((start, heading))) => Some((start, level + 1, told(heading))),
            (Some(_), None) => None,
            (None, _) => {
                // Lists, quotes and tables above a rule are no headings.
                let is_plain = !matches!(words[0], b'-' | b'*' | b'+' | b'>' | b'|' | b'<');
                paragraph = is_plain.then_some((at, words));
                None
            }
        }
    })
}

/// Returns the run of backticks or tildes, three or more, that a line begins with.
fn fence_mark(words: &[u8]) -> Option<&[u8]> {
    let first = *words.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = words.iter().take_while(|byte| **byte == first).count();
    (length >= 3).then(|| &words[..length])
}

/// Returns level and text of `## Heading ##`.
fn hashed(words: &[u8]) -> Option<(usize, String)> {
    let level = words.iter().take_while(|byte| **byte == b'#').count();
    let rest = &words[level..];
    let is_heading = (1..=6).contains(&level) && rest.first().is_none_or(u8::is_ascii_whitespace);
    is_heading.then(|| (level, told(rest)))
}

/// Returns a heading's text: decoded, without closing marks and `{#anchor}`, cut where it gets long.
fn told(heading: &[u8]) -> String {
    let text = encoding::decode(heading);
    let text = text.trim().trim_end_matches('#').trim_end();
    let text = match text.rfind("{#") {
        Some(at) if text.ends_with('}') => text[..at].trim_end(),
        _ => text,
    };
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\ntitle: \"Pumps\"\n---\n# Pumps\n\nFirst.\n\n## Why {#why}\n\nBecause.\n\n```sh\n# no heading\n```\n\n\
                        Who ##\n------\n\nWe.\n\n- list\n---\n\n## When\n\nNow.\n";

    fn heading(text: &str) -> Section {
        Section::Heading(text.to_owned())
    }

    /// Returns what is touched if `from` becomes `to` in the page.
    fn check(from: &str, to: &str, expected: &[Section]) {
        let start = PAGE.find(from).unwrap();
        let after = PAGE.replacen(from, to, 1);
        let span = Span { before: start..start + from.len(), after: start..start + to.len() };
        assert_eq!(touched(PAGE.as_bytes(), after.as_bytes(), &[span]), expected, "{from} → {to}");
    }

    #[test]
    fn change_is_told_by_its_heading() {
        check("Because.\n", "Because so.\n", &[heading("Why")]);
        check("We.\n", "We all.\n", &[heading("Who")]);
        check("# no heading\n", "# still none\n", &[heading("Why")]);
        check("First.\n", "Second.\n", &[Section::Opening]);
        check("# Pumps\n", "# All pumps\n", &[Section::Opening]);
        check("title: \"Pumps\"\n", "title: All pumps\n", &[Section::FrontMatter]);
    }

    #[test]
    fn section_that_went_is_told_by_the_heading_that_it_had() {
        check("## When\n\nNow.\n", "", &[heading("When")]);
        check("Now.\n", "\n", &[heading("When")]);
    }

    #[test]
    fn new_section_is_not_told_of_the_one_above() {
        check(
            "## When\n",
            "\n## Whose\n\nOurs.\n\n## When\n",
            &[heading("Whose"), heading("When")],
        );
    }

    #[test]
    fn title_is_that_of_the_front_matter_or_the_first_heading() {
        assert_eq!(title(PAGE.as_bytes()), "Pumps");
        assert_eq!(title(b"Text.\n\nUnder\n=====\n"), "Under");
        assert_eq!(title(b"+++\ntitle = 'Plus'\n+++\n# Other\n"), "Plus");
        assert_eq!(title(b"---\n\nno front matter\n\n## Caf\xe9\n"), "Café");
        assert_eq!(title(b"nothing"), "");
    }

    proptest::proptest! {
        #[test]
        fn parts_are_in_order_and_cover_the_text(text in "([#`=-]{1,3}|[a-z ]{1,5}|\n){0,40}") {
            let parts = parts(text.as_bytes());
            proptest::prop_assert_eq!(parts[0].0, 0);
            proptest::prop_assert!(parts.is_sorted_by(|a, b| a.0 < b.0 || (a.0 == b.0 && a.1 == Section::Opening)));
            let span = Span { before: 0..0, after: 0..text.len() };
            let all = touched(b"", text.as_bytes(), &[span]);
            proptest::prop_assert!(all.len() <= MOST);
        }
    }
}
