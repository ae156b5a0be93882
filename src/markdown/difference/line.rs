//! From what stands in a line to tokens.

use pulldown_cmark::{Event, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::super::raw_html;
use super::leaf::{Style, Token, TokenSort};

/// The tokens of a paragraph, a heading or a cell, as they are read.
#[derive(Debug, Default)]
pub(super) struct Line {
    tokens: Vec<Token>,
    style: Style,
    /// Whether a space was read since the last token.
    has_space: bool,
    /// Where the links at hand lead, and how many tokens there were before their text.
    addresses: Vec<(String, usize)>,
    /// The picture at hand: where it is, and how many tokens there were before its text.
    picture: Option<(String, usize)>,
}

impl Line {
    /// Returns the tokens of a line of code: every sign counts, spaces too.
    pub(super) fn verbatim(text: &str) -> Self {
        let token = |text: &str| Token {
            sort: TokenSort::Text,
            text: text.to_owned(),
            style: Style::default(),
            is_glued: true,
        };
        Self { tokens: text.split_word_bounds().map(token).collect(), ..Self::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    pub(super) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.text(text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.with(Style::CODE, |line| line.text(text));
            }
            Event::SoftBreak => self.has_space = true,
            Event::HardBreak => self.push(TokenSort::Break, ""),
            Event::FootnoteReference(label) => self.push(TokenSort::Reference, label),
            Event::TaskListMarker(done) => self.push(TokenSort::Task(*done), ""),
            Event::InlineHtml(html) => self.html(html),
            _ => {}
        }
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                self.addresses.push((dest_url.to_string(), self.tokens.len()));
                self.style = self.style.with(Style::LINK);
            }
            Tag::Image { dest_url, .. } => {
                self.picture.get_or_insert((dest_url.to_string(), self.tokens.len()));
            }
            Tag::Strong => self.style = self.style.with(Style::STRONG),
            Tag::Emphasis => self.style = self.style.with(Style::EMPHASIS),
            Tag::Strikethrough => self.style = self.style.with(Style::STRUCK),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => {
                let (address, start) = self.addresses.pop().unwrap_or_default();
                if self.addresses.is_empty() {
                    self.style = self.style.without(Style::LINK);
                }
                let text = self.tokens.iter().skip(start).map(|token| token.text.as_str());
                // A bare address says itself where it leads.
                if text.collect::<String>() != address {
                    self.glued(TokenSort::Address, &address);
                }
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::Strong => self.style = self.style.without(Style::STRONG),
            TagEnd::Emphasis => self.style = self.style.without(Style::EMPHASIS),
            TagEnd::Strikethrough => self.style = self.style.without(Style::STRUCK),
            _ => {}
        }
    }

    /// Makes one token of a picture and one of its address.
    fn end_picture(&mut self) {
        let Some((dest, start)) = self.picture.take() else { return };
        let mut shown = String::new();
        for token in self.tokens.drain(start.min(self.tokens.len())..) {
            if !shown.is_empty() && !token.is_glued {
                shown.push(' ');
            }
            shown.push_str(&token.text);
        }
        self.push(TokenSort::Picture, &shown);
        self.glued(TokenSort::Address, &dest);
    }

    fn text(&mut self, text: &str) {
        for piece in text.split_word_bounds() {
            if piece.trim().is_empty() {
                self.has_space = true;
            } else {
                self.push(TokenSort::Text, piece);
            }
        }
    }

    /// Takes a tag of raw HTML for what readers see of it.
    fn html(&mut self, html: &str) {
        if html.starts_with("<!--") {
            return self.glued(TokenSort::Markup, html);
        }
        let is_end = html.starts_with("</");
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let style = match name.as_str() {
            "b" | "strong" => Style::STRONG,
            "i" | "em" => Style::EMPHASIS,
            "s" | "del" | "strike" => Style::STRUCK,
            "code" | "kbd" | "samp" => Style::CODE,
            "sup" => Style::RAISED,
            "sub" => Style::LOWERED,
            "br" => return self.push(TokenSort::Break, ""),
            "img" => return self.raw_picture(html),
            _ => return self.glued(TokenSort::Markup, html),
        };
        self.style = if is_end { self.style.without(style) } else { self.style.with(style) };
    }

    fn raw_picture(&mut self, html: &str) {
        let tags = raw_html::tags(html);
        let src = tags.iter().find_map(|tag| tag.attribute("src"));
        let src = src.map(|attribute| raw_html::decode_entities(attribute.value));
        self.push(TokenSort::Picture, "");
        self.glued(TokenSort::Address, &src.unwrap_or_default());
    }

    fn with(&mut self, style: Style, read: impl FnOnce(&mut Self)) {
        let before = self.style;
        self.style = before.with(style);
        read(self);
        self.style = before;
    }

    fn push(&mut self, sort: TokenSort, text: &str) {
        let is_glued = !self.has_space && !self.tokens.is_empty();
        self.has_space = false;
        let token = Token { sort, text: text.to_owned(), style: self.style, is_glued };
        self.tokens.push(token);
    }

    /// Adds what readers do not see, which has no space before it and none behind it.
    fn glued(&mut self, sort: TokenSort, text: &str) {
        let style = Style::default();
        self.tokens.push(Token { sort, text: text.to_owned(), style, is_glued: true });
    }
}
