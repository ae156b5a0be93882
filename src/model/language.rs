//! Which language the site speaks, and each page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::text::primary_language;
use crate::config::Config;
use crate::source::Document;

/// The language of a site of which nothing can be told.
const DEFAULT: &str = "en";

/// The languages of a site.
pub(super) struct Languages<'c> {
    configured: &'c [String],
    /// The tag of the site's own.
    pub(super) own: String,
}

impl<'c> Languages<'c> {
    /// Returns the first configured language, else the one that most pages name or are written in.
    pub(super) fn of(config: &'c Config, documents: &[Arc<Document>]) -> Self {
        let configured = config.languages.as_slice();
        let own = match configured.first() {
            Some(first) => first.clone(),
            None => most(documents).unwrap_or(DEFAULT).to_owned(),
        };
        Self { configured, own }
    }

    /// Returns the language that a page names, else the one it is written in, if it is one of those configured, else the
    /// site's own.
    pub(super) fn of_page(&self, document: &Document) -> String {
        let named = document.front_matter.lang.as_deref();
        let written = document.outline.language.and_then(|told| self.as_named_here(told));
        named.or(written).unwrap_or(&self.own).to_owned()
    }

    /// Returns what the site calls a language, `nl-BE` for `nl`; `None` if it says that there are no such pages.
    fn as_named_here<'t>(&'t self, told: &'t str) -> Option<&'t str> {
        let mut tags = self.configured.iter().chain([&self.own]).map(String::as_str);
        let named = tags.find(|tag| primary_language(tag) == told);
        named.or(Some(told).filter(|_| self.configured.is_empty()))
    }
}

/// Returns the language of most documents, the first by tag of equals.
fn most(documents: &[Arc<Document>]) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let tags = documents
        .iter()
        .filter_map(|document| document.front_matter.lang.as_deref().or(document.outline.language));
    for tag in tags {
        *counts.entry(tag).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(tag, _)| tag)
}
