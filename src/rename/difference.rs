//! A plan as a unified diff, as git writes it.

use std::fmt::Write;

use crate::base::SourcePath;
use crate::diff::{self, Hunk};

use super::plan::Plan;
use super::text::FileChange;

/// Unchanged lines that are shown around a change.
const AROUND: usize = 3;

/// Returns what a plan changes, as a unified diff with paths from the source.
pub fn difference(plan: &Plan) -> String {
    let mut paths: Vec<&SourcePath> = plan.moves.keys().chain(plan.files.keys()).collect();
    paths.sort();
    paths.dedup();
    let mut text = String::new();
    for path in paths {
        let new = plan.moves.get(path);
        text.push_str(&file(path, new.unwrap_or(path), plan.files.get(path)));
    }
    text
}

fn file(old: &SourcePath, new: &SourcePath, change: Option<&FileChange>) -> String {
    let mut text = format!("diff --git a/{old} b/{new}\n");
    if old != new {
        text.push_str(&format!("rename from {old}\nrename to {new}\n"));
    }
    if let Some(change) = change {
        text.push_str(&format!("--- a/{old}\n+++ b/{new}\n"));
        lines(&change.old_text, &change.new_text, &mut text);
    }
    text
}

fn lines(old: &str, new: &str, text: &mut String) {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    for group in groups(&diff::lines(&old, &new)) {
        write_group(group, &old, &new, text);
    }
}

/// Returns the runs of hunks that are so near that the lines around them meet.
fn groups(hunks: &[Hunk]) -> impl Iterator<Item = &[Hunk]> {
    hunks.chunk_by(|a, b| b.before.start - a.before.end <= 2 * AROUND)
}

fn write_group(group: &[Hunk], old: &[&str], new: &[&str], text: &mut String) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let lead = first.before.start.min(AROUND);
    let tail = (old.len() - last.before.end).min(AROUND);
    let before = first.before.start - lead..last.before.end + tail;
    let after = first.after.start - lead..last.after.end + tail;
    let start = |range: &std::ops::Range<usize>| {
        if range.is_empty() { range.start } else { range.start + 1 }
    };
    let _ = writeln!(
        text,
        "@@ -{},{} +{},{} @@",
        start(&before),
        before.len(),
        start(&after),
        after.len()
    );
    let mut at = before.start;
    for hunk in group {
        old[at..hunk.before.start].iter().for_each(|line| write_line(' ', line, text));
        old[hunk.before.clone()].iter().for_each(|line| write_line('-', line, text));
        new[hunk.after.clone()].iter().for_each(|line| write_line('+', line, text));
        at = hunk.before.end;
    }
    old[at..before.end].iter().for_each(|line| write_line(' ', line, text));
}

fn write_line(mark: char, line: &str, text: &mut String) {
    text.push(mark);
    text.push_str(line);
    if !line.ends_with('\n') {
        text.push_str("\n\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_changes_share_a_hunk_and_far_ones_do_not() {
        let old: String = (1..=20).map(|n| format!("{n}\n")).collect();
        let new = old.replace("2\n3\n", "2\nthree\n").replace("18\n", "eighteen\n");
        let mut text = String::new();
        lines(&old, &new, &mut text);
        assert_eq!(
            text,
            "@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n@@ -15,6 +15,6 @@\n 15\n 16\n 17\n-18\n+eighteen\n 19\n 20\n"
        );
    }

    #[test]
    fn last_line_without_an_end_is_told() {
        let mut text = String::new();
        lines("", "a", &mut text);
        assert_eq!(text, "@@ -0,0 +1,1 @@\n+a\n\\ No newline at end of file\n");
    }
}
