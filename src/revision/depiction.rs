//! What files the pictures were that differences show: those that are still published as they were, and those of the past.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::memo::Memo;
use crate::base::{Fingerprint, Fingerprinter, SourcePath};
use crate::history::{CommitId, Texts};
use crate::picture;

/// More pictures than this are not looked up; the others are named.
const MOST: usize = 2_000;

/// No more files of the past are published,
const MOST_FILES: usize = 300;

/// and no more bytes of them in all,
const MOST_BYTES: usize = 24 << 20;

/// nor a file larger than this.
const LARGEST: usize = 1 << 20;

/// A picture, as a text showed it. Paths are those of the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Depicted {
    /// The commit whose difference shows it.
    pub commit: CommitId,
    /// The text before that commit, with the path of its file, if that was what showed the picture.
    pub before: Option<(SourcePath, [u8; 20])>,
    /// The file of the picture.
    pub file: SourcePath,
}

/// A picture that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Depiction {
    /// The file is published at its path, and is what it was.
    Still,
    /// It is published once more.
    Former {
        /// The path of its file in the site, named by what it holds.
        path: String,
        /// Width and height in pixels, if they are known.
        size: Option<(u32, u32)>,
    },
}

/// Pictures that were found.
#[derive(Debug, Default)]
pub struct Depictions {
    found: HashMap<Depicted, Depiction>,
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Depictions {
    /// Returns what was found of a picture.
    pub fn get(&self, depicted: &Depicted) -> Option<&Depiction> {
        self.found.get(depicted)
    }

    /// Returns the files of the past, by their paths in the site.
    pub fn files(&self) -> impl Iterator<Item = (&String, &Arc<[u8]>)> {
        self.files.iter()
    }
}

/// Those of the last build.
pub type DepictionMemo = Memo<Fingerprint, Arc<Depictions>>;

/// Whether pictures of the past are published once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// They are.
    Shown,
    /// Pictures that are not published any more are named.
    Hidden,
}

/// Finds the files of pictures, those first that stand first in `wanted`. `published` are the files of the site, by their paths in
/// the repository.
pub fn depict(
    source: &Path,
    wanted: &[Depicted],
    published: &BTreeSet<SourcePath>,
    past: Past,
    memo: &mut DepictionMemo,
) -> Arc<Depictions> {
    let wanted = &wanted[..wanted.len().min(MOST)];
    if wanted.is_empty() {
        memo.map(&[], |(): &()| Fingerprint::of(b""), |()| Arc::default());
        return Arc::default();
    }
    let mut key = Fingerprinter::new();
    let published_too: Vec<bool> =
        wanted.iter().map(|wanted| published.contains(&wanted.file)).collect();
    let ground = (Texts::open(source).head(), wanted, &published_too, past);
    key.add(format!("{ground:?}").as_bytes());
    let key = key.finish();
    let find = |(): &()| Arc::new(find(source, wanted, &published_too, past));
    memo.map(&[()], |()| key, find).remove(0)
}

/// What is known of a picture once its file was looked up.
enum Looked {
    Still,
    Former([u8; 20]),
}

fn find(source: &Path, wanted: &[Depicted], published: &[bool], past: Past) -> Depictions {
    let looked = look(source, wanted, published);
    let made = match past {
        Past::Shown => publish(source, wanted.iter().zip(&looked).filter_map(of_the_past)),
        Past::Hidden => HashMap::new(),
    };
    let mut depictions = Depictions::default();
    for (depicted, looked) in wanted.iter().zip(&looked) {
        let depiction = match looked {
            Some(Looked::Still) => Some(Depiction::Still),
            Some(Looked::Former(id)) => made.get(&(*id, depicted.file.extension())).map(|made| {
                let path = name(id, &depicted.file.extension());
                depictions.files.insert(path.clone(), made.bytes.as_slice().into());
                Depiction::Former { path, size: made.size }
            }),
            None => None,
        };
        depictions.found.extend(depiction.map(|depiction| (depicted.clone(), depiction)));
    }
    depictions
}

/// Looks up the files of pictures, with those that are `published` still told apart.
fn look(source: &Path, wanted: &[Depicted], published: &[bool]) -> Vec<Option<Looked>> {
    let runs = wanted.par_chunks(128).zip(published.par_chunks(128));
    let looked = runs.flat_map_iter(|(wanted, published)| {
        let texts = Texts::open(source);
        let head = texts.head();
        let look = |(depicted, is_published): (&Depicted, &bool)| {
            let id = look_up(&texts, depicted)?;
            let today = || texts.file_at(head?, depicted.file.as_str());
            let is_still = *is_published && today() == Some(id);
            Some(if is_still { Looked::Still } else { Looked::Former(id) })
        };
        wanted.iter().zip(published).map(look).collect::<Vec<_>>()
    });
    looked.collect()
}

/// Returns the id and the extension of a file that is not published any more as it was.
fn of_the_past((depicted, looked): (&Depicted, &Option<Looked>)) -> Option<([u8; 20], String)> {
    match looked {
        Some(Looked::Former(id)) => Some((*id, depicted.file.extension())),
        Some(Looked::Still) | None => None,
    }
}

fn look_up(texts: &Texts, depicted: &Depicted) -> Option<[u8; 20]> {
    let commit = match &depicted.before {
        None => depicted.commit,
        Some((page, text)) => texts.parent_with(depicted.commit, page.as_str(), text)?,
    };
    texts.file_at(commit, depicted.file.as_str())
}

/// Reads files of the past, as many as there is room for, and makes them fit to be published.
fn publish(
    source: &Path,
    ids: impl Iterator<Item = ([u8; 20], String)>,
) -> HashMap<([u8; 20], String), picture::Former> {
    let texts = Texts::open(source);
    let (mut seen, mut bytes) = (BTreeSet::new(), 0);
    let fits = |(id, _): &([u8; 20], String)| {
        let length = texts.length(id).filter(|length| *length <= LARGEST);
        let fits = length.is_some_and(|length| bytes + length <= MOST_BYTES);
        bytes += length.filter(|_| fits).unwrap_or_default();
        fits
    };
    let wanted = ids.filter(|one| seen.insert(one.clone()));
    let wanted: Vec<([u8; 20], String)> = wanted.filter(fits).take(MOST_FILES).collect();
    let made = wanted.par_chunks(16).flat_map_iter(|wanted| {
        let texts = Texts::open(source);
        let make = move |(id, extension): &([u8; 20], String)| {
            let made = picture::former(texts.read(id)?, extension)?;
            Some(((*id, extension.clone()), made))
        };
        wanted.iter().filter_map(make).collect::<Vec<_>>()
    });
    made.collect()
}

/// Returns the path of a picture of the past in the site.
fn name(id: &[u8; 20], extension: &str) -> String {
    let digits: String = id[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("assets/past/{digits}.{extension}")
}
