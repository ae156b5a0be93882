//! One build at a time per output folder.
//!
//! The lock is the system's own lock on a file, which ends with the process however it ends; the process id in the file
//! is there for the message only. So a lock file that a killed build left behind holds nobody up, also where
//! process ids mean little (containers).

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

use super::scan::LOCK_NAME;
use super::target::Folder;

/// The right to write an output folder, until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Holds the system's lock as long as it is open.
    _file: File,
}

impl Lock {
    /// Takes the lock of an output folder, the parent of which exists.
    pub(super) fn take(folder: &Folder) -> Result<Self> {
        match Self::take_at(&folder.beside("lock"), folder) {
            Err(Error::Io { source, .. }) if is_read_only(&source) && folder.path.is_dir() => {
                Self::take_at(&folder.path.join(LOCK_NAME), folder)
            }
            taken => taken,
        }
    }

    fn take_at(path: &Path, folder: &Folder) -> Result<Self> {
        let unlockable = |error| Error::io("lock", path, error);
        loop {
            let mut options = OpenOptions::new();
            let options = options.read(true).write(true).create(true).truncate(false);
            let mut file = options.open(path).map_err(unlockable)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(refused(&mut file, folder)),
                // A network disk without locks: better a build without this safety than none.
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(unlockable(error)),
            }
            // Between opening and locking, the former holder may have removed the file: then this lock is on a
            // file that nobody else will find.
            if !is_at(&file, path) {
                continue;
            }
            file.set_len(0).map_err(unlockable)?;
            file.write_all(std::process::id().to_string().as_bytes()).map_err(unlockable)?;
            return Ok(Self { path: path.to_owned(), _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be removed is taken over by the next build.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Returns whether a folder does not let this process write.
pub(super) fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn refused(file: &mut File, folder: &Folder) -> Error {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    let who = match holder.trim().parse::<u32>() {
        Ok(pid) => format!("another build (process {pid})"),
        Err(_) => "another build".to_owned(),
    };
    Error::refused(
        format!("{who} is writing `{}`", folder.path.display()),
        "wait until it has ended, or choose another output folder",
    )
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same =
        |a: &std::fs::Metadata, b: &std::fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
    matches!((file.metadata(), std::fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// Elsewhere an open file keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::resolve(&root.path().join("public")).unwrap();
        (root, folder)
    }

    #[test]
    fn second_build_is_refused_until_the_first_ends() {
        let (_root, folder) = folder();
        let first = Lock::take(&folder).unwrap();
        let message = Lock::take(&folder).unwrap_err().to_string();
        assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
        drop(first);
        assert!(!folder.beside("lock").exists());
        Lock::take(&folder).unwrap();
    }

    #[test]
    fn lock_of_a_dead_build_is_taken_over() {
        let (_root, folder) = folder();
        std::fs::write(folder.beside("lock"), "999999999").unwrap();
        let _lock = Lock::take(&folder).unwrap();
        let holder = std::fs::read_to_string(folder.beside("lock")).unwrap();
        assert_eq!(holder, std::process::id().to_string());
    }
}
