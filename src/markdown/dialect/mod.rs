//! What other tools add to Markdown, brought to what the parser knows.
//!
//! A body is rewritten before it is parsed, and only where it has to be; a map leads every byte that the parser speaks of
//! back to where it was written, so that nobody above knows of it.

mod attributes;
mod blocks;
mod closing;
mod component;
mod destination;
mod inline;
mod jsx;
mod line;
mod obsidian;
mod opening;
mod rewriting;
mod template;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::Options;

use super::container::Container;
use super::notice::{Notice, Notices};
use rewriting::OffsetMap;
pub(super) use walk::Insert;

/// A body as the parser is to read it.
pub(super) struct Reading<'b> {
    text: Cow<'b, str>,
    /// From the text to the body, one pass after the other, the last one first.
    maps: Vec<OffsetMap>,
    containers: BTreeMap<usize, Container>,
    /// What stands between the pieces, by place in the body.
    pub(super) inserts: Vec<(usize, Insert)>,
    /// The bytes of blocks that have an id.
    pub(super) blocks: BTreeMap<String, Range<usize>>,
    /// What abbreviations mean.
    pub(super) abbreviations: BTreeMap<String, String>,
    /// What was left out, one for each kind.
    pub(super) notices: Vec<Notice>,
}

impl<'b> Reading<'b> {
    /// Reads a body; `options` are those of the parser.
    pub(super) fn of(body: &'b str, options: Options) -> Self {
        let mut reading = Self {
            text: closing::without_tabs(body),
            maps: Vec::new(),
            containers: BTreeMap::new(),
            inserts: Vec::new(),
            blocks: BTreeMap::new(),
            abbreviations: BTreeMap::new(),
            notices: Vec::new(),
        };
        let mut notices = Notices::default();
        if may_hold_blocks(&reading.text) {
            let blocks = blocks::read(&reading.text, &mut notices);
            reading.text = Cow::Owned(blocks.text);
            reading.maps.push(blocks.map);
            reading.containers = blocks.containers;
        }
        if may_hold_inline(&reading.text) {
            reading.read_inline(options, &mut notices);
        }
        reading.notices = notices.list();
        reading
    }

    fn read_inline(&mut self, options: Options, notices: &mut Notices) {
        let mut found = Notices::default();
        let inline = inline::read(&self.text, options, &mut found);
        notices.absorb(found, |span| self.span(span));
        let inserts = inline.inserts.into_iter();
        self.inserts = inserts.map(|(at, insert)| (self.span(&(at..at)).start, insert)).collect();
        self.inserts.sort_by_key(|(at, _)| *at);
        self.abbreviations = inline.abbreviations;
        let blocks = inline.blocks.into_iter();
        self.blocks = blocks.map(|(id, span)| (id, self.span(&span))).collect();
        self.text = Cow::Owned(inline.text);
        self.maps.insert(0, inline.map);
    }

    /// Returns the text that the parser reads.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns where in the body something stands.
    pub(super) fn span(&self, span: &Range<usize>) -> Range<usize> {
        self.maps.iter().fold(span.clone(), |span, map| map.span(&span))
    }

    /// Returns what the quote at this place of the body is, if it is a named block.
    pub(super) fn container(&self, start: usize) -> Option<Container> {
        self.containers.get(&start).copied()
    }
}

/// Returns whether a body may have something that the first pass rewrites; most have nothing.
fn may_hold_blocks(body: &str) -> bool {
    [":::", "!!!", "???", "=== \"", "[!", " highlight ", "{% end", "{%- end", "{{< /", "{{% /"]
        .iter()
        .any(|mark| body.contains(mark))
        || ["import ", "export "].iter().any(|word| begins_line(body, word))
        || has_component(body)
}

/// Returns whether a text may have something that the second pass rewrites.
fn may_hold_inline(text: &str) -> bool {
    [
        "{",
        "<%",
        "%%",
        "^",
        "::",
        ":material-",
        ":octicons-",
        ":fontawesome-",
        "]](",
        "toc]",
        "TOC]",
        "*[",
        "TOC_]",
        "toc_]",
    ]
    .iter()
    .any(|mark| text.contains(mark))
        || has_component(text)
        || text.split("](").skip(1).any(|rest| {
            let dest = rest.split([')', '\n']).next().unwrap_or_default();
            dest.contains(' ')
        })
}

fn begins_line(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| at == 0 || text.as_bytes()[at - 1] == b'\n')
}

fn has_component(text: &str) -> bool {
    let mut tags = text.match_indices('<');
    tags.any(|(at, _)| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_uppercase))
}
