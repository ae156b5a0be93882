//! The built site as a value, and how it reaches a disk.
//!
//! Invariant: the only room that writes the output folder; it never deletes a file that it did not write.

mod tree;

pub use tree::{Content, OutputTree};
