//! Bare web and e-mail addresses in text, after GFM's “extended autolinks”.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::base::text::floor_char_boundary;

/// What a bare web address begins with, and what a link to it needs before it.
const WEB: [(&str, &str); 4] =
    [("http://", ""), ("https://", ""), ("ftp://", ""), ("www.", "http://")];

/// An address in a text.
struct Address {
    /// Its bytes.
    range: Range<usize>,
    /// What a link to it needs before it.
    scheme: &'static str,
}

/// Adds a text to `events` with its addresses made links. Returns whether it held any (else nothing was added).
pub(super) fn link_text<'t>(
    text: &CowStr<'t>,
    span: &Range<usize>,
    events: &mut Vec<(Event<'t>, Range<usize>)>,
) -> bool {
    let mut rest = 0;
    let mut found = false;
    while let Some(Address { range, scheme }) = next_address(text, rest) {
        found = true;
        // Entities and escapes make a text shorter than its source; then the span of the whole has to do.
        let exact = text.len() == span.len();
        let at = |range: &Range<usize>| {
            if exact { span.start + range.start..span.start + range.end } else { span.clone() }
        };
        let before = rest..range.start;
        if !before.is_empty() {
            events.push((Event::Text(owned(&text[before.clone()])), at(&before)));
        }
        let shown = &text[range.clone()];
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: format!("{scheme}{shown}").into(),
            title: "".into(),
            id: "".into(),
        };
        events.push((Event::Start(tag), at(&range)));
        events.push((Event::Text(owned(shown)), at(&range)));
        events.push((Event::End(TagEnd::Link), at(&range)));
        rest = range.end;
    }
    if found && rest < text.len() {
        events.push((Event::Text(owned(&text[rest..])), span.clone()));
    }
    found
}

fn owned(text: &str) -> CowStr<'static> {
    text.to_owned().into()
}

/// Returns the first address that begins at `from` or later. Every byte is looked at a few times at most.
fn next_address(text: &str, from: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    (from..bytes.len()).find_map(|at| match bytes[at] {
        b'@' => mail_address(text, from, at),
        b'h' | b'H' | b'f' | b'F' | b'w' | b'W' => web_address(text, at),
        _ => None,
    })
}

fn web_address(text: &str, start: usize) -> Option<Address> {
    let rest = text.get(start..)?;
    let begins = |mark: &&(&str, &str)| {
        rest.get(..mark.0.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark.0))
    };
    let (mark, scheme) = WEB.iter().find(begins)?;
    let before = text[..start].chars().next_back();
    if !before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(')) {
        return None;
    }
    let domain_at = if scheme.is_empty() { mark.len() } else { 0 };
    if !is_domain(domain(&rest[domain_at..])) {
        return None;
    }
    let range = start..start + address_length(rest);
    // What is trimmed may have been the domain's.
    is_domain(domain(&text[start + domain_at..range.end])).then_some(Address { range, scheme })
}

/// No domain is longer.
const DOMAIN_LIMIT: usize = 253;

/// Returns what a domain may be made of, from the start of a text; nothing that is far too long is read to its end.
fn domain(text: &str) -> &str {
    let text = &text[..floor_char_boundary(text, DOMAIN_LIMIT + 1)];
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

/// Returns whether a domain has a dot, and no `_` in its last two parts.
fn is_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let mut parts = domain.rsplit('.');
    let (last, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_name = |part: &str| !part.is_empty() && !part.contains('_');
    let is_short = domain.len() < DOMAIN_LIMIT;
    is_short && is_name(last) && is_name(second) && parts.all(|part| !part.is_empty())
}

/// Returns how long the address is that a text begins with: punctuation at its end, an entity, and a bracket that was not
/// opened in it belong to the sentence.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let mut address = &text[..end];
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        let next = match trimmed.strip_suffix(')') {
            Some(inner) if unopened > 0 => {
                unopened -= 1;
                inner
            }
            _ => without_entity(trimmed),
        };
        if next.len() == address.len() {
            return address.len();
        }
        address = next;
    }
}

fn without_entity(address: &str) -> &str {
    let Some(inner) = address.strip_suffix(';') else { return address };
    let name = inner.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    match name.strip_suffix('&') {
        Some(before) if name.len() < inner.len() => before,
        _ => address,
    }
}

/// Returns the e-mail address around an `@`; `mailto:` and `xmpp:` may stand before it.
fn mail_address(text: &str, from: usize, at: usize) -> Option<Address> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let local = text[from..at].trim_end_matches(is_local).len() + from;
    if local == at {
        return None;
    }
    let domain = &text[at + 1..];
    let end = domain
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches('.');
    if domain.ends_with(['-', '_']) || !is_domain(domain) {
        return None;
    }
    let mut end = at + 1 + domain.len();
    for prefix in ["mailto:", "xmpp:"] {
        let Some(before) = text[from..local].strip_suffix(prefix) else { continue };
        if prefix == "xmpp:" && text[end..].starts_with('/') {
            end += 1 + address_length(&text[end + 1..]);
        }
        return Some(Address { range: from + before.len()..end, scheme: "" });
    }
    Some(Address { range: local..end, scheme: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(Address { range, .. }) = next_address(text, from) {
            found.push(&text[range.clone()]);
            from = range.end;
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

    #[test]
    fn entities_and_brackets_of_the_sentence_are_left_out() {
        check("(www.example.org/a?b=c&amp;d&x;)", &["www.example.org/a?b=c&amp;d"]);
        check("(HTTPS://x.org/a(b)))).", &["HTTPS://x.org/a(b)"]);
        check("www.a_b.org www.a_b.c.org ftp://x.y.", &["www.a_b.c.org", "ftp://x.y"]);
    }

    #[test]
    fn mail_addresses_are_whole() {
        check("Ask é@x.org, a.b-c_d+e@x.org.", &["a.b-c_d+e@x.org"]);
        check("a@b a@b.c- @anna x@y@z.org", &["y@z.org"]);
        check("mailto:a@b.c and xmpp:a@b.c/d.", &["mailto:a@b.c", "xmpp:a@b.c/d"]);
    }

    #[test]
    fn long_texts_are_read_once() {
        for piece in ["(http://", "http://a.b)", "a@", "a@b.", "www.a_", "&a;", "xmpp:a@b.c/)"] {
            let text = piece.repeat(100_000);
            let mut from = 0;
            while let Some(address) = next_address(&text, from) {
                from = address.range.end;
            }
        }
    }
}
