//! What a text holds, before anybody knows where its links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, HeadingLevel, LinkType};

use super::code::Block;
use super::diagram::Diagram;
use super::fault::Fault;
use super::notice::Notice;
use super::sentence::Sentence;

/// The facts of one text. Offsets are bytes of the body.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Links, in order.
    pub links: Vec<Link>,
    /// Every id that a fragment can lead to.
    pub anchors: BTreeSet<String>,
    /// The plain text, cut at the headings; what comes before the first heading is first.
    pub sections: Vec<Section>,
    /// The plain text of the first paragraph that is more than pictures, without those in it.
    pub first_paragraph: String,
    /// How many words the plain text has.
    pub words: usize,
    /// Code blocks, in order.
    pub code_blocks: Vec<Block>,
    /// The names in `@name`, each once, sorted; whether they are people nobody knows yet.
    pub mentions: BTreeSet<String>,
    /// The bytes of blocks with an id of their own, ` ^id`, by that id.
    pub blocks: BTreeMap<String, Range<usize>>,
    /// What abbreviations mean that the text defines.
    pub abbreviations: BTreeMap<String, String>,
    /// What of other tools was left out, one for each kind.
    pub notices: Vec<Notice>,
    /// Labels of footnotes, in the order of their first use: as they are numbered.
    pub footnotes: Vec<String>,
    /// Diagrams, in order.
    pub diagrams: Vec<Diagram>,
    /// What cannot be shown as it was meant.
    pub faults: Vec<Fault>,
    /// The tag of the language it is written in, where that can be told.
    pub language: Option<&'static str>,
}

impl Outline {
    /// Returns the bytes of the section under the heading with this id, its subsections included, or of the block `^id`.
    pub fn part(&self, anchor: &str) -> Option<Range<usize>> {
        if let Some(block) = anchor.strip_prefix('^').and_then(|id| self.blocks.get(id)) {
            return Some(block.clone());
        }
        let at = self.headings.iter().position(|heading| heading.anchor == anchor)?;
        let level = self.headings[at].level;
        let next = self.headings[at + 1..].iter().find(|heading| heading.level <= level);
        Some(self.headings[at].start..next.map_or(usize::MAX, |heading| heading.start))
    }

    /// Returns whether the text does nothing but say what abbreviations mean.
    pub fn is_list_of_terms(&self) -> bool {
        self.words == 0 && !self.abbreviations.is_empty()
    }

    /// Returns the id of a part: of its block, or of the heading with which it begins.
    pub fn anchor_of(&self, part: &Range<usize>) -> Option<String> {
        let block = self.blocks.iter().find(|(_, block)| *block == part);
        let heading = self.headings.iter().find(|heading| heading.start == part.start);
        block.map(|(id, _)| format!("^{id}")).or_else(|| Some(heading?.anchor.clone()))
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its id.
    pub anchor: String,
    /// Where it begins.
    pub start: usize,
}

/// The plain text under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading; `None` before the first.
    pub heading: Option<usize>,
    /// The text.
    pub text: String,
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// `[text](address)` and its kin.
    Link,
    /// `![alt](address)`
    Image,
    /// `[[page]]`
    Wiki,
    /// `![[page]]`
    WikiEmbed,
    /// `<a href>` in raw HTML.
    HtmlLink,
    /// `<img src>` in raw HTML, and whatever else a browser loads there: `srcset`, sounds, films.
    HtmlImage,
}

impl Form {
    /// How many there are.
    pub const COUNT: usize = 6;
}

/// A link, not yet resolved.
#[derive(Debug, Clone)]
pub struct Link {
    /// How it was written.
    pub form: Form,
    /// Where it leads, as written (entities and escapes decoded).
    pub dest: Arc<str>,
    /// Its bytes.
    pub span: Range<usize>,
    /// Its plain text, and the sentence around it.
    pub sentence: Sentence,
}

impl Link {
    /// Returns its plain text.
    pub fn text(&self) -> &str {
        self.sentence.text()
    }
}

/// Returns what stands behind the fence of a code block.
pub(super) fn fence_info<'k>(kind: &'k CodeBlockKind<'_>) -> &'k str {
    match kind {
        CodeBlockKind::Fenced(info) => info,
        CodeBlockKind::Indented => "",
    }
}

/// Returns whether a link was written in double brackets.
pub(super) fn is_wiki(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::WikiLink { .. })
}

/// Returns 1 to 6.
pub(super) fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
