//! Which parts of a page a change touched, by their headings, and what a page calls itself.
//!
//! Reads the lines of a text as they are (headings with `#` and underlined ones, front matter, fences of code): a text is
//! read here for every revision that there ever was, and nobody's links have to resolve.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::encoding;
use super::lines::lines;

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
    let Some(last) = spans.last() else { return Vec::new() };
    let (mut old, mut new) = (None, None);
    let mut touched: Vec<Section> = Vec::new();
    for span in spans {
        let (text, range, parts) = if is_blank(&after[span.after.clone()]) {
            (before, &span.before, old.get_or_insert_with(|| parts(before, last.before.end)))
        } else {
            (after, &span.after, new.get_or_insert_with(|| parts(after, last.after.end)))
        };
        for part in within(text, range, parts) {
            if touched.len() == MOST {
                return touched;
            }
            let section = part.section();
            if !touched.contains(&section) {
                touched.push(section);
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
    field
        .or_else(|| headings(text, front).next().map(|(_, _, title)| told(title)))
        .unwrap_or_default()
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part<'t> {
    /// The byte at which it begins.
    at: usize,
    kind: Kind<'t>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'t> {
    FrontMatter,
    Opening,
    Heading(&'t [u8]),
}

impl Part<'_> {
    fn section(&self) -> Section {
        match self.kind {
            Kind::FrontMatter => Section::FrontMatter,
            Kind::Opening => Section::Opening,
            Kind::Heading(heading) => Section::Heading(told(heading)),
        }
    }
}

/// Returns the parts that the lines of a range belong to, blank lines aside.
fn within<'p>(
    text: &[u8],
    range: &Range<usize>,
    parts: &'p [Part<'p>],
) -> impl Iterator<Item = &'p Part<'p>> {
    let start = range.start
        + text[range.clone()].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let end = range.end
        - text[start.min(range.end)..range.end]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
    let first = parts.partition_point(|part| part.at <= start).saturating_sub(1);
    let last = parts.partition_point(|part| part.at < end).max(first);
    parts[first..last].iter()
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// Returns the parts of a text that begin up to `end`.
fn parts(text: &[u8], end: usize) -> Vec<Part<'_>> {
    let front = front_matter(text);
    let mut parts = Vec::new();
    if front > 0 {
        parts.push(Part { at: 0, kind: Kind::FrontMatter });
    }
    parts.push(Part { at: front, kind: Kind::Opening });
    let headings = headings(text, front).take_while(|(at, ..)| *at <= end);
    for (number, (at, level, heading)) in headings.enumerate() {
        let is_title = number == 0 && level == 1 && is_blank(&text[front..at]);
        if !is_title {
            parts.push(Part { at, kind: Kind::Heading(heading) });
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

/// Returns the headings from a byte on: where each begins, its level, its text as written (see [`told`]).
pub(super) fn headings(text: &[u8], from: usize) -> impl Iterator<Item = (usize, usize, &[u8])> {
    let mut fence: Option<&[u8]> = None;
    let mut paragraph: Option<(usize, &[u8])> = None;
    lines(text, from).filter_map(move |(at, line)| {
        let words = line.trim_ascii_start();
        let first = words.first().copied().unwrap_or(b'\n');
        let is_indented = line.starts_with(b"    ");
        if matches!(first, b'`' | b'~')
            && !is_indented
            && let Some(mark) = fence_mark(words)
        {
            match fence {
                Some(open)
                    if mark.starts_with(open) && mark.len() == words.trim_ascii_end().len() =>
                {
                    fence = None;
                }
                Some(_) => {}
                None => (fence, paragraph) = (Some(mark), None),
            }
            return None;
        }
        if fence.is_some() {
            return None;
        }
        let above = paragraph.take();
        if words.is_empty() || is_indented {
            return None;
        }
        if let Some((level, heading)) = hashed(words) {
            return Some((at, level, heading));
        }
        match first {
            b'=' | b'-' if words.trim_ascii_end().iter().all(|byte| *byte == first) => {
                let level = if first == b'=' { 1 } else { 2 };
                above.map(|(start, heading)| (start, level, heading))
            }
            // Lists, quotes and tables above a rule are no headings.
            b'-' | b'*' | b'+' | b'>' | b'|' | b'<' => None,
            _ => {
                paragraph = Some((at, words));
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
fn hashed(words: &[u8]) -> Option<(usize, &[u8])> {
    let level = words.iter().take_while(|byte| **byte == b'#').count();
    let rest = &words[level..];
    let is_heading = (1..=6).contains(&level) && rest.first().is_none_or(u8::is_ascii_whitespace);
    is_heading.then_some((level, rest))
}

/// Returns a heading's text: decoded, without closing marks and `{#anchor}`, cut where it gets long.
pub(super) fn told(heading: &[u8]) -> String {
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
            let parts = parts(text.as_bytes(), text.len());
            proptest::prop_assert_eq!(parts[0].at, 0);
            proptest::prop_assert!(parts.is_sorted_by(|a, b| a.at < b.at || (a.at == b.at && a.kind == Kind::Opening)));
            let span = Span { before: 0..0, after: 0..text.len() };
            let all = touched(b"", text.as_bytes(), &[span]);
            proptest::prop_assert!(all.len() <= MOST);
        }
    }
}
