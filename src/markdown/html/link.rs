//! Links, pictures, embedded pages and mentions: what leads to something else.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::base::text::escape;

use super::super::dialect::Insert;
use super::super::outline::{Form, is_wiki};
use super::super::picture::Picture;
use super::super::piece::Piece;
use super::super::rendering::{Href, missing_link};
use super::super::{keyboard, mention};
use super::{Rest, Writer, text_to};

impl<'t> Writer<'_, 't> {
    pub(super) fn start_link(&mut self, link_type: LinkType, dest: &str, title: &str) {
        self.in_link += 1;
        let form = if is_wiki(link_type) { Form::Wiki } else { Form::Link };
        let dest: Cow<'_, str> = match link_type {
            LinkType::Email => format!("mailto:{dest}").into(),
            _ => dest.into(),
        };
        if let Some((_, _, tag)) = self
            .last_link
            .as_ref()
            .filter(|(last, to, _)| title.is_empty() && *last == form && *to == *dest)
        {
            let tag = tag.clone();
            self.html(tag);
            return;
        }
        let tag = self.link_tag(form, &dest, title);
        if title.is_empty() {
            self.last_link = Some((form, dest.into_owned(), tag.clone()));
        }
        self.html(tag);
    }

    /// Returns the tag that opens a link.
    fn link_tag(&self, form: Form, dest: &str, title: &str) -> String {
        let title =
            if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        match self.rendering.hrefs.href(form, dest) {
            Href::Site(href) => format!("<a href=\"{}\"{title}>", escape(&href)),
            Href::External(href) => {
                format!("<a class=\"external\" href=\"{}\"{title}>", escape(&href))
            }
            Href::Missing(told) => missing_link(told.as_deref(), &self.rendering.words.missing),
            Href::Text => format!("<a{title}>"),
        }
    }

    pub(super) fn image(
        &mut self,
        link_type: LinkType,
        dest: &str,
        title: &str,
        at: usize,
        rest: &mut Rest<'_, 't>,
    ) {
        let text = text_to(rest, |tag| matches!(tag, TagEnd::Image));
        let form = if is_wiki(link_type) { Form::WikiEmbed } else { Form::Image };
        if let Some(embedded) = is_wiki(link_type).then(|| self.rendering.hrefs.embed(at)).flatten()
        {
            self.own(embedded);
            return;
        }
        let in_link = self.in_link > 0;
        let wanted = match rest.as_slice().first() {
            Some((Piece::Insert(Insert::Size(Some(width), height)), _)) => Some((*width, *height)),
            _ => None,
        };
        let picture = Picture { form, dest, text: &text, title, in_link, wanted };
        match picture.player(self.rendering) {
            Some(html) => self.own(html),
            None => {
                let html = picture.html(self.rendering);
                self.own(html);
            }
        }
    }

    /// Writes a paragraph that holds nothing but an embedded page without the paragraph around it.
    pub(super) fn embed_alone(&mut self, rest: &mut Rest<'_, 't>) -> bool {
        let mut ahead = rest.clone();
        let Some((Piece::Markdown(Event::Start(Tag::Image { link_type, .. })), span)) =
            ahead.next()
        else {
            return false;
        };
        if !is_wiki(*link_type) {
            return false;
        }
        text_to(&mut ahead, |tag| matches!(tag, TagEnd::Image));
        if !matches!(ahead.next(), Some((Piece::Markdown(Event::End(TagEnd::Paragraph)), _))) {
            return false;
        }
        let Some(embedded) = self.rendering.hrefs.embed(span.start) else { return false };
        self.own(embedded);
        *rest = ahead;
        true
    }

    /// Writes running text: its short codes as emoji and keys, its mentions as links.
    pub(super) fn prose(&mut self, text: &CowStr<'t>) {
        let has_terms = self.in_link == 0 && self.has_terms();
        if !has_terms && !text.contains([':', '+', '@']) {
            self.written.push_back(Event::Text(text.clone()));
            return;
        }
        let text = keyboard::with_emoji(text);
        let mut from = 0;
        while let Some((range, names)) = keyboard::keys(&text[from..]) {
            self.words(&text[from..from + range.start]);
            let keys: Vec<String> =
                names.iter().map(|name| format!("<kbd>{}</kbd>", escape(name))).collect();
            self.html(keys.join("+"));
            from += range.end;
        }
        self.words(&text[from..]);
    }

    fn words(&mut self, text: &str) {
        if self.in_link > 0 {
            self.written.push_back(Event::Text(text.to_owned().into()));
            return;
        }
        let mut shown = 0;
        for (at, name) in mention::names(text) {
            let Some((href, full_name)) = self.rendering.hrefs.mention(name) else { continue };
            self.with_terms(&text[shown..at]);
            let (href, full_name) = (escape(&href), escape(&full_name));
            self.html(format!("<a href=\"{href}\">{full_name}</a>"));
            shown = at + 1 + name.len();
        }
        self.with_terms(&text[shown..]);
    }
}
