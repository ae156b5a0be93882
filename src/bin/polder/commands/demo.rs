//! `polder demo`

use polder::base::{Error, Result};
use polder::pipeline::{BuildOptions, Cache};
use polder::scaffold;

use super::{build_and_report, serve};
use crate::args::{self, Deny, Format, Report};
use crate::{Ending, report};

/// Writes the example site, builds it, and shows it.
pub(crate) fn run(args: &args::Demo) -> Result<Ending> {
    let dir = args.dir.clone().unwrap_or_else(|| std::env::temp_dir().join("polder-demo"));
    let demo = scaffold::demo(&dir)?;
    report::say(&format!(
        "the example site is in {}: {} commits, {} files",
        dir.display(),
        demo.commits,
        demo.files
    ));
    let options = BuildOptions {
        folder: dir.clone(),
        out: None,
        cache: Cache::Disk,
        ci: None,
        preview: false,
    };
    let told = Report {
        format: Format::Human,
        quiet: false,
        all: false,
        timings: false,
        deny: Some(Deny::Warnings),
    };
    let build = build_and_report(options.clone(), None, &told)?;
    let out = dir.join("public");
    super::build::write(&build, &out)?;
    report::say(&format!("built {} pages into {}", build.site.pages.len(), out.display()));
    if args.no_serve {
        return Ok(report::ending(&build.diagnostics, told.deny));
    }
    serve::show(options, None, &args.listen).map_err(|error| match error {
        Error::Refused { message, help } => {
            Error::refused(message, format!("{help}; the built site is in {}", out.display()))
        }
        other => other,
    })
}
