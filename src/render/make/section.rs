//! The ways from the front page to pages that no domain leads to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Folder, Page, PageIx};
use crate::render::view::{LinkView, SectionView};
use crate::theme::Role;

use super::Maker;

/// How many titles stand for a folder.
const FIRST_TITLES: usize = 4;

/// Files at the top of a repository that git hosts know by name: they are about the repository, and readers seldom look for them.
/// `security.md` may be a page like any other.
const ABOUT: [&str; 16] = [
    "AGENTS",
    "AUTHORS",
    "CHANGES",
    "CLAUDE",
    "CODEOWNERS",
    "CONTRIBUTORS",
    "COPYING",
    "GOVERNANCE",
    "HISTORY",
    "ISSUE_TEMPLATE",
    "MAINTAINERS",
    "NOTICE",
    "RELEASE_NOTES",
    "RELEASES",
    "SECURITY",
    "SUPPORT",
];

/// Those of them that are nothing else, however their names are written.
const ABOUT_IN_ANY_CASE: [&str; 6] =
    ["changelog", "code_of_conduct", "contributing", "licence", "license", "pull_request_template"];

/// What other tools show where no page is; nobody looks for it.
const MISSING: &str = "404";

impl Maker<'_> {
    /// Returns folders and pages at the top of the source: without domains all of them, else those with pages of no domain, and
    /// how many those are.
    pub(super) fn sections(&self) -> Vec<SectionView> {
        let site = self.site();
        let is_asked = |page: PageIx| site.domains.is_empty() || self.is_elsewhere(page);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for page in site.pages.ids().filter(|page| is_asked(*page)) {
            let folder = site.pages[page].path.folder();
            let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
            ends.for_each(|end| *counts.entry(&folder[..end]).or_default() += 1);
        }
        let folder = |folder: &Folder| {
            let pages = *counts.get(folder.path.as_str())?;
            Some(SectionView { pages, ..self.folder_section(folder) })
        };
        let way = self.way_to_the_pages();
        let mut listed: BTreeSet<String> =
            way.iter().map(|folder| self.href(&folder.url)).collect();
        let indexed = way.iter().skip(1).filter(|folder| folder.index.is_some());
        let mut sections: Vec<_> = if site.domains.is_empty() {
            indexed.filter_map(|it| folder(it)).collect()
        } else {
            Vec::new()
        };
        for here in way.iter().rev() {
            let folders = here.folders.iter().filter_map(|path| site.folders.get(path));
            let inside = folders.filter_map(folder);
            let pages = here.pages.iter().copied();
            let pages = pages.filter(|page| is_asked(*page) && !is_about(&site.pages[*page]));
            let pages = pages.map(|page| self.page_section(page));
            sections.extend(inside.chain(pages).filter(|new| listed.insert(new.href.clone())));
        }
        sections
    }

    /// Returns the pages at the top of the source that are about the site itself: its licence, how to take part.
    pub(super) fn about_the_site(&self) -> Vec<LinkView> {
        let pages = self.site().pages.iter();
        let pages = pages.filter(|(_, page)| is_about(page) && page.path.stem() != MISSING);
        pages.map(|(ix, _)| self.link(ix)).collect()
    }

    /// Returns whether only its folder leads to a page: it has no domain, and is of no kind that has lists of its own.
    fn is_elsewhere(&self, ix: PageIx) -> bool {
        let (site, page) = (self.site(), &self.site().pages[ix]);
        let is_listed =
            self.facts.role(page) != Role::Plain || site.kind_lists.contains_key(&page.kind);
        !is_listed && page.domains.is_empty() && !page.id.is_empty() && !is_about(page)
    }

    /// Returns the folders from the root to where the pages are, such as `docs`: as long as one folder holds nearly all, and
    /// is divided itself.
    fn way_to_the_pages(&self) -> Vec<&Folder> {
        let folders = &self.site().folders;
        let mut way: Vec<&Folder> = folders.get("").into_iter().collect();
        while let Some(here) = way.last() {
            let inside = here.folders.iter().filter_map(|path| folders.get(path));
            let largest = inside.max_by_key(|folder| folder.count);
            let next = largest
                .filter(|folder| folder.count * 4 >= here.count * 3 && folder.folders.len() > 1);
            match next {
                Some(next) => way.push(next),
                None => break,
            }
        }
        way
    }

    fn folder_section(&self, folder: &Folder) -> SectionView {
        let index = folder.index.map(|index| &self.site().pages[index]);
        SectionView {
            title: folder.title.clone(),
            href: self.href(&folder.url),
            summary: index.map_or_else(|| self.first_titles(folder), Page::description),
            pages: folder.count,
        }
    }

    /// Returns what a folder without words of its own begins with: titles of folders and pages in it.
    fn first_titles(&self, folder: &Folder) -> String {
        let site = self.site();
        let folders = folder.folders.iter().filter_map(|path| site.folders.get(path));
        let pages = folder.pages.iter().map(|page| site.pages[*page].title.as_str());
        let all = folders.map(|folder| folder.title.as_str()).chain(pages);
        let first: Vec<&str> = all.clone().take(FIRST_TITLES).collect();
        let more = if all.count() > FIRST_TITLES { " …" } else { "" };
        first.join(", ") + more
    }

    fn page_section(&self, page: PageIx) -> SectionView {
        let link = self.link(page);
        let summary = self.site().pages[page].description();
        SectionView { title: link.text, href: link.href, summary, pages: 0 }
    }
}

fn is_about(page: &Page) -> bool {
    let name = page.path.stem().replace(['-', ' '], "_");
    let is_known = ABOUT.contains(&name.as_str())
        || ABOUT_IN_ANY_CASE.contains(&name.to_lowercase().as_str())
        || name == MISSING;
    is_known && page.path.folder().is_empty()
}
