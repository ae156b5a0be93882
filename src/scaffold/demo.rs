//! The example site, which is part of the program, as a repository on disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::replay::replay;
use super::story::{Story, TextFile};
use crate::base::{Error, Result};
use crate::history::{self, CommitId};

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/example-site");

/// Says in a repository's `.git` folder which commit [`demo`] wrote.
const MARK: &str = ".git/polder-demo";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The newest commit.
    pub head: CommitId,
    /// How many commits there are.
    pub commits: usize,
    /// How many files are checked out.
    pub files: usize,
}

/// Writes the example site with its history into `dir`, which must be empty, new, or an earlier example that nobody
/// changed (files beside it, such as a built site, are left alone).
///
/// # Errors
/// If `dir` holds something else, or cannot be written.
pub fn demo(dir: &Path) -> Result<Demo> {
    let story = example();
    let outcome = replay(&story);
    if !outcome.diagnostics.is_empty() {
        let message = "the example site contradicts its history".to_owned();
        return Err(Error::Unusable { message, diagnostics: outcome.diagnostics });
    }
    make_room(dir)?;
    let head = history::record(dir, &outcome.value)?;
    let mark = dir.join(MARK);
    fs::write(&mark, format!("{head}\n")).map_err(|error| Error::io("write", &mark, error))?;
    Ok(Demo { head, commits: outcome.value.len(), files: story.site.len() })
}

fn make_room(dir: &Path) -> Result<()> {
    let mut entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("read", dir, error)),
    };
    if entries.next().is_none() {
        return Ok(());
    }
    let help = "name a new folder, or delete this one";
    let mark = fs::read_to_string(dir.join(MARK)).ok();
    let Some(head) = mark.and_then(|mark| CommitId::parse(mark.trim())) else {
        return Err(Error::refused(format!("`{}` is not empty", dir.display()), help));
    };
    if !history::is_as_recorded(dir, head)? {
        let message = format!("somebody changed the example site in `{}`", dir.display());
        return Err(Error::refused(message, help));
    }
    history::erase(dir)
}

fn example() -> Story {
    let mut story = Story::default();
    collect(&EXAMPLE, &mut story);
    story.chapters.sort_by(|a, b| a.path.cmp(&b.path));
    story
}

fn collect(folder: &Dir<'_>, story: &mut Story) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let content = || Arc::from(file.contents());
        if let Some(path) = path.strip_prefix("site/") {
            story.site.insert(path.to_owned(), content());
        } else if let Some(path) = path.strip_prefix("history/deleted/") {
            story.deleted.insert(path.to_owned(), content());
        } else if path.starts_with("history/") {
            let text = String::from_utf8_lossy(file.contents()).into_owned();
            let is_people = path == "history/people.yml";
            let file = TextFile { path, text };
            if is_people {
                story.people = file;
            } else {
                story.chapters.push(file);
            }
        }
    }
    folder.dirs().for_each(|folder| collect(folder, story));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{CommitMemo, State};

    #[test]
    fn example_agrees_with_its_history() {
        let outcome = replay(&example());
        let found: Vec<_> = outcome.diagnostics.iter().collect();
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn example_is_written_with_the_same_head_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        let written = demo(&one).unwrap();
        assert_eq!(demo(&two).unwrap(), written);
        let history = history::read(&one, None, |_| false, &mut CommitMemo::new(), None).value;
        assert_eq!((history.state, history.commits.len()), (State::Complete, written.commits));
        assert_eq!(history.commits[0].id, written.head);
        assert!(history.lineages.values().all(|revisions| !revisions.is_empty()));
        assert_eq!(fs::read(one.join("polder.yml")).unwrap(), *example().site["polder.yml"]);
    }

    #[test]
    fn only_an_untouched_example_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let written = demo(folder.path()).unwrap();
        fs::create_dir(folder.path().join("public")).unwrap();
        assert_eq!(demo(folder.path()).unwrap(), written);
        assert!(folder.path().join("public").exists());
        let page = folder.path().join("index.md");
        fs::write(&page, "mine\n").unwrap();
        assert!(matches!(demo(folder.path()), Err(Error::Refused { .. })));
        assert_eq!(fs::read_to_string(page).unwrap(), "mine\n");
    }

    #[test]
    fn folder_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine\n").unwrap();
        assert!(matches!(demo(folder.path()), Err(Error::Refused { .. })));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
