//! Destinations of links that CommonMark does not take for one: with spaces in them, or with the tag of a template language.

use super::super::notice::Unsupported;
use super::template;
use super::walk::{Insert, Walk};

/// A destination longer than this is none.
const LIMIT: usize = 500;

/// Reads `](destination)` at `]`; returns where it ends.
pub(super) fn read(walk: &mut Walk<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    let rest = &walk.text[at..];
    if rest.starts_with("]:") {
        return definition(walk, at);
    }
    if !rest.starts_with("](") || walk.is_spent() {
        return None;
    }
    let start = at + 2;
    let line_end = walk.line(at).end.min(limit);
    if walk.text[start..].starts_with('<') {
        return in_angles(walk, start, line_end);
    }
    let Some(close) = closing(walk.text, start, line_end) else {
        walk.spend(line_end.min(start + LIMIT).saturating_sub(start));
        return None;
    };
    let inner = &walk.text[start..close];
    let dest = inner.trim();
    if !dest.contains([' ', '\t', '{']) {
        return None;
    }
    let (dest, title) = split_title(dest);
    let (dest, size) = split_size(dest);
    let is_template = dest.contains("{{") || dest.contains("{%");
    let is_path = dest.contains(' ') && may_be_meant(dest);
    if !is_template && !is_path && size.is_none() {
        return None;
    }
    if is_path && !is_template {
        walk.notices.add(Unsupported::RawSpace, start..close);
    }
    let dest = template::path_in(dest).unwrap_or_else(|| dest.to_owned());
    let dest = dest.replace('<', "\\<").replace('>', "\\>").replace('\n', " ");
    let title = title.map_or(String::new(), |title| format!(" {title}"));
    walk.replace(start..close, format!("<{dest}>{title}"));
    walk.inserts.extend(size.map(|size| (close + 1, size)));
    Some(close)
}

/// Passes over `<destination>`, which may look like the tag of a component.
fn in_angles(walk: &mut Walk<'_, '_>, start: usize, line_end: usize) -> Option<usize> {
    let end = line_end.min(start + LIMIT).max(start);
    let found = walk.text.as_bytes()[start..end].iter().position(|byte| *byte == b'>');
    if found.is_none() {
        walk.spend(end - start);
    }
    found.map(|length| start + length)
}

/// Reads `[name]: {{ tag }}/path`.
fn definition(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let line = walk.line(at);
    let start = at + 2;
    let is_definition = walk.text[line.start..at].trim_start().starts_with('[');
    let dest = walk.text[start..line.end].trim();
    if is_definition && dest.starts_with('<') {
        return in_angles(walk, walk.text.len() - walk.text[start..].trim_start().len(), line.end);
    }
    if !is_definition || dest.len() > LIMIT || !(dest.starts_with("{{") || dest.starts_with("{%")) {
        return None;
    }
    let (dest, title) = split_title(dest);
    let path = template::path_in(dest).unwrap_or_else(|| dest.to_owned());
    let path = path.replace('<', "\\<").replace('>', "\\>");
    let title = title.map_or(String::new(), |title| format!(" {title}"));
    Some(walk.replace(start..line.end, format!(" <{path}>{title}")))
}

/// Returns where the bracket closes that a destination stands in. Those in tags and quotes do not count.
fn closing(text: &str, start: usize, end: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_tag = false;
    let bytes = text.as_bytes();
    for at in start..end.min(start + LIMIT) {
        match bytes[at] {
            b'{' if matches!(bytes.get(at + 1), Some(b'{' | b'%')) => in_tag = true,
            b'}' if in_tag && matches!(bytes[at - 1], b'}' | b'%') => in_tag = false,
            b'(' if !in_tag => depth += 1,
            b')' if !in_tag && depth == 0 => return Some(at),
            b')' if !in_tag => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Parts `path "Title"`.
fn split_title(dest: &str) -> (&str, Option<&str>) {
    let quote = dest.chars().next_back().filter(|c| matches!(c, '"' | '\'' | ')'));
    let opening = quote.map(|quote| if quote == ')' { '(' } else { quote });
    let open = opening.and_then(|quote| dest[..dest.len() - 1].rfind(quote));
    match open.filter(|open| dest[..*open].ends_with([' ', '\t'])) {
        Some(open) => (dest[..open].trim_end(), Some(&dest[open..])),
        None => (dest, None),
    }
}

/// Parts `path =300x200`.
fn split_size(dest: &str) -> (&str, Option<Insert>) {
    let parted = dest.rsplit_once(" =").and_then(|(path, size)| {
        let (width, height) = size.split_once(['x', 'X', '*']).unwrap_or((size, ""));
        let pixels = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
        let is_size = !size.is_empty() && pixels(width) && pixels(height);
        is_size.then(|| (path.trim_end(), Insert::Size(width.parse().ok(), height.parse().ok())))
    });
    parted.map_or((dest, None), |(path, size)| (path, Some(size)))
}

/// Returns whether a text with spaces looks like the path of a file or page.
fn may_be_meant(dest: &str) -> bool {
    let path = dest.split('#').next().unwrap_or(dest);
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let has_extension = extension.is_some_and(|end| {
        (1..=8).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    has_extension || (path.contains('/') && !path.contains([',', ';', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_remarks() {
        assert!(may_be_meant("documents/self assessment v4.xlsx"));
        assert!(may_be_meant("My Notes/Some Page"));
        assert!(may_be_meant("a b.md#c d"));
        assert!(!may_be_meant("as we said before"));
        assert!(!may_be_meant("see above, p. 3"));
    }

    #[test]
    fn titles_and_sizes_are_no_part_of_the_path() {
        assert_eq!(split_title("a b.md \"T u\""), ("a b.md", Some("\"T u\"")));
        assert_eq!(split_title("b.md (T)"), ("b.md", Some("(T)")));
        assert_eq!(split_title("{{ \"x\" }}"), ("{{ \"x\" }}", None));
        assert_eq!(split_size("a.png =300x"), ("a.png", Some(Insert::Size(Some(300), None))));
        assert_eq!(split_size("a =b"), ("a =b", None));
    }
}
