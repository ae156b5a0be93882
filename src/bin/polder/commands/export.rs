//! `polder export`

use std::io::{BufWriter, Write};

use polder::base::{Error, Result};
use polder::export;
use polder::pipeline::Pipeline;
use polder::search;

use super::{on_threads, options};
use crate::{Ending, args, report};

/// Writes the model, or documents for a search engine, to standard output.
pub(crate) fn run(args: &args::Export) -> Result<Ending> {
    let mut pipeline = Pipeline::new(options(&args.source, None));
    let build = on_threads(args.source.jobs, || pipeline.build(&mut |_| {}))?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let documents = search::documents(&build.site, &build.links);
    let mut lines: Box<dyn Iterator<Item = String>> = match args.search_documents {
        Some(engine) => Box::new(search::bulk(&documents, engine_of(engine))),
        None => {
            Box::new(export::records(&build.site, &build.links).map(|record| record.to_string()))
        }
    };
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

fn engine_of(engine: args::Engine) -> search::Engine {
    match engine {
        args::Engine::Any => search::Engine::Any,
        args::Engine::Opensearch => search::Engine::OpenSearch,
        args::Engine::Meilisearch => search::Engine::Meilisearch,
        args::Engine::Typesense => search::Engine::Typesense,
    }
}
