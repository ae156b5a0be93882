//! What became of an address.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Something is there; also where one has to sign in, or where robots are turned away.
    There,
    /// The host says that nothing is there: the status, or a circle of redirects.
    Gone(String),
    /// Nobody answered, or not as a web server does: the host is private, down or slow, or this machine is offline.
    Unreachable(String),
}

/// Answers by address, with the second since 1970 at which each was heard.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Heard {
    /// The answers.
    pub answers: BTreeMap<String, (u64, Answer)>,
}

/// How long it counts that nothing was there, or that nobody answered, in seconds.
const BAD_NEWS: u64 = 3600;

impl Heard {
    /// Returns what was heard of an address no more than `age` seconds before `now`; bad news grows old within the hour.
    pub(super) fn fresh(&self, address: &str, now: u64, age: u64) -> Option<&Answer> {
        let (at, answer) = self.answers.get(address)?;
        let age = if *answer == Answer::There { age } else { age.min(BAD_NEWS) };
        (now.saturating_sub(*at) <= age).then_some(answer)
    }
}
