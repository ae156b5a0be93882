//! The parts of two texts in which they differ: what is far from a change need not be read to tell of it.
//!
//! A text is parted before a heading, or a paragraph, that begins a line after a blank one, where nothing that was opened before
//! can still be open: a list, a fence of code, a comment, a container of another tool. Where that is in doubt it is not parted.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::Dialect;
use super::fold::Skipped;
use super::leaf::Leaf;
use super::reader;
use crate::diff::{self, Hunk};

/// Fewer bytes than this are read as fast as they are left out.
const LEAST: usize = 300;

/// Two texts as those parts in which they differ.
pub(super) struct Parts {
    pub(super) parts: Vec<Part>,
    /// What is the same after the last.
    pub(super) rest: Skipped,
}

/// A part of both texts.
pub(super) struct Part {
    /// What is the same before it, from the part before on.
    pub(super) skipped: Skipped,
    /// The heading above it; empty before the first.
    pub(super) under: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Returns the parts in which two texts differ.
pub(super) fn parts(before: &str, after: &str, dialect: Dialect) -> Parts {
    // What an abbreviation means counts wherever it is used.
    let explains = |line: &str| line.trim_start().starts_with("*[");
    if [before, after].iter().any(|text| text.contains("*[") && text.lines().any(explains)) {
        return whole(before, after);
    }
    let (old, new) = (Text::of(before), Text::of(after));
    let gaps = gaps(&old, &new);
    let (old_names, new_names) = (names(&old.lines), names(&new.lines));
    if gaps.is_empty() || lead_elsewhere(&gaps, &new, &old_names, &new_names) {
        return whole(before, after);
    }
    let mut parts = Parts { parts: Vec::new(), rest: Skipped::default() };
    let mut at = (0, 0);
    let end = Gap { before: old.lines.len(), after: new.lines.len()..new.lines.len() };
    for gap in gaps.iter().chain([&end]) {
        if at.1 < gap.after.start || at.0 < gap.before {
            let before = old.lines[at.0..gap.before].concat();
            let after = new.lines[at.1..gap.after.start].concat();
            if before.contains("[^") || after.contains("[^") {
                return whole(&old.lines.concat(), &new.lines.concat());
            }
            parts.parts.push(Part {
                skipped: std::mem::take(&mut parts.rest),
                under: new.heading_above(at.1, dialect),
                before: named(&before, &old_names) + &before,
                after: named(&after, &new_names) + &after,
            });
        }
        parts.rest.add(skipped(&new.lines[gap.after.clone()], dialect));
        at = (gap.before + gap.after.len(), gap.after.end);
    }
    parts
}

fn whole(before: &str, after: &str) -> Parts {
    let (before, after) = (before.to_owned(), after.to_owned());
    let part = Part { skipped: Skipped::default(), under: String::new(), before, after };
    Parts { parts: vec![part], rest: Skipped::default() }
}

/// Lines that are the same in both texts, and far from what is not.
struct Gap {
    /// The first of them in the old text.
    before: usize,
    /// Where they stand in the new text.
    after: Range<usize>,
}

/// Finds the gaps between what differs.
fn gaps(old: &Text<'_>, new: &Text<'_>) -> Vec<Gap> {
    let hunks = diff::lines(&old.lines, &new.lines);
    let mut gaps = Vec::new();
    let mut at = (0, 0);
    let (last, is_last) = (hunks.len(), |number: usize| number == hunks.len());
    for number in 0..=last {
        let end = Hunk { before: old.lines.len()..0, after: new.lines.len()..0 };
        let hunk = hunks.get(number).unwrap_or(&end);
        let in_old = |line: usize| line - at.1 + at.0;
        let first = new.cuts.partition_point(|cut| *cut < at.1);
        let cuts = new.cuts[first..].iter().take_while(|cut| **cut <= hunk.after.start);
        let cuts: Vec<usize> =
            cuts.copied().filter(|cut| old.cuts.binary_search(&in_old(*cut)).is_ok()).collect();
        // One block stays on either side, for readers to see where they are.
        let from = if number == 0 { Some(0) } else { cuts.get(1).copied() };
        let to = if is_last(number) {
            Some(new.lines.len())
        } else {
            cuts.len().checked_sub(2).map(|at| cuts[at])
        };
        if let (Some(from), Some(to)) = (from, to)
            && from < to
            && new.lines[from..to].iter().map(|line| line.len()).sum::<usize>() >= LEAST
        {
            gaps.push(Gap { before: in_old(from), after: from..to });
        }
        at = (hunk.before.end, hunk.after.end);
    }
    gaps
}

/// A name in brackets, folded, and the line that says where it leads.
type Name<'t> = (String, &'t str);

/// Returns the names of a text, in order: of two that are alike the first counts.
fn names<'t>(lines: &[&'t str]) -> Vec<Name<'t>> {
    let name = |line: &&'t str| {
        let line = line.trim();
        let (name, _) = line.strip_prefix('[')?.split_once("]:")?;
        (!name.starts_with('^')).then(|| (folded(name), line))
    };
    lines.iter().filter_map(name).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns the lines that a part needs to know where its names lead.
fn named(part: &str, names: &[Name<'_>]) -> String {
    if names.is_empty() || !part.contains('[') {
        return String::new();
    }
    let part = folded(part);
    let needed = names.iter().filter(|(name, _)| part.contains(name.as_str()));
    let mut lines: String = needed.map(|(_, line)| format!("{line}\n")).collect();
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

/// Returns whether a name in what is the same leads elsewhere than before.
fn lead_elsewhere(gaps: &[Gap], new: &Text<'_>, was: &[Name<'_>], is: &[Name<'_>]) -> bool {
    let (was, is): (BTreeSet<&Name<'_>>, BTreeSet<&Name<'_>>) =
        (was.iter().collect(), is.iter().collect());
    let others: BTreeSet<&str> =
        was.symmetric_difference(&is).map(|(name, _)| name.as_str()).collect();
    !others.is_empty()
        && gaps.iter().any(|gap| {
            let same = folded(&new.lines[gap.after.clone()].concat());
            others.iter().any(|name| same.contains(name))
        })
}

/// Returns how many blocks some lines have, about, and their first headings. They begin where nothing is open.
fn skipped(lines: &[&str], dialect: Dialect) -> Skipped {
    let mut skipped = Skipped::default();
    let (mut before, mut open, mut is_by_line) = ("", None, false);
    for line in lines {
        let line = line.trim();
        let is_html = before.is_empty() && line.starts_with('<');
        is_by_line = !line.is_empty() && (is_by_line || is_html || is_ruler(before));
        match (open, fence(line)) {
            (None, Some(mark)) => open = Some(mark),
            (Some(mark), Some(end)) if end.0 == mark.0 && end.1 >= mark.1 => open = None,
            (Some(_), _) => skipped.parts += usize::from(!line.is_empty()),
            (None, None) => {
                skipped.parts += usize::from(is_by_line || begins(line, before));
                if before.is_empty() && is_heading(line) && skipped.has_room() {
                    skipped.headings.extend(heading(line, dialect));
                }
            }
        }
        before = line;
    }
    skipped
}

/// Returns whether a block, an item or a row begins with a line.
fn begins(line: &str, before: &str) -> bool {
    let is_numbered = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    let is_quoted = line.starts_with('>') && !before.starts_with('>');
    let is_row = line.starts_with(['|', '<']);
    let is_item = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    let is_marked = is_item || is_row || is_quoted || line.starts_with('#') || is_numbered();
    !line.is_empty() && (before.is_empty() || (is_marked && !is_ruler(line)))
}

/// Returns whether a line stands between the head of a table and its rows.
fn is_ruler(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' '))
        && line.contains('|')
        && line.contains('-')
}

/// Returns the words of a line that is a heading.
fn heading(line: &str, dialect: Dialect) -> Option<String> {
    let words = line.trim_start_matches('#').trim();
    if !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some(words.to_owned());
    }
    reader::read(line, dialect).first().map(Leaf::text)
}

/// A text by lines.
struct Text<'t> {
    /// With their ends.
    lines: Vec<&'t str>,
    /// The numbers of the lines before which it can be parted.
    cuts: Vec<usize>,
    /// The numbers of the lines that are headings.
    headings: Vec<usize>,
}

/// What a line may be part of.
enum Open {
    Nothing,
    /// A fence of this many of these.
    Fence(u8, usize),
    Comment,
}

impl<'t> Text<'t> {
    fn of(text: &'t str) -> Self {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (mut cuts, mut headings) = (Vec::new(), Vec::new());
        let mut open = Open::Nothing;
        let mut is_after_blank = true;
        let may_hold_inside = HOLDS.iter().any(|mark| text.contains(mark));
        for (number, line) in lines.iter().enumerate() {
            let bare = line.trim();
            match open {
                Open::Fence(mark, length) => {
                    let ends = fence(bare).is_some_and(|(other, count)| {
                        other == mark && count >= length && bare.len() == count
                    });
                    open = if ends { Open::Nothing } else { open };
                }
                Open::Comment if bare.contains("-->") => open = Open::Nothing,
                Open::Comment => {}
                Open::Nothing => {
                    if let Some((mark, count)) = fence(bare) {
                        open = Open::Fence(mark, count);
                    } else if let Some(comment) = bare.strip_prefix("<!--") {
                        open = if comment.contains("-->") { open } else { Open::Comment };
                    } else if begins_to_hold(bare) || (may_hold_inside && holds(bare)) {
                        break;
                    } else if is_heading(line) {
                        headings.push(number);
                    }
                    if is_after_blank && (is_heading(line) || line.starts_with(char::is_alphabetic))
                    {
                        cuts.push(number);
                    }
                }
            }
            is_after_blank = bare.is_empty();
        }
        Self { lines, cuts, headings }
    }

    /// Returns the words of the last heading above a line.
    fn heading_above(&self, line: usize, dialect: Dialect) -> String {
        let above = self.headings.partition_point(|heading| *heading < line);
        let found =
            above.checked_sub(1).and_then(|at| heading(self.lines[self.headings[at]], dialect));
        found.unwrap_or_default()
    }
}

/// What may begin, anywhere in a line, something that holds what comes after it.
const HOLDS: [&str; 4] = ["{%", "%%", "<!--", "$$"];

/// Returns whether a line may have the beginning of something that holds what comes after it.
fn holds(line: &str) -> bool {
    let [template, comment, note, formula] = HOLDS;
    [template, comment, note].iter().any(|mark| line.contains(mark))
        || line.matches(formula).count() % 2 == 1
}

/// Returns whether a line may begin with something that holds what comes after it, beyond a heading.
fn begins_to_hold(line: &str) -> bool {
    const STARTS: [&str; 6] = [":::", "{{", "{/*", "\\[", "<?", "<!"];
    const TAGS: [&str; 4] = ["pre", "script", "style", "textarea"];
    let is_tag = |rest: &str| {
        let name = rest.trim_start_matches('/');
        let is_verbatim = TAGS
            .iter()
            .any(|tag| name.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag)));
        is_verbatim || name.starts_with(|c: char| c.is_ascii_uppercase())
    };
    STARTS.iter().any(|start| line.starts_with(start)) || line.strip_prefix('<').is_some_and(is_tag)
}

/// Returns the mark and the length of the fence that a line begins with.
fn fence(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
    let count = line.bytes().take_while(|byte| *byte == mark).count();
    let is_fence = count >= 3 && !(mark == b'`' && line[count..].contains('`'));
    is_fence.then_some((mark, count))
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found = Text::of(text);
        let lines: Vec<&str> = found.cuts.iter().map(|at| found.lines[*at].trim_end()).collect();
        assert_eq!(lines, expect, "{text}");
    }

    #[test]
    fn texts_are_parted_where_nothing_is_open() {
        check("# A\n\ntext\n# B\nmore\n\n## C\n", &["# A", "text", "## C"]);
        check("```sh\n\n# no\n```\n\n# A\n\n~~~~\n\nno\n```\n\n# no\n", &["# A"]);
        check("<!--\n\n# no\n-->\n\n# A\n", &["# A"]);
        check("# A\n\n<!-- one line -->\n\n#B\n\n# C\n", &["# A", "# C"]);
        check("<details>\n\n# A\n", &["# A"]);
        check("- a\n\n  b\n\n- c\n\n1. d\n\n> e\n\n: f\n\n    g\n\nend\n", &["end"]);
    }

    #[test]
    fn nothing_is_parted_after_what_may_hold_the_rest() {
        for hold in [
            ":::note",
            "{% hint %}",
            "{{< tabs >}}",
            "<Tabs>",
            "<pre>",
            "$$",
            "\\[",
            "%%",
            "a <!--",
            "{/* x",
        ] {
            check(&format!("# A\n\n{hold}\n\n# B\n"), &["# A"]);
        }
    }

    #[test]
    fn what_is_the_same_is_left_out() {
        let text = |word: &str, other: &str| {
            let part = |name: &str| format!("# {name}\n\n{}", "words of it\n\n".repeat(40));
            let [a, b, c] = ["A", "*B*", "C"].map(part);
            format!("{a}{b}{word} [x]\n\n{c}{other}\n\n[x]: y.md\n")
        };
        let found = parts(&text("one", "uno"), &text("two", "due"), Dialect::default());
        let told = found.parts.iter().map(|part| {
            let Part { skipped, under, after, .. } = part;
            (skipped.parts, skipped.headings.join(" "), under.as_str(), after.as_str())
        });
        let near = "words of it\n\n";
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (81, "A B".to_owned(), "B", &*format!("[x]: y.md\n\n{near}two [x]\n\n# C\n\n")),
                (39, String::new(), "C", &*format!("[x]: y.md\n\n{near}due\n\n[x]: y.md\n")),
            ]
        );
        assert_eq!(found.rest, Skipped::default());
    }

    #[test]
    fn address_that_changed_is_looked_for_in_the_whole_text() {
        let text = |address: &str| {
            format!("# A\n\n{} [x]\n\n# B\n\ntext\n\n[x]: {address}\n", "words\n\n".repeat(100))
        };
        let found = parts(&text("a.md"), &text("b.md"), Dialect::default());
        assert_eq!((found.parts.len(), &*found.parts[0].after), (1, &*text("b.md")));
    }
}
