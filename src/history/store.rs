//! The facts of commits, from one run of the program to the next.

use std::path::Path;
use std::sync::Arc;

use super::fact::Fact;
use crate::cache::{self, Slot};

/// The version goes up whenever [`Fact`], what is counted in it, or what a text says to be withheld, changes.
const COMMITS: Slot = Slot { name: "commits", version: 6 };

/// Returns what the folder holds.
pub(super) fn load(folder: &Path) -> Vec<Fact> {
    cache::load(folder, COMMITS).unwrap_or_default()
}

/// Stores all facts that can be relied on.
pub(super) fn save(folder: &Path, facts: &[Arc<Fact>]) {
    let lasting = facts.iter().filter(|fact| fact.is_lasting() && fact.missing == 0);
    cache::save(folder, COMMITS, &lasting.map(Arc::as_ref).collect::<Vec<_>>());
}
