//! Which address belongs to what: one place, one rule.
//!
//! Pages of the source come first, in sorted order, and keep the address that their file name gives them. What Polder makes itself
//! (lists, histories, people without a profile) takes what is left. Addresses that differ only in letter case count as one.

use std::collections::BTreeMap;

use crate::base::path::path_key;
use crate::base::{SourcePath, UrlPath};

/// Addresses that are taken, and by what.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    taken: BTreeMap<String, String>,
}

impl Routes {
    /// Takes the address `id/`, or, if it is taken, `id-2/`, `id-3/` …; returns the id that it became.
    pub fn claim(&mut self, id: &str, owner: &str) -> String {
        let mut free = id.to_owned();
        let mut number = 2;
        while self.taken.contains_key(&path_key(&free)) {
            free = if id.is_empty() { format!("index-{number}") } else { format!("{id}-{number}") };
            number += 1;
        }
        self.taken.insert(path_key(&free), owner.to_owned());
        free
    }

    /// Returns what has the address `id/`.
    pub fn owner(&self, id: &str) -> Option<&str> {
        self.taken.get(&path_key(id)).map(String::as_str)
    }

    /// Takes an address for a generated page.
    pub fn generated(&mut self, id: &str) -> UrlPath {
        UrlPath::of_page(&self.claim(id, "a generated page"))
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
        assert_eq!(routes.claim("Git", "Git.md"), "Git");
        assert_eq!(routes.claim("git", "git.md"), "git-2");
        assert_eq!(routes.claim("", "README.md"), "");
        assert_eq!(routes.claim("", "index.md"), "index-2");
        assert_eq!(routes.owner("GIT"), Some("Git.md"));
    }
}
