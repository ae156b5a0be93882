//! What readers search in: static files that a small plain script reads.
//!
//! The files below `search/`: `index.js` names all others; `w-….js` have the words in alphabetical order with
//! the pages they stand on; `l-….js` the pages of very common words; `e-….js` the words by their endings, for
//! slips at the beginning; `p-….js` what the results show of each page. The reader needs the first, one or two
//! shards for each word of a query, and a fragment for each result.
//!
//! Stems and compounds are worked out here, so that the reader looks words up as they are typed.
//!
//! Invariant: pure; the same documents give the same bytes.

mod bag;
mod collect;
mod compound;
mod document;
mod fragment;
mod lexicon;
mod part;
mod posting;
mod shard;
mod stems;
mod words;

use std::collections::BTreeMap;

use serde::Serialize;

pub use collect::documents;
pub use document::{Details, Document, Face, Section};

use crate::output::OutputTree;
use fragment::{Fragments, write_fragments};
use lexicon::Lexicon;
use part::Parts;
use posting::{LEVELS, base36};
use shard::{Shelf, write_endings, write_forms};

/// Changes when a reader of the former layout could not read this one.
const LAYOUT: u32 = 2;

/// Kinds that the reader treats apart, so that it must know their pages before it shows them.
const MARKED_KINDS: [&str; 2] = ["person", "term"];

/// The first file: what the others are called.
#[derive(Serialize)]
struct Root {
    layout: u32,
    pages: usize,
    levels: u8,
    words: Shelf,
    endings: Shelf,
    fragments: Fragments,
    kinds: BTreeMap<&'static str, String>,
    stop: String,
}

/// Returns the index files below `search/` for these documents, which keep their order.
pub fn index(documents: &[Document]) -> OutputTree {
    let lexicon = Lexicon::of(documents);
    let mut parts = Parts::default();
    let root = Root {
        layout: LAYOUT,
        pages: documents.len(),
        levels: LEVELS,
        words: write_forms(&lexicon, &mut parts),
        endings: write_endings(&lexicon, &mut parts),
        fragments: write_fragments(documents, &mut parts),
        kinds: MARKED_KINDS.iter().map(|kind| (*kind, runs_of(documents, kind))).collect(),
        stop: stems::stop_words().collect::<Vec<_>>().join(" "),
    };
    parts.finish(&root)
}

/// Returns which pages are of a kind: for each run of them how many others come before and how many it has, in
/// base 36 with spaces between.
fn runs_of(documents: &[Document], kind: &str) -> String {
    let runs = documents.chunk_by(|a, b| (a.kind == kind) == (b.kind == kind));
    let lengths = runs.map(|run| base36(u32::try_from(run.len()).expect("pages fit in 32 bits")));
    let starts_with_kind = documents.first().is_some_and(|first| first.kind == kind);
    let none = starts_with_kind.then(|| base36(0));
    none.into_iter().chain(lengths).collect::<Vec<_>>().join(" ")
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
        assert_eq!(files(index(&documents())), files(index(&documents())));
    }

    #[test]
    fn no_documents_are_an_index_too() {
        let tree = index(&[]);
        assert_eq!(tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["search/index.js"]);
    }

    #[test]
    fn edit_of_one_page_changes_few_files() {
        let mut edited = documents();
        edited[50].sections[0].text.push_str(" zebra");
        let (before, after) = (index(&documents()), index(&edited));
        let new: Vec<&str> =
            after.iter().map(|(path, _)| path).filter(|path| before.get(path).is_none()).collect();
        assert!(new.len() * 4 <= before.len(), "{new:?} of {}", before.len());
    }

    #[test]
    fn kinds_are_told_in_runs() {
        let mut documents = documents();
        documents.truncate(5);
        documents[1].kind = "person".to_owned();
        documents[2].kind = "person".to_owned();
        assert_eq!(runs_of(&documents, "person"), "1 2 2");
        documents[0].kind = "person".to_owned();
        assert_eq!(runs_of(&documents, "person"), "0 3 2");
        assert_eq!(runs_of(&documents, "term"), "5");
    }
}
