//! What is left beside an output folder: the former site after an exchange, and what killed builds could not tidy up.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::{Error, Result};

use super::disk::Disk;
use super::manifest::{self, Manifest};
use super::plan::{folders_of, path_text};
use super::scan;
use super::target::Folder;

/// What is added to the name of a staging folder for the former site, where two renames take the place of an exchange.
pub(super) const FORMER_SUFFIX: &str = "-former";

/// Tidies up after killed builds. The lock is held, so no staging folder belongs to a living one.
///
/// # Errors
/// If a killed build had put the former site aside, and it cannot be put back.
pub(super) fn sweep(disk: &dyn Disk, folder: &Folder) -> Result<()> {
    let leftovers = leftovers(folder);
    if !folder.path.exists() {
        let is_former = |path: &&PathBuf| path.to_string_lossy().ends_with(FORMER_SUFFIX);
        if let Some(former) = leftovers.iter().find(is_former) {
            let put_back = disk.rename(former, &folder.path);
            put_back.map_err(|error| Error::io("restore", &folder.path, error))?;
        }
    }
    for leftover in leftovers.iter().filter(|path| path.exists()) {
        // What cannot be removed now does no harm, and is tried again by the next build.
        let _ = retire(disk, leftover, &folder.path);
    }
    for inside in folders_in(&folder.path, |name| name.starts_with(scan::INSIDE_PREFIX)) {
        let _ = clear(disk, &inside);
    }
    Ok(())
}

/// Removes a former site (or a half-made one) that `output` has replaced. A file that somebody put into the former site
/// since it was read is moved to the output.
pub(super) fn retire(disk: &dyn Disk, former: &Path, output: &Path) -> io::Result<()> {
    // A half-made site has no manifest, or a torn one, and holds only files of ours and second names.
    if let Ok(Some(manifest)) = Manifest::read(former) {
        let found = scan::scan(former).map_err(io::Error::other)?;
        let is_ours =
            |path: &Path| path_text(path).is_some_and(|path| manifest.files.contains_key(&path));
        let is_here = |path: &Path| output.join(path).symlink_metadata().is_ok();
        let mut late = found.files.keys().filter(|path| !is_ours(path) && !is_here(path));
        late.try_for_each(|path| rescue(disk, former, output, path))?;
    }
    clear(disk, former)
}

fn rescue(disk: &dyn Disk, former: &Path, output: &Path, path: &Path) -> io::Result<()> {
    let mut folders: Vec<&Path> = folders_of(path).collect();
    folders.reverse();
    for folder in folders {
        match disk.create_folder(&output.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    disk.rename(&former.join(path), &output.join(path))
}

/// Removes a folder of ours with all that is in it; its manifest last, so that a half-removed site can still be told
/// from a half-made one.
pub(super) fn clear(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let entries = std::fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let (last, first): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.file_name() == manifest::NAME);
    first.par_iter().try_for_each(|entry| match entry.file_type()?.is_dir() {
        true => clear(disk, &entry.path()),
        false => disk.remove_file(&entry.path()),
    })?;
    last.iter().try_for_each(|entry| disk.remove_file(&entry.path()))?;
    disk.remove_folder(folder)
}

/// Returns the staging folders beside an output folder, sorted.
fn leftovers(folder: &Folder) -> Vec<PathBuf> {
    let prefix = folder.hidden_prefix();
    let prefix = prefix.to_string_lossy();
    folders_in(folder.parent(), |name| {
        let rest = name.strip_prefix(&*prefix).unwrap_or_default();
        let pid = rest.strip_suffix(FORMER_SUFFIX).unwrap_or(rest);
        !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns the folders in a folder whose names pass the test, sorted; none if it cannot be read.
fn folders_in(folder: &Path, test: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        test(&entry.file_name().to_string_lossy())
            && entry.file_type().is_ok_and(|file_type| file_type.is_dir())
    });
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}
