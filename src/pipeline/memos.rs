//! What is remembered between builds, and under which key.
//!
//! | memo | key | value | kept |
//! | --- | --- | --- | --- |
//! | documents | path, bytes, dialect | front matter and outline | in memory |
//! | commits | commit id | what it did | on disk and in memory |
//! | code | language and text | highlighted HTML | on disk and in memory |
//! | diagrams | text | SVG | on disk and in memory |
//! | differences | ids of two texts, words, dialect | what there is to say of them | on disk (as much as fits) and in memory |
//! | origins | a text, ids of its earlier texts | the revision that each line came with | on disk (as much as fits) and in memory |
//! | bodies | document, where its links lead, what it embeds, theme | HTML of the text | on disk (as much as fits) and in memory |
//! | pictures | file, length, time of change | what is published of them | in memory; smaller versions, by bytes, on disk |
//! | depictions | which pictures differences show, which files are published, `HEAD` | where they are | in memory |
//! | pages | theme, template, view | HTML of the page | in memory; on disk what it is known by in the output folder |
//!
//! A key holds everything that the value follows from, so nothing is ever stale. Values hold no ids of a site. What is rendered
//! follows from the program too: of bodies and pages another program knows nothing.

use std::path::Path;
use std::sync::Arc;

use crate::base::Fingerprint;
use crate::base::memo::Memo;
use crate::cache::{self, Slot};
use crate::history::CommitMemo;
use crate::markdown::{Drawing, Drawn};
use crate::picture::PictureMemo;
use crate::render::{Lasting, RenderMemo};
use crate::revision::{AccountMemo, DepictionMemo, OriginMemo};
use crate::source::DocumentMemo;

/// The version goes up with the syntaxes and with the classes that code is coloured by.
const CODE: Slot = Slot { name: "code", version: 1 };

/// The version goes up with the package that draws, and with what is asked of it.
const DRAWINGS: Slot = Slot { name: "diagrams", version: 1 };

/// The version goes up with the form. What is kept goes with the program that made it.
const RENDERED: Slot = Slot { name: "pages", version: 1 };

/// Everything that is remembered.
#[derive(Debug, Default)]
pub(super) struct Memos {
    /// Files, read and understood.
    pub(super) documents: DocumentMemo,
    /// What commits did.
    pub(super) commits: CommitMemo,
    /// Highlighted code.
    pub(super) code: Memo<Fingerprint, Arc<str>>,
    /// Diagrams, drawn.
    pub(super) drawings: Memo<Fingerprint, Drawn>,
    /// What differs between texts.
    pub(super) accounts: AccountMemo,
    /// Pictures.
    pub(super) pictures: PictureMemo,
    /// Pictures that came or went.
    pub(super) depictions: DepictionMemo,
    /// Which revisions lines came with.
    pub(super) origins: OriginMemo,
    /// Bodies and pages.
    pub(super) render: RenderMemo,
}

impl Memos {
    /// Takes in what an earlier run of the program left, if this one knows nothing yet.
    pub(super) fn load(&mut self, cache: Option<&Path>) {
        if let Some(folder) = cache.filter(|_| self.code.is_empty()) {
            let kept: Option<Vec<(Fingerprint, Arc<str>)>> = cache::load(folder, CODE);
            self.code = kept.unwrap_or_default().into_iter().collect();
        }
        if let Some(folder) = cache.filter(|_| self.drawings.is_empty()) {
            let kept: Option<Vec<(Fingerprint, Arc<Drawing>)>> = cache::load(folder, DRAWINGS);
            let kept = kept.unwrap_or_default().into_iter();
            self.drawings = kept.map(|(print, drawing)| (print, Ok(drawing))).collect();
        }
        if let Some(folder) = cache.filter(|_| self.render.is_empty()) {
            let kept: Option<(String, Lasting)> = cache::load(folder, RENDERED);
            if let Some((_, lasting)) = kept.filter(|(program, _)| program == cache::PROGRAM) {
                self.render.take_in(lasting);
            }
        }
    }

    /// Leaves for later runs what they can use. (Commits are kept by the history itself.)
    pub(super) fn save(&mut self, cache: Option<&Path>) {
        if let Some(folder) = cache {
            self.accounts.save(folder);
            self.origins.save(folder);
        }
        if let Some(folder) = cache.filter(|_| self.code.has_news()) {
            let mut kept: Vec<(&Fingerprint, &Arc<str>)> = self.code.iter().collect();
            kept.sort();
            cache::save(folder, CODE, &kept);
        }
        if let Some(folder) = cache.filter(|_| self.drawings.has_news()) {
            // What failed is drawn again: another version may draw it.
            let drawn = self
                .drawings
                .iter()
                .filter_map(|(print, drawn)| Some((print, drawn.as_ref().ok()?)));
            let mut kept: Vec<(&Fingerprint, &Arc<Drawing>)> = drawn.collect();
            kept.sort_by_key(|(print, _)| *print);
            cache::save(folder, DRAWINGS, &kept);
        }
        if let Some(folder) = cache.filter(|_| self.render.has_news())
            && let Ok(lasting) = self.render.lasting()
        {
            cache::save(folder, RENDERED, &(cache::PROGRAM, lasting));
        }
    }
}
