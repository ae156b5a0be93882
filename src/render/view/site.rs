//! What every page shows: the site, the frame around the page, and small parts that recur.

use serde::Serialize;

/// The site as a whole; the same on every page (`site`).
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Its name.
    pub name: String,
    /// The problem that it solves, in a sentence; may be empty.
    pub purpose: String,
    /// Whether robots may list it.
    pub public: bool,
    /// The path that is asked for when a search found nothing, if the site wants to know.
    pub search_report: Option<String>,
    /// The first digits of the newest commit, if there is one.
    pub commit: Option<String>,
    /// Whether there are domains, questions, people and changes to link to in the header.
    pub has: HasView,
}

/// Which parts a site has.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each printed on its own")]
pub struct HasView {
    /// At least one domain.
    pub domains: bool,
    /// At least one question.
    pub questions: bool,
    /// At least one person.
    pub people: bool,
    /// A history.
    pub changes: bool,
}

/// What surrounds a page (`frame`).
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The way to the site's root: `../../`; empty at the root. (On `404.html` the base address, `/` if not configured.)
    pub root: String,
    /// The text of the tab.
    pub tab: String,
    /// One or two sentences for search engines and link previews.
    pub description: String,
    /// The full address of this page, when the site's address is configured.
    pub canonical: Option<String>,
    /// The entry of the header that this page belongs to: `home`, `domains`, `questions`, `people`, `changes`, `search` or empty.
    pub section: &'static str,
    /// From the site's root to the page's parent.
    pub trail: Vec<Crumb>,
    /// Addresses of the entries of the header and other fixed places.
    pub nav: Nav,
    /// Opens the git host's editor on this page's file.
    pub edit: Option<String>,
    /// The language tag of the interface.
    pub lang: String,
    /// The day of the newest commit: the site's “today”.
    pub as_of: Option<DateView>,
    /// What the kinds of the site's pages are called, as a JSON object, for the search script.
    pub kinds: String,
    /// What the statuses of the site's pages are called, as a JSON object, for the search script.
    pub statuses: String,
    /// The feed of what this page is about, or of the site; only on sites that know their address.
    pub feed: Option<FeedView>,
}

/// A feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// `Follow the changes of Backups`.
    pub follow: String,
    /// Its title.
    pub title: String,
    /// Its address as Atom.
    pub atom: String,
    /// Its address as JSON Feed.
    pub json: String,
}

/// Fixed places of a site, seen from this page.
#[derive(Debug, Clone, Serialize)]
pub struct Nav {
    /// `/`
    pub home: String,
    /// `/domains/`
    pub domains: String,
    /// The list of questions.
    pub questions: String,
    /// `/people/`
    pub people: String,
    /// `/changes/`
    pub changes: String,
    /// `/search/`
    pub search: String,
    /// The list of wanted pages; empty if none is wanted.
    pub wanted: String,
}

/// A step of the way to a page.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its title.
    pub title: String,
    /// Its address; empty where nothing stands there.
    pub href: String,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The text.
    pub text: String,
    /// The address; empty for plain text.
    pub href: String,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2026-11-20`, for `<time datetime>`.
    pub iso: String,
    /// `20 November 2026` in the page's language.
    pub text: String,
}

/// A person, small: face, name, role.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRef {
    /// The name.
    pub name: String,
    /// Their page; empty for those without one (automated accounts in some lists).
    pub href: String,
    /// Two letters for those without a photo.
    pub initials: String,
    /// One of twelve hues, 0 to 11, always the same for a person (class `hue-N`).
    pub hue: u8,
    /// The photo.
    pub photo: Option<String>,
    /// The role; may be empty.
    pub role: String,
    /// Whether they have left.
    pub left: bool,
}

/// A page, small: title, kind, state, date.
#[derive(Debug, Clone, Serialize)]
pub struct PageRef {
    /// The title.
    pub title: String,
    /// The address.
    pub href: String,
    /// The kind: `page`, `question` … (for classes)
    pub kind: String,
    /// The kind in the language of the page.
    pub kind_name: String,
    /// What tells pages of one title apart; usually empty.
    pub hint: String,
    /// The state.
    pub state: StateView,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The day of the last change.
    pub updated: Option<DateView>,
    /// Who wrote it.
    pub authors: Vec<PersonRef>,
    /// Titles of its domains.
    pub domains: Vec<LinkView>,
    /// The status in words, for kinds that have one: `open`, `in force`; may be empty.
    pub status: String,
    /// The language, if it is not that of this page; else empty.
    pub lang: String,
}

/// Whether a page can be trusted today.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    /// `current`, `due`, `overdue`, `draft`, `superseded`, `record`, or `none` for pages without a review date (for classes).
    pub word: &'static str,
    /// The word in the language of the page; empty for `none`.
    pub name: String,
}
