//! What readers searched for and did not find: from the access logs of a web host to a small file that the build reads.
//!
//! A browser asks the site's own host for the path in `search.report`, with `?nothing=` and the words, when a search found no
//! page with all of them. [`Tally`] counts such requests; [`Missed`] is what may be told of them, and is kept as YAML.
//!
//! Invariant: nothing leaves this room by which a person is known: no address of a computer, no time of a search, and no words
//! that fewer computers asked for than somebody said (where a log does not tell computers apart, on fewer days).

mod line;
mod tally;

use std::ops::Range;

use serde_json::Value;

use crate::base::yaml::{self, Node};
use crate::base::{Date, Diagnostic, Diagnostics, Outcome, Place};

pub use tally::Tally;

/// The most searches that are told; those behind them are asked for least.
const MOST: usize = 200;

/// What was searched for in vain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missed {
    /// The days of the first and the last line of the logs, as far as that is known.
    pub days: Option<(Date, Date)>,
    /// The searches, those asked for most first.
    pub searches: Vec<Search>,
}

/// A search that found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Its words, in lower case without accents.
    pub words: String,
    /// How often it was made; twice by one computer on one day counts once.
    pub times: usize,
}

impl Missed {
    /// Returns the file.
    pub fn to_yaml(&self) -> String {
        let mut text =
            "# What readers searched for and did not find. Written by `polder searches`.\n"
                .to_owned();
        if let Some((first, last)) = self.days {
            text.push_str(&format!("from: {first}\nto: {last}\n"));
        }
        text.push_str(if self.searches.is_empty() { "searches: []\n" } else { "searches:\n" });
        for Search { words, times } in &self.searches {
            // A text of JSON is one of YAML too, whatever is in it.
            text.push_str(&format!(
                "  - {{times: {times}, words: {}}}\n",
                Value::from(words.as_str())
            ));
        }
        text
    }

    /// Reads the file `path`; what in it cannot be read is left out, with a finding that says where.
    pub fn parse(path: &str, text: &str) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::new();
        let value = Self::read(path, text, &mut diagnostics).unwrap_or_default();
        Outcome { value, diagnostics }
    }

    fn read(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut report = |message: String, span: Range<usize>| {
            let found = Diagnostic::new("missed-searches", message);
            let place = Place::of_range(path, text, span);
            diagnostics.push(found.at(place).help("write the file anew with `polder searches`"));
        };
        let root = match yaml::parse(text) {
            Ok(root) => root,
            Err(error) => {
                let span = error.offset..error.offset + 1;
                report(format!("not valid YAML: {}", error.message), span);
                return None;
            }
        };
        let Some(list) = root.get("searches") else {
            let message = format!("found {}; expected the key `searches`", root.sort());
            report(message, root.span.clone());
            return None;
        };
        let mut searches = Vec::new();
        for item in list.items().iter().take(MOST) {
            match search(item) {
                Some(search) => searches.push(search),
                None => {
                    let expected = "`{times: 3, words: \"parking permit\"}`";
                    let message = format!("found {}; expected {expected}", item.sort());
                    report(message, item.span.clone());
                }
            }
        }
        let day = |key: &str| Date::parse(root.get(key)?.text()?);
        Some(Self { days: day("from").zip(day("to")), searches })
    }
}

fn search(node: &Node) -> Option<Search> {
    let words = Some(normal(node.get("words")?.text()?)).filter(|words| !words.is_empty())?;
    Some(Search { words, times: node.get("times")?.text()?.parse().ok()? })
}

/// Returns words as the reader's script reports them: letters and digits in lower case with single spaces between.
fn normal(text: &str) -> String {
    crate::base::fold::slug(text).replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_read_as_it_was_written() {
        let day = |text| Date::parse(text).unwrap();
        let search = |words: &str, times| Search { words: words.to_owned(), times };
        let missed = Missed {
            days: Some((day("2026-10-01"), day("2026-11-20"))),
            searches: vec![search("parking permit", 14), search("2024", 3), search("水 管", 3)],
        };
        let read = |missed: &Missed| Missed::parse("x.yml", &missed.to_yaml());
        assert_eq!(read(&missed).value, missed);
        let none = Missed::default();
        assert_eq!(read(&none).value, none);
        assert!(read(&missed).diagnostics.is_empty() && read(&none).diagnostics.is_empty());
    }

    #[test]
    fn what_is_no_such_file_is_told_with_its_place() {
        let told = |text: &str| {
            let found = Missed::parse("x.yml", text).diagnostics;
            let found = found.iter().next().unwrap();
            let place = found.place.as_ref().unwrap();
            format!("{}:{}: {}", place.line, place.column, found.message)
        };
        assert!(told("a: [").contains("not valid YAML"));
        assert_eq!(told("a: 1\n"), "1:1: found a mapping; expected the key `searches`");
        let expected = "expected `{times: 3, words: \"parking permit\"}`";
        assert_eq!(told("searches:\n  - pump\n"), format!("2:5: found a single value; {expected}"));
    }

    #[test]
    fn words_are_plain_whatever_they_were() {
        assert_eq!(normal("<b onclick=x>\u{202e}Été\n"), "b onclick x ete");
    }
}
