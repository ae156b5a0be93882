//! What comes first, rule by rule: a small site for each, on which that rule tells the pages apart. Of equals the first comes
//! first, so the page that a rule prefers stands last: a weight of 0, or one like its neighbour's, turns the order round.

use super::super::document::tests::page;
use super::super::{Document, Section, Wording, index};
use super::Finder;

/// Returns a page that says nothing of what is asked, as long as each of the others.
fn other() -> Document {
    Document { summary: "nothing of the kind".to_owned(), ..page("", "Page", "") }
}

/// Returns a page with a text.
fn text(words: &str) -> Document {
    Document { sections: page("", "", words).sections, ..other() }
}

/// Returns a page with a title.
fn title(words: &str) -> Document {
    Document { title: words.to_owned(), ..other() }
}

/// Returns a page with a heading.
fn heading(words: &str) -> Document {
    let section =
        Section { heading: words.to_owned(), anchor: "a".to_owned(), text: String::new() };
    Document { sections: vec![section], ..other() }
}

/// Returns a page that has another name.
fn name(words: &str) -> Document {
    Document { names: vec![words.to_owned()], ..other() }
}

/// Returns a page that other pages call something.
fn link(words: &str) -> Document {
    Document { link_texts: vec![words.to_owned()], ..other() }
}

/// Returns a page in a state.
fn in_state(state: &str, document: Document) -> Document {
    Document { state: state.to_owned(), ..document }
}

/// Returns a page in Dutch, which takes words apart.
fn dutch(document: Document) -> Document {
    Document { lang: "nl".to_owned(), ..document }
}

/// Words that pages of the site have beside those that are told apart, so that all are equally rare; a query leaves these
/// pages out with `-known`.
const KNOWN: [&str; 13] = [
    "dijk",
    "dijk",
    "inspectie",
    "inspectie",
    "dijkinspectie",
    "dijkinspectie",
    "pomp huis",
    "pomp huis",
    "valve",
    "kubernetes",
    "architecture",
    "klep",
    "klep",
];

/// Checks that a query finds the last of these pages before all others that it finds.
#[track_caller]
fn check_for(language: &str, query: &str, pages: Vec<Document>) {
    let last = u32::try_from(pages.len() - 1).unwrap();
    let mut documents = pages;
    documents.extend((0..20).map(|_| other()));
    documents.extend(KNOWN.map(|word| dutch(text(&format!("known {word}")))));
    let wording = Wording {
        synonyms: vec![vec!["holiday".to_owned(), "vacation".to_owned()]],
        ..Wording::default()
    };
    let tree = index(&documents, &wording);
    let finder = Finder::open(&tree).unwrap();
    let rows = finder.search(&format!("-known {query}"), language).rows;
    let told: Vec<(u32, f64)> = rows.iter().map(|row| (row.page, row.score)).collect();
    assert_eq!(rows.first().map(|row| row.page), Some(last), "{query}: {told:?}");
}

/// As [`check_for`], for a reader whose language does not matter.
#[track_caller]
fn check(query: &str, pages: impl Into<Vec<Document>>) {
    check_for("", query, pages.into());
}

#[test]
fn where_a_word_stands() {
    check("valve", [name("valve"), title("Valve")]);
    check("valve", [heading("valve"), name("valve")]);
    check("valve", [link("valve"), heading("valve")]);
    check("valve", [text("valve"), link("valve")]);
    check("valve", [text("other"), text("valve")]);
}

#[test]
fn how_often_and_among_how_many_words() {
    check("valve", [text("valve and more"), text("valve valve valve")]);
    check("valve", [text(&format!("valve {}", "and more ".repeat(200))), text("valve and more")]);
    check("valve", [title("A valve among a good many other words"), title("Valve")]);
}

#[test]
fn rare_words_and_all_words() {
    let pumps = || (0..9).map(|_| text("pump"));
    check(
        "pump valve",
        [text("pump")].into_iter().chain(pumps()).chain([text("valve")]).collect::<Vec<_>>(),
    );
    let strong = Document { names: vec!["kubernetes".to_owned()], ..heading("kubernetes") };
    let pages = [strong, text("architecture"), text("kubernetes architecture")];
    check("kubernetes architecture ", pages);
}

#[test]
fn whole_query_in_the_title() {
    check("valve pump", [name("valve pump"), title("Of valve and pump some more is told")]);
}

#[test]
fn state_of_a_page() {
    check("valve", [in_state("overdue", title("Valve")), title("Valve")]);
    check("valve", [in_state("superseded", title("Valve")), in_state("overdue", title("Valve"))]);
    let old =
        in_state("superseded", Document { names: vec!["valve".to_owned()], ..heading("valve") });
    check("valve", [old, text("valve")]);
    check("valve", [in_state("superseded", text("valve")), in_state("superseded", name("valve"))]);
    check("valve", [in_state("overdue", text("valve")), in_state("overdue", name("valve"))]);
}

#[test]
fn beginning_of_a_word_below_the_word() {
    check("pump", [name("pumphouse"), text("pump")]);
    check("pump", [text("known pump"), text("pumphouse"), name("pumphouse")]);
    check("valve kube", [text("kubernetes"), text("valve")]);
    check("valve kube", [text("valve"), name("kubernetes")]);
}

#[test]
fn beginning_of_a_long_word_below_that_of_a_short_one() {
    check("cont", [text("continuum"), text("contour")]);
    check("cont", [text("contour"), name("continuum")]);
}

#[test]
fn slip_below_the_word() {
    check("kubernettes valve ", [text("kubernetes"), text("valve")]);
    check("kubernettes valve ", [text("valve"), name("kubernetes")]);
    check("kuberxetex architexture ", [text("kubernetes"), text("architecture")]);
    check("kuberxetex ", [text("kubernetes"), name("kubernetes")]);
}

#[test]
fn part_of_a_compound_below_the_whole() {
    check("inspectie ", [dutch(text("dijkinspectie")), dutch(text("inspectie"))]);
    check("inspectie ", [dutch(text("dijkinspectie")), dutch(name("dijkinspectie"))]);
    check("dijkinspectie ", [dutch(text("dijk inspectie")), dutch(text("dijkinspectie"))]);
    check("dijkinspectie ", [dutch(text("dijk inspectie")), dutch(name("dijk inspectie"))]);
}

#[test]
fn compound_that_the_query_writes_apart() {
    check("dijk inspectie ", [dutch(text("dijkinspectie")), dutch(text("dijk inspectie"))]);
    check("dijk inspectie ", [dutch(name("dijk")), dutch(text("dijkinspectie"))]);
}

#[test]
fn compound_that_the_site_does_not_have() {
    check("klep pomphuis ", [text("pomp huis"), name("klep")]);
    check("pomphuis ", [text("pomp huis"), name("pomp huis")]);
}

#[test]
fn synonym_below_the_word() {
    check("holiday ", [name("vacation"), text("holiday")]);
    check("holiday ", [text("known holiday"), text("vacation"), name("vacation")]);
}

#[test]
fn language_of_the_reader() {
    check_for("en", "valve", vec![dutch(text("valve")), text("valve")]);
    check_for("nl", "valve", vec![text("valve"), dutch(text("valve"))]);
    check_for("en", "valve", vec![text("valve"), dutch(title("Valve"))]);
}
