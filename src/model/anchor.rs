//! Ids that headings of a page had before they got another text.

use std::collections::BTreeMap;

use crate::history::{HeadingName, History};
use crate::markdown::heading_anchor;

use super::Page;

/// Former ids of the headings of one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormerAnchors {
    /// For each id of today those that its heading had, newest first.
    by_heading: BTreeMap<String, Vec<String>>,
}

impl FormerAnchors {
    /// Returns the ids that the heading with this id had, newest first.
    pub fn of(&self, anchor: &str) -> &[String] {
        self.by_heading.get(anchor).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns today's id of the heading that had an id, in any letter case.
    pub fn today(&self, former: &str) -> Option<&str> {
        let former = former.to_lowercase();
        let mut headings = self.by_heading.iter();
        let had = |ids: &[String]| ids.iter().any(|id| id.to_lowercase() == former);
        headings.find_map(|(today, ids)| had(ids).then_some(today.as_str()))
    }

    /// Returns all, by the id of today.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.by_heading.iter().map(|(today, ids)| (today.as_str(), ids.as_slice()))
    }
}

/// Follows the headings of a page back through its revisions. An id that the page has today is never a former one.
pub(super) fn trace(page: &Page, history: &History) -> FormerAnchors {
    let living = &page.document.outline.anchors;
    let mut found = FormerAnchors::default();
    // Former ids, and what they are today.
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for revision in &page.revisions {
        for pair in &history.commits[revision.commit].changes[revision.change].renamed {
            let (from, to) = (anchor(&pair.from), anchor(&pair.to));
            let today = if living.contains(&to) { Some(&to) } else { known.get(&to) };
            if let Some(today) = today.cloned()
                && !living.contains(&from)
                && !known.contains_key(&from)
            {
                found.by_heading.entry(today.clone()).or_default().push(from.clone());
                known.insert(from, today);
            }
        }
    }
    let headings = &page.document.outline.headings;
    found.by_heading.retain(|today, _| headings.iter().any(|heading| heading.anchor == *today));
    found
}

/// Returns the id that a heading had.
fn anchor(name: &HeadingName) -> String {
    let made = name.id.clone().unwrap_or_else(|| heading_anchor(&name.text));
    if name.number == 0 { made } else { format!("{made}-{}", name.number) }
}
