//! Shards: the lexicon cut into files by the beginnings of words, and the endings that spelling needs.
//!
//! A shard is one text. Each form is an entry, with spaces between: a capital letter for how much it shares with the form before
//! it (`A` nothing), the rest of the form, and then
//! `=` with the postings, or `#` with their number, `.` and the file that has them, and for very many `.` and the file
//! that has those of least impact, or
//! `<` with how many entries back the main form of its stem is, or `@` with that form; and
//! `+` with the length of the first part of a compound and of the link after it, one digit each; and
//! `~` if a name that has synonyms begins with the form.

use serde::Serialize;

use super::bag::FormIx;
use super::lexicon::{Lexicon, reader_order};
use super::part::{Parts, base36};
use super::posting::encode;
use crate::base::Fingerprint;

/// The least bytes of a shard, on sites of a few pages.
const SHARD: usize = 4_000;

/// In how many shards of that size the rest of a word is looked for.
const REACH: usize = 8;

/// Sites of so many pages have shards of twice that size, and then of four times, so that the list of shards stays small.
const PAGES: usize = 12_000;

/// The least bytes of a file of endings.
const ENDINGS: usize = 16_000;

/// Postings that are longer than this have a file of their own.
const INLINE: usize = 2_000;

/// Of postings in a file of their own, those beyond this many with the highest impact are in another one, which only those
/// who narrow a search fetch: for the order of the first results they do not matter.
const LONGEST: usize = 8_000;

/// The files of one cut list of words, for the root.
#[derive(Debug, Default, Serialize)]
pub(super) struct Shelf {
    /// The first word of each file, with spaces between.
    firsts: String,
    /// The names of the files, eight digits each.
    names: String,
}

impl Shelf {
    /// Adds a file of words.
    pub(super) fn add(&mut self, parts: &mut Parts, kind: char, first: &str, text: &str) {
        if !self.firsts.is_empty() {
            self.firsts.push(' ');
        }
        self.firsts.push_str(first);
        self.names.push_str(&parts.add(kind, &text));
    }
}

/// Returns how many times larger than on a small site files of words are.
pub(super) fn scale(pages: usize) -> usize {
    (pages / PAGES).clamp(1, 4).next_power_of_two()
}

/// Returns in how many shards the rest of a word is looked for.
pub(super) fn reach(scale: usize) -> usize {
    REACH / scale
}

/// Writes the forms with their postings; shards are so many times larger than on a small site.
pub(super) fn write_forms(lexicon: &Lexicon, scale: usize, parts: &mut Parts) -> Shelf {
    let forms = lexicon.forms();
    let mut shelf = Shelf::default();
    let mut start = 0;
    let mut text = String::new();
    for (at, ix) in forms.iter().enumerate() {
        let word = lexicon.form(*ix).folded.as_str();
        if text.len() >= SHARD * scale && may_cut_before(word) {
            shelf.add(parts, 'w', &lexicon.form(forms[start]).folded, &text);
            text.clear();
            start = at;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let before = if at > start { lexicon.form(forms[at - 1]).folded.as_str() } else { "" };
        push_front_coded(&mut text, before, word);
        push_stem(&mut text, lexicon, parts, start..at, *ix);
        if let Some(compound) = lexicon.compound(*ix)
            && compound.at < 36
        {
            text.push('+');
            text.push_str(&base36(u32::try_from(compound.at).expect("less than 36")));
            text.push_str(&base36(u32::try_from(compound.link).expect("links are short")));
        }
        if lexicon.begins_synonym(*ix) {
            text.push('~');
        }
    }
    if let Some(first) = forms.get(start) {
        shelf.add(parts, 'w', &lexicon.form(*first).folded, &text);
    }
    shelf
}

/// Adds where the postings of a form are; `range` are the entries of its shard before it.
fn push_stem(
    text: &mut String,
    lexicon: &Lexicon,
    parts: &mut Parts,
    range: std::ops::Range<usize>,
    form: FormIx,
) {
    let main = lexicon.main(form);
    if main != form {
        let word = lexicon.form(main).folded.as_str();
        let found = lexicon.forms()[range.clone()]
            .binary_search_by(|other| reader_order(&lexicon.form(*other).folded, word));
        match found {
            Ok(place) => {
                let back = u32::try_from(range.len() - place).expect("a shard has fewer forms");
                text.push('<');
                text.push_str(&base36(back));
            }
            Err(_) => {
                text.push('@');
                text.push_str(word);
            }
        }
        return;
    }
    let mut postings = lexicon.postings(form).to_vec();
    let encoded = encode(&postings);
    if encoded.len() <= INLINE {
        text.push('=');
        text.push_str(&encoded);
        return;
    }
    let number = u32::try_from(postings.len()).expect("pages are counted in 32 bits");
    postings.sort_by_key(|posting| (!posting.in_title, u8::MAX - posting.level, posting.page));
    text.push_str(&format!("#{}", base36(number)));
    let most = LONGEST.min(postings.len());
    let (best, others) = postings.split_at_mut(most);
    for run in [best, others].into_iter().filter(|run| !run.is_empty()) {
        run.sort_by_key(|posting| posting.page);
        text.push('.');
        text.push_str(&parts.add('l', &encode(run)));
    }
}

/// Writes the forms once more, by their endings: each reversed, front-coded, and followed by `.`, `:`, `;` or
/// `!` for how common it is. A slip at the beginning of a word leaves its ending intact.
pub(super) fn write_endings(lexicon: &Lexicon, parts: &mut Parts) -> Shelf {
    let mut endings: Vec<(String, FormIx)> = lexicon
        .forms()
        .iter()
        .map(|ix| (lexicon.form(*ix).folded.chars().rev().collect(), *ix))
        .filter(|(ending, _): &(String, _)| ending.chars().count() >= 3)
        .collect();
    endings.sort_unstable_by(|a, b| reader_order(&a.0, &b.0));
    let mut shelf = Shelf::default();
    let (mut text, mut first, mut before) = (String::new(), "", "");
    for (ending, ix) in &endings {
        if text.len() >= ENDINGS && may_cut_before(ending) {
            shelf.add(parts, 'e', first, &text);
            text.clear();
            before = "";
        }
        if text.is_empty() {
            first = ending;
        }
        push_front_coded(&mut text, before, ending);
        text.push(match lexicon.postings(*ix).len() {
            0..=1 => '.',
            2..=5 => ':',
            6..=30 => ';',
            _ => '!',
        });
        before = ending;
    }
    if !text.is_empty() {
        shelf.add(parts, 'e', first, &text);
    }
    shelf
}

/// Adds a word without what it shares with the word before.
fn push_front_coded(text: &mut String, before: &str, word: &str) {
    let mut same = 0;
    let mut units = 0;
    for (a, b) in before.chars().zip(word.chars()) {
        if a != b || units + a.len_utf16() > 25 {
            break;
        }
        same += a.len_utf8();
        units += a.len_utf16();
    }
    text.push(char::from(b'A' + u8::try_from(units).expect("at most 25 are shared")));
    text.push_str(&word[same..]);
}

/// Returns whether a file may begin with this word. One word in sixteen may, whatever stands around it, so that
/// an added word moves the ends of its own file and seldom of the next.
pub(super) fn may_cut_before(word: &str) -> bool {
    Fingerprint::of(word.as_bytes()).short().ends_with('0')
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::super::wording::Wording;
    use super::*;
    use crate::output::Content;

    fn check(texts: &[&str], expect: &str) {
        let documents: Vec<_> = texts.iter().map(|text| page("a/", "", text)).collect();
        let lexicon = Lexicon::of(&documents, &Wording::default());
        let mut parts = Parts::default();
        let shelf = write_forms(&lexicon, 1, &mut parts);
        let tree = parts.finish(&0);
        let Some(Content::Bytes(bytes)) = tree.get(&format!("search/w-{}.js", shelf.names)) else {
            panic!("one shard, not {shelf:?}");
        };
        assert_eq!(
            &**bytes,
            format!("polderPart(\"w-{}\",\"{expect}\");\n", shelf.names).as_bytes()
        );
    }

    #[test]
    fn shard_is_front_coded_with_postings_and_references() {
        check(&["dike dikes", "water"], "Adike=H Es<1 Awater=G1");
    }

    #[test]
    fn long_word_shares_at_most_25_letters() {
        let mut text = String::new();
        push_front_coded(&mut text, &"a".repeat(30), &"a".repeat(31));
        assert_eq!(text, "Zaaaaaa");
    }
}
