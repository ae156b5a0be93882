//! A link, and where it leads.

use std::ops::Range;
use std::sync::Arc;

use crate::base::Place;
use crate::markdown::{Form, Sentence};
use crate::model::PageIx;

use super::target::Target;

/// A link of a page.
#[derive(Debug, Clone)]
pub struct Link {
    /// The page that it stands on.
    pub from: PageIx,
    /// How it was written.
    pub form: Form,
    /// Its destination, as written.
    pub dest: Arc<str>,
    /// Its text, and the sentence around it.
    pub sentence: Sentence,
    /// Where it stands, for people.
    pub place: Place,
    /// Its bytes in the file; in raw HTML those of the address alone.
    pub span: Range<usize>,
    /// Where it leads.
    pub target: Target,
}

impl Link {
    /// Returns its text.
    pub fn text(&self) -> &str {
        self.sentence.text()
    }
}
