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

/// With a number in `history: {revisions: …}` no more differences are built in all; the newest are.
const MOST: usize = 2_000;

/// Which revisions of each page, from 0 for the newest, have a page of their own that tells what they changed.
#[derive(Debug, Clone)]
pub(super) struct Shown(Vec<Vec<usize>>);

impl Shown {
    pub(super) fn of(config: &Config, site: &Site) -> Self {
        Self::at_most(config, site, MOST)
    }

    fn at_most(config: &Config, site: &Site, most: usize) -> Self {
        let limit = config.history.revisions;
        let mut chosen: Vec<(usize, PageIx, usize)> = Vec::new();
        for (ix, page) in site.pages.iter() {
            let mut seen = BTreeSet::new();
            let newest = page.revisions.iter().take(limit.of(page.revisions.len())).enumerate();
            let once = newest.filter(|(_, revision)| seen.insert(revision.commit));
            chosen.extend(once.map(|(at, revision)| (revision.commit, ix, at)));
        }
        if limit != RevisionLimit::All && chosen.len() > most {
            // Commits are in order, the newest first.
            chosen.sort_unstable();
            chosen.truncate(most);
        }
        let mut shown = vec![Vec::new(); site.pages.len()];
        chosen.into_iter().for_each(|(_, ix, at)| shown[ix.index()].push(at));
        shown.iter_mut().for_each(|of_page| of_page.sort_unstable());
        Self(shown)
    }

    /// Returns those of a page, in order.
    pub(super) fn of_page(&self, ix: PageIx) -> &[usize] {
        &self.0[ix.index()]
    }
}

/// Returns the pairs of texts whose difference is shown, the newest of each page first.
pub fn wanted(config: &Config, site: &Site, theme: &Theme) -> Vec<Wanted> {
    let shown = Shown::of(config, site);
    let mut wanted: Vec<(usize, PageIx)> = Vec::new();
    for ix in site.pages.ids() {
        wanted.extend(shown.of_page(ix).iter().map(|at| (*at, ix)));
    }
    wanted.sort_unstable();
    wanted.into_iter().map(|(at, ix)| pair(site, theme, ix, at)).collect()
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
    Wanted { before: change.before, after: change.blob, lang }
}

/// Returns the address of the page of a revision.
pub(super) fn url(site: &Site, ix: PageIx, at: usize) -> UrlPath {
    let page = &site.pages[ix];
    let (commit, _) = site.revision(page.revisions[at]);
    page.history_url.below(&commit.id.short())
}
