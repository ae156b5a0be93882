//! Folders of the source, as places to go.

use std::collections::BTreeMap;

use crate::base::UrlPath;
use crate::base::id::Table;

use super::route::{Owner, Routes};
use super::title::readable;
use super::{Page, PageIx};

/// A folder that holds pages, at any depth.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Its path; empty for the source itself.
    pub path: String,
    /// Its title: its index page's, else its name made readable.
    pub title: String,
    /// Its address.
    pub url: UrlPath,
    /// The page that stands at this address.
    pub index: Option<PageIx>,
    /// Other pages directly in it: by their `order`, those without one last, else in the order of the table.
    pub pages: Vec<PageIx>,
    /// Folders directly in it, by path.
    pub folders: Vec<String>,
    /// How many pages it holds, at any depth.
    pub count: usize,
}

/// Returns a folder and all that it lies in, the nearest first, ending with the root.
pub(super) fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(folder);
    std::iter::from_fn(move || {
        let current = next?;
        next = match current.rsplit_once('/') {
            Some((parent, _)) => Some(parent),
            None if current.is_empty() => None,
            None => Some(""),
        };
        Some(current)
    })
}

/// Folders by path.
pub(super) type Folders = BTreeMap<String, Folder>;

/// Gathers the folders that hold pages, and gives those without a page of their own an address.
pub(super) fn gather(pages: &Table<PageIx, Page>, site_name: &str, routes: &mut Routes) -> Folders {
    let mut folders: Folders = BTreeMap::new();
    for page in pages.rows() {
        for path in ancestors(page.path.folder()) {
            let folder = folders.entry(path.to_owned()).or_insert_with(|| empty_folder(path));
            folder.count += 1;
        }
    }
    for (ix, page) in pages.iter() {
        if page.is_index() {
            set_index(&mut folders, &page.id, ix, page);
        } else if let Some(folder) = folders.get_mut(page.path.folder()) {
            folder.pages.push(ix);
        }
    }
    for folder in folders.values_mut() {
        folder.pages.sort_by_key(|ix| pages[*ix].document.front_matter.order.unwrap_or(i64::MAX));
    }
    // `git.md` stands at the address of the folder `git/`, so it is its index.
    for (ix, page) in pages.iter().filter(|(_, page)| !page.is_index()) {
        let is_free = folders.get(&page.id).is_some_and(|folder| folder.index.is_none());
        if is_free {
            set_index(&mut folders, &page.id, ix, page);
        }
    }
    let paths: Vec<String> = folders.keys().cloned().collect();
    for path in &paths {
        if !path.is_empty() {
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            if let Some(parent) = folders.get_mut(parent) {
                parent.folders.push(path.clone());
            }
        }
        let folder = folders.get_mut(path).expect("the paths are the keys");
        if folder.index.is_none() {
            let is_list = routes.owner(path) == Some(&Owner::List);
            let id = if is_list || path.is_empty() {
                path.clone()
            } else {
                routes.claim(path, Owner::Folder)
            };
            folder.url = UrlPath::of_page(&id);
            if path.is_empty() {
                site_name.clone_into(&mut folder.title);
            }
        }
    }
    folders
}

fn empty_folder(path: &str) -> Folder {
    Folder {
        path: path.to_owned(),
        title: readable(path.rsplit('/').next().unwrap_or_default()),
        url: UrlPath::of_page(path),
        index: None,
        pages: Vec::new(),
        folders: Vec::new(),
        count: 0,
    }
}

fn set_index(folders: &mut Folders, path: &str, ix: PageIx, page: &Page) {
    if let Some(folder) = folders.get_mut(path) {
        folder.index = Some(ix);
        folder.title.clone_from(&page.title);
        folder.url = page.url.clone();
    }
}
