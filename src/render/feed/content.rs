//! What a feed says, whichever way it is written.

use crate::base::date::Moment;
use crate::base::{Fingerprinter, text};
use crate::model::{DomainIx, PageIx, PersonIx};

/// What a feed is about. Ids are those of the site at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Scope<'a> {
    Site,
    Domain(DomainIx),
    Person(PersonIx),
    Kind(&'a str),
    Page(PageIx),
}

/// A feed, whichever way it is written.
pub(super) struct Feed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) lang: String,
    /// Full addresses: of what it is about, and of its two forms.
    pub(super) home: String,
    pub(super) atom: String,
    pub(super) json: String,
    pub(super) entries: Vec<Entry>,
}

/// An entry.
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    /// A full address.
    pub(super) url: String,
    pub(super) at: Moment,
    pub(super) authors: Vec<String>,
    /// In a line, as plain text.
    pub(super) summary: String,
    /// What changed, as HTML without links.
    pub(super) html: String,
}

/// Returns a name that is the same for the same texts, wherever the site is read.
pub(super) fn urn(parts: &[&str]) -> String {
    let mut print = Fingerprinter::new();
    parts.iter().for_each(|part| {
        print.add(part.as_bytes());
    });
    let digits = print.finish().to_string();
    // Version 8 of RFC 9562: a UUID of the maker's own making.
    let (a, b, c, d, e) =
        (&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..32]);
    format!("urn:uuid:{a}-{b}-8{c}-8{d}-{e}")
}

/// Escapes a text for XML and HTML, without what XML cannot hold.
pub(super) fn escape(text: &str) -> String {
    let is_fit = |c: &char| {
        !matches!(c, '\u{fffe}' | '\u{ffff}') && (matches!(c, '\t' | '\n') || !c.is_control())
    };
    text::escape(&text.chars().filter(is_fit).collect::<String>())
}
