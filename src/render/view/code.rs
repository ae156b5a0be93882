//! The texts of files that are not published as they are.

use serde::Serialize;

use super::BacklinkView;

/// `code.html`: a file of code that pages link to, to be read.
#[derive(Debug, Clone, Serialize)]
pub struct CodeView {
    /// The name of the file.
    pub title: String,
    /// Its path.
    pub path: String,
    /// Its text; each line is a `span` with an id: `L1`.
    pub code_html: String,
    /// Where the git host shows it.
    pub href: Option<String>,
    /// The pages that link to it, each once, with their sentences.
    pub backlinks: Vec<BacklinkView>,
}
