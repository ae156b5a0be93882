//! The keys of `polder.yml`: one table for reading, for what `polder schema config` tells editors, and for the manual.

use super::key::{Key, Takes};
use super::{external, history, search};

/// Every key, in the order of the manual.
pub const KEYS: &[Key] = &[
    Key::new(
        "name",
        Takes::Text,
        "",
        "What the site is called; without it the title of the home page.",
    ),
    Key::new(
        "purpose",
        Takes::Text,
        "",
        "Which problem it solves and for whom, in a sentence; on the home page.",
    ),
    Key::new(
        "source",
        Takes::Text,
        "",
        "The folder with the pages, seen from `polder.yml`; without it the folder of `polder.yml`.",
    ),
    Key::new(
        "out",
        Takes::Text,
        "public",
        "The folder that `polder build` writes, seen from `polder.yml`.",
    ),
    Key::new(
        "languages",
        Takes::Texts,
        "",
        "Tags of the languages that pages are written in, the site's own first; without them, that of most pages.",
    ),
    Key::new(
        "url",
        Takes::Address,
        "",
        "Where the site will be read; for canonical links and `404.html`.",
    ),
    Key::new("public", Takes::Flag, "false", "Whether search engines may list it."),
    Key::new(
        "repository",
        Takes::Address,
        "",
        "The address of the repository, for links that edit, ask and thank.",
    ),
    Key::new(
        "host",
        Takes::OneOf(&["github", "gitlab", "gitea", "forgejo", "bitbucket", "azure", "none"]),
        "",
        "The sort of git host; without it guessed from the address of the repository.",
    ),
    Key::new("branch", Takes::Text, "main", "The branch that those links change."),
    Key::new(
        "link_prefixes",
        Takes::TextByName,
        "",
        "Beginnings of root-absolute links, and the folders that they mean: `{kennisbank: docs}`.",
    ),
    Key::new(
        "link_roots",
        Takes::Texts,
        "",
        "Folders that links which begin with `/` may also count from.",
    ),
    Key::new(
        "wikilinks",
        Takes::OneOf(&["target-first", "label-first", "off"]),
        "target-first",
        "What the parts of `[[a|b]]` are; `off` leaves double brackets alone.",
    ),
    Key::new(
        "folders",
        Takes::TextByName,
        "",
        "The kind of the pages in a folder that name none: `{people: person}`.",
    ),
    Key::new(
        "exclude",
        Takes::Texts,
        "",
        "Patterns, as in `.gitignore`, of what is no part of the site.",
    ),
    Key::new(
        "attachments",
        Takes::OneOf(&["used", "all"]),
        "used",
        "Which files beside pages are published: those that pages use, or all.",
    ),
    Key::new(
        "images",
        Takes::OneOf(&["fitted", "as-is"]),
        "fitted",
        "`fitted` gives large pictures smaller versions and takes out of photos where they were taken.",
    ),
    Key::new(
        "abbreviations",
        Takes::Flag,
        "true",
        "Whether abbreviations that a page or the glossary explains lead to what they mean.",
    ),
    Key::new(
        "redirects",
        Takes::AnyOf(&["nginx", "apache", "iis", "netlify"]),
        "",
        "Web servers for which the redirects of former addresses are written as rules too.",
    ),
    Key::new(
        "bots",
        Takes::Texts,
        "",
        "Names or addresses of automated accounts, beside those that are known by themselves.",
    ),
    Key::new(
        "external",
        Takes::Keys(external::KEYS),
        "",
        "How `polder check --external` asks other sites.",
    ),
    Key::new("history", Takes::Keys(history::KEYS), "", "How the past is shown."),
    Key::new("search", Takes::Keys(search::KEYS), "", "What search should know of your words."),
    Key::new("levels", Takes::Levels, "", "How loud findings are, by code and by path."),
    Key::new(
        "theme",
        Takes::Text,
        "",
        "A folder with a theme, between the built-in one and the site's own `theme/`.",
    ),
    Key::new(
        "raw_html",
        Takes::OneOf(&["clean", "as-is"]),
        "clean",
        "`as-is` lets every author run scripts in readers' browsers.",
    ),
];
