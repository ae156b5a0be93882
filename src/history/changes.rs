//! What commits did to Markdown files: compares their trees with those of their parents, pairs renames, counts words.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use git2::{Oid, Repository};

use super::commit::{Change, ChangeKind};
use super::compare::{Difference, compare};
use super::fact::{Fact, ObjectId, Taken};
use super::judged::Judged;
use super::objects::Objects;
use super::rename::{self, Candidate};
use super::{Judge, renamed, section, words};
use crate::base::SourcePath;

/// A commit of which is to be found out what it did.
pub(super) struct Task {
    /// Stands for the commit where the answer goes.
    pub(super) number: usize,
    /// What it says.
    pub(super) fact: Fact,
    /// The trees of its parents.
    pub(super) parents: Vec<ObjectId>,
}

/// Fills in what the commits of these runs did.
pub(super) fn fill(
    folder: &Path,
    judge: Judge,
    runs: impl Iterator<Item = Vec<Task>>,
) -> Result<Vec<(usize, Fact)>, git2::Error> {
    let mut runs = runs.filter(|run| !run.is_empty()).peekable();
    let mut filled = Vec::new();
    if runs.peek().is_none() {
        return Ok(filled);
    }
    let repository = Repository::open(folder)?;
    let mut objects = Objects::new(&repository)?;
    let mut judged = Judged::new(judge);
    for Task { number, mut fact, parents } in runs.flatten() {
        if !fact.is_boundary {
            let parents: Vec<Oid> = parents.iter().map(id_of).collect();
            let differences = compare(&mut objects, id_of(&fact.tree), &parents)?;
            Filling { objects: &mut objects, judged: &mut judged, fact: &mut fact }
                .fill(differences, &parents)?;
        }
        filled.push((number, fact));
    }
    Ok(filled)
}

struct Filling<'f, 'r> {
    objects: &'f mut Objects<'r>,
    judged: &'f mut Judged,
    fact: &'f mut Fact,
}

impl Filling<'_, '_> {
    fn fill(&mut self, differences: Vec<Difference>, parents: &[Oid]) -> Result<(), git2::Error> {
        let (taken, mut own): (Vec<_>, Vec<_>) =
            differences.into_iter().partition(|difference| difference.same_as.is_some());
        own.sort_by(|a, b| a.path.cmp(&b.path));
        self.fact.taken = taken.into_iter().map(into_taken).collect();
        let (mut gone, come) = (candidates(&own, |d| d.after.is_none()), candidates(&own, is_new));
        if let (false, [_, others @ ..]) = (come.is_empty(), parents) {
            self.add_lost(&mut gone, others)?;
        }
        let moves = if gone.is_empty() || come.is_empty() {
            Vec::new()
        } else {
            rename::pair(&gone, &come, self.objects)?
        };
        let left: HashSet<&SourcePath> = moves.iter().map(|pair| &gone[pair.from].path).collect();
        let origins: HashMap<&SourcePath, &Candidate> =
            moves.iter().map(|pair| (&come[pair.to].path, &gone[pair.from])).collect();
        for difference in own {
            if !left.contains(&difference.path) {
                let origin = origins.get(&difference.path).copied();
                let change = self.change(difference, origin)?;
                self.fact.changes.push(change);
            }
        }
        Ok(())
    }

    /// Adds the files of a merge's later parents that are not in the merge: it may have given them another name.
    fn add_lost(&mut self, gone: &mut Vec<Candidate>, others: &[Oid]) -> Result<(), git2::Error> {
        for other in others {
            let lost = compare(self.objects, *other, &[id_of(&self.fact.tree)])?;
            gone.extend(candidates(&lost, is_new));
        }
        gone.sort_by(|a, b| a.path.cmp(&b.path));
        gone.dedup_by(|a, b| a.path == b.path);
        Ok(())
    }

    fn change(
        &mut self,
        difference: Difference,
        origin: Option<&Candidate>,
    ) -> Result<Change, git2::Error> {
        let kind = match (origin, difference.after) {
            (Some(from), _) => ChangeKind::Renamed { from: from.path.clone() },
            (None, None) => ChangeKind::Deleted,
            (None, Some(_)) if is_new(&difference) => ChangeKind::Added,
            (None, Some(_)) => ChangeKind::Modified,
        };
        let before = match origin {
            Some(from) => vec![Some(from.text)],
            None => difference.before,
        };
        let untold = Change {
            path: difference.path,
            kind,
            added: 0,
            removed: 0,
            is_counted: true,
            sections: Vec::new(),
            renamed: Vec::new(),
            title: String::new(),
            is_withheld: false,
            was_withheld: false,
            before: None,
            blob: difference.after,
        };
        self.tell(&untold, &before)
    }

    /// Tells what is new against the nearest parent: what a merge itself did, not what it brought together.
    fn tell(
        &mut self,
        untold: &Change,
        before: &[Option<ObjectId>],
    ) -> Result<Change, git2::Error> {
        let mut texts: Vec<_> = before.iter().filter(|text| text.is_some()).copied().collect();
        texts.dedup();
        if texts.is_empty() {
            texts.push(None);
        }
        let mut nearest: Option<Change> = None;
        for parent in texts {
            let change = self.tell_against(parent, untold.clone())?;
            let size = |change: &Change| change.added.saturating_add(change.removed);
            if nearest.as_ref().is_none_or(|nearest| size(&change) < size(nearest)) {
                nearest = Some(change);
            }
        }
        Ok(nearest.expect("there is one text at least, or the lack of it"))
    }

    fn tell_against(
        &mut self,
        before: Option<ObjectId>,
        mut change: Change,
    ) -> Result<Change, git2::Error> {
        let after = change.blob;
        change.before = before;
        if before == after {
            change.is_withheld = self.is_withheld(after)?;
            change.was_withheld = change.is_withheld;
            return Ok(change);
        }
        let mut text = |id: Option<ObjectId>| match id {
            None => Ok(Some([].into())),
            Some(id) => self.objects.text(id_of(&id)),
        };
        let (Some(old), Some(new)) = (text(before)?, text(after)?) else {
            self.fact.missing += 1;
            change.is_counted = false;
            // Of what is gone nobody can tell any more that it was for everybody.
            change.is_withheld = after.is_none() || self.is_withheld(after)?;
            change.was_withheld = self.is_withheld(before)?;
            return Ok(change);
        };
        change.was_withheld = self.judged.is_withheld(before, &old);
        change.is_withheld = match after {
            Some(_) => self.judged.is_withheld(after, &new),
            None => change.was_withheld,
        };
        let (words, spans) = words::count(&old, &new);
        (change.added, change.removed) = (words.added, words.removed);
        match (before, after) {
            (Some(_), Some(_)) => {
                change.sections = section::touched(&old, &new, &spans);
                change.renamed = renamed::renamed(&old, &new, &spans);
            }
            (Some(_), None) => change.title = section::title(&old),
            _ => {}
        }
        Ok(change)
    }

    /// Returns whether a text that is there says that it is not for everybody.
    fn is_withheld(&mut self, id: Option<ObjectId>) -> Result<bool, git2::Error> {
        let text = id.map(|id| self.objects.text(id_of(&id))).transpose()?.flatten();
        Ok(text.is_some_and(|text| self.judged.is_withheld(id, &text)))
    }
}

fn into_taken(difference: Difference) -> Taken {
    let parent = difference.same_as.expect("what is taken is the same as in a parent");
    Taken { path: difference.path, parent: parent as u32, is_there: difference.after.is_some() }
}

fn is_new(difference: &Difference) -> bool {
    difference.after.is_some() && difference.before.iter().all(Option::is_none)
}

fn candidates(own: &[Difference], is_one: impl Fn(&Difference) -> bool) -> Vec<Candidate> {
    let candidate = |difference: &Difference| {
        let text = difference.after.or_else(|| difference.before.iter().flatten().next().copied());
        Some(Candidate { path: difference.path.clone(), text: text? })
    };
    own.iter().filter(|difference| is_one(difference)).filter_map(candidate).collect()
}

fn id_of(id: &ObjectId) -> Oid {
    Oid::from_bytes(id).expect("twenty bytes are an id")
}
