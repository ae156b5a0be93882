//! Blocks of code, and what is written in them: formulas.

use pulldown_cmark::{CodeBlockKind, TagEnd};

use super::super::code::{Block, MATH, escape};
use super::super::math::{self, Display};
use super::super::outline::fence_info;
use super::{Rest, Writer, text_to};

impl<'t> Writer<'_, 't> {
    pub(super) fn code(&mut self, kind: &CodeBlockKind<'_>, rest: &mut Rest<'_, 't>) {
        let text = text_to(rest, |tag| matches!(tag, TagEnd::CodeBlock));
        let block = Block::new(fence_info(kind), text);
        if block.language == MATH {
            self.own(format!("<div>{}</div>\n", math::html(&block.text, Display::Block)));
            return;
        }
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

    pub(super) fn formula(&mut self, latex: &str, display: Display) {
        self.own(math::html(latex, display));
    }
}
