//! What is told of addresses that do not answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Diagnostic, Diagnostics};
use crate::links::{LinkGraph, Target};

use super::answer::Answer;
use super::ask::host;

/// Returns the web addresses that links lead to, each once, without what follows `#`.
pub fn addresses(links: &LinkGraph) -> BTreeSet<String> {
    let addresses = links.all().iter().filter_map(|link| address(&link.target));
    addresses.map(str::to_owned).collect()
}

fn address(target: &Target) -> Option<&str> {
    let Target::External(address) = target else { return None };
    let address = address.split('#').next().unwrap_or(address);
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    (is_web && !host(address).is_empty()).then_some(address)
}

/// Returns a finding for every link to an address where nothing is, and one for every link to a host that does not answer. If
/// nobody answers at all, this machine is offline, and that is one finding.
pub fn findings(links: &LinkGraph, answers: &BTreeMap<String, Answer>) -> Diagnostics {
    let is_offline = !answers.is_empty()
        && answers.values().all(|answer| matches!(answer, Answer::Unreachable(_)));
    if is_offline {
        let message =
            format!("none of {} addresses of other sites could be reached", answers.len());
        let finding = Diagnostic::new("offline", message);
        return std::iter::once(finding.help("try again where the web can be reached")).collect();
    }
    let found = links.all().iter().filter_map(|link| {
        let address = address(&link.target)?;
        let finding = match answers.get(address)? {
            Answer::There => return None,
            Answer::Gone(why) => {
                let message = format!("nothing is at `{address}` any more ({why})");
                Diagnostic::new("dead-external-link", message)
                    .help("link to where it is now, or to a copy in an archive of the web")
            }
            Answer::Unreachable(why) => {
                let message = format!("`{address}` could not be reached ({why})");
                Diagnostic::new("unreachable-external-link", message)
                    .help("look yourself; add the host to `ignore` of `external` in polder.yml if it is private")
            }
        };
        Some(finding.at(link.place.clone()))
    });
    found.collect()
}
