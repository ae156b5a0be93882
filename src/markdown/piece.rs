//! What a text is read as.

use std::ops::Range;

use pulldown_cmark::Event;

use super::container::Container;
use super::dialect::Insert;

/// A piece of a text and its bytes in the body.
pub(super) type Spanned<'t> = (Piece<'t>, Range<usize>);

/// A piece of a text: what the parser knows, and what only Polder can write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'t> {
    /// A piece of Markdown.
    Markdown(Event<'t>),
    /// A named block begins.
    Open(Container),
    /// A named block ends.
    Close(Container),
    /// The title of a named block begins.
    OpenTitle(Container),
    /// The title of a named block ends.
    CloseTitle(Container),
    /// Marked text begins.
    OpenMark,
    /// Marked text ends.
    CloseMark,
    /// Something without a text of its own.
    Insert(Insert),
}
