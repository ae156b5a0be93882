//! Where in a page a fragment leads.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::base::id::Id;
use crate::base::{fold, suggest};
use crate::markdown::Outline;
use crate::model::{PageIx, Site};

/// What became of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The id of the place.
    Anchor(String),
    /// The page as a whole: the fragment is empty, or means a text or a line.
    Page,
    /// Nothing.
    Missing,
}

/// Finds places in the pages of a site.
pub(super) struct Fragments<'s>(Vec<Ids<'s>>);

impl<'s> Fragments<'s> {
    /// Returns one that has looked at nothing yet.
    pub(super) fn new(site: &'s Site) -> Self {
        let outlines = site.pages.rows().iter().map(|page| &page.document.outline);
        Self(outlines.map(Ids::new).collect())
    }

    /// Returns what finds places in a page.
    pub(super) fn of(&self, page: PageIx) -> &Ids<'s> {
        &self.0[page.index()]
    }
}

/// Finds places in a page.
pub(super) struct Ids<'s> {
    outline: &'s Outline,
    /// Made when a fragment is no id as it is: a page may have as many headings as links that are no more than like them.
    otherwise: OnceLock<Otherwise>,
}

/// The ids of a page by what else may mean them; of equals the first.
struct Otherwise {
    /// By the id in lower case.
    lower: HashMap<String, String>,
    /// By the letters and digits of the heading.
    texts: HashMap<String, String>,
}

impl<'s> Ids<'s> {
    fn new(outline: &'s Outline) -> Self {
        Self { outline, otherwise: OnceLock::new() }
    }

    /// Looks a fragment up: as an id, in any letter case, then as the text of a heading (as wikilinks write it), then as a
    /// footnote.
    pub(super) fn find(&self, fragment: &str) -> Found {
        let fragment = fragment.trim();
        if fragment.is_empty()
            || matches!(fragment, "top" | "*")
            || fragment.starts_with(":~:")
            || is_line(fragment)
        {
            return Found::Page;
        }
        let written = spellings(fragment).find_map(|fragment| self.find_spelt(fragment));
        match written.or_else(|| footnote(self.outline, fragment)) {
            Some(anchor) => Found::Anchor(anchor),
            // What git hosts call the text of a file, or of the README below a folder's files.
            None if fragment.eq_ignore_ascii_case("readme") => Found::Page,
            None => Found::Missing,
        }
    }

    /// Returns the id of the heading that is most like a fragment, if one is like it at all.
    pub(super) fn closest(&self, fragment: &str) -> Option<&'s str> {
        let anchors = self.outline.headings.iter().map(|heading| heading.anchor.as_str());
        suggest::closest(fragment.trim(), anchors)
    }

    fn find_spelt(&self, fragment: &str) -> Option<String> {
        if self.outline.anchors.contains(fragment) {
            return Some(fragment.to_owned());
        }
        let otherwise = self.otherwise.get_or_init(|| Otherwise::new(self.outline));
        let in_any_case = otherwise.lower.get(&fragment.to_lowercase());
        // Obsidian writes the way to a nested heading: `#Above#Below`.
        let text = || loose(fragment.rsplit('#').next().unwrap_or(fragment));
        let found = in_any_case.or_else(|| otherwise.texts.get(&text()));
        found.cloned()
    }
}

impl Otherwise {
    fn new(outline: &Outline) -> Self {
        let (mut lower, mut texts) = (HashMap::new(), HashMap::new());
        for anchor in &outline.anchors {
            lower.entry(anchor.to_lowercase()).or_insert_with(|| anchor.clone());
        }
        for heading in &outline.headings {
            let text = loose(&heading.text);
            if !text.is_empty() {
                texts.entry(text).or_insert_with(|| heading.anchor.clone());
            }
        }
        Self { lower, texts }
    }
}

/// Returns whether a fragment means a title, which has this id: as an id or as a text.
pub(super) fn is_title(anchor: &str, fragment: &str) -> bool {
    let last = fragment.rsplit('#').next().unwrap_or(fragment);
    let is_text = !loose(last).is_empty() && loose(last) == loose(anchor);
    is_text || spellings(fragment.trim()).any(|spelt| spelt == anchor)
}

/// Returns whether a fragment means lines of a source file on a git host: `L11`, `L11-L20`.
pub(super) fn is_line(fragment: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(numbers) = fragment.strip_prefix('L') else { return false };
    match numbers.split_once('-') {
        Some((first, last)) => {
            is_number(first) && is_number(last.strip_prefix('L').unwrap_or(last))
        }
        None => is_number(numbers),
    }
}

/// Returns the first of the lines that a fragment means.
pub(super) fn first_line(fragment: &str) -> Option<usize> {
    fragment.strip_prefix('L')?.split('-').next()?.parse().ok()
}

/// A fragment as it is, without what git hosts put before ids, and without Dendron's end of a range (`heading,1:#*`).
fn spellings(fragment: &str) -> impl Iterator<Item = &str> {
    let range_start = fragment.split(":#").next().unwrap_or(fragment).trim_end_matches(':');
    let without_number = range_start
        .rsplit_once(',')
        .filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(range_start, |(start, _)| start);
    let of_user = fragment.strip_prefix("user-content-").unwrap_or(fragment);
    [fragment, of_user, range_start, without_number].into_iter()
}

/// Finds a footnote, or its first use, by label or number as other tools write its id: `fn1`, `fn:label`, `user-content-fnref-1`.
fn footnote(outline: &Outline, fragment: &str) -> Option<String> {
    let written = fragment.strip_prefix("user-content-").unwrap_or(fragment).strip_prefix("fn")?;
    let (id, name) = match written.strip_prefix("ref") {
        Some(name) => ("fnref", name),
        None => ("fn", written),
    };
    let name = name.trim_start_matches([':', '-', '_']);
    let is_same = |label: &String| label.to_lowercase() == name.to_lowercase();
    let by_label = outline.footnotes.iter().position(is_same).map(|at| at + 1);
    let is_number = |number: &usize| (1..=outline.footnotes.len()).contains(number);
    let number = by_label.or_else(|| name.parse().ok().filter(is_number))?;
    Some(format!("{id}-{number}"))
}

/// Letters and digits only, so that any tool's way of making ids of headings fits.
fn loose(text: &str) -> String {
    fold::loose_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, scan};

    fn check(fragment: &str, expect: &Found) {
        let body = "# One\n\n## What's *new*?\n\n<a name=\"Old-Id\"></a> x[^note] y[^b]\n\n[^note]: N\n[^b]: B\n";
        let outline = scan(body, Dialect::default());
        assert_eq!(Ids::new(&outline).find(fragment), *expect, "{fragment}");
    }

    #[test]
    fn what_is_missing_may_be_like_another() {
        let outline = scan("# One\n\n## What's *new*?\n", Dialect::default());
        assert_eq!(Ids::new(&outline).closest("whats-knew"), Some("whats-new"));
        assert_eq!(Ids::new(&outline).closest("lovely"), None);
    }

    #[test]
    fn fragments_are_found_as_ids_and_as_texts() {
        check("whats-new", &Found::Anchor("whats-new".to_owned()));
        check("Whats-New", &Found::Anchor("whats-new".to_owned()));
        check("What's new?", &Found::Anchor("whats-new".to_owned()));
        check("One#What's new", &Found::Anchor("whats-new".to_owned()));
        check("what_s-new", &Found::Anchor("whats-new".to_owned()));
        check("old-id", &Found::Anchor("Old-Id".to_owned()));
        check("whats-knew", &Found::Missing);
        check("user-content-whats-new", &Found::Anchor("whats-new".to_owned()));
        check("what's-new,1:#*", &Found::Anchor("whats-new".to_owned()));
        check("what's-new,1:", &Found::Anchor("whats-new".to_owned()));
        check("fn2", &Found::Anchor("fn-2".to_owned()));
        check("fn:Note", &Found::Anchor("fn-1".to_owned()));
        check("user-content-fnref-note", &Found::Anchor("fnref-1".to_owned()));
        check("fn3", &Found::Missing);
        check("L11-L20", &Found::Page);
        check("readme", &Found::Page);
        check("Lovely", &Found::Missing);
        check("^block", &Found::Missing);
    }
}
