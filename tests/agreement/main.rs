//! Compares the history of every page with what the program `git` says of it. Run on request, on any repository:
//!
//! ```sh
//! cargo test --release --test agreement -- /path/to/repository …
//! ```
//!
//! For every commit: author after `.mailmap`, and both dates. For every page: that no commit is missing which `git log` lists,
//! with `--follow` or without, and that the newest commit of the page is the one that git names. Polder may list more: it
//! follows files through merges, case-only renames and removals, where git stops. It also counts as agreement what git
//! lists for a name, or takes for a rename, and Polder knows as the past of another file, be that a page or one that was
//! removed: names are used again. Files whose names are not those of Markdown have no past to Polder.
#![expect(clippy::print_stdout, reason = "it is a program that reports")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, ExitCode};

use polder::base::SourcePath;
use polder::history::{self, CommitMemo, History, Revision};

fn main() -> ExitCode {
    let repositories: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if repositories.is_empty() {
        println!("name one repository or more: cargo test --test agreement -- /path/to/repository");
        return ExitCode::FAILURE;
    }
    let wrong: usize = repositories.iter().map(|path| compare(Path::new(path))).sum();
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Compares one repository; returns in how many places the two differ.
fn compare(repository: &Path) -> usize {
    let history = history::read(repository, None, |_| false, &mut CommitMemo::new(), None).value;
    let commits = compare_commits(repository, &history);
    let mut pages = Pages::default();
    let owners = owners(&history);
    for path in history.lineages.keys() {
        compare_page(repository, &history, &owners, path, &mut pages);
    }
    for line in pages.told.iter().take(20) {
        println!("  {line}");
    }
    println!(
        "{}: {} commits, {commits} with another author or date; {} pages: {} list the same commits, {} more than git, \
         {} lack one; {} with another newest commit",
        repository.display(),
        history.commits.len(),
        history.lineages.len(),
        pages.same,
        pages.more,
        pages.lacking,
        pages.newest
    );
    commits + pages.lacking + pages.newest
}

/// Counts commits whose people or dates differ from git's, and those that one of the two does not know.
fn compare_commits(repository: &Path, history: &History) -> usize {
    let told = git(repository, &["log", "--format=%H%x00%aN%x00%aE%x00%aI%x00%cI", "HEAD"]);
    let told: BTreeSet<String> = told.lines().map(|line| line.replace("+00:00", "Z")).collect();
    let known = history.commits.iter().map(|commit| {
        let (written, taken_in) = (commit.authored.rfc3339(), commit.committed.rfc3339());
        let author = &commit.author;
        let (id, name, email) = (commit.id, &author.name, &author.email);
        format!("{id}\0{name}\0{email}\0{written}\0{taken_in}").replace("+00:00", "Z")
    });
    let known: BTreeSet<String> = known.collect();
    for line in told.symmetric_difference(&known).take(6) {
        println!("  {}", line.replace('\0', " | "));
    }
    told.difference(&known).count()
}

#[derive(Default)]
struct Pages {
    same: usize,
    more: usize,
    lacking: usize,
    newest: usize,
    told: Vec<String>,
}

/// For each commit and path the page whose revision that is; `None` for a file that was removed.
type Owners<'h> = BTreeMap<(String, &'h str), Option<&'h SourcePath>>;

fn owners(history: &History) -> Owners<'_> {
    let mut owners = BTreeMap::new();
    let mut own = |revision: &Revision, owner| {
        let commit = &history.commits[revision.commit];
        let path = commit.changes[revision.change].path.as_str();
        owners.insert((commit.id.to_string(), path), owner);
    };
    for removal in &history.removals {
        std::iter::once(&removal.revision)
            .chain(&removal.earlier)
            .for_each(|revision| own(revision, None));
    }
    for (page, revisions) in &history.lineages {
        revisions.iter().for_each(|revision| own(revision, Some(page)));
    }
    owners
}

fn compare_page(
    repository: &Path,
    history: &History,
    owners: &Owners<'_>,
    path: &SourcePath,
    pages: &mut Pages,
) {
    let known: Vec<String> = history.lineages[path]
        .iter()
        .map(|revision| history.commits[revision.commit].id.to_string())
        .collect();
    let known_set: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let plain = git(repository, &["log", "--format=%H", "--", path.as_str()]);
    let followed =
        git(repository, &["log", "--follow", "--format=#%H", "--name-only", "--", path.as_str()]);
    // What belongs to another file is that file's past.
    let is_others = |commit: &str, path_then: &str| {
        let owner = owners.get(&(commit.to_owned(), path_then));
        owner.is_some_and(|owner| *owner != Some(path)) || !SourcePath::new(path_then).is_markdown()
    };
    let own = plain.lines().filter(|commit| !is_others(commit, path.as_str()));
    let mut told: BTreeSet<&str> = own.collect();
    let mut commit = "";
    for line in followed.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix('#') {
            Some(id) => commit = id,
            None if is_others(commit, line) => {}
            None => {
                told.insert(commit);
            }
        }
    }
    let lacking: Vec<&&str> = told.iter().filter(|commit| !known_set.contains(**commit)).collect();
    match (lacking.first(), known_set.len() > told.len()) {
        (Some(commit), _) => {
            pages.lacking += 1;
            pages.told.push(format!("{path} lacks {} commits: {commit}", lacking.len()));
        }
        (None, true) => pages.more += 1,
        (None, false) => pages.same += 1,
    }
    let newest = plain.lines().next().unwrap_or_default();
    let first = known.first().map_or("", String::as_str);
    // Of two branches that changed it at once, either may come first.
    if newest != first && !plain.lines().take(3).any(|line| line == first) {
        pages.newest += 1;
        pages.told.push(format!("{path}: newest is {first}, git says {newest}"));
    }
}

fn git(repository: &Path, arguments: &[&str]) -> String {
    let quiet = ["-c", "core.quotePath=false", "-c", "diff.renameLimit=0"];
    let output = Command::new("git").arg("-C").arg(repository).args(quiet).args(arguments).output();
    String::from_utf8_lossy(&output.expect("git is installed").stdout).into_owned()
}
