//! Writing the files of a site where nobody looks yet.

use std::io;
use std::path::Path;

use crate::base::{Error, Result};

use super::disk::Disk;
use super::manifest::Manifest;
use super::tree::Content;

/// Writes one file where there is none; returns its fingerprint and length.
pub(super) fn write(disk: &dyn Disk, content: &Content, path: &Path) -> Result<(String, u64)> {
    let mut file = disk.create_file(path).map_err(|error| not_created(path, error))?;
    let (fingerprint, length) = content.write_to(&mut file, path)?;
    Ok((fingerprint.to_string(), length))
}

/// Writes a manifest where there is none.
pub(super) fn write_manifest(disk: &dyn Disk, manifest: &Manifest, path: &Path) -> Result<()> {
    write(disk, &Content::Bytes(manifest.to_json().into()), path).map(|_| ())
}

/// Explains why a staged file could not be created. A staging folder is empty at first, so a name that is taken there
/// is taken by another file of the same site.
pub(super) fn not_created(path: &Path, error: io::Error) -> Error {
    if error.kind() != io::ErrorKind::AlreadyExists {
        return Error::io("create", path, error);
    }
    let name = path.file_name().unwrap_or_default().display();
    Error::refused(
        format!(
            "another file beside `{name}` has the same name on this disk, which ignores the case of letters"
        ),
        "rename one of the two",
    )
}
