//! What a commit will do, decided before anything changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::{Error, Result};

use super::disk::Disk;
use super::manifest::{self, Manifest};
use super::scan::{self, Found};
use super::target::Folder;
use super::tree::{Content, OutputTree};

/// A new site on its way to its folder.
pub(super) struct Site<'a> {
    /// How the disk is changed.
    pub(super) disk: &'a dyn Disk,
    /// Where the site goes.
    pub(super) folder: &'a Folder,
    /// What is to be done.
    pub(super) plan: &'a Plan<'a>,
    /// What the folder holds; `None` if it is empty or missing.
    pub(super) former: Option<&'a Manifest>,
    /// The edition of the site.
    pub(super) edition: Option<&'a str>,
}

/// One file of the new site.
#[derive(Debug)]
pub(super) struct Job<'t> {
    /// Its path.
    pub(super) path: &'t str,
    /// Its content.
    pub(super) content: &'t Content,
    /// The fingerprint of the file that is there already and can stay.
    pub(super) unchanged: Option<String>,
}

/// The new site against what the folder holds.
#[derive(Debug)]
pub(super) struct Plan<'t> {
    /// Each file of the new site, sorted by path.
    pub(super) jobs: Vec<Job<'t>>,
    /// Files of the former site that the new one does not have.
    pub(super) stale: Vec<String>,
    /// Files that Polder did not write.
    pub(super) foreign: Vec<PathBuf>,
    /// Folders that Polder did not make; with the parents of the foreign files.
    pub(super) foreign_folders: BTreeSet<PathBuf>,
}

/// Decides what happens to each file.
///
/// # Errors
/// If the site cannot be written as it is, or only over somebody else's file.
pub(super) fn plan<'t>(
    tree: &'t OutputTree,
    former: Option<&Manifest>,
    found: &Found,
) -> Result<Plan<'t>> {
    check_paths(tree)?;
    let none = BTreeMap::new();
    let ours = former.map_or(&none, |manifest| &manifest.files);
    let is_ours = |path: &Path| path_text(path).is_some_and(|path| ours.contains_key(&path));
    let foreign: Vec<PathBuf> = found.files.keys().filter(|path| !is_ours(path)).cloned().collect();
    let foreign_folders = foreign_folders(found, ours, &foreign);
    check_conflicts(tree, &foreign, &foreign_folders)?;
    let on_disk = |path: &str| found.files.get(Path::new(path));
    let stale = ours.keys().filter(|path| tree.get(path).is_none() && on_disk(path).is_some());
    let files: Vec<_> = tree.iter().collect();
    let jobs = files.into_par_iter().map(|(path, content)| {
        let former = ours.get(path).zip(on_disk(path).copied().flatten());
        Ok(Job { path, content, unchanged: unchanged(content, former)? })
    });
    Ok(Plan {
        jobs: jobs.collect::<Result<_>>()?,
        stale: stale.cloned().collect(),
        foreign,
        foreign_folders,
    })
}

impl Plan<'_> {
    /// Returns whether the folder holds the new site already, and a manifest of just that.
    pub(super) fn is_done(&self, former: &Manifest) -> bool {
        former.files.len() == self.jobs.len() && self.jobs.iter().all(|job| job.unchanged.is_some())
    }

    /// Returns the folders of the new site's own files, parents before children.
    pub(super) fn folders(&self) -> BTreeSet<&Path> {
        self.jobs.iter().flat_map(|job| folders_of(Path::new(job.path))).collect()
    }
}

/// Returns the folders that a relative path is in, nearest first.
pub(super) fn folders_of(path: &Path) -> impl Iterator<Item = &Path> {
    path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty())
}

/// Returns the former fingerprint if the content has it and the file on disk still has the content's length.
fn unchanged(content: &Content, former: Option<(&String, u64)>) -> Result<Option<String>> {
    match former {
        Some((fingerprint, length))
            if content.length()? == length
                && content.fingerprint()?.to_string() == *fingerprint =>
        {
            Ok(Some(fingerprint.clone()))
        }
        _ => Ok(None),
    }
}

fn check_paths(tree: &OutputTree) -> Result<()> {
    for (path, _) in tree.iter() {
        if !manifest::is_safe(path) || scan::is_book_keeping(path.as_ref()) {
            let message = format!("`{}` cannot be the path of an output file", path.escape_debug());
            return Err(Error::refused(message, "rename the page or file that it comes from"));
        }
        let folder = folders_of(Path::new(path))
            .find_map(|folder| folder.to_str().filter(|folder| tree.get(folder).is_some()));
        if let Some(folder) = folder {
            let message = format!("`{folder}` would be a file, and a folder for `{path}`");
            return Err(Error::refused(message, "rename one of the two"));
        }
    }
    Ok(())
}

fn foreign_folders(
    found: &Found,
    ours: &BTreeMap<String, String>,
    foreign: &[PathBuf],
) -> BTreeSet<PathBuf> {
    let made: BTreeSet<&Path> = ours.keys().flat_map(|path| folders_of(Path::new(path))).collect();
    let empty = found.folders.iter().filter(|folder| !made.contains(folder.as_path())).cloned();
    let parents = foreign.iter().flat_map(|path| folders_of(path)).map(Path::to_owned);
    empty.chain(parents).collect()
}

fn check_conflicts(
    tree: &OutputTree,
    foreign: &[PathBuf],
    foreign_folders: &BTreeSet<PathBuf>,
) -> Result<()> {
    let files: BTreeSet<&Path> = foreign.iter().map(PathBuf::as_path).collect();
    for (path, _) in tree.iter() {
        let path = Path::new(path);
        let in_the_way = std::iter::once(path).chain(folders_of(path)).find(|p| files.contains(p));
        let in_the_way = in_the_way.or(foreign_folders.get(path).map(PathBuf::as_path));
        if let Some(theirs) = in_the_way {
            let (theirs, path) = (theirs.display(), path.display());
            return Err(Error::refused(
                format!(
                    "`{theirs}` in the output folder, not written by polder, is in the way of `{path}`"
                ),
                "move it elsewhere, or rename the page or file that takes its place",
            ));
        }
    }
    Ok(())
}

/// Returns a path of this system as the manifest writes it.
pub(super) fn path_text(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> OutputTree {
        let mut tree = OutputTree::new();
        for path in paths {
            tree.insert_bytes((*path).to_owned(), path.as_bytes());
        }
        tree
    }

    fn refusal(paths: &[&str], theirs: &[&str]) -> String {
        let mut found = Found::default();
        for path in theirs {
            found.files.insert(path.into(), Some(1));
            found.folders.extend(folders_of(Path::new(path)).map(Path::to_owned));
        }
        plan(&tree(paths), None, &found).map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[test]
    fn unsafe_paths_are_refused() {
        for path in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a\0b", ".polder-lock"] {
            assert!(refusal(&[path], &[]).contains("cannot be the path"), "{path:?}");
        }
    }

    #[test]
    fn file_cannot_be_a_folder_too() {
        assert!(refusal(&["a", "a/index.html"], &[]).contains("`a` would be a file"));
        assert_eq!(refusal(&["a.html", "a/index.html"], &[]), "");
    }

    #[test]
    fn foreign_file_in_the_way_is_refused() {
        assert!(refusal(&["CNAME"], &["CNAME"]).contains("`CNAME` in the output folder"));
        assert!(refusal(&["a/b/c"], &["a"]).contains("in the way of `a/b/c`"));
        assert!(refusal(&["a"], &["a/b"]).contains("in the way of `a`"));
        assert_eq!(refusal(&["a/b"], &["a/c", "d"]), "");
    }
}
