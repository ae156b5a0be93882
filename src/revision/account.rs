//! What there is to say of two texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::field::{self, Field};
use super::memory::AccountMemo;
use crate::base::{Fingerprint, Fingerprinter};
use crate::history::Texts;
use crate::markdown::{self, Brief, Dialect, Difference, DifferenceWords};
use crate::source::State;

/// A text larger than this is not compared.
const LARGEST: usize = 2 << 20;

/// A text of more lines than this is not compared.
const MOST_LINES: usize = 20_000;

/// Goes up whenever something is told otherwise.
const VERSION: u8 = 3;

/// Two texts whose difference is wanted, by the ids of their objects, and the language to tell it in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// The text before; `None` if there was no file.
    pub before: Option<[u8; 20]>,
    /// The text after; `None` if the file is gone.
    pub after: Option<[u8; 20]>,
    /// A language of [`Question::words`].
    pub lang: String,
}

/// What two texts have to say of each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Account {
    /// How they differ.
    Told(Box<Told>),
    /// At least one is too large to be compared.
    TooLarge,
    /// At least one is not in this clone.
    Missing,
    /// At least one said that it is not for everybody.
    Withheld,
}

/// How two texts differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Fields of the front matter that are others.
    pub fields: Vec<Field>,
    /// How the bodies differ.
    pub body: Difference,
    /// How the files differ, as written; HTML. Empty if they do not, and for a file that is new.
    pub source: String,
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'q> {
    /// The folder with the pages; its repository is found upward.
    pub source: &'q Path,
    /// What the site writes.
    pub dialect: Dialect,
    /// The words, by language.
    pub words: &'q BTreeMap<String, DifferenceWords>,
    /// The pairs, the more important first: of those fewest are forgotten.
    pub wanted: &'q [Wanted],
    /// Whether they are wanted in brief as well.
    pub brief: Brief,
}

/// The answers.
#[derive(Debug, Clone, Default)]
pub struct Accounts(HashMap<Wanted, Arc<Account>>);

impl Accounts {
    /// Returns what there is to say of a pair; `None` if that was not asked.
    pub fn get(&self, wanted: &Wanted) -> Option<&Account> {
        self.0.get(wanted).map(Arc::as_ref)
    }
}

/// Tells how each pair differs, taking from the memo what it has, and reading texts for the others only.
pub fn tell(question: Question<'_>, memo: &mut AccountMemo) -> Accounts {
    let mut seen = BTreeSet::new();
    let wanted: Vec<&Wanted> =
        question.wanted.iter().filter(|wanted| seen.insert(*wanted)).collect();
    let prints: BTreeMap<&str, Fingerprint> = question
        .words
        .iter()
        .map(|(lang, words)| (lang.as_str(), ground(question, words)))
        .collect();
    let keys: Vec<Fingerprint> = wanted.iter().map(|wanted| key(wanted, &prints)).collect();
    // Neighbours share texts and repositories are slow to open, so they are told in runs.
    let run = (wanted.len() / (rayon::current_num_threads() * 8)).clamp(16, 512);
    let known = &*memo;
    let told: Vec<Arc<Account>> = wanted
        .par_chunks(run)
        .zip(keys.par_chunks(run))
        .flat_map_iter(|(wanted, keys)| {
            let mut texts = None;
            let pairs = wanted.iter().zip(keys);
            let told = pairs.map(|(wanted, key)| {
                known.get(*key).unwrap_or_else(|| {
                    let texts = texts.get_or_insert_with(|| Texts::open(question.source));
                    Arc::new(account(question, wanted, texts))
                })
            });
            told.collect::<Vec<_>>()
        })
        .collect();
    memo.replace(keys.into_iter().zip(told.iter().cloned()).collect());
    Accounts(wanted.into_iter().cloned().zip(told).collect())
}

/// Returns what every answer in a language follows from.
fn ground(question: Question<'_>, words: &DifferenceWords) -> Fingerprint {
    let Question { dialect, brief, .. } = question;
    let mut print = Fingerprinter::new();
    print.add(&[VERSION]).add(format!("{dialect:?} {brief:?} {words:?}").as_bytes());
    print.finish()
}

fn key(wanted: &Wanted, grounds: &BTreeMap<&str, Fingerprint>) -> Fingerprint {
    let mut print = Fingerprinter::new();
    let ground = grounds.get(wanted.lang.as_str()).map(ToString::to_string).unwrap_or_default();
    print.add(ground.as_bytes());
    for id in [wanted.before, wanted.after] {
        print.add(id.as_ref().map_or(&[][..], |id| id));
    }
    print.finish()
}

fn account(question: Question<'_>, wanted: &Wanted, texts: &Texts) -> Account {
    let read = |id: Option<[u8; 20]>| match id {
        None => Some(Vec::new()),
        Some(id) => texts.read(&id),
    };
    let (Some(before), Some(after)) = (read(wanted.before), read(wanted.after)) else {
        return Account::Missing;
    };
    if [&before, &after].into_iter().any(|text| is_too_large(text)) {
        return Account::TooLarge;
    }
    let (before, after) = (State::read(&before), State::read(&after));
    if before.is_withheld || after.is_withheld {
        return Account::Withheld;
    }
    let none = DifferenceWords::default();
    let words = question.words.get(&wanted.lang).unwrap_or(&none);
    // What the parser stumbles over costs this difference at most.
    let body = catch_unwind(|| {
        markdown::difference(before.body(), after.body(), question.dialect, words, question.brief)
    });
    let Ok(body) = body else { return Account::TooLarge };
    let fields = field::compare(before.fields.as_ref(), after.fields.as_ref());
    // A text that is new as a whole is told once.
    let is_new = wanted.before.is_none();
    let source = if is_new { String::new() } else { markdown::source(&before.text, &after.text) };
    Account::Told(Box::new(Told { fields, body, source }))
}

fn is_too_large(text: &[u8]) -> bool {
    text.len() > LARGEST || text.iter().filter(|byte| **byte == b'\n').count() > MOST_LINES
}
