//! From Markdown to HTML, once it is known where links lead.
//!
//! [`Writer`] takes one event after the other and writes events itself, so that plain Markdown needs no work
//! here; the parts say what becomes of the things that differ from CommonMark's own HTML.

mod code;
mod container;
mod heading;
mod link;
mod raw;
mod table;
mod term;
#[cfg(test)]
pub(super) mod tests;

use std::collections::{HashMap, VecDeque};
use std::slice::Iter;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd, html};

use crate::base::text::escape;

use super::clean::{self, RawHrefs, Slots};
use super::dialect::Insert;
use super::events::{parse, read};
use super::footnote::Footnotes;
use super::math::Display;
use super::outline::{Form, level_number};
use super::piece::{Piece, Spanned};
use super::rendering::Rendering;
use super::term::Terms;
use term::Explained;

/// Writes a body as HTML.
pub fn to_html(body: &str, rendering: &Rendering<'_>) -> String {
    let reading = read(body, rendering.dialect);
    let events = parse(&reading, rendering.dialect);
    let has_raw_html = events.iter().any(|(piece, _)| raw::is_raw_html(piece));
    let mut writer = Writer {
        rendering,
        cleans: rendering.clean && has_raw_html,
        slots: Slots::default(),
        footnotes: Footnotes::new(rendering.inside.map_or("", |inside| inside.prefix)),
        raw_hrefs: RawHrefs::default(),
        raw_depth: 0,
        raw_open: HashMap::new(),
        formulas: HashMap::new(),
        heading: 0,
        heading_text: String::new(),
        in_link: 0,
        in_heading: false,
        explained: Explained::new(match rendering.explains {
            true => Terms::of_page(&rendering.outline.abbreviations),
            false => Terms::default(),
        }),
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        has_rows: false,
        last_link: None,
        written: VecDeque::new(),
        outer: Vec::new(),
    };
    let mut out = String::with_capacity(body.len() * 2);
    html::push_html(&mut out, Written { writer: &mut writer, rest: events.iter() });
    writer.finish(out)
}

/// What is written of a text, as it is asked for: of a page of a megabyte there may be a million events.
struct Written<'w, 'r, 't> {
    writer: &'w mut Writer<'r, 't>,
    rest: Rest<'w, 't>,
}

impl<'t> Iterator for Written<'_, '_, 't> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            // What a footnote holds is written elsewhere, when it ends.
            if self.writer.outer.is_empty()
                && let Some(event) = self.writer.written.pop_front()
            {
                return Some(event);
            }
            let Some(event) = self.rest.next() else { return self.writer.written.pop_front() };
            self.writer.take(event, &mut self.rest);
        }
    }
}

struct Writer<'r, 't> {
    rendering: &'r Rendering<'r>,
    cleans: bool,
    slots: Slots,
    footnotes: Footnotes,
    raw_hrefs: RawHrefs,
    /// How many elements of raw HTML are open, in all and by their names.
    raw_depth: usize,
    raw_open: HashMap<String, usize>,
    /// The formulas so far.
    formulas: HashMap<(String, Display), String>,
    /// How many headings were passed.
    heading: usize,
    heading_text: String,
    in_link: usize,
    in_heading: bool,
    explained: Explained,
    /// The alignments of the table at hand, the column of the next cell, and whether that is in the head.
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Whether the table at hand has rows below its head.
    has_rows: bool,
    /// The last link without a title: how it was written, where it leads, and its tag.
    last_link: Option<(Form, String, String)>,
    /// What was written and not yet asked for.
    written: VecDeque<Event<'t>>,
    /// Labels of the footnote definitions at hand, with what was written before each began.
    outer: Vec<(String, VecDeque<Event<'t>>)>,
}

type Rest<'e, 't> = Iter<'e, Spanned<'t>>;

impl<'t> Writer<'_, 't> {
    fn take(&mut self, (piece, span): &Spanned<'t>, rest: &mut Rest<'_, 't>) {
        if let Some(part) = &self.rendering.part
            && !(part.start <= span.start && span.end <= part.end)
            && !self.is_footnote(piece)
        {
            self.pass_over(piece);
            return;
        }
        match piece {
            Piece::Markdown(event) => self.markdown(event, span.start, rest),
            Piece::Open(container) => self.open(*container),
            Piece::Close(container) => self.close(*container),
            Piece::OpenTitle(container) => self.open_title(*container),
            Piece::CloseTitle(container) => self.close_title(*container),
            Piece::OpenMark => self.html("<mark>".to_owned()),
            Piece::CloseMark => self.html("</mark>".to_owned()),
            Piece::Insert(Insert::Anchor(id)) => self.anchor(id),
            // The picture before it has seen it.
            Piece::Insert(Insert::Size(..)) => {}
        }
    }

    fn markdown(&mut self, event: &Event<'t>, at: usize, rest: &mut Rest<'_, 't>) {
        match event {
            Event::Start(tag) => self.start(tag, at, rest),
            Event::End(TagEnd::TableHead) => self.end_head(rest),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.prose(text),
            Event::Html(html) => self.raw(html),
            Event::InlineHtml(html) => self.inline_raw(html, rest),
            Event::InlineMath(latex) => self.formula(latex, Display::Inline),
            Event::DisplayMath(latex) => self.formula(latex, Display::Block),
            Event::FootnoteReference(label) => {
                let reference = self.footnotes.refer(label);
                self.html(reference);
            }
            Event::TaskListMarker(done) => {
                let label = escape(&self.rendering.words.task[usize::from(!done)]);
                let checked = if *done { " checked" } else { "" };
                self.own(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            other => self.written.push_back(other.clone()),
        }
    }

    /// Footnotes may be defined outside the part that refers to them; what nobody refers to is left out in the end.
    fn is_footnote(&self, piece: &Piece<'_>) -> bool {
        !self.outer.is_empty()
            || matches!(piece, Piece::Markdown(Event::Start(Tag::FootnoteDefinition(_))))
    }

    /// Keeps count of the headings outside the part that is shown.
    fn pass_over(&mut self, piece: &Piece<'_>) {
        if matches!(piece, Piece::Markdown(Event::End(TagEnd::Heading(_)))) {
            self.heading += 1;
        }
    }

    fn start(&mut self, tag: &Tag<'t>, at: usize, rest: &mut Rest<'_, 't>) {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level_number(*level), rest),
            Tag::Paragraph if self.embed_alone(rest) => {}
            Tag::CodeBlock(kind) => self.code(kind, rest),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead | Tag::TableRow => {
                self.in_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                self.written.push_back(Event::Start(tag.clone()));
            }
            Tag::TableCell => self.start_cell(),
            Tag::Item if is_task(rest) => self.html("<li class=\"task\">".to_owned()),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(*link_type, dest_url, title);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.image(*link_type, dest_url, title, at, rest);
            }
            Tag::FootnoteDefinition(label) => {
                self.outer.push((label.to_string(), std::mem::take(&mut self.written)));
            }
            Tag::HtmlBlock => {}
            other => self.written.push_back(Event::Start(other.clone())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level_number(level)),
            TagEnd::Table => self.end_table(),
            TagEnd::Link => {
                self.in_link -= 1;
                self.html("</a>".to_owned());
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::HtmlBlock => {}
            other => self.written.push_back(Event::End(other)),
        }
    }

    fn end_footnote(&mut self) {
        let Some((label, outer)) = self.outer.pop() else { return };
        let events = std::mem::replace(&mut self.written, outer);
        let mut text = String::new();
        html::push_html(&mut text, events.into_iter());
        self.footnotes.define(&label, text);
    }

    /// Writes a place that links can lead to.
    fn anchor(&mut self, id: &str) {
        if self.rendering.inside.is_none() {
            self.html(format!("<span id=\"{}\"></span>", escape(id)));
        }
    }

    fn html(&mut self, html: String) {
        self.written.push_back(Event::InlineHtml(html.into()));
    }

    /// Writes HTML that is not to be cleaned.
    fn own(&mut self, html: String) {
        let html = if self.cleans { self.slots.keep(html) } else { html };
        self.html(html);
    }

    fn finish(self, html: String) -> String {
        let words = self.rendering.words;
        let mut out = html;
        out.push_str(&self.footnotes.list(&words.footnotes, &words.back));
        let terms = self.list_of_terms();
        let html =
            if self.cleans { self.slots.fill(&clean::clean(&out, self.raw_hrefs)) } else { out };
        html + &terms
    }
}

fn is_task(rest: &Rest<'_, '_>) -> bool {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some((Piece::Markdown(Event::TaskListMarker(_)), _)) => true,
        Some((Piece::Markdown(Event::Start(Tag::Paragraph)), _)) => {
            matches!(ahead.next(), Some((Piece::Markdown(Event::TaskListMarker(_)), _)))
        }
        _ => false,
    }
}

/// Moves past the end of the element at hand and returns the plain text in it.
fn text_to(rest: &mut Rest<'_, '_>, is_end: impl Fn(&TagEnd) -> bool) -> String {
    let mut text = String::new();
    for (piece, _) in rest.by_ref() {
        let Piece::Markdown(event) = piece else { continue };
        match event {
            Event::End(tag) if is_end(tag) => break,
            Event::Text(piece)
            | Event::Code(piece)
            | Event::InlineMath(piece)
            | Event::DisplayMath(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}
