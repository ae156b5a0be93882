//! The commits that are reachable from `HEAD`, newest first, and what each of them did.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::path::Path;
use std::sync::Arc;

use git2::{Oid, Repository, Signature};
use rayon::prelude::*;

use super::commit::{Change, ChangeKind, CommitId, Identity};
use super::compare::{Difference, compare};
use super::fact::{CommitMemo, Fact, ObjectId, Taken};
use super::message;
use super::objects::Objects;
use super::rename::{self, Candidate};
use super::repository::Opened;
use super::words::{self, Words};
use crate::base::date::Moment;

/// Returns the facts of every commit in the order of `git log --date-order`: newest first, children before parents.
pub(super) fn walk(opened: &Opened, memo: &CommitMemo) -> Result<Vec<Arc<Fact>>, git2::Error> {
    let reached = reach(opened, memo)?;
    let mut facts = in_order(reached, commit_id(opened.head));
    let fresh: Vec<usize> = (0..facts.len())
        .filter(|index| memo.get(facts[*index].id).is_none())
        .collect();
    let trees: HashMap<CommitId, ObjectId> =
        facts.iter().map(|fact| (fact.id, fact.tree)).collect();
    // Neighbours share most of their trees and texts, so they stay together.
    let run = (fresh.len() / (rayon::current_num_threads() * 4)).max(64);
    let folder = opened.git_folder();
    let filled: Vec<Vec<Fact>> = fresh
        .par_chunks(run)
        .map(|run| {
            fill(
                &folder,
                run.iter().map(|index| Fact::clone(&facts[*index])),
                &trees,
            )
        })
        .collect::<Result<_, _>>()?;
    for (index, fact) in fresh.into_iter().zip(filled.into_iter().flatten()) {
        facts[index] = Arc::new(fact);
    }
    Ok(facts)
}

/// Finds all commits; those that the memo lacks as yet without their changes.
fn reach(opened: &Opened, memo: &CommitMemo) -> Result<HashMap<CommitId, Arc<Fact>>, git2::Error> {
    let boundary = opened.boundary();
    let mut reached = HashMap::new();
    let mut waiting = vec![commit_id(opened.head)];
    while let Some(id) = waiting.pop() {
        if reached.contains_key(&id) {
            continue;
        }
        let fact = match memo.get(id) {
            Some(known) => Arc::clone(known),
            None => Arc::new(header(&opened.repository, id, &boundary)?),
        };
        waiting.extend(&fact.parents);
        reached.insert(id, fact);
    }
    Ok(reached)
}

fn header(repository: &Repository, id: CommitId, boundary: &[Oid]) -> Result<Fact, git2::Error> {
    let commit = repository.find_commit(oid(&id.0))?;
    let is_boundary = boundary.contains(&commit.id());
    let message = message::parse(&message::decode(commit.message_bytes()));
    let parents = if is_boundary {
        Vec::new()
    } else {
        commit.parent_ids().map(commit_id).collect()
    };
    Ok(Fact {
        id,
        parents,
        tree: commit
            .tree_id()
            .as_bytes()
            .try_into()
            .expect("SHA-1 ids have twenty bytes"),
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
    let text = |bytes| message::decode(bytes).trim().to_owned();
    Identity {
        name: text(signature.name_bytes()),
        email: text(signature.email_bytes()),
    }
}

/// Returns a moment between the years 1 and 9999, no more than a day from UTC.
fn moment(time: git2::Time) -> Moment {
    Moment {
        seconds: time.seconds().clamp(-62_135_510_400, 253_402_214_400),
        offset: time.offset_minutes().clamp(-1439, 1439),
    }
}

fn commit_id(id: Oid) -> CommitId {
    CommitId(
        id.as_bytes()
            .try_into()
            .expect("SHA-1 ids have twenty bytes"),
    )
}

fn oid(id: &ObjectId) -> Oid {
    Oid::from_bytes(id).expect("twenty bytes are an id")
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
        let fact = reached
            .remove(&id)
            .expect("a commit is ready once, after its last child");
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

/// Works out what a run of commits did.
fn fill(
    folder: &Path,
    run: impl Iterator<Item = Fact>,
    trees: &HashMap<CommitId, ObjectId>,
) -> Result<Vec<Fact>, git2::Error> {
    let repository = Repository::open(folder)?;
    let mut objects = Objects::new(&repository)?;
    run.map(|mut fact| {
        if !fact.is_boundary {
            let parents: Vec<Oid> = fact
                .parents
                .iter()
                .map(|parent| oid(&trees[parent]))
                .collect();
            let differences = compare(&mut objects, oid(&fact.tree), &parents)?;
            Filling {
                objects: &mut objects,
                fact: &mut fact,
            }
            .fill(differences)?;
        }
        Ok(fact)
    })
    .collect()
}

struct Filling<'f, 'r> {
    objects: &'f mut Objects<'r>,
    fact: &'f mut Fact,
}

impl Filling<'_, '_> {
    fn fill(&mut self, differences: Vec<Difference>) -> Result<(), git2::Error> {
        let (taken, mut own): (Vec<_>, Vec<_>) = differences
            .into_iter()
            .partition(|difference| difference.same_as.is_some());
        own.sort_by(|a, b| a.path.cmp(&b.path));
        self.fact.taken = taken.into_iter().map(into_taken).collect();
        let (gone, come) = (
            candidates(&own, |d| d.after.is_none()),
            candidates(&own, is_new),
        );
        let moves = if gone.is_empty() || come.is_empty() {
            Vec::new()
        } else {
            rename::pair(&gone, &come, self.objects)?
        };
        for difference in own {
            let here = |file: &Candidate| file.path == difference.path;
            if moves.iter().any(|pair| here(&gone[pair.from])) {
                continue;
            }
            let from = moves
                .iter()
                .find(|pair| here(&come[pair.to]))
                .map(|pair| &gone[pair.from]);
            let change = self.change(difference, from)?;
            self.fact.changes.push(change);
        }
        Ok(())
    }

    fn change(
        &mut self,
        difference: Difference,
        from: Option<&Candidate>,
    ) -> Result<Change, git2::Error> {
        let kind = match (from, difference.after) {
            (Some(from), _) => ChangeKind::Renamed {
                from: from.path.clone(),
            },
            (None, None) => ChangeKind::Deleted,
            (None, Some(_)) if is_new(&difference) => ChangeKind::Added,
            (None, Some(_)) => ChangeKind::Modified,
        };
        let before = match from {
            Some(from) => vec![Some(from.text)],
            None => difference.before,
        };
        let words = self.words(&before, difference.after)?;
        let Words { added, removed } = words;
        Ok(Change {
            path: difference.path,
            kind,
            added,
            removed,
            blob: difference.after,
        })
    }

    /// Counts words against the nearest parent: what a merge itself added, not what it brought together.
    fn words(
        &mut self,
        before: &[Option<ObjectId>],
        after: Option<ObjectId>,
    ) -> Result<Words, git2::Error> {
        let mut nearest: Option<Words> = None;
        let is_known = |parent: &&Option<ObjectId>| before.len() == 1 || parent.is_some();
        let mut parents: Vec<_> = before.iter().filter(is_known).copied().collect();
        parents.dedup();
        if parents.is_empty() {
            parents.push(None);
        }
        for parent in parents {
            let words = self.words_between(parent, after)?;
            if nearest.is_none_or(|nearest| words.total() < nearest.total()) {
                nearest = Some(words);
            }
        }
        Ok(nearest.unwrap_or_default())
    }

    fn words_between(
        &mut self,
        before: Option<ObjectId>,
        after: Option<ObjectId>,
    ) -> Result<Words, git2::Error> {
        if before == after {
            return Ok(Words::default());
        }
        let mut text = |id: Option<ObjectId>| match id {
            None => Ok(Some([].into())),
            Some(id) => self.objects.text(oid(&id)),
        };
        match (text(before)?, text(after)?) {
            (Some(before), Some(after)) => Ok(words::count(&before, &after)),
            _ => {
                self.fact.missing += 1;
                Ok(Words::default())
            }
        }
    }
}

fn into_taken(difference: Difference) -> Taken {
    let parent = difference
        .same_as
        .expect("what is taken is the same as in a parent");
    Taken {
        path: difference.path,
        parent: parent as u32,
        is_there: difference.after.is_some(),
    }
}

fn is_new(difference: &Difference) -> bool {
    difference.after.is_some() && difference.before.iter().all(Option::is_none)
}

fn candidates(own: &[Difference], is_one: impl Fn(&Difference) -> bool) -> Vec<Candidate> {
    let candidate = |difference: &Difference| {
        let text = difference
            .after
            .or_else(|| difference.before.iter().flatten().next().copied());
        Some(Candidate {
            path: difference.path.clone(),
            text: text?,
        })
    };
    own.iter()
        .filter(|difference| is_one(difference))
        .filter_map(candidate)
        .collect()
}
