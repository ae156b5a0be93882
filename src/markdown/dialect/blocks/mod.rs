//! The first pass, line by line: blocks with a name become block quotes that only Polder can write.
//!
//! A block quote is what CommonMark has for “these blocks belong together”, in lists and in each other. So the body of
//! `!!! note` or `:::note` gets `>` before each of its lines, its title becomes a heading in it, and where it was opened
//! is remembered: the parser's quote at that place is the named block. No author can write that place.

mod level;
mod opens;
mod sign;
mod tags;

use std::collections::BTreeMap;

use super::super::container::Container;
use super::super::notice::{Notices, Unsupported};
use super::line::Line;
use super::rewriting::{OffsetMap, Rewriting};
use level::{Before, Extent, Level};
use sign::{contains_ignore_case, goes_on_in_quotes, marker_width, verbatim_html};
use tags::{FENCE, end_name};

/// A body with its named blocks as quotes.
pub(super) struct Blocks {
    /// The rewritten text.
    pub(super) text: String,
    /// From the rewritten text to the body.
    pub(super) map: OffsetMap,
    /// What the quotes are that stand at these bytes of the body.
    pub(super) containers: BTreeMap<usize, Container>,
}

/// Named blocks in each other deeper than this are text.
const DEPTH: usize = 12;

/// Rewrites the named blocks of a body.
pub(super) fn read(body: &str, notices: &mut Notices) -> Blocks {
    let mut reader = Reader {
        body,
        out: Rewriting::of(body),
        levels: vec![Level::new(Extent::Body, String::new())],
        containers: BTreeMap::new(),
        gap: false,
        gap_quotes: 0,
        last_ends: BTreeMap::new(),
        last_highlight: body.rfind("highlight").unwrap_or(0),
        vain: 0,
        notices,
    };
    let mut at = 0;
    while at < body.len() {
        at = reader.take(Line::at(body, at));
    }
    let (text, map) = reader.out.finish();
    Blocks { text, map, containers: reader.containers }
}

struct Reader<'b, 'n> {
    body: &'b str,
    out: Rewriting<'b>,
    /// The body, and the named blocks that are open in each other.
    levels: Vec<Level<'b>>,
    containers: BTreeMap<usize, Container>,
    /// Whether an empty line has to come before the next one, as a block has ended.
    gap: bool,
    /// How many `>` that empty line has.
    gap_quotes: usize,
    /// Where tags of a name are closed for the last time.
    last_ends: BTreeMap<&'b str, usize>,
    /// Where code is opened or closed by a tag for the last time.
    last_highlight: usize,
    /// How many bytes were looked at in vain.
    vain: usize,
    notices: &'n mut Notices,
}

impl<'b> Reader<'b, '_> {
    fn top(&mut self) -> &mut Level<'b> {
        self.levels.last_mut().expect("the body stays open")
    }

    /// Takes a line; returns where the next one begins.
    fn take(&mut self, mut line: Line<'b>) -> usize {
        self.go_on(&mut line);
        if self.top().is_verbatim() {
            self.verbatim(line);
        } else if line.is_blank() {
            self.blank(line);
        } else if !self.ends(line) {
            return self.text(line);
        }
        line.next
    }

    /// Takes off the indents of the open blocks, and closes those that the line is no part of.
    fn go_on(&mut self, line: &mut Line<'b>) {
        let is_blank = line.is_blank();
        for at in 1..self.levels.len() {
            match self.levels[at].extent {
                Extent::Indented(indent) if is_blank || line.indent() >= indent + 4 => {
                    line.strip(indent + 4);
                }
                Extent::Colons { indent, .. } | Extent::Tags { indent, .. } => line.strip(indent),
                Extent::Component { ref mut indent, .. } => {
                    if !is_blank {
                        line.strip(*indent.get_or_insert(line.indent()));
                    }
                }
                Extent::Quoted(depth) if goes_on_in_quotes(line, depth) => {}
                Extent::Body | Extent::Indented(_) | Extent::Quoted(_) => return self.close(at),
            }
        }
    }

    fn close(&mut self, at: usize) {
        self.gap_quotes = match self.levels[at].extent {
            Extent::Quoted(depth) => depth,
            _ => 0,
        };
        self.levels.truncate(at);
        self.top().before = Before::Other;
        self.top().quotes = 0;
        self.gap = true;
    }

    fn verbatim(&mut self, line: Line<'b>) {
        let text = line.text();
        let level = self.top();
        level.before = Before::Other;
        if let Some((_, indent)) = level.highlight.take_if(|(end, _)| text.starts_with(*end)) {
            return self.put_line(line, &format!("{}{FENCE}", " ".repeat(indent)));
        }
        if let Some((mark, count)) = level.fence {
            let length = text.bytes().take_while(|byte| *byte == mark).count();
            if length >= count && length == text.len() {
                level.fence = None;
            }
        } else if level.html.is_some_and(|end| contains_ignore_case(text, end)) {
            level.html = None;
        }
        self.write(line);
    }

    fn blank(&mut self, line: Line<'b>) {
        let level = self.top();
        level.before = Before::Blank;
        level.quotes = 0;
        self.gap = false;
        self.write(line);
    }

    /// Closes the block that a line of colons or an end tag ends.
    fn ends(&mut self, line: Line<'b>) -> bool {
        let text = line.text();
        if let Some(name) = text.strip_prefix("</").and_then(|rest| rest.strip_suffix('>')) {
            let is_it = |level: &Level| matches!(&level.extent, Extent::Component { name: open, .. } if open == name.trim());
            let open = self.levels.iter().rposition(is_it);
            if let Some(at) = open {
                self.close(at);
            }
            return open.is_some();
        }
        let is_end = text.len() >= 3 && text.bytes().all(|byte| byte == b':');
        let is_named_end = || {
            let name = text.strip_prefix(":::").map(str::trim);
            name.is_some_and(|name| name.ends_with("-end") && !name.contains(' '))
        };
        if let Some(name) = end_name(text) {
            let is_it = |level: &Level<'_>| matches!(level.extent, Extent::Tags { name: open, .. } if open == name);
            let open = self.levels.iter().rposition(is_it);
            if let Some(at) = open {
                self.close(at);
            }
            return open.is_some();
        }
        if line.indent() >= 4 && self.levels.len() == 1 || !is_end && !is_named_end() {
            return false;
        }
        let marks_of = |level: &Level<'_>| match level.extent {
            Extent::Colons { marks, .. } => Some(marks),
            _ => None,
        };
        let exact = self.levels.iter().rposition(|level| marks_of(level) == Some(text.len()));
        let any = self.levels.iter().rposition(|level| marks_of(level).is_some());
        match exact.or(any) {
            Some(at) => self.close(at),
            None => self.notices.add(Unsupported::Directive, line.place(text)),
        }
        true
    }

    fn text(&mut self, line: Line<'b>) -> usize {
        let indent = line.indent();
        let level = self.top();
        if level.before != Before::Text {
            level.leave_lists(indent);
        }
        let inside = level.lists.partition_point(|column| *column <= indent);
        let margin = inside.checked_sub(1).map_or(0, |last| level.lists[last]);
        if indent >= margin + 4 {
            // Indented code, or more of a paragraph.
            level.quotes = 0;
            self.write(line);
            return line.next;
        }
        if let Some(next) = self.module(line).or_else(|| self.component(line)) {
            return next;
        }
        if !self.opens(line, indent)
            && !self.opens_highlight(line, indent)
            && !self.opens_box(line, indent)
        {
            let mut inner = line;
            self.list_markers(&mut inner);
            if !self.opens_item(line, inner) && !self.opens_quote(line, inner) {
                self.note_verbatim(inner);
                self.write(line);
            }
        }
        line.next
    }

    /// Takes list markers off, and notes where the texts of their items begin.
    fn list_markers(&mut self, line: &mut Line<'b>) {
        let start = *line;
        let mut column = 0;
        while line.indent() < 4 || line.at == start.at {
            let indent = line.indent();
            let Some(width) = marker_width(line.rest().trim_start()) else { break };
            line.trim_start();
            line.advance(width);
            let space = Some(line.indent()).filter(|space| (1..=4).contains(space)).unwrap_or(1);
            line.strip(space);
            let level = self.top();
            level.leave_lists(column + indent);
            column += indent + width + space;
            level.lists.push(column);
        }
    }

    /// Notes that a line opens code or raw HTML, or what else it is.
    fn note_verbatim(&mut self, line: Line<'b>) {
        let text = line.text();
        let level = self.top();
        let mark = text.bytes().next().unwrap_or(b' ');
        let count = text.bytes().take_while(|byte| *byte == mark).count();
        level.before = Before::Text;
        if matches!(mark, b'`' | b'~')
            && count >= 3
            && !(mark == b'`' && text[count..].contains('`'))
        {
            level.fence = Some((mark, count));
        } else if mark == b'#' {
            level.before = Before::Other;
        } else if mark == b'<' {
            level.html = verbatim_html(text);
        }
    }

    /// Writes something else instead of a line; without its end if it is to go on.
    fn put_line(&mut self, line: Line<'b>, text: &str) {
        self.close_gap(line.start);
        let prefix = &self.levels.last().expect("the body stays open").prefix;
        self.out.put(prefix, line.start);
        if !text.is_empty() {
            self.out.put(text, line.start);
            self.out.put("\n", line.end);
        }
    }

    /// Writes a line as part of the blocks that are open.
    fn write(&mut self, line: Line<'b>) {
        let is_blank = line.is_blank();
        if !is_blank {
            self.close_gap(line.start);
        }
        let prefix = &self.levels.last().expect("the body stays open").prefix;
        self.out.put(if is_blank { prefix.trim_end() } else { prefix }, line.start);
        self.out.put(&" ".repeat(line.spare), line.start);
        self.out.copy(line.at..line.next);
    }

    /// Writes the empty line that keeps a block which has ended apart from what follows.
    fn close_gap(&mut self, from: usize) {
        if std::mem::take(&mut self.gap) {
            let prefix = &self.levels.last().expect("the body stays open").prefix;
            let quotes = std::mem::take(&mut self.gap_quotes);
            self.out.put(format!("{prefix}{}", "> ".repeat(quotes)).trim_end(), from);
            self.out.put("\n", from);
        }
    }
}
