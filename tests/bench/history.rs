//! Measures the pass over the history beside `git log --raw -M --format=%H`, on any repository. Run on request:
//!
//! ```sh
//! cargo bench --bench history -- /path/to/repository …
//! ```
//!
//! Told are the best of five runs, wall time: git; Polder without a cache; Polder with the cache of ten commits ago, as the next
//! build in CI finds it; Polder with a cache that has everything. The repository is not written to: the last two
//! read a clone beside it, which shares its objects.
//!
//! The limits are twice the time of git without a cache, and 100 ms for 10,000 commits of which ten are new. Milliseconds on two
//! cores of a quiet machine, in November 2026; the second limit holds, the first on three of the four:
//!
//! | | commits | git | without a cache | ten new commits | nothing new |
//! |---|---|---|---|---|---|
//! | rust-lang/rfcs | 8,140 | 331 | 397 (1.2 times) | 31 | 20 |
//! | kubernetes/community | 14,987 | 269 | 614 (2.3 times) | 76 | 59 |
//! | CivicActions/guidebook | 2,642 | 66 | 106 (1.6 times) | 14 | 10 |
//! | MinBZK/Algoritmekader | 564 | 64 | 114 (1.8 times) | 20 | 5 |
//!
//! Git needs one core for it and Polder both, so what else the machine does changes the ratio.
#![expect(clippy::print_stdout, reason = "it is a program that reports")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polder::history::{self, CommitMemo};
use polder::source;

const RUNS: usize = 5;

fn main() {
    let repositories: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if repositories.is_empty() {
        println!("name one repository or more: cargo bench --bench history -- /path/to/repository");
    }
    for repository in &repositories {
        measure(Path::new(repository));
    }
}

fn measure(repository: &Path) {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let clone = folder.path().join("clone");
    let cache = folder.path().join("cache");
    let source = repository.to_string_lossy();
    let to = clone.to_string_lossy();
    git(folder.path(), &["clone", "-q", "--shared", "--no-checkout", &source, &to]);
    let head = git(&clone, &["rev-parse", "HEAD"]);
    let before = git(&clone, &["rev-parse", "HEAD~10"]);
    // Side by side, so that what else the machine does weighs on all of them alike.
    let mut best = [Duration::MAX; 4];
    let mut commits = 0;
    for _ in 0..RUNS {
        let log = || git(repository, &["log", "--raw", "-M", "--format=%H"]).len();
        best[0] = best[0].min(time(log));
        best[1] = best[1].min(time(|| commits = read(repository, None)));
        let _ = fs::remove_dir_all(&cache);
        git(&clone, &["update-ref", "--no-deref", "HEAD", before.trim()]);
        read(&clone, Some(&cache));
        git(&clone, &["update-ref", "--no-deref", "HEAD", head.trim()]);
        best[2] = best[2].min(time(|| read(&clone, Some(&cache))));
        best[3] = best[3].min(time(|| read(&clone, Some(&cache))));
    }
    let [log, cold, ten, all] = best.map(|time| time.as_secs_f64() * 1000.0);
    println!(
        "{}: {commits} commits; git log {log:.0} ms; cold {cold:.0} ms ({:.1} times git); ten new commits {ten:.0} ms; nothing \
         new {all:.0} ms",
        repository.display(),
        cold / log
    );
}

fn read(folder: &Path, cache: Option<&Path>) -> usize {
    history::read(folder, None, source::is_withheld, &mut CommitMemo::new(), cache)
        .value
        .commits
        .len()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output =
        Command::new("git").arg("-C").arg(folder).args(arguments).stderr(Stdio::null()).output();
    String::from_utf8_lossy(&output.expect("git is installed").stdout).into_owned()
}
