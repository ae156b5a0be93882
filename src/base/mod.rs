//! The words that every room speaks: paths, places in text, diagnostics, ids, fingerprints, YAML.
//!
//! Invariant: nothing here reads a file, a clock or the environment, and nothing here knows what a page is.

pub mod code;
pub mod date;
mod day;
pub mod diagnostic;
pub mod error;
pub mod fingerprint;
pub mod fold;
pub mod id;
pub mod memo;
pub mod path;
pub mod severity;
pub mod suggest;
pub mod text;
pub mod yaml;

pub use code::Code;
pub use date::Date;
pub use diagnostic::{Diagnostic, Diagnostics, Outcome, Place, Places};
pub use error::{Error, Result};
pub use fingerprint::{Fingerprint, Fingerprinter};
pub use id::Table;
pub use path::{SourcePath, UrlPath};
pub use severity::Severity;
