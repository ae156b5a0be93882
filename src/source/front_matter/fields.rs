//! The fields that every page may have, and what other tools call them: one table for reading, the schema and the manual.

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A line of text.
    Text,
    /// Texts.
    Texts,
    /// The name of a kind.
    Kind,
    /// A status of the page's kind.
    Status,
    /// A day.
    Date,
    /// One person.
    Person,
    /// People.
    People,
    /// A page.
    Page,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// `{every: 6 months, last: 2026-04-03}`
    Review,
    /// `{who: anna, did: reviewed, on: 2026-04-03}`, any number of them.
    Contributions,
}

impl Takes {
    /// Returns what it takes, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Texts => "texts",
            Self::Kind => "a kind",
            Self::Status => "a status",
            Self::Date => "a day",
            Self::Person => "a person",
            Self::People => "people",
            Self::Page => "a page",
            Self::Flag => "`true` or `false`",
            Self::Number => "a number",
            Self::Review => "`{every: 6 months, last: 2026-04-03}`",
            Self::Contributions => "`[{who: anna, did: reviewed, on: 2026-04-03}]`",
        }
    }
}

/// A field of the front matter.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub key: &'static str,
    /// What other tools call it, in the order in which they are tried. In lower case, with `-` for `_` and spaces.
    pub also: &'static [&'static str],
    /// What it takes.
    pub takes: Takes,
    /// What it is for, in a sentence.
    pub help: &'static str,
}

const fn field(
    key: &'static str,
    also: &'static [&'static str],
    takes: Takes,
    help: &'static str,
) -> Field {
    Field { key, also, takes, help }
}

/// Every field, in the order of the manual.
pub const FIELDS: &[Field] = &[
    field(
        "title",
        &[],
        Takes::Text,
        "What the page is called; without it the first heading, else the file name.",
    ),
    field("kind", &[], Takes::Kind, "What sort of page it is."),
    field("status", &[], Takes::Status, "Where it stands; each kind has its own list."),
    field(
        "summary",
        &["description", "desc", "excerpt", "abstract"],
        Takes::Text,
        "What it says, in a sentence or two; shown in lists and by search.",
    ),
    field("aliases", &["alias"], Takes::Texts, "Other names that wikilinks and search know it by."),
    field("domains", &["domain"], Takes::Texts, "The fields of knowledge that it belongs to."),
    field("groups", &["group"], Takes::Texts, "The groups of people that it belongs to."),
    field("tags", &["tag", "categories", "category"], Takes::Texts, "Words to find it by."),
    field(
        "authors",
        &["author", "co-authors", "coauthors"],
        Takes::People,
        "Who wrote it; without it those who committed it.",
    ),
    field("contributions", &[], Takes::Contributions, "Who else helped, with what, and when."),
    field(
        "reviewers",
        &["reviewer", "reviewed-by", "shepherds", "shepherd", "shepherd-team", "shepherd-leader"],
        Takes::People,
        "Who checked it.",
    ),
    field("translators", &["translator", "translated-by"], Takes::People, "Who translated it."),
    field(
        "owner",
        &["owners", "maintainer", "maintainers", "steward", "responsible"],
        Takes::Person,
        "Who stands for it; without it the first owner in CODEOWNERS.",
    ),
    field(
        "review",
        &["review-in", "last-reviewed-on", "last-reviewed", "last-review"],
        Takes::Review,
        "How often it is to be checked, and when it was last.",
    ),
    field(
        "date",
        &["created", "created-at", "date-created", "creation-date", "publishdate", "published-at"],
        Takes::Date,
        "The page's own day; for plain pages the day it was written.",
    ),
    field(
        "updated",
        &[
            "modified",
            "lastmod",
            "last-modified",
            "last-modified-at",
            "last-update",
            "updated-at",
            "date-modified",
        ],
        Takes::Date,
        "When it was last changed; without it the day of its last commit.",
    ),
    field(
        "audience",
        &[],
        Takes::Text,
        "Who it is meant for. It is published all the same, with a warning.",
    ),
    field("draft", &[], Takes::Flag, "Whether it is unfinished; readers are told so."),
    field(
        "published",
        &["publish", "public"],
        Takes::Flag,
        "`false` keeps the page out of the site.",
    ),
    field(
        "unlisted",
        &["private", "confidential"],
        Takes::Flag,
        "`true` keeps the page out of the site.",
    ),
    field(
        "lang",
        &["language", "locale"],
        Takes::Text,
        "The language it is written in, as a tag: `en`, `nl`; without it, told by the text.",
    ),
    field("replies-to", &["in-reply-to"], Takes::Page, "The page that it answers or comments on."),
    field(
        "order",
        &["weight", "sidebar-position", "nav-order", "sort-order"],
        Takes::Number,
        "Its place among the pages of its folder; smaller comes first.",
    ),
    field("redirect-from", &["redirects"], Takes::Texts, "Addresses that it had before."),
    field("superseded-by", &["redirect-to"], Takes::Text, "The page that holds instead of it."),
    field(
        "permalink",
        &["url"],
        Takes::Text,
        "The address that another tool gave it; it leads here.",
    ),
    field(
        "slug",
        &[],
        Takes::Text,
        "The last part of the address that another tool gave it; it leads here.",
    ),
];

/// Keys by which other tools are told how to draw a page; they say nothing to readers.
const MACHINERY: &[&str] = &[
    "layout",
    "template",
    "hide",
    "toc",
    "cssclasses",
    "cssclass",
    "id",
    "sidebar-label",
    "nav-title",
    "linktitle",
    "parent",
    "grand-parent",
    "has-children",
    "has-toc",
    "nav-exclude",
    "keywords",
    "icon",
    "search",
    "search-exclude",
    "comments",
    "image",
    "thumbnail",
    "hide-title",
    "hide-table-of-contents",
    "pagination-next",
    "pagination-prev",
    "pagination-label",
    "custom-edit-url",
    "displayed-sidebar",
    "toc-min-heading-level",
    "toc-max-heading-level",
    "mdx",
    "head",
    "outline",
    "sidebar",
    "editlink",
    "math",
    "mermaid",
    "kramdown",
    "markdown",
    "type",
    "cascade",
    "menu",
    "menus",
    "outputs",
    "build",
    "-build",
    "visibility",
    "dg-publish",
    "resources",
    "params",
    "eleventynavigation",
    "eleventycomputed",
    "eleventyexcludefromcollections",
    "collection",
    "collections",
    "expirydate",
    "sitemap",
    "robots",
    "nav",
    "social",
    "feed",
    "rss",
    "canonical",
    "canonical-url",
    "lastupdated",
    "prev",
    "next",
    "source-path",
    "position",
    "stub",
    "obsidianuifontsize",
    "obsidianuimode",
    "kanban-plugin",
    "excalidraw-plugin",
    "cspell",
    "currentstep",
    "current-step",
    "totalsteps",
    "total-steps",
    "step-indicator",
    "documentid",
    "revisionid",
    "commentsupdated",
    "assignees",
];

/// Returns a key as the table writes it.
pub(super) fn plain(key: &str) -> String {
    key.trim().to_lowercase().replace(['_', ' '], "-")
}

/// Returns whether every page may have this key, or whether it is another tool's own affair: no fact for readers.
pub fn is_understood(key: &str) -> bool {
    let key = plain(key);
    let key = key.as_str();
    MACHINERY.contains(&key)
        || FIELDS.iter().any(|field| field.key == key || field.also.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_means_one_field() {
        let names = FIELDS.iter().flat_map(|field| field.also.iter().chain([&field.key]));
        let mut names: Vec<&str> = names.copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|name| plain(name) == *name));
        assert!(
            is_understood("sidebar_position")
                && is_understood("Last-Modified")
                && !is_understood("recipe")
        );
    }
}
