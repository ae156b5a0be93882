//! The one place that sets up the Markdown parser.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::container::{Alert, Container, Title};
use super::dialect::Reading;
use super::piece::{Piece, Spanned};
use super::{autolink, formula, highlight, raw_heading, raw_html};

/// What a site writes beyond CommonMark and GFM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Whether `[[double brackets]]` are links.
    pub wikilinks: bool,
    /// Whether the label comes first in `[[label|page]]`.
    pub label_first: bool,
    /// Whether bare web and e-mail addresses are links, as GFM has it.
    pub addresses: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { wikilinks: true, label_first: false, addresses: true }
    }
}

fn options(dialect: Dialect) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    options.set(Options::ENABLE_WIKILINKS, dialect.wikilinks);
    options
}

/// Reads a body, so that it can be parsed.
pub(super) fn read(body: &str, dialect: Dialect) -> Reading<'_> {
    Reading::of(body, options(dialect))
}

/// Parses a body: texts merged, bare web addresses made links, wikilinks with their target as destination, named blocks
/// told apart from quotes. All spans are bytes of the body.
pub(super) fn parse<'r>(reading: &'r Reading<'_>, dialect: Dialect) -> Vec<Spanned<'r>> {
    let mut events = markdown(reading.text(), dialect);
    if dialect.wikilinks {
        wikilinks(&mut events, dialect.label_first);
    }
    let mut blocks = NamedBlocks::default();
    let pieces = if reading.inserts.is_empty() {
        // A piece is as long as its event, and takes its place in memory.
        let piece = |(event, span)| {
            let span = reading.span(&span);
            (blocks.take(event, &span, reading), span)
        };
        events.into_iter().map(piece).collect()
    } else {
        with_inserts(events, &mut blocks, reading)
    };
    if reading.text().contains("==") { highlight::mark(pieces) } else { pieces }
}

/// Makes pieces of events, with what stands between them.
fn with_inserts<'r>(
    events: Vec<(Event<'r>, Range<usize>)>,
    blocks: &mut NamedBlocks,
    reading: &'r Reading<'_>,
) -> Vec<Spanned<'r>> {
    let mut pieces = Vec::with_capacity(events.len() + reading.inserts.len());
    let mut inserts = reading.inserts.iter().peekable();
    let end = reading.span(&(0..reading.text().len())).end;
    for (event, span) in events {
        let span = reading.span(&span);
        let is_due = |at: usize| match &event {
            // What stands at the end of the text belongs to its last block.
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item)
                if span.end >= end =>
            {
                true
            }
            Event::End(_) => at < span.end,
            _ => at <= span.start,
        };
        while let Some((at, insert)) = inserts.next_if(|(at, _)| is_due(*at)) {
            pieces.push((Piece::Insert(insert.clone()), *at..*at));
        }
        pieces.push((blocks.take(event, &span, reading), span));
    }
    pieces.extend(inserts.map(|(at, insert)| (Piece::Insert(insert.clone()), *at..*at)));
    pieces
}

const _: () = assert!(size_of::<Spanned<'_>>() == size_of::<(Event<'_>, Range<usize>)>());

/// So deep quotes are nested; what is deeper is quoted no deeper. Browsers draw no more than some hundreds of boxes in each
/// other.
const QUOTES: usize = 100;

/// Parses a text as the parser reads it.
fn markdown(text: &str, dialect: Dialect) -> Vec<(Event<'_>, Range<usize>)> {
    let may_define = dialect.wikilinks && text.contains("[[") && text.contains("]:");
    let defined = if may_define { defined(text, options(dialect)) } else { Defined::new() };
    // As many as lists and links have; memory that nothing is written to costs nothing.
    let mut events = Vec::with_capacity(text.len() / 8);
    let mut in_link = 0_usize;
    let mut in_code = false;
    let mut quotes = 0_usize;
    for (mut event, span) in formula::parse(text, options(dialect)) {
        if !defined.is_empty() {
            define(&mut event, &defined);
        }
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => in_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => in_link -= 1,
            Event::Start(Tag::BlockQuote(_)) => {
                quotes += 1;
                if quotes > QUOTES {
                    continue;
                }
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                quotes -= 1;
                if quotes >= QUOTES {
                    continue;
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text)
                if dialect.addresses
                    && in_link == 0
                    && !in_code
                    && autolink::link_text(text, &span, &mut events) =>
            {
                continue;
            }
            Event::Html(html) if raw_html::continues(text, html, &span, &mut events) => continue,
            // A heading without words, as a tag of a template leaves it, would be a link without a name.
            Event::End(TagEnd::Heading(_))
                if matches!(events.last(), Some((Event::Start(Tag::Heading { .. }), _))) =>
            {
                events.pop();
                continue;
            }
            _ => {}
        }
        events.push((event, span));
    }
    raw_heading::find(text, events)
}

/// Destination and title of each link reference definition, by its label.
type Defined = BTreeMap<String, (String, String)>;

/// Returns the link reference definitions of a text, by label in lower case.
fn defined(text: &str, options: Options) -> Defined {
    let parser = Parser::new_ext(text, options);
    let definitions = parser.reference_definitions().iter();
    definitions
        .map(|(label, definition)| {
            let title = definition.title.as_deref().unwrap_or_default().to_owned();
            (label.to_lowercase(), (definition.dest.to_string(), title))
        })
        .collect()
}

/// Makes a wikilink whose name the text defines as a reference an ordinary link: Foam writes `[[page]]` with `[page]: path.md`.
fn define(event: &mut Event<'_>, defined: &Defined) {
    let Event::Start(Tag::Link { link_type, dest_url, title, .. }) = event else { return };
    if !matches!(link_type, LinkType::WikiLink { .. }) {
        return;
    }
    if let Some((dest, defined_title)) = defined.get(&dest_url.to_lowercase()) {
        *link_type = LinkType::Shortcut;
        *dest_url = dest.clone().into();
        *title = defined_title.clone().into();
    }
}

/// Tells named blocks from quotes, and their titles from headings.
#[derive(Default)]
struct NamedBlocks {
    /// The quotes that are open; `None` for mere quotes.
    open: Vec<Option<Container>>,
    /// The block that was opened just now, if it has a title of its own.
    untitled: Option<Container>,
    in_title: Option<Container>,
}

impl NamedBlocks {
    fn take<'t>(
        &mut self,
        event: Event<'t>,
        span: &Range<usize>,
        reading: &Reading<'_>,
    ) -> Piece<'t> {
        let untitled = self.untitled.take();
        match event {
            Event::Start(Tag::BlockQuote(kind)) => {
                let container = reading.container(span.start).or(kind.and_then(githubs));
                self.open.push(container);
                self.untitled = container.filter(has_own_title);
                container.map_or(Piece::Markdown(event), Piece::Open)
            }
            Event::End(TagEnd::BlockQuote(_)) => match self.open.pop().flatten() {
                Some(container) => Piece::Close(container),
                None => Piece::Markdown(event),
            },
            Event::Start(Tag::Heading { .. }) if untitled.is_some() => {
                self.in_title = untitled;
                untitled.map_or(Piece::Markdown(event), Piece::OpenTitle)
            }
            Event::End(TagEnd::Heading(_)) => match self.in_title.take() {
                Some(container) => Piece::CloseTitle(container),
                None => Piece::Markdown(event),
            },
            other => Piece::Markdown(other),
        }
    }
}

fn has_own_title(container: &Container) -> bool {
    match container {
        Container::Alert(alert) => alert.title == Title::Own,
        Container::Tab => true,
        Container::Plain => false,
    }
}

/// Returns the box of an alert in GitHub's own spelling.
fn githubs(kind: BlockQuoteKind) -> Option<Container> {
    let name = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    Alert::of_kind(name).map(Container::Alert)
}

/// Unescapes `[[page\|label]]` of table cells, and swaps label and target where a site writes them the other way round.
fn wikilinks(events: &mut [(Event<'_>, Range<usize>)], label_first: bool) {
    for at in 0..events.len() {
        let link_type = match &events[at].0 {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => *link_type,
            _ => continue,
        };
        let LinkType::WikiLink { has_pothole } = link_type else { continue };
        if !has_pothole {
            continue;
        }
        if let Some(destination) = destination(&mut events[at].0)
            && let Some(bare) = destination.strip_suffix('\\')
        {
            *destination = bare.to_owned().into();
        }
        if label_first && let Some((Event::Text(_), _)) = events.get(at + 1) {
            let (start, rest) = events.split_at_mut(at + 1);
            if let (Some(target), (Event::Text(label), _)) =
                (destination(&mut start[at].0), &mut rest[0])
            {
                std::mem::swap(target, label);
            }
        }
    }
}

fn destination<'e, 't>(event: &'e mut Event<'t>) -> Option<&'e mut CowStr<'t>> {
    match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    }
}
