//! Domains.

use serde::Serialize;

use super::{ChangeDayView, LinkView, PageRef, PersonRef};

/// `domains.html`: all domains.
#[derive(Debug, Clone, Serialize)]
pub struct DomainsView {
    /// The title.
    pub title: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// The domains, by title.
    pub domains: Vec<DomainCard>,
    /// How many pages are in no domain.
    pub without: usize,
}

/// A domain in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DomainCard {
    /// The title.
    pub title: String,
    /// The address.
    pub href: String,
    /// What it is for, in a line; may be empty.
    pub purpose: String,
    /// Who keeps it.
    pub stewards: Vec<PersonRef>,
    /// How many pages.
    pub pages: usize,
    /// How many open questions.
    pub questions: usize,
    /// Pages by state.
    pub health: HealthView,
}

/// Pages by state.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct HealthView {
    /// Checked and in date.
    pub current: usize,
    /// To be checked soon.
    pub due: usize,
    /// Past their review date.
    pub overdue: usize,
    /// All others, without a review date.
    pub other: usize,
    /// `current` in percent of all (for a bar: class `p-N`, in steps of five).
    pub current_percent: usize,
}

/// `domain.html`
#[derive(Debug, Clone, Serialize)]
pub struct DomainView {
    /// The title.
    pub title: String,
    /// The id of the title, for links to it; empty where the text has it.
    pub title_id: String,
    /// What it is for, in a line; may be empty.
    pub purpose: String,
    /// What its page says; may be empty.
    pub body_html: String,
    /// That page's `history/`; may be empty.
    pub history_href: String,
    /// Whether the source has a page for it.
    pub has_page: bool,
    /// Who keeps it.
    pub stewards: Vec<PersonRef>,
    /// Who backs it.
    pub sponsor: Option<PersonRef>,
    /// Opens the git host's editor on its page, or on a new one filled in.
    pub propose: Option<String>,
    /// Who knows about this, most first, at most five.
    pub experts: Vec<ExpertView>,
    /// How many others helped.
    pub other_helpers: usize,
    /// Its pages by kind; most linked first within a kind.
    pub kinds: Vec<KindGroup>,
    /// How many pages.
    pub pages: usize,
    /// Open questions, oldest first.
    pub questions: Vec<PageRef>,
    /// Pages that are linked from here but do not exist, most wanted first.
    pub wanted: Vec<WantedView>,
    /// Pages by state.
    pub health: HealthView,
    /// Pages past their review date.
    pub overdue: Vec<PageRef>,
    /// Pages to which no link leads.
    pub orphans: Vec<LinkView>,
    /// Pages that only one person ever edited, with that person's name.
    pub lonely: Vec<LonelyView>,
    /// Groups, challenges and the like that belong to it.
    pub groups: Vec<LinkView>,
    /// The newest changes here, at most ten, by day.
    pub changes: Vec<ChangeDayView>,
    /// All changes here; empty if there are none.
    pub changes_href: String,
}

/// Somebody who knows about a domain, and on what ground.
#[derive(Debug, Clone, Serialize)]
pub struct ExpertView {
    /// Who.
    pub person: PersonRef,
    /// What to ask them about.
    pub knows: Vec<String>,
    /// On what ground, in words: `wrote 12 pages, reviewed 3`.
    pub ground: String,
}

/// The pages of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct KindGroup {
    /// The kind (for classes).
    pub kind: String,
    /// Its plural in the language of the page.
    pub title: String,
    /// The pages.
    pub pages: Vec<PageRef>,
}

/// A page that does not exist yet.
#[derive(Debug, Clone, Serialize)]
pub struct WantedView {
    /// What the links call it.
    pub title: String,
    /// From how many places it is linked.
    pub links: usize,
    /// Who asks for it.
    pub from: Vec<LinkView>,
    /// Opens the git host's editor on a new page filled in.
    pub create: Option<String>,
}

/// A page that only one person ever edited.
#[derive(Debug, Clone, Serialize)]
pub struct LonelyView {
    /// The page.
    pub page: LinkView,
    /// That person.
    pub name: String,
}
