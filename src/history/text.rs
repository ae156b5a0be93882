//! The id that git gives a text.

use git2::{ObjectType, Oid};

/// The object id of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub [u8; 20]);

impl TextId {
    /// Returns the id that these bytes have, or would have, in a repository.
    pub fn of(bytes: &[u8]) -> Self {
        let id = Oid::hash_object(ObjectType::Blob, bytes).expect("any bytes have an id");
        Self(id.as_bytes().try_into().expect("SHA-1 ids have twenty bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_text_has_its_well_known_id() {
        let id: String = TextId::of(b"").0.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(id, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    }
}
