//! What each revision of a page did to it, told for readers, and which of them each line of a page came with.
//!
//! Texts of the past are read by their ids, compared, and the outcome is kept: two texts never change, so neither does what
//! there is to say of them. Knows no pages; who asks names pairs of texts, and the pictures that they showed.
//!
//! Invariant: nothing here fails. A text that is missing or too large is an [`Account`] that says so.

mod account;
mod depiction;
mod field;
mod memory;
mod origin;

pub use account::{Account, AccountMemo, Accounts, Question, Told, Wanted, tell};
pub use depiction::{Depicted, Depiction, DepictionMemo, Depictions, Past, depict};
pub use field::Field;
pub use memory::{Lasting, Memory};
pub use origin::{Lineage, OriginMemo, Origins, UNKNOWN, trace};
