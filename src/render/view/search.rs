//! The search page and the pages of its letters.

use serde::Serialize;

use super::{LinkView, PersonRef};

/// `search.html`: the search page. Without scripts it is an A–Z of everything.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// The title.
    pub title: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// Titles of pages and terms and names of people, by first letter.
    pub letters: Vec<LetterView>,
    /// The domains.
    pub domains: Vec<LinkView>,
    /// Opens the git host's editor on a new question. The script puts a name for the file in the place of `%7Bslug%7D`, and
    /// what was searched in the place of `%7Btitle%7D`.
    pub ask: Option<String>,
    /// Who can be asked, by domain.
    pub keepers: Vec<KeeperView>,
    /// Pages that are linked and nobody has written, the most wanted first.
    pub wanted: Vec<UnwrittenView>,
}

/// `letter.html`: everything that begins with a letter, on sites of very many pages.
#[derive(Debug, Clone, Serialize)]
pub struct LetterPageView {
    /// The title.
    pub title: String,
    /// The letter.
    pub letter: String,
    /// All letters.
    pub letters: Vec<LetterView>,
    /// The entries of this page.
    pub entries: Vec<LetterEntry>,
    /// The pages of this letter.
    pub numbers: Vec<NumberView>,
}

/// One letter of the A–Z.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter, or `#` for anything else.
    pub letter: String,
    /// An anchor: `letter-a`.
    pub anchor: String,
    /// Where its entries are: the anchor on this page, or a page of its own.
    pub href: String,
    /// How many entries it has.
    pub count: usize,
    /// Everything that begins with it; nothing if it has a page of its own.
    pub entries: Vec<LetterEntry>,
}

/// An entry of the A–Z.
#[derive(Debug, Clone, Serialize)]
pub struct LetterEntry {
    /// Title or name.
    pub text: String,
    /// The address.
    pub href: String,
    /// What tells entries of one title apart, or the role of a person, or the kind if it is not a plain page; may be empty.
    pub hint: String,
}

/// One of several pages of a list.
#[derive(Debug, Clone, Serialize)]
pub struct NumberView {
    /// Its number, from 1.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether it is the page at hand.
    pub current: bool,
}

/// A domain with those who keep it.
#[derive(Debug, Clone, Serialize)]
pub struct KeeperView {
    /// The domain.
    pub domain: LinkView,
    /// Its stewards.
    pub stewards: Vec<PersonRef>,
}

/// A page that nobody has written.
#[derive(Debug, Clone, Serialize)]
pub struct UnwrittenView {
    /// What the links call it, and its entry in the list of wanted pages.
    pub name: LinkView,
    /// How many pages ask for it.
    pub pages: usize,
    /// Some of them.
    pub asking: Vec<LinkView>,
    /// Opens the git host's editor on a new page filled in.
    pub create: Option<String>,
}
