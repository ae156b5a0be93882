//! A block that is open, and what its lines have told of it so far.

/// How far a block reaches.
pub(super) enum Extent<'b> {
    /// The whole body.
    Body,
    /// As long as lines are indented by four columns more than this.
    Indented(usize),
    /// As long as lines have so many `>` and are indented by four columns behind them.
    Quoted(usize),
    /// Up to a line of so many colons; its lines are indented by so many columns.
    Colons { marks: usize, indent: usize },
    /// Up to the end tag of a component; its lines are indented as its first one is.
    Component { name: String, indent: Option<usize> },
    /// Up to the end tag of this name; its lines are indented by so many columns.
    Tags { name: &'b str, indent: usize },
}

/// A block that is open, and what is open in it.
pub(super) struct Level<'b> {
    pub(super) extent: Extent<'b>,
    /// What stands before each of its lines.
    pub(super) prefix: String,
    /// The code fence that is open in it: its mark, and how many of them.
    pub(super) fence: Option<(u8, usize)>,
    /// What ends the raw HTML that is open in it.
    pub(super) html: Option<&'static str>,
    /// What ends the code that a tag of a template language opened, and how far that was indented.
    pub(super) highlight: Option<(&'static str, usize)>,
    /// The columns at which the texts of its open list items begin.
    pub(super) lists: Vec<usize>,
    /// What the line before was.
    pub(super) before: Before,
    /// How many `>` the line before had, and whether code is open behind them.
    pub(super) quotes: usize,
    pub(super) quoted_fence: bool,
    /// Whether nothing stood behind them.
    pub(super) quoted_blank: bool,
}

/// What a line is to the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Blank,
    Text,
    Other,
}

impl<'b> Level<'b> {
    /// Returns a block in which nothing is open yet.
    pub(super) fn new(extent: Extent<'b>, prefix: String) -> Self {
        Self {
            extent,
            prefix,
            fence: None,
            html: None,
            highlight: None,
            lists: Vec::new(),
            before: Before::Blank,
            quotes: 0,
            quoted_fence: false,
            quoted_blank: false,
        }
    }

    /// Leaves the list items whose text begins further to the right. (The columns only grow.)
    pub(super) fn leave_lists(&mut self, column: usize) {
        while self.lists.last().is_some_and(|open| *open > column) {
            self.lists.pop();
        }
    }

    /// Returns whether what is written here is shown as written.
    pub(super) fn is_verbatim(&self) -> bool {
        self.fence.is_some() || self.html.is_some() || self.highlight.is_some()
    }
}
