//! From what is told to HTML.

use std::ops::Range;

use super::DifferenceWords;
use super::container::Frames;
use super::fold::{Skipped, folds};
use super::inline::{Inline, Mark};
use super::leaf::{Leaf, Shape, Token, TokenSort};
use super::run::{Cell, Run};
use super::told::{Story, Told};

/// Writes a difference as HTML.
pub(super) struct Writer<'s> {
    story: &'s Story,
    words: &'s DifferenceWords,
    html: String,
    frames: Frames,
    /// The number of the change whose first block is written next, if it is to have an id.
    id: Option<usize>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(story: &'s Story, words: &'s DifferenceWords) -> Self {
        Self { story, words, html: String::new(), frames: Frames::default(), id: None }
    }

    /// Writes what changed and what is near, with what is not shown before it; returns what is not shown after it too. `changes`
    /// is how many changes were written before.
    pub(super) fn changed(self, skipped: Skipped, changes: usize) -> (String, Skipped) {
        let folds = folds(self.story);
        self.without(folds, skipped, changes)
    }

    /// Writes everything.
    #[cfg(test)]
    pub(super) fn whole(self) -> String {
        self.without(Vec::new(), Skipped::default(), 0).0
    }

    fn without(
        mut self,
        folds: Vec<Range<usize>>,
        mut skipped: Skipped,
        mut changes: usize,
    ) -> (String, Skipped) {
        let told = &self.story.told;
        let mut folds = folds.into_iter().peekable();
        let mut at = 0;
        while at < told.len() {
            if let Some(fold) = folds.next_if(|fold| fold.start == at) {
                skipped.add(Skipped::of(self.story, &told[fold.clone()]));
                at = fold.end;
                continue;
            }
            if skipped.parts > 0 {
                self.frames.close_all(&mut self.html);
                self.html.push_str(&self::skipped(&std::mem::take(&mut skipped), self.words));
            }
            let goes_on = at > 0 && told[at - 1].how().is_some();
            if told[at].how().is_some() && !goes_on {
                changes += 1;
                self.id = Some(changes);
            }
            self.told(&told[at]);
            at += 1;
        }
        self.frames.close_all(&mut self.html);
        (self.html, skipped)
    }

    /// Writes what changed and nothing else.
    pub(super) fn brief(mut self) -> String {
        let mut under = self.story.under.clone();
        let mut named = String::new();
        for told in &self.story.told {
            let leaf = self.story.leaf(told);
            let is_heading = matches!(leaf.shape, Shape::Heading(_));
            if is_heading {
                under = leaf.text();
            }
            if told.how().is_none() {
                self.frames.close_all(&mut self.html);
                continue;
            }
            if !is_heading && under != named {
                self.frames.close_all(&mut self.html);
                self.html.push_str("<p><b>");
                Inline::new(&mut self.html, self.words).shown(&under);
                self.html.push_str("</b></p>\n");
            }
            named.clone_from(&under);
            self.told(told);
            if self.html.len() > super::BRIEF {
                break;
            }
        }
        self.frames.close_all(&mut self.html);
        self.html
    }

    fn told(&mut self, told: &Told) {
        let (story, words) = (self.story, self.words);
        let (old, new) = match *told {
            Told::Same(old, new) | Told::Marked(old, new, _) => {
                (Some(&story.old[old]), Some(&story.new[new]))
            }
            Told::Rewritten(old, new) => {
                self.told(&Told::Removed(old));
                return self.told(&Told::Added(new));
            }
            Told::Removed(old) => (Some(&story.old[old]), None),
            Told::Added(new) => (None, Some(&story.new[new])),
        };
        self.frames.enter(old, new, words, &mut self.html);
        match (told, old, new) {
            (Told::Marked(_, _, cells), Some(old), Some(new)) => self.marked(old, new, cells),
            (_, Some(_), Some(leaf)) => self.leaf(leaf, Mark::None),
            (_, Some(leaf), None) => self.leaf(leaf, Mark::Removed),
            (_, None, Some(leaf)) => self.leaf(leaf, Mark::Added),
            (_, None, None) => {}
        }
    }

    /// Writes a leaf that stayed, came or went as a whole.
    fn leaf(&mut self, leaf: &Leaf, mark: Mark) {
        let whole = |cell: usize| vec![mark.run(seen(&leaf.cells[cell]))];
        match leaf.shape {
            Shape::Row { is_head } => {
                self.start("tr", mark.class());
                for cell in 0..leaf.cells.len() {
                    self.cell(is_head, &whole(cell), leaf, leaf, (cell, cell));
                }
                self.html.push_str("</tr>\n");
            }
            Shape::Line => self.line((leaf, leaf), mark, &whole(0)),
            Shape::Info => {}
            Shape::Rule => {
                self.start("div", mark.class());
                Inline::new(&mut self.html, self.words).hidden(mark);
                self.html.push_str("<hr></div>\n");
            }
            Shape::Paragraph | Shape::Heading(_) | Shape::Term => {
                self.start(tag(leaf.shape), &class(leaf.shape, mark.class()));
                Inline::new(&mut self.html, self.words).runs(
                    &leaf.cells[0],
                    &leaf.cells[0],
                    &whole(0),
                );
                self.end(tag(leaf.shape));
            }
        }
    }

    /// Writes a leaf some words of which are others.
    fn marked(&mut self, old: &Leaf, new: &Leaf, cells: &[Cell]) {
        match new.shape {
            Shape::Row { is_head } => {
                self.start("tr", "changed");
                for cell in cells {
                    self.changed_cell(is_head, old, new, cell);
                }
                self.html.push_str("</tr>\n");
            }
            Shape::Line => {
                let Some(Cell::Marked(_, _, runs)) = cells.first() else { return };
                self.line((old, new), Mark::Removed, runs);
                self.line((old, new), Mark::Added, runs);
            }
            Shape::Info => {
                self.info(old, Mark::Removed);
                self.info(new, Mark::Added);
            }
            shape => {
                let Some(Cell::Marked(_, _, runs)) = cells.first() else { return };
                self.start(tag(shape), &class(shape, "changed"));
                let mut inline = Inline::new(&mut self.html, self.words);
                if runs.iter().all(|run| matches!(run, Run::Same(_))) {
                    inline.note(&self.words.set);
                }
                inline.runs(&old.cells[0], &new.cells[0], runs);
                self.end(tag(shape));
            }
        }
    }

    fn changed_cell(&mut self, is_head: bool, old: &Leaf, new: &Leaf, cell: &Cell) {
        let all = |leaf: &Leaf, at: usize| seen(&leaf.cells[at]);
        match cell {
            Cell::Marked(from, to, runs) => self.cell(is_head, runs, old, new, (*from, *to)),
            Cell::Replaced(from, to) => {
                let runs = [Run::Removed(all(old, *from)), Run::Added(all(new, *to))];
                self.cell(is_head, &runs, old, new, (*from, *to));
            }
            Cell::Removed(at) => {
                self.cell(is_head, &[Run::Removed(all(old, *at))], old, old, (*at, *at));
            }
            Cell::Added(at) => {
                self.cell(is_head, &[Run::Added(all(new, *at))], new, new, (*at, *at));
            }
        }
    }

    fn cell(
        &mut self,
        is_head: bool,
        runs: &[Run],
        old: &Leaf,
        new: &Leaf,
        (from, to): (usize, usize),
    ) {
        let tag = if is_head { "th" } else { "td" };
        self.html.push_str(&format!("<{tag}>"));
        Inline::new(&mut self.html, self.words).runs(&old.cells[from], &new.cells[to], runs);
        self.html.push_str(&format!("</{tag}>"));
    }

    /// Writes one side of a line of code. What makes it another line is marked in it.
    fn line(&mut self, (old, new): (&Leaf, &Leaf), side: Mark, runs: &[Run]) {
        if side != Mark::None {
            self.start(side.tag(), "line");
        }
        let mut inline = Inline::new(&mut self.html, self.words);
        inline.hidden(side);
        inline.verbatim(&old.cells[0], &new.cells[0], side, runs);
        let end = if side == Mark::None { "\n".to_owned() } else { format!("</{}>\n", side.tag()) };
        self.html.push_str(&end);
    }

    /// Writes what stood or stands behind the fence of a code block.
    fn info(&mut self, leaf: &Leaf, side: Mark) {
        if leaf.cells[0].is_empty() {
            return;
        }
        self.start(side.tag(), "line");
        let mut inline = Inline::new(&mut self.html, self.words);
        inline.hidden(side);
        inline.aside(&leaf.cells[0], side);
        self.html.push_str(&format!("</{}>\n", side.tag()));
    }

    fn start(&mut self, tag: &str, class: &str) {
        self.html.push('<');
        self.html.push_str(tag);
        if let Some(change) = self.id.take() {
            self.html.push_str(&format!(" id=\"change-{change}\""));
        }
        if !class.is_empty() {
            self.html.push_str(&format!(" class=\"{class}\""));
        }
        self.html.push('>');
    }

    fn end(&mut self, tag: &str) {
        self.html.push_str(&format!("</{tag}>\n"));
    }
}

/// Returns what is told of tokens that came or went as a whole: to which side a column is set only where that is another.
fn seen(tokens: &[Token]) -> Range<usize> {
    let is_aside = |token: &&Token| matches!(token.sort, TokenSort::Aligned(_));
    0..tokens.len() - tokens.iter().rev().take_while(is_aside).count()
}

/// Says how much is not shown, and under which headings.
pub(super) fn skipped(skipped: &Skipped, words: &DifferenceWords) -> String {
    if skipped.parts == 0 {
        return String::new();
    }
    let colon = if skipped.headings.is_empty() { "" } else { ": " };
    let label = format!("{} {}{colon}{}", skipped.parts, words.unchanged, skipped.named());
    let mut html = String::from("<p class=\"fold\">");
    Inline::new(&mut html, words).shown(&label);
    html + "</p>\n"
}

/// Returns the element of a leaf. Headings of the text are all one level below the page's parts: which of them are shown depends on
/// what changed, and no level may be left out.
fn tag(shape: Shape) -> &'static str {
    match shape {
        Shape::Heading(_) => "h3",
        Shape::Term => "dt",
        _ => "p",
    }
}

/// Returns the classes of a leaf; headings below a part of the text are told from those of parts.
fn class(shape: Shape, mark: &str) -> String {
    match shape {
        Shape::Heading(3..) => format!("deep {mark}").trim_end().to_owned(),
        _ => mark.to_owned(),
    }
}
