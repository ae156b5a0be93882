//! The one place that sets up the Markdown parser.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::{Spanned, autolink};

/// What a site writes beyond CommonMark and GFM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Whether `[[double brackets]]` are links.
    pub wikilinks: bool,
    /// Whether the label comes first in `[[label|page]]`.
    pub label_first: bool,
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

/// Parses a body: texts merged, bare web addresses made links, wikilinks with their target as destination.
pub(super) fn parse(body: &str, dialect: Dialect) -> Vec<Spanned<'_>> {
    let parser = Parser::new_ext(body, options(dialect)).into_offset_iter();
    let mut events: Vec<Spanned<'_>> = Vec::new();
    let mut in_link = 0_usize;
    let mut in_code = false;
    for (event, span) in TextMergeWithOffset::new(parser) {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => in_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => in_link -= 1,
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text)
                if in_link == 0 && !in_code && autolink::link_text(text, &span, &mut events) =>
            {
                continue;
            }
            _ => {}
        }
        events.push((event, span));
    }
    if dialect.wikilinks {
        wikilinks(&mut events, dialect.label_first);
    }
    events
}

/// Unescapes `[[page\|label]]` of table cells, and swaps label and target where a site writes them the other way round.
fn wikilinks(events: &mut [Spanned<'_>], label_first: bool) {
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
