//! Markdown text in, facts or HTML out. Knows no pages and no files.
//!
//! A text is read twice: [`scan`] finds its headings, links and plain text; once every link of the site is resolved,
//! [`to_html`] writes the HTML. Between the two lies everything that a page can know of other pages.
//!
//! Invariant: whatever an author writes, the HTML holds no script, no style and no address with a scheme that is not on the
//! list in `clean`, unless the site's configuration says so.

mod anchor;
mod autolink;
mod clean;
mod code;
mod container;
mod diagram;
mod dialect;
mod difference;
mod events;
mod fault;
mod fence;
mod footnote;
mod formula;
mod highlight;
mod html;
mod keyboard;
mod language;
#[cfg(test)]
mod limits;
mod math;
mod mention;
mod notice;
mod outline;
mod picture;
mod piece;
mod raw_heading;
mod raw_html;
mod rendering;
mod scanner;
mod sentence;
mod term;

pub use clean::safe_scheme;
pub use code::{Block, Highlighter};
pub use container::alert_words;
pub use diagram::{Diagram, Drawing, Drawings, Drawn};
pub use difference::{
    Brief, Change, Difference, DifferenceWords, How, Pictured, What, difference, source,
    with_pictures,
};
pub use events::Dialect;
pub use fault::Fault;
pub use html::to_html;
pub use notice::{Notice, Unsupported};
pub use outline::{Form, Heading, Link, Outline, Section};
pub use rendering::{Embedded, Href, Hrefs, Inside, Rendering, Words, as_written, fragment};
pub use scanner::{heading_anchor, scan};
pub use sentence::{Passage, Sentence};
pub use term::{Term, Terms, abbreviation_id, is_abbreviation};
