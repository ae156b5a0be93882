//! The facts of commits on disk, from one run of the program to the next.
//!
//! Never needed, so nothing here can fail: a file that is missing, damaged or of another version is as good as none,
//! and a folder that cannot be written is left alone.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::fact::Fact;
use crate::base::Fingerprint;

/// Goes up whenever [`Fact`], or what is counted in it, changes.
const VERSION: &[u8; 16] = b"polder commits 1";
const FILE: &str = "commits";

/// Returns what the folder holds.
pub(super) fn load(folder: &Path) -> Vec<Fact> {
    fs::read(folder.join(FILE))
        .ok()
        .and_then(|bytes| decode(&bytes))
        .unwrap_or_default()
}

/// Stores all facts that can be relied on; at once, so that other builds see the old file or the new.
pub(super) fn save(folder: &Path, facts: &[Arc<Fact>]) {
    let lasting = facts
        .iter()
        .filter(|fact| !fact.is_boundary && fact.missing == 0);
    let Some(bytes) = encode(&lasting.map(Arc::as_ref).collect::<Vec<_>>()) else {
        return;
    };
    if fs::create_dir_all(folder).is_err() {
        return;
    }
    hide(folder);
    let temporary = folder.join(format!("{FILE}.{}.tmp", std::process::id()));
    if fs::write(&temporary, bytes).is_err() || fs::rename(&temporary, folder.join(FILE)).is_err() {
        // What is left of a failed write would be found by nobody.
        let _ = fs::remove_file(&temporary);
    }
}

/// Keeps the folder out of `git status`.
fn hide(folder: &Path) {
    let own = folder
        .parent()
        .filter(|parent| parent.file_name().is_some_and(|n| n == ".polder"));
    let ignore = own.unwrap_or(folder).join(".gitignore");
    if !ignore.exists() {
        let _ = fs::write(ignore, "*\n");
    }
}

fn encode(facts: &[&Fact]) -> Option<Vec<u8>> {
    let payload = postcard::to_stdvec(facts).ok()?;
    let checksum = postcard::to_stdvec(&Fingerprint::of(&payload)).ok()?;
    Some([VERSION.as_slice(), &checksum, &payload].concat())
}

fn decode(bytes: &[u8]) -> Option<Vec<Fact>> {
    let rest = bytes.strip_prefix(VERSION)?;
    let (checksum, payload) = postcard::take_from_bytes::<Fingerprint>(rest).ok()?;
    if Fingerprint::of(payload) != checksum {
        return None;
    }
    postcard::from_bytes(payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_of_another_version_is_ignored() {
        let mut bytes = encode(&[]).unwrap();
        assert!(decode(&bytes).is_some());
        bytes[VERSION.len() - 1] = b'0';
        assert!(decode(&bytes).is_none());
    }

    #[test]
    fn folder_that_cannot_be_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "mine").unwrap();
        save(&file, &[]);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert!(load(&file).is_empty());
    }
}
