//! The baseline knows findings by the path of their page, so its lines move along.

use std::collections::BTreeMap;
use std::path::Path;

use crate::base::SourcePath;
use crate::lint::Baseline;
use crate::pipeline::Reading;

use super::moved::Move;
use super::text::{Edit, FileChange, FileText};

/// Returns how the file of the baseline of a source changes when something moves; `None` if it knows nothing of it.
pub(super) fn follow(
    before: &Reading,
    after: &Reading,
    moved: &Move,
) -> Option<(SourcePath, FileChange)> {
    let (source, file) = (&before.project.source, before.project.baseline());
    let old = std::fs::read(&file).ok()?;
    let read = FileText::read(&old)?;
    let new_text = rewritten(&read.text, moved, &reworded(before, after, moved))?;
    let change = FileChange {
        edits: vec![Edit { range: 0..read.text.len(), text: new_text.clone() }],
        new: read.encode(&new_text),
        old_text: read.text,
        new_text,
        old,
    };
    Some((seen_from(source, &file)?, change))
}

/// Returns the path of a file in a folder around the source, or in it, as it is seen from the source.
fn seen_from(source: &Path, file: &Path) -> Option<SourcePath> {
    let up = source.ancestors().position(|folder| file.parent() == Some(folder))?;
    let name = file.file_name()?.to_string_lossy();
    Some(SourcePath::new(&format!("{}{name}", "../".repeat(up))))
}

/// Returns the new line of each finding that is told in other words afterwards: a broken link that was written anew is
/// another one to the baseline. Findings of one code on one page that are as many as before are the same ones.
fn reworded(before: &Reading, after: &Reading, moved: &Move) -> BTreeMap<String, String> {
    let old = by_page(before, |path| moved.new_path(path));
    let mut new = by_page(after, str::to_owned);
    let mut lines = BTreeMap::new();
    for (key, old) in old {
        let new = new.remove(&key).unwrap_or_default();
        if old.len() == new.len() {
            lines.extend(old.into_iter().zip(new).filter(|(old, new)| old != new));
        }
    }
    lines
}

/// Returns the lines of findings, in order, by page and code.
fn by_page(
    reading: &Reading,
    path: impl Fn(&str) -> String,
) -> BTreeMap<(String, &'static str), Vec<String>> {
    let mut lines: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for found in reading.diagnostics.iter() {
        if let Some(place) = &found.place {
            lines.entry((path(&place.path), found.code)).or_default().push(Baseline::line(found));
        }
    }
    lines
}

/// Comments stay at the top; the lines below are sorted, as `polder check` writes them.
fn rewritten(text: &str, moved: &Move, reworded: &BTreeMap<String, String>) -> Option<String> {
    let (head, lines): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.is_empty() || line.starts_with('#'));
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| {
            if let Some(new) = reworded.get(line.trim_end()) {
                return new.clone();
            }
            let mut fields = line.split('\t').map(str::to_owned).collect::<Vec<_>>();
            if let Some(path) = fields.get_mut(1) {
                *path = moved.new_path(path);
            }
            // What a finding is about may be the file itself; a bare word is a name.
            if let Some(about) = fields.get_mut(2).filter(|about| about.contains(['/', '.'])) {
                *about = moved.new_path(about);
            }
            fields.join("\t")
        })
        .collect();
    lines.sort();
    let all: Vec<&str> = head.into_iter().chain(lines.iter().map(String::as_str)).collect();
    let new_text = all.join("\n") + "\n";
    (new_text.trim_end() != text.trim_end()).then_some(new_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_what_moves_are_written_anew_and_sorted() {
        let moved = Move { from: "z".to_owned(), to: "a".to_owned() };
        let text =
            "# Known.\nempty-page\tb.md\tb.md\nempty-page\tz/x.md\tz/x.md\nwanted-page\tzz.md\tz\n";
        let new =
            "# Known.\nempty-page\ta/x.md\ta/x.md\nempty-page\tb.md\tb.md\nwanted-page\tzz.md\tz\n";
        let as_told = BTreeMap::new();
        assert_eq!(rewritten(text, &moved, &as_told).as_deref(), Some(new));
        assert_eq!(rewritten("# Known.\nempty-page\tb.md\n", &moved, &as_told), None);
    }

    #[test]
    fn file_is_seen_from_the_source() {
        let seen = |file| seen_from(Path::new("/w/docs"), Path::new(file));
        assert_eq!(seen("/w/.polder-baseline").unwrap().as_str(), "../.polder-baseline");
        assert_eq!(seen("/w/docs/.polder-baseline").unwrap().as_str(), ".polder-baseline");
    }
}
