//! Where in a page a fragment leads.

use crate::base::{fold, suggest};
use crate::markdown::Outline;

/// What became of a fragment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The id of the place.
    Anchor(String),
    /// The page as a whole: the fragment is empty, or means a text or a line.
    Page,
    /// Nothing; the nearest heading's id, if one is like it.
    Missing(Option<String>),
}

/// Looks a fragment up: as an id, in any letter case, then as the text of a heading (as wikilinks write it), then as a footnote.
pub(super) fn find(outline: &Outline, fragment: &str) -> Found {
    let fragment = fragment.trim();
    if fragment.is_empty()
        || matches!(fragment, "top" | "*")
        || fragment.starts_with(":~:")
        || is_line(fragment)
    {
        return Found::Page;
    }
    let written = spellings(fragment).find_map(|fragment| find_spelt(outline, fragment));
    if let Some(anchor) = written {
        return Found::Anchor(anchor);
    }
    if let Some(anchor) = footnote(outline, fragment) {
        return Found::Anchor(anchor);
    }
    // What git hosts call the text of a file, or of the README below a folder's files.
    if fragment.eq_ignore_ascii_case("readme") {
        return Found::Page;
    }
    let anchors = outline.headings.iter().map(|heading| heading.anchor.as_str());
    Found::Missing(suggest::closest(fragment, anchors).map(str::to_owned))
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

fn find_spelt(outline: &Outline, fragment: &str) -> Option<String> {
    if outline.anchors.contains(fragment) {
        return Some(fragment.to_owned());
    }
    let lower = fragment.to_lowercase();
    let in_any_case = outline.anchors.iter().find(|anchor| anchor.to_lowercase() == lower);
    if let Some(anchor) = in_any_case {
        return Some(anchor.clone());
    }
    // Obsidian writes the way to a nested heading: `#Above#Below`.
    let text = loose(fragment.rsplit('#').next().unwrap_or(fragment));
    let mut headings = outline.headings.iter();
    let heading = headings.find(|heading| !text.is_empty() && loose(&heading.text) == text);
    heading.map(|heading| heading.anchor.clone())
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
        check("user-content-whats-new", &Found::Anchor("whats-new".to_owned()));
        check("what's-new,1:#*", &Found::Anchor("whats-new".to_owned()));
        check("what's-new,1:", &Found::Anchor("whats-new".to_owned()));
        check("fn2", &Found::Anchor("fn-2".to_owned()));
        check("fn:Note", &Found::Anchor("fn-1".to_owned()));
        check("user-content-fnref-note", &Found::Anchor("fnref-1".to_owned()));
        check("fn3", &Found::Missing(None));
        check("L11-L20", &Found::Page);
        check("readme", &Found::Page);
        check("Lovely", &Found::Missing(None));
        check("^block", &Found::Missing(None));
    }
}
