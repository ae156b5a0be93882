//! From what stands in a line to tokens.

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use super::super::outline::is_wiki;
use super::super::raw_html;
use super::leaf::{Style, Token, TokenSort};
use super::plain;
use super::slot;
use crate::base::SourcePath;

/// The tokens of a paragraph, a heading or a cell, as they are read.
#[derive(Debug, Default)]
pub(super) struct Line {
    tokens: Vec<Token>,
    style: Style,
    /// Whether a space was read since the last token.
    has_space: bool,
    /// The links at hand.
    addresses: Vec<Address>,
    /// The picture at hand.
    picture: Option<Address>,
}

/// Where something leads, or is.
#[derive(Debug, Default)]
struct Address {
    dest: String,
    title: String,
    is_wiki: bool,
    /// How many tokens there were before its text.
    start: usize,
}

impl Address {
    /// Returns what is told of it where it changes.
    fn told(&self) -> String {
        if self.title.is_empty() {
            self.dest.clone()
        } else {
            format!("{} “{}”", self.dest, self.title)
        }
    }

    /// Returns whether it is a page, or a part of one, and no picture.
    fn is_page(&self) -> bool {
        let path = self.dest.split('#').next().unwrap_or_default();
        let path = SourcePath::new(path);
        self.is_wiki && (path.is_markdown() || path.extension().is_empty())
    }
}

impl Line {
    /// Returns the tokens of a line of code: every sign counts, spaces too.
    pub(super) fn verbatim(text: &str) -> Self {
        let token = |text: &str| Token {
            sort: TokenSort::Text,
            text: Token::owned(text),
            style: Style::default(),
            is_glued: true,
        };
        let tokens = if text.is_ascii() {
            plain::pieces(text).map(token).collect()
        } else {
            text.split_word_bounds().map(token).collect()
        };
        Self { tokens, ..Self::default() }
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
            Tag::Link { link_type, dest_url, title, .. } => {
                let address = self.address(*link_type, dest_url, title);
                self.addresses.push(address);
                self.style = self.style.with(Style::LINK);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let address = self.address(*link_type, dest_url, title);
                self.picture.get_or_insert(address);
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
                let address = self.addresses.pop().unwrap_or_default();
                if self.addresses.is_empty() {
                    self.style = self.style.without(Style::LINK);
                }
                let text = self.tokens.iter().skip(address.start).map(|token| &*token.text);
                // A bare address says itself where it leads.
                if text.collect::<String>() != address.told() {
                    self.glued(TokenSort::Address, &address.told());
                }
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::Strong => self.style = self.style.without(Style::STRONG),
            TagEnd::Emphasis => self.style = self.style.without(Style::EMPHASIS),
            TagEnd::Strikethrough => self.style = self.style.without(Style::STRUCK),
            _ => {}
        }
    }

    fn address(&self, link_type: LinkType, dest: &str, title: &str) -> Address {
        Address {
            dest: dest.to_owned(),
            title: title.to_owned(),
            is_wiki: is_wiki(link_type),
            start: self.tokens.len(),
        }
    }

    /// Makes one token of a picture and one of its address.
    fn end_picture(&mut self) {
        let Some(address) = self.picture.take() else { return };
        let mut shown = String::new();
        for token in self.tokens.drain(address.start.min(self.tokens.len())..) {
            if !shown.is_empty() && !token.is_glued {
                shown.push(' ');
            }
            shown.push_str(&token.text);
        }
        // `![[map.png|300]]` says how wide it is to be.
        let is_size = |c: char| c.is_ascii_digit() || c == 'x';
        if address.is_wiki && !shown.is_empty() && shown.chars().all(is_size) {
            self.push(TokenSort::Picture, &slot::held(&address.dest, &address.dest, true));
            return self.aside(&shown);
        }
        if address.is_page() {
            self.push(TokenSort::Embed, &shown);
        } else {
            let held = slot::held(&shown, &address.dest, address.is_wiki);
            self.push(TokenSort::Picture, &held);
        }
        if shown != address.told() {
            self.glued(TokenSort::Address, &address.told());
        }
    }

    /// Takes what is not seen of what stands before it: told only where it changes.
    pub(super) fn aside(&mut self, text: &str) {
        self.glued(TokenSort::Markup, text);
    }

    /// Takes how large the picture before it is to be.
    pub(super) fn size(&mut self, width: Option<String>, height: Option<String>) {
        match (width, height) {
            (Some(width), Some(height)) => self.aside(&format!("{width} × {height}")),
            (Some(width), None) => self.aside(&width),
            (None, Some(height)) => self.aside(&format!("× {height}")),
            (None, None) => {}
        }
    }

    /// Takes to which side a column is set.
    pub(super) fn aligned(&mut self, alignment: Alignment) {
        let side = match alignment {
            Alignment::None => return,
            Alignment::Left => 0,
            Alignment::Center => 1,
            Alignment::Right => 2,
        };
        self.glued(TokenSort::Aligned(side), "");
    }

    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            plain::pieces(text).for_each(|piece| self.piece(piece));
        } else {
            text.split_word_bounds().for_each(|piece| self.piece(piece));
        }
    }

    /// Takes a word, a sign or a space.
    fn piece(&mut self, piece: &str) {
        if piece.trim().is_empty() {
            self.has_space = true;
        } else {
            self.push(TokenSort::Text, piece);
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
        let value = |name: &str| {
            let attribute = tags.iter().find_map(|tag| tag.attribute(name));
            attribute.map(|it| raw_html::decode_entities(it.value)).unwrap_or_default()
        };
        let address = Address { dest: value("src"), title: value("title"), ..Address::default() };
        self.push(TokenSort::Picture, &slot::held(&value("alt"), &address.dest, false));
        self.glued(TokenSort::Address, &address.told());
        let length = |name: &str| Some(value(name)).filter(|it: &String| !it.is_empty());
        self.size(length("width"), length("height"));
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
        let token = Token { sort, text: Token::owned(text), style: self.style, is_glued };
        self.tokens.push(token);
    }

    /// Adds what readers do not see, which has no space before it and none behind it.
    fn glued(&mut self, sort: TokenSort, text: &str) {
        let style = Style::default();
        self.tokens.push(Token { sort, text: Token::owned(text), style, is_glued: true });
    }
}
