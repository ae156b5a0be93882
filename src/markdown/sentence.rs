//! The sentence around a link, so that a backlink can be read where it arrives.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use unicode_segmentation::UnicodeSegmentation;

/// A link's text with what stands before and after it in its sentence. Most are never shown: where the sentences of a block
/// begin is found when the first of its links is asked.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    block: Arc<Passage>,
    /// The bytes of the link in the block.
    link: (u32, u32),
}

/// The most that is shown on each side of a link, in characters.
const LIMIT: usize = 140;

impl Sentence {
    /// Returns the text of the link.
    pub fn text(&self) -> &str {
        &self.block.text[self.link()]
    }

    /// Returns what stands before the link.
    pub fn before(&self) -> String {
        let starts = self.block.starts();
        let link = self.link();
        let begun = starts.partition_point(|start| *start <= link.start);
        let start = begun.checked_sub(1).map_or(0, |last| starts[last]);
        shorten_start(&self.block.text[start..link.start])
    }

    /// Returns what stands after the link.
    pub fn after(&self) -> String {
        let starts = self.block.starts();
        let link = self.link();
        let over = starts.partition_point(|start| *start < link.end);
        let end = starts.get(over).copied().unwrap_or(self.block.text.len());
        shorten_end(&self.block.text[link.end..end])
    }

    fn link(&self) -> Range<usize> {
        self.link.0 as usize..self.link.1 as usize
    }
}

/// The plain text of a block, which the sentences of all links in it share.
#[derive(Debug, Default)]
pub struct Passage {
    text: String,
    /// Where its sentences begin, once anybody asks.
    starts: OnceLock<Vec<usize>>,
}

impl Passage {
    /// Returns the passage of this text.
    pub fn new(text: &str) -> Arc<Self> {
        Arc::new(Self { text: text.to_owned(), starts: OnceLock::new() })
    }

    /// Returns the sentence around the bytes `link` of the block.
    pub fn around(self: &Arc<Self>, link: &Range<usize>) -> Sentence {
        let [start, end] = [link.start, link.end]
            .map(|at| u32::try_from(at).expect("a page has no more than ten megabytes"));
        Sentence { block: Arc::clone(self), link: (start, end) }
    }

    fn starts(&self) -> &[usize] {
        let find = || self.text.split_sentence_bound_indices().map(|(at, _)| at).collect();
        self.starts.get_or_init(find)
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
        let found = Passage::new(block).around(&(at..at + 8));
        assert_eq!((found.before(), found.text()), ("Then see ".to_owned(), "the page"));
        assert_eq!(found.after(), " for more.");
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let block = format!("{}link{}", "word ".repeat(60), " word".repeat(60));
        let found = Passage::new(&block).around(&(300..304));
        assert!(found.before().starts_with("… word") && found.after().ends_with("word …"));
        assert!(found.before().chars().count() <= LIMIT + 2);
    }
}
