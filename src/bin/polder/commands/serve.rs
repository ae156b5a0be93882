//! `polder serve`

use std::net::SocketAddr;

use polder::base::{Diagnostic, Result, Severity};
use polder::config::Project;
use polder::pipeline::{self, BuildOptions, Pipeline};
use polder::serve::{self, Event, Options, Snapshot, WatchSet};

use super::{on_threads, options};
use crate::args::{self, Listen};
use crate::{Ending, report};

/// Serves the site until the process is stopped.
pub(crate) fn run(args: &args::Serve) -> Result<Ending> {
    show(options(&args.source, None), args.source.jobs, &args.listen)
}

/// Builds, serves, and builds again on every change.
pub(super) fn show(options: BuildOptions, jobs: Option<usize>, listen: &Listen) -> Result<Ending> {
    let project = Project::open(&options.folder)?;
    let watch = WatchSet {
        watched: pipeline::watched(&project),
        excluded: pipeline::not_watched(&project, &project.out()),
    };
    let mut pipeline = Pipeline::new(BuildOptions { preview: true, ..options });
    let build = || on_threads(jobs, || snapshot(&mut pipeline));
    let address = SocketAddr::new(listen.host, listen.port);
    serve::serve(&Options { address, base: listen.base.clone() }, &watch, build, tell)?;
    Ok(Ending::Fine)
}

fn snapshot(pipeline: &mut Pipeline) -> Result<Snapshot> {
    let build = pipeline.build(&mut |_| {})?;
    let is_told = |found: &&Diagnostic| found.severity == Severity::Error && !found.is_known;
    let errors = build.diagnostics.iter().filter(is_told);
    let problems = report::plain(errors);
    let took = build.timings.total().as_millis();
    let count = report::count(&build.diagnostics);
    let count = if count.is_empty() { "nothing to mend".to_owned() } else { count };
    report::say(&format!(
        "built {} in {took} ms; {count}",
        report::number(build.site.pages.len(), "page")
    ));
    Ok(Snapshot { output: build.output, problems })
}

fn tell(event: Event) {
    match event {
        Event::Listening { url } => report::say(&format!("serving {url} (stop with Ctrl-C)")),
        Event::Built { problems, .. } if !problems.is_empty() => report::say(&problems),
        Event::Failed { message } => report::say(&message),
        _ => {}
    }
}
