//! Lines that open a block with a name: `!!! note`, `:::note`, `> [!note]`, also behind the marker of a list item.

use super::super::super::container::Container;
use super::super::super::notice::Unsupported;
use super::super::line::Line;
use super::super::opening::{self, Name, Opening};
use super::level::{Before, Extent, Level};
use super::sign::{has_indented_line, is_githubs};
use super::{DEPTH, Reader};

impl<'b> Reader<'b, '_> {
    /// Opens the block that a line names.
    pub(super) fn opens(&mut self, line: Line<'b>, indent: usize) -> bool {
        let Some((extent, opened)) = self.named(line, indent) else { return false };
        if let Some(opened) = opened {
            self.open(line, indent, extent, opened);
        }
        true
    }

    /// Opens the block that is named behind the marker of a list item.
    pub(super) fn opens_item(&mut self, line: Line<'b>, inner: Line<'b>) -> bool {
        let column = self.top().lists.last().copied().unwrap_or_default();
        if inner.at == line.at || inner.indent() > 0 {
            return false;
        }
        let Some((extent, Some(opened))) = self.named(inner, column) else { return false };
        self.close_gap(line.start);
        let outer = self.top().prefix.clone();
        self.out.put(&outer, line.start);
        self.out.put(&" ".repeat(line.spare), line.start);
        self.out.copy(line.at..inner.at);
        self.top().before = Before::Other;
        self.enter(inner, extent, opened, format!("{outer}{}> ", " ".repeat(column)));
        true
    }

    /// Returns the block that a line names and how far it reaches, when its text begins at this column; no block for a line that
    /// is all there is of it.
    fn named(
        &mut self,
        line: Line<'b>,
        indent: usize,
    ) -> Option<(Extent<'b>, Option<Opening<'b>>)> {
        if self.levels.len() > DEPTH {
            return None;
        }
        let text = line.text();
        let body = self.body;
        if let Some(opened) =
            opening::indented(text, || has_indented_line(body, line.next, indent + 4))
        {
            return Some((Extent::Indented(indent), Some(opened)));
        }
        if !text.starts_with(":::") {
            return None;
        }
        let Some((marks, opened)) = opening::directive(text) else {
            let is_leaf = text.len() > 6 && text.ends_with(":::");
            if is_leaf {
                self.notices.add(Unsupported::Directive, line.place(text));
            }
            return is_leaf.then_some((Extent::Body, None));
        };
        if opened.container == Container::Plain {
            self.notices.add(Unsupported::Directive, line.place(text));
        }
        Some((Extent::Colons { marks, indent }, Some(opened)))
    }

    pub(super) fn open(
        &mut self,
        line: Line<'b>,
        indent: usize,
        extent: Extent<'b>,
        opened: Opening<'b>,
    ) {
        let from = line.place(line.text()).start;
        if self.top().before != Before::Blank {
            self.gap = true;
        }
        self.close_gap(from);
        let outer = self.top().prefix.clone();
        self.top().before = Before::Other;
        self.top().quotes = 0;
        self.out.put(&outer, from);
        self.out.put(&" ".repeat(indent), from);
        self.enter(line, extent, opened, format!("{outer}{}> ", " ".repeat(indent)));
    }

    /// Writes the mark and the title of a block; `prefix` stands before its lines.
    fn enter(&mut self, line: Line<'b>, extent: Extent<'b>, opened: Opening<'b>, prefix: String) {
        let from = line.place(line.text()).start;
        self.out.put(">", from);
        self.title(line, opened.title);
        self.containers.insert(from, opened.container);
        self.levels.push(Level::new(extent, prefix));
    }

    /// Writes the title of a block behind its `>`.
    fn title(&mut self, line: Line<'b>, title: Option<Name<'b>>) {
        let from = line.place(line.text()).start;
        match title {
            Some(Name::Written(title)) => {
                self.out.put(" # ", from);
                self.out.copy(line.place(title));
            }
            Some(Name::Kind(kind)) => self.out.put(&format!(" # {kind}"), from),
            None => {}
        }
        self.out.put("\n", line.end);
    }

    /// Opens the callout that begins a quote. Its lines are quotes already.
    pub(super) fn opens_quote(&mut self, line: Line<'b>, mut inner: Line<'b>) -> bool {
        let mut depth = 0;
        let (start, mut last) = (inner.at, inner.at);
        while inner.indent() < 4 && inner.rest().trim_start().starts_with('>') {
            inner.trim_start();
            last = inner.at;
            inner.advance(1);
            depth += 1;
        }
        let level = self.top();
        let is_first = depth > level.quotes;
        level.quotes = depth;
        if depth == 0 {
            level.quoted_fence = false;
            return false;
        }
        level.before = Before::Other;
        let text = inner.text();
        let was_blank = std::mem::replace(&mut level.quoted_blank, text.is_empty());
        if text.starts_with("```") || text.starts_with("~~~") {
            level.quoted_fence = !level.quoted_fence || is_first;
        }
        if !(is_first || was_blank) || level.quoted_fence || is_githubs(text) {
            return false;
        }
        if let (true, Some(opened)) = (line.at == start, opening::indented(text, || false)) {
            let prefix = format!("{}{}", self.top().prefix, "> ".repeat(depth));
            self.close_gap(line.start);
            self.out.put(&prefix, line.start);
            self.enter(inner, Extent::Quoted(depth), opened, format!("{prefix}> "));
            return true;
        }
        if !is_first {
            return false;
        }
        let Some(opened) = opening::callout(text) else { return false };
        self.close_gap(line.start);
        let prefix = self.top().prefix.clone();
        self.out.put(&prefix, line.start);
        self.out.put(&" ".repeat(line.spare), line.start);
        self.out.copy(line.at..last + 1);
        self.title(inner, opened.title);
        self.containers.insert(last, opened.container);
        true
    }
}
