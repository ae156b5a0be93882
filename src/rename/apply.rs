//! The plan brought to disk: all of it, or nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

use super::moved::Move;
use super::plan::Plan;

/// Writes what a plan says. If something fails, what was written is put back.
///
/// # Errors
/// If a file has changed since the plan was made, or cannot be written.
pub fn apply(plan: &Plan) -> Result<()> {
    let mut writing = Writing::default();
    let written = writing.run(plan);
    if written.is_err() {
        writing.undo();
    }
    writing.sweep();
    written
}

/// What has been done so far.
#[derive(Default)]
struct Writing {
    /// Files beside those that change, with their new bytes.
    staged: Vec<(PathBuf, PathBuf)>,
    /// Files that were replaced, with their former bytes.
    replaced: Vec<(PathBuf, Vec<u8>)>,
    /// Folders that were made, outermost first.
    made: Vec<PathBuf>,
    /// Renames that were done.
    renamed: Vec<(PathBuf, PathBuf)>,
}

impl Writing {
    fn run(&mut self, plan: &Plan) -> Result<()> {
        for (path, change) in &plan.files {
            self.stage(&plan.source.join(path.as_str()), &change.old, &change.new)?;
        }
        for (staged, file) in self.staged.clone() {
            let former = fs::read(&file).map_err(|error| Error::io("read", &file, error))?;
            fs::rename(&staged, &file).map_err(|error| Error::io("write", &file, error))?;
            self.replaced.push((file, former));
        }
        match &plan.moved {
            Some(moved) => self.rename(&plan.source, moved),
            None => Ok(()),
        }
    }

    /// Writes the new bytes of a file beside it.
    fn stage(&mut self, path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
        // A page may be a symbolic link; what changes is the file that it means.
        let file = path.canonicalize().map_err(|error| Error::io("read", path, error))?;
        let now = fs::read(&file).map_err(|error| Error::io("read", &file, error))?;
        if now != old {
            let message = format!("`{}` has changed in the meantime", path.display());
            return Err(Error::refused(message, "run the command again"));
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let staged = file.with_file_name(format!(".{name}.polder-mv"));
        self.staged.push((staged.clone(), file.clone()));
        let write = || -> io::Result<()> {
            fs::write(&staged, new)?;
            fs::set_permissions(&staged, file.metadata()?.permissions())
        };
        write().map_err(|error| Error::io("write", &staged, error))
    }

    fn rename(&mut self, source: &Path, moved: &Move) -> Result<()> {
        let (from, to) = (source.join(&moved.from), source.join(&moved.to));
        let folder = to.parent().unwrap_or(source).to_owned();
        self.make(&folder).map_err(|error| Error::io("create", &folder, error))?;
        // Where letter case does not count, a file is in the way of its own other spelling.
        let steps = if moved.is_case_only() {
            let name = to.file_name().unwrap_or_default().to_string_lossy();
            let aside = to.with_file_name(format!(".{name}.polder-mv"));
            vec![(from, aside.clone()), (aside, to)]
        } else {
            vec![(from, to)]
        };
        for (from, to) in steps {
            if to.symlink_metadata().is_ok() {
                let message = format!("there is a `{}` already", to.display());
                return Err(Error::refused(
                    message,
                    "choose another name, or remove what is there first",
                ));
            }
            fs::rename(&from, &to).map_err(|error| Error::io("rename", &from, error))?;
            self.renamed.push((from, to));
        }
        Ok(())
    }

    fn make(&mut self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make(parent)?;
        }
        fs::create_dir(folder)?;
        self.made.push(folder.to_owned());
        Ok(())
    }

    /// Puts back what was done, the last first; what cannot be put back cannot be told better than by the error at hand.
    fn undo(&mut self) {
        for (from, to) in self.renamed.drain(..).rev() {
            let _ = fs::rename(to, from);
        }
        for (file, former) in self.replaced.drain(..).rev() {
            let _ = fs::write(file, former);
        }
        for folder in self.made.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Removes what was staged and not used.
    fn sweep(&self) {
        for (staged, _) in &self.staged {
            let _ = fs::remove_file(staged);
        }
    }
}
