//! A change, thought out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::base::{Diagnostic, Error, Place, Result, Severity, SourcePath};
use crate::pipeline::{Pipeline, Reading};
use crate::source::{Proposal, Withheld};

use super::address::{add_aliases, drop_taken};
use super::baseline;
use super::draft::{Draft, Leftover};
use super::follow::follow;
use super::heading;
use super::lead::page_at;
use super::moved::Move;
use super::naming::{follow_fields, follow_mentions};
use super::request::{Change, Request};
use super::text::{Edit, FileChange, edited};

/// Whether pages remember the address that they had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aliases {
    /// In their front matter.
    Keep,
    /// Not at all.
    None,
}

/// What a change comes to.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Plan {
    /// The source.
    pub source: PathBuf,
    /// The file or folder that moves; none if a heading gets another text.
    pub moved: Option<Move>,
    /// Every page and file of the site that moves.
    pub moves: BTreeMap<SourcePath, SourcePath>,
    /// Texts that change, by their path before the change.
    pub files: BTreeMap<SourcePath, FileChange>,
    /// How many links are written anew.
    pub links: usize,
    /// What could not be rewritten.
    pub left: Vec<Leftover>,
    /// What would be found afterwards and is not found now.
    pub findings: Vec<Diagnostic>,
}

/// Links settle in two or three readings; a spelling that needs more is not worth the wait.
const READINGS: usize = 12;

/// Thinks a change out. Nothing is written.
///
/// # Errors
/// If the site cannot be read, or what is asked cannot be done.
pub fn plan(pipeline: &mut Pipeline, request: &Request, aliases: Aliases) -> Result<Plan> {
    // Pages that are not published have links as well.
    let all = Proposal { withheld: Withheld::Keep, ..Proposal::default() };
    let before = pipeline.read(&all)?;
    let change = request.understand(&before)?;
    let moved = match &change {
        Change::Path(moved) => Some(moved),
        Change::Heading { .. } => None,
    };
    let mut draft = Draft::new(&before, moved);
    if let Change::Heading { page, number, text } = &change {
        change_heading(&mut draft, &before, page, *number, text)?;
    }
    let mut after = pipeline.read(draft.proposal())?;
    refuse_excluded(&before, &after, moved)?;
    let mut is_open = follow(&mut draft, &after);
    is_open |= follow_fields(&mut draft, &before, &after, moved);
    is_open |= follow_mentions(&mut draft, &before, moved);
    let mut added = match moved {
        Some(moved) if aliases == Aliases::Keep => add_aliases(&mut draft, &before, &after, moved),
        _ => Vec::new(),
    };
    is_open |= !added.is_empty();
    for _ in 0..READINGS {
        if !is_open {
            break;
        }
        after = pipeline.read(draft.proposal())?;
        is_open = follow(&mut draft, &after) | drop_taken(&mut draft, &after, &mut added);
    }
    if let Change::Heading { page, number, .. } = &change {
        check_heading(&before, &after, page, *number)?;
    }
    Ok(finished(&before, &after, &draft, moved.cloned()))
}

fn finished(before: &Reading, after: &Reading, draft: &Draft<'_>, moved: Option<Move>) -> Plan {
    let files = draft.edits().into_iter().map(|(path, (file, edits))| {
        let new_text = edited(&file.text, &edits);
        let (old, new) = (file.encode(&file.text), file.encode(&new_text));
        (path, FileChange { old_text: file.text, edits, new_text, old, new })
    });
    let mut left = draft.left.clone();
    left.extend(changed_kinds(before, after, moved.as_ref()));
    let mut files: BTreeMap<SourcePath, FileChange> = files.collect();
    files.extend(moved.as_ref().and_then(|moved| baseline::follow(before, after, moved)));
    Plan {
        source: before.project.source.clone(),
        moves: moved.as_ref().map(|moved| moved.files(&before.site)).unwrap_or_default(),
        files,
        links: draft.rewritten(),
        findings: new_findings(before, after, moved.as_ref(), &left),
        left: left.into_iter().collect(),
        moved,
    }
}

/// A page where no page can be would be lost, and with it what links to it.
fn refuse_excluded(before: &Reading, after: &Reading, moved: Option<&Move>) -> Result<()> {
    let Some(moved) = moved else { return Ok(()) };
    let mut paths = before.site.pages.rows().iter().map(|page| &page.path);
    let lost = paths.find(|path| {
        let new_path = SourcePath::new(&moved.new_path(path.as_str()));
        page_at(&after.site, &new_path).is_none()
    });
    match lost {
        None => Ok(()),
        Some(path) => Err(Error::refused(
            format!("`{path}` would be no page at `{}`", moved.new_path(path.as_str())),
            "choose a place that `exclude` in polder.yml leaves in the site",
        )),
    }
}

fn change_heading(
    draft: &mut Draft<'_>,
    before: &Reading,
    path: &SourcePath,
    number: usize,
    text: &str,
) -> Result<()> {
    let page = page_at(&before.site, path).expect("the request found it");
    let document = &page.document;
    let start = document.body_start + document.outline.headings[number].start;
    let range = heading::text_range(&document.text, start);
    let (Some(range), true) = (range, draft.file(page).is_some()) else {
        let message =
            format!("the heading in `{path}` is written in a way that cannot be rewritten");
        return Err(Error::refused(message, "change it by hand"));
    };
    if document.text[range.clone()] == *text {
        return Err(Error::refused("the heading has this text already", "choose another text"));
    }
    draft.fix(page, Edit { range, text: text.to_owned() });
    Ok(())
}

/// Makes sure that the page has the same headings, but for the one.
fn check_heading(
    before: &Reading,
    after: &Reading,
    path: &SourcePath,
    number: usize,
) -> Result<()> {
    let headings = |reading: &Reading| -> Vec<(u8, String)> {
        let page = page_at(&reading.site, path);
        let headings =
            page.map(|page| page.document.outline.headings.as_slice()).unwrap_or_default();
        headings.iter().map(|heading| (heading.level, heading.text.clone())).collect()
    };
    let (old, new) = (headings(before), headings(after));
    let is_same = |at: usize| at == number || old[at] == new[at];
    if old.len() == new.len() && old[number].0 == new[number].0 && (0..old.len()).all(is_same) {
        return Ok(());
    }
    let message = format!("with this text `{path}` would have other headings than before");
    Err(Error::refused(message, "choose a text without marks at its beginning and end"))
}

/// Pages whose kind followed from their folder may become something else.
fn changed_kinds(before: &Reading, after: &Reading, moved: Option<&Move>) -> Vec<Leftover> {
    let Some(moved) = moved else { return Vec::new() };
    let changed = before.site.pages.rows().iter().filter_map(|page| {
        let now = page_at(&after.site, &SourcePath::new(&moved.new_path(page.path.as_str())))?;
        let message = format!(
            "its kind followed from its folder; it was `{}` and becomes `{}`",
            page.kind, now.kind
        );
        (page.kind != now.kind)
            .then(|| Leftover { place: Place::of_file(page.path.as_str()), message })
    });
    changed.collect()
}

/// Returns the warnings and errors that there would be more of than there are, page by page and code by code.
fn new_findings(
    before: &Reading,
    after: &Reading,
    moved: Option<&Move>,
    left: &BTreeSet<Leftover>,
) -> Vec<Diagnostic> {
    let new_path = |path: &str| moved.map_or_else(|| path.to_owned(), |moved| moved.new_path(path));
    let mut known: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for found in before.diagnostics.iter() {
        let path = found.place.as_ref().map(|place| new_path(&place.path)).unwrap_or_default();
        *known.entry((path, found.code)).or_default() += 1;
    }
    let mut news: Vec<Diagnostic> = Vec::new();
    for found in after.diagnostics.iter() {
        let path = found.place.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
        let count = known.entry((path.clone(), found.code)).or_default();
        let is_told = left.iter().any(|left| new_path(&left.place.path) == path);
        if *count > 0 {
            *count -= 1;
        } else if !is_told && found.severity != Severity::Note {
            news.push(found.clone());
        }
    }
    news
}
