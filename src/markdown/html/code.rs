//! Blocks of code, and what is written in them: formulas and diagrams.

use pulldown_cmark::{CodeBlockKind, TagEnd};

use crate::base::text::escape;

use super::super::code::{Block, MATH, lines};
use super::super::diagram::{Drawing, MERMAID};
use super::super::fence::Fence;
use super::super::math::{self, Display};
use super::super::outline::fence_info;
use super::{Rest, Writer, text_to};

/// A diagram of so many pixels stays legible when it is fitted to a telephone.
const NARROW: u32 = 560;

impl<'t> Writer<'_, 't> {
    pub(super) fn code(&mut self, kind: &CodeBlockKind<'_>, rest: &mut Rest<'_, 't>) {
        let text = text_to(rest, |tag| matches!(tag, TagEnd::CodeBlock));
        let info = fence_info(kind);
        let block = Block::new(info, text);
        if block.language == MATH {
            self.own(format!("<div>{}</div>\n", math::html(&block.text, Display::Block)));
            return;
        }
        let drawing =
            (block.language == MERMAID).then(|| self.rendering.drawings.of(&block.text)).flatten();
        if let Some(drawing) = drawing {
            self.own(self.diagram(drawing, &block.text));
            return;
        }
        let class = if block.language.is_empty() {
            String::new()
        } else {
            format!(" class=\"language-{}\"", escape(&block.language))
        };
        let html = self.rendering.highlighter.html(&block);
        let fence = Fence::of(info);
        let title = fence.title.as_deref().map_or(String::new(), |title| {
            format!("<p class=\"code-title\">{}</p>", escape(title))
        });
        let html = shown_lines(&html, &fence).map_or(html, Into::into);
        self.own(format!(
            "<div class=\"code\">{title}<pre tabindex=\"0\"><code{class}>{html}</code></pre></div>\n"
        ));
    }

    /// Returns a picture of a diagram with its text folded beneath, for those who cannot see it and those who copy it.
    fn diagram(&self, drawing: &Drawing, source: &str) -> String {
        let words = self.rendering.words;
        let alt = escape(format!("{} {}", words.diagram, self.heading_text).trim_end());
        let (width, height) = drawing.size;
        let class = if width > NARROW { "drawing broad" } else { "drawing" };
        let [light, dark] =
            drawing.files().map(|(path, _)| escape(&self.rendering.hrefs.file(&path)));
        let picture = |class: &str, src: &str| {
            format!(
                "<img class=\"{class}\" src=\"{src}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
            )
        };
        format!(
            "<figure class=\"diagram\"><div class=\"{class}\" tabindex=\"0\">{}{}</div><details><summary>{}</summary><pre tabindex=\"0\"><code>{}</code></pre></details></figure>\n",
            picture("on-light", &light),
            picture("on-dark", &dark),
            escape(&words.diagram_source),
            escape(source),
        )
    }

    pub(super) fn formula(&mut self, latex: &str, display: Display) {
        let made = self.formulas.entry((latex.to_owned(), display));
        let html = made.or_insert_with(|| math::html(latex, display)).clone();
        self.own(html);
    }
}

/// Returns code line by line, where its lines are marked or numbered. Numbers are no text: copied code has none.
fn shown_lines(html: &str, fence: &Fence) -> Option<String> {
    if fence.marks.is_empty() && fence.numbers.is_none() {
        return None;
    }
    let mut shown = String::with_capacity(html.len() * 2);
    for (at, line) in lines(html).iter().enumerate() {
        let class = if fence.marks.contains(&(at + 1)) { "line marked" } else { "line" };
        let number =
            fence.numbers.map_or(String::new(), |first| format!(" data-line=\"{}\"", first + at));
        shown.push_str(&format!("<span class=\"{class}\"{number}>{line}</span>\n"));
    }
    Some(shown)
}
