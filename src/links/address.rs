//! Ordinary destinations: paths and addresses, as people write them.

use crate::base::path::{self, PAGE_ENDINGS, percent_decode, without_page_ending};
use crate::base::text::composed;
use crate::base::{SourcePath, UrlPath};
use crate::config::Config;
use crate::markdown::safe_scheme;
use crate::model::{Page, PageIx, Site, Tier};

/// A destination taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'d> {
    /// The path, decoded.
    pub(super) path: String,
    /// The path, as written.
    pub(super) written: &'d str,
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
    Parts { path: percent_decode(path), written: path, fragment, query }
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
    // `[x](<%= y %>)`: Markdown takes the points of the tag for its own.
    let is_tag = dest.starts_with("%=") && dest.ends_with('%');
    if is_dollar || is_tag || macros.iter().any(|mark| dest.contains(mark)) {
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

/// What had to be guessed to find something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Guess {
    /// The letter case differs.
    Case,
    /// The path is right only as seen from the page as it is served.
    Served,
    /// Backslashes stand for slashes.
    Backslash,
    /// A path from the root leads somewhere only from a folder around the page.
    Root,
    /// Only the file's name was given, and the file is elsewhere.
    Elsewhere,
    /// The name fits without regard to accents, dashes, underscores and points.
    Loose,
}

/// Finds what a path on a page means, and what had to be guessed for it. The first of these that fits:
///
/// 1. a file at that path, seen from the page's folder, or from the source if the path begins with `/` or `@site/`;
/// 2. a folder there;
/// 3. a page there, when `.md` is added or `.html` taken for it;
/// 4. the same, seen from the page as it is served (`a/b.md` as `a/b/`);
/// 5. for paths that begin with `/`: behind a configured prefix, in a configured root, and from the root of the repository;
/// 6. a page with that alias;
/// 7. for paths that begin with `/`: from the folders around the page, the outermost first;
/// 8. for a bare name: the only page with that file name.
///
/// Of a page by 1 or 2 and another by 4 that has the place of the fragment which the first has not the other is meant:
/// `resolve` sees to that.
///
/// Letter case never decides, unless two names differ in nothing else. Returns nothing for what lies outside the source.
pub(super) fn find(
    site: &Site,
    config: &Config,
    page: &Page,
    path: &str,
) -> Option<(Found, Option<Guess>)> {
    let path = path.strip_prefix("@site").filter(|rest| rest.starts_with('/')).unwrap_or(path);
    find_written(site, config, page, path).or_else(|| {
        let slashes = path.contains('\\').then(|| path.replace('\\', "/"))?;
        let (found, _) = find_written(site, config, page, &slashes)?;
        Some((found, Some(Guess::Backslash)))
    })
}

fn find_written(
    site: &Site,
    config: &Config,
    page: &Page,
    path: &str,
) -> Option<(Found, Option<Guess>)> {
    let is_absolute = path.starts_with('/');
    let base = if is_absolute { "" } else { page.path.folder() };
    if let Some(found) = at_target(site, page, path).filter(|_| !is_absolute) {
        return Some(found);
    }
    if let Some(found) = path::join(base, path).and_then(|full| at_path(site, &full)) {
        return Some(found);
    }
    if is_absolute {
        if let Some(found) = behind_prefix(site, config, path) {
            return Some(found);
        }
    } else if let Some(found) = as_served(site, page, path) {
        return Some((found, Some(Guess::Served)));
    }
    let bare = without_page_ending(path.trim_matches('/'));
    if let Some(pages) = site.names.find_in(Tier::Alias, bare) {
        return Some((Found::Page(pages[0]), None));
    }
    if let Some(found) = path.strip_prefix('/').and_then(|path| from_around(site, page, path)) {
        return Some(found);
    }
    match site.names.find_in(Tier::FileName, bare) {
        Some([only]) if !path.contains('/') => Some((Found::Page(*only), Some(Guess::Elsewhere))),
        _ => None,
    }
}

/// Returns what a relative path leads to where its page is served as a folder.
pub(super) fn as_served(site: &Site, page: &Page, path: &str) -> Option<Found> {
    at_path(site, &path::join(&page.id, path)?).map(|(found, _)| found)
}

fn behind_prefix(site: &Site, config: &Config, path: &str) -> Option<(Found, Option<Guess>)> {
    let path = path.trim_start_matches('/');
    let prefixes = config.link_prefixes.iter().filter_map(|(prefix, folder)| {
        let rest = path.strip_prefix(prefix.as_str())?;
        let is_whole = rest.is_empty() || rest.starts_with('/');
        is_whole.then(|| path::join(folder, rest)).flatten()
    });
    let roots = config.link_roots.iter().filter_map(|root| path::join(root, path));
    let in_repository = path.strip_prefix(site.prefix.as_str()).filter(|_| !site.prefix.is_empty());
    let candidates = prefixes.chain(roots).chain(in_repository.map(str::to_owned));
    candidates.into_iter().find_map(|full| at_path(site, &full))
}

/// Returns what a path leads to from a folder around the page: another tool takes that folder for the root.
fn from_around(site: &Site, page: &Page, path: &str) -> Option<(Found, Option<Guess>)> {
    if path.split('/').any(|part| part == "..") {
        return None;
    }
    let folder = page.path.folder();
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    let mut roots = ends.map(|end| &folder[..end]).filter(|root| !root.is_empty());
    let (found, _) = roots.find_map(|root| at_path(site, &path::join(root, path)?))?;
    Some((found, Some(Guess::Root)))
}

/// Returns what stands at a path of the source, and whether letter case had to be overlooked.
pub(super) fn at_path(site: &Site, full: &str) -> Option<(Found, Option<Guess>)> {
    let found =
        file_at(site, full).or_else(|| folder_at(site, full)).or_else(|| page_at(site, full));
    let (found, spelling) = found?;
    let (written, spelt) = (composed(without_page_ending(full)), composed(&spelling));
    // An address may be all that is common to the two: `a/b` for `a/b.md`, `a` for `a/README.md`.
    let differs = !spelt.starts_with(&*written)
        && spelt.to_lowercase().starts_with(written.to_lowercase().as_str());
    Some((found, differs.then_some(Guess::Case)))
}

fn file_at(site: &Site, full: &str) -> Option<(Found, String)> {
    if let Some(page) = site.page_of_file(full) {
        return Some((Found::Page(page), site.pages[page].path.to_string()));
    }
    if let Some(file) = site.files.get(&path::path_key(full)) {
        return Some((Found::File(file.clone()), file.to_string()));
    }
    let target = site.symlinks.get(&SourcePath::new(full))?;
    let page = site.page_of_file(target.as_str()).map(Found::Page);
    Some((page.unwrap_or_else(|| Found::File(target.clone())), full.to_owned()))
}

/// Finds what a path on a page means whose text stands elsewhere in the repository.
fn at_target(site: &Site, page: &Page, path: &str) -> Option<(Found, Option<Guess>)> {
    let full = path::join(page.target.as_ref()?.folder(), path)?;
    at_path(site, full.strip_prefix(site.prefix.as_str())?)
}

fn folder_at(site: &Site, full: &str) -> Option<(Found, String)> {
    let folder = site.folder(full)?;
    let found = folder.index.map_or_else(|| Found::Generated(folder.url.clone()), Found::Page);
    Some((found, folder.path.clone()))
}

fn page_at(site: &Site, full: &str) -> Option<(Found, String)> {
    let stem = without_page_ending(full);
    let id = stem.strip_suffix("/index").unwrap_or(stem);
    if let Some(pages) = site.names.find_in(Tier::Id, id) {
        return Some((Found::Page(pages[0]), site.pages[pages[0]].path.to_string()));
    }
    PAGE_ENDINGS.iter().find_map(|end| file_at(site, &format!("{stem}{end}")))
}

/// Returns the whole address that a destination without a scheme means: `www.example.org/x`, `anna@example.org`.
pub(super) fn with_scheme(dest: &str) -> Option<String> {
    let host = dest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '@');
    let (name, top) = host.rsplit_once('.')?;
    if name.is_empty() || !host.chars().all(is_word) || !top.chars().all(char::is_alphabetic) {
        return None;
    }
    match host.split_once('@') {
        Some((who, domain)) => {
            let is_whole = matches!(dest.as_bytes().get(host.len()), None | Some(b'?'));
            let is_mail = !who.is_empty() && !domain.contains('@') && is_whole;
            is_mail.then(|| format!("mailto:{dest}"))
        }
        None => (host.starts_with("www.") || TOP_DOMAINS.contains(&top.to_lowercase().as_str()))
            .then(|| format!("https://{dest}")),
    }
}

/// The ends of host names that people write without `https://` and that are no extensions of files.
const TOP_DOMAINS: [&str; 22] = [
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "io", "dev", "app", "eu", "nl", "be",
    "de", "fr", "uk", "ch", "at", "us", "ca", "au",
];

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
        assert_eq!(sort("%= page_path %"), Sort::Macro);
    }

    #[test]
    fn parts_are_decoded() {
        let found = parts("a%20b/c+d.md?x=1#%C3%A9");
        assert_eq!(
            (found.path.as_str(), found.query, found.fragment.as_deref()),
            ("a b/c+d.md", Some("x=1"), Some("é"))
        );
    }

    #[test]
    fn addresses_without_a_scheme_are_known_from_file_names() {
        assert_eq!(with_scheme("www.example.org/a").as_deref(), Some("https://www.example.org/a"));
        assert_eq!(with_scheme("example.org").as_deref(), Some("https://example.org"));
        assert_eq!(with_scheme("a.b@example.org").as_deref(), Some("mailto:a.b@example.org"));
        assert_eq!(
            with_scheme("a@example.org?subject=x").as_deref(),
            Some("mailto:a@example.org?subject=x")
        );
        assert_eq!(with_scheme("a@example.org/x"), None);
        assert_eq!(with_scheme("notes.txt"), None);
        assert_eq!(with_scheme("../example.org"), None);
        assert_eq!(with_scheme("a b.org"), None);
    }
}
