//! The commits that are reachable from `HEAD`, newest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use git2::{Oid, Repository, Signature};
use rayon::prelude::*;

use super::Judge;
use super::changes;
use super::commit::{CommitId, Identity};
use super::encoding;
use super::fact::{Fact, ObjectId};
use super::memo::CommitMemo;
use super::message;
use super::repository::{Exceptions, Opened};
use crate::base::date::Moment;

/// Returns the facts of every commit in the order of `git log --date-order`: newest first, children before parents.
pub(super) fn walk(
    opened: &Opened,
    exceptions: &Exceptions,
    judge: Judge,
    memo: &CommitMemo,
) -> Result<Vec<Arc<Fact>>, git2::Error> {
    let reached = reach(opened, exceptions, memo)?;
    let mut facts = in_order(reached, commit_id(opened.head));
    let is_fresh = |fact: &Fact| !fact.is_lasting() || memo.get(fact.id).is_none();
    let fresh: Vec<usize> = (0..facts.len()).filter(|index| is_fresh(&facts[*index])).collect();
    let trees: HashMap<CommitId, ObjectId> =
        facts.iter().map(|fact| (fact.id, fact.tree)).collect();
    // Neighbours share most of their trees and texts, so they stay together.
    let run = (fresh.len() / (rayon::current_num_threads() * 4)).max(64);
    let folder = opened.git_folder();
    let filled: Vec<Vec<Fact>> = fresh
        .par_chunks(run)
        .map(|run| {
            let run = run.iter().map(|index| Fact::clone(&facts[*index]));
            changes::fill(&folder, judge, run, &trees)
        })
        .collect::<Result<_, _>>()?;
    for (index, fact) in fresh.into_iter().zip(filled.into_iter().flatten()) {
        facts[index] = Arc::new(fact);
    }
    Ok(facts)
}

/// Finds all commits; those that the memo lacks as yet without their changes.
fn reach(
    opened: &Opened,
    exceptions: &Exceptions,
    memo: &CommitMemo,
) -> Result<HashMap<CommitId, Arc<Fact>>, git2::Error> {
    let mut reached = HashMap::new();
    let mut waiting = vec![commit_id(opened.head)];
    while let Some(id) = waiting.pop() {
        if reached.contains_key(&id) {
            continue;
        }
        let known = memo.get(id).filter(|known| !exceptions.concern(id, &known.parents));
        let fact = match known {
            Some(known) => Arc::clone(known),
            None => Arc::new(header(&opened.repository, id, exceptions)?),
        };
        waiting.extend(&fact.parents);
        reached.insert(id, fact);
    }
    Ok(reached)
}

fn header(
    repository: &Repository,
    id: CommitId,
    exceptions: &Exceptions,
) -> Result<Fact, git2::Error> {
    let named = id.oid();
    let commit = repository.find_commit(exceptions.content_of(named))?;
    let is_boundary = exceptions.boundary.contains(&named);
    let message = message::parse(&encoding::decode(commit.message_bytes()));
    let parents: Vec<CommitId> = match exceptions.grafts.get(&named) {
        _ if is_boundary => Vec::new(),
        Some(grafted) => grafted.iter().copied().map(commit_id).collect(),
        None => commit.parent_ids().map(commit_id).collect(),
    };
    Ok(Fact {
        id,
        is_altered: exceptions.alter(id, &parents),
        parents,
        tree: commit.tree_id().as_bytes().try_into().expect("SHA-1 ids have twenty bytes"),
        author: identity(&commit.author()),
        authored: moment(commit.author().when()),
        committed: moment(commit.committer().when()),
        subject: message.subject,
        body: message.body,
        co_authors: message.co_authors,
        reviewers: message.reviewers,
        changes: Vec::new(),
        taken: Vec::new(),
        missing: 0,
        is_boundary,
    })
}

fn identity(signature: &Signature<'_>) -> Identity {
    let text = |bytes| encoding::decode(bytes).trim().to_owned();
    Identity { name: text(signature.name_bytes()), email: text(signature.email_bytes()) }
}

/// Returns a moment between the years 1 and 9999, no more than a day from UTC.
fn moment(time: git2::Time) -> Moment {
    Moment {
        seconds: time.seconds().clamp(-62_135_510_400, 253_402_214_400),
        offset: time.offset_minutes().clamp(-1439, 1439),
    }
}

fn commit_id(id: Oid) -> CommitId {
    CommitId(id.as_bytes().try_into().expect("SHA-1 ids have twenty bytes"))
}

impl CommitId {
    pub(super) fn oid(self) -> Oid {
        Oid::from_bytes(&self.0).expect("twenty bytes are an id")
    }
}

/// Sorts commits: always the newest of those whose children have all come; of equals the one that was found first.
fn in_order(mut reached: HashMap<CommitId, Arc<Fact>>, head: CommitId) -> Vec<Arc<Fact>> {
    let mut children: HashMap<CommitId, usize> = HashMap::with_capacity(reached.len());
    for parent in reached.values().flat_map(|fact| &fact.parents) {
        *children.entry(*parent).or_default() += 1;
    }
    let mut ordered = Vec::with_capacity(reached.len());
    let mut ready = BinaryHeap::from([(0, Reverse(0_usize), head)]);
    let mut found = 0;
    while let Some((_, _, id)) = ready.pop() {
        let fact = reached.remove(&id).expect("a commit is ready once, after its last child");
        for parent in &fact.parents {
            let left = children.get_mut(parent).expect("every parent was counted");
            *left -= 1;
            if *left == 0 {
                found += 1;
                ready.push((reached[parent].committed.seconds, Reverse(found), *parent));
            }
        }
        ordered.push(fact);
    }
    ordered
}
