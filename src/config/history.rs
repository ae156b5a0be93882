//! The map `history:` of `polder.yml`.

use crate::base::yaml::Node;

use super::decode::Section;
use super::key::{Key, Takes};

/// How the past is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryConfig {
    /// `revisions`: of how many revisions of each page the difference is built: a number, `all` or `none`. The list of revisions is
    /// complete in any case. Default 20.
    pub revisions: RevisionLimit,
    /// `mass_edit`: a commit that changes this many pages, or more, says nothing about any one of them. Default 50.
    pub mass_edit: usize,
    /// `date`: whose clock counts: `author`, when something was written (the default), or `committer`, when it was taken in.
    pub date: DateOf,
    /// `pictures`: which pictures differences show: `all` (the default), or those only that are `published` today.
    pub pictures: PicturesOf,
}

/// How many revisions of a page get a page of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionLimit {
    /// The newest so many.
    Newest(usize),
    /// Every one.
    All,
}

impl RevisionLimit {
    /// Returns how many of `count` revisions that is.
    pub fn of(self, count: usize) -> usize {
        match self {
            Self::Newest(most) => most.min(count),
            Self::All => count,
        }
    }
}

/// Whose date of a commit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOf {
    /// Its author's.
    Author,
    /// Its committer's.
    Committer,
}

/// Which pictures differences show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PicturesOf {
    /// Those of the past too.
    All,
    /// Those only that pages show today.
    Published,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self {
            revisions: RevisionLimit::Newest(20),
            mass_edit: 50,
            date: DateOf::Author,
            pictures: PicturesOf::All,
        }
    }
}

/// The keys of `history`.
pub(super) const KEYS: &[Key] = &[
    Key::new(
        "revisions",
        Takes::Number(0, &["all", "none"]),
        "20",
        "Of how many revisions of each page the difference is built; the list of revisions is complete in any case.",
    ),
    Key::new(
        "mass_edit",
        Takes::Number(2, &[]),
        "50",
        "A commit that changes this many pages, or more, says nothing about any one of them.",
    ),
    Key::new(
        "date",
        Takes::OneOf(&["author", "committer"]),
        "author",
        "Whose clock counts: when something was written, or when it was taken in.",
    ),
    Key::new(
        "pictures",
        Takes::OneOf(&["all", "published"]),
        "all",
        "Which pictures differences show: those of the past too, or those only that are published today.",
    ),
];

impl HistoryConfig {
    pub(super) fn decode(section: &Section<'_, '_>) -> Self {
        let default = Self::default();
        Self {
            revisions: section.with("revisions", revisions).unwrap_or(default.revisions),
            mass_edit: section.with("mass_edit", mass_edit).unwrap_or(default.mass_edit),
            date: section.with("date", date).unwrap_or(default.date),
            pictures: section.with("pictures", pictures).unwrap_or(default.pictures),
        }
    }
}

fn revisions(node: &Node) -> Option<RevisionLimit> {
    match node.text()? {
        "all" => Some(RevisionLimit::All),
        "none" => Some(RevisionLimit::Newest(0)),
        number => number.parse().ok().map(RevisionLimit::Newest),
    }
}

fn mass_edit(node: &Node) -> Option<usize> {
    node.text()?.parse().ok().filter(|pages| *pages >= 2)
}

fn date(node: &Node) -> Option<DateOf> {
    match node.text()? {
        "author" => Some(DateOf::Author),
        "committer" => Some(DateOf::Committer),
        _ => None,
    }
}

fn pictures(node: &Node) -> Option<PicturesOf> {
    match node.text()? {
        "all" => Some(PicturesOf::All),
        "published" => Some(PicturesOf::Published),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> HistoryConfig {
        Config::parse("polder.yml", text).unwrap().history
    }

    fn findings(text: &str) -> Vec<String> {
        let found = Config::parse("polder.yml", text).unwrap_err();
        let tell = |found: &crate::base::Diagnostic| {
            let place = found.place.as_ref().unwrap();
            format!("{}:{}: {}", place.line, place.column, found.message)
        };
        found.iter().map(tell).collect()
    }

    #[test]
    fn history_is_read() {
        let read_all = read("history: {revisions: all, mass_edit: 10, date: committer}\n");
        assert_eq!(
            (read_all.revisions, read_all.mass_edit, read_all.date),
            (RevisionLimit::All, 10, DateOf::Committer)
        );
        assert_eq!(read("history: {revisions: none}\n").revisions.of(7), 0);
        assert_eq!(read("history: {revisions: 5}\n").revisions.of(7), 5);
        assert_eq!((read("history:\n"), read("")), <(HistoryConfig, HistoryConfig)>::default());
    }

    #[test]
    fn what_is_wrong_in_it_is_told_with_its_place() {
        let found = findings("history:\n  revision: 5\n  mass_edit: 1\n  date: mine\n");
        assert_eq!(
            found,
            [
                "2:3: unknown key `revision`",
                "3:14: `mass_edit` is `1`; expected a number, at least 2",
                "4:9: `date` is `mine`; expected author or committer",
            ]
        );
        let found = findings("history: all\n");
        assert_eq!(found, ["1:10: `history` is `all`; expected a mapping"]);
    }
}
