//! The second pass: what other tools write between the words, outside code.
//!
//! A first parse tells where code, comments and formulas are; one walk over the rest finds what is to be taken out or
//! written in another way.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use super::super::formula;
use super::super::notice::Notices;
use super::rewriting::{OffsetMap, Rewriting};
use super::walk::{Insert, Walk};
use super::{attributes, component, destination, obsidian, template};

/// A text without what other tools write between the words.
pub(super) struct Inline {
    /// The rewritten text.
    pub(super) text: String,
    /// From the rewritten text to the one that was read.
    pub(super) map: OffsetMap,
    /// What stands between the pieces of the text that was read, by place.
    pub(super) inserts: Vec<(usize, Insert)>,
    /// The bytes of blocks that have an id.
    pub(super) blocks: BTreeMap<String, Range<usize>>,
    /// What abbreviations mean.
    pub(super) abbreviations: BTreeMap<String, String>,
}

/// Takes out of a text what other tools write between the words.
pub(super) fn read(text: &str, options: Options, notices: &mut Notices) -> Inline {
    let found = survey(text, options);
    let mut walk = Walk::new(text, found.blocks, notices);
    let mut protected = found.protected.into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while protected.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = protected.peek().filter(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        let limit = protected.peek().map_or(text.len(), |range| range.start);
        at = step(&mut walk, at, limit);
    }
    finish(walk)
}

/// Where nothing is touched, and where blocks are.
struct Survey {
    protected: Vec<Range<usize>>,
    blocks: Vec<Range<usize>>,
}

fn survey(text: &str, options: Options) -> Survey {
    let mut found = Survey { protected: Vec::new(), blocks: Vec::new() };
    let mut literal: Option<(usize, &str)> = None;
    for (event, span) in formula::parse(text, options) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                found.protected.push(span.clone());
                found.blocks.push(span);
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                found.protected.push(span);
            }
            Event::Start(Tag::HtmlBlock) if is_literal(&text[span.clone()]) => {
                found.protected.push(span);
            }
            Event::InlineHtml(html) => match literal {
                Some((start, end)) if html.starts_with(end) => {
                    found.protected.push(start..span.end);
                    literal = None;
                }
                None if html.starts_with("<!--") => found.protected.push(span),
                None if html.starts_with("<code") => literal = Some((span.start, "</code")),
                None if html.starts_with("<kbd") => literal = Some((span.start, "</kbd")),
                _ => {}
            },
            // A part of a page is cut without the marker of a list item.
            Event::Start(Tag::Item) => {
                let marker =
                    |c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')');
                let text = text[span.clone()].trim_start_matches(marker).trim_start();
                found.blocks.push(span.end - text.len()..span.end);
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Table(_)
                | Tag::List(_)
                | Tag::BlockQuote(_),
            ) => found.blocks.push(span),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => literal = None,
            _ => {}
        }
    }
    found.protected.sort_by_key(|range| (range.start, range.end));
    found
}

fn is_literal(html: &str) -> bool {
    let html = html.trim_start();
    ["<!--", "<pre", "<script", "<style", "<textarea"]
        .iter()
        .any(|start| html.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// Looks at one place; returns the next. What is taken at this place may reach up to `limit`, where code begins,
/// unless it hides the code as well.
fn step(walk: &mut Walk<'_, '_>, at: usize, limit: usize) -> usize {
    let rest = &walk.text[at..];
    let end = match rest.as_bytes()[0] {
        b'\\' => return walk.after(at + 1),
        b'{' => template::read(walk, at).or_else(|| attributes::read(walk, at, limit)),
        b'%' => obsidian::comment(walk, at),
        b'^' => obsidian::block_id(walk, at),
        b':' => obsidian::property(walk, at).or_else(|| obsidian::icon(walk, at)),
        b'*' => abbreviation(walk, at),
        b'<' if rest.starts_with("<%") => template::read(walk, at),
        b'<' => component::read(walk, at),
        b']' => destination::read(walk, at, limit),
        b'[' => contents_mark(walk, at)
            .or_else(|| bracketed_label(walk, at, limit))
            .or_else(|| attributes::open_words(walk, at, limit)),
        _ => None,
    };
    end.unwrap_or_else(|| walk.after(at))
}

fn finish(walk: Walk<'_, '_>) -> Inline {
    let mut out = Rewriting::of(walk.text);
    let mut at = 0;
    for edit in &walk.edits {
        out.copy(at..edit.range.start);
        out.put(&edit.text, edit.range.start);
        at = edit.range.end;
    }
    out.copy(at..walk.text.len());
    let (text, map) = out.finish();
    let mut inserts = walk.inserts;
    inserts.sort_by_key(|(at, _)| *at);
    Inline { text, map, inserts, blocks: walk.ids, abbreviations: walk.abbreviations }
}

/// An abbreviation longer than this, or more of them on a page, are none.
const ABBREVIATIONS: (usize, usize) = (100, 2_000);

/// Takes out the line `*[HTML]: Hyper Text Markup Language`, and keeps what it says.
fn abbreviation(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let line = walk.line(at);
    let is_first =
        walk.text[line.start..at].bytes().all(|byte| byte == b' ') && at < line.start + 4;
    let rest = walk.text[at..line.end].strip_prefix("*[").filter(|_| is_first)?;
    let (name, rest) = rest.split_once(']')?;
    let (name, meaning) = (name.trim(), rest.trim_start().strip_prefix(':')?.trim());
    let is_name = !name.is_empty() && name.len() <= ABBREVIATIONS.0 && !name.contains('[');
    if !is_name || meaning.is_empty() || !walk.is_free(line.start) {
        return None;
    }
    if walk.abbreviations.len() < ABBREVIATIONS.1 {
        walk.abbreviations.entry(name.to_owned()).or_insert_with(|| meaning.to_owned());
    }
    let end = (line.end + 1).min(walk.text.len());
    Some(walk.replace(line.start..end, String::new()))
}

/// Reads `[[1]](#sources)` as a link whose label has brackets of its own, as CommonMark does, and not as a name.
fn bracketed_label(walk: &mut Walk<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    let rest = walk.text[at..limit].strip_prefix("[[")?;
    let (label, rest) = rest.split_at(rest.find(['[', ']', '\n'])?);
    let dest = rest.strip_prefix("]](")?;
    let dest = &dest[..dest.find([')', '(', ' ', '\n'])?];
    let is_address = dest.contains(['#', '/', ':', '.']);
    let end = at + 2 + label.len() + 2;
    is_address.then(|| walk.replace(at..end, format!("[\\[{label}\\]]")))
}

/// Takes out the mark at which another tool writes the page's contents: the page has them anyway.
fn contents_mark(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let rest = &walk.text[at..];
    let mark = ["[TOC]", "[toc]", "[[_TOC_]]", "[[toc]]", "[[TOC]]", "[[_toc_]]"]
        .into_iter()
        .find(|mark| rest.starts_with(mark))?;
    let end = at + mark.len();
    let line = walk.line(at);
    let is_alone =
        walk.text[line.start..at].trim().is_empty() && walk.text[end..line.end].trim().is_empty();
    is_alone.then(|| walk.take_out(at..end))
}
