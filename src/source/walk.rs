//! Which files a source has.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use crate::base::{Diagnostic, Diagnostics, Error, Place, Result, SourcePath};
use crate::config::Project;
use crate::history;

/// What a walk found, sorted.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Markdown files, with where to read them.
    pub(super) pages: Vec<(SourcePath, PathBuf)>,
    /// Other files.
    pub(super) files: Vec<SourcePath>,
    /// Pages that are symbolic links to files elsewhere in the repository, with the path that the file has there.
    pub(super) outside: BTreeMap<SourcePath, SourcePath>,
    /// Symbolic links to files of the source.
    pub(super) symlinks: BTreeMap<SourcePath, SourcePath>,
    pub(super) excluded: Excluded,
}

/// Lists the source: `.gitignore`, but for what git tracks nevertheless, and `exclude` are heeded, hidden folders hold files but no
/// pages, and what Polder writes itself is no source.
pub(super) fn walk(project: &Project, out: &Path, diagnostics: &mut Diagnostics) -> Result<Found> {
    let source = &project.source;
    let not_content = not_content(project, out);
    let excluded = excluded(project)?;
    let is_content = |path: &Path| !not_content.iter().any(|folder| path.starts_with(folder));
    let walk = WalkBuilder::new(source)
        .hidden(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .overrides(excluded.clone())
        .filter_entry({
            let not_content = not_content.clone();
            move |entry| {
                !not_content.iter().any(|folder| entry.path() == folder) && !is_private(entry)
            }
        })
        .sort_by_file_path(Path::cmp)
        .build();
    let mut seen = HashSet::new();
    let mut found = Found { excluded: Excluded(excluded), ..Found::default() };
    for entry in walk {
        match entry {
            Ok(entry) => {
                if let Some(file_type) = entry.file_type().filter(|it| !it.is_dir()) {
                    seen.insert(entry.path().to_owned());
                    take(entry.path(), file_type, source, &mut found, diagnostics);
                }
            }
            Err(error) if error.depth() == Some(0) => {
                let message = format!("cannot read the folder `{}`: {error}", source.display());
                return Err(Error::refused(message, "check the folder's permissions"));
            }
            Err(error) => {
                diagnostics.push(Diagnostic::new("unreadable-file", error.to_string()));
            }
        }
    }
    for path in overlooked(source, &seen, &found.excluded).iter().filter(|path| is_content(path)) {
        if let Ok(metadata) = fs::symlink_metadata(path) {
            take(path, metadata.file_type(), source, &mut found, diagnostics);
        }
    }
    found.pages.sort();
    found.files.sort();
    Ok(found)
}

/// Returns the files that git tracks although `.gitignore` names them: once a file is tracked, that means nothing to git.
fn overlooked(source: &Path, seen: &HashSet<PathBuf>, excluded: &Excluded) -> Vec<PathBuf> {
    let may_be =
        |path: &String| !excluded.leaves_out(path) && !path.split('/').any(is_private_name);
    let tracked = history::tracked(source).into_iter().filter(may_be);
    tracked.map(|path| source.join(path)).filter(|path| !seen.contains(path)).collect()
}

/// Folders of the project that are not content, wherever they are.
fn not_content(project: &Project, out: &Path) -> Vec<PathBuf> {
    let out = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    let themes = [project.own_theme(), project.named_theme()].into_iter().flatten();
    std::iter::once(out).chain(themes).collect()
}

fn is_private(entry: &DirEntry) -> bool {
    is_private_name(&entry.file_name().to_string_lossy())
}

fn is_private_name(name: &str) -> bool {
    let is_staging = name.starts_with('.') && name.contains(".polder-");
    matches!(name, ".git" | ".polder" | "node_modules") || is_staging
}

/// Which paths can be no page of the site, whether there is such a file or was one once.
#[derive(Debug, Clone)]
pub struct Excluded(Override);

impl Default for Excluded {
    fn default() -> Self {
        Self(Override::empty())
    }
}

impl Excluded {
    /// Returns whether `exclude` leaves out what may be at a path, a file or a folder, or a folder around it.
    pub fn leaves_out(&self, path: &str) -> bool {
        let is_left_out = |path: &str| self.0.matched(path, true).is_ignore();
        is_left_out(path) || path.match_indices('/').any(|(at, _)| is_left_out(&path[..at]))
    }

    /// Returns whether no page of the site can have had this path.
    pub fn excludes(&self, path: &SourcePath) -> bool {
        let is_outside = |path: &str, is_folder| self.0.matched(path, is_folder).is_ignore();
        is_hidden(path)
            || path.as_str().split('/').any(is_private_name)
            || is_outside(path.as_str(), false)
            || path
                .as_str()
                .match_indices('/')
                .any(|(at, _)| is_outside(&path.as_str()[..at], true))
    }
}

fn excluded(project: &Project) -> Result<Override> {
    let mut excluded = OverrideBuilder::new(&project.source);
    for pattern in &project.config.exclude {
        // An override without `!` would be the only thing that is let in.
        excluded.add(&format!("!{pattern}")).map_err(|error| {
            Error::refused(
                format!("cannot use `{pattern}` of `exclude`: {error}"),
                "mend it in polder.yml",
            )
        })?;
    }
    excluded.build().map_err(|error| {
        Error::refused(format!("cannot use `exclude`: {error}"), "mend it in polder.yml")
    })
}

fn take(
    file: &Path,
    file_type: FileType,
    source: &Path,
    found: &mut Found,
    diagnostics: &mut Diagnostics,
) {
    let below = file.strip_prefix(source).expect("the walk stays below the source");
    let Some(name) = below.to_str() else {
        let shown = below.to_string_lossy();
        let message = format!("the name of `{shown}` is not UTF-8; the file is left out");
        diagnostics.push(Diagnostic::new("file-name", message).help("rename the file"));
        return;
    };
    let path = SourcePath::new(&name.replace('\\', "/"));
    if file_type.is_symlink() {
        take_symlink(file, path, source, found, diagnostics);
    } else if file_type.is_file() {
        let is_page = path.is_markdown() && !is_hidden(&path);
        if is_page {
            found.pages.push((path, file.to_owned()));
        } else if path.as_str() != "polder.yml" {
            found.files.push(path);
        }
    }
}

fn is_hidden(path: &SourcePath) -> bool {
    path.as_str().split('/').any(|part| part.starts_with('.'))
}

/// A link to a file of the source is another name for it; a link to a file elsewhere in the repository is a page with that
/// file's text; a link out of the repository is refused.
fn take_symlink(
    link: &Path,
    path: SourcePath,
    source: &Path,
    found: &mut Found,
    diagnostics: &mut Diagnostics,
) {
    let Ok(target) = link.canonicalize() else {
        let message = format!("the symbolic link `{path}` leads nowhere");
        diagnostics.push(Diagnostic::new("symlink", message).at(Place::of_file(path.as_str())));
        return;
    };
    if !target.is_file() {
        return;
    }
    if let Ok(below) = target.strip_prefix(source) {
        let target = SourcePath::new(&below.to_string_lossy().replace('\\', "/"));
        found.symlinks.insert(path, target);
    } else if let Some(in_repository) = in_repository(source, &target) {
        if path.is_markdown() {
            found.outside.insert(path.clone(), in_repository);
            found.pages.push((path, target));
        } else {
            found.files.push(path);
        }
    } else {
        let message =
            format!("the symbolic link `{path}` leads out of the repository and is left out");
        let place = Place::of_file(path.as_str());
        diagnostics.push(
            Diagnostic::new("symlink", message).at(place).help("copy the file into the source"),
        );
    }
}

/// Returns the path of a file in the repository of the source; `None` if it is not in it, or is git's own.
fn in_repository(source: &Path, file: &Path) -> Option<SourcePath> {
    let root = source.ancestors().find(|folder| folder.join(".git").exists())?;
    let below = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    (!below.starts_with(".git/")).then(|| SourcePath::new(&below))
}
