//! Counting the searches that logs tell of.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::line::Request;
use super::{MOST, Missed, Search, normal};
use crate::base::Date;
use crate::base::path::percent_decode;

/// Longer searches are not made by readers: the field takes 200 letters.
const LONGEST: usize = 200;

/// This many digits in a row are a number of somebody's.
const NUMBER: usize = 5;

/// What the logs that were read so far tell.
#[derive(Debug)]
pub struct Tally {
    path: String,
    /// How many lines were read.
    lines: usize,
    /// How many of them tell of a request.
    requests: usize,
    /// How many of those report a search.
    reports: usize,
    days: Option<(Date, Date)>,
    /// The computers that asked for anything, numbered.
    computers: BTreeMap<String, usize>,
    /// By words the computers and the days that asked for them.
    searches: BTreeMap<String, BTreeSet<(usize, Date)>>,
}

impl Tally {
    /// Returns a tally of the requests for a path, as `search.report` has it.
    pub fn new(path: &str) -> Self {
        Self {
            path: percent_decode(path),
            lines: 0,
            requests: 0,
            reports: 0,
            days: None,
            computers: BTreeMap::new(),
            searches: BTreeMap::new(),
        }
    }

    /// Reads a log, which may be compressed with gzip.
    ///
    /// # Errors
    /// If it cannot be read to its end.
    pub fn read(&mut self, log: impl Read) -> io::Result<()> {
        let mut log = BufReader::new(log);
        if log.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
            self.read_lines(BufReader::new(MultiGzDecoder::new(log)))
        } else {
            self.read_lines(log)
        }
    }

    fn read_lines(&mut self, log: impl BufRead) -> io::Result<()> {
        for line in log.split(b'\n') {
            self.add(&String::from_utf8_lossy(&line?));
        }
        Ok(())
    }

    fn add(&mut self, line: &str) {
        self.lines += 1;
        let Some(Request { computer, day, target }) = Request::of(line) else {
            return;
        };
        self.requests += 1;
        self.days = Some(match self.days {
            Some((first, last)) => (first.min(day), last.max(day)),
            None => (day, day),
        });
        let number = self.computers.len();
        let computer = *self.computers.entry(computer).or_insert(number);
        let Some(words) = self.reported(&target) else {
            return;
        };
        self.reports += 1;
        let text = normal(&words);
        if !text.is_empty() && !is_personal(&words) {
            self.searches.entry(text).or_default().insert((computer, day));
        }
    }

    /// Returns the words of a search that a request reports.
    fn reported(&self, target: &str) -> Option<String> {
        let (path, query) = target.split_once('?')?;
        if percent_decode(path) != self.path {
            return None;
        }
        let words = query.split('&').find_map(|pair| pair.strip_prefix("nothing="))?;
        Some(percent_decode(&words.replace('+', " ")))
    }

    /// Returns how many lines were read, how many of them tell of a request, and how many of those report a search.
    pub fn counts(&self) -> [usize; 3] {
        [self.lines, self.requests, self.reports]
    }

    /// Returns how many different searches there were.
    pub fn searches(&self) -> usize {
        self.searches.len()
    }

    /// Returns what may be told: searches that at least this many computers made. Where the logs tell of fewer computers
    /// than that altogether (there is a proxy before the server, or addresses are left out), days count in their place.
    pub fn told(&self, least: usize) -> Missed {
        let has_computers = self.computers.len() >= least;
        let askers = |asked: &BTreeSet<(usize, Date)>| -> usize {
            if has_computers {
                asked.iter().map(|(computer, _)| computer).collect::<BTreeSet<_>>().len()
            } else {
                asked.iter().map(|(_, day)| day).collect::<BTreeSet<_>>().len()
            }
        };
        let told = self.searches.iter().filter(|(_, asked)| askers(asked) >= least);
        let mut searches: Vec<Search> = told
            .map(|(words, asked)| Search { words: words.clone(), times: asked.len() })
            .collect();
        searches.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.words.cmp(&b.words)));
        searches.truncate(MOST);
        Missed { days: self.days, searches }
    }
}

/// Returns whether words look like somebody's: an address for mail, a long number. The reader's script does not report such
/// searches; others may.
fn is_personal(words: &str) -> bool {
    let digits = words.split(|c: char| !c.is_numeric());
    words.contains('@')
        || words.chars().count() > LONGEST
        || digits.map(|run| run.chars().count()).any(|count| count >= NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what is told, to 3, of requests by computers on days of November.
    fn check(requests: &[(&str, u8, &str)], expect: &[(&str, usize)]) {
        let mut tally = Tally::new("/r.txt");
        for (computer, day, target) in requests {
            tally.add(&format!(
                "{computer} - - [{day}/Nov/2026:01:02:03 +0000] \"GET {target} HTTP/1.1\" 200 1"
            ));
        }
        let told = tally.told(3).searches;
        let told: Vec<(&str, usize)> =
            told.iter().map(|search| (search.words.as_str(), search.times)).collect();
        assert_eq!(told, expect);
    }

    #[test]
    fn search_is_told_once_enough_computers_made_it() {
        let a = "/r.txt?nothing=parking+permit";
        check(&[("a", 1, a), ("b", 1, a), ("a", 2, a), ("c", 1, "/")], &[]);
        check(
            &[("a", 1, a), ("b", 1, a), ("c", 1, a), ("a", 1, a), ("a", 2, a)],
            &[("parking permit", 4)],
        );
    }

    #[test]
    fn days_count_where_computers_are_not_known() {
        let a = "/r.txt?nothing=a";
        check(&[("-", 1, a), ("-", 2, a), ("-", 2, a)], &[]);
        check(&[("-", 1, a), ("-", 2, a), ("-", 3, a)], &[("a", 3)]);
    }

    #[test]
    fn other_requests_and_what_is_personal_do_not_count() {
        for target in [
            "/r.txt",
            "/r.txt?other=a",
            "/s.txt?nothing=a",
            "/r.txt?nothing=",
            "/r.txt?nothing=%3C%3E",
            "/r.txt?nothing=ann%40example.org",
            "/r.txt?nothing=call+061234",
        ] {
            check(&["a", "b", "c"].map(|computer| (computer, 1, target)), &[]);
        }
        let odd = "/%72.txt?x=1&nothing=%ff%00+a";
        check(&["a", "b", "c"].map(|computer| (computer, 1, odd)), &[("a", 3)]);
    }
}
