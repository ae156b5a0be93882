//! Which paths become which.

use std::collections::BTreeMap;

use crate::base::SourcePath;
use crate::base::path::path_key;
use crate::model::Site;

/// A file or a folder that gets another path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Its path, as on disk.
    pub from: String,
    /// The path that it gets.
    pub to: String,
}

impl Move {
    /// Returns the path that a path becomes: the moved one, what lies below it, or the same.
    pub fn new_path(&self, path: &str) -> String {
        match path.strip_prefix(self.from.as_str()) {
            Some(below) if below.is_empty() || below.starts_with('/') => {
                format!("{}{below}", self.to)
            }
            _ => path.to_owned(),
        }
    }

    /// Returns the files of a site that move.
    pub(super) fn files(&self, site: &Site) -> BTreeMap<SourcePath, SourcePath> {
        let pages = site.pages.rows().iter().map(|page| &page.path);
        let files = pages.chain(site.files.values()).chain(site.symlinks.keys());
        let moved = files.map(|path| (path, self.new_path(path.as_str())));
        let moved = moved.filter(|(path, new)| path.as_str() != new);
        moved.map(|(path, new)| (path.clone(), SourcePath::new(&new))).collect()
    }

    /// Returns whether only letter case changes.
    pub(super) fn is_case_only(&self) -> bool {
        self.from != self.to && path_key(&self.from) == path_key(&self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::Move;

    #[test]
    fn what_lies_below_a_folder_moves_with_it() {
        let moved = Move { from: "a/b".to_owned(), to: "c".to_owned() };
        assert_eq!(moved.new_path("a/b/x.md"), "c/x.md");
        assert_eq!(moved.new_path("a/b"), "c");
        assert_eq!(moved.new_path("a/bc/x.md"), "a/bc/x.md");
    }
}
