//! From tokens to HTML. The only place of a difference where the words of authors become HTML, each escaped.

use std::ops::Range;

use crate::base::text::escape;

use super::DifferenceWords;
use super::leaf::{Style, Token, TokenSort};
use super::run::Run;
use super::slot;

/// What is said of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    Removed,
    Added,
}

impl Mark {
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::None => "span",
            Self::Removed => "del",
            Self::Added => "ins",
        }
    }

    /// Returns the class of a block that came or went as a whole.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Removed => "gone",
            Self::Added => "new",
        }
    }

    pub(super) fn run(self, range: Range<usize>) -> Run {
        match self {
            Self::None => Run::Same(range),
            Self::Removed => Run::Removed(range),
            Self::Added => Run::Added(range),
        }
    }

    fn of(run: &Run) -> Self {
        match run {
            Run::Same(_) => Self::None,
            Run::Removed(_) => Self::Removed,
            Run::Added(_) => Self::Added,
        }
    }
}

/// Writes tokens.
pub(super) struct Inline<'i> {
    html: &'i mut String,
    words: &'i DifferenceWords,
}

impl<'i> Inline<'i> {
    pub(super) fn new(html: &'i mut String, words: &'i DifferenceWords) -> Self {
        Self { html, words }
    }

    /// Writes runs of two rows of tokens.
    pub(super) fn runs(&mut self, old: &[Token], new: &[Token], runs: &[Run]) {
        let tokens = |run: &Run| match run {
            Run::Removed(range) => &old[range.clone()],
            Run::Same(range) | Run::Added(range) => &new[range.clone()],
        };
        for (at, run) in runs.iter().enumerate() {
            let tokens = tokens(run);
            let Some(first) = tokens.first() else { continue };
            let has_space = at > 0 && !first.is_glued;
            let mark = Mark::of(run);
            // Before a comma the space goes with the word that went.
            let is_alone = !matches!(at.checked_sub(1).map(|at| &runs[at]), Some(Run::Removed(_)));
            let next = runs.get(at + 1).filter(|next| matches!(next, Run::Same(_)));
            let is_inside = mark != Mark::None
                && is_alone
                && next.is_some_and(|next| new[next.range().start].is_glued);
            if has_space && !is_inside {
                self.html.push(' ');
            }
            self.open(mark);
            if has_space && is_inside {
                self.html.push(' ');
            }
            self.tokens(tokens, mark);
            self.close(mark);
        }
    }

    /// Writes one side of a line of code, with its own words marked in it. The other side's are left out.
    pub(super) fn verbatim(&mut self, old: &[Token], new: &[Token], side: Mark, runs: &[Run]) {
        let is_whole = runs.len() == 1;
        for run in runs {
            let mark = Mark::of(run);
            if mark != Mark::None && mark != side {
                continue;
            }
            let tokens = if mark == Mark::Removed { old } else { new };
            let is_marked = mark == side && mark != Mark::None && !is_whole;
            self.html.push_str(if is_marked { "<mark>" } else { "" });
            tokens[run.range().clone()].iter().for_each(|token| self.shown(&token.text));
            self.html.push_str(if is_marked { "</mark>" } else { "" });
        }
    }

    /// Writes what is told only where it changes.
    pub(super) fn aside(&mut self, tokens: &[Token], side: Mark) {
        tokens.iter().for_each(|token| self.token(token, side));
    }

    fn open(&mut self, mark: Mark) {
        if mark != Mark::None {
            self.html.push_str(&format!("<{}>", mark.tag()));
            self.hidden(mark);
        }
    }

    fn close(&mut self, mark: Mark) {
        if mark != Mark::None {
            self.html.push_str(&format!("</{}>", mark.tag()));
        }
    }

    /// Says for screen readers what follows.
    pub(super) fn hidden(&mut self, mark: Mark) {
        let word = match mark {
            Mark::None => return,
            Mark::Removed => &self.words.deleted,
            Mark::Added => &self.words.inserted,
        };
        self.html.push_str(&format!("<span class=\"sr\">{} </span>", escape(word)));
    }

    /// Says something of Polder's own.
    pub(super) fn note(&mut self, word: &str) {
        self.html.push_str(&format!("<span class=\"note\">{} </span>", escape(word)));
    }

    fn tokens(&mut self, tokens: &[Token], mark: Mark) {
        let mut style = Style::default();
        for (at, token) in tokens.iter().enumerate() {
            let has_space = at > 0 && !token.is_glued;
            if token.style != style {
                self.styles(style, Style::default());
                self.html.push_str(if has_space { " " } else { "" });
                self.styles(Style::default(), token.style);
                style = token.style;
            } else if has_space {
                self.html.push(' ');
            }
            self.token(token, mark);
        }
        self.styles(style, Style::default());
    }

    /// Ends the tags of one style, or begins those of another.
    fn styles(&mut self, ends: Style, begins: Style) {
        for (style, _, end) in Style::TAGS.iter().rev() {
            self.html.push_str(if ends.has(*style) { end } else { "" });
        }
        for (style, begin, _) in Style::TAGS {
            self.html.push_str(if begins.has(style) { begin } else { "" });
        }
    }

    fn token(&mut self, token: &Token, mark: Mark) {
        match token.sort {
            TokenSort::Text => self.shown(&token.text),
            TokenSort::Break => self.html.push_str("<br>"),
            TokenSort::Picture => {
                let (shown, place) = slot::parted(&token.text);
                let place = match mark {
                    Mark::None => String::new(),
                    Mark::Removed | Mark::Added => slot::place(place, mark == Mark::Removed),
                };
                self.named(&place, &self.words.picture, shown);
            }
            TokenSort::Embed => self.named("", &self.words.embed, &token.text),
            TokenSort::Address | TokenSort::Aligned(_) | TokenSort::Markup
                if mark == Mark::None => {}
            TokenSort::Aligned(side) => {
                let side = self.words.aligned.get(usize::from(side)).map_or("", String::as_str);
                self.html.push_str(&format!("<span class=\"address\"> ({})</span>", escape(side)));
            }
            TokenSort::Address => {
                self.html.push_str("<span class=\"address\"> → ");
                self.shown(&token.text);
                self.html.push_str("</span>");
            }
            TokenSort::Markup => {
                self.html.push_str("<code class=\"markup\">");
                self.shown(&token.text);
                self.html.push_str("</code>");
            }
            TokenSort::Task(is_done) => {
                let label = escape(&self.words.task[usize::from(!is_done)]);
                let sign = if is_done { '☑' } else { '☐' };
                self.html.push_str(&format!(
                    "<span class=\"box\" role=\"img\" aria-label=\"{label}\">{sign}</span> "
                ));
            }
            TokenSort::Reference => {
                self.html.push_str("<sup class=\"ref\">[");
                self.shown(&token.text);
                self.html.push_str("]</sup>");
            }
        }
    }

    /// Names something that is not shown here, but in its place if it has one.
    fn named(&mut self, place: &str, what: &str, text: &str) {
        self.html.push_str("<span class=\"picture\">");
        self.html.push_str(place);
        self.note(what);
        self.shown(text);
        self.html.push_str("</span>");
    }

    /// Writes a text, with what turns its direction shown instead of obeyed.
    pub(super) fn shown(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
            return self.html.push_str(text);
        }
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    shown.push_str(&format!("⟨U+{:04X}⟩", c as u32));
                }
                '\r' => shown.push('␍'),
                c if c.is_control() && c != '\t' => shown.push('\u{fffd}'),
                other => shown.push(other),
            }
        }
        self.html.push_str(&escape(&shown));
    }
}
