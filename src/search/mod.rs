//! What readers search in: static files that a small plain script reads.
//!
//! The files below `search/`: `index.js` names all others; `w-….js` have the words in alphabetical order with
//! the pages they stand on; `l-….js` the pages of very common words; `e-….js` the words by their endings, for
//! slips at the beginning; `p-….js` what the results show of each page; `c-….js` the columns that filters need; `q-….js` where
//! words stand, for phrases; `s-….js` the synonyms. The reader needs the first, one or two shards for each word of a query, and a
//! fragment for each result.
//!
//! One index holds all languages. A form belongs to the language of most of its pages, and pages in another language than the
//! reader's lose a part of their score. Measured on a Dutch and an English collection together: nDCG@10 is on average 0.001
//! above that of an index for each (-0.013 to 0.014), and readers find what is only there in the other language too.
//!
//! Stems and compounds are worked out here, so that the reader looks words up as they are typed.
//!
//! Invariant: pure; the same documents give the same bytes.

mod bag;
mod bulk;
mod collect;
mod column;
mod compound;
mod document;
pub mod find;
mod fragment;
mod lexicon;
mod part;
mod phrase;
mod places;
mod posting;
mod shard;
mod stems;
mod synonym;
mod wording;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

pub use bulk::{Engine, bulk};
pub use collect::documents;
pub use document::{Credit, Details, Document, Face, Name, Role, Section};
pub use wording::{OPERATORS, Wording};

use crate::output::OutputTree;
use column::{Columns, languages, runs, write_columns};
use fragment::{Fragments, write_fragments};
use lexicon::Lexicon;
use part::Parts;
use phrase::write_places;
use posting::LEVELS;
use shard::{Shelf, write_endings, write_forms};

/// Changes when a reader of the former layout could not read this one.
const LAYOUT: u32 = 4;

/// Kinds that the reader treats apart, so that it must know their pages before it shows them.
const MARKED_KINDS: [&str; 2] = ["person", "term"];

/// The first file: what the others are called.
#[derive(Serialize)]
struct Root {
    layout: u32,
    pages: usize,
    levels: u8,
    words: Shelf,
    /// In how many files of words the rest of a word is looked for.
    reach: usize,
    endings: Shelf,
    fragments: Fragments,
    kinds: BTreeMap<&'static str, String>,
    /// By language which pages are in it; empty if all are in one.
    languages: BTreeMap<String, String>,
    columns: Columns,
    /// The list of the files with the places of words.
    places: String,
    /// The file of synonyms; empty if there are none.
    synonyms: String,
    /// Every word for an operator with the operator.
    operators: Vec<(String, &'static str)>,
    stop: String,
}

/// Returns the index files below `search/` for these documents, which keep their order.
pub fn index(documents: &[Document], wording: &Wording) -> OutputTree {
    let lexicon = Lexicon::of(documents, wording);
    let scale = shard::scale(documents.len());
    let mut parts = Parts::default();
    let root = Root {
        layout: LAYOUT,
        pages: documents.len(),
        levels: LEVELS,
        words: write_forms(&lexicon, scale, &mut parts),
        reach: shard::reach(scale),
        endings: write_endings(&lexicon, &mut parts),
        fragments: write_fragments(documents, &mut parts),
        kinds: MARKED_KINDS.iter().map(|kind| (*kind, runs_of(documents, kind))).collect(),
        languages: languages(documents),
        columns: write_columns(documents, wording, &mut parts),
        places: write_places(&lexicon, documents.len(), &mut parts),
        synonyms: match lexicon.synonyms() {
            none if none.is_empty() => String::new(),
            groups => parts.add('s', &groups),
        },
        operators: wording.operator_words(),
        stop: stems::stop_words().collect::<Vec<_>>().join(" "),
    };
    parts.finish(&root)
}

/// Returns which pages are of a kind.
fn runs_of(documents: &[Document], kind: &str) -> String {
    let pages = (0..).zip(documents).filter(|(_, document)| document.kind == kind);
    runs(&pages.map(|(page, _)| page).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::document::tests::page;
    use super::*;

    fn documents() -> Vec<Document> {
        let text =
            |n: usize| format!("page {n} tells of dike {} and pump {} ", n % 13, n * n).repeat(20);
        (0..200).map(|n| page(&format!("p/{n}/"), &format!("Page {n}"), &text(n))).collect()
    }

    #[test]
    fn same_documents_give_the_same_bytes() {
        let files = |tree: OutputTree| {
            tree.iter()
                .map(|(path, content)| (path.to_owned(), content.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            files(index(&documents(), &Wording::default())),
            files(index(&documents(), &Wording::default()))
        );
    }

    #[test]
    fn no_documents_are_an_index_too() {
        let tree = index(&[], &Wording::default());
        assert!(tree.get("search/index.js").is_some());
        assert!(tree.iter().all(|(path, _)| !path.starts_with("search/w-")));
    }

    #[test]
    fn edit_of_one_page_changes_few_files() {
        let mut edited = documents();
        edited[50].sections[0].text.push_str(" zebra");
        let (before, after) =
            (index(&documents(), &Wording::default()), index(&edited, &Wording::default()));
        let new: Vec<&str> =
            after.iter().map(|(path, _)| path).filter(|path| before.get(path).is_none()).collect();
        assert!(new.len() * 4 <= before.len(), "{new:?} of {}", before.len());
    }
}
