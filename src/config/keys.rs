//! The keys of `polder.yml`: one table for reading, for what `polder schema config` tells editors, and for the manual.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A line of text.
    Text,
    /// A list of texts.
    Texts,
    /// A list of lists of texts.
    TextLists,
    /// `true` or `false`.
    Flag,
    /// An address that begins with http:// or https://.
    Address,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Any of these words.
    AnyOf(&'static [&'static str]),
    /// A number, at least this; or one of these words.
    Number(i64, &'static [&'static str]),
    /// A mapping from text to text.
    TextByName,
    /// Severities by code, and by path.
    Levels,
    /// A mapping with keys of its own.
    Keys(&'static [Key]),
}

impl Takes {
    /// Returns what it takes, in words: what follows “expected”.
    pub fn words(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::TextLists => "a list of lists of texts".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Address => "an address that begins with http:// or https://".to_owned(),
            Self::OneOf(words) => one_of(words),
            Self::AnyOf(words) => format!("a list of {}", one_of(words)),
            Self::Number(least, words) => {
                let number = if least > 0 {
                    format!("a number, at least {least}")
                } else {
                    "a number".to_owned()
                };
                if words.is_empty() { number } else { format!("{number}, {}", one_of(words)) }
            }
            Self::TextByName => "a mapping of texts".to_owned(),
            Self::Levels => format!("{}, by code or path", one_of(super::levels::WORDS)),
            Self::Keys(_) => "a mapping".to_owned(),
        }
    }
}

/// Returns `a, b or c`.
fn one_of(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.join(", "),
    }
}

/// A key of `polder.yml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What holds without it, as it would be written; empty if there is nothing to write.
    pub default: &'static str,
    /// What it is for, in a sentence.
    pub help: &'static str,
}

const fn key(name: &'static str, takes: Takes, default: &'static str, help: &'static str) -> Key {
    Key { name, takes, default, help }
}

/// Every key, in the order of the manual.
pub const KEYS: &[Key] = &[
    key("name", Takes::Text, "", "What the site is called; without it the title of the home page."),
    key(
        "purpose",
        Takes::Text,
        "",
        "Which problem it solves and for whom, in a sentence; on the home page.",
    ),
    key(
        "source",
        Takes::Text,
        "",
        "The folder with the pages, seen from `polder.yml`; without it the folder of `polder.yml`.",
    ),
    key(
        "out",
        Takes::Text,
        "public",
        "The folder that `polder build` writes, seen from `polder.yml`.",
    ),
    key(
        "languages",
        Takes::Texts,
        "",
        "Tags of the languages that pages are written in, the site's own first; without them, that of most pages.",
    ),
    key(
        "url",
        Takes::Address,
        "",
        "Where the site will be read; for canonical links and `404.html`.",
    ),
    key("public", Takes::Flag, "false", "Whether search engines may list it."),
    key(
        "repository",
        Takes::Address,
        "",
        "The address of the repository, for links that edit, ask and thank.",
    ),
    key(
        "host",
        Takes::OneOf(&["github", "gitlab", "gitea", "forgejo", "bitbucket", "azure", "none"]),
        "",
        "The sort of git host; without it guessed from the address of the repository.",
    ),
    key("branch", Takes::Text, "main", "The branch that those links change."),
    key(
        "link_prefixes",
        Takes::TextByName,
        "",
        "Beginnings of root-absolute links, and the folders that they mean: `{kennisbank: docs}`.",
    ),
    key(
        "link_roots",
        Takes::Texts,
        "",
        "Folders that links which begin with `/` may also count from.",
    ),
    key(
        "wikilinks",
        Takes::OneOf(&["target-first", "label-first", "off"]),
        "target-first",
        "What the parts of `[[a|b]]` are; `off` leaves double brackets alone.",
    ),
    key(
        "folders",
        Takes::TextByName,
        "",
        "The kind of the pages in a folder that name none: `{people: person}`.",
    ),
    key(
        "exclude",
        Takes::Texts,
        "",
        "Patterns, as in `.gitignore`, of what is no part of the site.",
    ),
    key(
        "attachments",
        Takes::OneOf(&["used", "all"]),
        "used",
        "Which files beside pages are published: those that pages use, or all.",
    ),
    key(
        "images",
        Takes::OneOf(&["fitted", "as-is"]),
        "fitted",
        "`fitted` gives large pictures smaller versions and takes out of photos where they were taken.",
    ),
    key(
        "abbreviations",
        Takes::Flag,
        "true",
        "Whether abbreviations that a page or the glossary explains lead to what they mean.",
    ),
    key(
        "redirects",
        Takes::AnyOf(&["nginx", "apache", "iis", "netlify"]),
        "",
        "Web servers for which the redirects of former addresses are written as rules too.",
    ),
    key(
        "bots",
        Takes::Texts,
        "",
        "Names or addresses of automated accounts, beside those that call themselves `[bot]`.",
    ),
    key(
        "external",
        Takes::Keys(super::external::KEYS),
        "",
        "How `polder check --external` asks other sites.",
    ),
    key("history", Takes::Keys(super::history::KEYS), "", "How the past is shown."),
    key("search", Takes::Keys(super::search::KEYS), "", "What search should know of your words."),
    key("levels", Takes::Levels, "", "How loud findings are, by code and by path."),
    key(
        "theme",
        Takes::Text,
        "",
        "A folder with a theme, between the built-in one and the site's own `theme/`.",
    ),
    key(
        "raw_html",
        Takes::OneOf(&["clean", "as-is"]),
        "clean",
        "`as-is` lets every author run scripts in readers' browsers.",
    ),
];
