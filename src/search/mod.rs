//! What readers search in: static files that a small plain script reads.
//!
//! Invariant: pure; the same documents give the same bytes.

mod document;

pub use document::{Document, Section};
