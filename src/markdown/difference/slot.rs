//! Places for pictures. A difference follows from two texts alone, and is kept for ever; what file a picture was at the time does not
//! follow from them. So a picture that came or went leaves a place in the HTML, which is filled when a page is made of it.
//!
//! Invariant: no text of an author can make a place, for what is written of theirs has no control characters (in `inline`).

use serde::{Deserialize, Serialize};

/// A picture that came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictured {
    /// Whether the text before showed it, and not the text after.
    pub is_gone: bool,
    /// Whether it is written as a wikilink.
    pub is_wiki: bool,
    /// Where it is, as written.
    pub dest: String,
}

const BEGIN: char = '\u{1}';
const END: char = '\u{2}';

/// Returns what a token holds of a picture: what it shows, and behind that where it is.
pub(super) fn held(shown: &str, dest: &str, is_wiki: bool) -> String {
    format!("{shown}\0{}{dest}", if is_wiki { 'w' } else { 'p' })
}

/// Returns what a picture shows, and where it is.
pub(super) fn parted(held: &str) -> (&str, &str) {
    held.split_once('\0').unwrap_or((held, ""))
}

/// Returns the place of a picture that came or went. One whose address says more than an address can has none.
pub(super) fn place(place: &str, is_gone: bool) -> String {
    if place.is_empty() || place.contains(char::is_control) {
        return String::new();
    }
    format!("{BEGIN}{}{place}{END}", if is_gone { '-' } else { '+' })
}

/// Gives the places in some HTML their numbers, from `first`; returns what is to stand there too.
pub(super) fn numbered(html: &str, first: usize) -> (String, Vec<Pictured>) {
    let mut pictures = Vec::new();
    let html = each(html, |place| {
        let mut signs = place.chars();
        let (is_gone, is_wiki) = (signs.next() == Some('-'), signs.next() == Some('w'));
        pictures.push(Pictured { is_gone, is_wiki, dest: signs.as_str().to_owned() });
        format!("{BEGIN}{}{END}", first + pictures.len() - 1)
    });
    (html, pictures)
}

/// Returns some HTML without places.
pub(super) fn without(html: &str) -> String {
    each(html, |_| String::new())
}

/// Fills the places in the HTML of a difference: by the numbers of its pictures, with HTML.
pub fn with_pictures(html: &str, picture: impl Fn(usize) -> Option<String>) -> String {
    each(html, |place| place.parse().ok().and_then(&picture).unwrap_or_default())
}

fn each(html: &str, mut fill: impl FnMut(&str) -> String) -> String {
    let mut filled = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once(BEGIN) {
        let (place, behind) = behind.split_once(END).unwrap_or((behind, ""));
        filled.push_str(before);
        filled.push_str(&fill(place));
        rest = behind;
    }
    filled + rest
}
