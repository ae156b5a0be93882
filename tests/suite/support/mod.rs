//! The language in which tests speak of sites.
//!
//! ```text
//! TestSite::new().page("ops/backup.md", "# Backup").commit("Ann", "2026-01-02", "Add it").build().main("ops/backup/")
//! ```

pub(crate) mod built;
pub(crate) mod cli;
pub(crate) mod git;
pub(crate) mod json_schema;
pub(crate) mod site;

pub(crate) use built::{Built, bytes_of};
pub(crate) use cli::polder;
pub(crate) use site::TestSite;
