//! Maps by object id. An id is a hash already, so its first bytes serve as one.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by [`CommitId`](super::commit::CommitId) or id of another object.
pub(super) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Takes the first bytes of the last thing that was written: the id, which follows its length.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::Hash;

    use crate::history::CommitId;

    #[test]
    fn hash_is_the_beginning_of_the_id() {
        let mut hasher = IdHasher::default();
        let mut id = [0; 20];
        id[..10].copy_from_slice(&[1, 0, 0, 0, 0, 0, 0, 2, 9, 9]);
        CommitId(id).hash(&mut hasher);
        assert_eq!(hasher.finish(), 0x0200_0000_0000_0001);
    }
}
