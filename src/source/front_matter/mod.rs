//! The head of a page, decoded forgivingly: whatever can be read is kept, whatever cannot is reported.

mod decoder;
mod fields;
mod salvage;
mod toml_tree;

pub use fields::{FIELDS, Field, Takes, is_understood};

use std::ops::Range;

use crate::base::date::Interval;
use crate::base::yaml::{self, Entry, Node};
use crate::base::{Date, Diagnostic, Places};

use super::split::{Split, Syntax};

use decoder::Decoder;

/// A text of the front matter and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

/// What the head of a page says. Every field is optional.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<String>,
    /// `kind`
    pub kind: Option<Text>,
    /// `status`
    pub status: Option<Text>,
    /// `aliases`: other names.
    pub aliases: Vec<Text>,
    /// `domains`: ids or titles.
    pub domains: Vec<Text>,
    /// `groups`: ids or titles.
    pub groups: Vec<Text>,
    /// `tags`
    pub tags: Vec<String>,
    /// `authors`: ids, names or e-mail addresses.
    pub authors: Vec<Text>,
    /// `contributions`
    pub contributions: Vec<ContributionField>,
    /// `owner`: who stands for it; of several the first.
    pub owner: Option<Text>,
    /// `review`
    pub review: Option<ReviewField>,
    /// `audience`
    pub audience: Option<Text>,
    /// `lang`
    pub lang: Option<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `replies-to`: the page that this one answers.
    pub replies_to: Option<Text>,
    /// `date`: the page's own day; for plain pages, when it was written.
    pub date: Option<Date>,
    /// `updated`: when it was last changed.
    pub updated: Option<Date>,
    /// `draft`
    pub draft: bool,
    /// What says that the page is not for everybody: `published: false`, `unlisted: true` … Such a page is not published.
    pub withheld: Option<Text>,
    /// `order`: its place among the pages of its folder; smaller comes first.
    pub order: Option<i64>,
    /// `redirect-from`: addresses that it had before.
    pub redirect_from: Vec<Text>,
    /// `superseded-by`: the page that holds instead.
    pub superseded_by: Option<Text>,
    /// `permalink`: the address that another tool gave it.
    pub permalink: Option<Text>,
    /// `slug`: the last part of the address that another tool gave it.
    pub slug: Option<Text>,
    /// All keys that are not named above, and `date`, as written; spans are bytes of the file.
    pub other: Vec<Entry>,
}

impl FrontMatter {
    /// Returns whether a key has a meaning on every page, or is another tool's own affair; what is left are facts for
    /// readers.
    pub fn understands(&self, key: &str) -> bool {
        fields::is_understood(key)
    }
}

/// An entry of `contributions`.
#[derive(Debug, Clone)]
pub struct ContributionField {
    /// `who`
    pub who: Text,
    /// `did`: `reviewed`, `suggested` …
    pub did: String,
    /// `by`: who says so, for thanks.
    pub by: Option<Text>,
    /// `on`
    pub on: Option<Date>,
    /// `note`
    pub note: String,
    /// `page`: another page that shows it.
    pub page: Option<Text>,
}

/// `review`: how often a page is checked, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewField {
    /// `every`
    pub every: Option<Interval>,
    /// `last`
    pub last: Option<Date>,
}

/// Decodes the front matter of the file `path`.
pub(super) fn decode(
    places: Places<'_>,
    text: &str,
    split: &Split,
) -> (FrontMatter, Vec<Diagnostic>) {
    let front = &text[split.front.clone()];
    let mut decoder = Decoder::new(places, split.front.start);
    let root = match split.syntax {
        Syntax::Toml => read_toml(front, &mut decoder),
        Syntax::Yaml => read_yaml(front, &mut decoder),
    };
    decoder.decode(&root)
}

fn read_toml(front: &str, decoder: &mut Decoder<'_>) -> Node {
    let (root, error) = toml_tree::read(front);
    if let Some(error) = error {
        let message = format!("the front matter is not valid TOML: {}", error.message);
        decoder.report("front-matter-syntax", message, &(error.offset..error.offset + 1), None);
    }
    root
}

fn read_yaml(front: &str, decoder: &mut Decoder<'_>) -> Node {
    match yaml::parse(front) {
        Ok(root) => {
            for (key, span) in yaml::duplicate_keys(front) {
                let message =
                    format!("key `{key}` stands here a second time; the first one counts");
                decoder.report("front-matter-duplicate", message, &span, None);
            }
            root
        }
        Err(error) => {
            let message = format!("the front matter is not valid YAML: {}", error.message);
            let help = "put values that hold `: `, `#`, `@` or quotes between quotes; indent with spaces, not tabs";
            let span = error.offset..error.offset + 1;
            decoder.report("front-matter-syntax", message, &span, Some(help));
            salvage::salvage(front)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;
    use crate::base::text::LineIndex;

    fn decoded(text: &str) -> (FrontMatter, Vec<Diagnostic>) {
        let lines = LineIndex::new(text);
        decode(Places::new(&lines, "a.md".into(), text), text, &split(text).unwrap())
    }

    fn read(front: &str) -> (FrontMatter, Vec<String>) {
        let text = format!("---\n{front}---\nbody\n");
        let (front, found) = decoded(&text);
        let told = |d: Diagnostic| {
            let place = d.place.unwrap();
            format!("{}:{} {}", place.line, place.column, d.code)
        };
        (front, found.into_iter().map(told).collect())
    }

    #[test]
    fn known_keys_are_decoded() {
        let (front, found) = read(
            "title: 0.90\nauthors: [anna, 'Bram B']\ntags: '#a, b'\nreview: {every: 6 months, last: 2026-04-03}\n\
             contributions:\n  - {who: chen, did: reviewed, on: 2026-04-03, note: fine}\nrecipe: yes\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(front.title.as_deref(), Some("0.90"));
        let authors: Vec<_> = front.authors.iter().map(|author| author.text.as_str()).collect();
        assert_eq!(authors, ["anna", "Bram B"]);
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.contributions[0].did, "reviewed");
        assert_eq!(front.other[0].key, "recipe");
        assert!(front.review.unwrap().last.is_some());
    }

    #[test]
    fn broken_yaml_keeps_what_can_be_read() {
        let (front, found) = read("title: A page: with a colon\ntags: [a, b]\nowner: @anna\n");
        assert_eq!(found.len(), 1);
        assert!(found[0].ends_with("front-matter-syntax"), "{found:?}");
        assert_eq!(front.title.as_deref(), Some("A page: with a colon"));
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.owner.unwrap().text, "@anna");
    }

    #[test]
    fn wrong_values_are_told_with_their_place() {
        let (_, found) = read("title: x\nlang: {a: b}\ncontributions: [{did: x}]\ntitle: y\n");
        assert_eq!(
            found,
            ["5:1 front-matter-duplicate", "4:17 front-matter-value", "3:7 front-matter-value"]
        );
    }

    fn texts(values: &[Text]) -> Vec<&str> {
        values.iter().map(|value| value.text.as_str()).collect()
    }

    #[test]
    fn toml_is_read_in_full() {
        let text = "\n+++\ntitle = \"A\"\nweight = 3\ntags = [\n  \"a\", # one\n  'b',\n]\ndate = 2026-04-03T09:00:00Z\n\
                    [taxonomies]\ncategories = [\"c\"]\n[extra]\ntitle = \"not this\"\n+++\n";
        let (front, found) = decoded(text);
        assert!(found.is_empty(), "{found:?}");
        assert_eq!((front.title.as_deref(), front.order), (Some("A"), Some(3)));
        assert_eq!(front.tags, ["a", "b", "c"]);
        assert_eq!(front.date.unwrap().to_string(), "2026-04-03");
    }

    #[test]
    fn broken_toml_keeps_what_can_be_read() {
        let text = "+++\ntitle = \"A\"\nowner = anna!\ntags = [\"a\"]\n+++\n";
        let (front, found) = decoded(text);
        assert_eq!(front.title.as_deref(), Some("A"));
        assert_eq!(front.tags, ["a"]);
        assert_eq!(found[0].code, "front-matter-syntax");
        assert_eq!(found[0].place.as_ref().unwrap().line, 3);
    }

    #[test]
    fn broken_yaml_costs_its_own_field() {
        let (front, found) = read(
            "title: A: b\nauthors:\n\t- Anna\n\t- Bram\ntags:\n  - a\n  - @b\nowner: \"Chen\nreview:\n  every: 6 months\n",
        );
        assert_eq!(found, ["2:9 front-matter-syntax"]);
        assert_eq!(front.title.as_deref(), Some("A: b"));
        assert_eq!(texts(&front.authors), ["Anna", "Bram"]);
        assert_eq!(front.tags, ["a", "@b"]);
        assert_eq!(front.owner.unwrap().text, "Chen");
        assert_eq!(front.review.unwrap().every, Interval::parse("6 months"));
    }

    #[test]
    fn first_of_two_equal_keys_counts_in_what_is_salvaged_too() {
        let (front, _) = read("title: a: b\ntags: [one]\ntags: [two]\n");
        assert_eq!(front.tags, ["one"]);
    }

    #[test]
    fn names_of_other_tools_are_understood_and_ours_win() {
        let (front, found) = read(
            "sidebar_position: 2\nweight: 9\nlastmod: 2026-04-03T09:00:00+02:00\npublishDate: 1648503477252\n\
             description: other\nsummary: ours\ncategories: [x, y]\ntags: y, z\nredirect_from: /old/\n\
             permalink: /new/\nslug: short\nmaintainers: ['@anna']\nlast_reviewed_on: 2026-01-02\nreview_in: 6 months\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(front.order, Some(9));
        assert_eq!(front.updated.unwrap().to_string(), "2026-04-03");
        assert_eq!(front.date.unwrap().to_string(), "2022-03-28");
        assert_eq!(front.summary.as_deref(), Some("ours"));
        assert_eq!(front.tags, ["y", "z", "x"]);
        assert_eq!(texts(&front.redirect_from), ["/old/"]);
        assert_eq!(front.permalink.as_ref().unwrap().text, "/new/");
        assert_eq!(front.slug.as_ref().unwrap().text, "short");
        assert_eq!(front.owner.as_ref().unwrap().text, "@anna");
        assert!(front.review.unwrap().every.is_some() && front.review.unwrap().last.is_some());
    }

    #[test]
    fn mappings_of_other_tools_are_understood() {
        let (front, found) = read(
            "date: {created: 2026-01-02, updated: 2026-03-04}\nauthors:\n  - {name: Anna, email: a@n.example}\n  \
             - {github: bram}\n  - N/A\nreviewers: Chen, (to be found) and Dewi\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(front.date.unwrap().to_string(), "2026-01-02");
        assert_eq!(front.updated.unwrap().to_string(), "2026-03-04");
        assert_eq!(texts(&front.authors), ["Anna <a@n.example>", "@bram"]);
        let helped: Vec<_> =
            front.contributions.iter().map(|c| (c.who.text.as_str(), c.did.as_str())).collect();
        assert_eq!(helped, [("Chen", "reviewed"), ("Dewi", "reviewed")]);
        let (front, found) = read("last_update: {date: 5/13/2026, author: anna}\n");
        assert_eq!((front.updated.unwrap().to_string().as_str(), found.len()), ("2026-05-13", 0));
        let edited = &front.contributions[0];
        assert_eq!((edited.who.text.as_str(), edited.did.as_str()), ("anna", "edited"));
    }

    #[test]
    fn day_that_cannot_be_read_is_told() {
        let (front, found) = read("date: 3/4/2026\nlastmod: soon\n");
        assert!(front.date.is_none() && front.updated.is_none());
        assert_eq!(found, ["2:7 front-matter-value", "3:10 front-matter-value"]);
    }

    #[test]
    fn what_says_that_a_page_is_not_for_everybody_withholds_it() {
        let withheld = |front: &str| read(front).0.withheld.map(|says| says.text);
        for says in [
            "published: false",
            "publish: no",
            "public: off",
            "unlisted: true",
            "private: board",
            "visibility: private",
        ] {
            assert_eq!(withheld(&format!("title: x\n{says}\n")).as_deref(), Some(says));
        }
        assert!(withheld("_build: {render: never}\n").is_some());
        for fine in [
            "published: true",
            "published: 2026-04-03",
            "unlisted: false",
            "private:",
            "draft: true",
            "public: yes",
        ] {
            assert_eq!(withheld(&format!("{fine}\n")), None, "{fine}");
        }
    }

    #[test]
    fn what_is_neither_ours_nor_another_tools_is_a_fact() {
        let (front, _) = read("recipe: yes\nlayout: page\nurl: https://n.example\n");
        let facts: Vec<&str> = front.other.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(facts, ["recipe", "layout", "url"]);
        assert!(front.permalink.is_none());
        assert!(front.understands("layout") && !front.understands("recipe"));
    }

    #[test]
    fn several_owners_are_told() {
        let (front, found) = read("owners: [anna, bram]\n");
        assert_eq!(front.owner.unwrap().text, "anna");
        assert_eq!(found, ["2:9 front-matter-value"]);
    }
}
