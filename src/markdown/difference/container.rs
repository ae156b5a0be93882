//! The lists, quotes and tables around leaves, opened and closed as leaves of both texts come by.

use crate::base::text::escape;

use super::DifferenceWords;
use super::leaf::{Container, Leaf, Place};

/// The containers that are open, outermost first.
#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Open>,
}

/// A container that is open, and which of the containers of either text it stands for.
struct Open {
    container: Container,
    old: Option<u32>,
    new: Option<u32>,
}

impl Frames {
    /// Opens what is around a leaf of the old text, of the new one, or of both, and closes what is not.
    pub(super) fn enter(
        &mut self,
        old: Option<&Leaf>,
        new: Option<&Leaf>,
        words: &DifferenceWords,
        html: &mut String,
    ) {
        let old_path = old.map_or(&[][..], |leaf| &leaf.path);
        let path = new.map_or(old_path, |leaf| &leaf.path);
        // Which container of either text stands at a depth.
        let ids = |depth: usize, place: &Place| {
            let is_like = |old: &&Place| old.container == place.container;
            let old = old_path.get(depth).filter(is_like).map(|old| old.id);
            (old, new.map(|_| place.id))
        };
        let mut depth = 0;
        for place in path {
            let (old, new) = ids(depth, place);
            match self.open.get_mut(depth) {
                Some(open) if open.goes_on(place, old, new) => {
                    open.old = old.or(open.old);
                    open.new = new.or(open.new);
                }
                _ => break,
            }
            depth += 1;
        }
        self.close_to(depth, html);
        for (depth, place) in path.iter().enumerate().skip(depth) {
            let (old, new) = ids(depth, place);
            open(place, words, html);
            self.open.push(Open { container: place.container.clone(), old, new });
        }
    }

    pub(super) fn close_all(&mut self, html: &mut String) {
        self.close_to(0, html);
    }

    fn close_to(&mut self, depth: usize, html: &mut String) {
        for open in self.open.drain(depth..).rev() {
            html.push_str(close(&open.container));
        }
    }
}

impl Open {
    /// Returns whether a container is this one. A list of the one text may go on as a list of the other, an item may not.
    fn goes_on(&self, place: &Place, old: Option<u32>, new: Option<u32>) -> bool {
        if self.container != place.container {
            return false;
        }
        let may_join = place.container != Container::Item;
        let is_same = |mine: Option<u32>, other: Option<u32>| match (mine, other) {
            (Some(mine), Some(other)) => Some(mine == other),
            _ => None,
        };
        match (is_same(self.new, new), is_same(self.old, old)) {
            (Some(is_same), _) => is_same,
            (None, Some(is_same)) => is_same,
            (None, None) => may_join,
        }
    }
}

fn open(place: &Place, words: &DifferenceWords, html: &mut String) {
    match &place.container {
        Container::Quote => html.push_str("<blockquote>\n"),
        Container::Alert { look, word } => alert(look, *word, words, html),
        Container::Named => html.push_str("<div>\n"),
        Container::List { ordered: true } => html.push_str("<ol>\n"),
        Container::List { ordered: false } => html.push_str("<ul>\n"),
        Container::Item => match place.number {
            Some(number) => html.push_str(&format!("<li value=\"{number}\">")),
            None => html.push_str("<li>"),
        },
        Container::Table => {
            let label = escape(&words.table);
            html.push_str(&format!(
                "<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
            ));
        }
        Container::Code => {
            html.push_str("<div class=\"code\"><pre tabindex=\"0\"><code>");
        }
        Container::Html => {
            html.push_str("<div class=\"code html\"><pre tabindex=\"0\"><code>");
        }
        Container::Terms => html.push_str("<dl>\n"),
        Container::Meaning => html.push_str("<dd>"),
        Container::Footnote(label) => {
            let label = escape(label);
            html.push_str(&format!("<div class=\"footnote\"><p class=\"note\">[{label}]</p>\n"));
        }
    }
}

fn alert(look: &str, word: Option<&'static str>, words: &DifferenceWords, html: &mut String) {
    html.push_str(&format!("<div class=\"alert alert-{look}\">"));
    if let Some(title) = word.and_then(|word| words.alerts.get(word)) {
        html.push_str(&format!("<p class=\"alert-title\">{}</p>\n", escape(title)));
    }
}

fn close(container: &Container) -> &'static str {
    match container {
        Container::Quote => "</blockquote>\n",
        Container::Alert { .. } | Container::Named | Container::Footnote(_) => "</div>\n",
        Container::List { ordered: true } => "</ol>\n",
        Container::List { ordered: false } => "</ul>\n",
        Container::Item => "</li>\n",
        Container::Table => "</table></div>\n",
        Container::Code | Container::Html => "</code></pre></div>\n",
        Container::Terms => "</dl>\n",
        Container::Meaning => "</dd>\n",
    }
}
