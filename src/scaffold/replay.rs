//! From what a repository is, and what each commit did, to the commits: by undoing them from the newest to the oldest.
//!
//! Pure. Every fault is a finding that names the commit's file and line, and the next one is looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::story::{self, Edit, Step, Story, Written};
use crate::base::{Diagnostic, Diagnostics, Outcome, SourcePath};
use crate::history::CommitDraft;

type Files = BTreeMap<String, Arc<[u8]>>;

/// Returns the commits that lead to the story's files, oldest first. With findings, they do not.
pub fn replay(story: &Story) -> Outcome<Vec<CommitDraft>> {
    let mut diagnostics = Diagnostics::new();
    let steps = story::steps(story, &mut diagnostics);
    check_order(&steps, &mut diagnostics);
    let named = named_before(&steps);
    let mut undoing = Undoing {
        files: story.site.clone(),
        deleted: story.deleted.clone(),
        sink: &mut diagnostics,
    };
    let mut drafts: Vec<CommitDraft> =
        steps.iter().zip(&named).rev().map(|(step, named)| undoing.draft(step, named)).collect();
    drafts.reverse();
    undoing.report_rest();
    Outcome { value: drafts, diagnostics }
}

fn check_order(steps: &[Step<'_>], sink: &mut Diagnostics) {
    for pair in steps.windows(2) {
        if pair[1].at.seconds <= pair[0].at.seconds {
            let message = format!(
                "this commit is not later than the one before it, of {}",
                pair[0].at.rfc3339()
            );
            sink.push(pair[1].chapter.error(&start(&pair[1]), message));
        }
    }
}

fn start(step: &Step<'_>) -> std::ops::Range<usize> {
    step.span.start..step.span.start
}

/// Returns for each commit the files that earlier ones added by name, as they are called after it: what `**` leaves alone.
fn named_before(steps: &[Step<'_>]) -> Vec<BTreeSet<String>> {
    let mut named = BTreeSet::new();
    let after = |step: &Step<'_>| {
        for (old, new) in &step.moved {
            if named.remove(&old.text) {
                named.insert(new.text.clone());
            }
        }
        let before = named.clone();
        named.extend(step.added.iter().map(|path| path.text.clone()));
        before
    };
    steps.iter().map(after).collect()
}

struct Undoing<'s> {
    /// The files as of the commit that is undone.
    files: Files,
    /// The deleted files that no commit has put back.
    deleted: Files,
    sink: &'s mut Diagnostics,
}

impl Undoing<'_> {
    fn draft(&mut self, step: &Step<'_>, named: &BTreeSet<String>) -> CommitDraft {
        let after = self.files.clone();
        // Against the order in which they are written, though edits of one commit do not overlap.
        for edit in step.edits.iter().rev() {
            self.undo_edit(step, edit);
        }
        self.undo_additions(step, named);
        self.undo_moves(step);
        self.undo_deletions(step);
        CommitDraft {
            author: step.author.clone(),
            committer: step.author.clone(),
            at: step.at,
            message: step.message.clone(),
            files: difference(&self.files, after),
        }
    }

    fn report(&mut self, step: &Step<'_>, at: &Written, message: String) {
        self.sink.push(step.chapter.error(&at.span, message));
    }

    fn undo_edit(&mut self, step: &Step<'_>, edit: &Edit) {
        let path = &edit.file.text;
        let Some(bytes) = self.files.get(path) else {
            return self.report(
                step,
                &edit.file,
                format!("`{path}` is not there as of this commit"),
            );
        };
        let Ok(text) = std::str::from_utf8(bytes) else {
            return self.report(step, &edit.file, format!("`{path}` is not text"));
        };
        if edit.old.text.is_empty() || edit.new.text.is_empty() {
            return;
        }
        match occurrences(text, &edit.new.text) {
            1 => {
                let before = text.replacen(&edit.new.text, &edit.old.text, 1);
                self.files.insert(path.clone(), before.into_bytes().into());
            }
            0 => self.report(
                step,
                &edit.new,
                format!("`new` does not occur in `{path}` as of this commit"),
            ),
            count => {
                let message = format!("`new` occurs {count} times in `{path}` as of this commit");
                self.report(step, &edit.new, message);
            }
        }
    }

    fn undo_additions(&mut self, step: &Step<'_>, named: &BTreeSet<String>) {
        let (globs, paths): (Vec<_>, Vec<_>) =
            step.added.iter().partition(|path| path.text.ends_with("**"));
        for path in paths {
            if self.files.remove(&path.text).is_none() {
                self.report(step, path, format!("`{}` is not there as of this commit", path.text));
            }
        }
        for glob in globs {
            let folder = glob.text.trim_end_matches("**");
            let count = self.files.len();
            self.files.retain(|path, _| !path.starts_with(folder) || named.contains(path));
            if self.files.len() == count {
                self.report(step, glob, format!("nothing is below `{folder}` as of this commit"));
            }
        }
    }

    fn undo_moves(&mut self, step: &Step<'_>) {
        let mut back = Vec::new();
        for (old, new) in &step.moved {
            match self.files.remove(&new.text) {
                Some(content) => back.push((old, content)),
                None => {
                    self.report(
                        step,
                        new,
                        format!("`{}` is not there as of this commit", new.text),
                    );
                }
            }
        }
        for (old, content) in back {
            if self.files.insert(old.text.clone(), content).is_some() {
                self.report(step, old, format!("`{}` was taken before this commit", old.text));
            }
        }
    }

    fn undo_deletions(&mut self, step: &Step<'_>) {
        for path in &step.deleted {
            if self.files.contains_key(&path.text) {
                self.report(
                    step,
                    path,
                    format!("`{}` is still there after this commit", path.text),
                );
            } else if let Some(content) = self.deleted.remove(&path.text) {
                self.files.insert(path.text.clone(), content);
            } else {
                let message = format!("the text of `{}` is not among the deleted files", path.text);
                self.report(step, path, message);
            }
        }
    }

    fn report_rest(&mut self) {
        let finding = |message: String| Diagnostic::new("history-replay", message);
        for path in self.files.keys() {
            self.sink.push(finding(format!("no commit adds `{path}`")));
        }
        for path in self.deleted.keys() {
            self.sink.push(finding(format!("no commit deletes `{path}`")));
        }
    }
}

/// Counts occurrences, overlapping ones too: replacing either would give another text.
fn occurrences(text: &str, piece: &str) -> usize {
    let first = piece.chars().next().map_or(1, char::len_utf8);
    let (mut count, mut from) = (0, 0);
    while let Some(at) = text[from..].find(piece) {
        count += 1;
        from += at + first;
    }
    count
}

fn difference(before: &Files, after: Files) -> BTreeMap<SourcePath, Option<Arc<[u8]>>> {
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let mut files: BTreeMap<_, _> = gone.map(|path| (SourcePath::new(path), None)).collect();
    let new = after.into_iter().filter(|(path, content)| before.get(path) != Some(content));
    files.extend(new.map(|(path, content)| (SourcePath::new(&path), Some(content))));
    files
}

#[cfg(test)]
mod tests {
    use super::super::story::TextFile;
    use super::*;

    fn story(history: &str, site: &[(&str, &str)]) -> Story {
        let file =
            |path: &str, text: &str| TextFile { path: path.to_owned(), text: text.to_owned() };
        let bytes = |(path, text): &(&str, &str)| ((*path).to_owned(), Arc::from(text.as_bytes()));
        Story {
            site: site.iter().map(bytes).collect(),
            deleted: [bytes(&("gone.md", "last words\n"))].into(),
            people: file(
                "people.yml",
                "anna: {name: Anna, email: a@n}\nbram: {name: Bram, email: b@n}\n",
            ),
            chapters: vec![file("2025.yml", history)],
        }
    }

    const HISTORY: &str = "\
- on: 2025-05-01T09:00:00+02:00
  by: anna
  message: one
  add: [pump.md, '**']
- on: 2025-05-02T09:00:00+02:00
  by: bram
  with: [anna]
  reviewed: [bram]
  message: |
    two

    Why.
  move: {pump.md: pumps/p-200.md}
  delete: [gone.md]
  edit:
    - {in: pumps/p-200.md, old: \"valve A\", new: \"valve B\"}
- on: 2025-05-03T09:00:00+02:00
  by: anna
  message: three
  add: [new.md]
  edit:
    - in: pumps/p-200.md
      old: Open
      new: |-
        First look.
        Open
";
    const SITE: [(&str, &str); 3] = [
        ("pumps/p-200.md", "First look.\nOpen valve B.\n"),
        ("new.md", "new\n"),
        ("old.md", "old\n"),
    ];

    fn findings(history: &str, site: &[(&str, &str)]) -> Vec<String> {
        let mut diagnostics = replay(&story(history, site)).diagnostics;
        diagnostics.sort();
        let line = |d: &Diagnostic| d.place.as_ref().map_or(0, |place| place.line);
        diagnostics.iter().map(|d| format!("{}: {}", line(d), d.message)).collect()
    }

    #[test]
    fn every_earlier_text_is_found() {
        let outcome = replay(&story(HISTORY, &SITE));
        assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        let tell = |draft: &CommitDraft| -> Vec<String> {
            let text = |content: &Option<Arc<[u8]>>| {
                content.as_ref().map_or("-".into(), |c| String::from_utf8_lossy(c).into_owned())
            };
            draft.files.iter().map(|(path, content)| format!("{path} {}", text(content))).collect()
        };
        let [one, two, three] = &outcome.value[..] else { panic!() };
        assert_eq!(tell(one), ["gone.md last words\n", "old.md old\n", "pump.md Open valve A.\n"]);
        assert_eq!(tell(two), ["gone.md -", "pump.md -", "pumps/p-200.md Open valve B.\n"]);
        assert_eq!(tell(three), ["new.md new\n", "pumps/p-200.md First look.\nOpen valve B.\n"]);
        let trailers = "Co-authored-by: Anna <a@n>\nReviewed-by: Bram <b@n>\n";
        assert_eq!(two.message, format!("two\n\nWhy.\n\n{trailers}"));
        assert_eq!((two.author.name.as_str(), two.at.offset), ("Bram", 120));
    }

    #[test]
    fn edit_that_cannot_be_undone_names_its_line() {
        let twice = [("pumps/p-200.md", "First look.\nOpen valve B, valve B.\n"), SITE[1], SITE[2]];
        assert_eq!(
            findings(HISTORY, &twice),
            ["16: `new` occurs 2 times in `pumps/p-200.md` as of this commit"]
        );
        let never = [("pumps/p-200.md", "First look.\nOpen it.\n"), SITE[1], SITE[2]];
        assert_eq!(
            findings(HISTORY, &never),
            ["16: `new` does not occur in `pumps/p-200.md` as of this commit"]
        );
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let history = HISTORY
            .replace("by: bram", "by: brem")
            .replace("2025-05-03T09", "2025-05-02T09")
            .replace("add: [new.md]", "add: [now.md]\n  wrong: 1")
            .replace("'**'", "docs/**");
        let expect = [
            "0: no commit adds `new.md`",
            "0: no commit adds `old.md`",
            "4: nothing is below `docs/` as of this commit",
            "6: nobody is called `brem` in the list of people",
            "17: this commit is not later than the one before it, of 2025-05-02T09:00:00+02:00",
            "20: `now.md` is not there as of this commit",
            "21: `wrong` is no key here",
        ];
        let found = findings(&history, &SITE);
        let found: Vec<_> =
            found.iter().map(String::as_str).filter(|f| !f.contains("gone.md")).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn two_stars_leave_alone_what_others_add_under_any_name() {
        let history = "\
- {on: 2025-05-01T09:00:00Z, by: anna, message: one, add: [a.md, gone.md]}
- {on: 2025-05-02T09:00:00Z, by: anna, message: two, move: {a.md: x/a.md}, delete: [gone.md]}
- {on: 2025-05-03T09:00:00Z, by: anna, message: three, add: [x/**]}
- {on: 2025-05-04T09:00:00Z, by: anna, message: four, add: [x/c.md]}
";
        let site = [("x/a.md", "a"), ("x/b.md", "b"), ("x/c.md", "c")];
        assert_eq!(findings(history, &site), Vec::<String>::new());
    }

    #[test]
    fn overlapping_occurrences_count() {
        assert_eq!(occurrences("éééa", "éé"), 2);
        assert_eq!(occurrences("a.b.a", "a"), 2);
        assert_eq!(occurrences("a", "b"), 0);
    }
}
