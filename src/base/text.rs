//! Places in text: from byte offsets to lines and columns; and what texts are made into to be compared, shown or cut.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// The line starts of one text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each block of bytes, so that a place in a very long line is found without counting
    /// all of it.
    characters: Vec<usize>,
}

/// The bytes of such a block.
const BLOCK: usize = 128;

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut characters = vec![0];
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            count += characters_in(block);
            characters.push(count);
        }
        let starts = std::iter::once(0).chain(after_breaks.map(|(at, _)| at + 1)).collect();
        Self { starts, characters }
    }

    /// Returns line and column (both from 1, the column in characters) of a byte offset.
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = floor_char_boundary(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        (line, self.before(text, offset) - self.before(text, self.starts[line - 1]) + 1)
    }

    /// Returns how many characters begin before an offset.
    fn before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + characters_in(&text.as_bytes()[block * BLOCK..offset])
    }

    /// Returns the bytes of a line (from 1), without its end.
    pub fn line_range(&self, text: &str, line: usize) -> Range<usize> {
        let start = self.starts[line - 1];
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        start..start + text[start..end].trim_end_matches('\r').len()
    }
}

fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count()
}

/// Returns the largest character boundary of `text` that is not after `offset`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns a text composed (NFC), as all names are compared. Most names are ASCII, which is.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Returns `text` with every run of white space as one space, and none at the ends.
pub fn squeeze(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut squeezed = words.next().unwrap_or_default().to_owned();
    for word in words {
        squeezed.push(' ');
        squeezed.push_str(word);
    }
    squeezed
}

/// Escapes a text for HTML and XML, attributes included.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        escaped.push_str(&text[from..at]);
        escaped.push_str(entity);
        from = at + 1;
    }
    escaped.push_str(&text[from..]);
    escaped
}

/// Returns the primary part of a language tag: `nl` of `nl-BE`.
pub fn primary_language(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// Returns `text` cut before the word that would make it longer than `limit` characters, with `…` if cut.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    let cut = cut.rfind(' ').map_or(cut.as_str(), |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_cannot_leave_its_place() {
        assert_eq!(escape("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    }

    #[test]
    fn offset_past_the_end_is_the_end() {
        assert_eq!(LineIndex::new("ab").line_column("ab", 99), (1, 3));
    }

    #[test]
    fn columns_count_characters_in_long_lines() {
        let text = format!("a\n{}x", "é".repeat(3000));
        assert_eq!(LineIndex::new(&text).line_column(&text, text.len() - 1), (2, 3001));
        assert_eq!(LineIndex::new(&text).line_column(&text, 2048), (2, 1024));
    }

    #[test]
    fn shorten_cuts_at_a_word() {
        assert_eq!(shorten("the quick brown fox", 12), "the quick…");
        assert_eq!(shorten("short", 12), "short");
    }
}
