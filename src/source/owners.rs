//! `CODEOWNERS`: who stands for which files, as git hosts know it.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::base::SourcePath;

/// Where git hosts look for it, in the repository.
const PLACES: [&str; 4] =
    [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// Who stands for which files of a repository.
pub(super) struct Owners {
    patterns: Gitignore,
    /// Each pattern with its owners, in order.
    lines: Vec<(String, Vec<String>)>,
}

impl Owners {
    /// Reads the file of the repository that a source lies in; `None` if there is none.
    pub(super) fn of(source: &Path) -> Option<Self> {
        let root = source.ancestors().find(|folder| folder.join(".git").exists())?;
        let text =
            PLACES.iter().find_map(|place| std::fs::read_to_string(root.join(place)).ok())?;
        Some(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let mut builder = GitignoreBuilder::new("");
        let mut lines = Vec::new();
        for line in text.lines().map(|line| line.split(" #").next().unwrap_or(line).trim()) {
            let mut words = line.split_whitespace();
            // A section of GitLab is no pattern.
            let pattern = words.next().filter(|word| !word.starts_with(['#', '[', '^', '!']));
            if let Some(pattern) = pattern.filter(|word| builder.add_line(None, word).is_ok()) {
                lines.push((pattern.to_owned(), words.map(str::to_owned).collect()));
            }
        }
        Self { patterns: builder.build().unwrap_or_else(|_| Gitignore::empty()), lines }
    }

    /// Returns the owners of a file, by its path in the repository: those of the last line that fits it or a folder around
    /// it. (`docs/*` is not for what lies deeper.)
    pub(super) fn of_file(&self, path: &SourcePath) -> &[String] {
        let folders = path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
        let of_folders = folders.filter_map(|folder| self.line(folder, true));
        let of_folders = of_folders.filter(|at| !self.lines[*at].0.ends_with("/*"));
        let last = of_folders.chain(self.line(path.as_str(), false)).max();
        last.map(|at| self.lines[at].1.as_slice()).unwrap_or_default()
    }

    /// Returns which line is the last that fits a path.
    fn line(&self, path: &str, is_folder: bool) -> Option<usize> {
        let pattern = self.patterns.matched(path, is_folder).inner()?.original();
        self.lines.iter().rposition(|(known, _)| known == pattern)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_line_that_fits_counts() {
        let owners = Owners::parse(
            "# who\n* @all\n[Section]\ndocs/ @n/writers ann@n.example # here\n/docs/ops/*.md @bob\n/top/* @top\n*.txt\n",
        );
        let of = |path: &str| owners.of_file(&SourcePath::new(path)).join(" ");
        assert_eq!(of("README.md"), "@all");
        assert_eq!(of("docs/a/b.md"), "@n/writers ann@n.example");
        assert_eq!(of("docs/ops/a.md"), "@bob");
        assert_eq!(of("docs/ops/a/b.md"), "@n/writers ann@n.example");
        assert_eq!((of("top/a.md").as_str(), of("top/a/b.md").as_str()), ("@top", "@all"));
        assert_eq!(of("x.txt"), "", "nobody, on purpose");
    }
}
