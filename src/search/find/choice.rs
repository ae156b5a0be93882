//! What a word of a query can stand for.

use std::collections::BTreeMap;

use super::encoding::units;
use super::index::{EntryIx, Index};
use super::spelling::spelled_like;

/// Sounds that can bind two words of a query.
const JOINTS: [&str; 3] = ["", "s", "en"];

/// How many words that go on after an unfinished one count.
const BEGINNINGS: usize = 12;

/// Sounds that can bind the parts of a compound that the site does not have.
const LINKS: [&str; 5] = ["", "s", "en", "e", "n"];

/// Why a page is found by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It has the word, or another form of it.
    Stem,
    /// It has the parts of the compound.
    Parts,
    /// It has a word that begins with it.
    Beginning,
    /// It has the compound of this word and the next.
    Joined,
    /// It has a word of nearly that spelling.
    Spelling,
    /// It has a synonym.
    Synonym,
}

impl How {
    /// Returns its word, for other programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stem => "stem",
            Self::Parts => "parts",
            Self::Beginning => "beginning",
            Self::Joined => "joined",
            Self::Spelling => "spelling",
            Self::Synonym => "synonym",
        }
    }
}

/// Forms that count together for a word.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// What they weigh beside the word itself.
    pub(super) weight: f64,
    /// The forms.
    pub(super) entries: Vec<EntryIx>,
    /// Whether they weigh by how rare they are themselves.
    pub(super) is_rare: bool,
    /// Why they are among the choices.
    pub(super) how: How,
}

/// A word of a query with its choices.
#[derive(Debug)]
pub(super) struct Group {
    /// The word.
    pub(super) word: String,
    /// How often it stands in the query.
    pub(super) times: usize,
    /// What it can stand for.
    pub(super) choices: Vec<Choice>,
    /// The word that was read instead.
    pub(super) spelled: Option<String>,
    /// The main form of the word.
    main: String,
    /// Whether a name that has synonyms begins with it.
    begins: bool,
    /// The compound of it and the next word.
    joined: Option<EntryIx>,
}

impl Group {
    /// Returns what a word can stand for; the last word can go on.
    pub(super) fn of(index: &Index<'_>, word: &str, next: Option<&str>, is_last: bool) -> Self {
        let mut group = Self {
            word: word.to_owned(),
            times: 1,
            choices: Vec::new(),
            spelled: None,
            main: String::new(),
            begins: false,
            joined: None,
        };
        let own = index.own(word);
        if let Some(own) = own {
            group.add_own(index, own);
        }
        if is_last && units(word) >= 2 {
            group.add_beginnings(index, own.is_some());
        }
        if let Some(next) = next {
            for joint in JOINTS {
                group.joined = index.find(&format!("{word}{joint}{next}")).or(group.joined);
            }
        }
        let is_lost = |group: &Self| group.choices.is_empty() && group.joined.is_none();
        if is_lost(&group)
            && units(word) >= 8
            && let Some(parts) = taken_apart(index, word)
        {
            group.add(0.8, parts, How::Parts);
        }
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        if is_lost(&group) && units(word) >= 4 && !is_number {
            let like = spelled_like(index, word, is_last);
            group.spelled = like.first().map(|slip| slip.form.clone());
            for slip in like {
                if let Some(entry) = index.find(&slip.form) {
                    let weight = if slip.distance > 1 { 0.5 } else { 0.8 };
                    group.add(weight, vec![entry], How::Spelling);
                }
            }
        }
        group
    }

    fn add(&mut self, weight: f64, entries: Vec<EntryIx>, how: How) {
        self.choices.push(Choice { weight, entries, is_rare: false, how });
    }

    /// Adds the word itself and the parts of the compound that it is.
    fn add_own(&mut self, index: &Index<'_>, own: EntryIx) {
        let entry = index.entry(own);
        self.begins = entry.begins;
        let Some(main) = index.main(own) else {
            return;
        };
        self.main.clone_from(&index.entry(main).form);
        self.add(1.0, vec![main], How::Stem);
        if let Some((head, tail)) = &entry.parts
            && let (Some(head), Some(tail)) = (index.find(head), index.find(tail))
        {
            self.add(0.4, vec![head, tail], How::Parts);
        }
    }

    /// Adds the commonest words that go on after the word. The nearer the end of one is, the likelier it is meant.
    fn add_beginnings(&mut self, index: &Index<'_>, is_word: bool) {
        let own = self.choices.first().map(|own| own.entries[0]).filter(|_| is_word);
        let end = format!("{}\u{ffff}", self.word);
        let places = index.shards_between(&self.word, &end, index.reach());
        let longer = index
            .entries(places)
            .filter(|(_, entry)| entry.form != self.word && entry.form.starts_with(&self.word));
        let mut lengths: Vec<(EntryIx, usize)> = Vec::new();
        let mut known: BTreeMap<EntryIx, usize> = BTreeMap::new();
        for (ix, entry) in longer {
            let Some(main) = index.main(ix).filter(|main| Some(*main) != own) else {
                continue;
            };
            let at = *known.entry(main).or_insert(lengths.len());
            if at == lengths.len() {
                lengths.push((main, usize::MAX));
            }
            lengths[at].1 = lengths[at].1.min(units(&entry.form));
        }
        lengths.sort_by_key(|(main, _)| std::cmp::Reverse(index.entry(*main).count));
        lengths.truncate(BEGINNINGS);
        let shortest = lengths.iter().map(|(_, length)| *length).min().unwrap_or_default();
        for (entry, length) in lengths {
            let near = 4.0 / (4.0 + (length - shortest) as f64);
            self.add(if is_word { 0.5 } else { 0.95 } * near, vec![entry], How::Beginning);
        }
    }
}

/// Lets words that make a compound together stand for it.
pub(super) fn join(groups: &mut [Group]) {
    for at in 0..groups.len() {
        let Some(joined) = groups[at].joined else {
            continue;
        };
        let choice = Choice { weight: 0.7, entries: vec![joined], is_rare: true, how: How::Joined };
        groups[at].choices.push(choice.clone());
        groups[at + 1].choices.push(choice);
        groups[at + 1].spelled = None;
    }
}

/// Adds what has the same meaning to words, and to words in a row.
pub(super) fn add_synonyms(index: &Index<'_>, groups: &mut [Group]) {
    if !groups.iter().any(|group| group.begins) {
        return;
    }
    for names in index.synonyms() {
        for (own, name) in names.iter().enumerate() {
            for at in 0..(groups.len() + 1).saturating_sub(name.len()) {
                let met = &mut groups[at..at + name.len()];
                if !met.iter().zip(name).all(|(group, word)| group.main == *word) {
                    continue;
                }
                let others = names.iter().enumerate().filter(|(other, _)| *other != own);
                for (_, other) in others {
                    let entries: Option<Vec<EntryIx>> =
                        other.iter().map(|word| index.find(word)).collect();
                    let Some(entries) = entries else {
                        continue;
                    };
                    met.iter_mut().for_each(|group| group.add(0.5, entries.clone(), How::Synonym));
                }
            }
        }
    }
}

/// Returns the two known words that a word is made of.
fn taken_apart(index: &Index<'_>, word: &str) -> Option<Vec<EntryIx>> {
    let word: Vec<u16> = word.encode_utf16().collect();
    let find = |units: &[u16]| index.find(&String::from_utf16(units).ok()?);
    for at in (4..=word.len() - 4).rev() {
        let Some(tail) = find(&word[at..]) else {
            continue;
        };
        for link in LINKS {
            let units: Vec<u16> = link.encode_utf16().collect();
            let Some(head) = word[..at].strip_suffix(&units[..]).filter(|head| head.len() >= 4)
            else {
                continue;
            };
            if let Some(head) = find(head) {
                return Some(vec![head, tail]);
            }
        }
    }
    None
}
