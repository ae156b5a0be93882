//! What stayed and is not shown, only counted.

use std::ops::Range;

use super::leaf::{Container, Leaf, Shape};
use super::told::{Story, Told};

/// Fewer leaves than this are shown.
const LEAST: usize = 4;

/// How many headings the line that stands for what is not shown names.
const NAMED: usize = 3;

/// Something that stayed and is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Skipped {
    /// How many blocks.
    pub(super) parts: usize,
    /// Its first headings, one more than are named.
    pub(super) headings: Vec<String>,
}

impl Skipped {
    /// Returns what some of what is told would be if it were not.
    pub(super) fn of(story: &Story, told: &[Told]) -> Self {
        let leaves = || told.iter().map(|told| story.leaf(told));
        let headings = leaves().filter(|leaf| matches!(leaf.shape, Shape::Heading(_)));
        // Empty lines of code are nothing that a reader counts.
        let is_seen = |leaf: &&Leaf| match leaf.shape {
            Shape::Info => false,
            Shape::Line => !leaf.text().trim().is_empty(),
            _ => true,
        };
        let parts = leaves().filter(is_seen);
        Self { parts: parts.count(), headings: headings.take(NAMED + 1).map(Leaf::text).collect() }
    }

    /// Returns whether another heading would tell more.
    pub(super) fn has_room(&self) -> bool {
        self.headings.len() <= NAMED
    }

    /// Adds what follows on it.
    pub(super) fn add(&mut self, other: Self) {
        self.parts += other.parts;
        self.headings.extend(other.headings);
    }

    /// Returns the headings as they are named.
    pub(super) fn named(&self) -> String {
        let more = if self.headings.len() > NAMED { ", …" } else { "" };
        let named: Vec<&str> = self.headings.iter().take(NAMED).map(String::as_str).collect();
        named.join(", ") + more
    }
}

/// Returns the places in what is told that are not shown: long stretches without a change, but for what stands right
/// before and after one.
pub(super) fn folds(story: &Story) -> Vec<Range<usize>> {
    let told = &story.told;
    let mut folds = Vec::new();
    let mut start = 0;
    while start < told.len() {
        if told[start].how().is_some() {
            start += 1;
            continue;
        }
        let length = told[start..].iter().take_while(|told| told.how().is_none()).count();
        let stretch = start..start + length;
        folds.extend(fold(story, &stretch));
        start = stretch.end;
    }
    folds
}

fn fold(story: &Story, stretch: &Range<usize>) -> Option<Range<usize>> {
    let leaf = |at: usize| story.leaf(&story.told[at]);
    let near = |at: usize| if leaf(at).shape == Shape::Line { 3 } else { 1 };
    let first = if stretch.start == 0 { 0 } else { stretch.start + near(stretch.start) };
    let is_last = stretch.end == story.told.len();
    let last =
        if is_last { stretch.end } else { stretch.end.checked_sub(near(stretch.end - 1))? };
    // A heading stands with what it is above.
    let keeps_heading =
        !is_last && last > first && matches!(leaf(last - 1).shape, Shape::Heading(_));
    let last = if keeps_heading { last - 1 } else { last };
    let start = (first..last).find(|at| can_part(story, *at))?;
    let end = (start..=last).rev().find(|at| can_part(story, *at))?;
    (end - start >= LEAST).then_some(start..end)
}

/// Returns whether the text can be parted before a leaf without tearing an item or a table.
fn can_part(story: &Story, at: usize) -> bool {
    let Some(Told::Same(_, new)) = story.told.get(at) else { return true };
    let Some(before) = new.checked_sub(1).map(|before| &story.new[before]) else { return true };
    let leaf = &story.new[*new];
    match shared(before, leaf) {
        0 => true,
        1 => matches!(
            leaf.path[0].container,
            Container::List { .. } | Container::Code | Container::Html
        ),
        _ => false,
    }
}

/// Returns how many containers hold both leaves.
fn shared(a: &Leaf, b: &Leaf) -> usize {
    a.path.iter().zip(&b.path).take_while(|(a, b)| a.id == b.id).count()
}
