//! What git itself says of a name: why a commit that it lists for a page may be the past of another file.
//!
//! Nothing here asks Polder. The commits, their parents and their renames are read from the program `git`.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;

use polder::base::SourcePath;

/// Why a commit that git lists for a page is the past of another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Git finds that the file of that name was given another one later, which never became the page's.
    NameUsedAgain,
    /// Both files were there at once, and the other one is not what became the page.
    StoodBeside,
    /// Git takes the page for a copy of that file, and that file stayed where it was.
    Copied,
    /// The file had no name of a Markdown file then, or in between.
    NoPage,
}

/// A commit that git lists for a page.
pub(crate) struct Listed {
    pub(crate) commit: String,
    /// The name that the page has for git in it.
    pub(crate) name: String,
    /// What git followed to come there that Polder does not.
    pub(crate) past: Option<Reason>,
}

/// A rename as git finds it.
struct Rename {
    commit: usize,
    from: String,
    to: String,
}

/// What git knows of a repository.
pub(crate) struct Git<'r> {
    repository: &'r Path,
    /// For each commit its place, newest first, and those of its parents.
    places: HashMap<String, usize>,
    ids: Vec<String>,
    parents: Vec<Vec<usize>>,
    renames: Vec<Rename>,
    /// For each name the commits that took a file of it away.
    deletions: HashMap<String, Vec<usize>>,
}

impl<'r> Git<'r> {
    pub(crate) fn of(repository: &'r Path) -> Self {
        let told = git(repository, &["log", "--topo-order", "--format=%H %P", "HEAD"]);
        let lines: Vec<Vec<&str>> =
            told.lines().map(|line| line.split_whitespace().collect()).collect();
        let places: HashMap<String, usize> =
            lines.iter().enumerate().map(|(at, ids)| (ids[0].to_owned(), at)).collect();
        let known = |ids: &Vec<&str>| {
            ids[1..].iter().filter_map(|parent| places.get(*parent).copied()).collect()
        };
        let parents = lines.iter().map(known).collect();
        let ids = lines.iter().map(|ids| ids[0].to_owned()).collect();
        let (renames, deletions) = (Vec::new(), HashMap::new());
        let mut git = Self { repository, places, ids, parents, renames, deletions };
        git.find_renames();
        git
    }

    fn find_renames(&mut self) {
        let mut told =
            vec!["log", "--format=#%H", "--name-status", "-M", "--diff-filter=RD", "HEAD", "--"];
        told.extend([
            ":(icase)*.md",
            ":(icase)*.markdown",
            ":(icase)*.mdown",
            ":(icase)*.mkd",
            ":(icase)*.mdx",
        ]);
        let told = git(self.repository, &told);
        let mut commit = 0;
        for line in told.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            match (line.strip_prefix('#'), &parts[..]) {
                (Some(id), _) => commit = self.places[id],
                (None, [_, from, to]) => {
                    let (from, to) = ((*from).to_owned(), (*to).to_owned());
                    self.renames.push(Rename { commit, from, to });
                }
                (None, [_, gone]) => {
                    self.deletions.entry((*gone).to_owned()).or_default().push(commit);
                }
                _ => {}
            }
        }
    }

    /// Returns the commits that git lists for a path, with `--follow` and without.
    pub(crate) fn listed(&self, path: &str) -> Vec<Listed> {
        let plain = git(self.repository, &["log", "--format=%H", "--", path]);
        let own = plain.lines().map(|commit| Listed {
            commit: commit.to_owned(),
            name: path.to_owned(),
            past: None,
        });
        own.chain(self.followed(path)).collect()
    }

    fn followed(&self, path: &str) -> Vec<Listed> {
        let told = ["log", "--follow", "--format=#%H", "--name-status", "--", path];
        let told = git(self.repository, &told);
        let mut listed = Vec::new();
        let (mut commit, mut past) = ("", None);
        for line in told.lines().filter(|line| !line.is_empty()) {
            let parts: Vec<&str> = line.split('\t').collect();
            match (line.strip_prefix('#'), &parts[..]) {
                (Some(id), _) => commit = id,
                (None, [_, names @ ..]) => {
                    let name = names.last().copied().unwrap_or_default().to_owned();
                    listed.push(Listed { commit: commit.to_owned(), name, past });
                    if names.len() == 2 {
                        past = past.or_else(|| self.not_followed(commit, names[0]));
                    }
                }
                _ => {}
            }
        }
        listed
    }

    /// Returns why Polder does not follow a file to a name that it had before a commit.
    fn not_followed(&self, commit: &str, name: &str) -> Option<Reason> {
        if !SourcePath::new(name).is_markdown() {
            return Some(Reason::NoPage);
        }
        self.is_there(commit, name).then_some(Reason::Copied)
    }

    fn is_there(&self, commit: &str, path: &str) -> bool {
        let object = format!("{commit}:{path}");
        let mut command = Command::new("git");
        command.arg("-C").arg(self.repository).args(["cat-file", "-e", &object]);
        command.output().is_ok_and(|output| output.status.success())
    }

    /// Returns why a commit need not be one of a page's; `None` if nothing that git says tells so.
    pub(crate) fn reason(&self, page: &str, listed: &Listed) -> Option<Reason> {
        if listed.past.is_some() {
            return listed.past;
        }
        if !SourcePath::new(&listed.name).is_markdown() {
            return Some(Reason::NoPage);
        }
        let commit = *self.places.get(&listed.commit)?;
        let mut later = self.renames_of(&listed.name, commit).peekable();
        if later.peek().is_some() {
            let is_the_page = later.any(|rename| self.becomes(rename, page));
            return (!is_the_page).then_some(Reason::NameUsedAgain);
        }
        let stood_beside = |deletion: &usize| {
            self.is_before(commit, *deletion) && self.is_there(&self.ids[*deletion], page)
        };
        let deletions = self.deletions.get(&listed.name).filter(|_| listed.name != page);
        deletions.is_some_and(|all| all.iter().any(stood_beside)).then_some(Reason::StoodBeside)
    }

    /// Returns the renames away from a name in a commit and after it.
    fn renames_of(&self, name: &str, commit: usize) -> impl Iterator<Item = &Rename> {
        let is_of =
            move |rename: &&Rename| rename.from == name && self.is_before(commit, rename.commit);
        self.renames.iter().filter(is_of)
    }

    /// Returns whether git's renames lead from one of them to the page that has a name today.
    fn becomes(&self, rename: &Rename, page: &str) -> bool {
        let mut later = self
            .renames_of(&rename.to, rename.commit)
            .filter(|later| later.commit != rename.commit)
            .peekable();
        match later.peek() {
            None => rename.to == page,
            Some(_) => later.any(|later| self.becomes(later, page)),
        }
    }

    /// Returns whether a commit is another or came before it.
    fn is_before(&self, commit: usize, other: usize) -> bool {
        // In topological order no ancestor comes first.
        if commit <= other {
            return commit == other;
        }
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut waiting = vec![other];
        while let Some(at) = waiting.pop() {
            if at == commit {
                return true;
            }
            let parents = self.parents[at].iter().filter(|parent| **parent <= commit);
            waiting.extend(parents.filter(|parent| seen.insert(**parent)));
        }
        false
    }
}

/// Returns what git answers; says so if that was no full answer.
pub(crate) fn git(repository: &Path, arguments: &[&str]) -> String {
    let quiet = ["-c", "core.quotePath=false", "-c", "diff.renameLimit=0"];
    let output = Command::new("git").arg("-C").arg(repository).args(quiet).args(arguments).output();
    let output = output.expect("git is installed");
    if !output.status.success() {
        let (of, why) = (arguments.last(), String::from_utf8_lossy(&output.stderr));
        println!("  git stopped early at {}: {}", of.unwrap_or(&"all"), why.trim());
    }
    String::from_utf8_lossy(&output.stdout).into_owned()
}
