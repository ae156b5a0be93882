//! The suite: what Polder promises, on small sites made by the tests. How it is arranged: `tests/README.md`.

#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails a test")]

mod support;

mod addresses;
mod architecture;
mod backlinks;
mod build;
mod changes;
mod check;
mod configuration;
mod dates;
mod demo;
mod determinism;
mod dialects;
mod differences;
mod domains;
mod embeds;
mod export;
mod external;
mod feeds;
mod files;
mod front_matter;
mod history;
mod hostile;
mod incremental;
mod links;
mod links_told;
mod output;
mod pages;
mod people;
mod privacy;
mod rename;
mod rename_anything;
mod rename_files;
mod search;
mod searches;
mod serve;
mod themes;
