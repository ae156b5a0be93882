//! Tables: in a region that scrolls, cells aligned by class.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::base::text::escape;

use super::super::piece::Piece;
use super::{Rest, Writer};

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        let label = escape(&format!("{} {}", self.rendering.words.table, self.heading_text));
        let label = label.trim_end();
        self.html(format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
        ));
        // The writer would align cells by `style`, which a strict policy forbids.
        self.written.push_back(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
        self.alignments = alignments.to_vec();
    }

    /// Ends the head. A table may have nothing else, and then has no body either.
    pub(super) fn end_head(&mut self, rest: &Rest<'_, '_>) {
        if matches!(rest.clone().next(), Some((Piece::Markdown(Event::End(TagEnd::Table)), _))) {
            self.has_rows = false;
            self.html("</tr></thead>\n".to_owned());
        } else {
            self.has_rows = true;
            self.written.push_back(Event::End(TagEnd::TableHead));
        }
    }

    pub(super) fn end_table(&mut self) {
        if self.has_rows {
            self.written.push_back(Event::End(TagEnd::Table));
            self.html("</div>\n".to_owned());
        } else {
            self.html("</table></div>\n".to_owned());
        }
    }

    pub(super) fn start_cell(&mut self) {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => "align-left",
            Some(Alignment::Center) => "align-center",
            Some(Alignment::Right) => "align-right",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        let tag = if self.in_head { "th" } else { "td" };
        match class {
            "" => self.html(format!("<{tag}>")),
            class => self.html(format!("<{tag} class=\"{class}\">")),
        }
    }
}
