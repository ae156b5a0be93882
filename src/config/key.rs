//! What a key of `polder.yml` is.

/// The words for how loud a finding is.
pub(super) const LEVELS: &[&str] = &["error", "warning", "note", "off"];

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A line of text.
    Text,
    /// A list of texts.
    Texts,
    /// A list of lists of texts.
    TextLists,
    /// `true` or `false`.
    Flag,
    /// An address that begins with http:// or https://.
    Address,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Any of these words.
    AnyOf(&'static [&'static str]),
    /// A number, at least this; or one of these words.
    Number(i64, &'static [&'static str]),
    /// A mapping from text to text.
    TextByName,
    /// Severities by code, and by path.
    Levels,
    /// A mapping with keys of its own.
    Keys(&'static [Key]),
}

impl Takes {
    /// Returns what it takes, in words: what follows “expected”.
    pub fn words(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::TextLists => "a list of lists of texts".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Address => "an address that begins with http:// or https://".to_owned(),
            Self::OneOf(words) => one_of(words),
            Self::AnyOf(words) => format!("a list of {}", one_of(words)),
            Self::Number(least, words) => {
                let number = if least > 0 {
                    format!("a number, at least {least}")
                } else {
                    "a number".to_owned()
                };
                if words.is_empty() { number } else { format!("{number}, {}", one_of(words)) }
            }
            Self::TextByName => "a mapping of texts".to_owned(),
            Self::Levels => format!("{}, by code or path", one_of(LEVELS)),
            Self::Keys(_) => "a mapping".to_owned(),
        }
    }
}

/// Returns `a, b or c`.
fn one_of(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.join(", "),
    }
}

/// A key of `polder.yml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What holds without it, as it would be written; empty if there is nothing to write.
    pub default: &'static str,
    /// What it is for, in a sentence.
    pub help: &'static str,
}

impl Key {
    pub(super) const fn new(
        name: &'static str,
        takes: Takes,
        default: &'static str,
        help: &'static str,
    ) -> Self {
        Self { name, takes, default, help }
    }
}
