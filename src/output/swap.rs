//! Replacing an output folder as a whole: the new site is made beside it, then the two change places.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::{Error, Result};

use super::leftover::{self, FORMER_SUFFIX};
use super::lock;
use super::manifest::{self, Manifest};
use super::plan::{Job, Site};
use super::staging;
use super::tree::Content;

/// Why a site was not put in place.
#[derive(Debug)]
pub(super) enum Halt {
    /// The folder cannot be replaced as a whole; nothing has changed.
    NotAsAWhole,
    /// It failed; the former site is as it was.
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Puts a site in place; returns how many bytes were written.
pub(super) fn swap(site: &Site<'_>) -> std::result::Result<u64, Halt> {
    if is_mount_point(&site.folder.path) {
        return Err(Halt::NotAsAWhole);
    }
    let staging = site.folder.beside(&std::process::id().to_string());
    match site.disk.create_folder(&staging) {
        Err(error) if lock::is_read_only(&error) => return Err(Halt::NotAsAWhole),
        created => created.map_err(|error| Error::io("create", &staging, error))?,
    }
    let done = stage(site, &staging).map_err(Halt::from).and_then(|bytes| {
        exchange(site, &staging)?;
        Ok(bytes)
    });
    if done.is_err() {
        // The reason why it failed matters more than what is left: the next build sweeps it.
        let _ = leftover::clear(site.disk, &staging);
    }
    done
}

/// Makes the whole new site in the staging folder, with the files of others in it.
fn stage(site: &Site<'_>, staging: &Path) -> Result<u64> {
    let folders = site.plan.folders();
    let folders: BTreeSet<&Path> =
        folders.into_iter().chain(site.plan.foreign_folders.iter().map(PathBuf::as_path)).collect();
    for folder in folders {
        let path = staging.join(folder);
        match site.disk.create_folder(&path) {
            // On a disk that ignores the case of letters, `A` and `a` are one folder.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => created.map_err(|error| Error::io("create", &path, error))?,
        }
    }
    let jobs = &site.plan.jobs;
    let written = jobs.par_iter().map(|job| stage_file(site, staging, job));
    let written: Vec<(String, u64)> = written.collect::<Result<_>>()?;
    for path in &site.plan.foreign {
        carry_over(site, &site.folder.path.join(path), &staging.join(path))?;
    }
    let mut manifest = Manifest::new(site.edition);
    let bytes = written.iter().map(|(_, bytes)| bytes).sum();
    let fingerprints = written.into_iter().map(|(fingerprint, _)| fingerprint);
    manifest.files = jobs.iter().map(|job| job.path.to_owned()).zip(fingerprints).collect();
    staging::write_manifest(site.disk, &manifest, &staging.join(manifest::NAME))?;
    keep_permissions(site, staging);
    site.disk.settle(staging).map_err(|error| Error::io("sync", staging, error))?;
    Ok(bytes)
}

/// Stages one file: a second name of the former one if that has not changed. Returns the fingerprint, and the bytes
/// that were written.
fn stage_file(site: &Site<'_>, staging: &Path, job: &Job<'_>) -> Result<(String, u64)> {
    let path = staging.join(job.path);
    if let Some(fingerprint) = &job.unchanged {
        match site.disk.link(&site.folder.path.join(job.path), &path) {
            Ok(()) => return Ok((fingerprint.clone(), 0)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(staging::not_created(&path, error));
            }
            // Not every disk has second names.
            Err(_) => {}
        }
    }
    staging::write(site.disk, job.content, &path)
}

/// Gives a file that is not ours its place in the new site.
fn carry_over(site: &Site<'_>, from: &Path, to: &Path) -> Result<()> {
    match site.disk.link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(staging::not_created(to, error))
        }
        Err(error) if from.is_symlink() || !from.is_file() => {
            Err(Error::io("carry over", from, error))
        }
        Err(_) => {
            staging::write(site.disk, &Content::File(from.to_owned()), to)?;
            let permissions = std::fs::metadata(from).map(|metadata| metadata.permissions());
            let kept =
                permissions.and_then(|permissions| std::fs::set_permissions(to, permissions));
            kept.map_err(|error| Error::io("carry over", from, error))
        }
    }
}

/// Gives the folders that somebody may have set permissions on what they had, as far as the system lets us.
fn keep_permissions(site: &Site<'_>, staging: &Path) {
    let theirs = site.plan.foreign_folders.iter().map(PathBuf::as_path);
    for folder in theirs.chain([Path::new("")]) {
        if let Ok(metadata) = std::fs::metadata(site.folder.path.join(folder)) {
            let _ = std::fs::set_permissions(staging.join(folder), metadata.permissions());
        }
    }
}

/// Puts the staged site in the place of the output folder, and removes what was there.
fn exchange(site: &Site<'_>, staging: &Path) -> std::result::Result<(), Halt> {
    let output = &site.folder.path;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Halt::NotAsAWhole,
        _ if lock::is_read_only(&error) => Halt::NotAsAWhole,
        _ => Halt::Failed(Error::io("replace", output, error)),
    };
    let former = if site.former.is_some() {
        match site.disk.exchange(staging, output) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {
                Some(rename_twice(site, staging).map_err(failed)?)
            }
            exchanged => {
                exchanged.map_err(failed)?;
                Some(staging.to_owned())
            }
        }
    } else {
        if output.exists() {
            site.disk.remove_folder(output).map_err(failed)?;
        }
        site.disk.rename(staging, output).map_err(failed)?;
        None
    };
    // The new site is in place. What fails from here on does not make it less so; the next build tidies up.
    let _ = site.disk.settle_names(site.folder.parent());
    if let Some(former) = former {
        let _ = leftover::retire(site.disk, &former, output);
    }
    Ok(())
}

/// Replaces the output where folders cannot be exchanged in one step; returns where the former site is now. If
/// the process is killed between the two renames, [`leftover::sweep`] puts the former site back.
fn rename_twice(site: &Site<'_>, staging: &Path) -> io::Result<PathBuf> {
    let output = &site.folder.path;
    let former = site.folder.beside(&format!("{}{FORMER_SUFFIX}", std::process::id()));
    site.disk.rename(output, &former)?;
    if let Err(error) = site.disk.rename(staging, output) {
        site.disk.rename(&former, output)?;
        return Err(error);
    }
    Ok(former)
}

#[cfg(unix)]
fn is_mount_point(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|metadata| metadata.dev()).ok();
    let parent = folder.parent().and_then(device);
    device(folder).is_some_and(|device| Some(device) != parent)
}

/// Elsewhere the exchange finds out.
#[cfg(not(unix))]
fn is_mount_point(_: &Path) -> bool {
    false
}
