//! One file a command.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod export;
mod external;
pub(crate) mod mv;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod searches;
pub(crate) mod serve;

use std::path::PathBuf;

use polder::base::{Error, Result};
use polder::history::Ci;
use polder::pipeline::{Build, BuildOptions, Cache, Pipeline};

use crate::args::{Report, Source};
use crate::progress::Progress;
use crate::report;

/// Returns the system that runs this build.
#[expect(
    clippy::disallowed_methods,
    reason = "the library is told of its surroundings by the program"
)]
fn surroundings() -> Option<Ci> {
    Ci::detect(|name| std::env::var(name).ok())
}

/// Returns how to build what a command was given.
fn options(source: &Source, out: Option<PathBuf>) -> BuildOptions {
    let cache = if source.no_cache { Cache::None } else { Cache::Disk };
    BuildOptions { folder: source.source.clone(), out, cache, ci: surroundings(), preview: false }
}

/// Runs work on as many threads as asked for.
fn on_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    // A page nested a thousand deep needs more stack than threads have by default.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.unwrap_or(0))
        .stack_size(16 * 1024 * 1024)
        .build();
    let pool = pool.map_err(|error| {
        Error::refused(format!("cannot start threads: {error}"), "try a smaller --jobs")
    })?;
    pool.install(work)
}

/// Builds once, with a progress bar, and tells what was found.
fn build_and_report(options: BuildOptions, jobs: Option<usize>, told: &Report) -> Result<Build> {
    let build = build_quietly(options, jobs, told)?;
    tell(&build, told);
    Ok(build)
}

/// Builds once, with a progress bar.
fn build_quietly(options: BuildOptions, jobs: Option<usize>, told: &Report) -> Result<Build> {
    let progress = Progress::new(told.quiet);
    let mut pipeline = Pipeline::new(options);
    let build = on_threads(jobs, || pipeline.build(&mut |stage| progress.stage(stage)));
    progress.finish();
    build
}

/// Leaves a build to the end of the program: to give hundreds of megabytes back piece by piece takes a tenth of a second.
fn leave(build: Build) {
    std::mem::forget(build);
}

/// Tells what was found.
fn tell(build: &Build, told: &Report) {
    report::findings(&build.diagnostics, told);
    if told.timings {
        report::timings(&build.timings);
    }
}
