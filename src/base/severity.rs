//! How much a finding matters.

use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something that a reader would miss or see wrong; the build ends with exit code 1.
    Error,
    /// Something that an author should mend.
    Warning,
    /// Something worth knowing.
    Note,
}

impl Severity {
    /// Returns the severity that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Error, Self::Warning, Self::Note].into_iter().find(|known| known.as_str() == word)
    }

    /// Returns the word that reports print.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
