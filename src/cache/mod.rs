//! Values that follow from what cannot change, kept on disk from one run of the program to the next.
//!
//! Never needed, so nothing here can fail: a file that is missing, damaged or of another version is as good as none, and
//! a folder that cannot be written is left alone. Files are replaced at once, so that builds side by side see the old
//! value or the new.
//!
//! Invariant: the only room that writes below `.polder/cache`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::Fingerprint;

/// A file of the cache: its name, and a version that goes up whenever what is kept, or what it is made by, changes.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The name of the file.
    pub name: &'static str,
    /// The version.
    pub version: u32,
}

/// Returns what the folder holds for a slot.
pub fn load<T: DeserializeOwned>(folder: &Path, slot: Slot) -> Option<T> {
    let bytes = fs::read(folder.join(slot.name)).ok()?;
    decode(&bytes, slot)
}

/// Keeps a value for a slot.
pub fn save<T: Serialize + ?Sized>(folder: &Path, slot: Slot, value: &T) {
    let Some(bytes) = encode(value, slot) else { return };
    if fs::create_dir_all(folder).is_ok() {
        hide(folder);
        replace(folder, slot.name, &bytes);
    }
}

/// Returns what the folder holds for one key of a slot that keeps a file for each.
pub fn load_one<T: DeserializeOwned>(folder: &Path, slot: Slot, key: Fingerprint) -> Option<T> {
    let bytes = fs::read(folder.join(slot.name).join(key.to_string())).ok()?;
    decode(&bytes, slot)
}

/// Keeps a value for one key of a slot that keeps a file for each.
pub fn save_one<T: Serialize + ?Sized>(folder: &Path, slot: Slot, key: Fingerprint, value: &T) {
    let Some(bytes) = encode(value, slot) else { return };
    let below = folder.join(slot.name);
    if fs::create_dir_all(&below).is_ok() {
        hide(folder);
        replace(&below, &key.to_string(), &bytes);
    }
}

/// Drops what a slot that keeps a file for each key has for other keys than these.
pub fn keep_only(folder: &Path, slot: Slot, keys: &BTreeSet<Fingerprint>) {
    let names: BTreeSet<String> = keys.iter().map(Fingerprint::to_string).collect();
    let entries = fs::read_dir(folder.join(slot.name)).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| !names.contains(&*entry.file_name().to_string_lossy())) {
        let _ = fs::remove_file(entry.path());
    }
}

fn replace(folder: &Path, name: &str, bytes: &[u8]) {
    let temporary = folder.join(format!("{name}.{}.tmp", std::process::id()));
    if fs::write(&temporary, bytes).is_err() || fs::rename(&temporary, folder.join(name)).is_err() {
        // What is left of a failed write would be found by nobody.
        let _ = fs::remove_file(&temporary);
    }
}

/// Keeps the folder out of `git status`.
fn hide(folder: &Path) {
    let own =
        folder.parent().filter(|parent| parent.file_name().is_some_and(|name| name == ".polder"));
    let ignore = own.unwrap_or(folder).join(".gitignore");
    if !ignore.exists() {
        let _ = fs::write(ignore, "*\n");
    }
}

fn header(slot: Slot) -> Vec<u8> {
    format!("polder {} {}\n", slot.name, slot.version).into_bytes()
}

fn encode<T: Serialize + ?Sized>(value: &T, slot: Slot) -> Option<Vec<u8>> {
    let payload = postcard::to_stdvec(value).ok()?;
    let checksum = postcard::to_stdvec(&Fingerprint::of(&payload)).ok()?;
    Some([header(slot), checksum, payload].concat())
}

fn decode<T: DeserializeOwned>(bytes: &[u8], slot: Slot) -> Option<T> {
    let rest = bytes.strip_prefix(header(slot).as_slice())?;
    let (checksum, payload) = postcard::take_from_bytes::<Fingerprint>(rest).ok()?;
    if Fingerprint::of(payload) != checksum {
        return None;
    }
    postcard::from_bytes(payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: Slot = Slot { name: "test", version: 1 };

    #[test]
    fn what_is_saved_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join(".polder/cache");
        save(&cache, SLOT, &vec![1_u32, 2]);
        assert_eq!(load(&cache, SLOT), Some(vec![1_u32, 2]));
        assert_eq!(fs::read_to_string(folder.path().join(".polder/.gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn files_of_keys_are_kept_as_long_as_they_are_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = [Fingerprint::of(b"1"), Fingerprint::of(b"2")];
        save_one(folder.path(), SLOT, one, &1_u32);
        save_one(folder.path(), SLOT, two, &2_u32);
        keep_only(folder.path(), SLOT, &[two].into());
        assert_eq!(load_one::<u32>(folder.path(), SLOT, one), None);
        assert_eq!(load_one(folder.path(), SLOT, two), Some(2_u32));
    }

    #[test]
    fn damaged_files_and_other_versions_are_nothing() {
        let mut bytes = encode(&7_u32, SLOT).unwrap();
        assert_eq!(decode::<u32>(&bytes, SLOT), Some(7));
        assert_eq!(decode::<u32>(&bytes, Slot { version: 2, ..SLOT }), None);
        *bytes.last_mut().unwrap() ^= 1;
        assert_eq!(decode::<u32>(&bytes, SLOT), None);
    }

    #[test]
    fn folder_that_cannot_be_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "mine").unwrap();
        save(&file, SLOT, &1_u32);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}
