//! What becomes of pictures on their way out: nothing in them says where a photo was taken, and large ones get smaller versions,
//! so that a phone does not load four thousand pixels to show four hundred; drawings run nothing.
//!
//! Invariant: what is made follows from the bytes of the file alone; what cannot be taken out of a damaged file is not published.

mod drawing;
mod former;
mod gate;
mod shrink;
mod strip;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::base::memo::Memo;
use crate::base::{Diagnostic, Diagnostics, Fingerprint, Outcome, Place, SourcePath};
use crate::cache::{self, Slot};

pub use drawing::{Still, is_still, still};
pub use former::{Former, former, is_kept};
use gate::Gate;
use strip::Stripped;

/// Pictures that are published, by path.
#[derive(Debug, Default)]
pub struct Pictures(BTreeMap<SourcePath, Arc<Picture>>);

/// One picture.
#[derive(Debug, Default)]
pub struct Picture {
    /// Width and height in pixels as it is shown, if they are known.
    pub size: Option<(u32, u32)>,
    /// What is published instead of the file; `None` if the file is.
    pub bytes: Option<Arc<[u8]>>,
    /// Smaller versions, smallest first.
    pub smaller: Vec<Smaller>,
    /// Under which key the smaller versions are kept, if there was a search for some.
    key: Option<Fingerprint>,
    /// Why it cannot be shown.
    fault: Option<String>,
}

/// A smaller version of a picture.
#[derive(Debug)]
pub struct Smaller {
    /// Its width in pixels.
    pub width: u32,
    /// The path of its file in the site, named by what the picture holds.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl Pictures {
    /// Returns a picture.
    pub fn get(&self, path: &SourcePath) -> Option<&Picture> {
        self.0.get(path).map(Arc::as_ref)
    }

    /// Returns the smaller versions of all pictures.
    pub fn smaller(&self) -> impl Iterator<Item = &Smaller> {
        self.0.values().flat_map(|picture| &picture.smaller)
    }
}

/// Pictures of the last build, by file, length and time of change: a large photo is not read again after every keystroke.
pub type PictureMemo = Memo<(PathBuf, u64, Option<SystemTime>), Arc<Picture>>;

/// The version goes up with what makes the smaller versions.
const KEPT: Slot = Slot { name: "pictures", version: 2 };

/// A file larger than this is left alone.
const LIMIT: u64 = 64 * 1024 * 1024;

/// How many pictures are unpacked at once: one of fifty megapixels takes two hundred megabytes.
const AT_ONCE: usize = 4;

/// Makes ready the pictures among `files`, each a path of the source with the file to read. Smaller versions are kept in
/// `cache`, as long as there is a picture that they belong to.
pub fn prepare(
    files: &[(SourcePath, PathBuf)],
    memo: &mut PictureMemo,
    cache: Option<&Path>,
) -> Outcome<Pictures> {
    let is_picture = |path: &SourcePath| {
        matches!(path.extension().as_str(), "png" | "jpg" | "jpeg" | "webp" | "svg")
    };
    let files: Vec<_> = files.iter().filter(|(path, _)| is_picture(path)).collect();
    let gate = Gate::new(AT_ONCE);
    let pictures =
        memo.map(&files, |(_, file)| stamp(file), |(_, file)| Arc::new(open(file, &gate, cache)));
    if let (true, Some(folder)) = (memo.has_news(), cache) {
        let keys: BTreeSet<Fingerprint> =
            pictures.iter().filter_map(|picture| picture.key).collect();
        cache::keep_only(folder, KEPT, &keys);
    }
    let faults = files.iter().zip(&pictures).filter_map(|((path, _), picture)| {
        let message = format!("`{path}` cannot be shown: {}", picture.fault.as_ref()?);
        let finding = Diagnostic::new("broken-picture", message);
        Some(finding.at(Place::of_file(path.as_str())).help("replace the file"))
    });
    let diagnostics: Diagnostics = faults.collect();
    let paths = files.iter().map(|(path, _)| path.clone());
    Outcome { value: Pictures(paths.zip(pictures).collect()), diagnostics }
}

/// What tells a file from what it was before.
fn stamp(file: &Path) -> (PathBuf, u64, Option<SystemTime>) {
    let metadata = std::fs::metadata(file).ok();
    let length = metadata.as_ref().map_or(0, std::fs::Metadata::len);
    (file.to_owned(), length, metadata.and_then(|metadata| metadata.modified().ok()))
}

fn open(file: &Path, gate: &Gate, cache: Option<&Path>) -> Picture {
    let is_small = std::fs::metadata(file).is_ok_and(|metadata| metadata.len() <= LIMIT);
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        return drawing(file);
    }
    let Some(bytes) = is_small.then(|| std::fs::read(file).ok()).flatten() else {
        return Picture::default();
    };
    let head = match shrink::head(&bytes) {
        Ok(Some(head)) => head,
        // Some other format behind that name: browsers may know it.
        Ok(None) => return Picture::default(),
        Err(fault) => {
            let silenced = strip::says_something(&bytes).then(|| Arc::from([]));
            return Picture { fault: Some(fault), bytes: silenced, ..Picture::default() };
        }
    };
    let widths = shrink::widths(head, bytes.len());
    let mut picture = Picture { size: Some(head.shown()), ..Picture::default() };
    if !widths.is_empty() {
        let key = Fingerprint::of(&bytes);
        picture.key = Some(key);
        match smaller(&bytes, key, &widths, gate, cache) {
            Ok(made) => picture.smaller = named(made, key, head),
            Err(fault) => picture.fault = Some(fault),
        }
    }
    match strip::strip(bytes, head.orientation) {
        Stripped::Same => {}
        Stripped::Without(bytes) => picture.bytes = Some(bytes.into()),
        Stripped::Stuck => {
            picture.bytes = Some(Arc::from([]));
            picture.fault = Some("it is damaged, and may say where it was taken".to_owned());
        }
    }
    picture
}

/// A drawing is published as it is, or written anew without what runs in it; one of any length, for it is safe or is not there.
fn drawing(file: &Path) -> Picture {
    let bytes = std::fs::read(file).unwrap_or_default();
    let svg = String::from_utf8_lossy(&bytes);
    let bytes = match drawing::is_still(&svg) {
        true => None,
        false => Some(
            drawing::still(&svg).map_or_else(Arc::default, |still| still.svg.into_bytes().into()),
        ),
    };
    Picture { bytes, ..Picture::default() }
}

/// Returns widths and bytes of the smaller versions, as they were kept or made now.
fn smaller(
    bytes: &[u8],
    key: Fingerprint,
    widths: &[u32],
    gate: &Gate,
    cache: Option<&Path>,
) -> Result<Vec<(u32, Vec<u8>)>, String> {
    if let Some(kept) = cache.and_then(|folder| cache::load_one(folder, KEPT, key)) {
        return Ok(kept);
    }
    let made = gate.pass(|| shrink::shrink(bytes, widths))?;
    if let Some(folder) = cache {
        cache::save_one(folder, KEPT, key, &made);
    }
    Ok(made)
}

fn named(made: Vec<(u32, Vec<u8>)>, key: Fingerprint, head: shrink::Head) -> Vec<Smaller> {
    let name = |(width, bytes): (u32, Vec<u8>)| Smaller {
        width,
        path: format!("assets/pictures/{}-{width}.{}", key.short(), head.extension()),
        bytes: bytes.into(),
    };
    made.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests;
