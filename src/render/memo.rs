//! What was rendered before, by this run of the program and by earlier ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::memo::Memo;
use crate::base::{Fingerprint, Result};
use crate::output::{Content, Stamp};

use super::body::BodyMemo;

/// What the last build rendered.
#[derive(Debug, Default)]
pub struct RenderMemo {
    pub(super) bodies: BodyMemo,
    pub(super) pages: Memo<Fingerprint, Content>,
    /// What an earlier run of the program made of pages.
    pub(super) stamps: BTreeMap<Fingerprint, Stamp>,
}

/// What a later run of the same program can use.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Lasting {
    bodies: Vec<(Fingerprint, Arc<str>)>,
    stamps: Vec<(Fingerprint, Stamp)>,
}

/// Bytes of bodies that last at most.
const LASTING_BYTES: usize = 96 << 20;

impl RenderMemo {
    /// Returns whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.bodies.is_empty() && self.pages.is_empty()
    }

    /// Returns whether the last build rendered what the one before it did not.
    pub fn has_news(&self) -> bool {
        self.bodies.has_news() || self.pages.iter().any(|(key, _)| !self.stamps.contains_key(key))
    }

    /// Takes in what an earlier run left.
    pub fn take_in(&mut self, lasting: Lasting) {
        let bodies = lasting.bodies.into_iter();
        self.bodies = bodies.map(|(key, body)| (key, Some(body))).collect();
        self.stamps = lasting.stamps.into_iter().collect();
    }

    /// Returns what a later run can use: of bodies as much as fits, and what pages are known again by.
    ///
    /// # Errors
    /// If what a page consists of cannot be read.
    pub fn lasting(&self) -> Result<Lasting> {
        // What failed is rendered again, to be reported again.
        let bodies = self.bodies.iter().filter_map(|(key, body)| Some((*key, body.clone()?)));
        let mut bodies: Vec<(Fingerprint, Arc<str>)> = bodies.collect();
        bodies.sort_unstable_by_key(|(key, _)| *key);
        let mut bytes = 0;
        let fitting = bodies.iter().take_while(|(_, body)| {
            bytes += body.len();
            bytes <= LASTING_BYTES
        });
        let fitting = fitting.count();
        bodies.truncate(fitting);
        let pages: Vec<(&Fingerprint, &Content)> = self.pages.iter().collect();
        let stamps = pages.into_par_iter().map(|(key, page)| {
            let stamp = Stamp { fingerprint: page.fingerprint()?, length: page.length()? };
            Ok((*key, stamp))
        });
        let mut stamps: Vec<(Fingerprint, Stamp)> = stamps.collect::<Result<_>>()?;
        stamps.sort_unstable();
        Ok(Lasting { bodies, stamps })
    }
}
