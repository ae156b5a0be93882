//! Words that are explained: at the first use in a section they lead to what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use pulldown_cmark::Event;

use crate::base::text::escape;

use super::super::raw_html::Tag;
use super::super::rendering::fragment;
use super::super::term::{self, Term, Terms, abbreviation_id};
use super::Writer;

/// What is known of the terms on a page while it is written.
#[derive(Debug, Default)]
pub(super) struct Explained {
    /// What the page defines for itself.
    own: Terms,
    /// What was explained since the last heading of a section.
    told: BTreeSet<String>,
    /// The terms of the list at the end, in the order of their first use.
    used: Vec<(String, String)>,
    /// Where in that list each stands.
    places: BTreeMap<String, usize>,
    /// How many elements of raw HTML are open in which nothing is explained.
    in_raw: usize,
}

impl Explained {
    pub(super) fn new(own: Terms) -> Self {
        Self { own, ..Self::default() }
    }
}

/// Elements in which nothing is explained: links, code, headings and what explains itself.
const SILENT: [&str; 13] =
    ["a", "abbr", "code", "kbd", "pre", "samp", "summary", "h1", "h2", "h3", "h4", "h5", "h6"];

impl<'t> Writer<'_, 't> {
    /// Begins a section, in which terms are explained anew.
    pub(super) fn begin_section(&mut self) {
        self.explained.told.clear();
    }

    /// Notes what a tag of raw HTML opens or closes.
    pub(super) fn note_raw(&mut self, tag: &Tag<'_>) {
        let open = &mut self.explained.in_raw;
        match (SILENT.contains(&tag.name.as_str()), tag.is_end) {
            (false, _) => {}
            (true, false) => *open += 1,
            (true, true) => *open = open.saturating_sub(1),
        }
    }

    /// Returns whether anything is explained.
    pub(super) fn has_terms(&self) -> bool {
        !self.explained.own.is_empty() || !self.rendering.terms.is_empty()
    }

    /// Writes a text; the terms in it lead to what they mean.
    pub(super) fn with_terms(&mut self, text: &str) {
        let site = self.rendering.terms;
        let is_silent =
            self.in_heading || self.explained.in_raw > 0 || self.rendering.inside.is_some();
        let mut shown = 0;
        let mut at = 0;
        while !is_silent
            && let Some((range, term)) = term::next(&[&self.explained.own, site], text, at)
        {
            at = range.end;
            let term = term.clone();
            if self.explained.told.contains(&term.name) {
                continue;
            }
            let Some(html) = self.explain(&term) else { continue };
            self.written.push_back(Event::Text(text[shown..range.start].to_owned().into()));
            self.own(html);
            self.explained.told.insert(term.name);
            shown = at;
        }
        self.written.push_back(Event::Text(text[shown..].to_owned().into()));
    }

    fn explain(&mut self, term: &Term) -> Option<String> {
        let (name, meaning) = (escape(&term.name), escape(&term.meaning));
        let href = match &term.place {
            Some((page, anchor)) => {
                let href = self.rendering.hrefs.term(page)?;
                format!("{href}{}", anchor.as_deref().map(fragment).unwrap_or_default())
            }
            None => {
                let next = self.explained.used.len();
                let at = *self.explained.places.entry(term.name.clone()).or_insert(next);
                if at == next {
                    self.explained.used.push((term.name.clone(), term.meaning.clone()));
                }
                format!("#{}", abbreviation_id(at))
            }
        };
        let href = escape(&href);
        Some(format!(
            "<a class=\"term\" href=\"{href}\"><abbr title=\"{meaning}\">{name}</abbr></a>"
        ))
    }

    /// Returns the list of what the page defines for itself: all of it on a page that does nothing else, else what is used, folded.
    pub(super) fn list_of_terms(&self) -> String {
        let outline = self.rendering.outline;
        if self.rendering.inside.is_some() {
            return String::new();
        }
        if outline.is_list_of_terms() {
            return format!("<dl class=\"terms\">{}</dl>\n", entries(outline.abbreviations.iter()));
        }
        let used = self.explained.used.iter().map(|(name, meaning)| (name, meaning));
        if self.explained.used.is_empty() {
            return String::new();
        }
        let title = escape(&self.rendering.words.terms);
        format!(
            "<details class=\"terms\"><summary>{title}</summary><dl>{}</dl></details>\n",
            entries(used)
        )
    }
}

fn entries<'e>(terms: impl Iterator<Item = (&'e String, &'e String)>) -> String {
    let mut html = String::new();
    for (at, (name, meaning)) in terms.enumerate() {
        let _ = write!(
            html,
            "<dt id=\"{}\">{}</dt><dd>{}</dd>",
            abbreviation_id(at),
            escape(name),
            escape(meaning)
        );
    }
    html
}
