//! Whether the addresses of other sites still answer. Only on request: nothing else in Polder asks the network for anything.
//!
//! [`addresses`] gathers what links lead to; [`ask()`] asks each address once, several hosts at a time and few requests a host, and remembers what it heard;
//! [`findings`] tells for every link what became of its address.
//!
//! Invariant: the only room that makes requests; it reads no clock and no configuration, and is told what it needs.

mod answer;
mod ask;
mod report;
mod request;

pub use answer::{Answer, Heard};
pub use ask::{Asking, ask};
pub use report::{addresses, findings};

use crate::cache::Slot;

/// What is kept of answers between runs.
pub const SLOT: Slot = Slot { name: "external", version: 1 };
