//! Everything from A to Z, for readers who search without scripts and for those who leaf through.

use std::collections::BTreeMap;

use crate::base::{UrlPath, fold};
use crate::model::{PageIx, PersonIx, Site};
use crate::theme::{Kinds, Role};

use super::paged::numbered_url;

/// A site of more entries than this has a page for each letter.
const ON_ONE_PAGE: usize = 1_500;

/// The most entries on the page of a letter.
const ON_A_PAGE: usize = 1_000;

/// The titles and names of a site by their first letters.
#[derive(Debug, Default)]
pub(super) struct Alphabet {
    /// The letters, those that are none last.
    pub(super) letters: Vec<Letter>,
}

/// Everything that begins with a letter.
#[derive(Debug)]
pub(super) struct Letter {
    /// The letter; `#` for what is none.
    pub(super) letter: String,
    /// Its anchor on the search page: `letter-a`.
    pub(super) anchor: String,
    /// The address of its page, if it has one.
    pub(super) url: Option<UrlPath>,
    /// What begins with it, in order.
    pub(super) entries: Vec<Listed>,
}

/// An entry.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// Title or name.
    pub(super) text: String,
    /// The address.
    pub(super) url: UrlPath,
    /// What it is.
    pub(super) what: What,
}

/// What an entry is.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A page.
    Page(PageIx),
    /// A person.
    Person(PersonIx),
    /// A folder without a page of its own, in the folder of this title.
    Folder(String),
}

impl Alphabet {
    /// Returns everything in order.
    pub(super) fn of(site: &Site, kinds: &Kinds) -> Self {
        let mut by_letter: BTreeMap<(bool, String), Vec<Listed>> = BTreeMap::new();
        let mut count = 0;
        for entry in pages(site, kinds).chain(people(site)).chain(folders(site)) {
            by_letter.entry(letter(&entry.text)).or_default().push(entry);
            count += 1;
        }
        let letters = by_letter.into_iter().map(|((_, letter), mut entries)| {
            entries.sort_by_cached_key(|entry| {
                (fold::loose_key(&entry.text), entry.url.as_str().to_owned())
            });
            let name = if letter == "#" { "other".to_owned() } else { letter.to_lowercase() };
            let url = (count > ON_ONE_PAGE).then(|| {
                let short = UrlPath::of_page("search").below(&name);
                let is_free = site.page_at(&short).is_none() && !has_folder(site, &short);
                let long = || UrlPath::of_page("search").below(&format!("letter-{name}"));
                if is_free { short } else { long() }
            });
            Letter { letter, anchor: format!("letter-{name}"), url, entries }
        });
        Self { letters: letters.collect() }
    }

    /// Returns the pages of the letters: index of the letter and number of the page, from 1.
    pub(super) fn pages(&self) -> impl Iterator<Item = (usize, usize)> {
        let paged = self.letters.iter().enumerate().filter(|(_, letter)| letter.url.is_some());
        paged.flat_map(|(at, letter)| (1..=letter.pages()).map(move |number| (at, number)))
    }
}

impl Letter {
    /// Returns how many pages it has.
    pub(super) fn pages(&self) -> usize {
        self.entries.len().div_ceil(ON_A_PAGE)
    }

    /// Returns the entries of a page, from 1.
    pub(super) fn on_page(&self, number: usize) -> &[Listed] {
        let from = (number - 1) * ON_A_PAGE;
        &self.entries[from..self.entries.len().min(from + ON_A_PAGE)]
    }

    /// Returns the address of a page, from 1.
    pub(super) fn page_url(&self, site: &Site, number: usize) -> UrlPath {
        let first = self.url.as_ref().expect("only letters with pages are asked for them");
        numbered_url(site, first, number)
    }
}

fn has_folder(site: &Site, url: &UrlPath) -> bool {
    site.folders.values().any(|folder| folder.url == *url)
}

/// Returns the letter that a text begins with, after those that are none.
fn letter(text: &str) -> (bool, String) {
    let first = fold::loose_key(text).chars().find(|c| c.is_alphanumeric());
    let letter = first.filter(|c| c.is_alphabetic()).map(|c| c.to_uppercase().to_string());
    (letter.is_none(), letter.unwrap_or_else(|| "#".to_owned()))
}

fn pages(site: &Site, kinds: &Kinds) -> impl Iterator<Item = Listed> {
    let listed = site
        .pages
        .iter()
        .filter(|(_, page)| !matches!(kinds.role(&page.kind), Role::Person | Role::Reply));
    listed.map(|(ix, page)| Listed {
        text: page.title.clone(),
        url: page.url.clone(),
        what: What::Page(ix),
    })
}

fn people(site: &Site) -> impl Iterator<Item = Listed> {
    let listed = site.people.iter().filter(|(_, person)| !person.is_bot);
    listed.map(|(ix, person)| Listed {
        text: person.name.clone(),
        url: person.url.clone(),
        what: What::Person(ix),
    })
}

fn folders(site: &Site) -> impl Iterator<Item = Listed> {
    let listed =
        site.folders.values().filter(|folder| folder.index.is_none() && !folder.path.is_empty());
    listed.map(|folder| {
        let around = folder.path.rsplit_once('/').and_then(|(path, _)| site.folders.get(path));
        Listed {
            text: folder.title.clone(),
            url: folder.url.clone(),
            what: What::Folder(around.map_or(String::new(), |around| around.title.clone())),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn accents_and_marks_do_not_count() {
        assert_eq!(letter("Élan"), (false, "E".to_owned()));
        assert_eq!(letter("“Quoted”"), (false, "Q".to_owned()));
        assert_eq!(letter("24 hours"), (true, "#".to_owned()));
        assert_eq!(letter("!"), (true, "#".to_owned()));
    }
}
