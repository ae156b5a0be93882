//! `polder check`

use polder::base::{Error, Result};
use polder::lint::Baseline;
use polder::pipeline::{BuildOptions, Pipeline};

use super::{build_and_report, build_quietly, external, on_threads, options, tell};
use crate::args::{self, Format};
use crate::{Ending, report};

/// Builds without writing, and tells what was found.
pub(crate) fn run(args: &args::Check) -> Result<Ending> {
    let options = options(&args.source, None);
    if args.update_baseline {
        return update_baseline(options, args);
    }
    let build = match args.external {
        true => {
            let mut build = build_quietly(options, args.source.jobs, &args.report)?;
            let found = external::findings(&build, args)?;
            build.add(found)?;
            tell(&build, &args.report);
            build
        }
        false => build_and_report(options, args.source.jobs, &args.report)?,
    };
    if !args.report.quiet && args.report.format == Format::Human {
        let count = report::count(&build.diagnostics);
        let count = if count.is_empty() { "nothing to mend" } else { &count };
        report::say(&format!("{}: {count}", report::number(build.site.pages.len(), "page")));
        report::known(&build.diagnostics, &build.gone);
    }
    let ending = report::ending(&build.diagnostics, args.report.deny);
    super::leave(build);
    Ok(ending)
}

/// Writes what is found to the baseline instead of telling it. Without findings there is no such file.
fn update_baseline(options: BuildOptions, args: &args::Check) -> Result<Ending> {
    let mut pipeline = Pipeline::new(options);
    let build = on_threads(args.source.jobs, || pipeline.build(&mut |_| {}))?;
    let baseline = Baseline::of(&build.diagnostics);
    let file = build.project.baseline();
    let written = match baseline.is_empty() {
        true if file.exists() => std::fs::remove_file(&file),
        true => Ok(()),
        false => std::fs::write(&file, baseline.text()),
    };
    written.map_err(|error| Error::io("write", &file, error))?;
    if !args.report.quiet {
        report::say(&format!(
            "{} in {}",
            report::number(baseline.len(), "finding"),
            file.display()
        ));
    }
    Ok(Ending::Fine)
}
