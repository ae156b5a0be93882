//! Which pictures differences show: those that came or went. What files they were is found by [`crate::revision::depict`].

use std::collections::HashSet;

use crate::base::SourcePath;
use crate::base::path::{self, percent_decode};
use crate::config::Config;
use crate::history::ChangeKind;
use crate::markdown::Pictured;
use crate::model::{PageIx, Site};
use crate::picture;
use crate::revision::{Account, Accounts, Depicted};
use crate::theme::Theme;

use super::difference::{self, Shown};

/// Returns the pictures that differences show, those of the newest commits first.
pub fn depicted(config: &Config, site: &Site, theme: &Theme, accounts: &Accounts) -> Vec<Depicted> {
    if !accounts.have_pictures() {
        return Vec::new();
    }
    let shown = Shown::of(config, site);
    let mut found: Vec<(usize, Depicted)> = Vec::new();
    for ix in site.pages.ids() {
        for at in shown.of_page(ix) {
            let pair = difference::pair(site, theme, ix, *at);
            let commit = site.pages[ix].revisions[*at].commit;
            let pictures = of_account(accounts.get(&pair)).iter();
            let depicted = pictures.filter_map(|picture| of(config, site, (ix, *at), picture));
            found.extend(depicted.map(|depicted| (commit, depicted)));
        }
    }
    found.sort_by_key(|(commit, _)| *commit);
    let mut seen = HashSet::new();
    let found = found.into_iter().map(|(_, depicted)| depicted);
    found.filter(|depicted| seen.insert(depicted.clone())).collect()
}

/// Returns the pictures of what is told.
pub(super) fn of_account(account: Option<&Account>) -> &[Pictured] {
    match account {
        Some(Account::Told(told)) => &told.body.pictures,
        _ => &[],
    }
}

/// Returns which picture a revision of a page shows; `None` if it cannot be a file of the site.
pub(super) fn of(
    config: &Config,
    site: &Site,
    (ix, at): (PageIx, usize),
    picture: &Pictured,
) -> Option<Depicted> {
    let (commit, change) = site.revision(site.pages[ix].revisions[at]);
    let page = match &change.kind {
        ChangeKind::Renamed { from } if picture.is_gone => from,
        _ => &change.path,
    };
    let before = if picture.is_gone { Some((page.clone(), change.before?)) } else { None };
    Some(Depicted { commit: commit.id, before, file: file(config, site, page, picture)? })
}

/// Returns the path in the repository of a picture that the page of a path showed.
fn file(config: &Config, site: &Site, page: &SourcePath, picture: &Pictured) -> Option<SourcePath> {
    let written = picture.dest.split(['#', '?']).next().unwrap_or_default();
    let dest = percent_decode(written);
    if dest.contains(':') || dest.starts_with("//") {
        return None;
    }
    let in_source = |path: String| format!("{}{path}", site.prefix);
    let full = match (dest.strip_prefix('/'), picture.is_wiki) {
        (Some(rest), _) => in_source(from_root(config, site, rest)?),
        (None, true) => match site.files_named(SourcePath::new(&dest).file_name()) {
            [only] => in_source(only.to_string()),
            _ => path::join(page.folder(), &dest)?,
        },
        (None, false) => path::join(page.folder(), &dest)?,
    };
    let below = SourcePath::new(full.strip_prefix(site.prefix.as_str())?);
    let can_be_shown = picture::is_kept(&below.extension()) && !site.excludes(&below);
    can_be_shown.then(|| SourcePath::new(&full))
}

/// Returns the path that one from the root means: in a folder that other tools take for the root, if the file is there today.
fn from_root(config: &Config, site: &Site, rest: &str) -> Option<String> {
    let mut roots = config.link_roots.iter().filter_map(|root| path::join(root, rest));
    let there = roots.find(|full| site.files.contains_key(&path::path_key(full)));
    there.or_else(|| path::join("", rest))
}
