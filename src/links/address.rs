//! Ordinary destinations: paths and addresses, as people write them.

use crate::base::path::{self, percent_decode};
use crate::base::{SourcePath, UrlPath};
use crate::config::Config;
use crate::markdown::safe_scheme;
use crate::model::{Page, PageIx, Site};

/// A destination taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'d> {
    /// The path, decoded.
    pub(super) path: String,
    /// What follows `#`, decoded.
    pub(super) fragment: Option<String>,
    /// What follows `?`.
    pub(super) query: Option<&'d str>,
}

/// Takes a destination apart.
pub(super) fn parts(dest: &str) -> Parts<'_> {
    let (rest, fragment) = match dest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(percent_decode(fragment))),
        None => (dest, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    Parts { path: percent_decode(path), fragment, query }
}

/// What sort of destination this is, before anything is looked up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A whole address that browsers may follow.
    Web,
    /// An address with a scheme that is not safe.
    Unsafe,
    /// A macro of another tool: `{{ … }}`, `{% … %}`, `$NAME$`, `require(…)`.
    Macro,
    /// A place in the source.
    Local,
}

/// Tells what sort of destination this is.
pub(super) fn sort(dest: &str) -> Sort {
    let macros = ["{{", "{%", "{<", "<%", "${", "<$", "require("];
    let is_dollar = dest.strip_prefix('$').is_some_and(|rest| rest.contains('$'));
    if is_dollar || macros.iter().any(|mark| dest.contains(mark)) {
        return Sort::Macro;
    }
    if dest.starts_with("//") {
        return Sort::Web;
    }
    if !safe_scheme(dest) {
        // `obsidian://x` and the like lead nowhere in a browser; `Note: a page` is a file name with a colon.
        return if is_file_name(dest) { Sort::Local } else { Sort::Unsafe };
    }
    let scheme = dest.split_once(':').map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) if scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()) => {
            Sort::Web
        }
        _ => Sort::Local,
    }
}

fn is_file_name(dest: &str) -> bool {
    let path = dest.split('#').next().unwrap_or(dest);
    SourcePath::new(path).is_markdown() && !dest.contains("://")
}

/// Something of the site that a path can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// A page.
    Page(PageIx),
    /// A folder without a page of its own, or a list that Polder makes.
    Generated(UrlPath),
    /// A file.
    File(SourcePath),
}

/// Finds what a path on a page means. The first of these that fits:
///
/// 1. a file at that path, seen from the page's folder, or from the source if the path begins with `/`;
/// 2. a folder there;
/// 3. a page there, when `.md` is added or `.html` taken for it;
/// 4. the same, seen from the page as it is served (`a/b.md` as `a/b/`);
/// 5. for paths that begin with `/`: behind a configured prefix, and from the root of the repository;
/// 6. a page with that alias or address;
/// 7. for a bare name: the only page with that file name.
///
/// Letter case never matters. Returns nothing for what lies outside the source.
pub(super) fn find(site: &Site, config: &Config, page: &Page, path: &str) -> Option<Found> {
    let is_absolute = path.starts_with('/');
    let bases: Vec<&str> =
        if is_absolute { vec![""] } else { vec![page.path.folder(), page.id.as_str()] };
    let joined = bases.into_iter().filter_map(|base| path::join(base, path));
    if let Some(found) = joined.into_iter().find_map(|full| at_path(site, &full)) {
        return Some(found);
    }
    if is_absolute && let Some(found) = behind_prefix(site, config, path) {
        return Some(found);
    }
    let bare = path.trim_matches('/');
    let (tier, pages) = site.names.find(stem(bare))?;
    let by_alias = tier == crate::model::Tier::Alias;
    let by_name =
        !path.contains('/') && matches!(tier, crate::model::Tier::FileName) && pages.len() == 1;
    (by_alias || by_name).then(|| Found::Page(pages[0]))
}

fn behind_prefix(site: &Site, config: &Config, path: &str) -> Option<Found> {
    let path = path.trim_start_matches('/');
    let prefixes = config.link_prefixes.iter().filter_map(|(prefix, folder)| {
        let rest = path.strip_prefix(prefix.as_str())?;
        let is_whole = rest.is_empty() || rest.starts_with('/');
        is_whole.then(|| path::join(folder, rest)).flatten()
    });
    let in_repository = path.strip_prefix(site.prefix.as_str()).filter(|_| !site.prefix.is_empty());
    prefixes.chain(in_repository.map(str::to_owned)).find_map(|full| at_path(site, &full))
}

/// Returns what stands at a path of the source.
fn at_path(site: &Site, full: &str) -> Option<Found> {
    let key = path::path_key(full);
    if let Some(page) = site.page_of_file(full) {
        return Some(Found::Page(page));
    }
    if let Some(file) = site.files.get(&key) {
        return Some(Found::File(file.clone()));
    }
    if let Some(target) = site.symlinks.get(&SourcePath::new(full)) {
        return site
            .page_of_file(target.as_str())
            .map(Found::Page)
            .or(Some(Found::File(target.clone())));
    }
    if let Some(folder) = site.folder(full) {
        return Some(
            folder.index.map_or_else(|| Found::Generated(folder.url.clone()), Found::Page),
        );
    }
    let id = stem(full);
    let id = id.strip_suffix("/index").unwrap_or(id);
    if let Some((crate::model::Tier::Id, pages)) = site.names.find(id) {
        return Some(Found::Page(pages[0]));
    }
    [".md", ".markdown"]
        .iter()
        .find_map(|end| site.page_of_file(&format!("{}{end}", stem(full))))
        .map(Found::Page)
}

/// Returns a path without the extension of a page.
fn stem(path: &str) -> &str {
    let extensions = [".html", ".htm", ".md", ".markdown"];
    extensions.iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_of_destinations_are_told_apart() {
        assert_eq!(sort("https://x.org"), Sort::Web);
        assert_eq!(sort("mailto:a@b"), Sort::Web);
        assert_eq!(sort("//x.org/y"), Sort::Web);
        assert_eq!(sort("javascript:alert(1)"), Sort::Unsafe);
        assert_eq!(sort("a b: c.md"), Sort::Local);
        assert_eq!(sort("../a.md#b:c"), Sort::Local);
        assert_eq!(sort("{% page \"/x\" %}"), Sort::Macro);
        assert_eq!(sort("$BASE$/x"), Sort::Macro);
    }

    #[test]
    fn parts_are_decoded() {
        let found = parts("a%20b/c+d.md?x=1#%C3%A9");
        assert_eq!(
            (found.path.as_str(), found.query, found.fragment.as_deref()),
            ("a b/c+d.md", Some("x=1"), Some("é"))
        );
    }
}
