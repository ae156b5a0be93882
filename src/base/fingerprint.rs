//! Content hashes: keys of caches, names of assets.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

/// The first 16 bytes of a BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Returns the fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut fingerprinter = Fingerprinter::new();
        fingerprinter.add(bytes);
        fingerprinter.finish()
    }

    /// Returns the first eight hexadecimal digits, for file names.
    pub fn short(&self) -> String {
        self.0[..4].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Makes one fingerprint of several pieces. Pieces do not run together: `ab`,`c` differs from `a`,`bc`.
#[derive(Default)]
pub struct Fingerprinter(blake3::Hasher);

impl Fingerprinter {
    /// Returns a fresh one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece.
    pub fn add(&mut self, piece: &[u8]) -> &mut Self {
        self.0.update(piece);
        self.0.update(&(piece.len() as u64).to_le_bytes());
        self
    }

    /// Returns the fingerprint of all pieces.
    pub fn finish(&self) -> Fingerprint {
        let mut short = [0; 16];
        short.copy_from_slice(&self.0.finalize().as_bytes()[..16]);
        Fingerprint(short)
    }
}

/// Writing streams bytes in, as one piece with all else that is written.
impl io::Write for Fingerprinter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
