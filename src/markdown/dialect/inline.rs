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

/// Something without a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Insert {
    /// A place that links can lead to.
    Anchor(String),
    /// The width and height at which the picture before it is wanted.
    Size(Option<u32>, Option<u32>),
}

/// What is to become of some bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The bytes.
    pub(super) range: Range<usize>,
    /// What is written instead.
    pub(super) text: String,
}

/// A text, and what is known and found so far.
pub(super) struct Walk<'t, 'n> {
    /// The text.
    pub(super) text: &'t str,
    /// What to change, in order, without overlaps.
    pub(super) edits: Vec<Edit>,
    /// What to put between the pieces.
    pub(super) inserts: Vec<(usize, Insert)>,
    /// Blocks with an id.
    pub(super) ids: BTreeMap<String, Range<usize>>,
    /// What abbreviations mean.
    abbreviations: BTreeMap<String, String>,
    /// What was left out.
    pub(super) notices: &'n mut Notices,
    /// The blocks of the text, in the order of their beginnings.
    pub(super) blocks: Vec<Range<usize>>,
    /// Where the bracket stands that closes words with attributes of their own, once its pair was taken out.
    pub(super) closing: Option<usize>,
    /// The line that was asked for last.
    line: Range<usize>,
    /// How far a look ahead found that there is none of this mark.
    none: BTreeMap<&'static str, usize>,
    /// How many bytes were looked at in vain.
    vain: usize,
}

/// Takes out of a text what other tools write between the words.
pub(super) fn read(text: &str, options: Options, notices: &mut Notices) -> Inline {
    let found = survey(text, options);
    let mut walk = Walk {
        text,
        edits: Vec::new(),
        inserts: Vec::new(),
        ids: BTreeMap::new(),
        abbreviations: BTreeMap::new(),
        notices,
        blocks: found.blocks,
        closing: None,
        line: 0..0,
        none: BTreeMap::new(),
        vain: 0,
    };
    let mut protected = found.protected.into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while protected.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = protected.peek().filter(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        let limit = protected.peek().map_or(text.len(), |range| range.start);
        at = walk.step(at, limit);
    }
    walk.finish()
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

impl Walk<'_, '_> {
    /// Looks at one place; returns the next. What is taken at this place may reach up to `limit`, where code begins,
    /// unless it hides the code as well.
    fn step(&mut self, at: usize, limit: usize) -> usize {
        let rest = &self.text[at..];
        let end = match rest.as_bytes()[0] {
            b'\\' => return self.after(at + 1),
            b'{' => template::read(self, at).or_else(|| attributes::read(self, at, limit)),
            b'%' => obsidian::comment(self, at),
            b'^' => obsidian::block_id(self, at),
            b':' => obsidian::property(self, at).or_else(|| obsidian::icon(self, at)),
            b'*' => abbreviation(self, at),
            b'<' if rest.starts_with("<%") => template::read(self, at),
            b'<' => component::read(self, at),
            b']' => destination::read(self, at, limit),
            b'[' => contents_mark(self, at)
                .or_else(|| bracketed_label(self, at, limit))
                .or_else(|| attributes::open_words(self, at, limit)),
            _ => None,
        };
        end.unwrap_or_else(|| self.after(at))
    }

    fn after(&self, at: usize) -> usize {
        let length =
            self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        at + length
    }

    /// Takes bytes out, the whole lines if nothing is left on them. Returns where they end.
    pub(super) fn take_out(&mut self, range: Range<usize>) -> usize {
        let end = range.end;
        let line = self.line(range.start).start;
        let is_first = is_quote_mark(&self.text[line..range.start]);
        let rest_end = self.line(end).end;
        if is_first && self.text[end..rest_end].trim().is_empty() {
            // The line stays, as an empty one, unless a list or table goes on below it.
            let next =
                self.text[(rest_end + 1).min(self.text.len())..].trim_start_matches([' ', '>']);
            let goes_on = next.starts_with(['|', '-', '*', '+']) || starts_with_number(next);
            if goes_on && self.is_free(line) && rest_end < self.text.len() {
                return self.replace(line..rest_end + 1, String::new());
            }
        }
        self.replace(range, String::new())
    }

    /// Writes something else instead of some bytes. Returns where they end.
    pub(super) fn replace(&mut self, range: Range<usize>, text: String) -> usize {
        let end = range.end;
        debug_assert!(self.edits.last().is_none_or(|edit| edit.range.end <= range.start));
        self.edits.push(Edit { range, text });
        end
    }

    /// Returns whether nothing at or after a place was changed so far.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.edits.last().is_none_or(|edit| edit.range.end <= at)
    }

    /// Returns the line of a byte, without its end.
    pub(super) fn line(&mut self, at: usize) -> Range<usize> {
        if !(self.line.start <= at && at <= self.line.end) || self.line.is_empty() {
            let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
            self.line = start..end;
        }
        self.line.clone()
    }

    /// Returns where a mark stands next, at or after a place. Looks at no byte twice in vain.
    pub(super) fn find(&mut self, mark: &'static str, from: usize) -> Option<usize> {
        if self.none.get(mark).is_some_and(|start| *start <= from) {
            return None;
        }
        let found = self.text[from..].find(mark).map(|length| from + length);
        if found.is_none() {
            self.none.insert(mark, from);
        }
        found
    }

    /// Notes how many bytes were looked at in vain. Past a few times the text, [`Self::is_spent`] says so.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.vain += bytes;
    }

    /// Returns whether so much was looked at in vain that it cannot be meant.
    pub(super) fn is_spent(&self) -> bool {
        self.vain > 4 * self.text.len() + 10_000
    }

    fn finish(self) -> Inline {
        let mut out = Rewriting::of(self.text);
        let mut at = 0;
        for edit in &self.edits {
            out.copy(at..edit.range.start);
            out.put(&edit.text, edit.range.start);
            at = edit.range.end;
        }
        out.copy(at..self.text.len());
        let (text, map) = out.finish();
        let mut inserts = self.inserts;
        inserts.sort_by_key(|(at, _)| *at);
        Inline { text, map, inserts, blocks: self.ids, abbreviations: self.abbreviations }
    }
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

/// Takes out the mark at which another tool writes the page's contents: the page has them anyway.
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

fn is_quote_mark(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '>'))
}

fn starts_with_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with(['.', ')'])
}
