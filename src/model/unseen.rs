//! What of the past readers could never see, and are not told now.
//!
//! A page that says of itself that it is not for everybody, and one at a path that `exclude` names, is no page of the site. When
//! it goes, nothing of it is told: neither its path nor its title, nor why. If it becomes a page for everybody, its
//! history begins there; those who wrote it before are credited all the same.

use std::collections::{BTreeMap, HashMap};

use crate::base::SourcePath;
use crate::history::{Change, ChangeKind, Commit, History, Revision};
use crate::source::Excluded;

/// The revisions that made texts which were not for everybody, newest first, by the path of the file today.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    lineages: BTreeMap<SourcePath, Vec<Revision>>,
    outside: BTreeMap<SourcePath, Vec<Revision>>,
}

impl Unseen {
    /// Returns those of a file; `target` is the path of the file elsewhere in the repository that it is a symbolic link to.
    pub(super) fn of(&self, path: &SourcePath, target: Option<&SourcePath>) -> &[Revision] {
        let found = match target {
            Some(target) => self.outside.get(target),
            None => self.lineages.get(path),
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

/// Takes out of a history what readers could not see. `prefix` is the path of the source in its repository.
pub(super) fn take_out(history: &mut History, excluded: &Excluded, prefix: &str) -> Unseen {
    let mut eye = Eye { excluded, prefix, known: HashMap::new() };
    let History { commits, lineages, outside, removals, .. } = history;
    removals.retain(|removal| {
        let change = &commits[removal.revision.commit].changes[removal.revision.change];
        !eye.is_blind(change)
    });
    for removal in removals {
        eye.part(commits, &mut removal.earlier);
    }
    let mut part = |all: &mut BTreeMap<SourcePath, Vec<Revision>>| {
        let parted = all.iter_mut().map(|(path, seen)| (path.clone(), eye.part(commits, seen)));
        parted.filter(|(_, unseen)| !unseen.is_empty()).collect()
    };
    Unseen { lineages: part(lineages), outside: part(outside) }
}

/// What tells the seen from the unseen.
struct Eye<'e> {
    excluded: &'e Excluded,
    prefix: &'e str,
    /// Paths that were asked before.
    known: HashMap<SourcePath, bool>,
}

impl Eye<'_> {
    /// Leaves in a file's revisions those that readers could see, and returns the others.
    fn part(&mut self, commits: &mut [Commit], revisions: &mut Vec<Revision>) -> Vec<Revision> {
        let change = |commits: &[Commit], revision: &Revision| {
            commits[revision.commit].changes[revision.change].clone()
        };
        let is_plain = revisions.iter().all(|revision| {
            let change = &commits[revision.commit].changes[revision.change];
            !self.is_blind(change) && !self.came_unseen(change)
        });
        if is_plain {
            return Vec::new();
        }
        let (seen, unseen): (Vec<Revision>, Vec<Revision>) =
            revisions.iter().partition(|revision| {
                !self.is_blind(&commits[revision.commit].changes[revision.change])
            });
        for (at, revision) in seen.iter().enumerate() {
            let told = change(commits, revision);
            if self.came_unseen(&told) {
                let older = seen[at + 1..].iter().map(|older| change(commits, older));
                let last = older.into_iter().find(|older| older.blob.is_some());
                commits[revision.commit].changes[revision.change] = came_to_light(told, last);
            }
        }
        *revisions = seen;
        unseen
    }

    /// Returns whether what a change left (or took away) is not for readers.
    fn is_blind(&mut self, change: &Change) -> bool {
        change.is_withheld || self.is_excluded(&change.path)
    }

    /// Returns whether what was there before a change was not for readers.
    fn came_unseen(&mut self, change: &Change) -> bool {
        change.was_withheld
            || matches!(&change.kind, ChangeKind::Renamed { from } if self.is_excluded(from))
    }

    fn is_excluded(&mut self, path: &SourcePath) -> bool {
        let Some(below) = path.as_str().strip_prefix(self.prefix) else { return false };
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        let excluded = self.excluded.excludes(&SourcePath::new(below));
        self.known.insert(path.clone(), excluded);
        excluded
    }
}

/// Returns a change as readers see it who know nothing of what was there just before: it follows on the last text that they
/// knew, or is the first.
fn came_to_light(change: Change, last: Option<Change>) -> Change {
    let kind = match &last {
        None => ChangeKind::Added,
        Some(last) if last.path != change.path => ChangeKind::Renamed { from: last.path.clone() },
        Some(_) => ChangeKind::Modified,
    };
    Change {
        kind,
        before: last.and_then(|last| last.blob),
        added: 0,
        removed: 0,
        is_counted: false,
        sections: Vec::new(),
        renamed: Vec::new(),
        was_withheld: false,
        ..change
    }
}
