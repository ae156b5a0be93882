//! `polder check --external`: what other sites answer.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use polder::base::{Diagnostics, Result};
use polder::pipeline::Build;
use polder::probe::{self, Asking};
use polder::{cache, probe::Heard};

use crate::args;
use crate::report;

const DAY: u64 = 24 * 60 * 60;

/// Asks for every address that a link of the site leads to, and returns what there is to tell.
pub(super) fn findings(build: &Build, args: &args::Check) -> Result<Diagnostics> {
    let config = &build.project.config.external;
    let asking = Asking {
        ignore: config.ignore.clone(),
        timeout: Duration::from_secs(config.timeout),
        back_off: Duration::from_secs(1),
        age: config.age * DAY,
        now: now(),
        offline: args.offline,
    };
    let folder = (!args.source.no_cache).then(|| build.project.cache());
    let mut heard: Heard =
        folder.as_deref().and_then(|folder| cache::load(folder, probe::SLOT)).unwrap_or_default();
    let addresses = probe::addresses(&build.links);
    if !args.report.quiet && !args.offline {
        let number = report::number(addresses.len(), "address");
        report::say(&format!("asking other sites for {number}"));
    }
    let answers = probe::ask(&addresses, &asking, &mut heard);
    if let Some(folder) = folder {
        cache::save(&folder, probe::SLOT, &heard);
    }
    Ok(probe::findings(&build.links, &answers))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the library is told of its surroundings by the program"
)]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
