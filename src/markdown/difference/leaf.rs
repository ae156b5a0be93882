//! A text as a row of leaves: what is compared.
//!
//! A leaf is the smallest block that a reader takes for one thing: a paragraph, a heading, a row of a table, a line of code.
//! Lists, items, quotes and tables are no leaves but the path that leads to them, so that a long list with one new item
//! has one new leaf.

use std::hash::{Hash, Hasher};

use pulldown_cmark::{CowStr, InlineStr};

use super::slot;

/// What holds leaves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Container {
    /// A quote.
    Quote,
    /// An alert: how it looks, and the name of its word if that is its title.
    Alert { look: &'static str, word: Option<&'static str> },
    /// A block with a name that stands out no further.
    Named,
    /// A list with numbers or without.
    List { ordered: bool },
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A code block.
    Code,
    /// A block of raw HTML, shown as it was written.
    Html,
    /// A list of terms.
    Terms,
    /// What a term means.
    Meaning,
    /// A footnote, by label.
    Footnote(String),
}

/// Enough for two leaves to be taken for one.
const ALIKE: f32 = 0.4;

/// A text of fewer words is in another by chance.
pub(super) const TELLING: usize = 4;

/// A container of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) container: Container,
    /// Which of the text's containers it is.
    pub(super) id: u32,
    /// The number of an item in an ordered list.
    pub(super) number: Option<u64>,
}

/// What a leaf is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Paragraph,
    /// 1 to 6.
    Heading(u8),
    /// A term of a list of terms.
    Term,
    Row {
        is_head: bool,
    },
    /// A line of code or of raw HTML.
    Line,
    /// What stands behind the fence of a code block: told only where it changes.
    Info,
    Rule,
}

/// A leaf.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) shape: Shape,
    /// The containers around it, outermost first.
    pub(super) path: Vec<Place>,
    /// What it says: the cells of a row, one cell for everything else.
    pub(super) cells: Vec<Vec<Token>>,
    /// Hashes of its words, sorted.
    bag: Vec<u64>,
}

/// A word, a sign, or something else that stands in a line.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) sort: TokenSort,
    /// What readers see; for addresses and markup what is told of them. Most words are short enough to need no memory of their own.
    pub(super) text: CowStr<'static>,
    /// How it is set.
    pub(super) style: Style,
    /// Whether it follows the token before it without a space.
    pub(super) is_glued: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum TokenSort {
    /// Letters, digits, a sign, white space of code.
    Text,
    /// The end of a line that the author wanted.
    Break,
    /// A picture: what it shows, and where it is (as `slot` holds it).
    Picture,
    /// A part of another page that is shown here.
    Embed,
    /// Where the link that ends here leads, or where the picture before it is: seen only where it changes.
    Address,
    /// To which side the column of a table is set, 0 for left, 1 for the middle, 2 for right: told only where it changes.
    Aligned(u8),
    /// A tag of raw HTML that readers do not see: told only where it changes.
    Markup,
    /// The box of a task, done or not.
    Task(bool),
    /// A reference to a footnote.
    Reference,
}

/// How a word is set, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Style(u8);

impl Style {
    pub(super) const LINK: Self = Self(1);
    pub(super) const STRONG: Self = Self(2);
    pub(super) const EMPHASIS: Self = Self(4);
    pub(super) const STRUCK: Self = Self(8);
    pub(super) const CODE: Self = Self(16);
    pub(super) const RAISED: Self = Self(32);
    pub(super) const LOWERED: Self = Self(64);

    /// All styles with the tags that show them, outermost first.
    pub(super) const TAGS: [(Self, &'static str, &'static str); 7] = [
        (Self::LINK, "<span class=\"link\">", "</span>"),
        (Self::STRONG, "<strong>", "</strong>"),
        (Self::EMPHASIS, "<em>", "</em>"),
        (Self::STRUCK, "<s>", "</s>"),
        (Self::RAISED, "<sup>", "</sup>"),
        (Self::LOWERED, "<sub>", "</sub>"),
        (Self::CODE, "<code>", "</code>"),
    ];

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

// Space before a word is no part of it: in brackets it is the same word.
impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        (self.sort, self.style, &self.text) == (other.sort, other.style, &other.text)
    }
}

impl Eq for Token {}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.sort, self.style, &self.text).hash(state);
    }
}

impl Token {
    /// Returns a text as tokens hold it.
    pub(super) fn owned(text: &str) -> CowStr<'static> {
        InlineStr::try_from(text).map_or_else(|_| text.to_owned().into(), CowStr::Inlined)
    }

    /// Returns whether it counts as a word.
    pub(super) fn is_word(&self) -> bool {
        match self.sort {
            TokenSort::Text => self.text.contains(char::is_alphanumeric),
            TokenSort::Picture | TokenSort::Embed => true,
            _ => false,
        }
    }
}

impl Leaf {
    pub(super) fn new(shape: Shape, path: Vec<Place>, cells: Vec<Vec<Token>>) -> Self {
        // Lines of code may consist of signs alone.
        let counts = |token: &&Token| {
            token.is_word() || (shape == Shape::Line && !token.text.trim().is_empty())
        };
        let mut bag: Vec<u64> = cells.iter().flatten().filter(counts).map(number).collect();
        bag.sort_unstable();
        Self { shape, path, cells, bag }
    }

    /// Returns what must be equal for two leaves to be the same.
    pub(super) fn key(&self) -> Key<'_> {
        Key(self)
    }

    /// Returns whether a list is the innermost thing around it.
    pub(super) fn is_in_item(&self) -> bool {
        self.path.last().is_some_and(|place| place.container == Container::Item)
    }

    fn containers(&self) -> impl Iterator<Item = &Container> {
        self.path.iter().map(|place| &place.container)
    }

    /// Returns how alike two leaves are, from 0 to 1: the share of the words that both have.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        if !self.is_sort_of(other) {
            return 0.0;
        }
        if self.shape == Shape::Info {
            return ALIKE;
        }
        let all = self.bag.len().max(other.bag.len());
        if all == 0 {
            return if self.cells == other.cells { 1.0 } else { 0.0 };
        }
        let (both, least) = (common(&self.bag, &other.bag), self.bag.len().min(other.bag.len()));
        let share = both as f32 / all as f32;
        // What only grew, or only lost something, is the same however long it is now.
        let share = if both == least && least >= TELLING { share.max(0.5) } else { share };
        // What stands elsewhere is only the same if nearly all of it is.
        if self.containers().eq(other.containers()) || share >= 0.8 { share } else { 0.0 }
    }

    fn is_sort_of(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.shape) == std::mem::discriminant(&other.shape)
    }

    /// Returns how many words it has.
    pub(super) fn words(&self) -> usize {
        self.cells.iter().flatten().filter(|token| token.is_word()).count()
    }

    /// Returns its plain text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for token in self.cells.iter().flatten() {
            if !text.is_empty() && !token.is_glued {
                text.push(' ');
            }
            if token.sort == TokenSort::Text {
                text.push_str(&token.text);
            }
        }
        text
    }
}

/// What must be equal for two leaves to be the same.
pub(super) struct Key<'l>(&'l Leaf);

impl PartialEq for Key<'_> {
    fn eq(&self, other: &Self) -> bool {
        let (Self(one), Self(other)) = (self, other);
        one.shape == other.shape
            && one.cells == other.cells
            && one.containers().eq(other.containers())
    }
}

impl Eq for Key<'_> {}

impl Hash for Key<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.shape, &self.0.cells).hash(state);
        self.0.containers().for_each(|container| container.hash(state));
    }
}

/// Returns a number that stands for a word (FNV-1a: words are short, and nobody gains by two that share one).
fn number(token: &Token) -> u64 {
    // A picture of another file that shows the same is like it.
    slot::parted(&token.text).0.bytes().fold(0xcbf2_9ce4_8422_2325, |number, byte| {
        (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Returns how many of two sorted rows are equal.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut at, mut other, mut found) = (0, 0, 0);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                at += 1;
                other += 1;
                found += 1;
            }
        }
    }
    found
}
