//! From Markdown to HTML, once it is known where links lead.

use std::collections::HashMap;
use std::slice::Iter;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html,
};

use super::clean::{self, Slots};
use super::code::{Block, escape};
use super::events::parse;
use super::footnote::Footnotes;
use super::outline::{Form, fence_info, is_wiki, level_number};
use super::picture::Picture;
use super::rendering::{Href, Rendering, fragment};
use super::{Spanned, mention, raw_html};

/// Writes a body as HTML.
pub fn to_html(body: &str, rendering: &Rendering<'_>) -> String {
    let events = parse(body, rendering.dialect);
    let has_raw_html = events.iter().any(|(event, _)| is_raw_html(event));
    let mut writer = Writer {
        rendering,
        cleans: rendering.clean && has_raw_html,
        slots: Slots::default(),
        footnotes: Footnotes::default(),
        raw_hrefs: HashMap::new(),
        heading: 0,
        heading_text: String::new(),
        in_link: 0,
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        written: Vec::with_capacity(events.len()),
        outer: Vec::new(),
    };
    let mut rest = events.iter();
    while let Some(event) = rest.next() {
        writer.take(event, &mut rest);
    }
    writer.finish()
}

/// Comments are not shown, so they need no cleaning.
fn is_raw_html(event: &Event<'_>) -> bool {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => !html.trim_start().starts_with("<!--"),
        _ => false,
    }
}

struct Writer<'r, 't> {
    rendering: &'r Rendering<'r>,
    cleans: bool,
    slots: Slots,
    footnotes: Footnotes,
    raw_hrefs: HashMap<String, Option<String>>,
    /// How many headings were passed.
    heading: usize,
    heading_text: String,
    in_link: usize,
    /// The alignments of the table at hand, the column of the next cell, and whether that is in the head.
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    written: Vec<Event<'t>>,
    /// Labels of the footnote definitions at hand, with what was written before each began.
    outer: Vec<(String, Vec<Event<'t>>)>,
}

type Rest<'e, 't> = Iter<'e, Spanned<'t>>;

impl<'t> Writer<'_, 't> {
    fn take(&mut self, (event, span): &Spanned<'t>, rest: &mut Rest<'_, 't>) {
        if let Some(part) = &self.rendering.part
            && !(part.start <= span.start && span.end <= part.end)
        {
            self.pass_over(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, rest),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) if self.in_link == 0 => self.text(text),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(html),
            Event::FootnoteReference(label) => {
                let reference = self.footnotes.refer(label);
                self.html(reference);
            }
            Event::TaskListMarker(done) => {
                let label = escape(&self.rendering.words.task[usize::from(!done)]);
                let checked = if *done { " checked" } else { "" };
                self.own(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            other => self.written.push(other.clone()),
        }
    }

    /// Keeps count of the headings outside the part that is shown.
    fn pass_over(&mut self, event: &Event<'_>) {
        if matches!(event, Event::End(TagEnd::Heading(_))) {
            self.heading += 1;
        }
    }

    fn start(&mut self, tag: &Tag<'t>, rest: &mut Rest<'_, 't>) {
        match tag {
            Tag::Heading { level, .. } => self.start_heading(level_number(*level), rest),
            Tag::Paragraph if self.embed_alone(rest) => {}
            Tag::CodeBlock(kind) => self.code(kind, rest),
            Tag::BlockQuote(Some(kind)) => self.start_alert(*kind),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead | Tag::TableRow => {
                self.in_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                self.written.push(Event::Start(tag.clone()));
            }
            Tag::TableCell => self.start_cell(),
            Tag::Item if is_task(rest) => self.html("<li class=\"task\">".to_owned()),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(*link_type, dest_url, title);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.image(*link_type, dest_url, title, rest);
            }
            Tag::FootnoteDefinition(label) => {
                self.outer.push((label.to_string(), std::mem::take(&mut self.written)));
            }
            Tag::HtmlBlock => {}
            other => self.written.push(Event::Start(other.clone())),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level_number(level)),
            TagEnd::BlockQuote(Some(_)) => self.html("</div>\n".to_owned()),
            TagEnd::Table => {
                self.written.push(Event::End(TagEnd::Table));
                self.html("</div>\n".to_owned());
            }
            TagEnd::Link => {
                self.in_link -= 1;
                self.html("</a>".to_owned());
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::HtmlBlock => {}
            other => self.written.push(Event::End(other)),
        }
    }

    fn start_heading(&mut self, level: u8, rest: &mut Rest<'_, 't>) {
        let heading = self.rendering.outline.headings.get(self.heading);
        self.heading_text = heading.map_or(String::new(), |heading| heading.text.clone());
        if self.rendering.drop_title && self.heading == 0 {
            text_to(rest, |tag| matches!(tag, TagEnd::Heading(_)));
            self.heading += 1;
            // The page shows the title itself; links to its heading still arrive.
            if let Some(heading) = heading.filter(|_| !self.rendering.embedded) {
                self.html(format!("<span id=\"{}\"></span>\n", escape(&heading.anchor)));
            }
            return;
        }
        let level = shown_level(level);
        match heading {
            Some(heading) if !self.rendering.embedded => {
                let anchor = escape(&heading.anchor);
                self.html(format!("<h{level} id=\"{anchor}\">"));
            }
            _ => self.html(format!("<h{level}>")),
        }
    }

    fn end_heading(&mut self, level: u8) {
        let heading = self.rendering.outline.headings.get(self.heading);
        if let Some(heading) = heading.filter(|_| !self.rendering.embedded) {
            let (href, words) = (escape(&fragment(&heading.anchor)), &self.rendering.words.link_to);
            let label = escape(&format!("{words} {}", heading.text));
            self.html(format!("<a class=\"anchor\" href=\"{href}\" aria-label=\"{label}\">#</a>"));
        }
        self.heading += 1;
        self.html(format!("</h{}>\n", shown_level(level)));
    }

    fn start_table(&mut self, alignments: &[Alignment]) {
        let label = escape(&format!("{} {}", self.rendering.words.table, self.heading_text));
        let label = label.trim_end();
        self.html(format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
        ));
        // The writer would align cells by `style`, which a strict policy forbids.
        self.written.push(Event::Start(Tag::Table(vec![Alignment::None; alignments.len()])));
        self.alignments = alignments.to_vec();
    }

    fn start_cell(&mut self) {
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

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", 0),
            BlockQuoteKind::Tip => ("tip", 1),
            BlockQuoteKind::Important => ("important", 2),
            BlockQuoteKind::Warning => ("warning", 3),
            BlockQuoteKind::Caution => ("caution", 4),
        };
        let title = escape(&self.rendering.words.alerts[word]);
        self.html(format!(
            "<div class=\"alert alert-{class}\"><p class=\"alert-title\">{title}</p>\n"
        ));
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, title: &str) {
        self.in_link += 1;
        let form = if is_wiki(link_type) { Form::Wiki } else { Form::Link };
        let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
        let title =
            if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        let tag = match self.rendering.hrefs.href(form, &format!("{mail}{dest}")) {
            Href::Site(href) => format!("<a href=\"{}\"{title}>", escape(&href)),
            Href::External(href) => {
                format!("<a class=\"external\" href=\"{}\"{title}>", escape(&href))
            }
            Href::Missing => {
                let missing = escape(&self.rendering.words.missing);
                format!("<a class=\"missing-link\" title=\"{missing}\">")
            }
            Href::Text => format!("<a{title}>"),
        };
        self.html(tag);
    }

    fn image(&mut self, link_type: LinkType, dest: &str, title: &str, rest: &mut Rest<'_, 't>) {
        let text = text_to(rest, |tag| matches!(tag, TagEnd::Image));
        let form = if is_wiki(link_type) { Form::WikiEmbed } else { Form::Image };
        if let Some(embedded) =
            is_wiki(link_type).then(|| self.rendering.hrefs.embed(dest)).flatten()
        {
            self.own(embedded);
            return;
        }
        let in_link = self.in_link > 0;
        let picture = Picture { form, dest, text: &text, title, in_link };
        let html = picture.html(self.rendering);
        self.html(html);
    }

    /// Writes a paragraph that holds nothing but an embedded page without the paragraph around it.
    fn embed_alone(&mut self, rest: &mut Rest<'_, 't>) -> bool {
        let mut ahead = rest.clone();
        let Some((Event::Start(Tag::Image { link_type, dest_url, .. }), _)) = ahead.next() else {
            return false;
        };
        if !is_wiki(*link_type) {
            return false;
        }
        text_to(&mut ahead, |tag| matches!(tag, TagEnd::Image));
        if !matches!(ahead.next(), Some((Event::End(TagEnd::Paragraph), _))) {
            return false;
        }
        let Some(embedded) = self.rendering.hrefs.embed(dest_url) else { return false };
        self.own(embedded);
        *rest = ahead;
        true
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, rest: &mut Rest<'_, 't>) {
        let block =
            Block::new(fence_info(kind), text_to(rest, |tag| matches!(tag, TagEnd::CodeBlock)));
        let class = if block.language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", escape(&block.language))
        };
        let html = self.rendering.highlighter.html(&block);
        self.own(format!(
            "<div class=\"code\"><pre tabindex=\"0\"><code{class}>{html}</code></pre></div>\n"
        ));
    }

    fn text(&mut self, text: &CowStr<'t>) {
        let mut shown = 0;
        for (at, name) in mention::names(text) {
            let Some((href, full_name)) = self.rendering.hrefs.mention(name) else { continue };
            self.written.push(Event::Text(text[shown..at].to_owned().into()));
            let (href, full_name) = (escape(&href), escape(&full_name));
            self.html(format!("<a href=\"{href}\">{full_name}</a>"));
            shown = at + 1 + name.len();
        }
        self.written.push(if shown == 0 {
            Event::Text(text.clone())
        } else {
            Event::Text(text[shown..].to_owned().into())
        });
    }

    /// Passes raw HTML on, remembering where its links lead.
    fn raw(&mut self, html: &CowStr<'t>) {
        if html.trim_start().starts_with("<!--") && !html.contains("--><") {
            return;
        }
        for attribute in raw_html::attributes(html) {
            let form = match (attribute.tag.as_str(), attribute.name) {
                ("a", "href") => Form::HtmlLink,
                ("img", "src") => Form::HtmlImage,
                _ => continue,
            };
            let dest = raw_html::decode_entities(attribute.value);
            let href = match self.rendering.hrefs.href(form, &dest) {
                Href::Site(href) => Some(href),
                Href::External(href) if form == Form::HtmlLink => Some(href),
                Href::External(_) | Href::Missing | Href::Text => None,
            };
            self.raw_hrefs.insert(dest, href);
        }
        if self.cleans || !self.rendering.clean {
            self.written.push(Event::Html(html.clone()));
        }
    }

    fn end_footnote(&mut self) {
        let Some((label, outer)) = self.outer.pop() else { return };
        let events = std::mem::replace(&mut self.written, outer);
        let mut text = String::new();
        html::push_html(&mut text, events.into_iter());
        self.footnotes.define(&label, text);
    }

    fn html(&mut self, html: String) {
        self.written.push(Event::InlineHtml(html.into()));
    }

    /// Writes HTML that is not to be cleaned.
    fn own(&mut self, html: String) {
        let html = if self.cleans { self.slots.keep(html) } else { html };
        self.html(html);
    }

    fn finish(mut self) -> String {
        let words = self.rendering.words;
        let mut out = String::new();
        html::push_html(&mut out, std::mem::take(&mut self.written).into_iter());
        out.push_str(&self.footnotes.list(&words.footnotes, &words.back));
        if self.cleans { self.slots.fill(&clean::clean(&out, self.raw_hrefs)) } else { out }
    }
}

/// Returns the level at which a heading is shown: the page's title is the only h1.
fn shown_level(level: u8) -> u8 {
    level.max(2)
}

fn is_task(rest: &Rest<'_, '_>) -> bool {
    let mut ahead = rest.clone();
    match ahead.next() {
        Some((Event::TaskListMarker(_), _)) => true,
        Some((Event::Start(Tag::Paragraph), _)) => {
            matches!(ahead.next(), Some((Event::TaskListMarker(_), _)))
        }
        _ => false,
    }
}

/// Moves past the end of the element at hand and returns the plain text in it.
fn text_to(rest: &mut Rest<'_, '_>, is_end: impl Fn(&TagEnd) -> bool) -> String {
    let mut text = String::new();
    for (event, _) in rest.by_ref() {
        match event {
            Event::End(tag) if is_end(tag) => break,
            Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, Highlighter, Hrefs, Words, scan};
    use super::*;

    struct Fixed;

    impl Hrefs for Fixed {
        fn href(&self, _: Form, dest: &str) -> Href {
            match dest {
                "gone.md" => Href::Missing,
                web if web.starts_with("http") => Href::External(web.to_owned()),
                script if !clean::safe_scheme(script) => Href::Text,
                other => Href::Site(format!("to/{other}")),
            }
        }

        fn size(&self, _: Form, dest: &str) -> Option<(u32, u32)> {
            (dest == "known.png").then_some((600, 400))
        }

        fn embed(&self, dest: &str) -> Option<String> {
            (!dest.contains('.')).then(|| format!("<section>{dest}</section>"))
        }

        fn mention(&self, name: &str) -> Option<(String, String)> {
            (name == "anna").then(|| ("people/anna".to_owned(), "Anna K".to_owned()))
        }
    }

    fn render(body: &str) -> String {
        let dialect = Dialect { wikilinks: true, label_first: false };
        let outline = scan(body, dialect);
        let words =
            Words { link_to: "Link to".to_owned(), table: "Table".to_owned(), ..Words::default() };
        to_html(
            body,
            &Rendering {
                outline: &outline,
                dialect,
                drop_title: false,
                part: None,
                embedded: false,
                clean: true,
                words: &words,
                hrefs: &Fixed,
                highlighter: &Highlighter::default(),
            },
        )
    }

    fn check(body: &str, expect: &str) {
        assert_eq!(render(body).trim_end(), expect, "{body}");
    }

    #[test]
    fn links_lead_where_they_were_resolved_to() {
        check("[a](b.md) [[c|d]]", "<p><a href=\"to/b.md\">a</a> <a href=\"to/c\">d</a></p>");
        check("[a](gone.md)", "<p><a class=\"missing-link\" title=\"\">a</a></p>");
        check("[a](javascript:x)", "<p><a>a</a></p>");
        check("<a href=b.md>x</a>", "<p><a href=\"to/b.md\">x</a></p>");
        check(
            "https://x.org.",
            "<p><a class=\"external\" href=\"https://x.org\">https://x.org</a>.</p>",
        );
    }

    #[test]
    fn images_have_their_size_and_stay_at_home() {
        check(
            "![k](known.png)",
            "<p><img src=\"to/known.png\" alt=\"k\" width=\"600\" height=\"400\" loading=\"lazy\"></p>",
        );
        check(
            "![[known.png|300]]",
            "<p><img src=\"to/known.png\" alt=\"known.png\" width=\"300\" height=\"200\" loading=\"lazy\"></p>",
        );
        check(
            "![x](https://y.org/z.png)",
            "<p><a class=\"external\" href=\"https://y.org/z.png\">x</a></p>",
        );
        check("[![x](https://y.org/z.png)](b.md)", "<p><a href=\"to/b.md\">x</a></p>");
    }

    #[test]
    fn headings_begin_at_two_and_link_to_themselves() {
        check(
            "# A *b*",
            "<h2 id=\"a-b\">A <em>b</em><a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to A b\">#</a></h2>",
        );
    }

    #[test]
    fn pages_are_embedded_without_a_paragraph() {
        check("![[Page]]", "<section>Page</section>");
    }

    #[test]
    fn footnotes_come_last_and_lead_back() {
        let html = render("a[^n] b[^n]\n\n[^n]: text\n\nafter\n");
        assert!(html.contains("<a id=\"fnref-1\" href=\"#fn-1\">1</a>"), "{html}");
        assert!(html.contains("id=\"fnref-1-2\""), "{html}");
        let list = html.find("<div class=\"footnotes\"").unwrap();
        assert!(
            html.find("after").unwrap() < list
                && html[list..].contains("<p>text <a class=\"footnote-back\""),
            "{html}"
        );
    }

    #[test]
    fn raw_html_is_cleaned_and_the_rest_is_not_harmed() {
        let html = render(
            "<script>x</script><b onclick=y>bold</b>\n\n```rust\nlet x;\n```\n\n- [x] done\n\n|a|\n|-|\n|b|\n",
        );
        assert!(!html.contains("<script") && !html.contains("onclick"), "{html}");
        for kept in [
            "<b>bold</b>",
            "hl-type",
            "type=\"checkbox\"",
            "class=\"task\"",
            "<div class=\"table\" role=\"region\" tabindex=\"0\"",
        ] {
            assert!(html.contains(kept), "{kept} in {html}");
        }
    }

    #[test]
    fn mentions_of_people_are_links() {
        check(
            "Ask @anna, not @bob or me@anna.",
            "<p>Ask <a href=\"people/anna\">Anna K</a>, not @bob or me@anna.</p>",
        );
    }

    #[test]
    fn columns_are_aligned_by_class() {
        let html = render("|a|b|\n|:-:|-|\n|c|d|\n");
        assert!(html.contains("<th class=\"align-center\">a</th><th>b</th>"), "{html}");
        assert!(html.contains("<td class=\"align-center\">c</td><td>d</td>"), "{html}");
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn info_of_a_fence_cannot_break_out() {
        let html = render("```\"><script>\nx\n```\n");
        assert!(html.contains("class=\"language-&quot;&gt;&lt;script&gt;\""), "{html}");
    }

    #[test]
    fn alerts_have_a_title() {
        let html = render("> [!WARNING]\n> Wet floor\n");
        assert!(
            html.starts_with("<div class=\"alert alert-warning\"><p class=\"alert-title\">"),
            "{html}"
        );
    }
}
