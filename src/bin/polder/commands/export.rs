//! `polder export`

use std::io::{BufWriter, Write};

use polder::base::{Error, Result};
use polder::export;
use polder::pipeline::Pipeline;

use super::{on_threads, options};
use crate::{Ending, args, report};

/// Writes the model to standard output.
pub(crate) fn run(args: &args::Export) -> Result<Ending> {
    let mut pipeline = Pipeline::new(options(&args.source, None));
    let build = on_threads(args.source.jobs, || pipeline.build(&mut |_| {}))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let records = export::records(&build.site, &build.links);
    let mut lines = records.map(|record| record.to_string());
    let written =
        lines.try_for_each(|line| report::write_line(&mut out, &line)).and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        written => {
            written.map_err(|error| Error::io("write", "standard output".as_ref(), error))?;
        }
    }
    Ok(report::ending(&build.diagnostics, None))
}
