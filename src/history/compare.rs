//! In which Markdown files a commit's tree differs from those of its parents.
//!
//! Works on the bytes of trees as git stores them: `mode name NUL id`, sorted by name, folders as if their name
//! ended with `/`. Folders with equal ids are not entered.

use std::cmp::Ordering;

use git2::Oid;

use super::encoding;
use super::fact::ObjectId;
use super::objects::Objects;
use crate::base::SourcePath;

/// A Markdown file that is not as in the first parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Its path in the repository.
    pub(super) path: SourcePath,
    /// Its text after the commit.
    pub(super) after: Option<ObjectId>,
    /// Its text in each parent. The only parent of a root has nothing.
    pub(super) before: Vec<Option<ObjectId>>,
    /// The first parent that has the file as the commit has it.
    pub(super) same_as: Option<usize>,
}

impl Difference {
    /// Returns the file with its text, if it is there after the commit.
    pub(super) fn into_file(self) -> Option<(SourcePath, ObjectId)> {
        Some((self.path, self.after?))
    }
}

/// Returns where `tree` differs from the first of `parents` (from an empty tree, if there are none).
pub(super) fn compare(
    objects: &mut Objects<'_>,
    tree: Oid,
    parents: &[Oid],
) -> Result<Vec<Difference>, git2::Error> {
    let mut comparison = Comparison { objects, path: String::new(), found: Vec::new() };
    let parents: Vec<_> = parents.iter().copied().map(Some).collect();
    let parents = if parents.is_empty() { vec![None] } else { parents };
    if parents[0] != Some(tree) {
        comparison.folder(Some(tree), &parents)?;
    }
    Ok(comparison.found)
}

struct Comparison<'o, 'r> {
    objects: &'o mut Objects<'r>,
    /// The folder that is compared, with `/` at its end.
    path: String,
    found: Vec<Difference>,
}

impl Comparison<'_, '_> {
    fn folder(&mut self, after: Option<Oid>, before: &[Option<Oid>]) -> Result<(), git2::Error> {
        let after = self.bytes(after)?;
        let before = before.iter().map(|id| self.bytes(*id)).collect::<Result<Vec<_>, _>>()?;
        let mut after = Entries { rest: &after };
        let mut before: Vec<_> = before.iter().map(|rest| Entries { rest }).collect();
        loop {
            let (first, others) = before.split_first_mut().expect("there is one parent at least");
            after.skip_common(first);
            let Some(key) = smaller(after.peek(), first.peek()) else {
                return Ok(());
            };
            let now = after.take(key);
            let was: Vec<_> = std::iter::once(first.take(key))
                .chain(others.iter_mut().map(|other| other.seek(key)))
                .collect();
            self.entry(key, now, &was)?;
        }
    }

    fn bytes(&mut self, tree: Option<Oid>) -> Result<std::rc::Rc<[u8]>, git2::Error> {
        tree.map_or_else(|| Ok([].into()), |id| self.objects.tree(id))
    }

    fn entry(
        &mut self,
        key: Entry<'_>,
        after: Option<Entry<'_>>,
        before: &[Option<Entry<'_>>],
    ) -> Result<(), git2::Error> {
        let length = self.path.len();
        self.path.push_str(&encoding::decode(key.name));
        if key.sort == Sort::Folder {
            self.path.push('/');
            let before: Vec<_> =
                before.iter().map(|entry| entry.map(|entry| entry.oid())).collect();
            self.folder(after.map(|entry| entry.oid()), &before)?;
        } else {
            self.file(after, before);
        }
        self.path.truncate(length);
        Ok(())
    }

    fn file(&mut self, after: Option<Entry<'_>>, before: &[Option<Entry<'_>>]) {
        // Symbolic links and submodules are as good as absent.
        let page = |entry: Option<Entry<'_>>| {
            let entry = entry.filter(|entry| entry.sort != Sort::Other)?;
            Some((entry.sort, entry.id()))
        };
        let after = page(after);
        let before: Vec<_> = before.iter().map(|entry| page(*entry)).collect();
        let path = SourcePath::new(&self.path);
        if after == before[0] || !path.is_markdown() {
            return;
        }
        let same_as = before.iter().position(|entry| *entry == after);
        let id = |(_, id)| id;
        self.found.push(Difference {
            path,
            after: after.map(id),
            before: before.into_iter().map(|entry| entry.map(id)).collect(),
            same_as,
        });
    }
}

/// What an entry of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    File,
    Executable,
    Folder,
    Other,
}

#[derive(Debug, Clone, Copy)]
struct Entry<'t> {
    sort: Sort,
    name: &'t [u8],
    id: &'t [u8],
}

impl<'t> Entry<'t> {
    fn id(&self) -> ObjectId {
        self.id.try_into().expect("an entry holds twenty bytes of id")
    }

    fn oid(&self) -> Oid {
        Oid::from_bytes(self.id).expect("an entry holds twenty bytes of id")
    }

    fn order(&self, other: &Entry<'_>) -> Ordering {
        self.sort_bytes().cmp(other.sort_bytes())
    }

    fn sort_bytes(&self) -> impl Iterator<Item = u8> + use<'t> {
        let slash = (self.sort == Sort::Folder).then_some(b'/');
        self.name.iter().copied().chain(slash)
    }
}

fn smaller<'t>(a: Option<Entry<'t>>, b: Option<Entry<'t>>) -> Option<Entry<'t>> {
    match (a, b) {
        (Some(a), Some(b)) if a.order(&b).is_gt() => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

/// The entries of a tree that are still to be read.
struct Entries<'t> {
    rest: &'t [u8],
}

impl<'t> Entries<'t> {
    /// Returns the length of the first entry; `None` at the end, and at bytes that are no entry.
    fn length(&self) -> Option<usize> {
        let end = self.rest.iter().position(|byte| *byte == 0)? + 21;
        (end <= self.rest.len()).then_some(end)
    }

    fn skip_common(&mut self, other: &mut Self) {
        // Mostly nothing differs after the one entry that does.
        if self.rest == other.rest {
            (self.rest, other.rest) = (&[], &[]);
        }
        while let Some(length) = self.length()
            && other.rest.get(..length) == Some(&self.rest[..length])
        {
            self.rest = &self.rest[length..];
            other.rest = &other.rest[length..];
        }
    }

    fn peek(&self) -> Option<Entry<'t>> {
        let entry = &self.rest[..self.length()?];
        let (head, id) = entry.split_at(entry.len() - 20);
        let space = head.iter().position(|byte| *byte == b' ')?;
        let sort = match &head[..space] {
            b"40000" => Sort::Folder,
            b"100755" => Sort::Executable,
            mode if mode.starts_with(b"100") => Sort::File,
            _ => Sort::Other,
        };
        Some(Entry { sort, name: &head[space + 1..head.len() - 1], id })
    }

    /// Takes the first entry if it has the name of `key`.
    fn take(&mut self, key: Entry<'_>) -> Option<Entry<'t>> {
        let entry = self.peek().filter(|entry| entry.order(&key).is_eq())?;
        self.rest = &self.rest[self.length()?..];
        Some(entry)
    }

    /// Passes over all entries before `key`, and takes the one with its name.
    fn seek(&mut self, key: Entry<'_>) -> Option<Entry<'t>> {
        while self.peek().is_some_and(|entry| entry.order(&key).is_lt()) {
            self.rest = &self.rest[self.length()?..];
        }
        self.take(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str, u8)]) -> Vec<u8> {
        let entry = |(mode, name, id): &(&str, &str, u8)| {
            [mode.as_bytes(), b" ", name.as_bytes(), b"\0", &[*id; 20]].concat()
        };
        entries.iter().flat_map(entry).collect()
    }

    #[test]
    fn folder_sorts_as_if_its_name_ended_with_a_slash() {
        let bytes = tree(&[("100644", "a.md", 1), ("40000", "a", 2), ("100644", "a0", 3)]);
        let mut entries = Entries { rest: &bytes };
        let file = entries.peek().unwrap();
        assert_eq!((file.sort, file.name, file.id()), (Sort::File, &b"a.md"[..], [1; 20]));
        assert!(entries.take(file).is_some());
        let folder = entries.peek().unwrap();
        assert!(folder.order(&file).is_gt());
        let last = tree(&[("100755", "a0", 3)]);
        let last = Entries { rest: &last }.peek().unwrap();
        assert_eq!(last.sort, Sort::Executable);
        assert_eq!(entries.seek(last).unwrap().name, b"a0");
        assert!(entries.peek().is_none());
    }

    #[test]
    fn common_entries_are_passed_over() {
        let one = tree(&[("100644", "a", 1), ("100644", "b", 2), ("100644", "c", 3)]);
        let two = tree(&[("100644", "a", 1), ("100644", "b", 9), ("100644", "c", 3)]);
        let (mut one, mut two) = (Entries { rest: &one }, Entries { rest: &two });
        one.skip_common(&mut two);
        assert_eq!((one.peek().unwrap().id(), two.peek().unwrap().id()), ([2; 20], [9; 20]));
    }

    #[test]
    fn bytes_that_are_no_tree_end_the_list() {
        assert!(Entries { rest: b"100644 a\0short" }.peek().is_none());
        assert!(Entries { rest: b"no zero" }.peek().is_none());
    }
}
