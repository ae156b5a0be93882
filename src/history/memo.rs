//! What commits did, from one build to the next.

use std::sync::Arc;

use super::History;
use super::commit::CommitId;
use super::fact::Fact;
use super::ids::IdMap;
use super::repository::Question;
use crate::base::Outcome;

/// What commits did, kept between the builds of one run.
#[derive(Debug, Default)]
pub struct CommitMemo {
    facts: IdMap<CommitId, Arc<Fact>>,
    /// The last history that was read: most builds follow an edit, not a commit.
    last: Option<(Question, Outcome<History>)>,
}

impl CommitMemo {
    /// Returns an empty memo.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(super) fn answer_to(&self, question: &Question) -> Option<&Outcome<History>> {
        self.last.as_ref().filter(|(last, _)| last == question).map(|(_, answer)| answer)
    }

    pub(super) fn keep(&mut self, question: Question, answer: Outcome<History>) {
        self.last = Some((question, answer));
    }

    pub(super) fn extend(&mut self, facts: Vec<Fact>) {
        self.facts.extend(facts.into_iter().map(|fact| (fact.id, Arc::new(fact))));
    }

    pub(super) fn get(&self, id: CommitId) -> Option<&Arc<Fact>> {
        self.facts.get(&id)
    }

    /// Keeps these facts and no others; returns whether that changed what is worth storing.
    pub(super) fn replace(&mut self, facts: &[Arc<Fact>]) -> bool {
        let lasting = facts.iter().filter(|fact| fact.is_lasting());
        let kept: IdMap<_, _> = lasting.map(|fact| (fact.id, Arc::clone(fact))).collect();
        let is_changed = kept.len() != self.facts.len()
            || facts.iter().any(|fact| fact.is_lasting() && !self.facts.contains_key(&fact.id));
        self.facts = kept;
        is_changed
    }
}
