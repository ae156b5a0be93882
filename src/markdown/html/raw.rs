//! Raw HTML, which is passed on with a note of where its links lead.

use pulldown_cmark::{CowStr, Event};

use super::super::events::Piece;
use super::super::outline::Form;
use super::super::raw_html;
use super::super::rendering::Href;
use super::Writer;

/// Comments are not shown, so they need no cleaning.
pub(super) fn is_raw_html(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Markdown(Event::Html(html) | Event::InlineHtml(html)) => !raw_html::is_comment(html),
        _ => false,
    }
}

impl<'t> Writer<'_, 't> {
    /// Passes raw HTML on, remembering where its links lead.
    pub(super) fn raw(&mut self, html: &CowStr<'t>) {
        for attribute in raw_html::attributes(html) {
            let form = match (attribute.tag.as_str(), attribute.name) {
                ("a", "href") => Form::HtmlLink,
                ("img", "src") => Form::HtmlImage,
                _ => continue,
            };
            let dest = raw_html::decode_entities(attribute.value);
            let href = match self.rendering.hrefs.href(form, &dest) {
                Href::Site(href) => Some(href),
                Href::External(href) if form == Form::HtmlLink => Some(href),
                Href::External(_) | Href::Missing(_) | Href::Text => None,
            };
            self.raw_hrefs.insert(dest, href);
        }
        if self.cleans || !self.rendering.clean {
            self.written.push(Event::Html(html.clone()));
        }
    }
}
