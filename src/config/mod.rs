//! `polder.yml`: what a site says of itself, validated, and where its files are.
//!
//! Invariant: a [`Config`] is never changed after it was loaded; a missing file is the default.

mod bot;
mod decode;
mod external;
mod history;
mod host;
mod key;
mod keys;
mod levels;
mod project;
mod schema;
mod search;

pub use external::ExternalConfig;
pub use history::{DateOf, HistoryConfig, PicturesOf, RevisionLimit};
pub use host::{GitHost, HostKind};
pub use key::{Key, Takes};
pub use keys::KEYS;
pub use levels::{Level, Levels};
pub use project::Project;
pub use schema::{Attachments, Config, Images, RuleFormat, WikilinkOrder};
pub use search::SearchConfig;
