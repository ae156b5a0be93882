//! Blocks with a name that hold other blocks: alerts, tabs. Whatever a tool calls them, these are what readers see.

/// What a named block is for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A box that stands out.
    Alert(Alert),
    /// One of several ways to say the same, with its name above it.
    Tab,
    /// Nothing in particular.
    Plain,
}

/// A box that stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alert {
    /// Its class: how it looks.
    pub(super) look: &'static str,
    /// Its word in `Words::alerts`.
    pub(super) word: &'static str,
    /// What it is called.
    pub(super) title: Title,
    /// Whether it can be folded.
    pub(super) fold: Fold,
}

/// What a box is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// By its word.
    Word,
    /// By what its author wrote.
    Own,
    /// Nothing.
    None,
}

/// Whether a box can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// It cannot.
    Never,
    /// It can, and is open.
    Open,
    /// It can, and is closed.
    Closed,
}

/// What boxes are called in any tool, with their look and their word here.
const KINDS: [(&str, &str, &str); 38] = [
    ("abstract", "note", "abstract"),
    ("attention", "warning", "warning"),
    ("bug", "caution", "bug"),
    ("caution", "caution", "caution"),
    ("check", "tip", "success"),
    ("cite", "quote", "quote"),
    ("danger", "caution", "danger"),
    ("deprecated", "warning", "warning"),
    ("details", "plain", "details"),
    ("done", "tip", "success"),
    ("error", "caution", "danger"),
    ("example", "plain", "example"),
    ("fail", "caution", "failure"),
    ("failure", "caution", "failure"),
    ("faq", "question", "question"),
    ("help", "question", "question"),
    ("hint", "tip", "tip"),
    ("important", "important", "important"),
    ("info", "note", "info"),
    ("information", "note", "info"),
    ("missing", "caution", "failure"),
    ("note", "note", "note"),
    ("notice", "note", "note"),
    ("primary", "note", "note"),
    ("question", "question", "question"),
    ("quote", "quote", "quote"),
    ("secondary", "plain", "note"),
    ("security", "warning", "warning"),
    ("seealso", "note", "note"),
    ("spoiler", "plain", "details"),
    ("success", "tip", "success"),
    ("summary", "note", "abstract"),
    ("tip", "tip", "tip"),
    ("tldr", "note", "abstract"),
    ("todo", "note", "todo"),
    ("warn", "warning", "warning"),
    ("warning", "warning", "warning"),
    ("collapse", "plain", "details"),
];

impl Alert {
    /// Returns the box of a kind, if it is known.
    pub(super) fn of_kind(kind: &str) -> Option<Self> {
        let kind = kind.to_lowercase();
        let (_, look, word) = KINDS.iter().find(|(name, ..)| *name == kind)?;
        // These are folded wherever they are known.
        let fold = if *word == "details" { Fold::Closed } else { Fold::Never };
        Some(Self { look, word, title: Title::Word, fold })
    }

    /// Returns a box of a kind that nobody knows: it is called what its author calls it.
    pub(super) fn unknown() -> Self {
        Self { look: "plain", word: "note", title: Title::Own, fold: Fold::Never }
    }
}

/// Returns the names of the words that alerts are called by.
pub fn alert_words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(_, _, word)| *word)
}
