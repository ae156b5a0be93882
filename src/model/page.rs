//! One page of a site.

use std::sync::Arc;

use crate::base::yaml::Node;
use crate::base::{Date, SourcePath, UrlPath};
use crate::history::Revision;
use crate::source::Document;

use super::{Dates, DomainIx, FormerAnchors, PageIx, PersonIx};

/// One Markdown file as a page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its path without extension; `index` and `README` name their folder. Empty for the home page.
    pub id: String,
    /// Its file.
    pub path: SourcePath,
    /// Its address.
    pub url: UrlPath,
    /// The address of its history.
    pub history_url: UrlPath,
    /// The title.
    pub title: String,
    /// Whether the body begins with the title, so that it is not shown twice.
    pub title_in_body: bool,
    /// The id that a link to the title leads to, if only the front matter has the title.
    pub title_anchor: Option<String>,
    /// What tells it from other pages of the same title; usually empty.
    pub hint: String,
    /// The kind.
    pub kind: String,
    /// The status, if it says one that its kind knows.
    pub status: Option<String>,
    /// Whether it can be trusted.
    pub state: State,
    /// The language tag.
    pub lang: String,
    /// Its domains.
    pub domains: Vec<DomainIx>,
    /// Its groups.
    pub groups: Vec<PageIx>,
    /// Who wrote it: as the front matter says, else those who committed it, most commits first.
    pub authors: Vec<PersonIx>,
    /// Who stands for it.
    pub owner: Option<PersonIx>,
    /// Who stands for it as `CODEOWNERS` says, if it does not say so itself: handles, teams and addresses.
    pub code_owners: Vec<String>,
    /// When it is to be checked.
    pub review: Option<Review>,
    /// The day it was first written.
    pub created: Option<Date>,
    /// Its last change; small ones do not count.
    pub updated: Option<Updated>,
    /// What else there is to say of when it changed.
    pub dates: Dates,
    /// What is not committed of it.
    pub pending: Option<Pending>,
    /// The page that it answers or comments.
    pub replies_to: Option<PageIx>,
    /// Ids that its headings had.
    pub former_anchors: FormerAnchors,
    /// Its revisions, newest first.
    pub revisions: Vec<Revision>,
    /// The path in the repository of the file that it is a symbolic link to, if that is outside the source: its text is
    /// that file's, and links in it count from there.
    pub target: Option<SourcePath>,
    /// Its file, read.
    pub document: Arc<Document>,
}

/// Whether a page can be trusted on the site's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing is known.
    None,
    /// Checked, and in date.
    Current,
    /// To be checked within thirty days.
    Due,
    /// Past its review date.
    Overdue,
    /// Not finished.
    Draft,
    /// Replaced by another page.
    Superseded,
    /// Records a moment and never goes stale.
    Record,
}

impl State {
    /// Returns the word for exports, classes and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Current => "current",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Draft => "draft",
            Self::Superseded => "superseded",
            Self::Record => "record",
        }
    }
}

/// What of a page is not committed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pending {
    /// All of it.
    New,
    /// Its last changes.
    Changed,
}

/// Review dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// When the page was last checked.
    pub last: Option<Date>,
    /// Until when it counts as current.
    pub due: Option<Date>,
}

/// A page's last change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The day.
    pub date: Date,
    /// Author and co-authors.
    pub people: Vec<PersonIx>,
}

impl Page {
    /// Returns one or two sentences on what the page is: its summary, else its first paragraph.
    pub fn description(&self) -> String {
        let summary = self.document.front_matter.summary.as_ref();
        let text = summary.unwrap_or(&self.document.outline.first_paragraph);
        crate::base::text::shorten(text, 180)
    }

    /// Returns whether the page is the index of its folder.
    pub fn is_index(&self) -> bool {
        self.id == self.path.folder()
    }

    /// Returns a value of the front matter beside those that every page may have.
    pub fn field(&self, key: &str) -> Option<&Node> {
        let other = &self.document.front_matter.other;
        other.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// Returns such a value if it is a single text.
    pub fn field_text(&self, key: &str) -> Option<&str> {
        self.field(key).and_then(Node::text)
    }

    /// Returns the texts of such a value; a single text is a list of one.
    pub fn field_list(&self, key: &str) -> Vec<String> {
        let items = self.field(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(Node::text).map(str::to_owned).collect()
    }
}

/// Returns the last part of an id.
pub(super) fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}
