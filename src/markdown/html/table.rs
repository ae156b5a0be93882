//! Tables: in a region that scrolls, cells aligned by class.

use pulldown_cmark::{Alignment, Event, Tag};

use super::super::code::escape;
use super::Writer;

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment]) {
        let label = escape(&format!("{} {}", self.rendering.words.table, self.heading_text));
        let label = label.trim_end();
        self.html(format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
        ));
        // The writer would align cells by `style`, which a strict policy forbids.
        self.written.push(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
        self.alignments = alignments.to_vec();
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
