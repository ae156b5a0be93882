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
    Sentences::of(block).around(link)
}

/// Where the sentences of the plain text of a block begin.
pub(super) struct Sentences<'b> {
    block: &'b str,
    starts: Vec<usize>,
}

impl<'b> Sentences<'b> {
    /// Finds the sentences of a block, once for all links in it.
    pub(super) fn of(block: &'b str) -> Self {
        Self { block, starts: block.split_sentence_bound_indices().map(|(at, _)| at).collect() }
    }

    /// Returns the sentence around the bytes `link` of the block.
    pub(super) fn around(&self, link: &Range<usize>) -> Sentence {
        let begun = self.starts.partition_point(|start| *start <= link.start);
        let start = begun.checked_sub(1).map_or(0, |last| self.starts[last]);
        let over = self.starts.partition_point(|start| *start < link.end);
        let end = self.starts.get(over).copied().unwrap_or(self.block.len());
        Sentence {
            before: shorten_start(&self.block[start..link.start]),
            after: shorten_end(&self.block[link.end..end]),
        }
    }
}

/// Returns the end of a text, cut at a word. However long the text is, no more than that is looked at.
fn shorten_start(text: &str) -> String {
    let text = text.trim_start();
    match text.char_indices().rev().nth(LIMIT) {
        Some((cut, _)) => {
            let kept = &text[cut..];
            let kept = &kept[kept.chars().next().map_or(0, char::len_utf8)..];
            let kept = kept.split_once(' ').map_or(kept, |(_, rest)| rest);
            format!("… {kept}")
        }
        None => text.to_owned(),
    }
}

fn shorten_end(text: &str) -> String {
    let text = text.trim_end();
    match text.char_indices().nth(LIMIT) {
        Some((cut, _)) => {
            let kept = &text[..cut];
            let kept = kept.rsplit_once(' ').map_or(kept, |(rest, _)| rest);
            format!("{kept} …")
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_at_its_own_bounds() {
        let block = "First one. Then see the page for more. Last one.";
        let at = block.find("the page").unwrap();
        let found = Sentences::of(block).around(&(at..at + 8));
        assert_eq!((found.before.as_str(), found.after.as_str()), ("Then see ", " for more."));
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let block = format!("{}link{}", "word ".repeat(60), " word".repeat(60));
        let found = Sentences::of(&block).around(&(300..304));
        assert!(found.before.starts_with("… word") && found.after.ends_with("word …"));
        assert!(found.before.chars().count() <= LIMIT + 2);
    }
}
