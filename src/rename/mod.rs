//! Pages, files, folders and headings get another name, and every link follows, in the style in which it was written.
//!
//! [`plan()`] thinks a change out without touching anything: it reads the site as it would be, compares where every link leads
//! with where it led, and tries other spellings of those that go astray until all lead where they did. [`apply()`] writes
//! the plan: every text first, the move last, and all of it back if something fails.
//!
//! Invariant: nothing but links, aliases, the heading in question and the lines of the baseline changes by a byte.

mod address;
mod alias;
mod apply;
mod baseline;
mod difference;
mod draft;
mod field;
mod follow;
mod front;
mod heading;
mod lead;
mod locate;
mod mention;
mod moved;
mod name;
mod naming;
mod plan;
mod request;
mod slot;
mod speller;
mod spelling;
mod text;

pub use apply::apply;
pub use difference::difference;
pub use draft::Leftover;
pub use moved::Move;
pub use plan::{Aliases, Plan, plan};
pub use request::Request;
pub use text::{Edit, FileChange};
