//! Files beside pages: which are published, and what becomes of the pictures among them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::{Outcome, SourcePath};
use crate::config::{Attachments, Images, PicturesOf, Project};
use crate::links::{LinkGraph, Target};
use crate::markdown::Block;
use crate::model::Site;
use crate::output::{Content, OutputTree};
use crate::picture::{self, PictureMemo, Pictures};
use crate::render::CodeFiles;
use crate::revision::{self, Depicted, DepictionMemo, Depictions, Past};
use crate::source;

/// The files that pages show or link to, and the photos of people; with `attachments: all` every file that is not hidden.
/// Each with where to read it.
pub(super) fn used(
    project: &Project,
    site: &Site,
    links: &LinkGraph,
) -> Vec<(SourcePath, PathBuf)> {
    let linked = links.all().iter().filter_map(|link| match &link.target {
        Target::File(file) => Some(file),
        _ => None,
    });
    let photos = site.people.ids().filter_map(|person| site.photo(person));
    let mut used: BTreeSet<&SourcePath> = linked.chain(photos).collect();
    if project.config.attachments == Attachments::All {
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        used.extend(site.files.values().filter(|file| !is_hidden(file.as_str())));
    }
    let published = used.into_iter().filter(|path| !site.is_withheld(path));
    published.map(|path| (path.clone(), project.source.join(path.as_str()))).collect()
}

/// Reads the files that pages link to and whose text is shown. One that cannot be read is shown empty.
pub(super) fn code(project: &Project, links: &LinkGraph) -> CodeFiles {
    let linked = links.all().iter().filter_map(|link| match &link.target {
        Target::Code { file, .. } => Some(file),
        _ => None,
    });
    let linked: BTreeSet<&SourcePath> = linked.collect();
    let read = |file: &&SourcePath| {
        let bytes = std::fs::read(project.source.join(file.as_str())).unwrap_or_default();
        let text = source::text_of(file, &bytes);
        ((*file).clone(), Block::of_file(&file.extension(), text))
    };
    linked.iter().map(read).collect()
}

/// Makes the pictures among them ready, unless they are to be published as they are; what runs in a drawing never is.
pub(super) fn pictures(
    project: &Project,
    used: &[(SourcePath, PathBuf)],
    memo: &mut PictureMemo,
    cache: Option<&Path>,
) -> Outcome<Pictures> {
    if project.config.images == Images::AsIs {
        let is_drawing = |(path, _): &&(SourcePath, PathBuf)| path.extension() == "svg";
        let drawings: Vec<_> = used.iter().filter(is_drawing).cloned().collect();
        return picture::prepare(&drawings, memo, cache);
    }
    picture::prepare(used, memo, cache)
}

/// Finds the pictures that differences show.
pub(super) fn depictions(
    project: &Project,
    used: &[(SourcePath, PathBuf)],
    wanted: &[Depicted],
    memo: &mut DepictionMemo,
) -> Arc<Depictions> {
    let prefix = project.prefix();
    let in_repository =
        |(path, _): &(SourcePath, PathBuf)| SourcePath::new(&format!("{prefix}{path}"));
    let past = match project.config.history.pictures {
        PicturesOf::All => Past::Shown,
        PicturesOf::Published => Past::Hidden,
    };
    let published = used.iter().map(in_repository).collect();
    revision::depict(&project.source, wanted, &published, past, memo)
}

/// Returns the files as they are published.
pub(super) fn files(
    used: &[(SourcePath, PathBuf)],
    pictures: &Pictures,
    depictions: &Depictions,
) -> OutputTree {
    let mut tree = OutputTree::new();
    for (path, file) in used {
        let ready = pictures.get(path).and_then(|picture| picture.bytes.clone());
        let content = ready.map_or_else(|| Content::File(file.clone()), Content::Bytes);
        tree.insert(path.as_str().to_owned(), content);
    }
    for smaller in pictures.smaller() {
        tree.insert_bytes(smaller.path.clone(), smaller.bytes.clone());
    }
    for (path, bytes) in depictions.files() {
        tree.insert_bytes(path.clone(), bytes.clone());
    }
    tree
}
