//! What the bytes of a file are known again by.

use serde::{Deserialize, Serialize};

use crate::base::Fingerprint;

/// What bytes are known again by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Their fingerprint.
    pub fingerprint: Fingerprint,
    /// Their number.
    pub length: u64,
}

impl Stamp {
    /// Returns the stamp of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { fingerprint: Fingerprint::of(bytes), length: bytes.len() as u64 }
    }
}
