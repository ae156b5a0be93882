//! What was wrong when somebody decided to look forward: findings that are known, so that only new ones are told.
//!
//! The file `.polder-baseline` holds one finding a line: code, path, and what the finding is about; sorted, so that it merges
//! well. Lines move and messages are reworded, so neither the place in the file nor the wording is in it.

use std::collections::BTreeMap;

use crate::base::text::squeeze;
use crate::base::{Diagnostic, Diagnostics};

/// Findings that are known, and how many of each there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, usize>);

const HEAD: &str = "# Findings that are known and not told again. `polder check --update-baseline` writes this file.\n";

impl Baseline {
    /// Reads the text of a baseline file. Empty lines and those that begin with `#` are comments.
    pub fn parse(text: &str) -> Self {
        let mut known = BTreeMap::new();
        let lines = text.lines().map(str::trim_end);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            *known.entry(line.to_owned()).or_default() += 1;
        }
        Self(known)
    }

    /// Returns the baseline that knows these findings.
    pub fn of(diagnostics: &Diagnostics) -> Self {
        let mut known = BTreeMap::new();
        for found in diagnostics.iter() {
            *known.entry(Self::line(found)).or_default() += 1;
        }
        Self(known)
    }

    /// Returns the line of a finding: what it is, whatever its place in the file and its wording.
    pub fn line(found: &Diagnostic) -> String {
        let path = found.place.as_ref().map_or("-", |place| &*place.path);
        let about: Vec<&str> = found.message.split('`').skip(1).step_by(2).collect();
        let line = [found.code, &plain(path), &plain(&about.join(" "))].join("\t");
        line.trim_end().to_owned()
    }

    /// Returns the text of its file.
    pub fn text(&self) -> String {
        let lines = self.0.iter().flat_map(|(line, times)| std::iter::repeat_n(line, *times));
        lines.fold(HEAD.to_owned(), |text, line| text + line + "\n")
    }

    /// Returns how many findings it knows.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Returns whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Marks the findings that it knows; returns the lines to which there is no finding any more.
    pub fn mark(&self, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut left = self.0.clone();
        diagnostics.mark_known(|found| match left.get_mut(&Self::line(found)) {
            Some(times) if *times > 0 => {
                *times -= 1;
                true
            }
            _ => false,
        });
        let gone = left.into_iter().flat_map(|(line, times)| std::iter::repeat_n(line, times));
        gone.collect()
    }
}

fn plain(text: &str) -> String {
    squeeze(&text.replace(char::is_control, " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Place;

    fn found(code: &'static str, line: usize, message: &str) -> Diagnostic {
        Diagnostic::new(code, message).at(Place { line, ..Place::of_file("a b.md") })
    }

    #[test]
    fn moved_and_reworded_findings_stay_known() {
        let mut before: Diagnostics = [
            found("broken-link", 3, "`x.md` leads to no page or file"),
            found("broken-link", 9, "`x.md` leads to no page or file"),
            found("wanted-page", 1, "no page is called `Y`"),
        ]
        .into_iter()
        .collect();
        let baseline = Baseline::of(&before);
        assert_eq!(Baseline::parse(&baseline.text()), baseline);
        assert_eq!(baseline.text().lines().last(), Some("wanted-page\ta b.md\tY"));
        assert_eq!(baseline.mark(&mut before), [""; 0]);

        let mut after: Diagnostics = [
            found("broken-link", 30, "`x.md` leads nowhere"),
            found("broken-link", 31, "`z.md` leads nowhere"),
        ]
        .into_iter()
        .collect();
        let gone = baseline.mark(&mut after);
        assert_eq!(gone, ["broken-link\ta b.md\tx.md", "wanted-page\ta b.md\tY"]);
        let known: Vec<bool> = after.iter().map(|found| found.is_known).collect();
        assert_eq!(known, [true, false]);
    }
}
