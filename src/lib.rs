//! Polder builds a static intranet from a git repository of Markdown.
pub mod base;
pub mod config;
pub mod history;
pub mod markdown;
pub mod model;
pub mod output;
pub mod search;
pub mod source;
pub mod theme;
