//! A change as far as it has been thought out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Place, SourcePath};
use crate::model::Page;
use crate::pipeline::Reading;
use crate::source::{Proposal, Withheld};

use super::moved::Move;
use super::slot::Slot;
use super::text::{Edit, FileText, edited};

/// Something that could not be rewritten.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leftover {
    /// Where it stands now.
    pub place: Place,
    /// What is the matter with it.
    pub message: String,
}

/// The change as far as it has been thought out.
pub(super) struct Draft<'a> {
    /// The site as it is.
    pub(super) before: &'a Reading,
    /// What moves.
    pub(super) moved: Option<&'a Move>,
    /// What could not be rewritten.
    pub(super) left: BTreeSet<Leftover>,
    proposal: Proposal,
    pages: BTreeMap<SourcePath, PageDraft>,
}

/// A page that changes.
struct PageDraft {
    file: FileText,
    /// Edits that are certain.
    fixed: Vec<Edit>,
    /// Links that are tried in several spellings, by the first byte of their destination.
    slots: BTreeMap<usize, Slot>,
}

impl<'a> Draft<'a> {
    /// Returns a draft that moves files and changes no text.
    pub(super) fn new(before: &'a Reading, moved: Option<&'a Move>) -> Self {
        let moves = moved.map(|moved| moved.files(&before.site)).unwrap_or_default();
        let proposal = Proposal { moves, texts: BTreeMap::new(), withheld: Withheld::Keep };
        Self { before, moved, proposal, pages: BTreeMap::new(), left: BTreeSet::new() }
    }

    /// Returns the change, for the site to be read with it.
    pub(super) fn proposal(&mut self) -> &Proposal {
        for (path, page) in &self.pages {
            let text = edited(&page.file.text, &page.edits());
            self.proposal.texts.insert(path.clone(), page.file.encode(&text));
        }
        &self.proposal
    }

    /// Returns the path that a file gets.
    pub(super) fn new_path(&self, path: &SourcePath) -> SourcePath {
        self.moved
            .map_or_else(|| path.clone(), |moved| SourcePath::new(&moved.new_path(path.as_str())))
    }

    /// Returns the text of a page that can be written; `None`, and a word on it, if its bytes are not text.
    pub(super) fn file(&mut self, page: &Page) -> Option<&FileText> {
        self.page(page).map(|draft| &draft.file)
    }

    /// Adds an edit that is certain.
    pub(super) fn fix(&mut self, page: &Page, edit: Edit) {
        if let Some(draft) = self.page(page) {
            draft.fixed.push(edit);
        }
    }

    /// Takes such an edit back.
    pub(super) fn unfix(&mut self, page: &Page, edit: &Edit) {
        if let Some(draft) = self.page(page) {
            draft.fixed.retain(|fixed| fixed != edit);
        }
    }

    /// Tells of something that could not be rewritten.
    pub(super) fn leave(&mut self, place: &Place, message: String) {
        self.left.insert(Leftover { place: place.clone(), message });
    }

    /// Returns the edits of each page, by its path before the change; pages without any are left out.
    pub(super) fn edits(&self) -> BTreeMap<SourcePath, (FileText, Vec<Edit>)> {
        let pages =
            self.pages.iter().map(|(path, page)| (path.clone(), (page.file.clone(), page.edits())));
        pages.filter(|(_, (_, edits))| !edits.is_empty()).collect()
    }

    /// Returns how many destinations are written anew.
    pub(super) fn rewritten(&self) -> usize {
        let slots = self.pages.values().flat_map(|page| page.slots.values());
        slots.filter(|slot| slot.is_rewritten()).count()
    }

    /// Returns the slots of a page.
    pub(super) fn slots(&self, page: &Page) -> Option<&BTreeMap<usize, Slot>> {
        self.pages.get(&page.path).map(|draft| &draft.slots)
    }

    /// Returns the slots of a page that has any text to write them to.
    pub(super) fn slots_mut(&mut self, page: &Page) -> Option<&mut BTreeMap<usize, Slot>> {
        self.page(page).map(|draft| &mut draft.slots)
    }

    fn page(&mut self, page: &Page) -> Option<&mut PageDraft> {
        if !self.pages.contains_key(&page.path) {
            let bytes = std::fs::read(self.before.project.source.join(page.path.as_str())).ok();
            let file = bytes.and_then(|bytes| FileText::read(&bytes));
            let Some(file) = file.filter(|file| file.text == page.document.text) else {
                let message = "this file is not UTF-8 text and is not rewritten".to_owned();
                self.leave(&Place::of_file(page.path.as_str()), message);
                return None;
            };
            let draft = PageDraft { file, fixed: Vec::new(), slots: BTreeMap::new() };
            self.pages.insert(page.path.clone(), draft);
        }
        self.pages.get_mut(&page.path)
    }
}

impl PageDraft {
    fn edits(&self) -> Vec<Edit> {
        let slots = self.slots.values().filter_map(Slot::edit);
        let mut edits: Vec<Edit> = self.fixed.iter().cloned().chain(slots).collect();
        // What is inserted comes before what is replaced there; of two that overlap the wider one holds.
        edits.sort_by_key(|edit| {
            (edit.range.start, !edit.range.is_empty(), Reverse(edit.range.end))
        });
        let mut end = 0;
        edits.retain(|edit| {
            let is_free = edit.range.start >= end;
            end = end.max(edit.range.end);
            is_free
        });
        edits
    }
}
