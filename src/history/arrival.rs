//! When commits became part of the branch that is built.
//!
//! Readers see what a branch says when it is merged, not when it was written. A commit arrives with the first commit on
//! the line of first parents, the branch itself, that has it among its ancestors.

use std::sync::Arc;

use super::commit::CommitId;
use super::fact::Fact;
use super::ids::IdMap;

/// Returns for each commit (newest first) the second in which it arrived.
pub(super) fn arrivals(facts: &[Arc<Fact>]) -> Vec<i64> {
    let at: IdMap<CommitId, usize> =
        facts.iter().enumerate().map(|(index, fact)| (fact.id, index)).collect();
    let first_parent = |index: &usize| facts[*index].parents.first().map(|parent| at[parent]);
    let start = (!facts.is_empty()).then_some(0);
    let mut branch: Vec<usize> = std::iter::successors(start, first_parent).collect();
    branch.reverse();
    let mut arrivals = vec![None; facts.len()];
    for tip in branch {
        let mut waiting = vec![tip];
        while let Some(index) = waiting.pop() {
            if arrivals[index].is_none() {
                arrivals[index] = Some(facts[tip].committed.seconds);
                waiting.extend(facts[index].parents.iter().map(|parent| at[parent]));
            }
        }
    }
    let own =
        |(index, arrival): (usize, Option<i64>)| arrival.unwrap_or(facts[index].committed.seconds);
    arrivals.into_iter().enumerate().map(own).collect()
}
