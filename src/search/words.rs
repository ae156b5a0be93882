//! Cutting text into words, and folding words to what people type.
//!
//! The reader's script does the same with the same result: `tests/search/fold.json` holds both to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of more letters are keys, hashes and accidents; nobody types them.
const LONGEST: usize = 40;

/// Scripts that are written without spaces: Thai and Lao, Myanmar, Khmer, kana, Han.
const DENSE: [Range<u32>; 7] = [
    0x0e00..0x0f00,
    0x1000..0x10a0,
    0x1780..0x1800,
    0x3040..0x3100,
    0x3400..0xa000,
    0xf900..0xfb00,
    0x20000..0x40000,
];

/// Calls `found` with each word of `text`, in order: folded, and as it is spelt (in lower case, for stemming).
pub(super) fn each_word(text: &str, mut found: impl FnMut(&str, &str)) {
    let mut word = String::new();
    for chunk in text.split(|c: char| !is_in_chunk(c)).filter(|chunk| !chunk.is_empty()) {
        if chunk.is_ascii() && !chunk.contains('\'') {
            if chunk.len() <= LONGEST {
                word.clear();
                word.push_str(chunk);
                word.make_ascii_lowercase();
                found(&word, &word);
            }
            continue;
        }
        let folded = join_at_apostrophes(&fold(chunk));
        let mut spelling = chunk.nfc().collect::<String>().to_lowercase();
        spelling.retain(|c| !matches!(c, '\'' | '’') && !is_ignorable(c));
        for run in folded.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
            each_unit(run, &mut |word| {
                found(word, if word.len() == folded.len() { &spelling } else { word });
            });
        }
    }
}

/// Returns `text` without accents and case, compatibility forms as their plain ones.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !is_ignorable(*c)) {
        for lower in c.to_lowercase() {
            match lower {
                'ß' => folded.push_str("ss"),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'þ' => folded.push_str("th"),
                'ø' => folded.push('o'),
                'đ' | 'ð' => folded.push('d'),
                'ł' => folded.push('l'),
                'ı' => folded.push('i'),
                'ς' => folded.push('σ'),
                other => folded.push(other),
            }
        }
    }
    folded
}

/// Returns whether a character cannot end a chunk.
fn is_in_chunk(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\'' | '’')
        || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c) || is_ignorable(c)))
}

/// Returns whether a character stands inside words without being part of them, like the soft hyphen.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Returns a folded chunk without the apostrophes before a last single letter: `foto's` is `fotos`, and
/// `l'eau` stays two words.
fn join_at_apostrophes(folded: &str) -> String {
    let chars: Vec<char> = folded.chars().collect();
    let is_letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric());
    let joins = |at: usize| {
        matches!(chars[at], '\'' | '’')
            && at > 0
            && is_letter(at - 1)
            && is_letter(at + 1)
            && !is_letter(at + 2)
    };
    (0..chars.len()).filter(|at| !joins(*at)).map(|at| chars[at]).collect()
}

/// Calls `found` with a run as one word, or with its pairs of characters where no spaces are written.
fn each_unit(run: &str, found: &mut impl FnMut(&str)) {
    let mut chars: Vec<(usize, char)> = run.char_indices().collect();
    chars.push((run.len(), ' '));
    let mut start = 0;
    while start + 1 < chars.len() {
        let dense = is_dense(chars[start].1);
        let rest = chars[start..chars.len() - 1].iter();
        let end = start + rest.take_while(|(_, c)| is_dense(*c) == dense).count();
        let text = |from: usize, to: usize| &run[chars[from].0..chars[to].0];
        if dense && end - start > 1 {
            (start..end - 1).for_each(|at| found(text(at, at + 2)));
        } else if end - start <= LONGEST {
            found(text(start, end));
        }
        start = end;
    }
}

/// Returns whether a character belongs to a script written without spaces.
fn is_dense(c: char) -> bool {
    c >= '\u{e00}' && DENSE.iter().any(|range| range.contains(&u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_match_the_shared_vectors() {
        let vectors = include_str!("../../tests/search/fold.json");
        let vectors: Vec<(String, Vec<String>)> = serde_json::from_str(vectors).unwrap();
        assert!(vectors.len() > 20);
        for (text, expect) in vectors {
            let mut words = Vec::new();
            each_word(&text, |word, _| words.push(word.to_owned()));
            assert_eq!(words, expect, "words of {text:?}");
        }
    }

    #[test]
    fn pair_of_a_dense_script_is_spelt_as_itself() {
        let mut found = Vec::new();
        each_word("東京都", |word, spelling| found.push(format!("{word}={spelling}")));
        assert_eq!(found, ["東京=東京", "京都=京都"]);
    }

    #[test]
    fn spelling_keeps_accents_for_the_stemmer() {
        let mut found = Vec::new();
        each_word("Categorieën", |word, spelling| {
            found.push(format!("{word}={spelling}"));
        });
        assert_eq!(found, ["categorieen=categorieën"]);
    }
}
