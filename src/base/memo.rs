//! Results of pure functions, kept from one build to the next.

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::Hash;

use rayon::prelude::*;

/// Remembers results by content. Holds what the last run used, and nothing older.
#[derive(Debug)]
pub struct Memo<K, V> {
    kept: HashMap<K, V>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self {
            kept: HashMap::new(),
        }
    }
}

impl<K: Hash + Eq + Send + Sync, V: Clone + Send + Sync> Memo<K, V> {
    /// Returns `make(input)` for each input, in order, computing in parallel only those whose key the last
    /// run did not have. `make` must be pure, and its result must follow from the key.
    pub fn map<T: Sync>(
        &mut self,
        inputs: &[T],
        key: impl Fn(&T) -> K + Sync,
        make: impl Fn(&T) -> V + Sync,
    ) -> Vec<V> {
        let made: Result<Vec<V>, Infallible> = self.try_map(inputs, key, |input| Ok(make(input)));
        made.unwrap_or_else(|never| match never {})
    }

    /// Does the same with a function that can fail; then nothing new is remembered.
    ///
    /// # Errors
    /// The first error of `make`, in no particular order.
    pub fn try_map<T: Sync, E: Send>(
        &mut self,
        inputs: &[T],
        key: impl Fn(&T) -> K + Sync,
        make: impl Fn(&T) -> Result<V, E> + Sync,
    ) -> Result<Vec<V>, E> {
        let made = inputs.par_iter().map(|input| {
            let key = key(input);
            let value = self.kept.get(&key).cloned().map_or_else(|| make(input), Ok)?;
            Ok((key, value))
        });
        let made: Vec<(K, V)> = made.collect::<Result<_, E>>()?;
        let values = made.iter().map(|(_, value)| value.clone()).collect();
        self.kept = made.into_iter().collect();
        Ok(values)
    }
}
