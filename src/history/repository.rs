//! Finding and opening the repository of a source, and saying why that failed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository};

use super::commit::CommitId;
use super::compare::{self, Difference};
use super::fact::ObjectId;
use super::objects::Objects;
use crate::base::SourcePath;

/// An open repository that has at least one commit.
pub(super) struct Opened {
    pub(super) repository: Repository,
    /// The commit of `HEAD`.
    pub(super) head: Oid,
    /// The source's path in the repository, with `/` at its end; empty for the repository's root.
    pub(super) prefix: String,
}

/// Opens the repository that `source` lies in; `None` if there is none, or no commit in it.
pub(super) fn open(source: &Path) -> Result<Option<Opened>, git2::Error> {
    let Ok(source) = source.canonicalize() else {
        return Ok(None);
    };
    let folder = match Repository::discover_path(&source, std::iter::empty::<&Path>()) {
        Err(error) if error.code() == ErrorCode::NotFound => {
            return if has_lost_its_repository(&source) {
                Err(git2::Error::from_str("`.git` names a repository that is not there"))
            } else {
                Ok(None)
            };
        }
        found => found?,
    };
    // Checking each object's hash costs more than reading it, and `git fsck` is the tool for that.
    git2::opts::strict_hash_verification(false);
    // Nothing is asked for twice but what `Objects` keeps.
    git2::opts::enable_caching(false);
    let repository = Repository::open(folder)?;
    let Some(root) = repository.workdir() else {
        return Err(git2::Error::from_str("the repository is bare: it has no files"));
    };
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let prefix = prefix(&root, &source);
    let head = match repository.head() {
        Ok(head) => head.peel_to_commit()?.id(),
        Err(error) if matches!(error.code(), ErrorCode::UnbornBranch) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Opened { repository, head, prefix }))
}

/// Returns whether a file says where the repository of a folder lies, though it does not: a worktree or a submodule that was
/// copied alone.
fn has_lost_its_repository(source: &Path) -> bool {
    source.ancestors().any(|folder| folder.join(".git").is_file())
}

/// Everything that the history follows from, beside what commits did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) repository: PathBuf,
    pub(super) prefix: String,
    pub(super) head: Oid,
    pub(super) mailmap: String,
    pub(super) ignored: BTreeSet<CommitId>,
    pub(super) exceptions: Exceptions,
}

/// What a repository says of its commits that they do not say themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Exceptions {
    /// The commits at which a shallow clone ends.
    pub(super) boundary: BTreeSet<Oid>,
    /// The parents that commits are to have, from `info/grafts`.
    pub(super) grafts: BTreeMap<Oid, Vec<Oid>>,
    /// The commits that stand for others, from `git replace`.
    pub(super) replacements: BTreeMap<Oid, Oid>,
}

impl Exceptions {
    /// Returns whether a commit and what it did are not to be taken as they are.
    pub(super) fn concern(&self, id: CommitId, parents: &[CommitId]) -> bool {
        self.boundary.contains(&id.oid()) || self.alter(id, parents)
    }

    /// Returns whether a commit has other parents or another content than its own, or a parent that has.
    pub(super) fn alter(&self, id: CommitId, parents: &[CommitId]) -> bool {
        let is_replaced = |id: &CommitId| self.replacements.contains_key(&id.oid());
        self.grafts.contains_key(&id.oid()) || is_replaced(&id) || parents.iter().any(is_replaced)
    }

    /// Returns the commit whose content counts for this one. (A replacement may be replaced in its turn, but not for ever.)
    pub(super) fn content_of(&self, id: Oid) -> Oid {
        let next = |id: &Oid| self.replacements.get(id).copied();
        std::iter::successors(Some(id), next).take(6).last().unwrap_or(id)
    }
}

fn prefix(root: &Path, source: &Path) -> String {
    let Ok(inside) = source.strip_prefix(root) else {
        return String::new();
    };
    inside.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}

impl Opened {
    /// Returns the Markdown files of a tree with their texts, as paths in the repository.
    pub(super) fn markdown_files(
        &self,
        tree: ObjectId,
    ) -> Result<BTreeMap<SourcePath, ObjectId>, git2::Error> {
        let mut objects = Objects::new(&self.repository)?;
        let all = compare::compare(&mut objects, Oid::from_bytes(&tree)?, &[])?;
        Ok(all.into_iter().filter_map(Difference::into_file).collect())
    }

    /// Returns what must be the same for the history to be the same.
    pub(super) fn question(&self) -> Question {
        Question {
            repository: self.git_folder(),
            prefix: self.prefix.clone(),
            head: self.head,
            mailmap: self.beside_pages(".mailmap"),
            ignored: ignored(&self.beside_pages(".git-blame-ignore-revs")),
            exceptions: self.exceptions(),
        }
    }

    /// Returns the text of a file at the root of the worktree; empty if there is none.
    fn beside_pages(&self, name: &str) -> String {
        let path = self.repository.workdir().map(|root| root.join(name));
        let bytes = path.and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        super::encoding::decode(&bytes)
    }

    fn exceptions(&self) -> Exceptions {
        Exceptions {
            boundary: self.oids_in("shallow").filter_map(|line| line.first().copied()).collect(),
            grafts: self
                .oids_in("info/grafts")
                .filter_map(|line| line.split_first().map(|(id, parents)| (*id, parents.to_vec())))
                .collect(),
            replacements: self.replacements().unwrap_or_default(),
        }
    }

    /// Returns the ids on each line of a file that git keeps for all worktrees.
    fn oids_in(&self, name: &str) -> impl Iterator<Item = Vec<Oid>> {
        let text = std::fs::read_to_string(self.repository.commondir().join(name));
        let ids =
            |line: &str| line.split_whitespace().filter_map(|id| Oid::from_str(id).ok()).collect();
        text.unwrap_or_default().lines().map(ids).collect::<Vec<Vec<Oid>>>().into_iter()
    }

    fn replacements(&self) -> Result<BTreeMap<Oid, Oid>, git2::Error> {
        let mut found = BTreeMap::new();
        for reference in self.repository.references_glob("refs/replace/*")? {
            let reference = reference?;
            let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
            let replaced = Oid::from_str(name.rsplit('/').next().unwrap_or_default());
            found.extend(replaced.ok().zip(reference.target()));
        }
        Ok(found)
    }

    /// Returns where another thread opens the same repository.
    pub(super) fn git_folder(&self) -> PathBuf {
        self.repository.path().to_owned()
    }
}

/// Returns the commits that the text of a `.git-blame-ignore-revs` names.
fn ignored(text: &str) -> BTreeSet<CommitId> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.filter_map(CommitId::parse).collect()
}

/// Returns what went wrong and what to do about it.
pub(super) fn explain(error: &git2::Error, source: &Path) -> (String, String) {
    let message = error.message().trim().to_owned();
    let help = if error.code() == ErrorCode::Owner {
        let owned = quoted(&message).unwrap_or_else(|| source.display().to_string());
        let owned = owned.trim_end_matches('/').trim_end_matches("/.git").to_owned();
        format!(
            "the repository belongs to another user; run `git config --global --add safe.directory {owned}`"
        )
    } else if message.contains("extension") || message.contains("object format") {
        "repositories with SHA-256 ids or `reftable` references are not supported; use a clone with \
         SHA-1 ids, and `git refs migrate --ref-format=files`"
            .to_owned()
    } else if message.contains("not there") {
        "this is a worktree or a submodule without its repository; build where that is, or from a clone"
            .to_owned()
    } else if message.contains("bare") {
        "clone it with `git clone` and build from the clone".to_owned()
    } else if error.code() == ErrorCode::NotFound {
        "objects are missing; make a full clone, without `--filter=tree:0`, or look with `git fsck`"
            .to_owned()
    } else {
        "look at the repository with `git fsck`".to_owned()
    };
    (message, help)
}

fn quoted(message: &str) -> Option<String> {
    let (_, rest) = message.split_once('\'')?;
    rest.rsplit_once('\'').map(|(inside, _)| inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use git2::ErrorClass;

    #[test]
    fn foreign_owner_gets_the_line_to_run() {
        let message = "repository path '/srv/docs/.git/' is not owned by current user";
        let error = git2::Error::new(ErrorCode::Owner, ErrorClass::Config, message);
        let (said, help) = explain(&error, Path::new("/srv/docs/pages"));
        assert_eq!(said, message);
        assert!(help.ends_with("`git config --global --add safe.directory /srv/docs`"), "{help}");
    }

    #[test]
    fn prefix_is_the_way_from_the_root() {
        assert_eq!(prefix(Path::new("/a"), Path::new("/a/b/c")), "b/c/");
        assert_eq!(prefix(Path::new("/a"), Path::new("/a")), "");
    }
}
