//! Where in a page a fragment leads.

use crate::base::{fold, suggest};
use crate::markdown::Outline;

/// What became of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The id of the place.
    Anchor(String),
    /// The page as a whole: the fragment was empty or names a block that is not marked in the HTML.
    Page,
    /// Nothing; the nearest heading's id, if one is like it.
    Missing(Option<String>),
}

/// Looks a fragment up: as an id, in any letter case, then as the text of a heading (as wikilinks write it).
pub(super) fn find(outline: &Outline, fragment: &str) -> Found {
    let fragment = fragment.trim();
    if fragment.is_empty()
        || fragment == "top"
        || fragment.starts_with('^')
        || fragment.starts_with(":~:")
    {
        return Found::Page;
    }
    if outline.anchors.contains(fragment) {
        return Found::Anchor(fragment.to_owned());
    }
    let lower = fragment.to_lowercase();
    if let Some(anchor) = outline.anchors.iter().find(|anchor| anchor.to_lowercase() == lower) {
        return Found::Anchor(anchor.clone());
    }
    // Obsidian writes the way to a nested heading: `#Above#Below`.
    let text = loose(fragment.rsplit('#').next().unwrap_or(fragment));
    let heading = outline.headings.iter().find(|heading| loose(&heading.text) == text);
    if let Some(heading) = heading {
        return Found::Anchor(heading.anchor.clone());
    }
    let anchors = outline.headings.iter().map(|heading| heading.anchor.as_str());
    Found::Missing(suggest::closest(fragment, anchors).map(str::to_owned))
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
        let body = "# One\n\n## What's *new*?\n\n<a name=\"Old-Id\"></a>\n";
        let outline = scan(body, Dialect::default());
        assert_eq!(find(&outline, fragment), *expect, "{fragment}");
    }

    #[test]
    fn fragments_are_found_as_ids_and_as_texts() {
        check("whats-new", &Found::Anchor("whats-new".to_owned()));
        check("Whats-New", &Found::Anchor("whats-new".to_owned()));
        check("What's new?", &Found::Anchor("whats-new".to_owned()));
        check("One#What's new", &Found::Anchor("whats-new".to_owned()));
        check("what_s-new", &Found::Anchor("whats-new".to_owned()));
        check("old-id", &Found::Anchor("Old-Id".to_owned()));
        check("whats-knew", &Found::Missing(Some("whats-new".to_owned())));
        check("^block", &Found::Page);
    }
}
