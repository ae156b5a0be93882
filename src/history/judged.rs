//! Which texts said of themselves that they are not for everybody.

use super::Judge;
use super::fact::ObjectId;
use super::ids::IdMap;

/// Asks of each text once: the text after a change is the text before the next one.
pub(super) struct Judged {
    judge: Judge,
    known: IdMap<ObjectId, bool>,
}

impl Judged {
    pub(super) fn new(judge: Judge) -> Self {
        Self { judge, known: IdMap::default() }
    }

    /// Returns whether a text says so. One without an id is the lack of a text.
    pub(super) fn is_withheld(&mut self, id: Option<ObjectId>, text: &[u8]) -> bool {
        let Self { judge, known } = self;
        id.is_some_and(|id| *known.entry(id).or_insert_with(|| judge(text)))
    }
}
