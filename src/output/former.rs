//! What an output folder holds, for a build that need not make it again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::stamp::Stamp;
use super::tree::Content;

/// The files that Polder wrote into an output folder.
#[derive(Debug, Default)]
pub struct Former {
    folder: PathBuf,
    files: BTreeMap<String, String>,
}

impl Former {
    /// Returns what a folder holds: nothing, if it has no manifest, or one that cannot be used.
    pub fn of(folder: &Path) -> Self {
        let manifest = Manifest::read(folder).ok().flatten();
        let files = manifest.map(|manifest| manifest.files).unwrap_or_default();
        Self { folder: folder.to_owned(), files }
    }

    /// Returns the file at a path, if it was written with these bytes and still has their number. (A commit goes by the same
    /// two.)
    pub fn kept(&self, path: &str, stamp: Stamp) -> Option<Content> {
        if *self.files.get(path)? != stamp.fingerprint.to_string() {
            return None;
        }
        let file = self.folder.join(path);
        let found = std::fs::symlink_metadata(&file).ok()?;
        let is_there = found.is_file() && found.len() == stamp.length;
        is_there.then_some(Content::Kept(file, stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{OutputTree, Target, commit};

    fn folder_with(text: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let mut tree = OutputTree::new();
        tree.insert_bytes("a/index.html".to_owned(), text.as_bytes());
        let (dir, source) = (root.path().join("public"), root.path().join("source"));
        commit(&tree, &Target { dir: &dir, source: &source, edition: None }).unwrap();
        root
    }

    #[test]
    fn file_is_kept_that_was_written_with_these_bytes_and_has_their_number() {
        let root = folder_with("one");
        let public = root.path().join("public");
        let kept =
            |text: &str| Former::of(&public).kept("a/index.html", Stamp::of(text.as_bytes()));
        assert_eq!(&*kept("one").unwrap().bytes().unwrap(), b"one");
        assert_eq!(kept("two"), None);
        std::fs::write(public.join("a/index.html"), "longer").unwrap();
        assert_eq!((kept("one"), kept("longer")), (None, None));
        std::fs::remove_file(public.join("a/index.html")).unwrap();
        assert_eq!(kept("one"), None);
    }

    #[test]
    fn kept_file_that_is_another_one_meanwhile_is_refused() {
        let root = folder_with("one");
        let public = root.path().join("public");
        let kept = Former::of(&public).kept("a/index.html", Stamp::of(b"one")).unwrap();
        std::fs::write(public.join("a/index.html"), "two").unwrap();
        let message = kept.bytes().unwrap_err().to_string();
        assert!(message.ends_with("changed while the site was built"), "{message}");
    }

    #[test]
    fn folder_without_a_manifest_of_ours_holds_nothing() {
        let root = folder_with("one");
        let public = root.path().join("public");
        std::fs::write(public.join(".polder-manifest.json"), "{}").unwrap();
        assert_eq!(Former::of(&public).kept("a/index.html", Stamp::of(b"one")), None);
        let nowhere = Former::of(&root.path().join("nowhere"));
        assert_eq!(nowhere.kept("a/index.html", Stamp::of(b"one")), None);
    }
}
