//! What git says of the pages of a repository, without Polder.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use git2::{ObjectType, Oid, Repository, Sort};

/// What git knows.
pub(crate) struct Judge {
    /// Every address that a commit would have published, with the file that had it last.
    pub(crate) addresses: BTreeMap<String, String>,
    /// How many commits were played.
    pub(crate) commits: usize,
    /// The files of the newest commit.
    living: BTreeSet<String>,
    /// For each path what its file was renamed to, newest first, with the number of the rename.
    renames: HashMap<String, Vec<(usize, String)>>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Lives,
    Moved(String),
    Removed,
}

impl Judge {
    /// Plays the commits of the last years before the newest one.
    pub(crate) fn read(folder: &Path, prefix: &str, years: i64) -> Self {
        let repository = Repository::discover(folder).expect("the folder is in a repository");
        let head = repository.head().and_then(|head| head.peel_to_commit()).expect("a commit");
        let since = head.time().seconds() - years * 31_557_600;
        let mut walk = repository.revwalk().expect("commits can be walked");
        walk.push_head().expect("there is a head");
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME).expect("commits can be sorted");
        let mut trees = Trees { repository: &repository, known: HashMap::new() };
        let mut judge = Self {
            addresses: BTreeMap::new(),
            commits: 0,
            living: trees.pages(head.tree_id(), prefix).into_iter().collect(),
            renames: renames(folder, since, prefix),
        };
        let mut seen: HashSet<Vec<String>> = HashSet::new();
        for id in walk {
            let commit = repository.find_commit(id.expect("a commit")).expect("a commit");
            if commit.time().seconds() < since {
                continue;
            }
            judge.commits += 1;
            let pages = trees.pages(commit.tree_id(), prefix);
            if !seen.contains(&pages) {
                for (address, path) in published(&pages) {
                    judge.addresses.entry(address).or_insert(path);
                }
                seen.insert(pages);
            }
        }
        judge
    }

    /// Returns what became of a file: its last rename, and what was renamed after that.
    pub(crate) fn fate(&self, path: &str) -> Fate {
        if self.living.contains(path) {
            return Fate::Lives;
        }
        let (mut at, mut before) = (path, usize::MAX);
        while let Some((number, to)) =
            self.renames.get(at).and_then(|to| to.iter().find(|(number, _)| *number < before))
        {
            (at, before) = (to, *number);
        }
        if self.living.contains(at) { Fate::Moved(at.to_owned()) } else { Fate::Removed }
    }
}

/// Asks git for the renames of all commits since a moment, of merges against their first parent.
fn renames(folder: &Path, since: i64, prefix: &str) -> HashMap<String, Vec<(usize, String)>> {
    let since = format!("--since=@{since}");
    let arguments = ["log", &since, "--diff-merges=first-parent", "-M", "-l0", "--diff-filter=R"];
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .args(["--name-status", "-z", "--format=", "--"])
        .args(["md", "markdown", "mdown", "mkd"].map(|ending| format!(":(icase)*.{ending}")))
        .output()
        .expect("git is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut renames: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    let mut number = 0;
    let mut fields = text.split(['\0', '\n']).filter(|field| !field.is_empty());
    while let (Some(_likeness), Some(from), Some(to)) =
        (fields.next(), fields.next(), fields.next())
    {
        if let (Some(from), Some(to)) = (from.strip_prefix(prefix), to.strip_prefix(prefix)) {
            renames.entry(from.to_owned()).or_default().push((number, to.to_owned()));
            number += 1;
        }
    }
    renames
}

/// The Markdown files of trees, each tree read once.
struct Trees<'r> {
    repository: &'r Repository,
    known: HashMap<Oid, Rc<Vec<String>>>,
}

impl Trees<'_> {
    /// Returns the pages of a commit, relative to the source and sorted.
    fn pages(&mut self, tree: Oid, prefix: &str) -> Vec<String> {
        let all = self.below(tree);
        let below = all.iter().filter_map(|path| path.strip_prefix(prefix));
        let is_page = |path: &&str| {
            path.split('/').all(|part| !part.starts_with('.') && part != "node_modules")
        };
        let mut pages: Vec<String> = below.filter(is_page).map(str::to_owned).collect();
        pages.sort();
        pages
    }

    fn below(&mut self, id: Oid) -> Rc<Vec<String>> {
        if let Some(known) = self.known.get(&id) {
            return Rc::clone(known);
        }
        let tree = self.repository.find_tree(id).expect("trees are in the repository");
        let mut paths = Vec::new();
        for entry in &tree {
            let Ok(name) = std::str::from_utf8(entry.name_bytes()) else { continue };
            if entry.kind() == Some(ObjectType::Tree) {
                paths.extend(self.below(entry.id()).iter().map(|path| format!("{name}/{path}")));
            } else if is_markdown(name) && entry.filemode() != 0o120_000 {
                paths.push(name.to_owned());
            }
        }
        let paths = Rc::new(paths);
        self.known.insert(id, Rc::clone(&paths));
        paths
    }
}

fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    matches!(ending.as_str(), "md" | "markdown" | "mdown" | "mkd")
}

/// Returns the address of each page. Of pages that would share one, only the first is told: what the others got is
/// Polder's choice.
fn published(pages: &[String]) -> Vec<(String, String)> {
    let mut fronts: BTreeMap<&str, (u8, &str)> = BTreeMap::new();
    for path in pages {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(rank) = rank(stem(name)) {
            let front = fronts.entry(folder).or_insert((rank, path));
            *front = (*front).min((rank, path));
        }
    }
    let is_front = |path: &&String| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        fronts.get(folder).is_some_and(|(_, front)| front == path)
    };
    let (fronts, others): (Vec<_>, Vec<_>) = pages.iter().partition(is_front);
    let mut taken = HashSet::new();
    let mut published = Vec::new();
    for (path, is_front) in fronts
        .into_iter()
        .map(|path| (path, true))
        .chain(others.into_iter().map(|path| (path, false)))
    {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let id = if is_front { folder } else { stem(path) };
        if taken.insert(id.to_lowercase()) {
            let slash = if id.is_empty() { "" } else { "/" };
            published.push((format!("{id}{slash}"), path.clone()));
        }
    }
    published
}

fn rank(stem: &str) -> Option<u8> {
    match stem {
        "index" => Some(0),
        "README" => Some(1),
        "_index" => Some(2),
        other => match other.to_lowercase().as_str() {
            "readme" => Some(3),
            "index" => Some(4),
            _ => None,
        },
    }
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}
