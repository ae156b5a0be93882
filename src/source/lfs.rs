//! Git LFS leaves a pointer where a file is to be, until somebody fetches it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::base::{Diagnostic, Place, SourcePath};

const HEAD: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";

/// Pointers are shorter than this.
const LONGEST: u64 = 1024;

/// Returns whether these are the bytes of a pointer.
pub(super) fn is_lfs_pointer(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD) && bytes.len() < LONGEST as usize
}

/// Returns whether a file is a pointer.
pub(super) fn is_lfs_file(file: &Path) -> bool {
    let length = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
    let mut head = Vec::new();
    (HEAD.len() as u64..LONGEST).contains(&length)
        && File::open(file).is_ok_and(|file| file.take(LONGEST).read_to_end(&mut head).is_ok())
        && is_lfs_pointer(&head)
}

/// Returns the finding about a page that is a pointer.
pub(super) fn lfs_pointer(path: &SourcePath) -> Diagnostic {
    let message = "this page is kept in Git LFS, and only its pointer is here";
    let help = "run `git lfs pull`; in CI ask the checkout for LFS files (`lfs: true`)";
    Diagnostic::new("lfs-pointer", message).at(Place::of_file(path.as_str())).help(help)
}
