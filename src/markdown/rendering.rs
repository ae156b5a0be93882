//! What the HTML of a text is made with: its links, its words, its code.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::UrlPath;
use crate::base::text::escape;

use super::code::Highlighter;
use super::diagram::Drawings;
use super::events::Dialect;
use super::outline::{Form, Outline};
use super::term::Terms;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// Into the site; a relative address.
    Site(String),
    /// To another site, or to a mail or phone program.
    External(String),
    /// Nowhere, and that was reported; the address of what is told of it on this site, if anything is.
    Missing(Option<String>),
    /// Nowhere, on purpose: shown as text.
    Text,
}

/// Knows where the links of one page lead.
pub trait Hrefs: Sync {
    /// Returns where a link or image of this form and destination leads.
    fn href(&self, form: Form, dest: &str) -> Href;
    /// Returns width and height in pixels of an image at this destination, if they are known.
    fn size(&self, form: Form, dest: &str) -> Option<(u32, u32)>;
    /// Returns the `srcset` of an image that has smaller versions.
    fn srcset(&self, _form: Form, _dest: &str) -> Option<String> {
        None
    }
    /// Returns the HTML that stands for the `![[…]]` at this byte of the body, if it is a page and not a file.
    fn embed(&self, at: usize) -> Option<String>;
    /// Returns the ids that the heading with this id had before; none in texts that are no page of today.
    fn former_anchors(&self, _anchor: &str) -> &[String] {
        &[]
    }
    /// Returns the address of a page that explains a term, unless it is this one.
    fn term(&self, _page: &UrlPath) -> Option<String> {
        None
    }
    /// Returns the address of a file of the site, by its path.
    fn file(&self, path: &str) -> String;
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
    /// “Abbreviations”, above those that a page defines.
    pub terms: String,
    /// “Back to reference”.
    pub back: String,
    /// “Done” and “to do”, for the boxes of task lists.
    pub task: [String; 2],
    /// “There is no such page yet”.
    pub missing: String,
    /// “Diagram”.
    pub diagram: String,
    /// “Source of the diagram”.
    pub diagram_source: String,
    /// “From”, above an embedded page.
    pub from: String,
    /// Why nothing of a page is embedded: it would show itself, it is too much, it has no such part.
    pub refused: [String; 3],
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
    /// How it is shown inside another page; `None` on its own.
    pub inside: Option<Inside<'r>>,
    /// Whether raw HTML is cleaned.
    pub clean: bool,
    /// The words.
    pub words: &'r Words,
    /// The links.
    pub hrefs: &'r dyn Hrefs,
    /// The code.
    pub highlighter: &'r Highlighter,
    /// The diagrams.
    pub drawings: &'r Drawings,
    /// What the site explains.
    pub terms: &'r Terms,
    /// Whether abbreviations are explained that the text defines.
    pub explains: bool,
}

/// How a text is shown inside another page.
#[derive(Debug, Clone, Copy)]
pub struct Inside<'r> {
    /// The ids that its headings may keep.
    pub ids: &'r BTreeSet<String>,
    /// How many levels its headings move down.
    pub shift: i8,
    /// What ids of its footnotes begin with, so that nothing else on the page has them.
    pub prefix: &'r str,
}

impl Rendering<'_> {
    /// Returns whether a heading with this id has it in the HTML.
    pub(super) fn keeps_id(&self, anchor: &str) -> bool {
        self.inside.is_none_or(|inside| inside.ids.contains(anchor))
    }

    /// Returns the level at which a heading is shown: the page's title is the only h1.
    pub(super) fn shown_level(&self, level: u8) -> u8 {
        let shift = self.inside.map_or(0, |inside| inside.shift);
        level.saturating_add_signed(shift).clamp(2, 6)
    }
}

/// Returns the tag that opens a link to what is not there; `told` is the address of what is told of it.
pub(super) fn missing_link(told: Option<&str>, why: &str) -> String {
    let href = told.map(|told| format!(" href=\"{}\"", escape(told))).unwrap_or_default();
    format!("<a class=\"missing-link\"{href} title=\"{}\">", escape(why))
}

/// Returns `#anchor` as addresses want it.
pub fn fragment(anchor: &str) -> String {
    format!("#{}", anchor.replace('%', "%25").replace(' ', "%20").replace('"', "%22"))
}

/// Returns a text that could not be rendered, as it was written.
pub fn as_written(body: &str) -> String {
    format!("<div class=\"code\"><pre tabindex=\"0\"><code>{}</code></pre></div>\n", escape(body))
}

/// What stands where a page shows another.
#[derive(Debug)]
pub struct Embedded<'e> {
    /// “From”.
    pub from: &'e str,
    /// The address of the other page.
    pub href: &'e str,
    /// Its title.
    pub title: &'e str,
    /// The language of its text, if it is not that of the page around it; else empty.
    pub lang: &'e str,
}

impl Embedded<'_> {
    /// Returns the HTML of an embedded text: `body` with a line that tells where it is from.
    pub fn html(&self, body: &str) -> String {
        let (from, title) = (escape(self.from), escape(self.title));
        let lang = match self.lang {
            "" => String::new(),
            lang => format!(" lang=\"{}\"", escape(lang)),
        };
        format!(
            "<div class=\"embed\" role=\"group\" aria-label=\"{from} {title}\"><p class=\"embed-from\">{from} {}</p>\n<div{lang}>{}</div></div>\n",
            self.link(),
            body.trim_end()
        )
    }

    /// Returns what stands there when nothing of the other page can be shown: a link to it, and why.
    pub fn refused(&self, why: &str) -> String {
        format!(
            "<div class=\"embed embed-refused\"><p class=\"embed-from\">{}: {}</p></div>\n",
            self.link(),
            escape(why)
        )
    }

    fn link(&self) -> String {
        format!("<a href=\"{}\">{}</a>", escape(self.href), escape(self.title))
    }
}
