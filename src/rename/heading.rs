//! The text of a heading, to be replaced.

use std::ops::Range;

/// Returns the bytes of the text of the heading that begins at `start`: without its marks, closing marks, and attributes.
pub(super) fn text_range(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = &text[start..];
    if rest.starts_with('<') {
        // A heading of raw HTML, if there are no tags in it.
        let begin = rest.find('>')? + 1;
        let inner = rest[begin..].find('<').filter(|end| rest[begin + end..].starts_with("</h"));
        return inner.map(|end| start + begin..start + begin + end);
    }
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let level = rest.len() - rest.trim_start_matches('#').len();
    let (begin, end) = if level > 0 {
        let line = rest[..line_end].trim_end();
        let bare = without_attributes(line);
        let open = bare.trim_end_matches('#');
        let is_closed = open.len() < bare.len() && open.ends_with([' ', '\t']);
        (level, if is_closed { open.len() } else { bare.len() })
    } else {
        (0, without_attributes(rest[..underline(rest)?].trim_end()).len())
    };
    let inner = rest.get(begin..end)?;
    let begin = begin + inner.len() - inner.trim_start().len();
    let end = begin + inner.trim().len();
    (begin < end).then_some(start + begin..start + end)
}

/// Returns where the underline of a heading begins.
fn underline(rest: &str) -> Option<usize> {
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>']).trim_end();
        let is_rule = |mark: char| !bare.is_empty() && bare.chars().all(|c| c == mark);
        if start > 0 && (is_rule('=') || is_rule('-')) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

fn without_attributes(line: &str) -> &str {
    match line.rfind('{') {
        Some(at) if line.ends_with('}') => line[..at].trim_end(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_attributes_stay() {
        let check = |text: &str, expect: &str| {
            assert_eq!(text_range(text, 0).map(|range| &text[range]), Some(expect), "{text}");
        };
        check("## A *b* c", "A *b* c");
        check("#  A b ## \r\nx", "A b");
        check("# C#\n", "C#");
        check("## A {#id .x}\n", "A");
        check("<h2 id=a>A b</h2>\n", "A b");
        check("A b\n===\n", "A b");
        check("A\nb {#x}\n---\nc\n", "A\nb");
    }
}
