//! Texts as bytes: what is not edited stays as it was, byte order mark, encoding and line ends included.

use std::ops::Range;

/// A text to be put in the place of bytes of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the decoded text that go.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// A text that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its text, without byte order mark.
    pub old_text: String,
    /// What changes in it.
    pub edits: Vec<Edit>,
    /// Its text afterwards.
    pub new_text: String,
    /// Its bytes.
    pub old: Vec<u8>,
    /// Its bytes afterwards.
    pub new: Vec<u8>,
}

/// A file's text, and how to write it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileText {
    /// The text without byte order mark, as the site's documents hold it.
    pub(super) text: String,
    encoding: Encoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16Little,
    Utf16Big,
}

impl FileText {
    /// Reads bytes; `None` if writing the text back would not give the same bytes.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let units = |from: fn([u8; 2]) -> u16| -> Vec<u16> {
            bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect()
        };
        let (encoding, text) = match bytes {
            [0xff, 0xfe, ..] => {
                (Encoding::Utf16Little, String::from_utf16(&units(u16::from_le_bytes)).ok()?)
            }
            [0xfe, 0xff, ..] => {
                (Encoding::Utf16Big, String::from_utf16(&units(u16::from_be_bytes)).ok()?)
            }
            [0xef, 0xbb, 0xbf, rest @ ..] => {
                (Encoding::Utf8WithMark, String::from_utf8(rest.to_vec()).ok()?)
            }
            _ => (Encoding::Utf8, String::from_utf8(bytes.to_vec()).ok()?),
        };
        let text = Self { text, encoding };
        (text.encode(&text.text) == bytes).then_some(text)
    }

    /// Returns the bytes of another text in the same encoding.
    pub(super) fn encode(&self, text: &str) -> Vec<u8> {
        let units = |mark: [u8; 2], to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(text.encode_utf16().flat_map(to)).collect()
        };
        match self.encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf8WithMark => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Encoding::Utf16Little => units([0xff, 0xfe], u16::to_le_bytes),
            Encoding::Utf16Big => units([0xfe, 0xff], u16::to_be_bytes),
        }
    }

    /// Returns the line end that the text uses first.
    pub(super) fn line_end(&self) -> &'static str {
        let first = self.text.find('\n');
        if first.is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }
}

/// Returns a text after edits. They are sorted and do not overlap.
pub(super) fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(&text[at..edit.range.start]);
        edited.push_str(&edit.text);
        at = edit.range.end;
    }
    edited.push_str(&text[at..]);
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_back_into_their_encoding() {
        for bytes in [
            b"a\r\nb".to_vec(),
            b"\xef\xbb\xbfa\n".to_vec(),
            b"\xff\xfea\0\n\0".to_vec(),
            b"\xfe\xff\0a".to_vec(),
        ] {
            let text = FileText::read(&bytes).unwrap();
            assert!(text.text.starts_with('a'));
            assert_eq!(text.encode(&text.text), bytes);
        }
        assert_eq!(FileText::read(b"caf\xe9"), None);
        assert_eq!(FileText::read(b"\xff\xfea"), None);
    }
}
