//! The difference of two texts as they were written: a unified one, as `git diff` shows it and `patch` understands it,
//! with the words marked that make a line another.

use std::ops::Range;

use super::DifferenceWords;
use super::inline::{Inline, Mark};
use super::leaf::{Leaf, Shape};
use super::line::Line;
use super::run::Cell;
use super::told::{Story, Told};
use crate::diff::{self, Hunk};

/// Lines that are shown around a change.
const AROUND: usize = 3;

/// Compares two texts line by line. The text of the HTML is a patch that makes the second of the first. Empty for equal texts.
pub fn source(before: &str, after: &str) -> String {
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let hunks = diff::lines(&before, &after);
    if hunks.is_empty() {
        return String::new();
    }
    let words = DifferenceWords::default();
    let mut source = Source { before: &before, after: &after, words: &words, html: String::new() };
    source.html.push_str("<pre class=\"source\" tabindex=\"0\"><code>");
    for group in groups(&hunks) {
        source.group(group);
    }
    source.html.push_str("</code></pre>\n");
    source.html
}

/// Puts hunks together whose surroundings touch.
fn groups(hunks: &[Hunk]) -> impl Iterator<Item = &[Hunk]> {
    hunks.chunk_by(|a, b| b.after.start - a.after.end <= 2 * AROUND)
}

struct Source<'s> {
    before: &'s [&'s str],
    after: &'s [&'s str],
    words: &'s DifferenceWords,
    html: String,
}

impl Source<'_> {
    fn group(&mut self, hunks: &[Hunk]) {
        let (Some(first), Some(last)) = (hunks.first(), hunks.last()) else { return };
        let lead = first.after.start.min(AROUND);
        let tail = (self.after.len() - last.after.end).min(AROUND);
        let old = first.before.start - lead..last.before.end + tail;
        let new = first.after.start - lead..last.after.end + tail;
        let head = format!("@@ -{} +{} @@", range(&old), range(&new));
        self.html.push_str(&format!("<span class=\"at\">{head}</span>\n"));
        let mut at = new.start;
        for hunk in hunks {
            self.unchanged(at..hunk.after.start);
            self.hunk(hunk);
            at = hunk.after.end;
        }
        self.unchanged(at..new.end);
    }

    fn unchanged(&mut self, lines: Range<usize>) {
        for line in &self.after[lines] {
            self.html.push(' ');
            Inline::new(&mut self.html, self.words).shown(line.trim_end_matches('\n'));
            self.end(line);
        }
    }

    fn hunk(&mut self, hunk: &Hunk) {
        let leaf = |line: &&str| {
            let text = line.trim_end_matches('\n');
            Leaf::new(Shape::Line, Vec::new(), vec![Line::verbatim(text).into_tokens()])
        };
        let old: Vec<Leaf> = self.before[hunk.before.clone()].iter().map(leaf).collect();
        let new: Vec<Leaf> = self.after[hunk.after.clone()].iter().map(leaf).collect();
        let story = Story::new(old, new, String::new());
        for told in &story.told {
            match told {
                // Only the ends of such lines differ.
                Told::Same(from, to) | Told::Rewritten(from, to) => {
                    self.line(
                        &story.old[*from],
                        Mark::Removed,
                        self.before[hunk.before.start + from],
                    );
                    self.line(&story.new[*to], Mark::Added, self.after[hunk.after.start + to]);
                }
                Told::Removed(from) => {
                    self.line(
                        &story.old[*from],
                        Mark::Removed,
                        self.before[hunk.before.start + from],
                    );
                }
                Told::Added(to) => {
                    self.line(&story.new[*to], Mark::Added, self.after[hunk.after.start + to]);
                }
                Told::Marked(from, to, cells) => {
                    let (old, new) = (&story.old[*from].cells[0], &story.new[*to].cells[0]);
                    let ends = [
                        (Mark::Removed, self.before[hunk.before.start + from]),
                        (Mark::Added, self.after[hunk.after.start + to]),
                    ];
                    for (mark, line) in ends {
                        self.begin(mark);
                        let runs = cells.first().map_or(&[][..], Cell::runs);
                        Inline::new(&mut self.html, self.words).verbatim(old, new, mark, runs);
                        self.html.push_str(&format!("</{}>", mark.tag()));
                        self.end(line);
                    }
                }
            }
        }
    }

    fn line(&mut self, leaf: &Leaf, mark: Mark, line: &str) {
        self.begin(mark);
        let tokens = &leaf.cells[0];
        let whole = [mark.run(0..tokens.len())];
        Inline::new(&mut self.html, self.words).verbatim(tokens, tokens, mark, &whole);
        self.html.push_str(&format!("</{}>", mark.tag()));
        self.end(line);
    }

    fn begin(&mut self, mark: Mark) {
        let sign = if mark == Mark::Removed { '-' } else { '+' };
        self.html.push_str(&format!("<{}>{sign}", mark.tag()));
    }

    fn end(&mut self, line: &str) {
        self.html.push('\n');
        if !line.ends_with('\n') {
            self.html.push_str("<span class=\"at\">\\ No newline at end of file</span>\n");
        }
    }
}

/// Returns a range of lines as unified differences write it.
fn range(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        length => format!("{},{length}", lines.start + 1),
    }
}
