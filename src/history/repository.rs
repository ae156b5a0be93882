//! Finding and opening the repository of a source, and saying why that failed.

use std::path::{Path, PathBuf};

use git2::{ErrorCode, Oid, Repository};

use super::compare::{self, Difference};
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
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
        found => found?,
    };
    // Checking each object's hash costs more than reading it, and `git fsck` is the tool for that.
    git2::opts::strict_hash_verification(false);
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

/// Everything that the history follows from, beside what commits did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) repository: PathBuf,
    pub(super) prefix: String,
    pub(super) head: Oid,
    pub(super) mailmap: String,
    pub(super) boundary: Vec<Oid>,
}

fn prefix(root: &Path, source: &Path) -> String {
    let Ok(inside) = source.strip_prefix(root) else {
        return String::new();
    };
    inside.iter().map(|part| format!("{}/", part.to_string_lossy())).collect()
}

impl Opened {
    /// Returns the Markdown files of `HEAD`'s tree, as paths in the repository, sorted.
    pub(super) fn markdown_files(&self) -> Result<Vec<SourcePath>, git2::Error> {
        let tree = self.repository.find_commit(self.head)?.tree_id();
        let mut objects = Objects::new(&self.repository)?;
        let all = compare::compare(&mut objects, tree, &[])?;
        let mut paths: Vec<SourcePath> = all.into_iter().map(Difference::into_path).collect();
        paths.sort();
        Ok(paths)
    }

    /// Returns what must be the same for the history to be the same.
    pub(super) fn question(&self) -> Question {
        Question {
            repository: self.git_folder(),
            prefix: self.prefix.clone(),
            head: self.head,
            mailmap: self.mailmap(),
            boundary: self.boundary(),
        }
    }

    /// Returns the text of `.mailmap`; empty if there is none.
    fn mailmap(&self) -> String {
        let path = self.repository.workdir().map(|root| root.join(".mailmap"));
        let bytes = path.and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        super::message::decode(&bytes)
    }

    /// Returns the commits at which a shallow clone ends.
    pub(super) fn boundary(&self) -> Vec<Oid> {
        let text = std::fs::read_to_string(self.repository.commondir().join("shallow"));
        let text = text.unwrap_or_default();
        text.lines().filter_map(|line| Oid::from_str(line.trim()).ok()).collect()
    }

    /// Returns where another thread opens the same repository.
    pub(super) fn git_folder(&self) -> PathBuf {
        self.repository.path().to_owned()
    }
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
