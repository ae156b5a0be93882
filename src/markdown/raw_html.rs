//! Links and ids inside the raw HTML of authors. Only finds them; [`super::clean`] decides what stays.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

/// Adds a line of raw HTML to the piece before it, if it goes on there: tags and comments have lines of their own choice.
/// Returns whether it did; what stands in quotes or lists is not in one piece, and stays apart.
pub(super) fn continues<'t>(
    text: &'t str,
    html: &CowStr<'t>,
    span: &Range<usize>,
    events: &mut [(Event<'t>, Range<usize>)],
) -> bool {
    let Some((Event::Html(before), place)) = events.last_mut() else { return false };
    let is_written = text.get(span.clone()) == Some(html);
    if place.end != span.start || before.len() != place.len() || !is_written {
        return false;
    }
    *place = place.start..span.end;
    *before = CowStr::Borrowed(&text[place.clone()]);
    true
}

/// Returns whether a piece of HTML is one comment and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--");
    inner.is_some_and(|inner| inner.find("-->").is_some_and(|end| end + 3 == inner.len()))
}

/// An attribute of interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// The element's name, in lower case.
    pub(super) tag: String,
    /// `href`, `src`, `id` or `name`.
    pub(super) name: &'static str,
    /// The value as written, entities not decoded.
    pub(super) value: &'t str,
    /// Its bytes in the piece of HTML.
    pub(super) span: Range<usize>,
}

const NAMES: [&str; 4] = ["href", "src", "id", "name"];

/// Returns the attributes of interest of every start tag in a piece of HTML.
pub(super) fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open + 1;
        if html[start..].starts_with("!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let end = tag_end(html, start);
        read_tag(html, start..end, &mut found);
        at = end.max(start);
    }
    found
}

/// Returns where a tag ends: at its `>` outside quotes.
fn tag_end(html: &str, start: usize) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn read_tag<'t>(html: &'t str, range: Range<usize>, found: &mut Vec<Attribute<'t>>) {
    let tag_text = &html[range.clone()];
    let name_end = tag_text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag_text.len());
    if name_end == 0 {
        return;
    }
    let tag = tag_text[..name_end].to_ascii_lowercase();
    let mut at = name_end;
    while let Some(equals) = tag_text[at..].find('=') {
        let equals = at + equals;
        let name = tag_text[at..equals].trim_end();
        let name = name.rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(name);
        let value = value_range(tag_text, equals + 1);
        let known = NAMES.iter().find(|known| name.eq_ignore_ascii_case(known));
        if let Some(name) = known {
            let span = range.start + value.start..range.start + value.end;
            found.push(Attribute { tag: tag.clone(), name, value: &html[span.clone()], span });
        }
        at = (value.end + 1).min(tag_text.len());
        while !tag_text.is_char_boundary(at) {
            at += 1;
        }
    }
}

fn value_range(tag: &str, from: usize) -> Range<usize> {
    let start = from + (tag[from..].len() - tag[from..].trim_start().len());
    let quote = tag[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => {
            let open = start + 1;
            open..tag[open..].find(quote).map_or(tag.len(), |length| open + length)
        }
        None => {
            let length = tag[start..].find(char::is_whitespace).unwrap_or(tag.len() - start);
            start..start + length
        }
    }
}

/// Decodes the entities that occur in addresses.
pub(super) fn decode_entities(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &[(&str, &str, &str)]) {
        let found = attributes(html);
        let found: Vec<_> = found.iter().map(|a| (a.tag.as_str(), a.name, a.value)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn comment_ends_at_its_first_end() {
        assert!(is_comment(" <!-- a\nb -->\n") && is_comment("<!---->"));
        assert!(!is_comment("<!-- a --> <b> <!-- c -->") && !is_comment("<!-- a"));
    }

    #[test]
    fn attributes_are_found_in_any_quoting() {
        check(
            "<li class=x><A HREF='a b' id=q><img alt=\"a>b\" src=c.png>",
            &[("a", "href", "a b"), ("a", "id", "q"), ("img", "src", "c.png")],
        );
        check("<!-- <a href=x> --><a name=\"y\"/>", &[("a", "name", "y")]);
        check("<a href=é", &[("a", "href", "é")]);
        check("a < b = c > d", &[]);
    }
}
