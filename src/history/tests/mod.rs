//! What the room does with whole repositories.

mod cache;
mod commits;
mod merges;
mod renames;
mod repositories;

use std::fs;
use std::path::Path;

use git2::{Signature, Time};

use super::fixture::{Fixture, told};
use super::*;
use crate::base::Severity;

const LONG: &str = "# Pumps\n\nOne line.\nTwo lines.\nThree lines.\nFour lines.\nFive lines.\n";
const LONG_EDITED: &str =
    "# Pumps\n\nOne line.\nTwo lines.\nThree lines.\nFour rows.\nFive lines.\n";

fn read(source: &Path, cache: Option<&Path>) -> Outcome<History> {
    super::read(source, None, |_| false, &mut CommitMemo::new(), cache)
}

fn codes(outcome: &Outcome<History>) -> Vec<&str> {
    outcome.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}
