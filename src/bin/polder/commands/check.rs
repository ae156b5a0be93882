//! `polder check`

use polder::base::Result;

use super::{build_and_report, options};
use crate::args::{self, Format};
use crate::{Ending, report};

/// Builds without writing, and tells what was found.
pub(crate) fn run(args: &args::Check) -> Result<Ending> {
    let build = build_and_report(options(&args.source, None), args.source.jobs, &args.report)?;
    if !args.report.quiet && args.report.format == Format::Human {
        let count = report::count(&build.diagnostics);
        let count = if count.is_empty() { "nothing to mend" } else { &count };
        report::say(&format!("{}: {count}", report::number(build.site.pages.len(), "page")));
    }
    Ok(report::ending(&build.diagnostics, args.report.deny))
}
