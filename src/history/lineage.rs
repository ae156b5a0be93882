//! Which changes belong to which file.
//!
//! Every file is followed forward, from the oldest commit to the newest and along every branch: each commit has a map
//! from names to files, which is that of its first parent plus what the commit did. So an edit belongs to the file
//! that had that name *on that branch*, whatever other branches called it and however commits of several branches
//! lie between one another in time. The rules:
//!
//! - A file keeps its identity when it is renamed; its old name is free then, and a new file there is another file.
//! - A name whose file was deleted goes on with that file if it is taken again.
//! - A merge has each file from the parent that it took it from, with that parent's past, as `git log -- path` does.
//! - A merge that made a text of its own has the pasts of all parents' files of that name, unless one of them lives
//!   on under another name.
//! - Files that came to one name on two branches are one from the merge of these on, whatever its text, unless one of them
//!   has, or last had, another name as well: a page that was added twice has both pasts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::commit::{ChangeKind, CommitId};
use super::fact::Fact;
use super::ids::IdMap;
use super::{Removal, Revision};
use crate::base::SourcePath;

/// What was found out.
pub(super) struct Traced {
    pub(super) lineages: BTreeMap<SourcePath, Vec<Revision>>,
    pub(super) outside: BTreeMap<SourcePath, Vec<Revision>>,
    pub(super) removals: Vec<Removal>,
}

/// Follows the files through `facts` (newest first). `paths` are those of `HEAD`, in the repository; paths below
/// `prefix` are told relative to it.
pub(super) fn trace<'p>(
    facts: &[Arc<Fact>],
    paths: impl Iterator<Item = &'p SourcePath>,
    prefix: &str,
) -> Traced {
    let mut files = Files::default();
    let (names, touched) = follow(facts, &mut files);
    let mut revisions: BTreeMap<File, Vec<Revision>> = BTreeMap::new();
    for (commit, touched) in touched.iter().enumerate() {
        for (change, file) in touched.iter().enumerate() {
            revisions.entry(files.root(*file)).or_default().push(Revision { commit, change });
        }
    }
    let mut alive = BTreeSet::new();
    let mut lineages = BTreeMap::new();
    let mut outside = BTreeMap::new();
    for path in paths {
        let file = names.get(path.as_str()).map(|holder| files.root(holder.file));
        alive.extend(file);
        let lineage = file.and_then(|file| revisions.get(&file)).cloned().unwrap_or_default();
        match path.as_str().strip_prefix(prefix) {
            Some(below) => lineages.insert(SourcePath::new(below), lineage),
            None => outside.insert(path.clone(), lineage),
        };
    }
    revisions.retain(|file, _| !alive.contains(file));
    let mut removals: Vec<Removal> =
        revisions.into_values().filter_map(|past| removal(facts, past, prefix)).collect();
    removals.sort_by(|a, b| (a.revision.commit, &a.path).cmp(&(b.revision.commit, &b.path)));
    Traced { lineages, outside, removals }
}

fn removal(facts: &[Arc<Fact>], mut past: Vec<Revision>, prefix: &str) -> Option<Removal> {
    let change = |revision: &Revision| &facts[revision.commit].changes[revision.change];
    let last = past.iter().position(|revision| change(revision).kind == ChangeKind::Deleted)?;
    let path = change(&past[last]).path.as_str().strip_prefix(prefix)?;
    let path = SourcePath::new(path);
    let revision = past.remove(last);
    Some(Removal { path, revision, earlier: past })
}

/// A file, whatever its name.
type File = u32;

/// The files, some of which turn out to be one.
#[derive(Default)]
struct Files {
    /// For each file one that it is the same as; itself for most.
    same_as: Vec<File>,
}

impl Files {
    fn create(&mut self) -> File {
        let file = self.same_as.len() as File;
        self.same_as.push(file);
        file
    }

    fn root(&self, mut file: File) -> File {
        while self.same_as[file as usize] != file {
            file = self.same_as[file as usize];
        }
        file
    }

    fn unite(&mut self, a: File, b: File) -> File {
        let (a, b) = (self.root(a), self.root(b));
        self.same_as[a.max(b) as usize] = a.min(b);
        a.min(b)
    }
}

/// Names that several files had, on whatever branch. Few, so that each merge can look at all of them.
#[derive(Default)]
struct Claims<'f> {
    first: HashMap<&'f str, File>,
    contested: BTreeMap<&'f str, BTreeSet<File>>,
    /// Files that are not one though a merge has both under one name.
    apart: HashSet<(File, File)>,
}

impl<'f> Claims<'f> {
    fn claim(&mut self, files: &Files, name: &'f str, file: File) {
        let file = files.root(file);
        let first = files.root(*self.first.entry(name).or_insert(file));
        if first != file {
            self.contested.entry(name).or_insert_with(|| [first].into()).insert(file);
        }
    }

    /// Forgets the names whose files have turned out to be one.
    fn settle(&mut self, files: &Files) {
        self.contested.retain(|name, claimants| {
            *claimants = claimants.iter().map(|file| files.root(*file)).collect();
            self.first.extend(claimants.first().map(|file| (*name, *file)));
            claimants.len() > 1
        });
    }
}

/// Who has a name.
#[derive(Clone, Copy)]
struct Holder {
    file: File,
    /// Whether the file is still there.
    is_there: bool,
}

/// The names that are, or were last, in use as of a commit.
type Names<'f> = HashMap<&'f str, Holder>;

/// Returns the names as of the newest commit, and for each commit the file that each of its changes touched.
fn follow<'f>(facts: &'f [Arc<Fact>], files: &mut Files) -> (Rc<Names<'f>>, Vec<Vec<File>>) {
    let mut children: IdMap<CommitId, usize> = IdMap::default();
    for parent in facts.iter().flat_map(|fact| &fact.parents) {
        *children.entry(*parent).or_default() += 1;
    }
    let mut known: IdMap<CommitId, Rc<Names<'f>>> = IdMap::default();
    let mut claims = Claims::default();
    let mut touched = vec![Vec::new(); facts.len()];
    for (index, fact) in facts.iter().enumerate().rev() {
        let mut parents: Vec<Rc<Names>> = Vec::with_capacity(fact.parents.len());
        for parent in &fact.parents {
            let left = children.get_mut(parent).expect("every parent was counted");
            *left -= 1;
            // The last child gets the map itself: a straight line of commits never copies it.
            let names = if *left == 0 { known.remove(parent) } else { known.get(parent).cloned() };
            parents.push(names.expect("parents come after children, so before them from behind"));
        }
        let mut parents = parents.into_iter();
        let mut names = parents.next().unwrap_or_default();
        let others: Vec<_> = parents.collect();
        if !others.is_empty() && !claims.contested.is_empty() {
            join_claims(files, &mut claims, &names, &others);
        }
        if !fact.changes.is_empty() || !fact.taken.is_empty() {
            let (names, claims) = (Rc::make_mut(&mut names), &mut claims);
            touched[index] = Step { files, claims, others: &others, names }.apply(fact);
        }
        known.insert(fact.id, names);
    }
    let newest = facts.first().and_then(|fact| known.remove(&fact.id));
    (newest.unwrap_or_default(), touched)
}

/// Makes one of the files that a merge finds under one name in its first parent and in another.
fn join_claims<'f>(
    files: &mut Files,
    claims: &mut Claims<'f>,
    ours: &Rc<Names<'f>>,
    others: &[Rc<Names<'f>>],
) {
    let parents = || std::iter::once(ours).chain(others).map(Rc::as_ref);
    let mut is_joined = false;
    for name in claims.contested.keys() {
        let Some(mine) = ours.get(name) else { continue };
        for theirs in others.iter().filter_map(|names| names.get(name)) {
            let pair = (files.root(mine.file), files.root(theirs.file));
            let is_there = mine.is_there || theirs.is_there;
            if !is_there || pair.0 == pair.1 || claims.apart.contains(&pair) {
                continue;
            }
            let is_elsewhere = |(other, holder): (&&str, &Holder)| {
                let root = files.root(holder.file);
                *other != *name && (root == pair.0 || root == pair.1)
            };
            if parents().any(|names| names.iter().any(is_elsewhere)) {
                claims.apart.insert(pair);
            } else {
                files.unite(pair.0, pair.1);
                is_joined = true;
            }
        }
    }
    if is_joined {
        claims.settle(files);
    }
}

/// What one commit does to the names.
struct Step<'s, 'f> {
    files: &'s mut Files,
    claims: &'s mut Claims<'f>,
    /// The names of the later parents.
    others: &'s [Rc<Names<'f>>],
    /// The names of the first parent, which become those of the commit.
    names: &'s mut Names<'f>,
}

impl<'f> Step<'_, 'f> {
    fn apply(&mut self, fact: &'f Fact) -> Vec<File> {
        for taken in &fact.taken {
            let path = taken.path.as_str();
            let theirs = self.others[taken.parent as usize - 1].get(path).copied();
            self.take(path, theirs, taken.is_there);
        }
        fact.changes.iter().map(|change| self.change(change.path.as_str(), &change.kind)).collect()
    }

    fn take(&mut self, path: &'f str, theirs: Option<Holder>, is_there: bool) {
        let theirs = theirs.filter(|theirs| theirs.is_there == is_there);
        match (theirs, self.names.get(path)) {
            (Some(theirs), _) => {
                self.names.insert(path, theirs);
            }
            (None, Some(ours)) if is_there == ours.is_there => {}
            // Only a shallow clone does not know what its files are.
            (None, _) if is_there => {
                let file = self.files.create();
                self.hold(path, file);
            }
            (None, _) => {
                self.names.remove(path);
            }
        }
    }

    fn change(&mut self, path: &'f str, kind: &'f ChangeKind) -> File {
        match kind {
            ChangeKind::Added | ChangeKind::Modified => {
                let file = self.file_at(path);
                self.hold(path, file);
                file
            }
            ChangeKind::Deleted => {
                let file = self.file_at(path);
                self.names.insert(path, Holder { file, is_there: false });
                file
            }
            ChangeKind::Renamed { from } => {
                let file = self.file_at(from.as_str());
                self.names.remove(from.as_str());
                // A dead file of the new name is an earlier life of this one.
                let earlier = self.names.get(path).map(|holder| holder.file);
                let file = earlier.map_or(file, |earlier| self.files.unite(file, earlier));
                self.hold(path, file);
                file
            }
        }
    }

    /// Returns the file of a name in any parent; a new one if there is none (or nobody knows: a shallow clone).
    fn file_at(&mut self, path: &str) -> File {
        let ours = self.names.get(path).copied();
        let theirs = self.others.iter().filter_map(|names| names.get(path).copied());
        let mut holders: Vec<Holder> = ours.into_iter().chain(theirs).collect();
        if holders.iter().any(|holder| holder.is_there) {
            holders.retain(|holder| holder.is_there);
        }
        let is_one = |holders: &[Holder]| {
            let mut roots = holders.iter().map(|holder| self.files.root(holder.file));
            let first = roots.next();
            roots.all(|root| Some(root) == first)
        };
        if !is_one(&holders) && holders.iter().any(|holder| !self.lives_elsewhere(path, *holder)) {
            holders.retain(|holder| !self.lives_elsewhere(path, *holder));
        }
        let all = holders.into_iter().map(|holder| holder.file);
        let one = all.reduce(|a, b| self.files.unite(a, b));
        one.unwrap_or_else(|| self.files.create())
    }

    /// Returns whether a file has another name than `path` in any parent.
    fn lives_elsewhere(&self, path: &str, holder: Holder) -> bool {
        let root = self.files.root(holder.file);
        let is_other = |(name, other): (&&str, &Holder)| {
            *name != path && other.is_there && self.files.root(other.file) == root
        };
        let others = self.others.iter().map(Rc::as_ref);
        std::iter::once(&*self.names).chain(others).any(|names| names.iter().any(is_other))
    }

    fn hold(&mut self, path: &'f str, file: File) {
        self.claims.claim(self.files, path, file);
        self.names.insert(path, Holder { file, is_there: true });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_one_have_one_root() {
        let mut files = Files::default();
        let [a, b, c, d] = [(); 4].map(|()| files.create());
        files.unite(c, b);
        files.unite(d, c);
        assert_eq!([a, b, c, d].map(|file| files.root(file)), [a, b, b, b]);
        files.unite(a, d);
        assert_eq!([a, b, c, d].map(|file| files.root(file)), [a; 4]);
    }
}
