//! Values that follow from what cannot change, kept on disk from one run of the program to the next.
//!
//! Never needed, so nothing here can fail: a file that is missing, damaged or of another version is as good as none, and
//! a folder that cannot be written is left alone. Files are replaced at once, so that builds side by side see the old
//! value or the new.
//!
//! Invariant: the only room that writes below `.polder/cache`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::{Fingerprint, Fingerprinter};

/// What this program was made from. Goes with values whose making is told by no version: another program may make others.
pub const PROGRAM: &str = env!("POLDER_MADE_FROM");

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
    if fs::create_dir_all(folder).is_ok() {
        hide(folder);
        replace(folder, slot.name, slot, value);
    }
}

/// Returns what the folder holds for one key of a slot that keeps a file for each.
pub fn load_one<T: DeserializeOwned>(folder: &Path, slot: Slot, key: Fingerprint) -> Option<T> {
    let bytes = fs::read(folder.join(slot.name).join(key.to_string())).ok()?;
    decode(&bytes, slot)
}

/// Keeps a value for one key of a slot that keeps a file for each.
pub fn save_one<T: Serialize + ?Sized>(folder: &Path, slot: Slot, key: Fingerprint, value: &T) {
    let below = folder.join(slot.name);
    if fs::create_dir_all(&below).is_ok() {
        hide(folder);
        replace(&below, &key.to_string(), slot, value);
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

fn replace<T: Serialize + ?Sized>(folder: &Path, name: &str, slot: Slot, value: &T) {
    let temporary = folder.join(format!("{name}.{}.tmp", std::process::id()));
    let written = File::create(&temporary).ok().and_then(|file| encode(value, slot, file));
    if written.is_none() || fs::rename(&temporary, folder.join(name)).is_err() {
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

/// Writes a value piece by piece, for some are too large to be held twice; its checksum comes before it.
fn encode<T: Serialize + ?Sized>(value: &T, slot: Slot, mut to: impl Write + Seek) -> Option<()> {
    let no_checksum = postcard::to_stdvec(&Fingerprint::of(&[])).ok()?;
    to.write_all(&header(slot)).ok()?;
    to.write_all(&no_checksum).ok()?;
    let summed = Summed { to: &mut to, print: Fingerprinter::new(), length: 0 };
    let writer = postcard::to_io(value, BufWriter::with_capacity(64 << 10, summed)).ok()?;
    let summed = writer.into_inner().ok()?;
    let checksum = postcard::to_stdvec(&summed.finish()).ok()?;
    to.seek(SeekFrom::Start(header(slot).len() as u64)).ok()?;
    to.write_all(&checksum).ok()?;
    to.flush().ok()
}

/// A writer that makes the fingerprint of what passes through it.
struct Summed<W> {
    to: W,
    print: Fingerprinter,
    length: u64,
}

impl<W> Summed<W> {
    /// Returns what [`Fingerprint::of`] says of all bytes together.
    fn finish(mut self) -> Fingerprint {
        // A fingerprinter that is written to does not know where a piece ends.
        let length = self.length.to_le_bytes();
        self.print.write_all(&length).expect("a fingerprinter takes all bytes");
        self.print.finish()
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.to.write(bytes)?;
        self.print.write_all(&bytes[..count])?;
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
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
        let mut bytes = io::Cursor::new(Vec::new());
        encode(&7_u32, SLOT, &mut bytes).unwrap();
        let mut bytes = bytes.into_inner();
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
