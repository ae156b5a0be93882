//! `polder build`

use polder::base::Result;
use polder::config::Project;
use polder::output::{self, Target};
use polder::pipeline::Build;

use super::{build_and_report, options};
use crate::args::{self, Format};
use crate::{Ending, report};

/// Builds the site and writes it.
pub(crate) fn run(args: &args::Build) -> Result<Ending> {
    // What would be refused after the build is refused before it.
    let project = Project::open(&args.source.source)?;
    let out = args.out.clone().unwrap_or_else(|| project.out());
    output::check_target(&Target { dir: &out, source: &project.source, edition: None })?;
    let build =
        build_and_report(options(&args.source, args.out.clone()), args.source.jobs, &args.report)?;
    let written = write(&build, &out)?;
    if !args.report.quiet && args.report.format == Format::Human {
        let count = report::count(&build.diagnostics);
        let count = if count.is_empty() { String::new() } else { format!("; {count}") };
        let pages = report::number(build.site.pages.len(), "page");
        let files = report::number(written.files, "file");
        report::say(&format!("{pages}, {files} in {}{count}", out.display()));
        report::known(&build.diagnostics, &build.gone);
        for foreign in &written.foreign {
            report::say(&format!("left alone, as Polder did not write it: {}", foreign.display()));
        }
    }
    let ending = report::ending(&build.diagnostics, args.report.deny);
    super::leave(build);
    Ok(ending)
}

/// Brings the output to its folder.
pub(super) fn write(build: &Build, out: &std::path::Path) -> Result<output::Written> {
    output::commit(
        &build.output,
        &Target { dir: out, source: &build.project.source, edition: None },
    )
}
