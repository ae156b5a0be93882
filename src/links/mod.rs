//! Who points at whom.
//!
//! [`resolve()`] turns every link of every page into a [`Target`]; [`LinkGraph`] answers both ways: where a page's links lead, and
//! what leads to a page. The order in which a link is tried is told in [`resolve`](self::resolve()).

mod address;
mod brackets;
mod embed;
mod former;
mod fragment;
mod graph;
mod link;
mod meant;
mod mention;
mod prefix;
mod report;
mod resolve;
mod target;
mod unpublished;
mod wanted;
mod wiki;

pub use embed::{Embed, Embeds, Excerpt, Shown, Shows};
pub use graph::LinkGraph;
pub use link::Link;
pub use mention::Mention;
pub use resolve::resolve;
pub use target::Target;
pub use wanted::Wanted;
