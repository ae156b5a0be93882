//! Headings, each with an id and a link to itself.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::base::text::escape;

use super::super::piece::Piece;
use super::super::raw_html;
use super::super::rendering::fragment;
use super::{Rest, Writer};

impl<'t> Writer<'_, 't> {
    pub(super) fn start_heading(&mut self, level: u8, rest: &mut Rest<'_, 't>) {
        let heading = self.rendering.outline.headings.get(self.heading);
        self.heading_text = heading.map_or(String::new(), |heading| heading.text.clone());
        if self.rendering.drop_title && self.heading == 0 {
            self.heading += 1;
            // The page shows the title itself; links to its heading still arrive.
            if let Some(heading) = heading.filter(|_| self.rendering.inside.is_none()) {
                let former = self.former_anchors(&heading.anchor);
                self.html(format!("<span id=\"{}\"></span>{former}\n", escape(&heading.anchor)));
            }
            self.pictures_of_title(rest);
            return;
        }
        if level <= 2 {
            self.begin_section();
        }
        self.in_heading = true;
        let level = self.rendering.shown_level(level);
        match heading {
            Some(heading) if self.rendering.keeps_id(&heading.anchor) => {
                let anchor = escape(&heading.anchor);
                let former = self.former_anchors(&heading.anchor);
                self.html(format!("<h{level} id=\"{anchor}\">{former}"));
            }
            _ => self.html(format!("<h{level}>")),
        }
    }

    /// Writes the pictures in a title that the page shows itself: it shows the words.
    fn pictures_of_title(&mut self, rest: &mut Rest<'_, 't>) {
        let mut is_first = true;
        while let Some((piece, span)) = rest.next() {
            match piece {
                Piece::Markdown(Event::End(TagEnd::Heading(_))) => break,
                Piece::Markdown(Event::Start(Tag::Image {
                    link_type, dest_url, title, ..
                })) => {
                    self.html(if std::mem::take(&mut is_first) { "<p>" } else { " " }.to_owned());
                    self.image(*link_type, dest_url, title, span.start, rest);
                }
                Piece::Markdown(Event::InlineHtml(html)) if shows_picture(html) => {
                    self.html(if std::mem::take(&mut is_first) { "<p>" } else { " " }.to_owned());
                    self.raw(html);
                }
                _ => {}
            }
        }
        if !is_first {
            self.html("</p>\n".to_owned());
        }
    }

    /// Returns the places where links arrive that were made when the heading had another text; on its own page only.
    fn former_anchors(&self, anchor: &str) -> String {
        if self.rendering.inside.is_some() {
            return String::new();
        }
        let former = self.rendering.hrefs.former_anchors(anchor).iter();
        former.map(|id| format!("<span id=\"{}\"></span>", escape(id))).collect()
    }

    pub(super) fn end_heading(&mut self, level: u8) {
        self.in_heading = false;
        let heading = self.rendering.outline.headings.get(self.heading);
        if let Some(heading) = heading.filter(|heading| self.rendering.keeps_id(&heading.anchor)) {
            let (href, words) = (escape(&fragment(&heading.anchor)), &self.rendering.words.link_to);
            let label = escape(&format!("{words} {}", heading.text));
            self.html(format!("<a class=\"anchor\" href=\"{href}\" aria-label=\"{label}\">#</a>"));
        }
        self.heading += 1;
        self.html(format!("</h{}>\n", self.rendering.shown_level(level)));
    }
}

fn shows_picture(html: &str) -> bool {
    raw_html::tags(html).iter().any(|tag| tag.name == "img")
}
