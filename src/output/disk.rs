//! The few changes that a commit makes to a disk, as a seam: tests let each of them fail in turn.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Changes to a disk.
pub(super) trait Disk: Sync {
    /// Creates a folder in an existing one.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Creates a file where there is none.
    fn create_file(&self, path: &Path) -> io::Result<File>;
    /// Gives a file a second name where there is none.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames a file (over another) or a folder.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Exchanges two folders in one step; `Unsupported` where the system cannot.
    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Waits until all that was written below a folder would survive a loss of power.
    fn settle(&self, folder: &Path) -> io::Result<()>;
    /// Waits until the names in a folder would survive a loss of power.
    fn settle_names(&self, folder: &Path) -> io::Result<()>;
}

/// The disk itself.
pub(super) struct SystemDisk;

impl Disk for SystemDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create_file(&self, path: &Path) -> io::Result<File> {
        File::create_new(path)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
        exchange(a, b)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn settle(&self, folder: &Path) -> io::Result<()> {
        settle(folder)
    }

    fn settle_names(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(|errno| match errno {
        // What file systems answer that do not know the flag.
        Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP => io::ErrorKind::Unsupported.into(),
        errno => errno.into(),
    })
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// One call for the whole file system. Syncing 20,000 files one by one costs many times what writing them does;
/// syncing only the folder would let a loss of power leave a site of empty files.
#[cfg(target_os = "linux")]
fn settle(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Other systems have no such call and order their writes themselves, each in its way.
#[cfg(not(target_os = "linux"))]
fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A disk that fails when told to.
#[cfg(test)]
pub(super) mod faulty {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What happens from the fault on.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::output) enum Fault {
        /// One step fails, the next ones work: a passing error.
        Once,
        /// Nothing works any more: the process was killed.
        Kill,
    }

    /// What a disk cannot do.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(in crate::output) enum Lack {
        /// It can do everything.
        Nothing,
        /// Exchange two folders.
        Exchange,
        /// Put anything beside the output folder.
        Beside,
        /// Let the output folder be renamed.
        Renaming,
        /// Tell `A` from `a`.
        Case,
        /// Give a file a second name.
        Links,
    }

    /// The system's disk with faults.
    #[derive(Debug)]
    pub(in crate::output) struct FaultyDisk {
        /// How many steps work before the fault.
        left: AtomicUsize,
        fault: Fault,
        lack: Lack,
        /// Makes a look for equal names and the step after it one, as they are on a true disk.
        names: Mutex<()>,
    }

    impl FaultyDisk {
        pub(in crate::output) fn new(steps: usize, fault: Fault, lack: Lack) -> Self {
            Self { left: AtomicUsize::new(steps), fault, lack, names: Mutex::new(()) }
        }

        /// Returns a disk without faults that lacks something.
        pub(in crate::output) fn lacking(lack: Lack) -> Self {
            Self::new(usize::MAX, Fault::Once, lack)
        }

        /// Returns whether the fault has not happened.
        pub(in crate::output) fn is_sound(&self) -> bool {
            self.left.load(Ordering::SeqCst) < usize::MAX / 2
        }

        fn step(&self) -> io::Result<()> {
            let left = self.left.fetch_sub(1, Ordering::SeqCst);
            let is_fault = match self.fault {
                Fault::Once => left == 0,
                Fault::Kill => left == 0 || left > usize::MAX / 2,
            };
            if is_fault {
                return Err(io::Error::other("injected"));
            }
            Ok(())
        }

        fn refuse(&self, lack: Lack, kind: io::ErrorKind) -> io::Result<()> {
            if self.lack == lack { Err(kind.into()) } else { Ok(()) }
        }

        fn tell_apart(&self, path: &Path) -> io::Result<()> {
            let name = |path: &Path| path.file_name().unwrap().to_string_lossy().to_lowercase();
            let mut entries = fs::read_dir(path.parent().unwrap())?;
            let is_taken = entries.any(|entry| name(&entry.unwrap().path()) == name(path));
            if is_taken { self.refuse(Lack::Case, io::ErrorKind::AlreadyExists) } else { Ok(()) }
        }
    }

    impl Disk for FaultyDisk {
        fn create_folder(&self, path: &Path) -> io::Result<()> {
            self.step()?;
            if path.file_name().unwrap().to_string_lossy().starts_with(".public.polder-") {
                self.refuse(Lack::Beside, io::ErrorKind::PermissionDenied)?;
            }
            self.tell_apart(path)?;
            SystemDisk.create_folder(path)
        }

        fn create_file(&self, path: &Path) -> io::Result<File> {
            let _names = self.names.lock().unwrap();
            self.tell_apart(path)?;
            let file = SystemDisk.create_file(path);
            self.step()?;
            file
        }

        fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            self.refuse(Lack::Links, io::ErrorKind::Unsupported)?;
            let _names = self.names.lock().unwrap();
            self.tell_apart(to)?;
            SystemDisk.link(from, to)
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.step()?;
            SystemDisk.rename(from, to)
        }

        fn exchange(&self, a: &Path, b: &Path) -> io::Result<()> {
            self.step()?;
            self.refuse(Lack::Renaming, io::ErrorKind::ResourceBusy)?;
            self.refuse(Lack::Exchange, io::ErrorKind::Unsupported)?;
            SystemDisk.exchange(a, b)
        }

        fn remove_file(&self, path: &Path) -> io::Result<()> {
            self.step()?;
            SystemDisk.remove_file(path)
        }

        fn remove_folder(&self, path: &Path) -> io::Result<()> {
            self.step()?;
            SystemDisk.remove_folder(path)
        }

        fn settle(&self, folder: &Path) -> io::Result<()> {
            // The system's own call would wait for the whole machine.
            self.step()?;
            SystemDisk.settle_names(folder)
        }

        fn settle_names(&self, folder: &Path) -> io::Result<()> {
            self.step()?;
            SystemDisk.settle_names(folder)
        }
    }
}
