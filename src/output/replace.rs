//! Replacing the files of an output folder one by one, where it cannot be replaced as a whole.
//!
//! All that is new is written inside the folder first, so that a full disk stops the build before anything
//! changes; then a manifest of both sites, so that a build after a kill knows every file of ours; then each
//! file changes in one step; deletions and the manifest come last.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::path::path_key;
use crate::base::{Error, Result};

use super::leftover;
use super::manifest::{self, Manifest};
use super::plan::{Job, Site, folders_of};
use super::scan;
use super::staging;

/// Puts a site in place; returns how many bytes were written.
pub(super) fn replace(site: &Site<'_>) -> Result<u64> {
    make_folder(site, &site.folder.path)?;
    let staging = site.folder.path.join(format!("{}{}", scan::INSIDE_PREFIX, std::process::id()));
    make_folder(site, &staging)?;
    let done = stage(site, &staging).and_then(|staged| {
        place(site, &staged)?;
        Ok(staged.bytes)
    });
    let _ = leftover::clear(site.disk, &staging);
    done
}

/// New files under passing names.
struct Staged<'s> {
    files: Vec<(&'s Job<'s>, PathBuf)>,
    /// The manifest of both sites.
    between: PathBuf,
    /// The manifest of the new site.
    after: PathBuf,
    bytes: u64,
}

fn stage<'s>(site: &'s Site<'_>, staging: &Path) -> Result<Staged<'s>> {
    let changed = site.plan.jobs.par_iter().filter(|job| job.unchanged.is_none());
    let changed: Vec<&Job<'_>> = changed.collect();
    let written = changed.into_par_iter().enumerate().map(|(number, job)| {
        let path = staging.join(number.to_string());
        let (fingerprint, bytes) = staging::write(site.disk, job.content, &path)?;
        Ok((job, path, fingerprint, bytes))
    });
    let written: Vec<_> = written.collect::<Result<_>>()?;

    let kept =
        site.plan.jobs.iter().filter_map(|job| job.unchanged.clone().map(|fp| (job.path, fp)));
    let new = written.iter().map(|(job, _, fingerprint, _)| (job.path, fingerprint.clone()));
    let mut after = Manifest::new(site.edition);
    after.files = kept.chain(new).map(|(path, fp)| (path.to_owned(), fp)).collect();
    let mut between = Manifest::new(site.edition);
    between.files = site.former.map_or_else(BTreeMap::new, |former| former.files.clone());
    between.files.extend(written.iter().map(|(job, ..)| (job.path.to_owned(), String::new())));

    let staged = Staged {
        bytes: written.iter().map(|(.., bytes)| bytes).sum(),
        files: written.into_iter().map(|(job, path, ..)| (job, path)).collect(),
        between: staging.join("between"),
        after: staging.join("after"),
    };
    staging::write_manifest(site.disk, &between, &staged.between)?;
    staging::write_manifest(site.disk, &after, &staged.after)?;
    site.disk.settle(staging).map_err(|error| Error::io("sync", staging, error))?;
    Ok(staged)
}

fn place(site: &Site<'_>, staged: &Staged<'_>) -> Result<()> {
    let root = &site.folder.path;
    let manifest = root.join(manifest::NAME);
    rename(site, &staged.between, &manifest)?;
    let (in_the_way, others) = sort_stale(site);
    remove(site, &in_the_way)?;
    for folder in site.plan.folders() {
        make_folder(site, &root.join(folder))?;
    }
    for (job, path) in &staged.files {
        rename(site, path, &root.join(job.path))?;
    }
    remove(site, &others)?;
    rename(site, &staged.after, &manifest)?;
    site.disk.settle(root).map_err(|error| Error::io("sync", root, error))
}

/// Sorts the files that go into those that must go first, as something new needs their name (on disks that ignore
/// the case of letters too), and all others.
fn sort_stale<'s>(site: &'s Site<'_>) -> (Vec<&'s str>, Vec<&'s str>) {
    let key = |path: &Path| path_key(&path.to_string_lossy());
    let files: BTreeSet<String> = site.plan.jobs.iter().map(|job| path_key(job.path)).collect();
    let folders: BTreeSet<String> = site.plan.folders().into_iter().map(key).collect();
    site.plan.stale.iter().map(String::as_str).partition(|path| {
        let own = path_key(path);
        files.contains(&own)
            || folders.contains(&own)
            || folders_of(Path::new(path)).any(|folder| files.contains(&key(folder)))
    })
}

/// Removes files of ours, and the folders that only they were in.
fn remove(site: &Site<'_>, paths: &[&str]) -> Result<()> {
    let root = &site.folder.path;
    for path in paths {
        let path = root.join(path);
        site.disk.remove_file(&path).map_err(|error| Error::io("remove", &path, error))?;
    }
    let kept: BTreeSet<&Path> = site.plan.folders();
    let kept = |folder: &Path| kept.contains(folder) || site.plan.foreign_folders.contains(folder);
    let folders: BTreeSet<&Path> = paths.iter().flat_map(|p| folders_of(Path::new(*p))).collect();
    for folder in folders.into_iter().rev().filter(|folder| !kept(folder)) {
        // A folder that is not empty stays: somebody has put something there meanwhile.
        let _ = site.disk.remove_folder(&root.join(folder));
    }
    Ok(())
}

fn rename(site: &Site<'_>, from: &Path, to: &Path) -> Result<()> {
    site.disk.rename(from, to).map_err(|error| Error::io("write", to, error))
}

fn make_folder(site: &Site<'_>, path: &Path) -> Result<()> {
    match site.disk.create_folder(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(|error| Error::io("create", path, error)),
    }
}
