//! Headings that authors write as raw HTML, `<h1 align="center">…</h1>`: headings as any other, with an id and a place among the
//! contents, as git hosts have it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::raw_html::{self, decode_entities};

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// Makes headings of those that stand in blocks of raw HTML with beginning and end.
pub(super) fn find<'t>(text: &str, events: Events<'t>) -> Events<'t> {
    let may_hold = text.contains("</h") || text.contains("</H");
    if !may_hold {
        return events;
    }
    let mut found = Vec::with_capacity(events.len());
    for (event, span) in events {
        match event {
            Event::Html(html) => split(html, span, &mut found),
            other => found.push((other, span)),
        }
    }
    found
}

/// A heading in a piece of HTML.
struct Raw {
    level: HeadingLevel,
    id: Option<String>,
    /// Its bytes.
    outer: Range<usize>,
    /// The bytes between its tags.
    inner: Range<usize>,
}

/// Returns the headings of a piece of HTML, in order.
fn headings(html: &str) -> Vec<Raw> {
    let mut found: Vec<Raw> = Vec::new();
    let mut open: Option<raw_html::Tag<'_>> = None;
    for tag in raw_html::tags(html) {
        let Some(level) = level(&tag.name) else { continue };
        match open.take() {
            Some(begin) if tag.is_end && begin.name == tag.name => found.push(Raw {
                level,
                id: begin.attribute("id").map(|id| decode_entities(id.value)),
                outer: begin.span.start..tag.span.end,
                inner: begin.span.end..tag.span.start,
            }),
            _ if !tag.is_end => open = Some(tag),
            _ => {}
        }
    }
    found
}

fn level(name: &str) -> Option<HeadingLevel> {
    let number = name.strip_prefix('h')?.parse::<usize>().ok()?;
    HeadingLevel::try_from(number).ok()
}

fn split<'t>(html: CowStr<'t>, span: Range<usize>, found: &mut Events<'t>) {
    // What stands in quotes or lists may be written otherwise than it is read.
    let is_written = html.len() == span.len();
    let place = |range: &Range<usize>| match is_written {
        true => span.start + range.start..span.start + range.end,
        false => span.clone(),
    };
    let mut at = 0;
    for raw in headings(&html) {
        let Some(inside) = pieces(&html[raw.inner.clone()]) else { continue };
        let inside = inside.into_iter().map(|(event, range)| {
            (event, place(&(raw.inner.start + range.start..raw.inner.start + range.end)))
        });
        let (outer, level) = (place(&raw.outer), raw.level);
        push_html(&html, at..raw.outer.start, place(&(at..raw.outer.start)), found);
        found.push((Event::End(TagEnd::HtmlBlock), outer.clone()));
        let tag =
            Tag::Heading { level, id: raw.id.map(CowStr::from), classes: vec![], attrs: vec![] };
        found.push((Event::Start(tag), outer.clone()));
        found.extend(inside);
        found.push((Event::End(TagEnd::Heading(level)), outer.clone()));
        found.push((Event::Start(Tag::HtmlBlock), outer.end..outer.end));
        at = raw.outer.end;
    }
    if at == 0 {
        found.push((Event::Html(html), span));
    } else {
        let rest = at..html.len();
        push_html(&html, rest.clone(), place(&rest), found);
    }
}

fn push_html<'t>(
    html: &CowStr<'t>,
    range: Range<usize>,
    span: Range<usize>,
    found: &mut Events<'t>,
) {
    if !html[range.clone()].trim().is_empty() {
        found.push((Event::Html(html[range].to_owned().into()), span));
    }
}

/// Returns the tags and the words between the tags of a heading; nothing if there are no words or pictures, or if Polder
/// does not know how a browser reads them.
fn pieces<'t>(inner: &str) -> Option<Events<'t>> {
    let mut found = Events::new();
    let mut is_empty = true;
    let mut at = 0;
    let ends = raw_html::tags(inner).into_iter().map(Some).chain([None]);
    for tag in ends {
        let end = tag.as_ref().map_or(inner.len(), |tag| tag.span.start);
        let words = words(&inner[at..end])?;
        let words = if is_empty { words.trim_start() } else { &words };
        if !words.is_empty() {
            found.push((Event::Text(words.to_owned().into()), at..end));
            is_empty = false;
        }
        if let Some(tag) = tag {
            is_empty &= tag.name != "img";
            at = tag.span.end;
            found.push((Event::InlineHtml(inner[tag.span.clone()].to_owned().into()), tag.span));
        }
    }
    (!is_empty).then_some(found)
}

/// Reads words as a browser does, with the entities that Polder knows; nothing if there are others, or a comment.
fn words(written: &str) -> Option<String> {
    let mut words = String::with_capacity(written.len());
    for c in decode_entities(&written.replace("&nbsp;", " ")).chars() {
        match c.is_whitespace() {
            true if words.ends_with(' ') => {}
            true => words.push(' '),
            false => words.push(c),
        }
    }
    let names_entity = words.split('&').skip(1).any(|rest| {
        rest.split_once(';')
            .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
    });
    (!names_entity && !written.contains("<!--")).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::super::events::{Dialect, parse, read};
    use super::super::piece::Piece;
    use super::*;

    fn check(text: &str, expect: &str) {
        let reading = read(text, Dialect::default());
        let events = parse(&reading, Dialect::default());
        let told = events.into_iter().filter_map(|(piece, span)| match piece {
            Piece::Markdown(Event::Start(Tag::Heading { level, id, .. })) => {
                Some(format!("{level}{} {:?}:", id.as_deref().unwrap_or_default(), &text[span]))
            }
            Piece::Markdown(Event::Text(words)) => Some(format!("‘{words}’")),
            Piece::Markdown(Event::InlineHtml(html)) => Some(html.to_string()),
            Piece::Markdown(Event::Html(html)) => Some(format!("html {}", html.trim())),
            Piece::Markdown(Event::End(TagEnd::Heading(_))) => Some("end".to_owned()),
            _ => None,
        });
        assert_eq!(told.collect::<Vec<_>>().join(" "), expect, "{text}");
    }

    #[test]
    fn headings_are_found_in_blocks_of_html() {
        check("<H2 id='x'>A &amp; b</H2>\n", "h2x \"<H2 id='x'>A &amp; b</H2>\": ‘A & b’ end");
        check(
            "<div><h1>\n <img src=a> <b>C</b>\n d</h1>e</div>\n",
            "html <div> h1 \"<h1>\\n <img src=a> <b>C</b>\\n d</h1>\": <img src=a> ‘ ’ <b> ‘C’ </b> ‘ d’ end \
             html e</div>",
        );
        check("> <h3>a</h3>\n", "h3 \"<h3>a</h3>\": ‘a’ end");
    }

    #[test]
    fn what_is_no_whole_heading_stays_raw() {
        for html in [
            "<h1>",
            "<h1> <br> </h1>",
            "<h1>&copy; a</h1>",
            "<h1>a<!-- b --></h1>",
            "</h1><h2>a</h3>",
        ] {
            check(html, &format!("html {html}"));
        }
    }
}
