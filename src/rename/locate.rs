//! Where in a text the destination of a link stands, and in what manner it is written there.

use std::ops::Range;

use crate::base::fold;
use crate::links::Link;
use crate::markdown::Form;

/// How a destination is written, which says what may stand in it unencoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// `(address)`
    Bare,
    /// `(<address>)`
    Angle,
    /// The value of an attribute.
    Html,
    /// `[[name]]`
    Wiki,
}

/// A destination in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// In what manner.
    pub(super) manner: Manner,
}

/// A reference definition: `[label]: address`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// Its label, folded.
    pub(super) label: String,
    /// Its address.
    pub(super) written: Written,
}

/// Finds the destination of a link in the text of its file; of a link by reference, in the definition.
pub(super) fn locate(text: &str, link: &Link, definitions: &[Definition]) -> Option<Written> {
    let construct = text.get(link.span.clone())?;
    let found = match link.form {
        Form::HtmlLink | Form::HtmlImage => attribute(construct, &link.dest),
        Form::Wiki | Form::WikiEmbed => wikilink(construct, &link.dest),
        Form::Link | Form::Image => {
            if let Some(found) = by_reference(text, construct, link, definitions) {
                return Some(found);
            }
            inline(construct, &link.dest)
        }
    };
    let found = found.or_else(|| only_place(construct, link))?;
    let start = link.span.start;
    Some(Written { range: found.range.start + start..found.range.end + start, ..found })
}

fn attribute(value: &str, dest: &str) -> Option<Written> {
    let bare = value.trim();
    let decoded = bare.replace("&amp;", "&");
    let start = value.len() - value.trim_start().len();
    (decoded == dest.trim())
        .then_some(Written { range: start..start + bare.len(), manner: Manner::Html })
}

fn wikilink(construct: &str, dest: &str) -> Option<Written> {
    let open = construct.find("[[")? + 2;
    let inner = construct[open..].strip_suffix("]]")?;
    let mut start = open;
    for part in inner.split('|') {
        let bare = part.trim_end_matches('\\');
        if bare.trim() == dest.trim() {
            let begin = start + bare.len() - bare.trim_start().len();
            return Some(Written { range: begin..begin + bare.trim().len(), manner: Manner::Wiki });
        }
        start += part.len() + 1;
    }
    None
}

/// Finds the address of `[text](address "title")`: behind the one `](` from which the rest reads as an address to its end. Also
/// `<address>` and an address that stands alone.
fn inline(construct: &str, dest: &str) -> Option<Written> {
    if construct == dest {
        return Some(Written { range: 0..construct.len(), manner: Manner::Bare });
    }
    if construct.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) == Some(dest) {
        return Some(Written { range: 1..construct.len() - 1, manner: Manner::Bare });
    }
    construct.match_indices("](").find_map(|(at, _)| {
        let (written, end) = address(construct, at + 2)?;
        let rest = construct[end..].trim();
        let is_end =
            rest == ")" || (construct[end..].starts_with(char::is_whitespace) && is_title(rest));
        is_end.then_some(written)
    })
}

fn is_title(rest: &str) -> bool {
    let Some(title) = rest.strip_suffix(')').map(str::trim_end) else { return false };
    let pairs = [('"', '"'), ('\'', '\''), ('(', ')')];
    title.len() > 1
        && pairs.iter().any(|(open, close)| title.starts_with(*open) && title.ends_with(*close))
}

/// Reads an address as CommonMark does; returns it and where it ends, its `>` included.
fn address(text: &str, from: usize) -> Option<(Written, usize)> {
    let start = from + text[from..].len() - text[from..].trim_start().len();
    if text[start..].starts_with('<') {
        let end = start
            + 1
            + text[start + 1..]
                .find(['>', '\n'])
                .filter(|at| text[start + 1 + at..].starts_with('>'))?;
        return Some((Written { range: start + 1..end, manner: Manner::Angle }, end + 1));
    }
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, c) in text[start..].char_indices() {
        let is_end = match c {
            _ if is_escaped => false,
            '(' => {
                depth += 1;
                false
            }
            ')' if depth == 0 => true,
            ')' => {
                depth -= 1;
                false
            }
            c => c.is_whitespace() || c.is_control(),
        };
        if is_end {
            return Some((Written { range: start..start + at, manner: Manner::Bare }, start + at));
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    (start < text.len())
        .then_some((Written { range: start..text.len(), manner: Manner::Bare }, text.len()))
}

fn by_reference(
    text: &str,
    construct: &str,
    link: &Link,
    definitions: &[Definition],
) -> Option<Written> {
    let bracketed = construct.strip_suffix(']')?;
    let label = match bracketed.rfind("][") {
        Some(at) if at + 2 < bracketed.len() => &bracketed[at + 2..],
        Some(at) => bracketed[..at].trim_start_matches('!').strip_prefix('[')?,
        None => bracketed.trim_start_matches('!').strip_prefix('[')?,
    };
    // `[[label]]` and `[[label|words]]`, of which the page says what they mean.
    let name = label.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let label = name.map_or(label, |name| name.split('|').next().unwrap_or(name));
    let label = fold::key(label);
    let fits = |definition: &&Definition| {
        let raw = &text[definition.written.range.clone()];
        definition.label == label && (*raw == *link.dest || raw.contains(['\\', '&']))
    };
    definitions.iter().find(fits).map(|definition| definition.written.clone())
}

/// Finds the one place where the destination stands in a construct of another sort, exactly as it is.
fn only_place(construct: &str, link: &Link) -> Option<Written> {
    let dest = link.dest.trim();
    let mut places = construct.match_indices(dest).filter(|_| !dest.is_empty());
    let (at, _) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    let manner = match link.form {
        Form::Wiki | Form::WikiEmbed => Manner::Wiki,
        Form::HtmlLink | Form::HtmlImage => Manner::Html,
        Form::Link | Form::Image if dest.contains(' ') => Manner::Angle,
        Form::Link | Form::Image => Manner::Bare,
    };
    Some(Written { range: at..at + dest.len(), manner })
}

/// Finds the reference definitions of a text below `from`, those inside fenced code left out.
pub(super) fn definitions(text: &str, from: usize) -> Vec<Definition> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let opened = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        match (fence, opened) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                let line_end = start + line.len();
                found.extend(definition(text, line_end - bare.len(), line_end));
            }
            _ => {}
        }
        start += line.len();
    }
    found
}

fn definition(text: &str, start: usize, line_end: usize) -> Option<Definition> {
    let line = &text[start..line_end];
    let rest = line.strip_prefix('[').filter(|rest| !rest.starts_with('^'))?;
    let end = rest.find("]:")?;
    if end == 0 || rest[..end].replace("\\]", "").replace("\\[", "").contains(['[', ']']) {
        return None;
    }
    let after = start + 1 + end + 2;
    // The address may stand on the next line.
    let until = match text[after..line_end].trim().is_empty() {
        true => text[line_end..].find('\n').map_or(text.len(), |at| line_end + at + 1),
        false => line_end,
    };
    let (written, _) = address(&text[..until], after)?;
    (!written.range.is_empty()).then(|| Definition { label: fold::key(&rest[..end]), written })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<&str> {
        definitions(body, 0).into_iter().map(|found| &body[found.written.range]).collect()
    }

    #[test]
    fn inline_addresses_are_found_behind_any_text() {
        let check = |construct: &str, dest: &str, expect: &str| {
            let written = inline(construct, dest).unwrap();
            assert_eq!(&construct[written.range], expect, "{construct}");
        };
        check("[a](b.md)", "b.md", "b.md");
        check("[a]( <b c.md> \"title](x)\" )", "b c.md", "b c.md");
        check("[![p](q.png)](b(1).md 'c')", "b(1).md", "b(1).md");
        check("![p](q.png)", "q.png", "q.png");
        check("[`](x)`](b\\_c.md)", "b_c.md", "b\\_c.md");
        check("<https://x.org/a>", "https://x.org/a", "https://x.org/a");
    }

    #[test]
    fn names_of_wikilinks_are_found_on_either_side() {
        let check = |construct: &str, dest: &str, expect: Range<usize>| {
            assert_eq!(wikilink(construct, dest).unwrap().range, expect, "{construct}");
        };
        check("[[a#b]]", "a#b", 2..5);
        check("![[ a |300]]", "a", 4..5);
        check("[[a\\|b]]", "a", 2..3);
        check("[[label|a]]", "a", 8..9);
    }

    #[test]
    fn definitions_are_found_outside_code() {
        let body = "[a]: b.md\n> [C d]: <e f.md> 'x'\n```\n[g]: h.md\n```\n[^1]: i.md\n[j]:\n  k.md\n[l](m.md)\n";
        assert_eq!(found(body), ["b.md", "e f.md", "k.md"]);
    }
}
