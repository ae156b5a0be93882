//! What there is to say of two texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::catch_unwind;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::field::{self, Field};
use super::memory::{Lasting, Memory};
use crate::base::{Fingerprint, Fingerprinter};
use crate::cache::Slot;
use crate::history::Texts;
use crate::markdown::{self, Brief, Dialect, Difference, DifferenceWords};
use crate::source::State;

/// A text larger than this is not compared.
const LARGEST: usize = 2 << 20;

/// A text of more lines than this is not compared.
const MOST_LINES: usize = 20_000;

/// Goes up whenever something is told otherwise.
const VERSION: u8 = 6;

/// Two texts whose difference is wanted, by the ids of their objects, and the language to tell it in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// The text before; `None` if there was no file.
    pub before: Option<[u8; 20]>,
    /// The text after; `None` if the file is gone.
    pub after: Option<[u8; 20]>,
    /// A language of [`Question::words`].
    pub lang: String,
    /// How many newer ones of the same page are wanted: of those with fewest the fewest are forgotten.
    pub age: usize,
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
    /// At least one said that it is not for everybody. The model asks for no such pair; nobody else gets an answer either.
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

/// Accounts of pairs of texts.
pub type AccountMemo = Memory<Account>;

impl Lasting for Account {
    const SLOT: Slot = Slot { name: "differences", version: 2 };

    fn size(&self) -> usize {
        match self {
            Self::Told(told) => {
                256 + told.body.html.len() + told.body.brief.len() + told.source.len()
            }
            Self::TooLarge | Self::Missing | Self::Withheld => 64,
        }
    }

    // A partial clone may get what it lacks.
    fn lasts(&self) -> bool {
        *self != Self::Missing
    }
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
    /// The pairs; those whose texts follow on each other stand beside each other.
    pub wanted: &'q [Wanted],
    /// Whether they are wanted in brief as well.
    pub brief: Brief,
}

/// The answers.
#[derive(Debug, Clone, Default)]
pub struct Accounts(HashMap<Wanted, (Fingerprint, Arc<Account>)>);

impl Accounts {
    /// Returns what there is to say of a pair; `None` if that was not asked.
    pub fn get(&self, wanted: &Wanted) -> Option<&Account> {
        self.0.get(wanted).map(|(_, account)| account.as_ref())
    }

    /// Returns whether pictures came or went in any of them.
    pub fn have_pictures(&self) -> bool {
        let has = |account: &Account| match account {
            Account::Told(told) => !told.body.pictures.is_empty(),
            Account::TooLarge | Account::Missing | Account::Withheld => false,
        };
        self.0.values().any(|(_, account)| has(account))
    }

    /// Returns what [`Self::get`] follows from: equal for equal answers, and made without reading them.
    pub fn fingerprint(&self, wanted: &Wanted) -> Option<Fingerprint> {
        let (key, account) = self.0.get(wanted)?;
        let sort: u8 = match **account {
            Account::Told(_) => 0,
            Account::TooLarge => 1,
            // What a partial clone lacks may come.
            Account::Missing => 2,
            Account::Withheld => 3,
        };
        Some(Fingerprinter::new().add(key.to_string().as_bytes()).add(&[sort]).finish())
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
            let mut states = None;
            let pairs = wanted.iter().zip(keys);
            let told = pairs.map(|(wanted, key)| {
                known.get(*key).unwrap_or_else(|| {
                    let states = states.get_or_insert_with(|| States::open(question.source));
                    Arc::new(account(question, wanted, states))
                })
            });
            told.collect::<Vec<_>>()
        })
        .collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|at| wanted[*at].age);
    memo.replace(order.into_iter().map(|at| (keys[at], told[at].clone())).collect());
    Accounts(wanted.into_iter().cloned().zip(keys.into_iter().zip(told)).collect())
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

/// Reads texts, and keeps the last: the next pair often goes on from it.
struct States {
    texts: Texts,
    last: Option<([u8; 20], Found)>,
}

/// A text as it was found.
#[derive(Clone)]
enum Found {
    State(Rc<State>),
    TooLarge,
    Missing,
}

impl States {
    fn open(source: &Path) -> Self {
        Self { texts: Texts::open(source), last: None }
    }

    fn read(&mut self, id: Option<[u8; 20]>) -> Found {
        let Some(id) = id else { return Found::State(Rc::new(State::read(&[]))) };
        if let Some((_, found)) = self.last.as_ref().filter(|(last, _)| *last == id) {
            return found.clone();
        }
        let found = match self.texts.read(&id) {
            None => Found::Missing,
            Some(text) if is_too_large(&text) => Found::TooLarge,
            Some(text) => Found::State(Rc::new(State::read(&text))),
        };
        self.last = Some((id, found.clone()));
        found
    }
}

fn account(question: Question<'_>, wanted: &Wanted, states: &mut States) -> Account {
    let after = states.read(wanted.after);
    let (before, after) = match (states.read(wanted.before), after) {
        (Found::Missing, _) | (_, Found::Missing) => return Account::Missing,
        (Found::TooLarge, _) | (_, Found::TooLarge) => return Account::TooLarge,
        (Found::State(before), Found::State(after)) => (before, after),
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::SourcePath;
    use crate::base::date::Moment;
    use crate::history::{CommitDraft, Identity, TextId, record};

    #[test]
    fn text_that_was_not_for_everybody_is_compared_with_nothing_whoever_asks() {
        let folder = tempfile::tempdir().unwrap();
        let anna = Identity { name: "Anna".to_owned(), email: "anna@n.example".to_owned() };
        let texts: [&[u8]; 3] = [b"open\n", b"---\npublished: false\n---\nhidden\n", b"again\n"];
        let draft = |(at, text): (i64, &&[u8])| CommitDraft {
            author: anna.clone(),
            committer: anna.clone(),
            at: Moment { seconds: at, offset: 0 },
            message: "Write".to_owned(),
            files: BTreeMap::from([(SourcePath::new("a.md"), Some(Arc::from(*text)))]),
        };
        let drafts: Vec<CommitDraft> = (0..).zip(&texts).map(draft).collect();
        record(folder.path(), &drafts).unwrap();
        let wanted = |before: &[u8], after: &[u8]| Wanted {
            before: Some(TextId::of(before).0),
            after: Some(TextId::of(after).0),
            lang: "en".to_owned(),
            age: 0,
        };
        let pairs = [(0, 1), (1, 2), (0, 2)].map(|(from, to)| wanted(texts[from], texts[to]));
        let question = Question {
            source: folder.path(),
            dialect: Dialect::default(),
            words: &BTreeMap::new(),
            wanted: &pairs,
            brief: Brief::Unwanted,
        };
        let accounts = tell(question, &mut AccountMemo::default());
        let told = pairs.map(|pair| accounts.get(&pair).cloned().unwrap());
        assert!(
            matches!(told, [Account::Withheld, Account::Withheld, Account::Told(_)]),
            "{told:?}"
        );
    }
}
