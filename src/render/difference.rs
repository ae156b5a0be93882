//! Which differences are shown: of the newest revisions of each page, as many as the site wants.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::UrlPath;
use crate::config::Config;
use crate::markdown::{self, DifferenceWords};
use crate::model::{PageIx, Site};
use crate::revision::Wanted;
use crate::theme::{Messages, Theme};

/// Returns the pairs of texts whose difference is shown, the newest of each page first.
pub fn wanted(config: &Config, site: &Site, theme: &Theme) -> Vec<Wanted> {
    let mut wanted: Vec<(usize, PageIx)> = Vec::new();
    for ix in site.pages.ids() {
        wanted.extend(shown(config, site, ix).into_iter().map(|at| (at, ix)));
    }
    wanted.sort_unstable();
    wanted.into_iter().map(|(at, ix)| pair(site, theme, ix, at)).collect()
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

/// Returns which revisions of a page, from 0 for the newest, have a page of their own: each commit once.
pub(super) fn shown(config: &Config, site: &Site, ix: PageIx) -> Vec<usize> {
    let revisions = &site.pages[ix].revisions;
    let most = config.history.revisions.of(revisions.len());
    let mut seen = BTreeSet::new();
    (0..most).filter(|at| seen.insert(revisions[*at].commit)).collect()
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
