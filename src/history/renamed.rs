//! Which headings of a page got another text, and stayed the headings of the same part.
//!
//! A heading went and one came, where two texts differ. They are one if they are alone at their place and level and have
//! something in common, or if what stands below them is nearly the same, wherever it moved. Read from the two texts that
//! are at hand when the words of a change are counted, and remembered with them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::lines::lines;
use super::section::{self, Span};

/// Pairs of headings that are compared at most; a page with more of them was written anew.
const MOST_PAIRS: usize = 400;

/// A heading of a text that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingName {
    /// As it was written, without its marks.
    pub text: String,
    /// The id that its author gave it.
    pub id: Option<String>,
    /// How many headings of the same text stood before it.
    pub number: u32,
}

/// A heading that got another text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenamedHeading {
    /// What it was.
    pub from: HeadingName,
    /// What it became.
    pub to: HeadingName,
}

/// Returns the headings that were renamed, in the order of the new text.
pub(super) fn renamed(before: &[u8], after: &[u8], spans: &[Span]) -> Vec<RenamedHeading> {
    let went = spans.iter().any(|span| may_hold_heading(before, &span.before));
    let came = spans.iter().any(|span| may_hold_heading(after, &span.after));
    if !went || !came {
        return Vec::new();
    }
    let (old, new) = (headings(before), headings(after));
    let touches = |found: &[Found<'_>], range: fn(&Span) -> &Range<usize>| {
        found.iter().any(|(at, ..)| spans.iter().any(|span| range(span).contains(at)))
    };
    if !touches(&old, |span| &span.before) || !touches(&new, |span| &span.after) {
        return Vec::new();
    }
    let (old, new) = (Headings::of(before, &old), Headings::of(after, &new));
    let gone = old.missing_in(&new, spans, |span| &span.before);
    let come = new.missing_in(&old, spans, |span| &span.after);
    if gone.len() * come.len() > MOST_PAIRS {
        return Vec::new();
    }
    let (gone, come) = (Traits::of_all(&old, &gone), Traits::of_all(&new, &come));
    let mut likely: Vec<(Reverse<u32>, usize, usize)> = Vec::new();
    for to in &come {
        for from in &gone {
            let is_same = from.span == to.span;
            let place = Place { is_same, is_alone: is_same && from.is_alone && to.is_alone };
            let score = likeness(from, to, place);
            likely.extend(score.map(|score| (Reverse(score), to.at, from.at)));
        }
    }
    likely.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, to, from) in likely {
        if pairs.iter().all(|pair| pair.0 != to && pair.1 != from) {
            pairs.push((to, from));
        }
    }
    pairs.sort_unstable();
    let name = |(to, from): (usize, usize)| RenamedHeading {
        from: old.all[from].name(),
        to: new.all[to].name(),
    };
    pairs.into_iter().map(name).collect()
}

/// Returns whether a heading may begin among these bytes: a line with `#`, or one above a line of `=` or `-`.
fn may_hold_heading(text: &[u8], range: &Range<usize>) -> bool {
    let below = lines(text, range.end).next();
    lines(&text[..range.end], range.start).chain(below).any(|(_, line)| {
        let line = line.trim_ascii_start();
        let is_all = |mark: u8| line.trim_ascii_end().iter().all(|byte| *byte == mark);
        match line.first() {
            Some(b'#') => true,
            Some(mark @ (b'=' | b'-')) => is_all(*mark),
            _ => false,
        }
    })
}

/// A heading as it is found: where it begins, its level, its text as written.
type Found<'t> = (usize, usize, &'t [u8]);

fn headings(text: &[u8]) -> Vec<Found<'_>> {
    section::headings(text, section::front_matter(text)).collect()
}

struct Heading<'t> {
    at: usize,
    level: usize,
    text: String,
    folded: String,
    id: Option<String>,
    /// How many headings of the same text stand before it.
    number: u32,
    /// What stands below it, up to the next heading.
    body: &'t [u8],
}

impl Heading<'_> {
    fn key(&self) -> (&str, Option<&str>, u32) {
        (&self.folded, self.id.as_deref(), self.number)
    }

    fn name(&self) -> HeadingName {
        HeadingName { text: self.text.clone(), id: self.id.clone(), number: self.number }
    }
}

struct Headings<'t> {
    all: Vec<Heading<'t>>,
}

impl<'t> Headings<'t> {
    fn of(text: &'t [u8], found: &[Found<'t>]) -> Self {
        let ends = found.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let heading = |((at, level, title), end): (&Found<'t>, usize)| {
            let title = section::told(title);
            let folded = title.to_lowercase();
            let next = numbers.entry(folded.clone()).or_default();
            let number = *next;
            *next += 1;
            let line = text[*at..end].split(|byte| *byte == b'\n').next().unwrap_or_default();
            Heading {
                at: *at,
                level: *level,
                text: title,
                folded,
                id: given_id(line),
                number,
                body: &text[at + line.len()..end],
            }
        };
        Self { all: found.iter().zip(ends).map(heading).collect() }
    }

    /// Returns the headings that the other text has nowhere, each with the span that it stands in.
    fn missing_in(
        &self,
        other: &Headings<'_>,
        spans: &[Span],
        range: impl Fn(&Span) -> &Range<usize>,
    ) -> Vec<(usize, usize)> {
        let kept: BTreeSet<_> = other.all.iter().map(Heading::key).collect();
        let missing = self.all.iter().enumerate().filter_map(|(index, heading)| {
            let span = spans.iter().position(|span| range(span).contains(&heading.at))?;
            (!kept.contains(&heading.key())).then_some((index, span))
        });
        missing.collect()
    }
}

/// Returns `id` of `## Heading {#id}`.
fn given_id(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    let inside = line.trim_end().strip_suffix('}')?;
    let (_, id) = inside.rsplit_once("{#")?;
    let id = id.split_whitespace().next()?;
    Some(id.to_owned())
}

/// Where a heading that went and one that came stand.
#[derive(Clone, Copy)]
struct Place {
    /// Whether they stand where the same lines differ.
    is_same: bool,
    /// Whether they also are the only ones of their level there.
    is_alone: bool,
}

/// What a heading that went or came is known by.
struct Traits<'t> {
    /// Which heading of its text it is.
    at: usize,
    level: usize,
    /// Which of the places where the texts differ it stands in.
    span: usize,
    /// Whether no other heading of its level went or came there.
    is_alone: bool,
    /// The words below it, sorted.
    words: Vec<&'t [u8]>,
    /// The pairs of letters that follow on each other in it, sorted.
    letters: Vec<(char, char)>,
}

impl<'t> Traits<'t> {
    fn of_all(headings: &Headings<'t>, some: &[(usize, usize)]) -> Vec<Self> {
        let level = |at: usize| headings.all[at].level;
        let traits = |(at, span): &(usize, usize)| {
            let is_beside =
                |other: &&(usize, usize)| other.1 == *span && level(other.0) == level(*at);
            let heading = &headings.all[*at];
            Self {
                at: *at,
                level: heading.level,
                span: *span,
                is_alone: some.iter().filter(is_beside).count() == 1,
                words: words(heading.body),
                letters: letter_pairs(&heading.text),
            }
        };
        some.iter().map(traits).collect()
    }
}

/// Returns how likely two headings are one, in thousandths; `None` if they are not.
fn likeness(from: &Traits<'_>, to: &Traits<'_>, place: Place) -> Option<u32> {
    let body = likeness_of(&from.words, &to.words);
    let title = likeness_of(&from.letters, &to.letters).unwrap_or(0);
    let is_long = from.words.len() >= 8;
    let is_one = match body {
        _ if place.is_alone && from.level == to.level => {
            body.is_none_or(|body| body >= 300) || title >= 400
        }
        Some(body) if is_long && body >= 600 => true,
        _ => place.is_same && from.level == to.level && title >= 700,
    };
    is_one.then(|| u32::from(place.is_alone) * 1000 + body.unwrap_or(500) + title)
}

/// Returns how much two sorted rows have in common, in thousandths of both; `None` if there is nothing in either.
fn likeness_of<T: Ord>(a: &[T], b: &[T]) -> Option<u32> {
    let (mut left, mut right, mut common) = (0, 0, 0);
    while left < a.len() && right < b.len() {
        let order = a[left].cmp(&b[right]);
        common += usize::from(order.is_eq());
        left += usize::from(order.is_le());
        right += usize::from(order.is_ge());
    }
    let total = a.len() + b.len();
    (total > 0).then(|| (common * 2000 / total) as u32)
}

fn words(text: &[u8]) -> Vec<&[u8]> {
    let words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut words: Vec<&[u8]> = words.collect();
    words.sort_unstable();
    words
}

fn letter_pairs(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> =
        text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    let mut pairs: Vec<(char, char)> = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::words::count;
    use super::*;

    const PAGE: &str = "---\ntitle: T\n---\n# T\n\nFirst.\n\n## Why\n\nBecause it is so, and for no other reason.\n\n\
        ## How\n\nLike this, and like that, every day of the week.\n\n### How\n\n## Who\n\nWe, all of us.\n";

    fn check(after: &str, expect: &[&str]) {
        let (_, spans) = count(PAGE.as_bytes(), after.as_bytes());
        let found = renamed(PAGE.as_bytes(), after.as_bytes(), &spans);
        let told = |name: &HeadingName| match (&name.id, name.number) {
            (Some(id), _) => format!("{}#{id}", name.text),
            (None, 0) => name.text.clone(),
            (None, number) => format!("{}-{number}", name.text),
        };
        let found: Vec<String> =
            found.iter().map(|pair| format!("{} > {}", told(&pair.from), told(&pair.to))).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn heading_alone_at_its_place_is_the_same() {
        check(&PAGE.replace("## Why", "## Reasons"), &["Why > Reasons"]);
        check(&PAGE.replace("# T\n", "# Title {#t}\n"), &["T > Title#t"]);
        check(&PAGE.replace("### How", "### In detail"), &["How-1 > In detail"]);
        check(&PAGE.replace("## Why\n", "Wherefore\n---------\n"), &["Why > Wherefore"]);
        let both = PAGE.replace("## Why", "## Reasons").replace("## Who", "## People");
        check(&both, &["Why > Reasons", "Who > People"]);
    }

    #[test]
    fn edited_part_is_the_same_if_enough_of_it_is_left() {
        let edited = PAGE.replace("## Why\n\nBecause it is so,", "## Reasons\n\nSince this is so,");
        check(&edited, &["Why > Reasons"]);
        let other = PAGE.replace(
            "## Why\n\nBecause it is so, and for no other reason.",
            "## Costs\n\nNothing at all; everybody may use it free of charge.",
        );
        check(&other, &[]);
    }

    #[test]
    fn part_that_moved_and_was_renamed_is_found_by_its_text() {
        let how = "## How\n\nLike this, and like that, every day of the week.\n\n### How\n\n";
        let moved = PAGE.replace(how, "");
        let moved = format!(
            "{moved}\n## Method\n\nLike this, and like that, every single day of the week.\n"
        );
        check(&moved, &["How > Method"]);
    }

    #[test]
    fn headings_that_stay_come_or_go_are_not_renamed() {
        check(&PAGE.replace("First.", "Second."), &[]);
        check(&PAGE.replace("## Who\n", "## New\n\nQuite another thing.\n\n## Who\n"), &[]);
        check(&PAGE.replace("## Who\n\nWe, all of us.\n", ""), &[]);
        check(&PAGE.replace("## Why", "### Why"), &[]);
    }

    proptest::proptest! {
        #[test]
        fn each_heading_is_renamed_once_at_most(
            before in "(#{1,3} [ab]{1,2}\n|[a-c]{1,3}\n|\n|-\n|```\n){0,12}",
            after in "(#{1,3} [ab]{1,2}\n|[a-c]{1,3}\n|\n|-\n|```\n){0,12}",
        ) {
            let (_, spans) = count(before.as_bytes(), after.as_bytes());
            let found = renamed(before.as_bytes(), after.as_bytes(), &spans);
            for (index, pair) in found.iter().enumerate() {
                assert_ne!(&pair.from, &pair.to);
                assert!(found[..index].iter().all(|other| other.from != pair.from && other.to != pair.to));
            }
        }
    }
}
