//! Front-matter values that name pages: `replies-to: ../questions/x.md`, `origin: Some title`.

use crate::base::path;

use super::PageIx;
use super::names::PageNames;

/// Returns the page that a front-matter value of a page in `folder` means: a path from the page or from the source, with or
/// without extension, or any name of a page, also in double brackets. Of several the first counts.
pub fn field_reference(names: &PageNames, folder: &str, value: &str) -> Option<PageIx> {
    let value = value.trim().trim_start_matches("[[").trim_end_matches("]]");
    let bare = value.split('#').next().unwrap_or(value).trim();
    let bare = path::without_page_ending(bare);
    let candidates = [path::join(folder, bare), path::join("", bare)];
    let by_path = candidates.iter().flatten().find_map(|id| find_id(names, id));
    by_path.or_else(|| names.find(bare).and_then(|(_, pages)| pages.first().copied()))
}

/// Returns the page that a value of a field of somebody's own names: exactly one page has that path, file name, title or
/// alias.
pub fn named_page(names: &PageNames, value: &str) -> Option<PageIx> {
    let value = value.trim().trim_start_matches("[[").trim_end_matches("]]");
    let (tier, pages) = names.find(value)?;
    match pages {
        [page] if tier != super::Tier::Loose => Some(*page),
        _ => None,
    }
}

fn find_id(names: &PageNames, id: &str) -> Option<PageIx> {
    let lower = id.to_lowercase();
    let folder = ["/index", "/readme"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .map(|kept| &id[..kept.len()]);
    let found = [Some(id), folder].into_iter().flatten().find_map(|id| names.find(id));
    found.filter(|(tier, _)| *tier == super::Tier::Id).and_then(|(_, pages)| pages.first().copied())
}
