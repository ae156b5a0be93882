//! What a line of Markdown says by how it begins.

use super::super::line::Line;

/// Takes the marks of quotes off a line, and four columns behind them, if it has as many.
pub(super) fn goes_on_in_quotes(line: &mut Line<'_>, depth: usize) -> bool {
    let mut inner = *line;
    for _ in 0..depth {
        inner.trim_start();
        if !inner.rest().starts_with('>') {
            return false;
        }
        inner.advance(1);
        inner.strip(1);
    }
    let goes_on = inner.is_blank() || inner.indent() >= 4;
    if goes_on {
        inner.strip(4);
        *line = inner;
    }
    goes_on
}

/// Returns the length of the list marker that a text begins with.
pub(super) fn marker_width(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let width = match (digits, text.as_bytes().get(digits)?) {
        (0, b'-' | b'*' | b'+') => 1,
        (1..=9, b'.' | b')') => digits + 1,
        _ => return None,
    };
    let after = text.as_bytes().get(width);
    after.is_none_or(|byte| matches!(byte, b' ' | b'\t')).then_some(width)
}

/// Returns whether the parser itself knows this as an alert.
pub(super) fn is_githubs(text: &str) -> bool {
    ["[!note]", "[!tip]", "[!important]", "[!warning]", "[!caution]"]
        .iter()
        .any(|alert| text.eq_ignore_ascii_case(alert))
}

/// Returns what ends the raw HTML that a line opens and leaves open, if Markdown means nothing in it.
pub(super) fn verbatim_html(text: &str) -> Option<&'static str> {
    [
        ("<!--", "-->"),
        ("<pre", "</pre"),
        ("<script", "</script"),
        ("<style", "</style"),
        ("<textarea", "</textarea"),
    ]
    .into_iter()
    .find(|(start, end)| {
        let opens = text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
        opens && !contains_ignore_case(&text[start.len()..], end)
    })
    .map(|(_, end)| end)
}

/// Returns whether a text has a part, in any letter case of ASCII.
pub(super) fn contains_ignore_case(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Returns whether the next line that is not blank is indented by so many columns.
pub(super) fn has_indented_line(body: &str, start: usize, columns: usize) -> bool {
    let mut at = start;
    while at < body.len() {
        let line = Line::at(body, at);
        if !line.is_blank() {
            return line.indent() >= columns;
        }
        at = line.next;
    }
    false
}
