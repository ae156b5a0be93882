//! A site on disk, made step by step.

use std::fs;
use std::path::{Path, PathBuf};

use polder::base::{Error, Result};
use polder::pipeline::{BuildOptions, Cache, Pipeline};
use tempfile::TempDir;

use super::built::Built;
use super::cli::{Ran, polder};
use super::git;

/// A folder that goes away with this value. Every step is on disk at once.
pub(crate) struct TestSite {
    folder: TempDir,
    commits: i64,
}

impl TestSite {
    /// An empty folder, without git. Its name is part of no output: that is a promise of its own.
    pub(crate) fn new() -> Self {
        Self::named("site-")
    }

    /// An empty folder whose name begins like this.
    pub(crate) fn named(prefix: &str) -> Self {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir().unwrap();
        Self { folder, commits: 0 }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Writes a file of bytes.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(path, bytes);
        self
    }

    /// Writes a page.
    pub(crate) fn page(self, path: &str, text: &str) -> Self {
        self.file(path, text)
    }

    /// Writes `polder.yml`.
    pub(crate) fn config(self, text: &str) -> Self {
        self.file("polder.yml", text)
    }

    /// Removes a file.
    pub(crate) fn removed(self, path: &str) -> Self {
        fs::remove_file(self.at(path)).unwrap();
        self
    }

    /// Moves a file.
    pub(crate) fn moved(self, from: &str, to: &str) -> Self {
        self.rename(from, to);
        self
    }

    /// Makes the folder a git repository without commits.
    pub(crate) fn git(self) -> Self {
        git::init(self.path());
        self
    }

    /// Commits all files as they are, at noon of a day. `who` is a name, or a name with an address:
    /// `Ann Baker <ann@n.example>`. The message may have trailers.
    pub(crate) fn commit(mut self, who: &str, day: &str, message: &str) -> Self {
        self.record(who, day, message);
        self
    }

    /// As [`Self::file`], for sites that are changed later.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// As [`Self::moved`], for sites that are changed later.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.at(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.at(from), to).unwrap();
    }

    /// As [`Self::commit`], for sites that are changed later.
    pub(crate) fn record(&mut self, who: &str, day: &str, message: &str) {
        self.commits += 1;
        git::commit(self.path(), who, day, self.commits, message);
    }

    /// Returns a pipeline that remembers nothing yet and keeps nothing on disk.
    pub(crate) fn pipeline(&self) -> Pipeline {
        self.pipeline_of("")
    }

    /// Returns a pipeline as a run of the program has it that builds into `public/` and keeps a cache.
    pub(crate) fn pipeline_with_cache(&self) -> Pipeline {
        Pipeline::new(BuildOptions { cache: Cache::Disk, ..self.options_of("") })
    }

    fn pipeline_of(&self, below: &str) -> Pipeline {
        Pipeline::new(self.options_of(below))
    }

    fn options_of(&self, below: &str) -> BuildOptions {
        BuildOptions {
            folder: self.at(below),
            out: None,
            cache: Cache::None,
            ci: None,
            preview: false,
        }
    }

    /// Builds the site as authors see it while they write.
    pub(crate) fn preview(&self) -> Built {
        let options = BuildOptions { preview: true, ..self.options_of("") };
        Built::new(Pipeline::new(options).build(&mut |_| {}).unwrap())
    }

    /// Builds the site; it must be possible.
    pub(crate) fn build(&self) -> Built {
        self.build_of("")
    }

    /// Builds the site that a folder of it is.
    pub(crate) fn build_of(&self, below: &str) -> Built {
        Built::new(self.pipeline_of(below).build(&mut |_| {}).unwrap())
    }

    /// Returns why the site cannot be built: the message, the help, and each finding with its place.
    pub(crate) fn refusal(&self) -> Vec<String> {
        let built: Result<_> = self.pipeline().build(&mut |_| {});
        match built.expect_err("the build is to be refused") {
            Error::Refused { message, help } => vec![message, help],
            Error::Unusable { diagnostics, .. } => {
                diagnostics.iter().map(super::built::told).collect()
            }
            other => vec![other.to_string()],
        }
    }

    /// Runs the binary in the site's folder.
    pub(crate) fn polder(&self, arguments: &[&str]) -> Ran {
        polder(self.path(), arguments)
    }
}
