//! Where a site is to go, and where it must not go.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::base::{Error, Result};

use super::manifest::Manifest;
use super::scan;

/// A folder for a site.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The output folder; it need not exist.
    pub dir: &'a Path,
    /// The folder that the site is built from.
    pub source: &'a Path,
    /// The edition of the site, if it has more than one.
    pub edition: Option<&'a str>,
}

/// Finds out whether [`super::commit()`] would refuse the folder, before an expensive build.
///
/// # Errors
/// [`Error::Refused`] if the site must not be written there, with the remedy.
pub fn check_target(target: &Target<'_>) -> Result<()> {
    let folder = Folder::resolve(target.dir)?;
    folder.refuse_unfit(target)?;
    folder.manifest(target).map(|_| ())
}

/// An output folder by its true path: absolute, and without symbolic links as far as it exists.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// The path.
    pub(super) path: PathBuf,
}

impl Folder {
    /// Resolves a path that need not exist.
    pub(super) fn resolve(dir: &Path) -> Result<Self> {
        let unreadable = |error| Error::io("find", dir, error);
        let mut path = PathBuf::new();
        for part in std::path::absolute(dir).map_err(unreadable)?.components() {
            match part {
                Component::ParentDir => {
                    path.pop();
                }
                part => path.push(part),
            }
            path = match path.canonicalize() {
                Ok(true_path) => true_path,
                Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => path,
                Err(error) => return Err(unreadable(error)),
            };
        }
        Ok(Self { path })
    }

    /// Returns the path of a hidden file or folder beside this folder: `.public.polder-42`.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.hidden_prefix();
        name.push(suffix);
        self.parent().join(name)
    }

    /// Returns what the names of Polder's own files beside this folder begin with: `.public.polder-`.
    pub(super) fn hidden_prefix(&self) -> OsString {
        let mut name = OsString::from(".");
        name.push(self.path.file_name().unwrap_or_default());
        name.push(".polder-");
        name
    }

    /// Returns the folder that this folder is in.
    pub(super) fn parent(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// Refuses a folder that is, holds or lies in what must not be touched.
    pub(super) fn refuse_unfit(&self, target: &Target<'_>) -> Result<()> {
        let out = &self.path;
        let refuse = |what: String| {
            let help = "choose a folder of its own for the output, such as `public`";
            Err(Error::refused(format!("the output folder `{}` {what}", out.display()), help))
        };
        if out.exists() && !out.is_dir() {
            return refuse("is not a folder".to_owned());
        }
        let source = Self::resolve(target.source)?.path;
        if source.starts_with(out) {
            return refuse(format!("holds the source `{}`", source.display()));
        }
        if out.components().any(|part| part.as_os_str().eq_ignore_ascii_case(".git")) {
            return refuse("lies inside a `.git` folder".to_owned());
        }
        match separate_repository(&source) {
            Some(git) if git.starts_with(out) || out.starts_with(&git) => {
                refuse(format!("holds or lies inside the repository `{}`", git.display()))
            }
            _ => Ok(()),
        }
    }

    /// Returns the manifest of the site that the folder holds; `None` if the folder is empty or missing.
    pub(super) fn manifest(&self, target: &Target<'_>) -> Result<Option<Manifest>> {
        let shown = self.path.display();
        let Some(manifest) = Manifest::read(&self.path)? else {
            if scan::is_empty(&self.path)? {
                return Ok(None);
            }
            return Err(Error::refused(
                format!("the output folder `{shown}` holds files that polder did not write"),
                "choose another folder, or empty this one yourself",
            ));
        };
        if manifest.edition.as_deref() != target.edition {
            let name = |edition: Option<&str>| match edition {
                Some(edition) => format!("the edition `{edition}`"),
                None => "a site without editions".to_owned(),
            };
            let there = name(manifest.edition.as_deref());
            return Err(Error::refused(
                format!("the output folder `{shown}` holds {there}, not {}", name(target.edition)),
                "give each edition an output folder of its own",
            ));
        }
        Ok(Some(manifest))
    }
}

/// Returns the git folder of a source whose `.git` is a file that names it (a worktree, a submodule).
fn separate_repository(source: &Path) -> Option<PathBuf> {
    let root = source.ancestors().find(|folder| folder.join(".git").exists())?;
    let text = std::fs::read_to_string(root.join(".git")).ok()?;
    root.join(text.strip_prefix("gitdir:")?.trim()).canonicalize().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::output::manifest;

    struct Place {
        root: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            let root = tempfile::tempdir().unwrap();
            fs::create_dir_all(root.path().join("repo/.git/objects")).unwrap();
            fs::create_dir_all(root.path().join("repo/wiki")).unwrap();
            Self { root }
        }

        fn path(&self, path: &str) -> PathBuf {
            self.root.path().join(path)
        }

        fn check(&self, dir: &str) -> std::result::Result<(), String> {
            let (dir, source) = (self.path(dir), self.path("repo/wiki"));
            let target = Target { dir: &dir, source: &source, edition: Some("staff") };
            check_target(&target).map_err(|error| match error {
                Error::Refused { message, help } => format!("{message}; {help}"),
                other => format!("not refused: {other}"),
            })
        }

        fn refuses(&self, dir: &str, why: &str) {
            let message = self.check(dir).unwrap_err();
            assert!(message.contains(why), "{dir}: {message}");
        }
    }

    #[test]
    fn folders_that_hold_what_matters_are_refused() {
        let place = Place::new();
        place.refuses("repo/wiki", "holds the source");
        place.refuses("repo", "holds the source");
        place.refuses("repo/wiki/../../repo", "holds the source");
        place.refuses("", "holds the source");
        place.refuses("repo/.git", "`.git`");
        place.refuses("repo/.git/objects/site", "`.git`");
        assert_eq!(place.check("repo/wiki/public"), Ok(()));
        assert_eq!(place.check("repo/missing/../new/public"), Ok(()));
    }

    #[test]
    fn repository_elsewhere_is_refused() {
        let place = Place::new();
        fs::rename(place.path("repo/.git"), place.path("repo.dir")).unwrap();
        fs::write(place.path("repo/.git"), "gitdir: ../repo.dir\n").unwrap();
        place.refuses("repo.dir", "repository");
        place.refuses("repo.dir/site", "repository");
        assert_eq!(place.check("repo/public"), Ok(()));
    }

    #[test]
    fn file_is_refused() {
        let place = Place::new();
        fs::write(place.path("public"), "").unwrap();
        place.refuses("public", "is not a folder");
    }

    #[test]
    fn folder_of_others_is_refused() {
        let place = Place::new();
        fs::create_dir(place.path("public")).unwrap();
        assert_eq!(place.check("public"), Ok(()));
        fs::write(place.path("public/thesis.doc"), "").unwrap();
        place.refuses("public", "did not write");
    }

    #[test]
    fn damaged_or_other_manifest_is_refused() {
        let place = Place::new();
        let file = place.path("public").join(manifest::NAME);
        fs::create_dir(place.path("public")).unwrap();
        fs::write(&file, "{}").unwrap();
        place.refuses("public", "damaged");
        fs::write(&file, Manifest::new(Some("board")).to_json()).unwrap();
        place.refuses("public", "holds the edition `board`, not the edition `staff`");
        fs::write(&file, Manifest::new(None).to_json()).unwrap();
        place.refuses("public", "an output folder of its own");
        fs::write(&file, Manifest::new(Some("staff")).to_json()).unwrap();
        assert_eq!(place.check("public"), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_link_is_followed() {
        let place = Place::new();
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, place.path(at)).unwrap();
        link("repo", "innocent");
        place.refuses("innocent", "holds the source");
        link("nowhere", "dangling");
        assert!(place.check("dangling").unwrap_err().starts_with("not refused: cannot find"));
    }
}
