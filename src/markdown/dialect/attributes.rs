//! Attribute lists: `{: #id .class key=value }` behind a link, a picture or a block, as kramdown, pandoc and MkDocs write
//! them. Ids are places that links can lead to, `width` and `height` are those of the picture before it; classes are not shown.

use super::super::notice::Unsupported;
use super::walk::{Insert, Walk};

/// A list longer than this is none.
const LIMIT: usize = 400;

/// What a list says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// `#id`
    pub(super) id: Option<String>,
    /// `width=300`, in pixels
    pub(super) width: Option<u32>,
    /// `height=200`, in pixels
    pub(super) height: Option<u32>,
    /// Whether there is more in it, which is not used.
    pub(super) has_more: bool,
}

/// Reads a list at `{`; returns where it ends.
pub(super) fn read(walk: &mut Walk<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    let line = walk.line(at);
    let rest = &walk.text[at..line.end.min(limit)];
    let mut cut = rest.len().min(LIMIT);
    while !rest.is_char_boundary(cut) {
        cut -= 1;
    }
    let Some(close) = rest[..cut].find('}') else {
        walk.spend(cut);
        return None;
    };
    let inner = &rest[1..close];
    let (is_kramdown, inner) = match inner.strip_prefix(':') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let end = at + close + 1;
    let before = &walk.text[line.start..at];
    let is_last = walk.text[end..line.end].trim().is_empty();
    let follows = before.ends_with([')', ']', '`', '*', '_', '"', '>', ':']);
    if !is_kramdown
        && !follows
        && !(is_last && (before.is_empty() || before.ends_with([' ', '\t'])))
    {
        return None;
    }
    let attributes = parse(inner, is_kramdown)?;
    let is_heading = before.trim_start_matches([' ', '>']).starts_with('#');
    if is_heading && is_last {
        // The parser knows those of headings, without the colon.
        return if is_kramdown {
            Some(walk.replace(at + 1..at + 2, " ".to_owned()).max(end))
        } else {
            Some(end)
        };
    }
    if inner.trim() == "toc" {
        return Some(contents(walk, at, end));
    }
    if attributes.has_more {
        walk.notices.add(Unsupported::AttributeList, at..end);
    }
    // White space before it belongs to it.
    let start = at - (before.len() - before.trim_end_matches([' ', '\t']).len());
    let is_alone = before.trim_matches([' ', '\t', '>']).is_empty();
    let from = match walk.closing.take() {
        Some(bracket) if bracket + 1 == at => bracket,
        _ if is_alone || !walk.is_free(start) => at,
        _ => start,
    };
    if let Some(id) = attributes.id {
        walk.inserts.push((from, Insert::Anchor(id)));
    }
    if attributes.width.is_some() || attributes.height.is_some() {
        walk.inserts.push((from, Insert::Size(attributes.width, attributes.height)));
    }
    if is_alone && is_last && line.end < walk.text.len() && walk.is_free(line.start) {
        return Some(walk.replace(line.start..line.end + 1, String::new()));
    }
    Some(walk.replace(from..end, String::new()))
}

/// Takes out the bracket that opens pandoc's `[words]{.class}`; the one that closes them goes with the list. What has a
/// definition is a link.
pub(super) fn open_words(walk: &mut Walk<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    let text = walk.text;
    let is_other =
        text[..at].ends_with(['!', ']', '[', '\\']) || text[at + 1..].starts_with(['[', '^']);
    if is_other || walk.is_spent() {
        return None;
    }
    let line = walk.line(at);
    let mut end = line.end.min(limit).min(at + LIMIT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut depth = 0_usize;
    let close = text[at..end].bytes().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    walk.spend(close.unwrap_or(end - at));
    let close = at + close?;
    let list = text[close + 1..end].strip_prefix('{')?;
    let list = &list[..list.find('}')?];
    let is_heading = text[line.start..].trim_start_matches([' ', '>']).starts_with('#');
    if is_heading || list.starts_with(':') {
        return None;
    }
    parse(list, false)?;
    walk.spend(text.len() / 8);
    if text.contains(&format!("{}:", &text[at..=close])) {
        return None;
    }
    walk.closing = Some(close);
    Some(walk.replace(at..at + 1, String::new()))
}

/// Takes out kramdown's `{:toc}` with the list item above it, for which the contents would have stood.
fn contents(walk: &mut Walk<'_, '_>, at: usize, end: usize) -> usize {
    let line = walk.line(at).start;
    let above = walk.text[..line.saturating_sub(1)].rfind('\n').map_or(0, |end| end + 1);
    let item = walk.text[above..line].trim();
    let is_item = item.starts_with(['*', '-', '+', '1']) && item.len() < 60;
    if is_item && line > 0 && walk.is_free(above) {
        return walk.replace(above..end, String::new());
    }
    walk.take_out(at..end)
}

/// Reads what stands between the braces; `None` if it is no attribute list.
pub(super) fn parse(inner: &str, is_kramdown: bool) -> Option<Attributes> {
    let mut found = Attributes::default();
    let mut count = 0;
    for token in tokens(inner)? {
        count += 1;
        if let Some(id) = token.strip_prefix('#') {
            found.id = Some(name(id)?.to_owned());
        } else if let Some(class) = token.strip_prefix('.') {
            name(class)?;
            found.has_more = true;
        } else if let Some((key, value)) = token.split_once('=') {
            name(key)?;
            let value = value.trim_matches(['"', '\'']);
            let pixels = || value.trim_end_matches("px").parse().ok();
            match key {
                "width" => found.width = pixels(),
                "height" => found.height = pixels(),
                "id" => found.id = Some(value.to_owned()),
                // These change nothing that readers see here.
                "target" | "rel" | "loading" | "align" | "markdown" => {}
                _ => found.has_more = true,
            }
        } else if is_kramdown {
            name(token).filter(|name| name.starts_with(char::is_alphabetic))?;
            found.has_more = true;
        } else {
            return None;
        }
    }
    (count > 0).then_some(found)
}

/// Cuts a list at white space outside quotes.
fn tokens(inner: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut quote = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c.is_whitespace() => {
                found.extend(start.take().map(|start| &inner[start..at]));
                continue;
            }
            (None, '{') => return None,
            _ => {}
        }
        start = start.or(Some(at));
    }
    found.extend(start.map(|start| &inner[start..]));
    quote.is_none().then_some(found)
}

fn name(text: &str) -> Option<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/');
    (text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && text.chars().all(is_part))
    .then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_text() {
        let check = |inner, is_kramdown, expect| {
            assert_eq!(parse(inner, is_kramdown).is_some(), expect, "{inner}");
        };
        check(" .button .md-button--secondary ", false, true);
        check("#id", false, true);
        check("width=\"300\" align=left", false, true);
        check("data-x='a b'", false, true);
        check("toc", true, true);
        check("toc", false, false);
        check("a, b", false, false);
        check("", true, false);
        check("x: 1", true, false);
        check("\"open", false, false);
    }

    #[test]
    fn ids_and_sizes_are_used() {
        let found = parse("#a .b width=30px height=\"20\"", false).unwrap();
        assert_eq!(
            (found.id.as_deref(), found.width, found.height),
            (Some("a"), Some(30), Some(20))
        );
        assert!(found.has_more);
    }
}
