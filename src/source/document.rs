//! One Markdown file, read and understood on its own.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::memo::Memo;
use crate::base::text::LineIndex;
use crate::base::yaml;
use crate::base::{Diagnostic, Fingerprint, Fingerprinter, Place, Places, SourcePath};
use crate::history::TextId;
use crate::markdown::{self, Dialect, Notice, Outline, Unsupported};

use super::front_matter::{self, FrontMatter};
use super::lfs::{is_lfs_pointer, lfs_pointer};
use super::property;
use super::proposal::Proposal;
use super::split::{self, Syntax};

/// A Markdown file.
#[derive(Debug)]
pub struct Document {
    /// Its path.
    pub path: SourcePath,
    /// The whole text, decoded, without byte order mark.
    pub text: String,
    /// Where its lines begin.
    pub lines: LineIndex,
    /// Where the body begins in it.
    pub body_start: usize,
    /// What its head says.
    pub front_matter: FrontMatter,
    /// What its body holds.
    pub outline: Outline,
    /// What was found in it.
    pub diagnostics: Vec<Diagnostic>,
    /// Changes when its path or its bytes do.
    pub fingerprint: Fingerprint,
    /// The ids that git may know its text by: as it is, and with the line ends that git may have made plain.
    pub text_ids: Vec<TextId>,
}

impl Document {
    /// Returns the text below the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }

    /// Returns the place of bytes of the body.
    pub fn place_in_body(&self, span: std::ops::Range<usize>) -> Place {
        self.place(span.start + self.body_start..span.end + self.body_start)
    }

    /// Returns the place of bytes of the file.
    pub fn place(&self, span: std::ops::Range<usize>) -> Place {
        self.places().at(span)
    }

    /// Returns what tells many places of the file.
    pub fn places(&self) -> Places<'_> {
        Places::new(&self.lines, self.path.shared(), &self.text)
    }
}

/// Documents of the last build.
pub type DocumentMemo = Memo<Fingerprint, Arc<Document>>;

/// A page larger than this is not a page that a person wrote.
const LIMIT: usize = 10 * 1024 * 1024;

/// Reads files in parallel, in the order given; returns the documents, and what is wrong with the files that are none.
pub(super) fn read_all(
    files: &[(SourcePath, PathBuf)],
    dialect: Dialect,
    proposal: &Proposal,
    memo: &mut DocumentMemo,
) -> (Vec<Arc<Document>>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut texts = Vec::new();
    let new_texts = proposal.new_texts();
    let read = |path: &SourcePath, file: &Path| match new_texts.get(path) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => read_one(file),
    };
    let read: Vec<_> = files.par_iter().map(|(path, file)| (path, read(path, file))).collect();
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => texts.push((path, bytes)),
            Err(why) => {
                let message = format!("`{path}` {why}; it is left out");
                let place = Place::of_file(path.as_str());
                faults.push(Diagnostic::new("unreadable-file", message).at(place));
            }
        }
    }
    let documents = memo.map(
        &texts,
        |(path, bytes)| fingerprint(path, bytes, dialect),
        |(path, bytes)| Arc::new(understand(path, bytes, dialect)),
    );
    (documents, faults)
}

/// Returns the bytes of a file, or why it cannot be a page.
fn read_one(file: &Path) -> Result<Vec<u8>, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() > LIMIT { Err("is larger than 10 MiB".to_owned()) } else { Ok(bytes) }
}

fn fingerprint(path: &SourcePath, bytes: &[u8], dialect: Dialect) -> Fingerprint {
    let mut print = Fingerprinter::new();
    print.add(path.as_str().as_bytes()).add(bytes);
    print.add(&[u8::from(dialect.wikilinks), u8::from(dialect.label_first)]);
    print.finish()
}

fn understand(path: &SourcePath, bytes: &[u8], dialect: Dialect) -> Document {
    let mut diagnostics = Vec::new();
    let text = decode(path, bytes, &mut diagnostics);
    let lines = LineIndex::new(&text);
    let split = split::split(&text).filter(|split| {
        // Two rules with a paragraph between them are text.
        let front = &text[split.front.clone()];
        split.syntax == Syntax::Toml
            || !matches!(yaml::parse(front), Ok(node) if node.text().is_some())
    });
    let (front_matter, body_start) = match &split {
        Some(split) => {
            let (front_matter, found) =
                front_matter::decode(Places::new(&lines, path.shared(), &text), &text, split);
            diagnostics.extend(found);
            (front_matter, split.body)
        }
        None => {
            let mut front_matter = FrontMatter::default();
            property::take_names(&text, &mut front_matter);
            (front_matter, 0)
        }
    };
    // A text that the parser stumbles over costs its page at most.
    let outline = catch_unwind(|| markdown::scan(&text[body_start..], dialect));
    let outline = outline.unwrap_or_else(|_| {
        let message =
            "the text of this page cannot be understood; links and headings in it are lost";
        let place = Place::of_file(path.as_str());
        diagnostics.push(Diagnostic::new("page-failed", message).at(place));
        Outline::default()
    });
    let places = Places::new(&lines, path.shared(), &text);
    diagnostics.extend(findings(places, body_start, &outline));
    let fingerprint = fingerprint(path, bytes, dialect);
    Document {
        path: path.clone(),
        text,
        lines,
        body_start,
        front_matter,
        outline,
        diagnostics,
        fingerprint,
        text_ids: text_ids(bytes),
    }
}

/// Returns what was found in the body.
fn findings(mut places: Places<'_>, body_start: usize, outline: &Outline) -> Vec<Diagnostic> {
    let mut place = |span: &Range<usize>| places.at(span.start + body_start..span.end + body_start);
    let mut found = Vec::with_capacity(outline.notices.len() + outline.faults.len());
    for notice in &outline.notices {
        found.push(unsupported(notice, place(&notice.span)));
    }
    for fault in &outline.faults {
        let finding = Diagnostic::new(fault.code, fault.message.clone());
        found.push(finding.at(place(&fault.span)).help(fault.help));
    }
    found
}

/// Returns the finding about something of another tool.
fn unsupported(notice: &Notice, place: Place) -> Diagnostic {
    let message = notice.kind.message(notice.count);
    let found = match notice.kind {
        Unsupported::RawSpace => Diagnostic::new("link-with-spaces", message),
        _ => Diagnostic::new("unsupported-syntax", message),
    };
    found.at(place).help(notice.kind.help())
}

fn text_ids(bytes: &[u8]) -> Vec<TextId> {
    let mut ids = vec![TextId::of(bytes)];
    if bytes.contains(&b'\r') {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let plain = |line: &[u8]| match line.strip_suffix(b"\r\n") {
            Some(line) => [line, b"\n"].concat(),
            None => line.to_vec(),
        };
        ids.push(TextId::of(&lines.flat_map(plain).collect::<Vec<u8>>()));
    }
    ids
}

/// Decodes UTF-8, and UTF-16 where a byte order mark says so. Bytes that are neither become `�` and are reported.
pub(super) fn decode(path: &SourcePath, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let utf16 = |from: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => return utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return utf16(u16::from_be_bytes),
        _ => {}
    }
    if is_lfs_pointer(bytes) {
        diagnostics.push(lfs_pointer(path));
        return String::new();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = String::from_utf8_lossy(bytes);
    // What is not borrowed was mended.
    let is_mended = matches!(text, Cow::Owned(_));
    let text = text.into_owned();
    if let (true, Err(error)) = (is_mended, std::str::from_utf8(bytes)) {
        let at = error.valid_up_to();
        let place = Place::of_range(path.as_str(), &text, at..at + 1);
        let message = "the file is not UTF-8; what cannot be read is shown as �";
        diagnostics.push(
            Diagnostic::new("invalid-utf8", message).at(place).help("save the file as UTF-8"),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(bytes: &[u8]) -> Document {
        let dialect = Dialect::default();
        understand(&SourcePath::new("a.md"), bytes, dialect)
    }

    #[test]
    fn any_encoding_gives_a_page() {
        assert_eq!(document(b"\xef\xbb\xbf# H\xc3\xa9\n").outline.headings[0].text, "Hé");
        assert_eq!(document(b"\xff\xfe#\0 \0H\0").outline.headings[0].text, "H");
        let broken = document(b"# caf\xe9\n");
        assert_eq!(broken.outline.headings[0].text, "caf�");
        assert_eq!(broken.diagnostics[0].place.as_ref().unwrap().column, 6);
    }

    #[test]
    fn a_text_between_rules_is_text() {
        let document = document(b"---\nJust a paragraph.\n---\nmore\n");
        assert_eq!(document.body_start, 0);
    }
}
