//! What was told before, from one build and one run of the program to the next.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::account::Account;
use crate::base::Fingerprint;
use crate::cache::{self, Slot};

/// The version goes up whenever [`Account`] changes.
const DIFFERENCES: Slot = Slot { name: "differences", version: 1 };

/// Bytes of HTML that are kept on disk at most.
const KEPT_BYTES: usize = 96 << 20;

/// Accounts of pairs of texts.
#[derive(Debug, Default)]
pub struct AccountMemo {
    known: HashMap<Fingerprint, Arc<Account>>,
    /// Their keys, the more important first.
    order: Vec<Fingerprint>,
    has_news: bool,
}

impl AccountMemo {
    /// Takes in what an earlier run of the program left, if this one knows nothing yet.
    pub fn load(&mut self, folder: &Path) {
        if self.known.is_empty() {
            let kept: Option<Vec<(Fingerprint, Account)>> = cache::load(folder, DIFFERENCES);
            let kept = kept.unwrap_or_default().into_iter();
            self.known = kept.map(|(key, account)| (key, Arc::new(account))).collect();
        }
    }

    /// Leaves for later runs what they can use: as much as fits.
    pub fn save(&self, folder: &Path) {
        if !self.has_news {
            return;
        }
        let mut bytes = 0;
        let entries = self.order.iter().filter_map(|key| Some((*key, self.known.get(key)?)));
        // A partial clone may get what it lacks.
        let lasting = entries.filter(|(_, account)| ***account != Account::Missing);
        let kept: Vec<(Fingerprint, &Account)> = lasting
            .map(|(key, account)| (key, account.as_ref()))
            .take_while(|(_, account)| {
                bytes += account.size();
                bytes <= KEPT_BYTES
            })
            .collect();
        cache::save(folder, DIFFERENCES, &kept);
    }

    pub(super) fn get(&self, key: Fingerprint) -> Option<Arc<Account>> {
        self.known.get(&key).cloned()
    }

    /// Keeps these accounts and no others.
    pub(super) fn replace(&mut self, accounts: Vec<(Fingerprint, Arc<Account>)>) {
        self.has_news = accounts.iter().any(|(key, _)| !self.known.contains_key(key));
        self.order = accounts.iter().map(|(key, _)| *key).collect();
        self.known = accounts.into_iter().collect();
    }
}

impl Account {
    fn size(&self) -> usize {
        match self {
            Self::Told(told) => {
                256 + told.body.html.len() + told.body.brief.len() + told.source.len()
            }
            Self::TooLarge | Self::Missing | Self::Withheld => 64,
        }
    }
}
