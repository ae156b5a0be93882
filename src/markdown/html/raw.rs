//! Raw HTML, which is passed on with a note of where its links lead.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::base::text::escape;

use super::super::clean::Use;
use super::super::outline::Form;
use super::super::picture;
use super::super::piece::Piece;
use super::super::raw_html::{self, Address, Attribute, Role, Tag};
use super::super::rendering::Href;
use super::Writer;

/// How deep elements of raw HTML may stand in each other. Browsers put what is deeper beside each other, too.
const DEPTH: usize = 400;

/// Comments are not shown, so they need no cleaning.
pub(super) fn is_raw_html(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Markdown(Event::Html(html) | Event::InlineHtml(html)) => !raw_html::is_comment(html),
        _ => false,
    }
}

impl<'t> Writer<'_, 't> {
    /// Passes raw HTML on, remembering where its links lead. Pictures get what those of Markdown have.
    pub(super) fn raw(&mut self, html: &CowStr<'t>) {
        let mut edits = Vec::new();
        for tag in raw_html::tags(html) {
            self.note_raw(&tag);
            if !self.may_nest(&tag) {
                edits.push((tag.span, String::new()));
                continue;
            }
            for address in tag.addresses() {
                let href = self.raw_href(&address);
                if let (false, Some(href)) = (self.cleans, &href) {
                    edits.push((address.span, escape(href)));
                }
                let role = if address.role == Role::Leads { Use::Leads } else { Use::Shows };
                self.raw_hrefs.remember(role, address.dest, href);
            }
            if let Some(set) = tag.attribute("srcset") {
                let hrefs = self.raw_set(set);
                self.raw_hrefs.remember(Use::Set, raw_html::decode_entities(set.value), hrefs);
            }
            if let (true, Some(src)) = (tag.name == "img", tag.attribute("src")) {
                let quote = html[src.span.end..].starts_with(['"', '\'']);
                let end = src.span.end + usize::from(quote);
                edits.push((
                    end..end,
                    self.about_picture(&tag, &raw_html::decode_entities(src.value)),
                ));
            }
        }
        if self.cleans || !self.rendering.clean {
            self.written.push(Event::Html(edited(html, edits)));
        }
    }

    /// Returns whether a tag is kept: to clean elements in each other takes time that grows with the square of their depth.
    fn may_nest(&mut self, tag: &Tag<'_>) -> bool {
        if self.cleans && tag.nests() {
            if tag.is_end {
                self.raw_depth = self.raw_depth.saturating_sub(1);
            } else if self.raw_depth >= DEPTH {
                return false;
            } else {
                self.raw_depth += 1;
            }
        }
        true
    }

    /// Returns where an address leads: never to a picture of another site, which would tell that site who reads what here.
    fn raw_href(&self, address: &Address) -> Option<String> {
        let form = match address.role {
            Role::Leads => Form::HtmlLink,
            Role::Shows => Form::HtmlImage,
        };
        match self.rendering.hrefs.href(form, &address.dest) {
            Href::Site(href) => Some(href),
            Href::External(href) if form == Form::HtmlLink => Some(href),
            Href::External(_) | Href::Missing(_) | Href::Text => None,
        }
    }

    /// Returns a `srcset` with the pictures that are there.
    fn raw_set(&self, set: &Attribute<'_>) -> Option<String> {
        let there = raw_html::candidates(set)
            .filter_map(|(address, told)| Some(format!("{} {told}", self.raw_href(&address)?)));
        let there: Vec<String> = there.map(|one| one.trim_end().to_owned()).collect();
        (!there.is_empty()).then(|| there.join(", "))
    }

    /// Returns what a picture lacks: its size, its smaller versions, and that it may wait until a reader comes near.
    fn about_picture(&mut self, tag: &Tag<'_>, dest: &str) -> String {
        let hrefs = self.rendering.hrefs;
        let has = |name: &str| tag.attribute(name).is_some();
        let mut about = String::new();
        if !has("loading") {
            about.push_str(" loading=\"lazy\"");
        }
        let width = tag.attribute("width").and_then(|width| picture::wanted_size(width.value));
        let known = hrefs.size(Form::HtmlImage, dest);
        match (has("width"), has("height"), known, width) {
            (false, false, Some(_), _) => about.push_str(&picture::size(known, None)),
            (true, false, Some(known), Some((width, _))) => {
                let _ = write!(about, " height=\"{}\"", picture::height(known, width));
            }
            _ => {}
        }
        if let Some(set) = hrefs.srcset(Form::HtmlImage, dest).filter(|_| !has("srcset")) {
            let sizes = picture::sizes(width);
            let _ = write!(about, " srcset=\"{}\" sizes=\"{sizes}\"", escape(&set));
            self.raw_hrefs.remember(Use::Set, set.clone(), Some(set));
        }
        about
    }
}

/// Returns a text with other words at some places.
fn edited<'t>(html: &CowStr<'t>, mut edits: Vec<(Range<usize>, String)>) -> CowStr<'t> {
    if edits.is_empty() {
        return html.clone();
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut written = String::with_capacity(html.len() + 64);
    let mut from = 0;
    for (range, words) in edits {
        written.push_str(&html[from..range.start.max(from)]);
        written.push_str(&words);
        from = range.end.max(from);
    }
    written.push_str(&html[from..]);
    written.into()
}
