//! Which address belongs to what: one place, one rule.
//!
//! Pages of the source come first, in sorted order, and keep the address that their file name gives them. What Polder makes itself
//! (lists, histories, people without a profile) takes what is left. Addresses that differ only in letter case count as one.

use std::collections::BTreeMap;
use std::fmt;

use crate::base::path::path_key;
use crate::base::{SourcePath, UrlPath};

/// Addresses that are taken, and by what.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    taken: BTreeMap<String, Owner>,
}

/// What an address belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A page of the source, by its file.
    Page(SourcePath),
    /// A list that Polder makes: people, domains, changes, search, all pages of a kind.
    List,
    /// A person without a profile.
    Person,
    /// A folder without a page of its own.
    Folder,
    /// Any other page that Polder makes: a history, a domain without a page.
    Made,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(path) => write!(f, "`{path}`"),
            Self::List => f.write_str("a list that Polder makes"),
            Self::Person => f.write_str("a person"),
            Self::Folder => f.write_str("a folder"),
            Self::Made => f.write_str("a page that Polder makes"),
        }
    }
}

impl Routes {
    /// Takes the address `id/`, or, if it is taken, `id-2/`, `id-3/` …; returns the id that it became.
    pub fn claim(&mut self, id: &str, owner: Owner) -> String {
        let mut free = id.to_owned();
        let mut number = 2;
        while self.taken.contains_key(&path_key(&free)) {
            free = if id.is_empty() { format!("index-{number}") } else { format!("{id}-{number}") };
            number += 1;
        }
        self.taken.insert(path_key(&free), owner);
        free
    }

    /// Returns what has the address `id/`.
    pub fn owner(&self, id: &str) -> Option<&Owner> {
        self.taken.get(&path_key(id))
    }

    /// Takes an address for a generated page.
    pub fn generated(&mut self, id: &str) -> UrlPath {
        UrlPath::of_page(&self.claim(id, Owner::Made))
    }
}

/// Returns how well a file name serves as the index of its folder, smaller is better; `None` if it does not.
pub(super) fn index_rank(path: &SourcePath) -> Option<u8> {
    let rank = match path.stem() {
        "index" => 0,
        "README" => 1,
        "_index" => 2,
        stem => match stem.to_lowercase().as_str() {
            "readme" => 3,
            "index" => 4,
            _ => return None,
        },
    };
    Some(rank)
}

/// Returns the path without its extension.
pub(super) fn plain_id(path: &SourcePath) -> String {
    let folder = path.folder();
    let stem = path.stem();
    if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_comer_gets_another_address() {
        let mut routes = Routes::default();
        let mut claim = |id, file| routes.claim(id, Owner::Page(SourcePath::new(file)));
        assert_eq!(claim("Git", "Git.md"), "Git");
        assert_eq!(claim("git", "git.md"), "git-2");
        assert_eq!(claim("", "README.md"), "");
        assert_eq!(claim("", "index.md"), "index-2");
        assert_eq!(routes.owner("GIT"), Some(&Owner::Page(SourcePath::new("Git.md"))));
    }
}
