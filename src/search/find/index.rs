//! The words of the index, and where they stand.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::encoding::{
    Ending, Place, bytes_of_units, names, number, place_in, places_of, read_endings,
};
use super::file::{Places, Root, content};
use crate::base::id::{Id, Table};
use crate::output::OutputTree;
use crate::typed_id;

typed_id!(
    /// A form of the lexicon.
    #[expect(unreachable_pub, reason = "the macro declares ids for all to see")]
    EntryIx
);

/// The index of a site.
#[derive(Debug)]
pub(super) struct Index<'t> {
    /// The files.
    pub(super) tree: &'t OutputTree,
    /// The first of them.
    pub(super) root: Root,
    stop: HashSet<String>,
    entries: Table<EntryIx, Entry>,
    by_form: HashMap<String, EntryIx>,
    /// The entries of each shard.
    shards: Vec<Range<usize>>,
    shard_firsts: Vec<String>,
    endings: Vec<Vec<Ending>>,
    ending_firsts: Vec<String>,
}

/// A form with what stands behind it.
#[derive(Debug)]
pub(super) struct Entry {
    /// The form.
    pub(super) form: String,
    /// The form that has the postings of its stem.
    main: Main,
    /// The forms of its two parts.
    pub(super) parts: Option<(String, String)>,
    /// Whether a name that has synonyms begins with it.
    pub(super) begins: bool,
    /// Its postings, as they are written; of a form that has none, nothing.
    postings: String,
    /// Those of least impact, where there are very many.
    others: String,
    /// On how many pages its stem stands, as far as its own entry tells.
    pub(super) count: u32,
}

#[derive(Debug)]
enum Main {
    Itself,
    Back(EntryIx),
    Named(String),
}

/// How many of the pages of very common words count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Those that can come first.
    Best,
    /// All.
    Whole,
}

/// One page on which a stem stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// The page.
    pub(super) page: u32,
    /// How much it counts, from 0 to 1.
    pub(super) impact: f64,
    /// Whether the stem stands in the title.
    pub(super) titled: bool,
}

impl<'t> Index<'t> {
    /// Reads all that every query needs.
    pub(super) fn open(tree: &'t OutputTree) -> Option<Self> {
        let root: Root = content(tree, "index")?;
        let mut index = Self {
            tree,
            stop: root.stop.split(' ').map(str::to_owned).collect(),
            entries: Table::default(),
            by_form: HashMap::new(),
            shards: Vec::new(),
            shard_firsts: root.words.firsts(),
            endings: Vec::new(),
            ending_firsts: root.endings.firsts(),
            root,
        };
        let shards: Vec<String> = names(&index.root.words.names).map(str::to_owned).collect();
        for name in shards {
            let text: String = content(tree, &format!("w-{name}"))?;
            index.read_shard(&text)?;
        }
        for name in names(&index.root.endings.names) {
            let text: String = content(tree, &format!("e-{name}"))?;
            index.endings.push(read_endings(&text));
        }
        Some(index)
    }

    fn read_shard(&mut self, text: &str) -> Option<()> {
        let start = self.entries.len();
        let mut form = String::new();
        for item in text.split(' ') {
            let units = usize::from(item.bytes().next()?.checked_sub(b'A')?);
            let at = 1 + item[1..].find(['=', '#', '<', '@'])?;
            form.truncate(bytes_of_units(&form, units));
            form.push_str(&item[1..at]);
            let entry = self.read_entry(&form, &item[at..])?;
            let ix = self.entries.push(entry);
            self.by_form.insert(form.clone(), ix);
        }
        self.shards.push(start..self.entries.len());
        Some(())
    }

    /// Reads what follows the form in an item: mark, value, `+` with the cut of a compound, `~`.
    fn read_entry(&self, form: &str, rest: &str) -> Option<Entry> {
        let (rest, begins) = rest.strip_suffix('~').map_or((rest, false), |rest| (rest, true));
        let (rest, cut) =
            rest.split_once('+').map_or((rest, None), |(rest, cut)| (rest, Some(cut)));
        let parts = cut.and_then(|cut| {
            let digit = |at: usize| cut.chars().nth(at)?.to_digit(36);
            let at = usize::try_from(digit(0)?).ok()?;
            let tail = at + usize::try_from(digit(1)?).ok()?;
            let [at, tail] = [at, tail].map(|units| bytes_of_units(form, units));
            Some((form[..at].to_owned(), form[tail..].to_owned()))
        });
        let value = &rest[1..];
        let letters = || value.bytes().filter(u8::is_ascii_uppercase).count();
        let here = || u32::try_from(letters()).unwrap_or(u32::MAX);
        let mut others = String::new();
        let (main, postings, count) = match rest.as_bytes()[0] {
            b'=' => (Main::Itself, value.to_owned(), here()),
            b'#' => {
                let mut items = value.split('.');
                let count = number(items.next()?);
                let best = content(self.tree, &format!("l-{}", items.next()?))?;
                if let Some(name) = items.next() {
                    others = content(self.tree, &format!("l-{name}"))?;
                }
                (Main::Itself, best, count)
            }
            b'<' => {
                let back = self.entries.len() - usize::try_from(number(value)).ok()?;
                (Main::Back(EntryIx::from_index(back)), String::new(), 0)
            }
            _ => (Main::Named(value.to_owned()), String::new(), here()),
        };
        Some(Entry { form: form.to_owned(), main, parts, begins, postings, others, count })
    }

    /// Returns how many pages there are.
    pub(super) fn pages(&self) -> u32 {
        self.root.pages
    }

    /// Returns an entry.
    pub(super) fn entry(&self, ix: EntryIx) -> &Entry {
        &self.entries[ix]
    }

    /// Returns the entry of a form.
    pub(super) fn own(&self, form: &str) -> Option<EntryIx> {
        self.by_form.get(form).copied()
    }

    /// Returns the entry that has the postings of the stem of an entry.
    pub(super) fn main(&self, ix: EntryIx) -> Option<EntryIx> {
        match &self.entries[ix].main {
            Main::Itself => Some(ix),
            Main::Back(main) => Some(*main),
            Main::Named(form) => self.own(form),
        }
    }

    /// Returns the entry that has the postings of a form.
    pub(super) fn find(&self, form: &str) -> Option<EntryIx> {
        self.main(self.own(form)?)
    }

    /// Returns the postings of an entry, all or without those of least impact where there are very many.
    pub(super) fn postings(&self, ix: EntryIx, extent: Extent) -> Vec<Posting> {
        let Entry { postings, others, .. } = &self.entries[ix];
        let mut read = read_postings(postings, self.root.levels);
        if extent == Extent::Whole {
            read.extend(read_postings(others, self.root.levels));
        }
        read
    }

    /// Returns whether an entry has postings beside the best ones.
    pub(super) fn has_others(&self, ix: EntryIx) -> bool {
        !self.entries[ix].others.is_empty()
    }

    /// Returns the entries of the shard where a word would be.
    pub(super) fn shard_of(&self, word: &str) -> Range<usize> {
        if self.shards.is_empty() {
            return 0..0;
        }
        self.shards[place_in(&self.shard_firsts, word)].clone()
    }

    /// Returns in how many shards the rest of a word is looked for.
    pub(super) fn reach(&self) -> usize {
        self.root.reach
    }

    /// Returns the entries of the shards between two words, of this many shards at most.
    pub(super) fn shards_between(&self, from: &str, to: &str, most: usize) -> Range<usize> {
        if self.shards.is_empty() {
            return 0..0;
        }
        let first = place_in(&self.shard_firsts, from);
        let last = place_in(&self.shard_firsts, to).min(first + most - 1);
        self.shards[first].start..self.shards[last].end
    }

    /// Returns the ending files between two endings, this many at most.
    pub(super) fn endings_between(&self, from: &str, to: &str, most: usize) -> &[Vec<Ending>] {
        if self.endings.is_empty() {
            return &[];
        }
        let first = place_in(&self.ending_firsts, from);
        let last = place_in(&self.ending_firsts, to).min(first + most - 1);
        &self.endings[first..=last]
    }

    /// Returns the entries at these places.
    pub(super) fn entries(&self, places: Range<usize>) -> impl Iterator<Item = (EntryIx, &Entry)> {
        places.map(|place| (EntryIx::from_index(place), &self.entries.rows()[place]))
    }

    /// Returns how common an entry is, from 0 to 3, as far as its shard tells.
    pub(super) fn common(&self, ix: EntryIx) -> u8 {
        let entry = &self.entries[ix];
        match &entry.main {
            Main::Named(_) => 1,
            Main::Back(main) => self.common(*main),
            Main::Itself => match entry.count {
                0..=1 => 0,
                2..=5 => 1,
                6..=30 => 2,
                _ => 3,
            },
        }
    }

    /// Returns whether a word is left out of a query that has others.
    pub(super) fn says_nothing(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// Returns the operator that a folded word names.
    pub(super) fn operator(&self, word: &str) -> Option<String> {
        let known = self.root.operators.iter().find(|(known, _)| known == word);
        known.map(|(_, operator)| operator.clone())
    }

    /// Returns an operator as the index has it.
    pub(super) fn operator_name(&self, operator: &str) -> &str {
        let known = self.root.operators.iter().find(|(_, known)| known == operator);
        known.map_or("", |(_, known)| known)
    }

    /// Returns every word that names an operator.
    pub(super) fn operator_words(&self) -> Vec<String> {
        self.root.operators.iter().map(|(word, _)| word.clone()).collect()
    }

    /// Returns groups of names that mean the same, in main forms.
    pub(super) fn synonyms(&self) -> Vec<Vec<Vec<String>>> {
        if self.root.synonyms.is_empty() {
            return Vec::new();
        }
        let groups: Option<Vec<Vec<String>>> =
            content(self.tree, &format!("s-{}", self.root.synonyms));
        let words = |name: String| name.split(' ').map(str::to_owned).collect();
        let groups = groups.unwrap_or_default().into_iter();
        groups.map(|names| names.into_iter().map(words).collect()).collect()
    }

    /// Returns the pages that have all of these words.
    pub(super) fn pages_with_all(&self, words: &[String]) -> BTreeSet<u32> {
        let pages = |word: &String| -> BTreeSet<u32> {
            let entry = self.find(word);
            entry
                .map(|entry| self.postings(entry, Extent::Whole))
                .unwrap_or_default()
                .iter()
                .map(|it| it.page)
                .collect()
        };
        let mut sets = words.iter().map(pages);
        let first = sets.next().unwrap_or_default();
        sets.fold(first, |all, next| all.intersection(&next).copied().collect())
    }

    /// Returns the pages where words stand one after the other; `None` if none of them says anything.
    pub(super) fn pages_with(&self, words: &[String]) -> Option<BTreeSet<u32>> {
        let list: Places = content(self.tree, &format!("q-{}", self.root.places))?;
        let firsts = list.places.firsts();
        let names: Vec<&str> = names(&list.places.names).collect();
        let mut found: Option<BTreeSet<Place>> = None;
        for (at, word) in (0..).zip(words).filter(|(_, word)| !self.says_nothing(word)) {
            // Files that go on with a word are named by it and a plus.
            let last = place_in(&firsts, &format!("{word}+"));
            let names = names.get(place_in(&firsts, word)..=last).unwrap_or_default();
            let texts = names.iter().filter_map(|name| content(self.tree, &format!("q-{name}")));
            let places = texts.flat_map(|text: String| places_of(&text, word));
            let starts = places.filter_map(|(page, section, place)| {
                let start = (page, section, place.checked_sub(at)?);
                let goes_on = found.as_ref().is_none_or(|found| found.contains(&start));
                goes_on.then_some(start)
            });
            found = Some(starts.collect());
        }
        found.map(|found| found.into_iter().map(|(page, ..)| page).collect())
    }
}

/// Returns the postings that a text holds.
fn read_postings(text: &str, levels: u8) -> Vec<Posting> {
    let starts = text.match_indices(|c: char| c.is_ascii_uppercase()).map(|(at, _)| at);
    let ends = starts.clone().skip(1).chain([text.len()]);
    let mut page = 0;
    let read = starts.zip(ends).map(|(start, end)| {
        let level = text.as_bytes()[start] - b'A';
        if start + 1 < end {
            page += number(&text[start + 1..end]);
        }
        let impact = (f64::from(level % 13) + 0.5) / f64::from(levels);
        page += 1;
        Posting { page: page - 1, impact, titled: level >= 13 }
    });
    read.collect()
}
