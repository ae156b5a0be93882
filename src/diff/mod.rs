//! Comparing two rows of things: what stayed, what went, what came, what became what. Knows no texts of any sort.
//!
//! [`hunks`] finds where two rows differ; [`align()`] also pairs, where they differ, the things that are alike. Both take
//! time that grows with the length of the rows, not with its square.
//!
//! Invariant: the only room that names `imara_diff`.

mod align;
mod hunk;

pub use align::{Step, align};
pub use hunk::{Hunk, hunks, lines};
