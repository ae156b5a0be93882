//! Footnotes: numbered in the order of their first use, gathered at the end, each with a way back.

use std::collections::BTreeMap;

use crate::base::text::escape;

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// What ids begin with.
    prefix: String,
    numbers: BTreeMap<String, usize>,
    uses: BTreeMap<usize, usize>,
    texts: BTreeMap<String, String>,
}

impl Footnotes {
    /// Returns no footnotes yet, whose ids begin with `prefix`.
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), ..Self::default() }
    }

    /// Returns the HTML of a reference to a footnote.
    pub(super) fn refer(&mut self, label: &str) -> String {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(label.to_owned()).or_insert(next);
        let uses = self.uses.entry(number).or_insert(0);
        *uses += 1;
        let again = if *uses == 1 { String::new() } else { format!("-{uses}") };
        let prefix = &self.prefix;
        format!(
            "<sup class=\"footnote-ref\"><a id=\"{prefix}fnref-{number}{again}\" href=\"#{prefix}fn-{number}\">{number}</a></sup>"
        )
    }

    /// Keeps the HTML of a footnote's text.
    pub(super) fn define(&mut self, label: &str, html: String) {
        self.texts.entry(label.to_owned()).or_insert(html);
    }

    /// Returns the list for the end of the page; empty if no footnote is used. Footnotes that nobody refers to are left out.
    pub(super) fn list(&self, title: &str, back: &str) -> String {
        let mut used: Vec<_> = self
            .numbers
            .iter()
            .filter_map(|(label, number)| Some((number, self.texts.get(label)?)))
            .collect();
        if used.is_empty() {
            return String::new();
        }
        used.sort();
        let (title, back, prefix) = (escape(title), escape(back), &self.prefix);
        let mut html =
            format!("<div class=\"footnotes\" role=\"group\" aria-label=\"{title}\">\n<ol>\n");
        for (number, text) in used {
            let link = format!(
                " <a class=\"footnote-back\" href=\"#{prefix}fnref-{number}\" aria-label=\"{back} {number}\">↩</a>"
            );
            let text = match text.trim_end().strip_suffix("</p>") {
                Some(start) => format!("{start}{link}</p>"),
                None => format!("{text}{link}"),
            };
            html.push_str(&format!(
                "<li id=\"{prefix}fn-{number}\" value=\"{number}\">{text}</li>\n"
            ));
        }
        html + "</ol>\n</div>\n"
    }
}
