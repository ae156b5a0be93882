//! Which differences are shown: of the newest revisions of each page, as many as the site wants. A site of 10,000 pages has
//! some 50,000 revisions among the newest twenty of each; their pages would double the time and the memory of a build.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::UrlPath;
use crate::base::id::Id;
use crate::config::{Config, RevisionLimit};
use crate::markdown::{self, DifferenceWords};
use crate::model::{Page, PageIx, Site};
use crate::revision::{Lineage, Wanted};
use crate::theme::{Messages, Theme};

/// With a number in `history: {revisions: …}` no more pages and differences are built in all; of the differences the newest are.
const MOST: usize = 12_000;

/// So many differences a site of any size has.
const LEAST: usize = 2_000;

/// Which revisions of each page, from 0 for the newest, have a page of their own that tells what they changed, and what each is
/// called in its address.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    places: Vec<Vec<usize>>,
    ids: Vec<Vec<String>>,
}

impl Shown {
    pub(super) fn of(config: &Config, site: &Site) -> Self {
        let pages = site.pages.rows().iter();
        let all: Vec<Vec<(usize, String)>> = pages.map(|page| shown(config, site, page)).collect();
        let pairs = site.pages.rows().iter().zip(&all);
        let commits = pairs
            .flat_map(|(page, of_page)| of_page.iter().map(|(at, _)| page.revisions[*at].commit));
        let most = MOST.saturating_sub(site.pages.len()).max(LEAST);
        let is_bounded = config.history.revisions != RevisionLimit::All;
        let bound = is_bounded.then(|| bound(commits.collect(), most)).flatten();
        let mut shown = Self { places: Vec::new(), ids: Vec::new() };
        for (page, mut of_page) in site.pages.rows().iter().zip(all) {
            // Commits are in order, the newest first.
            of_page.retain(|(at, _)| bound.is_none_or(|bound| page.revisions[*at].commit < bound));
            let (places, ids) = of_page.into_iter().unzip();
            shown.places.push(places);
            shown.ids.push(ids);
        }
        shown
    }

    /// Returns those of a page, in order.
    pub(super) fn of_page(&self, ix: PageIx) -> &[usize] {
        &self.places[ix.index()]
    }

    /// Returns the address of the page of a revision that is shown.
    pub(super) fn url(&self, site: &Site, ix: PageIx, at: usize) -> UrlPath {
        let place = self.of_page(ix).binary_search(&at).expect("the revision is shown");
        site.pages[ix].history_url.below(&self.ids[ix.index()][place])
    }
}

/// Returns the places of the revisions of a page that are shown, with their ids. What a commit did to a page is told once.
fn shown(config: &Config, site: &Site, page: &Page) -> Vec<(usize, String)> {
    let mut seen = BTreeSet::new();
    let ids = site.revision_ids(page).into_iter();
    let newest = page.revisions.iter().zip(ids).enumerate();
    let newest = newest.take(config.history.revisions.of(page.revisions.len()));
    let once = newest.filter(|(_, (revision, _))| seen.insert(revision.commit));
    once.map(|(at, (_, id))| (at, id)).collect()
}

/// Returns the first commit that is not told of any more, if these are too many: all that a commit did is told, or nothing.
fn bound(mut commits: Vec<usize>, most: usize) -> Option<usize> {
    commits.sort_unstable();
    commits.get(most).copied()
}

/// Returns the pairs of texts whose difference is shown, page by page.
pub fn wanted(config: &Config, site: &Site, theme: &Theme) -> Vec<Wanted> {
    let shown = Shown::of(config, site);
    let of_page = |ix: PageIx| shown.of_page(ix).iter().map(move |at| pair(site, theme, ix, *at));
    site.pages.ids().flat_map(of_page).collect()
}

/// Returns what is to be known to tell who wrote which part of each page, in the order of the pages.
pub fn lineages(site: &Site) -> Vec<Lineage<'_>> {
    let past = |page: &Page| {
        let texts = page.revisions.iter().map(|revision| site.revision(*revision).1.blob);
        texts.collect()
    };
    let pages = site.pages.rows().iter();
    pages.map(|page| Lineage { text: &page.document.text, past: past(page) }).collect()
}

/// Returns the words of differences, for every language of the site's pages.
pub fn difference_words(site: &Site, theme: &Theme) -> BTreeMap<String, DifferenceWords> {
    let messages = &theme.messages;
    let languages: BTreeSet<&str> =
        site.pages.rows().iter().map(|page| messages.language(&page.lang)).collect();
    languages.into_iter().map(|lang| (lang.to_owned(), words(messages, lang))).collect()
}

fn words(messages: &Messages, lang: &str) -> DifferenceWords {
    let say = |key: &str| messages.text(lang, key, &[]).unwrap_or_default();
    DifferenceWords {
        inserted: say("difference.inserted"),
        deleted: say("difference.deleted"),
        set: say("difference.set"),
        unchanged: say("difference.unchanged"),
        picture: say("difference.picture"),
        embed: say("difference.embed"),
        aligned: [say("difference.left"), say("difference.centre"), say("difference.right")],
        table: say("body.table"),
        task: [say("body.done"), say("body.to-do")],
        alerts: markdown::alert_words().map(|word| (word, say(&format!("alert.{word}")))).collect(),
    }
}

/// Returns the texts before and after a revision.
pub(super) fn pair(site: &Site, theme: &Theme, ix: PageIx, at: usize) -> Wanted {
    let page = &site.pages[ix];
    let (_, change) = site.revision(page.revisions[at]);
    let lang = theme.messages.language(&page.lang).to_owned();
    Wanted { before: change.before, after: change.blob, lang, age: at }
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn newest_commits_are_told_as_a_whole() {
        assert_eq!(bound(vec![3, 1, 2], 3), None);
        assert_eq!(bound(vec![3, 1, 2], 2), Some(3));
        assert_eq!(bound(vec![2, 1, 2, 2], 2), Some(2));
    }
}
