//! Where a link leads.

use crate::base::{SourcePath, UrlPath};
use crate::model::PageIx;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page, or a place in it.
    Page {
        /// The page.
        page: PageIx,
        /// The id of the place.
        anchor: Option<String>,
    },
    /// To a page that Polder makes itself: a folder, a list.
    Generated(UrlPath),
    /// To a file that is published beside the pages.
    File(SourcePath),
    /// To the page that shows the text of a file, or to a line of it.
    Code {
        /// The file.
        file: SourcePath,
        /// The number of the line.
        line: Option<usize>,
    },
    /// To another site, or a mail or phone program; a whole address.
    External(String),
    /// Nowhere; reported.
    Missing,
    /// Nowhere, on purpose: an address that is not safe to follow, a macro of another tool, or a page that is not published.
    Text,
}

impl Target {
    /// Returns the page, if it is one.
    pub fn page(&self) -> Option<PageIx> {
        match self {
            Self::Page { page, .. } => Some(*page),
            _ => None,
        }
    }
}
