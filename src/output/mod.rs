//! The built site as a value, and how it reaches a disk.
//!
//! [`commit()`] replaces the folder as a whole where the system can do that: a reader of the folder, or a machine that
//! loses power, sees the former site or the new one (`swap`). Where it cannot (a mount point, a parent folder without
//! write permission) files are replaced one by one (`replace`), which has a short moment of both.
//!
//! Invariant: the only room that writes the output folder; it never deletes a file that it did not write.

mod commit;
mod disk;
mod former;
mod leftover;
mod lock;
mod manifest;
mod plan;
mod replace;
mod scan;
mod staging;
mod stamp;
mod swap;
mod target;
mod tree;

pub use commit::{Written, commit};
pub use former::Former;
pub use stamp::Stamp;
pub use target::{Target, check_target};
pub use tree::{Content, OutputTree};
