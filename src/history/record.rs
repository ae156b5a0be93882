//! Writing a repository: commits out, instead of in.
//!
//! Nothing of the user's git takes part: no configured name, hook, template or filter. The same drafts give the same ids.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use git2::build::CheckoutBuilder;
use git2::{
    Index, IndexEntry, IndexTime, Oid, Repository, RepositoryInitOptions, Signature, StatusOptions,
    Time,
};

use super::commit::{CommitId, Identity};
use super::tracked::in_index;
use crate::base::date::Moment;
use crate::base::{Error, Result, SourcePath};

type Answer<T> = std::result::Result<T, git2::Error>;

const BRANCH: &str = "refs/heads/main";

/// A commit that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitDraft {
    /// Who wrote it.
    pub author: Identity,
    /// Who commits it.
    pub committer: Identity,
    /// When, for both.
    pub at: Moment,
    /// The whole message, trailers included.
    pub message: String,
    /// What the commit does to files: their new content, or `None` to take them away. All others stay.
    pub files: BTreeMap<SourcePath, Option<Arc<[u8]>>>,
}

/// Writes commits, oldest first, as branch `main` of a new repository in `dir`, and checks the last one out. Returns
/// the id of the last one.
///
/// # Errors
/// If `dir` is a repository already, if something cannot be written, or if there is no draft.
pub fn record(dir: &Path, commits: &[CommitDraft]) -> Result<CommitId> {
    if commits.is_empty() {
        return Err(Error::refused("there is no commit to write", "draft one at least"));
    }
    write(dir, commits).map_err(|error| cannot("write", dir, &error))
}

fn write(dir: &Path, commits: &[CommitDraft]) -> Answer<CommitId> {
    let mut options = RepositoryInitOptions::new();
    options.no_reinit(true).initial_head("main").external_template(false);
    let repository = Repository::init_opts(dir, &options)?;
    let mut index = Index::new()?;
    let mut head: Option<Oid> = None;
    for draft in commits {
        stage(&repository, &mut index, draft)?;
        let tree = repository.find_tree(index.write_tree_to(&repository)?)?;
        let parent = head.map(|id| repository.find_commit(id)).transpose()?;
        let author = signature(&draft.author, draft.at)?;
        let committer = signature(&draft.committer, draft.at)?;
        let parents: Vec<_> = parent.iter().collect();
        head =
            Some(repository.commit(None, &author, &committer, &draft.message, &tree, &parents)?);
    }
    let head = head.expect("there is one draft at least");
    repository.reference(BRANCH, head, true, "")?;
    let tree = repository.find_commit(head)?.tree()?;
    let mut checkout = CheckoutBuilder::new();
    repository.checkout_tree(tree.as_object(), Some(checkout.force().disable_filters(true)))?;
    Ok(CommitId(head.as_bytes().try_into().expect("SHA-1 ids have twenty bytes")))
}

fn stage(repository: &Repository, index: &mut Index, draft: &CommitDraft) -> Answer<()> {
    for (path, _) in draft.files.iter().filter(|(_, content)| content.is_none()) {
        index.remove(Path::new(path.as_str()), 0)?;
    }
    for (path, content) in &draft.files {
        if let Some(content) = content {
            index.add(&entry(path, repository.blob(content)?))?;
        }
    }
    Ok(())
}

fn entry(path: &SourcePath, id: Oid) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_str().as_bytes().to_vec(),
    }
}

fn signature(identity: &Identity, at: Moment) -> Answer<Signature<'static>> {
    Signature::new(&identity.name, &identity.email, &Time::new(at.seconds, at.offset))
}

/// Returns whether the repository in `dir` is as [`record`] left it: on that commit, no file of it changed. Files that
/// it does not know do not count.
///
/// # Errors
/// If there is no repository that can be read.
pub fn is_as_recorded(dir: &Path, head: CommitId) -> Result<bool> {
    let check = || -> Answer<bool> {
        let repository = Repository::open(dir)?;
        let now = repository.head()?.peel_to_commit()?.id();
        let mut options = StatusOptions::new();
        options.include_untracked(false).include_ignored(false);
        let is_clean = repository.statuses(Some(&mut options))?.is_empty();
        Ok(now.as_bytes() == head.0 && is_clean)
    };
    check().map_err(|error| cannot("read", dir, &error))
}

/// Takes away a repository that [`record`] wrote: its files, the folders that are empty then, and `.git`.
///
/// # Errors
/// If something cannot be read or deleted.
pub fn erase(dir: &Path) -> Result<()> {
    let recorded = Repository::open(dir).and_then(|repository| in_index(&repository));
    for path in recorded.map_err(|error| cannot("read", dir, &error))? {
        let file = dir.join(&path);
        fs::remove_file(&file).map_err(|error| Error::io("delete", &file, error))?;
        for folder in Path::new(&path).ancestors().skip(1).filter(|f| !f.as_os_str().is_empty()) {
            // Fails for a folder that still holds something, and so does its parent's then.
            if fs::remove_dir(dir.join(folder)).is_err() {
                break;
            }
        }
    }
    let git = dir.join(".git");
    fs::remove_dir_all(&git).map_err(|error| Error::io("delete", &git, error))
}

fn cannot(action: &'static str, dir: &Path, error: &git2::Error) -> Error {
    Error::io(action, dir, io::Error::other(error.message().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{CommitMemo, State, read};

    fn draft(day: i64, message: &str, files: &[(&str, Option<&str>)]) -> CommitDraft {
        let identity = |name: &str| Identity { name: name.into(), email: format!("{name}@n") };
        let content = |text: &str| Arc::from(text.as_bytes());
        let files = files.iter().map(|(path, text)| (SourcePath::new(path), text.map(content)));
        CommitDraft {
            author: identity("Anna"),
            committer: identity("Bram"),
            at: Moment { seconds: 1_750_000_000 + day * 86_400, offset: 120 },
            message: message.to_owned(),
            files: files.collect(),
        }
    }

    fn drafts() -> [CommitDraft; 3] {
        [
            draft(0, "one", &[("x/A.md", Some("a\r\n")), ("b.md", Some("b\n"))]),
            draft(1, "two", &[("x/A.md", None), ("x/a.md", Some("a\r\n"))]),
            draft(2, "three\n\nReviewed-by: Chen <c@n>\n", &[("b.md", None)]),
        ]
    }

    #[test]
    fn what_is_recorded_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let head = record(folder.path(), &drafts()).unwrap();
        let history = read(folder.path(), None, |_| false, &mut CommitMemo::new(), None).value;
        assert_eq!((history.state, history.commits[0].id), (State::Complete, head));
        assert_eq!(history.commits[0].reviewers[0].name, "Chen");
        assert_eq!(history.commits[2].authored.rfc3339(), "2025-06-15T17:06:40+02:00");
        assert_eq!(history.lineages[&SourcePath::new("x/a.md")].len(), 2);
        assert_eq!(fs::read(folder.path().join("x/a.md")).unwrap(), b"a\r\n");
        assert!(!folder.path().join("b.md").exists());
        assert!(is_as_recorded(folder.path(), head).unwrap());
    }

    #[test]
    fn same_drafts_give_the_same_id() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let id = |folder: &Path| record(folder, &drafts()).unwrap();
        assert_eq!(id(one.path()), id(two.path()));
        assert_eq!(id(&one.path().join("deep/er")).to_string().len(), 40);
        assert!(record(one.path(), &drafts()).is_err());
    }

    #[test]
    fn changed_file_is_noticed_and_a_stray_one_survives() {
        let folder = tempfile::tempdir().unwrap();
        let head = record(folder.path(), &drafts()).unwrap();
        fs::write(folder.path().join("x/a.md"), "changed\n").unwrap();
        assert!(!is_as_recorded(folder.path(), head).unwrap());
        fs::write(folder.path().join("stray.txt"), "mine\n").unwrap();
        erase(folder.path()).unwrap();
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["stray.txt"]);
    }
}
