//! What each commit did to the pages of the site.

use std::collections::BTreeMap;

use crate::history::Revision;
use crate::model::{PageIx, Site};

/// What one commit did to the site.
pub(super) struct CommitChanges {
    /// Index of the commit.
    pub(super) commit: usize,
    /// What it touched: index of the change in the commit, and the page that it is today; `None` if it is gone.
    pub(super) touched: Vec<(usize, Option<PageIx>)>,
}

/// Joins what commits did to the pages of today and to those that are gone.
pub(super) fn changes(site: &Site) -> Vec<CommitChanges> {
    let mut touched: BTreeMap<usize, BTreeMap<usize, Option<PageIx>>> = BTreeMap::new();
    let mut touch = |revision: &Revision, page: Option<PageIx>| {
        touched.entry(revision.commit).or_default().entry(revision.change).or_insert(page);
    };
    for (ix, page) in site.pages.iter() {
        page.revisions.iter().for_each(|revision| touch(revision, Some(ix)));
    }
    for removal in &site.history.removals {
        std::iter::once(&removal.revision)
            .chain(&removal.earlier)
            .for_each(|revision| touch(revision, None));
    }
    let changes = touched.into_iter();
    changes
        .map(|(commit, touched)| CommitChanges { commit, touched: touched.into_iter().collect() })
        .collect()
}
