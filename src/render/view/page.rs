//! One page, and the home page.

use std::sync::Arc;

use serde::Serialize;

use super::{ChangeDayView, DateView, DomainCard, LinkView, PageRef, PersonRef, StateView};

/// `page.html`: any page of the source that has no template of its own.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The title; printed as the h1 (the body does not repeat it).
    pub title: String,
    /// The id of that h1, if no heading of the body is what links to the title lead to; may be empty.
    pub title_id: String,
    /// The kind (for classes): `page`, `decision` …
    pub kind: String,
    /// The kind in the language of the page; empty for plain pages.
    pub kind_name: String,
    /// The language of the text, if it is not that of the interface on this page; else empty.
    pub lang: String,
    /// The status in words, for kinds that have one; may be empty.
    pub status: String,
    /// Whether the page can be trusted today.
    pub state: StateView,
    /// Review dates, if the page has them.
    pub review: Option<ReviewView>,
    /// The page that replaces this one.
    pub superseded_by: Option<LinkView>,
    /// The summary as the author wrote it; may be empty.
    pub summary: String,
    /// Who wrote it, in the order of the front matter, else by number of commits.
    pub authors: Vec<PersonRef>,
    /// Who helped in other ways.
    pub helpers: Vec<HelpView>,
    /// Who stands for it.
    pub owner: Option<PersonRef>,
    /// Its domains.
    pub domains: Vec<LinkView>,
    /// Its groups.
    pub groups: Vec<LinkView>,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was first written.
    pub created: Option<DateView>,
    /// When it last changed, and by whom.
    pub updated: Option<UpdatedView>,
    /// The last change of its words, where that was on another day.
    pub reworded: Option<UpdatedView>,
    /// The last small change (by a bot, by a mass edit), where that was on a later day.
    pub touched: Option<DateView>,
    /// The day on which it was there already, while nothing older is known: its first day is not told then.
    pub before: Option<DateView>,
    /// That its last changes are not committed, in words; only in a preview, else empty.
    pub pending: String,
    /// What a browser may remember of having shown it.
    pub seen: Option<SeenView>,
    /// How many revisions it has.
    pub revisions: usize,
    /// Its `history/`; empty if there is no history.
    pub history_href: String,
    /// The file on the git host.
    pub source_href: Option<String>,
    /// Things to do about this page on the git host: improve, ask, thank.
    pub actions: Vec<ActionView>,
    /// Facts of the front matter that its kind declares, and what else it holds in plain values.
    pub facts: Vec<FactView>,
    /// Headings of the text, when there are at least three.
    pub toc: Vec<TocEntry>,
    /// The text.
    pub body_html: Arc<str>,
    /// What this page replies to.
    pub replies_to: Option<LinkView>,
    /// Answers and comments, the accepted answer first.
    pub replies: Vec<ReplyView>,
    /// Pages inside this page's folder, when it is a folder's index.
    pub children: Vec<PageRef>,
    /// Who links here, in groups by domain; each page once, with the sentence of each of its links.
    pub backlinks: Vec<BacklinkGroup>,
    /// How many pages link here.
    pub backlink_count: usize,
    /// Pages that name this one without a link, with the sentence.
    pub mentions: Vec<BacklinkView>,
    /// Files that the page links to.
    pub attachments: Vec<LinkView>,
}

/// `home.html`: the site's front page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// How much there is.
    pub counts: Counts,
    /// The text of the source's own `index.md` or `README.md`; may be empty.
    pub body_html: String,
    /// Its title, when the source has such a page.
    pub title: String,
    /// The id of the title, for links to it; empty where the text has it.
    pub title_id: String,
    /// That page's `history/`; may be empty.
    pub history_href: String,
    /// The domains.
    pub domains: Vec<DomainCard>,
    /// Top-level folders and pages: the way in where a site has no domains, else the way to pages that are in none.
    pub sections: Vec<SectionView>,
    /// Pages about the site itself: its licence, how to take part.
    pub about: Vec<LinkView>,
    /// The newest changes, at most five, by day.
    pub changes: Vec<ChangeDayView>,
    /// When the newest changes became part of the site, as on the page of the changes.
    pub newest: String,
    /// Questions without an answer, oldest first, at most five.
    pub questions: Vec<QuestionView>,
    /// How many questions have no answer.
    pub open_questions: usize,
    /// News that has not run out, newest first, at most three.
    pub news: Vec<PageRef>,
    /// Who helped in the last thirty days before the newest commit, by name.
    pub helpers: Vec<HelperView>,
    /// Challenges that are not done.
    pub challenges: Vec<PageRef>,
    /// Learning paths.
    pub paths: Vec<PageRef>,
}

/// Numbers on the home page.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Counts {
    /// Pages.
    pub pages: usize,
    /// Domains.
    pub domains: usize,
    /// People.
    pub people: usize,
}

/// A folder at the top of the source, or the pages beside the home page.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// The title.
    pub title: String,
    /// The address of the folder.
    pub href: String,
    /// What its index page says it is; may be empty.
    pub summary: String,
    /// How many pages it holds, at any depth; where the site has domains, how many of no domain.
    pub pages: usize,
}

/// An open question on the home page.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    /// The question.
    pub page: PageRef,
    /// Days from asking to the newest commit.
    pub days: Option<i32>,
}

/// What somebody did lately.
#[derive(Debug, Clone, Serialize)]
pub struct HelperView {
    /// Who.
    pub person: PersonRef,
    /// What, in words: `answered 3 questions`, `brought 5 pages up to date`.
    pub deeds: Vec<String>,
}

/// Review dates of a page.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// When it was last checked.
    pub last: Option<DateView>,
    /// Until when it counts as current.
    pub due: Option<DateView>,
}

/// The last change.
#[derive(Debug, Clone, Serialize)]
pub struct UpdatedView {
    /// When.
    pub date: DateView,
    /// By whom.
    pub people: Vec<PersonRef>,
}

/// What a browser remembers of a page that it showed, to tell later that it changed.
#[derive(Debug, Clone, Serialize)]
pub struct SeenView {
    /// The page, for as long as its file keeps its name.
    pub page: String,
    /// Its last revision, small ones aside.
    pub revision: String,
}

/// One kind of help that people gave.
#[derive(Debug, Clone, Serialize)]
pub struct HelpView {
    /// The kind of contribution: `reviewed`, `suggested` … (for classes)
    pub did: String,
    /// In words: `reviewed by`.
    pub text: String,
    /// Who, with what they noted.
    pub people: Vec<HelpedBy>,
}

/// Somebody who helped, and how.
#[derive(Debug, Clone, Serialize)]
pub struct HelpedBy {
    /// Who.
    pub person: PersonRef,
    /// What the front matter notes about it; may be empty.
    pub note: String,
}

/// Something to do on the git host.
#[derive(Debug, Clone, Serialize)]
pub struct ActionView {
    /// `improve`, `ask` or `thank` (for classes).
    pub name: &'static str,
    /// The text of the link.
    pub text: String,
    /// The address.
    pub href: String,
}

/// A fact of the front matter.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// Its name.
    pub label: String,
    /// Its values.
    pub values: Vec<LinkView>,
}

/// A heading in the table of contents.
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// The heading.
    pub title: String,
    /// `#anchor`.
    pub href: String,
}

/// An answer or a comment.
#[derive(Debug, Clone, Serialize)]
pub struct ReplyView {
    /// The page that it is.
    pub page: PageRef,
    /// Whether the question's asker accepted it.
    pub accepted: bool,
    /// Its text.
    pub body_html: String,
}

/// Links from the pages of one domain (or of none).
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkGroup {
    /// The domain's title; empty for pages without one.
    pub domain: String,
    /// The pages.
    pub links: Vec<BacklinkView>,
}

/// A page that links here, or names this page.
#[derive(Debug, Clone, Serialize)]
pub struct BacklinkView {
    /// The page.
    pub page: LinkView,
    /// The sentences with its links, in order.
    pub quotes: Vec<QuoteView>,
}

/// A sentence with a link in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuoteView {
    /// The sentence before the link.
    pub before: String,
    /// The text of the link.
    pub text: String,
    /// The sentence after it.
    pub after: String,
    /// Whether the page is shown there, not only linked to.
    pub embeds: bool,
}
