//! Bringing an output folder to a new site, from the refusals to the last file.

use std::path::PathBuf;

use crate::base::{Error, Result};

use super::disk::{Disk, SystemDisk};
use super::leftover;
use super::lock::Lock;
use super::plan::{self, Site};
use super::replace::replace;
use super::scan;
use super::swap::{Halt, swap};
use super::target::{Folder, Target};
use super::tree::OutputTree;

/// What a commit did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many of them were there already and stayed.
    pub unchanged: usize,
    /// How many files of the former site are gone.
    pub removed: usize,
    /// How many bytes were written.
    pub bytes: u64,
    /// Files in the output folder that Polder did not write, and left as they are; relative paths, sorted.
    pub foreign: Vec<PathBuf>,
}

/// Makes a folder hold this site, and all files in it that are not Polder's. A build that fails or is killed
/// leaves the former site whole (see the room's documentation for the one exception).
///
/// # Errors
/// [`Error::Refused`] if the site must not be written there; [`Error::Io`] if the disk, or a file of the source, fails.
pub fn commit(tree: &OutputTree, target: &Target<'_>) -> Result<Written> {
    commit_on(&SystemDisk, tree, target)
}

fn commit_on(disk: &dyn Disk, tree: &OutputTree, target: &Target<'_>) -> Result<Written> {
    let folder = Folder::resolve(target.dir)?;
    folder.refuse_unfit(target)?;
    let parent = folder.parent();
    std::fs::create_dir_all(parent).map_err(|error| Error::io("create", parent, error))?;
    let _lock = Lock::take(&folder)?;
    leftover::sweep(disk, &folder)?;

    let former = folder.manifest(target)?;
    let plan = plan::plan(tree, former.as_ref(), &scan::scan(&folder.path)?)?;
    let former = former.as_ref();
    let site = Site { disk, folder: &folder, plan: &plan, former, edition: target.edition };
    let bytes =
        if former.is_some_and(|former| plan.is_done(former)) { 0 } else { put_in_place(&site)? };
    Ok(Written {
        files: plan.jobs.len(),
        unchanged: plan.jobs.iter().filter(|job| job.unchanged.is_some()).count(),
        removed: plan.stale.len(),
        bytes,
        foreign: plan.foreign,
    })
}

fn put_in_place(site: &Site<'_>) -> Result<u64> {
    match swap(site) {
        Ok(bytes) => Ok(bytes),
        Err(Halt::NotAsAWhole) => replace(site),
        Err(Halt::Failed(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::output::disk::faulty::{Fault, FaultyDisk, Lack};
    use crate::output::manifest;
    use crate::output::tree::Content;

    type Files = BTreeMap<String, String>;

    /// A folder with an output folder `site/public` in it.
    struct Place {
        root: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            Self { root: tempfile::tempdir().unwrap() }
        }

        fn public(&self) -> PathBuf {
            self.root.path().join("site/public")
        }

        fn put(&self, path: &str, text: &str) {
            let path = self.public().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn commit_on(&self, disk: &dyn Disk, tree: &OutputTree) -> Result<Written> {
            let (dir, source) = (self.public(), self.root.path().join("source"));
            commit_on(disk, tree, &Target { dir: &dir, source: &source, edition: None })
        }

        fn commit(&self, files: &[(&str, &str)]) -> Result<Written> {
            self.commit_on(&FaultyDisk::lacking(Lack::Nothing), &tree(files))
        }

        /// Returns the files that readers see.
        fn files(&self) -> Files {
            let read = |path: &PathBuf| fs::read_to_string(self.public().join(path)).unwrap();
            let found = scan::scan(&self.public()).unwrap();
            let name = |path: &PathBuf| path.to_str().unwrap().to_owned();
            found.files.keys().map(|path| (name(path), read(path))).collect()
        }

        fn manifest(&self) -> String {
            fs::read_to_string(self.public().join(manifest::NAME)).unwrap()
        }

        /// Returns the names beside the output folder.
        fn beside(&self) -> Vec<String> {
            let entries = fs::read_dir(self.root.path().join("site")).unwrap();
            let mut names: Vec<String> =
                entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    fn tree(files: &[(&str, &str)]) -> OutputTree {
        let mut tree = OutputTree::new();
        for (path, text) in files {
            tree.insert_bytes((*path).to_owned(), text.as_bytes());
        }
        tree
    }

    fn files(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    /// Every way in which a commit can go about its work.
    const WAYS: [Lack; 5] =
        [Lack::Nothing, Lack::Exchange, Lack::Beside, Lack::Renaming, Lack::Links];

    const OLD: &[(&str, &str)] = &[
        ("a/index.html", "1"),
        ("b.css", "same"),
        ("c/d.html", "1"),
        ("f", "1"),
        ("index.html", "1"),
    ];
    const NEW: &[(&str, &str)] =
        &[("a", "2"), ("b.css", "same"), ("e/g.html", "2"), ("f/h.html", "2"), ("index.html", "2")];

    #[test]
    fn first_site_makes_its_folders() {
        let place = Place::new();
        let written = place.commit(OLD).unwrap();
        assert_eq!((written.files, written.unchanged, written.bytes), (5, 0, 8));
        assert_eq!(place.files(), files(OLD));
        assert_eq!(place.beside(), ["public"]);
    }

    #[test]
    fn first_site_fills_an_empty_folder() {
        for lack in WAYS {
            let place = Place::new();
            fs::create_dir_all(place.public()).unwrap();
            place.commit_on(&FaultyDisk::lacking(lack), &tree(OLD)).unwrap();
            assert_eq!(place.files(), files(OLD), "{lack:?}");
        }
    }

    #[test]
    fn second_site_replaces_the_first() {
        for lack in WAYS {
            let place = Place::new();
            place.commit(OLD).unwrap();
            place.put("CNAME", "wiki.example");
            place.put("c/theirs/x.txt", "kept");
            fs::create_dir(place.public().join("empty")).unwrap();

            let written = place.commit_on(&FaultyDisk::lacking(lack), &tree(NEW)).unwrap();
            assert_eq!((written.unchanged, written.removed), (1, 3), "{lack:?}");
            assert_eq!(written.foreign, ["CNAME", "c/theirs/x.txt"].map(PathBuf::from));
            let mut expect = files(NEW);
            expect.extend(files(&[("CNAME", "wiki.example"), ("c/theirs/x.txt", "kept")]));
            assert_eq!(place.files(), expect, "{lack:?}");
            assert!(place.public().join("empty").is_dir(), "{lack:?}");
            assert_eq!(place.beside(), ["public"], "{lack:?}");

            let fresh = Place::new();
            fresh.commit(NEW).unwrap();
            assert_eq!(place.manifest(), fresh.manifest(), "{lack:?}");
        }
    }

    #[test]
    fn system_disk_does_the_same() {
        let place = Place::new();
        place.commit_on(&SystemDisk, &tree(OLD)).unwrap();
        place.put("CNAME", "wiki.example");
        place.commit_on(&SystemDisk, &tree(NEW)).unwrap();
        let mut expect = files(NEW);
        expect.extend(files(&[("CNAME", "wiki.example")]));
        assert_eq!(place.files(), expect);
        assert_eq!(place.beside(), ["public"]);
    }

    #[test]
    fn empty_site_empties_the_folder_of_ours_only() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        place.put("CNAME", "wiki.example");
        assert_eq!(place.commit(&[]).unwrap().removed, 5);
        assert_eq!(place.files(), files(&[("CNAME", "wiki.example")]));
        assert!(!place.public().join("a").exists());
    }

    #[cfg(unix)]
    #[test]
    fn unchanged_file_keeps_its_inode_and_equal_site_touches_nothing() {
        use std::os::unix::fs::MetadataExt;
        let place = Place::new();
        let inode = |path: &str| fs::metadata(place.public().join(path)).unwrap().ino();
        place.commit(OLD).unwrap();
        let before = (inode("b.css"), inode("index.html"), inode(""));
        place.commit(OLD).unwrap();
        assert_eq!((inode("b.css"), inode("index.html"), inode("")), before);
        place.commit(NEW).unwrap();
        assert_eq!(inode("b.css"), before.0);
        assert_ne!(inode("index.html"), before.1);
        assert_ne!(inode(""), before.2);
    }

    #[test]
    fn file_of_ours_that_was_edited_or_deleted_is_made_again() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        place.put("index.html", "edited");
        fs::remove_file(place.public().join("b.css")).unwrap();
        assert_eq!(place.commit(OLD).unwrap().unchanged, 3);
        assert_eq!(place.files(), files(OLD));
    }

    #[test]
    fn foreign_file_in_the_way_stops_before_anything_changes() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        place.put("e/g.html", "theirs");
        let before = place.files();
        let message = place.commit(NEW).unwrap_err().to_string();
        assert!(message.contains("`e/g.html`"), "{message}");
        assert_eq!(place.files(), before);
    }

    #[cfg(unix)]
    #[test]
    fn foreign_links_survive_and_are_not_followed() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        let outside = place.root.path().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("x"), "").unwrap();
        std::os::unix::fs::symlink(&outside, place.public().join("link")).unwrap();
        place.commit(NEW).unwrap();
        assert_eq!(fs::read_link(place.public().join("link")).unwrap(), outside);
        assert!(place.commit(&[("link/x", "2")]).is_err());
        assert_eq!(fs::read(outside.join("x")).unwrap(), b"");
    }

    #[cfg(unix)]
    #[test]
    fn link_to_the_folder_is_followed_and_stays() {
        let place = Place::new();
        let real = place.root.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::create_dir(place.root.path().join("site")).unwrap();
        std::os::unix::fs::symlink(&real, place.public()).unwrap();
        place.commit(OLD).unwrap();
        place.commit(NEW).unwrap();
        assert!(place.public().is_symlink());
        assert_eq!(fs::read_to_string(real.join("index.html")).unwrap(), "2");
    }

    #[test]
    fn attachment_is_copied_and_a_vanished_one_is_named() {
        let place = Place::new();
        let photo = place.root.path().join("photo.jpg");
        let mut site = tree(OLD);
        site.insert("photo.jpg".into(), Content::File(photo.clone()));
        let message = place.commit_on(&SystemDisk, &site).unwrap_err().to_string();
        assert!(message.contains(photo.to_str().unwrap()), "{message}");
        assert!(!place.public().exists());
        fs::write(&photo, "faces").unwrap();
        place.commit_on(&SystemDisk, &site).unwrap();
        assert_eq!(place.files()["photo.jpg"], "faces");
        assert_eq!(place.commit_on(&SystemDisk, &site).unwrap().unchanged, 6);
    }

    #[test]
    fn names_that_differ_in_case_do_not_overwrite_each_other() {
        let place = Place::new();
        let clash = tree(&[("img/A.png", "1"), ("img/a.png", "2")]);
        let message = place.commit_on(&FaultyDisk::lacking(Lack::Case), &clash).unwrap_err();
        assert!(message.to_string().contains("ignores the case"), "{message}");
        assert!(!place.public().exists());
        place.commit_on(&FaultyDisk::lacking(Lack::Nothing), &clash).unwrap();
        assert_eq!(place.files().len(), 2);
    }

    #[test]
    fn locked_folder_is_refused() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        let _lock = Lock::take(&Folder::resolve(&place.public()).unwrap()).unwrap();
        let message = place.commit(NEW).unwrap_err().to_string();
        assert!(message.contains("is writing"), "{message}");
    }

    /// Lets step after step fail, and calls `check` with the place after each failure.
    fn after_each_fault(fault: Fault, lack: Lack, check: impl Fn(&Place)) {
        for steps in 0.. {
            assert!(steps < 200, "a commit of five files takes fewer steps");
            let place = Place::new();
            place.commit(OLD).unwrap();
            place.put("CNAME", "wiki.example");
            let disk = FaultyDisk::new(steps, fault, lack);
            let result = place.commit_on(&disk, &tree(NEW));
            if disk.is_sound() {
                assert!(result.is_ok());
                assert!(steps > 10, "the faults came about");
                return;
            }
            check(&place);
            place.commit(NEW).unwrap();
            assert_eq!(place.files(), with_theirs(NEW), "{fault:?} {lack:?} {steps}");
            assert_eq!(place.beside(), ["public"], "{fault:?} {lack:?} {steps}");
        }
    }

    fn with_theirs(ours: &[(&str, &str)]) -> Files {
        let mut all = files(ours);
        all.extend(files(&[("CNAME", "wiki.example")]));
        all
    }

    #[test]
    fn fault_or_kill_leaves_the_old_site_or_the_new_one() {
        for fault in [Fault::Once, Fault::Kill] {
            for lack in [Lack::Nothing, Lack::Links] {
                after_each_fault(fault, lack, |place| {
                    let there = place.files();
                    let is_whole = there == with_theirs(OLD) || there == with_theirs(NEW);
                    assert!(is_whole, "{fault:?} {there:?}");
                });
            }
        }
    }

    #[test]
    fn kill_between_two_renames_is_mended_by_the_next_build() {
        for fault in [Fault::Once, Fault::Kill] {
            after_each_fault(fault, Lack::Exchange, |place| {
                if !place.public().exists() {
                    assert_eq!(fault, Fault::Kill);
                    return;
                }
                let there = place.files();
                assert!(there == with_theirs(OLD) || there == with_theirs(NEW), "{there:?}");
            });
        }
    }

    #[test]
    fn former_site_that_was_put_aside_comes_back() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        let folder = Folder::resolve(&place.public()).unwrap();
        fs::rename(place.public(), folder.beside("7-former")).unwrap();
        let disk = FaultyDisk::lacking(Lack::Nothing);
        leftover::sweep(&disk, &folder).unwrap();
        assert_eq!(place.files(), files(OLD));
        assert_eq!(place.beside(), ["public"]);
    }

    #[test]
    fn file_by_file_every_file_is_old_or_new_at_any_time() {
        for fault in [Fault::Once, Fault::Kill] {
            for lack in [Lack::Beside, Lack::Renaming] {
                after_each_fault(fault, lack, |place| {
                    for (path, text) in place.files() {
                        let is_there = |site| with_theirs(site).get(&path) == Some(&text);
                        assert!(is_there(OLD) || is_there(NEW), "{fault:?} {path} {text}");
                    }
                });
            }
        }
    }

    #[test]
    fn file_put_into_the_former_site_at_the_last_moment_is_saved() {
        let place = Place::new();
        place.commit(OLD).unwrap();
        let aside = place.root.path().join("aside");
        fs::rename(place.public(), &aside).unwrap();
        place.commit(NEW).unwrap();
        fs::create_dir_all(aside.join("c/late")).unwrap();
        fs::write(aside.join("c/late/x"), "late").unwrap();
        fs::rename(&aside, place.root.path().join("site/.public.polder-7")).unwrap();
        place.commit(NEW).unwrap();
        assert_eq!(place.files()["c/late/x"], "late");
        assert_eq!(place.beside(), ["public"]);
    }

    #[test]
    fn folders_with_other_names_are_not_leftovers() {
        let place = Place::new();
        let others =
            [".public.polder-7a", ".public.polder-", ".publicity.polder-7", "public.polder-7"];
        for other in others {
            fs::create_dir_all(place.root.path().join("site").join(other)).unwrap();
        }
        place.commit(OLD).unwrap();
        assert_eq!(place.beside().len(), others.len() + 1);
        assert!(Path::new(&place.public()).is_dir());
    }
}
