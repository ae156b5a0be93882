//! Writing sites for others to begin with: the example site, with its past.
//!
//! Invariant: never overwrites a file that it did not write.

mod demo;
mod replay;
mod story;

pub use demo::{Demo, demo};
pub use replay::replay;
pub use story::{Story, TextFile};
