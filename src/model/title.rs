//! What a page is called.

use crate::base::path::percent_decode;
use crate::base::{SourcePath, fold};
use crate::config::Config;
use crate::markdown::heading_anchor;
use crate::source::Document;

/// A title, and whether the body begins with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// The title.
    pub(super) text: String,
    /// Whether the first heading of the body is that title.
    pub(super) in_body: bool,
}

/// Returns the title of a page: of its front matter, else its first h1, else its file name made readable. `folder_title` is
/// the last resort of an index page.
pub(super) fn title(document: &Document, is_index: bool, site_name: &str) -> Title {
    let headings = &document.outline.headings;
    let h1 = headings.iter().position(|heading| heading.level == 1 && !heading.text.is_empty());
    let first = headings.first().filter(|heading| heading.level == 1);
    if let Some(title) = &document.front_matter.title {
        let same =
            first.is_some_and(|first| fold::loose_key(&first.text) == fold::loose_key(title));
        return Title { text: title.clone(), in_body: same };
    }
    match h1 {
        Some(at) => Title { text: headings[at].text.clone(), in_body: at == 0 },
        None => Title { text: of_file(&document.path, is_index, site_name), in_body: false },
    }
}

/// Returns the id that a heading with the title of the front matter would have; nothing if the page has one with that id.
pub(super) fn title_anchor(document: &Document) -> Option<String> {
    let anchor = heading_anchor(document.front_matter.title.as_ref()?);
    let is_free = !anchor.is_empty() && !document.outline.anchors.contains(&anchor);
    is_free.then_some(anchor)
}

/// Returns what a site is called whose home page has no title: as configured, else by its repository.
pub(super) fn site_name(config: &Config) -> String {
    match config.name.is_empty() {
        true => readable(config.site_name()),
        false => config.name.clone(),
    }
}

fn of_file(path: &SourcePath, is_index: bool, site_name: &str) -> String {
    if !is_index {
        return readable(path.stem());
    }
    match path.folder().rsplit('/').next() {
        Some("") | None => site_name.to_owned(),
        Some(folder) => readable(folder),
    }
}

/// Returns a file name as words: `Installation-&-Guides` becomes `Installation & Guides`.
pub(super) fn readable(name: &str) -> String {
    let words = percent_decode(name).replace(['-', '_'], " ");
    let words = crate::base::text::squeeze(&words);
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn file_names_become_words() {
        assert_eq!(
            readable("Installation-&-Configuration-Guides"),
            "Installation & Configuration Guides"
        );
        assert_eq!(readable("what_is_this%3F"), "What is this?");
        assert_eq!(readable("--"), "--");
    }
}
