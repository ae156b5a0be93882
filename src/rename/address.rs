//! Old addresses of pages that move, kept as aliases.

use std::collections::BTreeSet;

use crate::base::path::path_key;
use crate::base::{Place, SourcePath};
use crate::model::Page;
use crate::pipeline::Reading;

use super::alias;
use super::draft::Draft;
use super::lead::page_at;
use super::moved::Move;
use super::text::Edit;

/// An alias that was added: to which page, and how.
pub(super) type Added<'a> = (&'a Page, Edit);

/// Gives pages that get another address the one that they had as an alias, unless something lives there now.
pub(super) fn add_aliases<'b>(
    draft: &mut Draft<'_>,
    before: &'b Reading,
    after: &Reading,
    moved: &Move,
) -> Vec<Added<'b>> {
    let pages = after.site.pages.rows().iter().map(|page| &page.url);
    let folders = after.site.folders.values().map(|folder| &folder.url);
    let taken: BTreeSet<String> = pages.chain(folders).map(|url| path_key(url.as_str())).collect();
    let mut added = Vec::new();
    for page in before.site.pages.rows() {
        let new_path = SourcePath::new(&moved.new_path(page.path.as_str()));
        let Some(now) = page_at(&after.site, &new_path) else { continue };
        if new_path == page.path || taken.contains(&path_key(page.url.as_str())) {
            continue;
        }
        let (old, own) = (format!("/{}", page.url.as_str()), format!("/{}", now.url.as_str()));
        let Some(file) = draft.file(page) else { continue };
        match alias::add(file, page.document.body_start, &old, &own) {
            Some(edit) => {
                draft.fix(page, edit.clone());
                added.push((page, edit));
            }
            None => {
                let message =
                    format!("the front matter cannot be added to; its old address is {old}");
                draft.leave(&Place::of_file(page.path.as_str()), message);
            }
        }
    }
    added
}

/// Takes back the aliases at whose address something else is that Polder makes; returns whether there were any.
pub(super) fn drop_taken(
    draft: &mut Draft<'_>,
    after: &Reading,
    added: &mut Vec<Added<'_>>,
) -> bool {
    let is_taken = |page: &Page| {
        let path = draft.new_path(&page.path);
        let mut found = after.diagnostics.iter().filter(|found| found.code == "alias-taken");
        found.any(|found| found.place.as_ref().is_some_and(|place| *place.path == *path.as_str()))
    };
    let (taken, kept) = added.drain(..).partition(|(page, _)| is_taken(page));
    *added = kept;
    let taken: Vec<Added<'_>> = taken;
    taken.iter().for_each(|(page, edit)| draft.unfix(page, edit));
    !taken.is_empty()
}
