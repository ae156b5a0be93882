//! Raw HTML, which is passed on with a note of where its links lead.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::base::text::escape;

use super::super::clean::Use;
use super::super::outline::Form;
use super::super::picture::{self, Picture};
use super::super::piece::Piece;
use super::super::raw_html::{self, Address, Attribute, Role, Tag};
use super::super::rendering::Href;
use super::{Rest, Writer};

/// How deep elements of raw HTML may stand in each other. Browsers put what is deeper beside each other, too.
const DEPTH: usize = 400;

/// So many pieces of a line are looked through for the end of a film.
const PIECES: usize = 64;

/// Comments are not shown, so they need no cleaning.
pub(super) fn is_raw_html(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Markdown(Event::Html(html) | Event::InlineHtml(html)) => !raw_html::is_comment(html),
        _ => false,
    }
}

impl<'t> Writer<'_, 't> {
    /// Passes raw HTML in a line on. A film, a sound or a set of pictures comes in pieces there, and is judged as a whole.
    pub(super) fn inline_raw(&mut self, html: &CowStr<'t>, rest: &mut Rest<'_, 't>) {
        let is_long = |tag: &Tag<'_>| matches!(tag.name.as_str(), "video" | "audio" | "picture");
        let tags = raw_html::tags(html);
        let begun = tags.first().filter(|tag| is_long(tag) && !tag.is_end);
        let Some(end) = begun.map(|tag| format!("</{}", tag.name)) else { return self.raw(html) };
        let mut whole = html.to_string();
        let mut ahead = rest.clone();
        for (piece, _) in ahead.by_ref().take(PIECES) {
            let Piece::Markdown(Event::InlineHtml(next)) = piece else { continue };
            whole.push_str(next);
            if !next.to_ascii_lowercase().starts_with(&end) {
                continue;
            }
            let tags = raw_html::tags(&whole);
            let instead = self.instead(&tags, 0).filter(|(end, _)| *end == tags.len());
            if let Some((_, link)) = instead {
                self.own(link);
                *rest = ahead;
                return;
            }
            break;
        }
        self.raw(html);
    }

    /// Passes raw HTML on, remembering where its links lead. Pictures get what those of Markdown have.
    pub(super) fn raw(&mut self, html: &CowStr<'t>) {
        let mut edits = Vec::new();
        let tags = raw_html::tags(html);
        let mut past = 0;
        for (at, tag) in tags.iter().enumerate() {
            if at < past {
                continue;
            }
            if let Some((end, link)) = self.instead(&tags, at) {
                past = end;
                edits.push((tag.span.start..tags[end - 1].span.end, self.slots.keep(link)));
                continue;
            }
            self.note_raw(tag);
            if !self.may_nest(tag) {
                edits.push((tag.span.clone(), String::new()));
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
                    self.about_picture(tag, &raw_html::decode_entities(src.value)),
                ));
            }
        }
        if self.cleans || !self.rendering.clean {
            self.written.push_back(Event::Html(edited(html, edits)));
        }
    }

    /// Returns a link that stands instead of a frame, or of a film, a sound or a picture of another site, which no browser would
    /// load here; with the number of tags up to its end.
    fn instead(&self, tags: &[Tag<'_>], at: usize) -> Option<(usize, String)> {
        if matches!(tags[at].name.as_str(), "img" | "picture") {
            return self.instead_of_picture(tags, at);
        }
        let tag = &tags[at];
        let is_frame = matches!(tag.name.as_str(), "iframe" | "embed");
        let is_player = matches!(tag.name.as_str(), "video" | "audio");
        if tag.is_end || !self.cleans || !(is_frame || is_player) {
            return None;
        }
        let end = tags[at..].iter().position(|other| other.is_end && other.name == tag.name);
        let end = end.filter(|_| tag.name != "embed").map_or(at + 1, |end| at + end + 1);
        let form = if is_frame { Form::HtmlLink } else { Form::HtmlImage };
        let is_own = |other: &&Tag<'_>| other.name == tag.name || other.name == "source";
        let addresses = tags[at..end].iter().filter(is_own);
        let dests = addresses.filter_map(|tag| tag.attribute("src"));
        let dests: Vec<String> = dests.map(|src| raw_html::decode_entities(src.value)).collect();
        let hrefs = || dests.iter().map(|dest| self.rendering.hrefs.href(form, dest));
        if is_player && hrefs().any(|href| matches!(href, Href::Site(_))) {
            return None;
        }
        let leads = |href: Href| match href {
            Href::Site(href) => Some((href, "file")),
            Href::External(href) => Some((href, "external")),
            Href::Missing(_) | Href::Text => None,
        };
        let (href, class) = hrefs().find_map(leads)?;
        let said = tag.attribute("title").or_else(|| tag.attribute("aria-label"));
        let said = said.map(|said| raw_html::decode_entities(said.value));
        let bare = || href.split_once("://").map_or(href.as_str(), |(_, bare)| bare).to_owned();
        let words = said.filter(|said| !said.trim().is_empty()).unwrap_or_else(bare);
        let link =
            format!("<a class=\"{class}\" href=\"{}\">{}</a>", escape(&href), escape(&words));
        Some((end, link))
    }

    /// Returns what stands instead of a picture that is not there or that another site has: the same as for those of Markdown.
    fn instead_of_picture(&self, tags: &[Tag<'_>], at: usize) -> Option<(usize, String)> {
        let tag = &tags[at];
        let is_set = tag.name == "picture";
        if tag.is_end || !self.cleans {
            return None;
        }
        let length =
            match tags[at..].iter().position(|other| other.is_end && other.name == "picture") {
                Some(end) if is_set => end + 1,
                _ => 1,
            };
        let tags = &tags[at..at + length];
        let image = tags.iter().find(|tag| tag.name == "img")?;
        let value = |name: &str| {
            let attribute = image.attribute(name)?;
            Some(raw_html::decode_entities(attribute.value))
        };
        let dest = value("src")?;
        let is_there = |tag: &Tag<'_>| {
            tag.addresses()
                .iter()
                .any(|address| address.role == Role::Shows && self.raw_href(address).is_some())
        };
        if tags.iter().any(is_there) {
            return None;
        }
        let picture = Picture {
            form: Form::HtmlImage,
            dest: &dest,
            text: &value("alt").unwrap_or_default(),
            title: &value("title").unwrap_or_default(),
            in_link: self.in_link > 0 || self.raw_open.get("a").is_some_and(|open| *open > 0),
            wanted: None,
        };
        Some((at + length, picture.html(self.rendering)))
    }

    /// Returns whether a tag is kept: to clean elements in each other takes time that grows with the square of their depth.
    fn may_nest(&mut self, tag: &Tag<'_>) -> bool {
        if self.cleans && tag.nests() {
            let open = self.raw_open.entry(tag.name.clone()).or_default();
            // An end without a beginning ends nothing.
            if tag.is_end && *open > 0 {
                *open -= 1;
                self.raw_depth -= 1;
            } else if !tag.is_end && self.raw_depth >= DEPTH {
                return false;
            } else if !tag.is_end {
                *open += 1;
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

    /// Returns what a picture lacks: its size, its smaller versions, that it may wait until a reader comes near, and that it says
    /// nothing if it has no words; where nothing is cleaned, what an author wrote says that itself.
    fn about_picture(&mut self, tag: &Tag<'_>, dest: &str) -> String {
        let hrefs = self.rendering.hrefs;
        let has = |name: &str| tag.attribute(name).is_some();
        let mut about = String::new();
        if !has("loading") {
            about.push_str(" loading=\"lazy\"");
        }
        if self.cleans && !has("alt") {
            about.push_str(" alt=\"\"");
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
