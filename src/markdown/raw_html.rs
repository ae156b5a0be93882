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

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The element's name, in lower case.
    pub(super) name: String,
    /// Whether it ends the element.
    pub(super) is_end: bool,
    /// Its attributes that have a value; of end tags none.
    pub(super) attributes: Vec<Attribute<'t>>,
    /// Its bytes in the piece of HTML.
    pub(super) span: Range<usize>,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    /// Its name, in lower case.
    pub(super) name: String,
    /// The value as written, entities not decoded.
    pub(super) value: &'t str,
    /// Its bytes in the piece of HTML.
    pub(super) span: Range<usize>,
}

impl<'t> Tag<'t> {
    /// Returns whether it begins or ends something that others can stand in, and that nothing but its end tag ends.
    pub(super) fn nests(&self) -> bool {
        !ALONE.contains(&self.name.as_str())
    }

    /// Returns an attribute by its name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'t>> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Returns every address that the tag leads to or shows, with its bytes in the piece of HTML.
    pub(super) fn addresses(&self) -> Vec<Address> {
        let mut addresses = Vec::new();
        for attribute in &self.attributes {
            let role = match (self.name.as_str(), attribute.name.as_str()) {
                // What a frame would show is not shown; readers are led there instead.
                ("a" | "area", "href") | ("iframe" | "embed", "src") => Role::Leads,
                ("img" | "source" | "video" | "audio" | "track", "src") | ("video", "poster") => {
                    Role::Shows
                }
                ("img" | "source", "srcset") => {
                    addresses.extend(candidates(attribute).map(|(address, _)| address));
                    continue;
                }
                _ => continue,
            };
            let dest = decode_entities(attribute.value);
            addresses.push(Address { role, dest, span: attribute.span.clone() });
        }
        addresses
    }
}

/// Elements without anything in them, and those that end where the next one begins.
const ALONE: [&str; 25] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "option",
];

/// Where a tag leads, or what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Which of the two.
    pub(super) role: Role,
    /// The address, entities decoded.
    pub(super) dest: String,
    /// Its bytes in the piece of HTML.
    pub(super) span: Range<usize>,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A reader may go there.
    Leads,
    /// A browser loads it.
    Shows,
}

/// Returns the addresses in a `srcset`, each with what stands behind it: `2x`, `480w`.
pub(super) fn candidates<'t>(set: &Attribute<'t>) -> impl Iterator<Item = (Address, &'t str)> {
    let (value, start) = (set.value, set.span.start);
    let mut at = 0;
    std::iter::from_fn(move || {
        at += value[at..].len()
            - value[at..].trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let from = at;
        let length = value[from..].find(char::is_whitespace).unwrap_or(value.len() - from);
        let written = &value[from..from + length];
        let address = written.trim_end_matches(',');
        if address.is_empty() {
            return None;
        }
        // A comma right behind the address ends it; else what stands before the next comma tells of it.
        let told = if address.len() < written.len() {
            ""
        } else {
            value[from + length..].split(',').next().unwrap_or_default()
        };
        at = from + length + told.len();
        let span = start + from..start + from + address.len();
        Some((Address { role: Role::Shows, dest: decode_entities(address), span }, told.trim()))
    })
}

/// Returns every tag in a piece of HTML.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open + 1;
        if html[start..].starts_with("!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let end = tag_end(html, start);
        found.extend(read_tag(html, start..end));
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

fn read_tag(html: &str, range: Range<usize>) -> Option<Tag<'_>> {
    let is_end = html[range.clone()].starts_with('/');
    let span = range.start - 1..(range.end + 1).min(html.len());
    let range = range.start + usize::from(is_end)..range.end;
    let tag_text = &html[range.clone()];
    let name_end = tag_text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag_text.len());
    if name_end == 0 {
        return None;
    }
    let name = tag_text[..name_end].to_ascii_lowercase();
    let mut tag = Tag { name, is_end, attributes: Vec::new(), span };
    if is_end {
        return Some(tag);
    }
    let mut at = name_end;
    while let Some(equals) = tag_text[at..].find('=') {
        let equals = at + equals;
        let name = tag_text[at..equals].trim_end();
        let name = name.rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(name);
        let value = value_range(tag_text, equals + 1);
        let span = range.start + value.start..range.start + value.end;
        let name = name.to_ascii_lowercase();
        tag.attributes.push(Attribute { name, value: &html[span.clone()], span });
        at = (value.end + 1).min(tag_text.len());
        while !tag_text.is_char_boundary(at) {
            at += 1;
        }
    }
    Some(tag)
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
        let tags = tags(html);
        let found: Vec<_> = tags
            .iter()
            .flat_map(|tag| {
                tag.attributes.iter().map(|a| (tag.name.as_str(), a.name.as_str(), a.value))
            })
            .collect();
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
            &[
                ("li", "class", "x"),
                ("a", "href", "a b"),
                ("a", "id", "q"),
                ("img", "alt", "a>b"),
                ("img", "src", "c.png"),
            ],
        );
        check("<!-- <a href=x> --><a name=\"y\"/>", &[("a", "name", "y")]);
        check("<a href=é", &[("a", "href", "é")]);
        check("a < b = c > d", &[]);
    }

    #[test]
    fn addresses_are_found_wherever_tags_have_them() {
        let html = "<video poster=a.png src='b.mp4'><source srcset=\"c d.png, e.png 2x,f,g.png\t480w , data:x,y 1x\"><q src=z>";
        let found: Vec<String> = tags(html)
            .iter()
            .flat_map(Tag::addresses)
            .map(|address| html[address.span].to_owned())
            .collect();
        assert_eq!(found, ["a.png", "b.mp4", "c", "e.png", "f,g.png", "data:x,y"]);
    }

    #[test]
    fn sets_of_pictures_tell_for_which_screens() {
        let tags = tags("<img srcset=' a.png,  b.png 2x,c.png 100w'>");
        let found: Vec<_> = candidates(&tags[0].attributes[0])
            .map(|(address, told)| (address.dest, told))
            .collect();
        let expect = [("a.png", ""), ("b.png", "2x"), ("c.png", "100w")];
        assert_eq!(found, expect.map(|(dest, told)| (dest.to_owned(), told)));
    }
}
