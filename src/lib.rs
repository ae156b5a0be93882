//! Polder builds a static intranet from a git repository of Markdown.
pub mod base;
pub mod cache;
pub mod config;
pub mod export;
pub mod history;
pub mod links;
pub mod lint;
pub mod markdown;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod render;
pub mod scaffold;
pub mod search;
pub mod serve;
pub mod source;
pub mod theme;
