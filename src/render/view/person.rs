//! People.

use serde::Serialize;

use super::{DateView, LinkView, PageRef, PersonRef};

/// `person.html`
#[derive(Debug, Clone, Serialize)]
pub struct PersonView {
    /// Face, name, role.
    pub person: PersonRef,
    /// Team; may be empty.
    pub team: String,
    /// What to ask them about.
    pub knows: Vec<String>,
    /// Languages they speak.
    pub languages: Vec<String>,
    /// Ways to reach them; an empty address means plain text.
    pub contact: Vec<ContactView>,
    /// Other spellings under which they appear.
    pub aliases: Vec<String>,
    /// Whether this is an automated account.
    pub bot: bool,
    /// When they left.
    pub left: Option<DateView>,
    /// What they wrote about themselves; may be empty.
    pub body_html: String,
    /// The `history/` of their profile; empty if there is none.
    pub history_href: String,
    /// Whether there is a profile page in the source.
    pub has_profile: bool,
    /// What is missing from the profile, in words: `a photo`, `what people can ask you about`.
    pub missing: Vec<String>,
    /// Opens the git host's editor on the profile, or on a new one filled in.
    pub profile_edit: Option<String>,
    /// Domains that they stand for.
    pub stewards: Vec<LinkView>,
    /// Groups that they are a member of.
    pub groups: Vec<LinkView>,
    /// Pages that they stand for.
    pub keeps: Vec<PageRef>,
    /// Open questions in their domains.
    pub waiting: Vec<PageRef>,
    /// What they contributed, by kind: what they wrote, the largest of the others, edits.
    pub contributions: Vec<ContributionGroup>,
    /// Thanks that they received.
    pub thanks: Vec<ThanksView>,
    /// Domains in which they contributed, with the number of pages, most first.
    pub active_in: Vec<ActiveIn>,
    /// Their newest changes, at most twenty.
    pub recent: Vec<RecentView>,
    /// All their changes; empty if there are none.
    pub changes_href: String,
    /// First and last day of their contributions.
    pub since: Option<DateView>,
    /// Number of commits with a part of theirs.
    pub commits: usize,
}

/// A way to reach somebody.
#[derive(Debug, Clone, Serialize)]
pub struct ContactView {
    /// `chat`, `phone` …
    pub label: String,
    /// The text.
    pub text: String,
    /// The address; empty for plain text.
    pub href: String,
}

/// Contributions of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct ContributionGroup {
    /// `wrote`, `reviewed`, `answered` … (for classes)
    pub did: String,
    /// In words: `wrote 12 pages`.
    pub text: String,
    /// How many pages.
    pub count: usize,
    /// The pages, newest first.
    pub pages: Vec<ContributedPage>,
}

/// A page that somebody contributed to.
#[derive(Debug, Clone, Serialize)]
pub struct ContributedPage {
    /// The page.
    pub page: PageRef,
    /// When, the last time.
    pub date: Option<DateView>,
    /// What was noted; may be empty.
    pub note: String,
}

/// Thanks received.
#[derive(Debug, Clone, Serialize)]
pub struct ThanksView {
    /// From whom.
    pub by: Option<PersonRef>,
    /// When.
    pub date: Option<DateView>,
    /// For what; may be empty.
    pub note: String,
    /// On which page.
    pub page: LinkView,
}

/// A domain in which somebody is active.
#[derive(Debug, Clone, Serialize)]
pub struct ActiveIn {
    /// The domain.
    pub domain: LinkView,
    /// In how many of its pages.
    pub pages: usize,
}

/// A recent change by somebody.
#[derive(Debug, Clone, Serialize)]
pub struct RecentView {
    /// When.
    pub date: DateView,
    /// The page.
    pub page: LinkView,
    /// What: the first line of the commit's message.
    pub subject: String,
    /// The page that tells what it changed; empty if none does.
    pub difference_href: String,
}

/// `people.html`: everybody.
#[derive(Debug, Clone, Serialize)]
pub struct PeopleView {
    /// The title.
    pub title: String,
    /// What the source's own page at this address says; may be empty.
    pub body_html: String,
    /// People with a profile, by name.
    pub profiles: Vec<PersonRow>,
    /// People known only from pages and commits, by name.
    pub others: Vec<PersonRow>,
    /// People who left.
    pub former: Vec<PersonRow>,
    /// Automated accounts.
    pub bots: Vec<PersonRow>,
    /// How many profiles are complete.
    pub complete: usize,
}

/// A person in the list.
#[derive(Debug, Clone, Serialize)]
pub struct PersonRow {
    /// Face, name, role.
    pub person: PersonRef,
    /// What to ask them about.
    pub knows: Vec<String>,
    /// Domains in which they are active, most first, at most three.
    pub domains: Vec<LinkView>,
    /// On how many pages they helped.
    pub pages: usize,
    /// Number of commits with a part of theirs.
    pub commits: usize,
}
