//! Trees and texts of a repository, decoded at most once while they are likely to be asked for again.

use std::rc::Rc;

use git2::{ErrorCode, Odb, Oid, Repository};

use super::ids::IdMap;

/// Bytes that may be kept; trees and texts each.
const KEPT_BYTES: usize = 24 << 20;

/// Reads objects. Not for more than one thread.
pub(super) struct Objects<'r> {
    odb: Odb<'r>,
    trees: Kept,
    texts: Kept,
}

/// Objects by id; all are let go at once when they become too many.
#[derive(Default)]
struct Kept {
    objects: IdMap<Oid, Option<Rc<[u8]>>>,
    bytes: usize,
}

impl Kept {
    fn get_or_read(
        &mut self,
        id: Oid,
        read: impl FnOnce() -> Result<Option<Rc<[u8]>>, git2::Error>,
    ) -> Result<Option<Rc<[u8]>>, git2::Error> {
        if let Some(kept) = self.objects.get(&id) {
            return Ok(kept.clone());
        }
        let object = read()?;
        let length = object.as_ref().map_or(0, |bytes| bytes.len());
        if self.bytes + length > KEPT_BYTES {
            self.objects.clear();
            self.bytes = 0;
        }
        self.bytes += length;
        self.objects.insert(id, object.clone());
        Ok(object)
    }
}

impl<'r> Objects<'r> {
    pub(super) fn new(repository: &'r Repository) -> Result<Self, git2::Error> {
        Ok(Self { odb: repository.odb()?, trees: Kept::default(), texts: Kept::default() })
    }

    /// Returns the bytes of a tree, as git stores them.
    pub(super) fn tree(&mut self, id: Oid) -> Result<Rc<[u8]>, git2::Error> {
        let tree = self.trees.get_or_read(id, || Ok(Some(self.odb.read(id)?.data().into())))?;
        Ok(tree.expect("a tree that cannot be read is an error"))
    }

    /// Returns a text; `None` if a partial clone lacks it.
    pub(super) fn text(&mut self, id: Oid) -> Result<Option<Rc<[u8]>>, git2::Error> {
        self.texts.get_or_read(id, || match self.odb.read(id) {
            Ok(object) => Ok(Some(object.data().into())),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        })
    }
}
