//! Small repositories for the tests of this room.

use std::path::PathBuf;

use git2::{IndexEntry, IndexTime, Oid, Repository, RepositoryInitOptions, Signature, Time};

use super::{CommitId, CommitMemo, History, Revision};

/// A repository in a temporary folder whose commits are an hour apart.
pub(super) struct Fixture {
    pub(super) folder: tempfile::TempDir,
    pub(super) repository: Repository,
    pub(super) author: Signature<'static>,
    /// When the next commit happens.
    pub(super) clock: i64,
}

impl Fixture {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = RepositoryInitOptions::new();
        options.initial_head("main").external_template(false);
        let repository = Repository::init_opts(folder.path(), &options).unwrap();
        let author = Signature::new("Anna", "anna@n.example", &Time::new(0, 0)).unwrap();
        Self { folder, repository, author, clock: 1_700_000_000 }
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Commits exactly these files on top of `HEAD`.
    pub(super) fn commit(&mut self, message: &str, files: &[(&str, &str)]) -> CommitId {
        let head = self.repository.head().ok().and_then(|head| head.target());
        let parents: Vec<CommitId> = head.into_iter().map(id).collect();
        self.commit_on(&parents, message, files)
    }

    /// Commits exactly these files on top of these commits; `HEAD` is then the new commit.
    pub(super) fn commit_on(
        &mut self,
        parents: &[CommitId],
        message: &str,
        files: &[(&str, &str)],
    ) -> CommitId {
        let entries: Vec<_> = files
            .iter()
            .map(|(path, text)| (0o100_644, path.as_bytes(), text.as_bytes()))
            .collect();
        self.commit_entries(parents, message.as_bytes(), &entries)
    }

    /// Commits files of these modes, paths and contents.
    pub(super) fn commit_entries(
        &mut self,
        parents: &[CommitId],
        message: &[u8],
        entries: &[(u32, &[u8], &[u8])],
    ) -> CommitId {
        let tree = self.tree(entries);
        let author = &self.author;
        let line = |role: &str| {
            let offset = author.when().offset_minutes();
            let sign = if offset < 0 { '-' } else { '+' };
            let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
            let clock = self.clock;
            [role.as_bytes(), b" ", author.name_bytes(), b" <", author.email_bytes(), b"> "]
                .concat()
                .into_iter()
                .chain(format!("{clock} {sign}{hours:02}{minutes:02}\n").into_bytes())
                .collect::<Vec<u8>>()
        };
        let mut text = format!("tree {tree}\n").into_bytes();
        for parent in parents {
            text.extend(format!("parent {parent}\n").into_bytes());
        }
        text.extend([line("author"), line("committer"), b"\n".to_vec(), message.to_vec()].concat());
        let odb = self.repository.odb().unwrap();
        let made = odb.write(git2::ObjectType::Commit, &text).unwrap();
        self.repository.reference("refs/heads/main", made, true, "").unwrap();
        self.clock += 3600;
        id(made)
    }

    fn tree(&self, entries: &[(u32, &[u8], &[u8])]) -> Oid {
        let mut index = git2::Index::new().unwrap();
        for (mode, path, text) in entries {
            let time = IndexTime::new(0, 0);
            let entry = IndexEntry {
                ctime: time,
                mtime: time,
                dev: 0,
                ino: 0,
                mode: *mode,
                uid: 0,
                gid: 0,
                file_size: 0,
                id: self.repository.blob(text).unwrap(),
                flags: 0,
                flags_extended: 0,
                path: path.to_vec(),
            };
            index.add(&entry).unwrap();
        }
        index.write_tree_to(&self.repository).unwrap()
    }

    /// Reads the history of the whole repository, which must be complete.
    pub(super) fn read(&self) -> History {
        let outcome = super::read(&self.root(), None, |_| false, &mut CommitMemo::new(), None);
        assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        outcome.value
    }

    /// Returns a file's revisions, newest first, as `subject: what path`.
    pub(super) fn story(&self, path: &str) -> Vec<String> {
        let history = self.read();
        told(&history, &history.lineages[&crate::base::SourcePath::new(path)])
    }
}

/// Returns revisions as `subject: what path`.
pub(super) fn told(history: &History, revisions: &[Revision]) -> Vec<String> {
    let tell = |revision: &Revision| {
        let commit = &history.commits[revision.commit];
        let change = &commit.changes[revision.change];
        format!("{}: {} {}", commit.subject, change.kind.as_str(), change.path)
    };
    revisions.iter().map(tell).collect()
}

fn id(id: Oid) -> CommitId {
    CommitId(id.as_bytes().try_into().unwrap())
}
