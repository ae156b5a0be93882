//! What in a text cannot be shown as it was meant, and is shown as it was written.

use std::ops::Range;

/// A part of a text that cannot be shown as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The name of the finding: `math-syntax`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The remedy.
    pub help: &'static str,
    /// Its bytes.
    pub span: Range<usize>,
}

impl Fault {
    /// Returns the fault of a formula that cannot be read.
    pub(super) fn of_formula(message: String, span: Range<usize>) -> Self {
        let help =
            "correct its LaTeX, or put it between backticks if readers should see it as code";
        Self { code: "math-syntax", message, help, span }
    }
}
