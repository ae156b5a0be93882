//! The content folder in, documents out.
//!
//! Invariant: nothing outside the source and its repository is ever read; a file that cannot be read as it should be costs that
//! page at most, and is reported.

mod authors;
mod code;
mod document;
mod front_matter;
mod lfs;
mod names;
mod owners;
mod picture;
mod property;
mod proposal;
mod split;
mod state;
mod walk;

pub use authors::Author;
pub use code::Refusal;
pub use document::{Document, DocumentMemo};
pub use front_matter::{
    ContributionField, FIELDS, Field, FrontMatter, ReviewField, Takes, Text, is_understood,
};
pub use names::people_in;
pub use proposal::{Proposal, Withheld};
pub use state::{State, is_withheld};
pub use walk::Excluded;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::base::{Diagnostic, Diagnostics, Outcome, Place, Result, SourcePath};
use crate::config::{Config, Project, WikilinkOrder};
use crate::markdown::Dialect;

/// Every file of a source.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Pages, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// Pages that say themselves that they are not for everybody, sorted by path: nothing of them is published, and what leads
    /// to them is told.
    pub unpublished: Vec<Arc<Document>>,
    /// All other files, sorted; not read.
    pub files: Vec<SourcePath>,
    /// Width and height in pixels of those that are pictures.
    pub image_sizes: BTreeMap<SourcePath, (u32, u32)>,
    /// Drawings that would run something which cannot be taken out; they are not published.
    pub unsafe_files: BTreeSet<SourcePath>,
    /// Files of which only the pointer of Git LFS is here.
    pub pointers: BTreeSet<SourcePath>,
    /// Files that would run where the site is read: their text is shown, they are not published.
    pub code_files: BTreeSet<SourcePath>,
    /// Files of which nothing is published.
    pub refused: BTreeMap<SourcePath, Refusal>,
    /// Pages that are symbolic links to files elsewhere in the repository, with the path that the file has there.
    pub outside: BTreeMap<SourcePath, SourcePath>,
    /// People in lists of authors.
    pub authors: Vec<Author>,
    /// Who stands for pages as `CODEOWNERS` says: handles, teams and addresses.
    pub owners: BTreeMap<SourcePath, Vec<String>>,
    /// Symbolic links to files of the source: where they stand, what they mean.
    pub symlinks: BTreeMap<SourcePath, SourcePath>,
    /// What can be no page, whether it is there or was once.
    pub excluded: Excluded,
}

/// Reads the source of a project, as it would be after the proposal. `out` is the output folder, which is no part of it.
///
/// # Errors
/// If the folder cannot be read. Single files that cannot are reported.
pub fn read(
    project: &Project,
    out: &Path,
    proposal: &Proposal,
    memo: &mut DocumentMemo,
) -> Result<Outcome<Sources>> {
    let mut diagnostics = Diagnostics::new();
    let found = walk::walk(project, out, &mut diagnostics)?;
    let pictures = picture::look(&project.source, &found.files);
    let code = code::look(&project.source, &found.files, &pictures.unsafe_files);
    let authors = authors::read(&project.source, &found.files);
    let found = proposal.apply(found);
    let (documents, faults) =
        document::read_all(&found.pages, dialect(&project.config), proposal, memo);
    diagnostics.extend(faults);
    for document in &documents {
        diagnostics.extend(document.diagnostics.iter().cloned());
    }
    let (documents, unpublished) = match proposal.withheld {
        Withheld::Omit => withhold(documents, &mut diagnostics),
        Withheld::Keep => (documents, Vec::new()),
    };
    if documents.is_empty() {
        let message = format!("there is no Markdown page in `{}`", project.source.display());
        let help = "name the folder that holds your pages, or write a first `index.md`";
        diagnostics.push(Diagnostic::new("no-pages", message).help(help));
    }
    diagnostics.extend(pictures.unsafe_files.iter().map(unsafe_drawing));
    diagnostics.extend(pictures.lacking.iter().map(lacking_drawing));
    let new_path = |path: &SourcePath| proposal.new_path(path).clone();
    let sizes = pictures.sizes.iter().map(|(path, size)| (new_path(path), *size));
    let owners = owners(project, &documents, &found.outside);
    let value = Sources {
        authors,
        owners,
        documents,
        unpublished,
        files: found.files,
        image_sizes: sizes.collect(),
        unsafe_files: pictures.unsafe_files.iter().map(new_path).collect(),
        pointers: pictures.pointers.iter().map(new_path).collect(),
        code_files: code.shown.iter().map(new_path).collect(),
        refused: code.refused.iter().map(|(path, why)| (new_path(path), *why)).collect(),
        outside: found.outside,
        symlinks: found.symlinks,
        excluded: found.excluded,
    };
    Ok(Outcome { value, diagnostics })
}

fn owners(
    project: &Project,
    documents: &[Arc<Document>],
    outside: &BTreeMap<SourcePath, SourcePath>,
) -> BTreeMap<SourcePath, Vec<String>> {
    let Some(owners) = owners::Owners::of(&project.source) else { return BTreeMap::new() };
    let prefix = project.prefix();
    let paths = documents.iter().map(|document| &document.path);
    let owned = paths.map(|path| {
        let in_repository = || SourcePath::new(&format!("{prefix}{path}"));
        let in_repository = outside.get(path).cloned().unwrap_or_else(in_repository);
        (path.clone(), owners.of_file(&in_repository).to_vec())
    });
    owned.filter(|(_, owners)| !owners.is_empty()).collect()
}

/// Returns the bytes of a file as text, in any encoding that pages may have.
pub fn text_of(file: &SourcePath, bytes: &[u8]) -> String {
    document::decode(file, bytes, &mut Vec::new())
}

/// Returns what a site writes beyond CommonMark and GFM.
pub fn dialect(config: &Config) -> Dialect {
    Dialect {
        wikilinks: config.wikilinks != WikilinkOrder::Off,
        label_first: config.wikilinks == WikilinkOrder::LabelFirst,
        ..Dialect::default()
    }
}

/// Tells the pages for everybody from those that say themselves that they are not.
fn withhold(
    documents: Vec<Arc<Document>>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Arc<Document>>, Vec<Arc<Document>>) {
    for document in &documents {
        if let Some(says) = &document.front_matter.withheld {
            let message = format!("this page is not published: it says `{}`", says.text);
            let finding = Diagnostic::new("withheld-page", message);
            diagnostics.push(finding.at(document.place(says.span.clone())));
        }
    }
    documents.into_iter().partition(|document| document.front_matter.withheld.is_none())
}

fn unsafe_drawing(file: &SourcePath) -> Diagnostic {
    let message = format!(
        "`{file}` holds something that a browser would run, and cannot be read without it; it is not published"
    );
    let help = "export the drawing again, as plain SVG or as PNG";
    Diagnostic::new("unsafe-drawing", message).at(Place::of_file(file.as_str())).help(help)
}

fn lacking_drawing(file: &SourcePath) -> Diagnostic {
    let message = format!("`{file}` is published without what a browser would run or load in it");
    let help = "take scripts, event handlers and pictures from elsewhere out of the drawing";
    Diagnostic::new("unsafe-drawing", message).at(Place::of_file(file.as_str())).help(help)
}
