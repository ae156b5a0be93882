//! What was found before, from one build and one run of the program to the next.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::Fingerprint;
use crate::cache::{self, Slot};

/// A value that can be kept on disk.
pub trait Lasting: Serialize + DeserializeOwned {
    /// Its file. The version goes up whenever the type changes.
    const SLOT: Slot;
    /// Returns about how many bytes it takes.
    fn size(&self) -> usize;
    /// Returns whether it will be the same next time.
    fn lasts(&self) -> bool;
}

/// Bytes that are kept of each sort on disk at most.
const KEPT_BYTES: usize = 96 << 20;

/// Values by what they follow from. Holds what the last build used, and nothing older.
#[derive(Debug)]
pub struct Memory<V> {
    known: HashMap<Fingerprint, Arc<V>>,
    /// Their keys, the more important first.
    order: Vec<Fingerprint>,
    has_news: bool,
}

impl<V> Default for Memory<V> {
    fn default() -> Self {
        Self { known: HashMap::new(), order: Vec::new(), has_news: false }
    }
}

impl<V: Lasting> Memory<V> {
    /// Takes in what an earlier run of the program left, if this one knows nothing yet.
    pub fn load(&mut self, folder: &Path) {
        if self.known.is_empty() {
            let kept: Option<Vec<(Fingerprint, V)>> = cache::load(folder, V::SLOT);
            let kept = kept.unwrap_or_default().into_iter();
            self.known = kept.map(|(key, value)| (key, Arc::new(value))).collect();
        }
    }

    /// Leaves for later runs what they can use: as much as fits.
    pub fn save(&self, folder: &Path) {
        if !self.has_news {
            return;
        }
        let mut bytes = 0;
        let entries = self.order.iter().filter_map(|key| Some((*key, self.known.get(key)?)));
        let lasting = entries.filter(|(_, value)| value.lasts());
        let kept: Vec<(Fingerprint, &V)> = lasting
            .map(|(key, value)| (key, value.as_ref()))
            .take_while(|(_, value)| {
                bytes += value.size();
                bytes <= KEPT_BYTES
            })
            .collect();
        cache::save(folder, V::SLOT, &kept);
    }

    pub(super) fn get(&self, key: Fingerprint) -> Option<Arc<V>> {
        self.known.get(&key).cloned()
    }

    /// Keeps these values and no others.
    pub(super) fn replace(&mut self, values: Vec<(Fingerprint, Arc<V>)>) {
        self.has_news = values.iter().any(|(key, _)| !self.known.contains_key(key));
        self.order = values.iter().map(|(key, _)| *key).collect();
        self.known = values.into_iter().collect();
    }
}
