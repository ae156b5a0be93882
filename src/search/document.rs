//! What is searched: one document per page, cut into sections.

use serde::Serialize;

/// One page as search sees it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The address from the site's root, as in `UrlPath::as_str`.
    pub url: String,
    /// The title.
    pub title: String,
    /// Other names, tags and, for people, what they know and their role.
    pub names: Vec<String>,
    /// The kind: `page`, `person`, `question` …
    pub kind: String,
    /// The folder that it lies in; an index page lies in its own. Empty at the root.
    pub folder: String,
    /// Its domains.
    pub domains: Vec<Name>,
    /// Who did what for it.
    pub credits: Vec<Credit>,
    /// Where it lives, for people: `Handbook > Money`.
    pub trail: String,
    /// The language tag: `en`, `nl`.
    pub lang: String,
    /// `current`, `due`, `overdue`, `draft`, `superseded`, `record`.
    pub state: String,
    /// The status, for kinds that have some: `open`, `answered`, `accepted`; else empty.
    pub status: String,
    /// The day of the last change, `2026-11-20`.
    pub updated: Option<String>,
    /// One or two sentences on what it is.
    pub summary: String,
    /// Texts of the links on other pages that lead here.
    pub link_texts: Vec<String>,
    /// What results tell of people and of pages of some kinds beside all this.
    pub details: Details,
    /// The text in sections.
    pub sections: Vec<Section>,
}

/// What results tell beside what they tell of every page. In files of the index what is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Details {
    /// Who wrote the accepted answer to a question, else who answered it: names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answered_by: Vec<String>,
    /// The page that replaces it: its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub successor: String,
    /// What a person looks like.
    #[serde(flatten)]
    pub face: Option<Face>,
}

/// A person, small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Face {
    /// What they do; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The address of a photo from the site's root; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub photo: String,
    /// Two letters.
    pub initials: String,
    /// One of twelve hues.
    pub hue: u8,
    /// Whether they have left.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
}

/// What pages have in common, and readers ask for: a domain, a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The short name, of which there is one on the site.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Who did what for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Who.
    pub person: Name,
    /// The address of their page, as that of a document.
    pub url: String,
    /// What they did.
    pub role: Role,
}

/// What somebody is to a page, from the most to the least that it says of what they know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Stands for it.
    Owner,
    /// Wrote it, or a part of it.
    Author,
    /// Looked it over.
    Reviewer,
}

impl Role {
    /// Returns its word, for other programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Author => "author",
            Self::Reviewer => "reviewer",
        }
    }
}

/// The text under one heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading; empty for what comes before the first one.
    pub heading: String,
    /// Its anchor; empty for the page itself.
    pub anchor: String,
    /// The plain text.
    pub text: String,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a small English page of one section.
    pub(in super::super) fn page(url: &str, title: &str, text: &str) -> Document {
        let section =
            Section { heading: String::new(), anchor: String::new(), text: text.to_owned() };
        Document {
            url: url.to_owned(),
            title: title.to_owned(),
            names: Vec::new(),
            kind: "page".to_owned(),
            folder: String::new(),
            domains: Vec::new(),
            credits: Vec::new(),
            trail: String::new(),
            lang: "en".to_owned(),
            state: "current".to_owned(),
            status: String::new(),
            updated: None,
            summary: String::new(),
            link_texts: Vec::new(),
            details: Details::default(),
            sections: vec![section],
        }
    }
}
