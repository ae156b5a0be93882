//! `[[wikilinks]]`: pages and files by name.

use crate::base::SourcePath;
use crate::base::path::{self, path_key};
use crate::config::Config;
use crate::model::{Page, PageIx, Site, Tier};

/// What a name means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// One page.
    Page(PageIx),
    /// One page, whose name is written a little differently.
    Loosely(PageIx),
    /// Several; the nearest is first.
    Several(Vec<PageIx>),
    /// A file.
    File(SourcePath),
    /// Nothing.
    Nothing,
}

/// Finds what a wikilink on a page means. The first of these that fits: a path from the page's folder, from the source or from
/// a configured root, with or without extension; a file at that path or of that name anywhere; a page by file name, end of its
/// path, title, alias, and any of these without regard to accents and dashes. Of several pages the nearest in the tree
/// is taken; the only one in the page's own top folder, a team's or a language's, is no guess. Then the same for the name decoded (`%3F`), and with `/` as other tools write it in file names.
pub(super) fn find(site: &Site, config: &Config, page: &Page, name: &str) -> Named {
    let name = name.trim();
    let other_spellings = [
        name.contains('%').then(|| path::percent_decode(name)),
        name.contains('/').then(|| name.replace('/', "___")),
        name.contains('/').then(|| name.replace('/', ".")),
    ];
    let spellings = std::iter::once(name.to_owned()).chain(other_spellings.into_iter().flatten());
    let mut found = spellings.map(|name| find_spelt(site, config, page, &name));
    found.find(|found| *found != Named::Nothing).unwrap_or(Named::Nothing)
}

fn find_spelt(site: &Site, config: &Config, page: &Page, name: &str) -> Named {
    let roots = config.link_roots.iter().map(String::as_str);
    let bases = [page.path.folder(), ""].into_iter().chain(roots);
    for full in bases.filter_map(|base| path::join(base, name)) {
        if let Some(found) =
            site.page_of_file(&full).or_else(|| site.page_of_file(&format!("{full}.md")))
        {
            return Named::Page(found);
        }
        if let Some(file) = site.files.get(&path_key(&full)) {
            return Named::File(file.clone());
        }
    }
    if let Some(file) = file_named(site, page, name) {
        return Named::File(file);
    }
    let bare = name.strip_suffix(".md").unwrap_or(name);
    match site.names.find(bare) {
        None => Named::Nothing,
        Some((Tier::Loose, [only])) => Named::Loosely(*only),
        Some((_, [only])) => Named::Page(*only),
        Some((Tier::Id, pages)) => Named::Page(pages[0]),
        Some((_, pages)) => {
            let mut pages = pages.to_vec();
            pages.sort_by_key(|other| (distance(page, &site.pages[*other]), *other));
            let home = top_folder(page);
            let is_beside = |other: &&PageIx| top_folder(&site.pages[**other]) == home;
            match pages.iter().filter(is_beside).collect::<Vec<_>>()[..] {
                [only] if home.is_some() => Named::Page(*only),
                _ => Named::Several(pages),
            }
        }
    }
}

/// Returns the outermost folder of a page, if it has one.
fn top_folder(page: &Page) -> Option<String> {
    page.path.as_str().split_once('/').map(|(top, _)| path_key(top))
}

/// Returns a wikilink's destination without the vault that Dendron writes before a name: `dendron://vault/name`.
pub(super) fn without_vault(dest: &str) -> &str {
    let in_vault = dest.trim().strip_prefix("dendron://").and_then(|rest| rest.split_once('/'));
    in_vault.map_or(dest, |(_, name)| name)
}

/// Returns the file of this name, the nearest if there are several; names without an extension are pages.
fn file_named(site: &Site, page: &Page, name: &str) -> Option<SourcePath> {
    let wanted = SourcePath::new(name);
    if wanted.extension().is_empty() || wanted.is_markdown() {
        return None;
    }
    let key = path_key(name);
    let ends = |file: &&SourcePath| {
        let file = file.key();
        file.strip_suffix(&key).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    site.files_named(wanted.file_name())
        .iter()
        .filter(ends)
        .min_by_key(|file| steps(page.path.folder(), file.folder()))
        .cloned()
}

fn distance(from: &Page, to: &Page) -> usize {
    steps(from.path.folder(), to.path.folder())
}

/// Returns how many folders lie between two folders.
fn steps(from: &str, to: &str) -> usize {
    let parts = |path: &str| {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (from, to) = (parts(from), parts(to));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    from.len() + to.len() - 2 * common
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn steps_count_up_and_down() {
        assert_eq!(steps("a/b", "a/b"), 0);
        assert_eq!(steps("a/b", "a"), 1);
        assert_eq!(steps("a/b", "c/d"), 4);
    }
}
