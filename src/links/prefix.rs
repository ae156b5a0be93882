//! Beginnings of addresses that no folder has: another tool serves a folder under another name.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::path;
use crate::config::Config;
use crate::model::Site;

use super::address;

/// Fewer destinations than these may be right by accident.
const ENOUGH: usize = 5;
/// So many destinations of a beginning are looked at; more would say the same.
const SAMPLE: usize = 200;
/// So many beginnings are looked at, those of most destinations first: a site has few, and a page can be written that has thousands.
const MOST: usize = 20;
/// Folders deeper than this are no roots of a site.
const DEPTH: usize = 2;

/// The folders that beginnings of root-absolute links plainly mean, as `link_prefixes` would say it: `kennisbank` → `docs`.
#[derive(Debug, Default)]
pub(super) struct Prefixes(BTreeMap<String, String>);

impl Prefixes {
    /// Looks at the destinations of a site that begin with `/` and a name that no folder of it has. A folder is meant if most
    /// of those that begin so lead somewhere from it.
    pub(super) fn new(site: &Site, config: &Config) -> Self {
        let mut rests: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let links = site.pages.rows().iter().flat_map(|page| &page.document.outline.links);
        for link in links {
            let Some((prefix, rest)) = parted(&link.dest) else { continue };
            let rests = rests.entry(prefix).or_default();
            if rests.len() < SAMPLE {
                rests.insert(rest);
            }
        }
        let is_unknown = |prefix: &str| {
            site.folder(prefix).is_none() && !config.link_prefixes.contains_key(prefix)
        };
        let mut rests: Vec<(&str, BTreeSet<&str>)> = rests
            .into_iter()
            .filter(|(prefix, rests)| rests.len() >= ENOUGH && is_unknown(prefix))
            .collect();
        rests.sort_by_key(|(_, rests)| Reverse(rests.len()));
        rests.truncate(MOST);
        let folder = |(prefix, rests): (&str, BTreeSet<&str>)| {
            Some((prefix.to_owned(), folder_of(site, &rests)?))
        };
        Self(rests.into_iter().filter_map(folder).collect())
    }

    /// Returns the beginning of a path, and the folder that it means, if something is there.
    pub(super) fn of(&self, site: &Site, written: &str) -> Option<(&str, &str)> {
        let (prefix, rest) = parted(written)?;
        let (prefix, folder) = self.0.get_key_value(prefix)?;
        leads(site, folder, rest).then_some((prefix, folder))
    }
}

/// Parts `/prefix/rest#place` into `prefix` and `rest`.
fn parted(dest: &str) -> Option<(&str, &str)> {
    let path = dest.split(['#', '?']).next()?;
    let (prefix, rest) = path.strip_prefix('/')?.split_once('/')?;
    let is_name = prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    (is_name && !prefix.is_empty() && !rest.is_empty()).then_some((prefix, rest))
}

fn folder_of(site: &Site, rests: &BTreeSet<&str>) -> Option<String> {
    let is_near = |folder: &&String| folder.is_empty() || folder.split('/').count() <= DEPTH;
    let led = |folder: &str| rests.iter().filter(|rest| leads(site, folder, rest)).count();
    let folders = site.folders.keys().filter(is_near).map(|folder| (led(folder), folder));
    // Of those that fit as well the first is the outermost.
    let (count, folder) = folders.rev().max_by_key(|(count, _)| *count)?;
    (count >= ENOUGH && count * 2 > rests.len()).then(|| folder.clone())
}

fn leads(site: &Site, folder: &str, rest: &str) -> bool {
    path::join(folder, rest).is_some_and(|full| address::at_path(site, &full).is_some())
}
