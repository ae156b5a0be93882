//! The files of places, for phrases in quotes; fetched only for those.
//!
//! A file is a text of entries ([`super::places`]) with spaces between, each with the form and `=` before it. Files are small, so
//! that one that is fetched again after an edit costs little.

use serde::Serialize;

use super::lexicon::Lexicon;
use super::part::Parts;
use super::shard::{Shelf, may_cut_before, scale};

/// The least bytes of a file, for each scale of a site ([`scale`]).
const FILE: usize = 3_000;

/// The least bytes of a file on sites of so few pages that an edit changes most files of any size: larger ones are smaller together.
const FILE_OF_FEW: usize = 12_000;

/// The most pages of such a site.
const FEW: usize = 2_000;

/// Stands behind a word as the first of a file that goes on with it: after the word, and before all words that begin with it.
const GOES_ON: char = '+';

/// Writes the places of all forms of a site of so many pages, and the list of the files; returns the name of the list.
pub(super) fn write_places(lexicon: &Lexicon, pages: usize, parts: &mut Parts) -> String {
    let least = if pages > FEW { FILE * scale(pages) } else { FILE_OF_FEW };
    let mut shelf = Shelf::default();
    let (mut text, mut first) = (String::new(), String::new());
    for ix in lexicon.forms() {
        let form = lexicon.form(*ix);
        for (at, entry) in form.places.entries().enumerate() {
            let may_cut = at > 0 || may_cut_before(&form.folded);
            if text.len() >= least && may_cut {
                shelf.add(parts, 'q', &first, &text);
                text.clear();
            }
            if text.is_empty() {
                first.clone_from(&form.folded);
                first.extend((at > 0).then_some(GOES_ON));
            } else {
                text.push(' ');
            }
            text.push_str(&form.folded);
            text.push('=');
            text.push_str(entry);
        }
    }
    if !text.is_empty() {
        shelf.add(parts, 'q', &first, &text);
    }
    parts.add('q', &List { places: shelf })
}

/// The list of the files.
#[derive(Serialize)]
struct List {
    places: Shelf,
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::super::wording::Wording;
    use super::*;

    #[test]
    fn word_of_several_files_is_the_first_of_those_that_go_on() {
        let sections = vec![page("", "", &"dike ".repeat(60)).sections.remove(0); 20];
        let mut document = page("a/", "", "");
        document.sections = sections;
        let documents = vec![document; 300];
        let lexicon = Lexicon::of(&documents, &Wording::default());
        let mut parts = Parts::default();
        let list = write_places(&lexicon, FEW + 1, &mut parts);
        let tree = parts.finish(&0);
        let list = tree.get(&format!("search/q-{list}.js")).unwrap().bytes().unwrap();
        assert!(String::from_utf8_lossy(&list).contains("\"dike dike+ dike+"));
    }
}
