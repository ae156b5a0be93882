//! Results of pure functions, kept from one build to the next.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rayon::prelude::*;

/// Remembers results by content. Holds what the last run used, and nothing older.
#[derive(Debug)]
pub struct Memo<K, V> {
    kept: HashMap<K, V>,
    has_news: bool,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { kept: HashMap::new(), has_news: false }
    }
}

impl<K: Hash + Eq + Send + Sync, V: Clone + Send + Sync> Memo<K, V> {
    /// Returns `make(input)` for each input, in order, computing in parallel only those whose key the last
    /// run did not have, and each key once. `make` must be pure, and its result must follow from the key.
    pub fn map<T: Sync>(
        &mut self,
        inputs: &[T],
        key: impl Fn(&T) -> K + Sync,
        make: impl Fn(&T) -> V + Sync,
    ) -> Vec<V> {
        let keys: Vec<K> = inputs.par_iter().map(&key).collect();
        let mut seen: HashSet<&K> = HashSet::new();
        let is_new = |key: &K| !self.kept.contains_key(key);
        let new: Vec<(&K, &T)> =
            keys.iter().zip(inputs).filter(|(key, _)| is_new(key) && seen.insert(key)).collect();
        let made: HashMap<&K, V> = new.par_iter().map(|(key, input)| (*key, make(input))).collect();
        let value = |key: &K| self.kept.get(key).or_else(|| made.get(key)).cloned();
        let value = |key: &K| value(key).expect("every key was kept or made");
        let values: Vec<V> = keys.iter().map(value).collect();
        self.keep(keys.into_iter().zip(values.iter().cloned()).collect());
        values
    }

    /// Does the same in three steps: `prepare` makes of an input what both its key and its value follow from, which is
    /// gone again before the next. If one fails, nothing new is remembered.
    ///
    /// # Errors
    /// The first error of `make`, in no particular order.
    pub fn try_map<'i, T: Sync, P, E: Send>(
        &mut self,
        inputs: &'i [T],
        prepare: impl Fn(&'i T) -> P + Sync,
        key: impl Fn(&P) -> K + Sync,
        make: impl Fn(P) -> Result<V, E> + Sync,
    ) -> Result<Vec<V>, E> {
        let made = inputs.par_iter().map(|input| {
            let prepared = prepare(input);
            let key = key(&prepared);
            let value = self.kept.get(&key).cloned().map_or_else(|| make(prepared), Ok)?;
            Ok((key, value))
        });
        let made: Vec<(K, V)> = made.collect::<Result<_, E>>()?;
        let values = made.iter().map(|(_, value)| value.clone()).collect();
        self.keep(made.into_iter().collect());
        Ok(values)
    }

    fn keep(&mut self, now: HashMap<K, V>) {
        self.has_news =
            now.len() != self.kept.len() || now.keys().any(|key| !self.kept.contains_key(key));
        self.kept = now;
    }

    /// Returns whether the last run used other keys than the one before.
    pub fn has_news(&self) -> bool {
        self.has_news
    }

    /// Returns whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Returns what is remembered, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.kept.iter()
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for Memo<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(entries: T) -> Self {
        Self { kept: entries.into_iter().collect(), has_news: false }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::Memo;

    #[test]
    fn what_is_the_same_is_made_once() {
        let mut memo: Memo<usize, String> = Memo::default();
        let made = AtomicUsize::new(0);
        let mut run = |inputs: &[usize]| {
            let make = |input: &usize| {
                made.fetch_add(1, Ordering::Relaxed);
                input.to_string()
            };
            (memo.map(inputs, |input| *input, make), memo.has_news())
        };
        assert_eq!(run(&[1, 2, 1]), (["1", "2", "1"].map(str::to_owned).to_vec(), true));
        assert_eq!(run(&[2, 1]), (["2", "1"].map(str::to_owned).to_vec(), false));
        assert_eq!(run(&[2]), (["2"].map(str::to_owned).to_vec(), true));
        assert_eq!(made.load(Ordering::Relaxed), 2);
    }
}
