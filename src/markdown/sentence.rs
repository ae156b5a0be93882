//! The sentence around a link, so that a backlink can be read where it arrives.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A link's text with what stands before and after it in its sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// What stands before.
    pub before: String,
    /// What stands after.
    pub after: String,
}

/// The most that is shown on each side of a link, in characters.
const LIMIT: usize = 140;

/// Returns the sentence around the bytes `link` of the plain text of a block.
pub fn around(block: &str, link: &Range<usize>) -> Sentence {
    let mut start = 0;
    let mut end = block.len();
    for (at, sentence) in block.split_sentence_bound_indices() {
        if at <= link.start {
            start = at;
        }
        if at + sentence.len() >= link.end {
            end = at + sentence.len();
            break;
        }
    }
    Sentence {
        before: shorten_start(block[start..link.start].trim_start()),
        after: shorten_end(block[link.end..end].trim_end()),
    }
}

fn shorten_start(text: &str) -> String {
    let count = text.chars().count();
    if count <= LIMIT {
        return text.to_owned();
    }
    let cut: String = text.chars().skip(count - LIMIT).collect();
    let cut = cut.split_once(' ').map_or(cut.as_str(), |(_, rest)| rest);
    format!("… {cut}")
}

fn shorten_end(text: &str) -> String {
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LIMIT).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(rest, _)| rest);
    format!("{cut} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_at_its_own_bounds() {
        let block = "First one. Then see the page for more. Last one.";
        let at = block.find("the page").unwrap();
        let found = around(block, &(at..at + 8));
        assert_eq!((found.before.as_str(), found.after.as_str()), ("Then see ", " for more."));
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let block = format!("{}link{}", "word ".repeat(60), " word".repeat(60));
        let found = around(&block, &(300..304));
        assert!(found.before.starts_with("… word") && found.after.ends_with("word …"));
        assert!(found.before.chars().count() <= LIMIT + 2);
    }
}
