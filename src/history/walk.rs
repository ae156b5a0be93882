//! The commits that are reachable from `HEAD`, newest first.
//!
//! One thread reads what the commits say and hands them on in runs, while the others find out what they did.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use super::Judge;
use super::changes::{self, Task};
use super::commit::CommitId;
use super::fact::{Fact, ObjectId};
use super::header::{self, commit_id};
use super::ids::IdMap;
use super::memo::CommitMemo;
use super::repository::{Exceptions, Opened};

/// Commits that are handed on together. Neighbours share most of their trees and texts.
const RUN: usize = 64;

/// Returns the facts of every commit in the order of `git log --date-order`: newest first, children before parents.
pub(super) fn walk(
    opened: &Opened,
    exceptions: &Exceptions,
    judge: Judge,
    memo: &CommitMemo,
) -> Result<Vec<Arc<Fact>>, git2::Error> {
    let (runs, waiting) = channel();
    let waiting = Mutex::new(waiting);
    let folder = opened.git_folder();
    let mut filled: Vec<_> = (0..rayon::current_num_threads()).map(|_| Ok(Vec::new())).collect();
    let mut reached = rayon::in_place_scope(|scope| {
        for filled in &mut filled {
            scope.spawn(|_| *filled = fill(&folder, judge, &waiting));
        }
        Reaching { opened, exceptions, memo, runs, run: Vec::new(), reached: Reached::default() }
            .reach()
    })?;
    for filled in filled {
        for (number, fact) in filled? {
            reached.commits[number].fact = Some(Arc::new(fact));
        }
    }
    Ok(reached.in_order())
}

/// Takes runs for as long as there are any.
fn fill(
    folder: &Path,
    judge: Judge,
    waiting: &Mutex<Receiver<Vec<Task>>>,
) -> Result<Vec<(usize, Fact)>, git2::Error> {
    let next = || waiting.lock().expect("nobody fails who waits").recv().ok();
    changes::fill(folder, judge, std::iter::from_fn(next))
}

/// The commits that were found, by the number that each got then.
#[derive(Default)]
struct Reached {
    numbers: IdMap<CommitId, usize>,
    commits: Vec<Found>,
}

struct Found {
    parents: Vec<usize>,
    seconds: i64,
    tree: ObjectId,
    is_fresh: bool,
    /// Absent while somebody finds out what it did.
    fact: Option<Arc<Fact>>,
}

struct Reaching<'r> {
    opened: &'r Opened,
    exceptions: &'r Exceptions,
    memo: &'r CommitMemo,
    runs: Sender<Vec<Task>>,
    run: Vec<Task>,
    reached: Reached,
}

impl Reaching<'_> {
    /// Finds all commits, and hands on those that the memo lacks.
    fn reach(mut self) -> Result<Reached, git2::Error> {
        let mut waiting = BinaryHeap::new();
        let head = self.find(commit_id(self.opened.head))?;
        waiting.push((0, Reverse(head)));
        while let Some((_, Reverse(number))) = waiting.pop() {
            let fact = self.reached.commits[number].fact.take();
            let fact = fact.expect("a commit waits once");
            for parent in &fact.parents {
                let known = self.reached.commits.len();
                let parent = self.find(*parent)?;
                self.reached.commits[number].parents.push(parent);
                if parent == known {
                    waiting.push((self.reached.commits[parent].seconds, Reverse(parent)));
                }
            }
            self.pass(number, fact);
        }
        self.hand_on();
        Ok(self.reached)
    }

    /// Returns the number of a commit, which is read if it has none.
    fn find(&mut self, id: CommitId) -> Result<usize, git2::Error> {
        if let Some(number) = self.reached.numbers.get(&id) {
            return Ok(*number);
        }
        let known = self.memo.get(id).filter(|known| !self.exceptions.concern(id, &known.parents));
        let fact = match known {
            Some(known) => Arc::clone(known),
            None => Arc::new(header::read(&self.opened.repository, id, self.exceptions)?),
        };
        let number = self.reached.commits.len();
        self.reached.numbers.insert(id, number);
        self.reached.commits.push(Found {
            parents: Vec::with_capacity(fact.parents.len()),
            seconds: fact.committed.seconds,
            tree: fact.tree,
            is_fresh: known.is_none(),
            fact: Some(fact),
        });
        Ok(number)
    }

    fn pass(&mut self, number: usize, fact: Arc<Fact>) {
        let found = &mut self.reached.commits[number];
        if !found.is_fresh {
            found.fact = Some(fact);
            return;
        }
        let fact = Arc::unwrap_or_clone(fact);
        let commits = &self.reached.commits;
        let parents = commits[number].parents.iter().map(|parent| commits[*parent].tree).collect();
        self.run.push(Task { number, fact, parents });
        if self.run.len() == RUN {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.runs.send(run).expect("the other end is there until all have been handed on");
    }
}

impl Reached {
    /// Sorts commits: always the newest of those whose children have all come; of equals the one that was ready first.
    fn in_order(mut self) -> Vec<Arc<Fact>> {
        let mut children = vec![0_usize; self.commits.len()];
        for parent in self.commits.iter().flat_map(|commit| &commit.parents) {
            children[*parent] += 1;
        }
        let mut ordered = Vec::with_capacity(self.commits.len());
        let mut ready = BinaryHeap::from([(0, Reverse(0_usize), 0)]);
        let mut found = 0;
        while let Some((_, _, number)) = ready.pop() {
            let fact = self.commits[number].fact.take();
            ordered.push(fact.expect("a commit is ready once, after its last child"));
            for parent in &self.commits[number].parents {
                children[*parent] -= 1;
                if children[*parent] == 0 {
                    found += 1;
                    ready.push((self.commits[*parent].seconds, Reverse(found), *parent));
                }
            }
        }
        ordered
    }
}
