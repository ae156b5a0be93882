//! Who wrote which part of a page.

use serde::Serialize;

use super::{DateView, PersonRef};

/// A part of a page: what stands under one heading.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// The heading; the page's title for what stands before the first.
    pub title: String,
    /// Leads to it on the page.
    pub href: String,
    /// Who wrote most of the lines that stand there today.
    pub people: Vec<PersonRef>,
    /// The day since which the oldest of these lines stands there.
    pub since: DateView,
    /// Who wrote the other lines, most first, at most three.
    pub others: Vec<PartShare>,
}

/// Lines of somebody else.
#[derive(Debug, Clone, Serialize)]
pub struct PartShare {
    /// Who wrote them.
    pub people: Vec<PersonRef>,
    /// How many.
    pub lines: usize,
}
