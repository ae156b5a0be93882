//! When a page changed, told straight.

use crate::model::{Page, Pending, Updated};
use crate::render::view::{DateView, SeenView, UpdatedView};

use super::Maker;

impl Maker<'_> {
    pub(super) fn updated(&self, updated: &Updated) -> UpdatedView {
        UpdatedView { date: self.date(updated.date), people: self.people(&updated.people) }
    }

    /// Returns the last change of the words, if it was on another day than the last change.
    pub(super) fn reworded(&self, page: &Page) -> Option<UpdatedView> {
        let updated = page.updated.as_ref()?;
        let reworded = page.dates.reworded.as_ref().filter(|it| it.date != updated.date)?;
        Some(self.updated(reworded))
    }

    /// Returns the day of the last small change, if it was later than the last change.
    pub(super) fn touched(&self, page: &Page) -> Option<DateView> {
        let updated = page.updated.as_ref()?;
        page.dates.touched.filter(|touched| *touched > updated.date).map(|date| self.date(date))
    }

    /// Tells what of a page is not committed, in a preview.
    pub(super) fn pending(&self, page: &Page) -> String {
        match page.pending.filter(|_| self.input().preview) {
            None => String::new(),
            Some(Pending::New) => self.say("page.not-committed"),
            Some(Pending::Changed) => self.say("page.changed-since-commit"),
        }
    }

    /// Returns what a browser may remember of a page.
    pub(super) fn seen(&self, page: &Page) -> Option<SeenView> {
        let counted = page.revisions.iter().position(|it| self.site().small(*it).is_none());
        let revision = self.site().revision_ids(page).into_iter().nth(counted.unwrap_or(0))?;
        Some(SeenView { page: page.id.clone(), revision })
    }
}
