//! What Obsidian, Dataview and Logseq write between the words: `%% comments %%`, block ids ` ^abc`, `key:: value`; and the
//! icons of MkDocs.

use std::ops::Range;

use super::walk::{Insert, Walk};

/// Keys by which tools speak to themselves.
const SYSTEM: [&str; 13] = [
    "id",
    "collapsed",
    "heading",
    "background-color",
    "template",
    "template-including-parent",
    "icon",
    "ls-type",
    "hl-page",
    "hl-color",
    "created-at",
    "updated-at",
    "exclude-from-graph-view",
];

/// A key longer than this is none.
const KEY_LIMIT: usize = 40;

/// Takes out a comment at `%`; returns where it ends.
pub(super) fn comment(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    if !walk.text[at..].starts_with("%%") {
        return None;
    }
    let line = walk.line(at);
    let before = &walk.text[line.start..at];
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '%') {
        return None;
    }
    let close = walk.find("%%", at + 2)?;
    let is_block = before.trim_start_matches([' ', '\t', '>', '-', '*']).is_empty();
    let inner = &walk.text[at + 2..close];
    if !is_block && (inner.contains("\n\n") || inner.contains("\n\r\n")) {
        walk.spend(inner.len());
        return None;
    }
    Some(walk.take_out(at..close + 2))
}

/// Reads the id of a block at `^`; returns where it ends.
pub(super) fn block_id(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let line = walk.line(at);
    let before = &walk.text[line.start..at];
    let is_alone = before.trim_start_matches([' ', '\t', '>']).is_empty();
    if !is_alone && !before.ends_with([' ', '\t']) {
        return None;
    }
    let rest = &walk.text[at + 1..line.end];
    let length =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let id = &rest[..length];
    let is_power = id.len() < 4 && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_power || !rest[length..].trim().is_empty() || !ends_block(walk.text, line.end) {
        return None;
    }
    let block = block_of(walk, at, is_alone.then_some(line.start))?;
    let anchor = format!("^{id}");
    walk.inserts.push((block.start, Insert::Anchor(anchor)));
    walk.ids.entry(id.to_owned()).or_insert(block);
    let start = at - (before.len() - before.trim_end_matches([' ', '\t']).len());
    let start = if is_alone || !walk.is_free(start) { at } else { start };
    Some(if is_alone {
        walk.take_out(at..line.end)
    } else {
        walk.replace(start..line.end, String::new())
    })
}

/// Returns whether a line is not followed by more of its paragraph.
fn ends_block(text: &str, line_end: usize) -> bool {
    let next = text.get(line_end + 1..).unwrap_or_default();
    let next =
        next.split('\n').next().unwrap_or_default().trim_start_matches([' ', '\t', '>']).trim_end();
    next.is_empty()
        || next.starts_with(['-', '*', '+', '#', '|', '`', '~'])
        || next.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the block that an id names: the innermost around it, or the whole one above it if it stands alone.
fn block_of(walk: &Walk<'_, '_>, at: usize, alone: Option<usize>) -> Option<Range<usize>> {
    let after = walk.blocks.partition_point(|block| block.start <= at);
    let near = || walk.blocks[..after].iter().rev().take(200);
    let around = near().find(|block| block.end > at)?;
    let Some(line_start) = alone.filter(|start| around.start >= *start) else {
        return Some(around.clone());
    };
    let end = walk.text[..line_start].trim_end_matches([' ', '\t', '\n', '\r', '>']).len();
    let above = near().filter(|block| block.start < end && block.end >= end && block.end <= at);
    above.min_by_key(|block| block.start).or(Some(around)).cloned()
}

/// Takes out the icon of a font that only another tool has, `:material-home:`; returns where it ends.
pub(super) fn icon(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let rest = &walk.text[at + 1..];
    let fonts = ["material-", "fontawesome-", "octicons-", "simple-"];
    let font = fonts.into_iter().find(|font| rest.starts_with(font))?;
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    let length = rest.bytes().take(80).take_while(is_part).count();
    let is_icon = length > font.len() && rest[length..].starts_with(':');
    is_icon.then(|| walk.replace(at..at + length + 2, String::new()))
}

/// Reads `key:: value` at its first colon; returns where the colons end.
pub(super) fn property(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let after = walk.text[at..].strip_prefix("::")?;
    if !after.is_empty() && !after.starts_with([' ', '\t', '\n', '\r']) {
        return None;
    }
    let line = walk.line(at);
    let mut near = at.saturating_sub(2 * KEY_LIMIT).max(line.start);
    while !walk.text.is_char_boundary(near) {
        near += 1;
    }
    let before = &walk.text[near..at];
    if let Some(open) = before.rfind(['[', '(']) {
        return bracketed(walk, near + open, at, line.end);
    }
    let marks = before.len() - before.trim_start_matches([' ', '\t', '>', '-', '*', '+']).len();
    let key = &before[marks..];
    let start = near + marks;
    if near > line.start {
        return None;
    }
    if !is_key(key) || !walk.is_free(line.start) {
        return None;
    }
    if SYSTEM.contains(&key) || key.starts_with("logseq.") || key.starts_with("query-") {
        let has_marker = before[..marks].contains(['-', '*', '+']);
        let range = if has_marker {
            start..line.end
        } else {
            line.start..(line.end + 1).min(walk.text.len())
        };
        return Some(walk.replace(range, String::new()));
    }
    // Each property on a line of its own.
    let above = line.start.checked_sub(1).filter(|_| marks == 0);
    if let Some(above) = above.filter(|above| walk.is_free(*above)) {
        walk.replace(above..above, "  ".to_owned());
    }
    walk.replace(start..start, "**".to_owned());
    Some(walk.replace(at..at + 2, ":**".to_owned()))
}

/// Reads `[key:: value]` and `(key:: value)` in a sentence.
fn bracketed(
    walk: &mut Walk<'_, '_>,
    open: usize,
    colons: usize,
    line_end: usize,
) -> Option<usize> {
    let close = if walk.text.as_bytes()[open] == b'[' { ']' } else { ')' };
    let key = &walk.text[open + 1..colons];
    let value = walk.text[colons + 2..line_end].split(close).next()?;
    let end = colons + 2 + value.len() + 1;
    let is_plain = !value.contains(['[', '{', '`', '<', '%']) && end <= line_end;
    let follows = walk.text[end.min(line_end)..line_end].chars().next();
    if !is_plain
        || value.len() > 200
        || !is_key(key)
        || !walk.is_free(open)
        || matches!(follows, Some('(' | '[' | ']'))
    {
        return None;
    }
    let text = format!("**{key}:**{value}");
    Some(walk.replace(open..end, text))
}

fn is_key(key: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.');
    key.starts_with(char::is_alphabetic)
        && key.len() <= KEY_LIMIT
        && key.chars().all(is_part)
        && !key.ends_with(' ')
}
