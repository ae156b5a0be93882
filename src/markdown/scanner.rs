//! Finds what a text holds: one pass over its pieces.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::base::text::squeeze;

use super::anchor::Anchors;
use super::code::{Block, MATH};
use super::diagram::{Diagram, MERMAID};
use super::dialect::Insert;
use super::events::{Dialect, parse, read};
use super::fault::Fault;
use super::math::{self, Display};
use super::outline::{Form, Heading, Link, Outline, Section, fence_info, is_wiki, level_number};
use super::piece::{Piece, Spanned};
use super::raw_html::Role;
use super::sentence::{Passage, Sentence};
use super::{keyboard, language, mention, raw_html};

/// Finds what a body holds.
pub fn scan(body: &str, dialect: Dialect) -> Outline {
    let mut scanner = Scanner::default();
    let reading = read(body, dialect);
    for piece in parse(&reading, dialect) {
        scanner.take(piece);
    }
    let mut outline = scanner.finish();
    outline.notices = reading.notices;
    outline.blocks = reading.blocks;
    outline.abbreviations = reading.abbreviations;
    if outline.is_list_of_terms() {
        let terms = outline.abbreviations.iter();
        let lines: Vec<String> =
            terms.map(|(name, meaning)| format!("{name}: {meaning}")).collect();
        outline.sections.insert(0, Section { heading: None, text: lines.join("\n") });
    }
    outline
}

/// Returns the id that a heading of this text has if no other on its page has the same text.
pub fn heading_anchor(text: &str) -> String {
    let outline = scan(&format!("# {text}"), Dialect::default());
    outline.headings.first().map_or(String::new(), |heading| heading.anchor.clone())
}

#[derive(Default)]
struct Scanner {
    outline: Outline,
    anchors: Anchors,
    /// Every id so far that a fragment can lead to.
    ids: Vec<String>,
    /// The plain text of the block at hand, and the links in it with their bytes of that text.
    block: String,
    block_links: Vec<(usize, Range<usize>)>,
    open_links: Vec<(usize, usize)>,
    /// The labels of footnotes so far.
    noted: BTreeSet<String>,
    /// What is wrong with each formula, if anything is.
    formulas: HashMap<String, Option<String>>,
    open_heading: Option<(u8, Option<String>, usize)>,
    in_code: bool,
    code_info: String,
    /// Where the text begins, without headings and code: what its language is told by.
    prose: String,
}

impl Scanner {
    fn take(&mut self, (piece, span): Spanned<'_>) {
        match piece {
            Piece::Markdown(event) => self.markdown(event, span),
            Piece::Open(_) | Piece::Close(_) | Piece::OpenTitle(_) | Piece::CloseTitle(_) => {
                self.end_block(false);
            }
            Piece::Insert(Insert::Anchor(id)) => {
                self.ids.push(id);
            }
            Piece::Insert(Insert::Size(..)) | Piece::OpenMark | Piece::CloseMark => {}
        }
    }

    fn markdown(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => {
                if self.open_links.is_empty() && !self.in_code {
                    let names = mention::names(&text).map(|(_, name)| name.to_owned());
                    self.outline.mentions.extend(names);
                }
                self.block.push_str(&text);
            }
            Event::Code(text) => self.block.push_str(&text),
            Event::InlineMath(latex) => self.formula(&latex, Display::Inline, span),
            Event::DisplayMath(latex) => self.formula(&latex, Display::Block, span),
            Event::SoftBreak | Event::HardBreak => self.block.push(' '),
            Event::FootnoteReference(label) if self.noted.insert(label.to_string()) => {
                self.outline.footnotes.push(label.to_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, &span),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.end_block(false);
                self.open_heading =
                    Some((level_number(level), id.map(|id| id.to_string()), span.start));
            }
            Tag::Link { link_type, dest_url, .. } => {
                let form = if is_wiki(link_type) { Form::Wiki } else { Form::Link };
                match link_type {
                    LinkType::Email => self.open_link(form, &format!("mailto:{dest_url}"), span),
                    _ => self.open_link(form, &dest_url, span),
                }
            }
            Tag::Image { link_type, dest_url, .. } => {
                let form = if is_wiki(link_type) { Form::WikiEmbed } else { Form::Image };
                self.open_link(form, &dest_url, span);
            }
            Tag::CodeBlock(kind) => {
                self.end_block(false);
                self.in_code = true;
                self.code_info = fence_info(&kind).to_owned();
            }
            // Tight list items and table cells hold text without a paragraph around it.
            Tag::Item | Tag::TableCell | Tag::DefinitionListDefinition => self.end_block(false),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph => self.end_block(true),
            TagEnd::CodeBlock => {
                self.code(span);
                self.end_block(false);
                self.in_code = false;
            }
            TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.end_block(false),
            _ => {}
        }
    }

    fn code(&mut self, span: Range<usize>) {
        let block = Block::new(&self.code_info, self.block.clone());
        if block.language == MATH {
            self.check_formula(&block.text, Display::Block, span);
        } else if block.language == MERMAID {
            self.outline.diagrams.push(Diagram { source: block.text, span });
        } else {
            self.outline.code_blocks.push(block);
        }
    }

    /// A formula is found by its LaTeX.
    fn formula(&mut self, latex: &str, display: Display, span: Range<usize>) {
        self.block.push_str(latex);
        self.check_formula(latex, display, span);
    }

    fn check_formula(&mut self, latex: &str, display: Display, span: Range<usize>) {
        if !self.formulas.contains_key(latex) {
            self.formulas.insert(latex.to_owned(), math::mathml(latex, display).err());
        }
        if let Some(Some(message)) = self.formulas.get(latex) {
            self.outline.faults.push(Fault::of_formula(message.clone(), span));
        }
    }

    fn open_link(&mut self, form: Form, dest: &str, span: Range<usize>) {
        // A page that leads to one place again and again has its address once.
        let last = self.outline.links.last().filter(|last| *last.dest == *dest);
        let dest = last.map_or_else(|| dest.into(), |last| Arc::clone(&last.dest));
        let link = Link { form, dest, span, sentence: Sentence::default() };
        self.outline.links.push(link);
        self.open_links.push((self.outline.links.len() - 1, self.block.len()));
    }

    fn close_link(&mut self) {
        let Some((link, start)) = self.open_links.pop() else { return };
        self.block_links.push((link, start..self.block.len()));
    }

    fn html(&mut self, html: &str, span: &Range<usize>) {
        for tag in raw_html::tags(html) {
            for address in tag.addresses() {
                let form = match address.role {
                    Role::Leads => Form::HtmlLink,
                    Role::Shows => Form::HtmlImage,
                };
                let start = span.start + address.span.start;
                self.open_link(form, &address.dest, start..start + address.span.len());
                // A heading that is all picture is called by the picture's text.
                if let (Some(_), Some(alt)) = (&self.open_heading, tag.attribute("alt")) {
                    self.block.push_str(&raw_html::decode_entities(alt.value));
                }
                self.close_link();
            }
            let named = tag.attribute("name").filter(|_| tag.name == "a");
            let ids = tag.attribute("id").into_iter().chain(named);
            self.ids.extend(ids.map(|id| id.value.to_owned()));
        }
    }

    fn end_heading(&mut self) {
        let Some((level, given, start)) = self.open_heading.take() else { return };
        let written = self.without_pictures();
        self.place_links();
        let whole = squeeze(&std::mem::take(&mut self.block));
        // A badge beside a title is no part of it; a heading that is all picture is called by the picture's text.
        let text = Some(squeeze(&written)).filter(|text| !text.is_empty()).unwrap_or(whole);
        let anchor = self.anchors.assign(written.trim_end(), given.as_deref());
        self.ids.push(anchor.clone());
        // The id is GitHub's, which is made of the code; readers see the emoji.
        let text = keyboard::with_emoji(&text).into_owned();
        self.outline.headings.push(Heading { level, text, anchor, start });
        let heading = Some(self.outline.headings.len() - 1);
        self.outline.sections.push(Section { heading, text: String::new() });
    }

    /// Returns the text of the block at hand without what stands for pictures in it: no part of a heading's id.
    fn without_pictures(&self) -> String {
        let mut text = String::new();
        let mut from = 0;
        for (link, range) in &self.block_links {
            let is_picture = matches!(
                self.outline.links[*link].form,
                Form::Image | Form::WikiEmbed | Form::HtmlImage
            );
            if is_picture && range.start >= from {
                text.push_str(&self.block[from..range.start]);
                from = range.end;
            }
        }
        text.push_str(&self.block[from..]);
        text
    }

    /// Moves the text of a block to its section.
    fn end_block(&mut self, is_paragraph: bool) {
        if is_paragraph && self.outline.first_paragraph.is_empty() {
            self.outline.first_paragraph = squeeze(&self.without_pictures());
        }
        self.place_links();
        let text = std::mem::take(&mut self.block);
        let text = if self.in_code { text.trim_end().to_owned() } else { squeeze(&text) };
        if text.is_empty() {
            return;
        }
        self.outline.words += text.split_whitespace().count();
        if !self.in_code && self.prose.len() < language::ENOUGH {
            self.prose.push_str(&text);
            self.prose.push('\n');
        }
        if self.outline.sections.is_empty() {
            self.outline.sections.push(Section::default());
        }
        let section =
            self.outline.sections.last_mut().expect("one was just added if there was none");
        if !section.text.is_empty() {
            section.text.push('\n');
        }
        section.text.push_str(&text);
    }

    /// Gives the links of the block at hand their sentences.
    fn place_links(&mut self) {
        if self.block_links.is_empty() {
            return;
        }
        let block = Passage::new(&self.block);
        for (link, range) in self.block_links.drain(..) {
            self.outline.links[link].sentence = block.around(&range);
        }
    }

    fn finish(mut self) -> Outline {
        self.end_block(false);
        self.outline.anchors = self.ids.into_iter().collect();
        self.outline.language = language::detect(&self.prose);
        self.outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECT: Dialect = Dialect { wikilinks: true, label_first: false, addresses: true };

    fn links(body: &str) -> Vec<(Form, String, String)> {
        let outline = scan(body, DIALECT);
        let links = outline.links.iter();
        links.map(|link| (link.form, link.dest.to_string(), link.text().to_owned())).collect()
    }

    fn link(form: Form, dest: &str, text: &str) -> (Form, String, String) {
        (form, dest.to_owned(), text.to_owned())
    }

    #[test]
    fn every_form_of_link_is_found() {
        let body = "[a](b.md) ![c](d.png) [[E F]] [[g|h]] ![[i]] <a href=\"j&amp;k\">l</a> <https://m.n> [o][p]\n\n[p]: q.md\n";
        let expect = [
            link(Form::Link, "b.md", "a"),
            link(Form::Image, "d.png", "c"),
            link(Form::Wiki, "E F", "E F"),
            link(Form::Wiki, "g", "h"),
            link(Form::WikiEmbed, "i", "i"),
            link(Form::HtmlLink, "j&k", ""),
            link(Form::Link, "https://m.n", "https://m.n"),
            link(Form::Link, "q.md", "o"),
        ];
        assert_eq!(links(body), expect);
    }

    #[test]
    fn code_holds_no_links() {
        assert_eq!(links("`[a](b)` and\n\n```\n[[c]] https://x.org\n```\n"), []);
    }

    #[test]
    fn piped_wikilink_in_a_table_is_unescaped() {
        let body = "|a|b|\n|-|-|\n|[[x\\|y]]|z|\n";
        assert_eq!(links(body), [link(Form::Wiki, "x", "y")]);
    }

    #[test]
    fn label_first_swaps() {
        let outline = scan("[[the label|page]]", Dialect { label_first: true, ..DIALECT });
        assert_eq!((&*outline.links[0].dest, outline.links[0].text()), ("page", "the label"));
    }

    #[test]
    fn sections_follow_headings() {
        let outline = scan("Intro *text*.\n\n# One {#uno}\n\n- a\n- b\n\n## `Two`\n", DIALECT);
        let texts: Vec<_> = outline.sections.iter().map(|s| (s.heading, s.text.as_str())).collect();
        assert_eq!(texts, [(None, "Intro text."), (Some(0), "a\nb"), (Some(1), "")]);
        let anchors: Vec<_> = outline.headings.iter().map(|h| h.anchor.as_str()).collect();
        assert_eq!(anchors, ["uno", "two"]);
        assert_eq!((outline.first_paragraph.as_str(), outline.words), ("Intro text.", 4));
    }

    #[test]
    fn first_paragraph_is_more_than_pictures() {
        let first = |body: &str| scan(body, DIALECT).first_paragraph;
        let badges = "[![build](a.svg)](b) ![Banner](c.png)\n\n";
        assert_eq!(first(&format!("{badges}See ![a map](m.png) here.\n\nMore.")), "See here.");
        assert_eq!(first(badges), "");
    }

    #[test]
    fn heading_with_an_emoji_has_the_id_that_github_gives_it() {
        let outline = scan("# :tada: Party\n", DIALECT);
        let heading = &outline.headings[0];
        assert_eq!((heading.text.as_str(), heading.anchor.as_str()), ("🎉 Party", "tada-party"));
    }

    #[test]
    fn links_in_a_list_have_the_sentence_of_their_item() {
        let outline = scan("- Before. See [x](y.md) now. After.\n- other\n", DIALECT);
        assert_eq!(outline.links[0].sentence.before(), "See ");
        assert_eq!(outline.links[0].sentence.after(), " now.");
    }
}
