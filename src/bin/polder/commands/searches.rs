//! `polder searches`

use std::fs::File;
use std::path::Path;

use polder::base::{Error, Result};
use polder::config::Project;
use polder::missed::Tally;

use crate::{Ending, args, report};

/// Tells what readers searched for and did not find.
pub(crate) fn run(args: &args::Searches) -> Result<Ending> {
    let path = match &args.report {
        Some(path) => path.clone(),
        None => configured(&args.source)?,
    };
    let mut tally = Tally::new(&path);
    for log in &args.logs {
        read(&mut tally, log).map_err(|error| Error::io("read", log, error))?;
    }
    check(&tally, &path)?;
    let missed = tally.told(usize::from(args.least));
    match &args.out {
        Some(file) => std::fs::write(file, missed.to_yaml())
            .map_err(|error| Error::io("write", file, error))?,
        None => report::out(&missed.to_yaml())?,
    }
    let (told, all) = (missed.searches.len(), tally.searches());
    let rule = format!("made on {} computers or more", args.least);
    report::say(&format!("told {told} of {all} different searches: those {rule}"));
    Ok(Ending::Fine)
}

fn configured(folder: &Path) -> Result<String> {
    Project::open(folder)?.config.search.report.ok_or_else(|| {
        Error::refused(
            "polder.yml does not say where searches that find nothing are reported",
            "set `search: {report: /robots.txt}` and publish the site, or name the path with --report",
        )
    })
}

fn read(tally: &mut Tally, log: &Path) -> std::io::Result<()> {
    if log == Path::new("-") {
        tally.read(std::io::stdin().lock())
    } else {
        tally.read(File::open(log)?)
    }
}

/// Refuses logs that tell nothing of searches, which are mostly the wrong ones.
fn check(tally: &Tally, path: &str) -> Result<()> {
    match tally.counts() {
        [lines, 0, _] => Err(Error::refused(
            format!("none of {} is that of an access log", report::number(lines, "line")),
            "the common and the combined format are read, and lines of JSON as Caddy and Traefik write them",
        )),
        [_, requests, 0] => Err(Error::refused(
            format!("none of {} asks for `{path}?nothing=…`", report::number(requests, "request")),
            "look whether the site is published with `search.report`, and whether this is the log of its host",
        )),
        _ => Ok(()),
    }
}
