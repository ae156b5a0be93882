//! What the HTML of a text is made with: its links, its words, its code.

use std::collections::BTreeMap;
use std::ops::Range;

use super::code::{Highlighter, escape};
use super::events::Dialect;
use super::outline::{Form, Outline};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// Into the site; a relative address.
    Site(String),
    /// To another site, or to a mail or phone program.
    External(String),
    /// Nowhere, and that was reported.
    Missing,
    /// Nowhere, on purpose: shown as text.
    Text,
}

/// Knows where the links of one page lead.
pub trait Hrefs: Sync {
    /// Returns where a link or image of this form and destination leads.
    fn href(&self, form: Form, dest: &str) -> Href;
    /// Returns width and height in pixels of an image at this destination, if they are known.
    fn size(&self, form: Form, dest: &str) -> Option<(u32, u32)>;
    /// Returns the HTML that stands for `![[dest]]`, if it is a page and not a file.
    fn embed(&self, dest: &str) -> Option<String>;
    /// Returns address and name of a person of the site, for `@name`.
    fn mention(&self, name: &str) -> Option<(String, String)>;
}

/// Words that the HTML of a text needs, in its language.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// What alerts are called, by the names in [`super::alert_words`].
    pub alerts: BTreeMap<&'static str, String>,
    /// “Link to”, before the text of a heading.
    pub link_to: String,
    /// “Table”, for tables that scroll.
    pub table: String,
    /// “Footnotes”.
    pub footnotes: String,
    /// “Back to reference”.
    pub back: String,
    /// “Done” and “to do”, for the boxes of task lists.
    pub task: [String; 2],
    /// “There is no such page yet”.
    pub missing: String,
    /// “From”, above an embedded page.
    pub from: String,
}

/// How a text is written as HTML.
pub struct Rendering<'r> {
    /// The facts of the same text.
    pub outline: &'r Outline,
    /// What the site writes.
    pub dialect: Dialect,
    /// Whether the first heading is left out, as the page shows it as its title.
    pub drop_title: bool,
    /// Only the blocks in these bytes; all if `None`.
    pub part: Option<Range<usize>>,
    /// Whether this is shown inside another page: then headings have no ids.
    pub embedded: bool,
    /// Whether raw HTML is cleaned.
    pub clean: bool,
    /// The words.
    pub words: &'r Words,
    /// The links.
    pub hrefs: &'r dyn Hrefs,
    /// The code.
    pub highlighter: &'r Highlighter,
}

/// Returns `#anchor` as addresses want it.
pub fn fragment(anchor: &str) -> String {
    format!("#{}", anchor.replace('%', "%25").replace(' ', "%20").replace('"', "%22"))
}

/// Returns a text that could not be rendered, as it was written.
pub fn as_written(body: &str) -> String {
    format!("<div class=\"code\"><pre tabindex=\"0\"><code>{}</code></pre></div>\n", escape(body))
}

/// Returns the HTML of an embedded page: `body` with a line that tells where it is from.
pub fn embed_html(from: &str, href: &str, title: &str, body: &str) -> String {
    let (from, href, title) = (escape(from), escape(href), escape(title));
    format!(
        "<div class=\"embed\" role=\"group\" aria-label=\"{from} {title}\"><p class=\"embed-from\">{from} <a href=\"{href}\">{title}</a></p>\n{body}</div>\n"
    )
}
