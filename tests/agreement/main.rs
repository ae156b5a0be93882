//! Compares the history of every page with what the program `git` says of it. Run on request, on any repository:
//!
//! ```sh
//! cargo test --release --test agreement -- /path/to/repository …
//! cargo test --release --test agreement -- --differences /path/to/repository …
//! ```
//!
//! With `--differences` it checks the differences of 200 revisions instead (`differences`).
//!
//! For every commit: author after `.mailmap`, and both dates. For every page: that no commit is missing which `git log` lists,
//! with `--follow` or without, and that the newest commit of the page is the one that git names. Polder may list more: it
//! follows files through merges, case-only renames and removals, where git stops. A commit may be missing only if git itself
//! gives the reason (`proof`): names are used again, and git follows copies. Those pages are counted apart, by reason.
#![expect(clippy::print_stdout, reason = "it is a program that reports")]

mod differences;
mod proof;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;

use polder::base::SourcePath;
use polder::history::{self, CommitMemo, History};
use proof::{Git, Listed, Reason, git};

fn main() -> ExitCode {
    let repositories: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if repositories.is_empty() {
        println!("name one repository or more: cargo test --test agreement -- /path/to/repository");
        return ExitCode::FAILURE;
    }
    let is_of_differences = std::env::args().any(|argument| argument == "--differences");
    let check = |path: &String| match is_of_differences {
        true => differences::check(Path::new(path), 200),
        false => compare(Path::new(path)),
    };
    let wrong: usize = repositories.iter().map(check).sum();
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Compares one repository; returns in how many places the two differ.
fn compare(repository: &Path) -> usize {
    let history = history::read(repository, None, |_| false, &mut CommitMemo::new(), None).value;
    let commits = compare_commits(repository, &history);
    let mut pages = Pages::default();
    let known_to_git = Git::of(repository);
    for path in history.lineages.keys() {
        compare_page(&known_to_git, &history, path, &mut pages);
    }
    for line in pages.told.iter().take(20) {
        println!("  {line}");
    }
    println!(
        "{}: {} commits, {commits} with another author or date; {} pages: {} list the same commits, {} more than git, \
         {} less for a reason that git gives {:?}, {} lack one; {} with another newest commit",
        repository.display(),
        history.commits.len(),
        history.lineages.len(),
        pages.same,
        pages.more,
        pages.less,
        pages.reasons,
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
    /// Pages that lack commits only for reasons that git gives.
    less: usize,
    /// How many commits each reason explains.
    reasons: BTreeMap<Reason, usize>,
    lacking: usize,
    newest: usize,
    told: Vec<String>,
}

fn compare_page(known_to_git: &Git<'_>, history: &History, path: &SourcePath, pages: &mut Pages) {
    let known: Vec<String> = history.lineages[path]
        .iter()
        .map(|revision| history.commits[revision.commit].id.to_string())
        .collect();
    let known_set: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let listed = known_to_git.listed(path.as_str());
    let told: BTreeSet<&str> = listed.iter().map(|listed| listed.commit.as_str()).collect();
    let mut missing: BTreeMap<&str, Option<Reason>> = BTreeMap::new();
    for listed in listed.iter().filter(|listed| !known_set.contains(listed.commit.as_str())) {
        let reason = missing.entry(&listed.commit).or_default();
        *reason = reason.or_else(|| known_to_git.reason(path.as_str(), listed));
    }
    let unexplained: Vec<&&str> =
        missing.iter().filter(|(_, reason)| reason.is_none()).map(|(commit, _)| commit).collect();
    match unexplained.first() {
        Some(commit) => {
            pages.lacking += 1;
            pages.told.push(format!("{path} lacks {} commits: {commit}", unexplained.len()));
        }
        None if !missing.is_empty() => {
            pages.less += 1;
            for reason in missing.into_values().flatten() {
                *pages.reasons.entry(reason).or_default() += 1;
            }
        }
        None if known_set.len() > told.len() => pages.more += 1,
        None => pages.same += 1,
    }
    compare_newest(path, &known, &listed, pages);
}

fn compare_newest(path: &SourcePath, known: &[String], listed: &[Listed], pages: &mut Pages) {
    let newest = listed.first().map_or("", |listed| &listed.commit);
    let first = known.first().map_or("", String::as_str);
    // Of two branches that changed it at once, either may come first.
    let own = listed.iter().take_while(|listed| listed.name == path.as_str());
    if newest != first && !own.take(3).any(|listed| listed.commit == first) {
        pages.newest += 1;
        pages.told.push(format!("{path}: newest is {first}, git says {newest}"));
    }
}
