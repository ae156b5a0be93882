//! Findings about a site's content, as values.
//!
//! A [`Diagnostic`] owns everything that a report needs, the line of text included, so that it can be
//! kept, sorted, sent to a browser or written as JSON long after the text it speaks of is gone.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::code;
use super::severity::Severity;
use super::text::{LineIndex, floor_char_boundary};

/// A line longer than this is not kept with a place: a page of a megabyte in one line with a hundred thousand links would
/// be kept as often.
const EXCERPT_LIMIT: usize = 2_000;

/// A place in a file of the source, for people: path, line, column, and the line itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Path relative to the source (or to the site's folder for `polder.yml` and theme files).
    pub path: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters the finding covers on that line; at least 1.
    pub length: usize,
    /// The text of the line, without its end; empty if it is longer than a person would write.
    pub excerpt: Arc<str>,
}

impl Place {
    /// Returns the place of the bytes `range` in `text`, the whole text of the file `path`.
    pub fn of_range(path: &str, text: &str, range: Range<usize>) -> Self {
        Self::in_lines(&LineIndex::new(text), path, text, range)
    }

    /// Returns the place of `range`; what runs over the end of its first line is cut there.
    pub fn in_lines(lines: &LineIndex, path: &str, text: &str, range: Range<usize>) -> Self {
        Places::new(lines, path.into(), text).at(range)
    }

    /// Returns the start of the file `path`, for findings about a file as a whole.
    pub fn of_file(path: &str) -> Self {
        Self { path: path.into(), line: 1, column: 1, length: 1, excerpt: "".into() }
    }
}

/// Tells places in one text; those of one line share it.
#[derive(Debug)]
pub struct Places<'t> {
    lines: &'t LineIndex,
    path: Arc<str>,
    text: &'t str,
    /// The line that was asked for last.
    last: (usize, Arc<str>),
}

impl<'t> Places<'t> {
    /// Returns one for the whole text of the file `path`.
    pub fn new(lines: &'t LineIndex, path: Arc<str>, text: &'t str) -> Self {
        Self { lines, path, text, last: (0, "".into()) }
    }

    /// Returns the place of `range`; what runs over the end of its first line is cut there.
    pub fn at(&mut self, range: Range<usize>) -> Place {
        let (line, column) = self.lines.line_column(self.text, range.start);
        let written = self.lines.line_range(self.text, line);
        if self.last.0 != line {
            let is_short = written.len() <= EXCERPT_LIMIT;
            let excerpt = if is_short { &self.text[written.clone()] } else { "" };
            self.last = (line, excerpt.into());
        }
        let excerpt = self.last.1.clone();
        let start = floor_char_boundary(self.text, range.start);
        let end = floor_char_boundary(self.text, range.end.min(written.end));
        let covered = if excerpt.is_empty() { None } else { self.text.get(start..end) };
        let length = covered.map_or(1, |covered| covered.chars().count().max(1));
        Place { path: self.path.clone(), line, column, length, excerpt }
    }
}

/// One finding about the content of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Its kebab-case name: `broken-link`, `front-matter-syntax` …
    pub code: &'static str,
    /// What was found; lower case, no full stop. What is told of many places is shared by them.
    pub message: Arc<str>,
    /// Where; `None` for findings about the site as a whole.
    pub place: Option<Place>,
    /// What to do about it, in the imperative.
    pub help: Option<Arc<str>>,
    /// Whether the site's baseline has it: it is there, but neither told to people nor counted.
    pub is_known: bool,
}

impl Diagnostic {
    /// Returns a finding without place or help, as loud as its code is; `code` is one of [`codes.yml`](super::code).
    pub fn new(code: &'static str, message: impl Into<Arc<str>>) -> Self {
        let known = code::get(code);
        debug_assert!(known.is_some(), "`{code}` is not in src/base/codes.yml");
        let severity = known.map_or(Severity::Warning, |known| known.severity);
        Self { severity, code, message: message.into(), place: None, help: None, is_known: false }
    }

    /// Returns the finding with a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Returns the finding with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<Arc<str>>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Findings in the order in which reports show them, once [`Diagnostics::sort`] has run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Returns no findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve_exact(more);
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Sorts by place, then code, then message, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
        self.0.dedup();
    }

    /// Gives each finding the severity that `level` returns for it; `None` drops it.
    pub fn set_levels(&mut self, level: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.0.retain_mut(|diagnostic| match level(diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
    }

    /// Marks the findings that are known.
    pub fn mark_known(&mut self, mut is_known: impl FnMut(&Diagnostic) -> bool) {
        for found in &mut self.0 {
            found.is_known = is_known(found);
        }
    }

    /// Returns how many findings that are not known have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|found| !found.is_known && found.severity == severity).count()
    }

    /// Returns the findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, iter: T) {
        // Findings of a page come by the hundred thousand at most: those of the first are not moved.
        if self.0.is_empty() {
            self.0 = iter.into_iter().collect();
        } else {
            self.0.extend(iter);
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(iter: T) -> Self {
        Self(iter.into_iter().collect())
    }
}

/// A value that was made in spite of what was found on the way.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// The value.
    pub value: T,
    /// What was found.
    pub diagnostics: Diagnostics,
}

impl<T> Outcome<T> {
    /// Returns the value and moves its findings to `sink`.
    pub fn into_value(self, sink: &mut Diagnostics) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_counts_characters_not_bytes() {
        let text = "één\nzie [x](y) hier";
        let place = Place::of_range("a.md", text, text.find('[').unwrap()..text.len());
        assert_eq!((place.line, place.column, place.length), (2, 5, 11));
        assert_eq!(&*place.excerpt, "zie [x](y) hier");
    }

    #[test]
    fn a_line_of_a_megabyte_is_not_kept_with_its_places() {
        let place = Place::of_range("a.md", &"a ".repeat(500_000), 900_000..900_003);
        assert_eq!((place.column, &*place.excerpt), (900_001, ""));
    }

    #[test]
    fn range_over_a_line_end_is_cut() {
        let text = "ab\r\ncd";
        assert_eq!(Place::of_range("a.md", text, 1..6).length, 1);
    }
}
