//! Fragments: what the list of results shows of a page, in files of a few pages each.
//!
//! The first file of the index has the list of them; where they are many, it has a list of lists, so that it stays small: every
//! search begins with it, and it changes with every edit.

use serde::Serialize;

use super::document::{Details, Document, Section};
use super::part::{Parts, base36};
use crate::base::text::shorten;
use crate::base::{Fingerprint, UrlPath};

/// The least bytes of text in a file, on sites of up to [`PAGES`] pages. Ten results touch up to ten files:
/// larger files cost readers, smaller ones the host.
const FILE: usize = 9_000;

/// Sites of more pages than this have larger files, so that the list of files stays small.
const PAGES: usize = 40_000;

/// The most files that the first file lists itself.
const LISTED: usize = 256;

/// The least files of a list of its own.
const LIST: usize = 96;

/// The most letters of a section that are kept.
const SECTION: usize = 900;

/// The most letters of a page that are kept; of what follows, [`TAIL`] letters of each section.
const PAGE: usize = 5_000;

/// The letters that are kept of a section far down a long page.
const TAIL: usize = 140;

/// A list of files with fragments, or of such lists.
#[derive(Debug, Default, Serialize)]
pub(super) struct Fragments {
    /// How many pages each has, in base 36 with spaces between.
    counts: String,
    /// Their names, eight digits each.
    names: String,
}

/// What is shown of one page: title, address, trail, kind, state, status, day of the last change, language, summary,
/// other names, heading, anchor and text of each section in turn, and what there is beside that.
#[derive(Serialize)]
struct Fragment<'d>(
    &'d str,
    String,
    &'d str,
    &'d str,
    &'d str,
    &'d str,
    &'d str,
    &'d str,
    &'d str,
    &'d [String],
    Vec<String>,
    &'d Details,
);

/// Writes the fragments of all pages, and returns the list for the first file.
pub(super) fn write_fragments(documents: &[Document], parts: &mut Parts) -> Fragments {
    let files = write_files(documents, parts);
    if files.len() <= LISTED {
        return Fragments::of(&files);
    }
    // A list ends at a file of a certain name, so that one more file does not move the ends of all lists after it.
    let mut lists = Vec::new();
    let mut list: Vec<(u32, String)> = Vec::new();
    for file in files {
        let ends = list.len() + 1 >= LIST && file.1.ends_with('0');
        list.push(file);
        if ends {
            lists.push(write_list(&list, parts));
            list.clear();
        }
    }
    if !list.is_empty() {
        lists.push(write_list(&list, parts));
    }
    Fragments::of(&lists)
}

/// Writes a list of files; returns how many pages they have together, and its name.
fn write_list(files: &[(u32, String)], parts: &mut Parts) -> (u32, String) {
    let pages = files.iter().map(|(pages, _)| pages).sum();
    (pages, parts.add('p', &Fragments::of(files)))
}

/// Writes the files of fragments; returns for each how many pages it has, and its name.
fn write_files(documents: &[Document], parts: &mut Parts) -> Vec<(u32, String)> {
    let least = FILE * (documents.len() / PAGES + 1).min(4);
    let mut files = Vec::new();
    let mut pages: Vec<Fragment<'_>> = Vec::new();
    let mut size = 0;
    let mut write = |pages: &[Fragment<'_>]| {
        let count = u32::try_from(pages.len()).expect("pages are counted in 32 bits");
        files.push((count, parts.add('p', &pages)));
    };
    for document in documents {
        if size >= least || size >= least / 2 && may_cut_before(document) {
            write(&pages);
            pages.clear();
            size = 0;
        }
        let fragment = fragment(document);
        size += fragment.10.iter().map(String::len).sum::<usize>();
        pages.push(fragment);
    }
    if !pages.is_empty() {
        write(&pages);
    }
    files
}

impl Fragments {
    /// Lists files, or lists: how many pages each has, and its name.
    fn of(files: &[(u32, String)]) -> Self {
        let counts: Vec<String> = files.iter().map(|(pages, _)| base36(*pages)).collect();
        let names = files.iter().map(|(_, name)| name.as_str()).collect();
        Self { counts: counts.join(" "), names }
    }
}

/// Returns whether a file may end early before this page: one page in two, so that a longer page does not move
/// the ends of all files after it.
fn may_cut_before(document: &Document) -> bool {
    Fingerprint::of(document.url.as_bytes())
        .short()
        .ends_with(['0', '2', '4', '6', '8', 'a', 'c', 'e'])
}

/// Returns what is shown of a page.
fn fragment(document: &Document) -> Fragment<'_> {
    let home = UrlPath::of_page("");
    Fragment(
        &document.title,
        UrlPath::of_file(&document.url).href_from(&home),
        &document.trail,
        &document.kind,
        &document.state,
        &document.status,
        document.updated.as_deref().unwrap_or_default(),
        &document.lang,
        &document.summary,
        &document.names,
        shown_sections(&document.sections),
        &document.details,
    )
}

/// Returns heading, anchor and text of each section in turn, with long texts cut.
fn shown_sections(sections: &[Section]) -> Vec<String> {
    let mut shown = Vec::with_capacity(sections.len() * 3);
    let mut letters = 0;
    for section in sections {
        let limit = if letters < PAGE { SECTION } else { TAIL };
        let text = shorten(section.text.trim(), limit);
        letters += text.len();
        shown.extend([section.heading.clone(), section.anchor.clone(), text]);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::*;

    #[test]
    fn address_names_the_file_and_is_encoded() {
        assert_eq!(fragment(&page("a b/", "", "")).1, "a%20b/index.html");
        assert_eq!(fragment(&page("javascript:x/", "", "")).1, "./javascript:x/index.html");
    }

    #[test]
    fn far_sections_are_cut_shorter() {
        let section = |text: &str| Section {
            heading: String::new(),
            anchor: String::new(),
            text: text.repeat(500),
        };
        let sections = vec![section("word "); 8];
        let shown = shown_sections(&sections);
        assert!(shown[2].len() > 800 && shown[23].len() < 200);
        assert_eq!(shown.len(), 24);
    }

    #[test]
    fn many_files_are_in_lists_of_their_own() {
        let written = |pages: usize| {
            let text = "text ".repeat(2_000);
            let documents: Vec<Document> =
                (0..pages).map(|n| page(&format!("p/{n}/"), &n.to_string(), &text)).collect();
            let mut parts = Parts::default();
            let top = write_fragments(&documents, &mut parts);
            (top.names.len() / 8, parts.finish(&0).len() - 1)
        };
        assert_eq!(written(80).0, written(80).1);
        let (top, files) = written(LISTED * 10);
        assert!(top < 20 && files > LISTED + top, "{top} of {files}");
    }

    #[test]
    fn longer_page_leaves_the_other_files_alone() {
        let names = |first: &str| {
            let mut documents: Vec<Document> =
                (0..60).map(|n| page(&format!("p/{n}/"), "Page", &"text ".repeat(200))).collect();
            documents[0].sections[0].text = first.to_owned();
            let files = write_fragments(&documents, &mut Parts::default());
            (0..files.names.len() / 8).map(|n| files.names[n * 8..][..8].to_owned()).collect()
        };
        let (before, after): (Vec<String>, Vec<String>) =
            (names("short"), names(&"x ".repeat(500)));
        let same = before.iter().filter(|name| after.contains(name)).count();
        assert!(same * 4 >= before.len() * 3, "{same} of {} files stay", before.len());
    }
}
