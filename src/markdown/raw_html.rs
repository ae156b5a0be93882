//! Links and ids inside the raw HTML of authors. Only finds them; [`super::clean`] decides what stays.

use std::ops::Range;

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
