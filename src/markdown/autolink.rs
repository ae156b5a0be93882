//! Bare web addresses in text, after GFM's “extended autolinks” (`www.`, `http://`, `https://`).

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// Adds a text to `events` with its web addresses made links. Returns whether it held any (else nothing was added).
pub(super) fn link_text<'t>(
    text: &CowStr<'t>,
    span: &Range<usize>,
    events: &mut Vec<(Event<'t>, Range<usize>)>,
) -> bool {
    let mut rest = 0;
    let mut found = false;
    while let Some(address) = next_address(text, rest) {
        found = true;
        // Entities and escapes make a text shorter than its source; then the span of the whole has to do.
        let exact = text.len() == span.len();
        let at = |range: &Range<usize>| {
            if exact { span.start + range.start..span.start + range.end } else { span.clone() }
        };
        let before = rest..address.start;
        if !before.is_empty() {
            events.push((Event::Text(owned(&text[before.clone()])), at(&before)));
        }
        let shown = &text[address.clone()];
        let scheme = if shown.starts_with("www.") { "http://" } else { "" };
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: format!("{scheme}{shown}").into(),
            title: "".into(),
            id: "".into(),
        };
        events.push((Event::Start(tag), at(&address)));
        events.push((Event::Text(owned(shown)), at(&address)));
        events.push((Event::End(TagEnd::Link), at(&address)));
        rest = address.end;
    }
    if found && rest < text.len() {
        events.push((Event::Text(owned(&text[rest..])), span.clone()));
    }
    found
}

fn owned(text: &str) -> CowStr<'static> {
    text.to_owned().into()
}

fn next_address(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let start = ["http://", "https://", "www."]
            .iter()
            .filter_map(|mark| text[from..].find(mark))
            .min()?;
        let start = from + start;
        let before = text[..start].chars().next_back();
        let may_begin =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('));
        let end = start + address_length(&text[start..]);
        if may_begin && has_domain(&text[start..end]) {
            return Some(start..end);
        }
        from = start + 4;
    }
}

fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let mut address = &text[..end];
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        let closing = trimmed.matches(')').count() > trimmed.matches('(').count();
        let next = if closing { trimmed.strip_suffix(')').unwrap_or(trimmed) } else { trimmed };
        if next.len() == address.len() {
            return address.len();
        }
        address = next;
    }
}

fn has_domain(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let domain = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let parts: Vec<&str> = domain.split('.').collect();
    parts.len() >= 2 && parts.iter().all(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(address) = next_address(text, from) {
            found.push(&text[address.clone()]);
            from = address.end;
        }
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn addresses_end_before_punctuation() {
        check(
            "See www.example.org/a(b)_c, or (https://x.org/).",
            &["www.example.org/a(b)_c", "https://x.org/"],
        );
        check("xhttp://a.b no; http://localhost no; http:// no", &[]);
    }
}
