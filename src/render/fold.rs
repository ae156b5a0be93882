//! Revisions of a page that belong together: the same people, at most half an hour from the first to the last.

use crate::model::{Page, Site, Small};

/// Seconds that one sitting lasts.
const SITTING: i64 = 30 * 60;

/// Revisions of a page that are shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fold {
    /// The newest of them, and how many there are: a run of [`Page::revisions`].
    pub(super) start: usize,
    /// How many there are.
    pub(super) count: usize,
    /// Why they are small.
    pub(super) small: Option<Small>,
}

/// Returns the folds of a page, newest first; every revision is in one.
pub(super) fn folds(site: &Site, page: &Page) -> Vec<Fold> {
    let mut folds: Vec<Fold> = Vec::new();
    for (at, revision) in page.revisions.iter().enumerate() {
        let small = site.small(*revision);
        match folds.last_mut() {
            Some(last) if last.small == small && is_one_sitting(site, page, last.start, at) => {
                last.count += 1;
            }
            _ => folds.push(Fold { start: at, count: 1, small }),
        }
    }
    folds
}

fn is_one_sitting(site: &Site, page: &Page, newest: usize, at: usize) -> bool {
    let commit = |at: usize| page.revisions[at].commit;
    let people = |at: usize| {
        let mut people = site.writers(commit(at)).to_vec();
        people.sort_unstable();
        people
    };
    let second = |at: usize| site.moment(&site.history.commits[commit(at)]).seconds;
    second(newest).abs_diff(second(at)) <= SITTING.unsigned_abs() && people(newest) == people(at)
}
