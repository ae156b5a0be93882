//! The index that the reader's browser searches, and the page that works without it. The reader's side is tested in
//! `tests/search` and `tests/browser`.

use crate::support::{Built, TestSite};

fn build() -> Built {
    TestSite::new()
        .page(
            "ops/backup.md",
            "---\naliases: [Safety copies]\n---\n# Backup\n\nWe use a zebrafish nightly.\n",
        )
        .page("people/ann.md", "---\nkind: person\ntitle: Ann Baker\nknows: [restores]\n---\n")
        .build()
}

#[test]
fn index_is_files_beside_the_search_page() {
    let built = build();
    assert!(built.has("search/index.html") && built.has("search/index.js"));
    for sort in ["w-", "p-", "e-"] {
        let found = built
            .files()
            .into_iter()
            .filter(|path| path.starts_with(&format!("search/{sort}")))
            .count();
        assert!(found > 0, "search/{sort}*.js in {:?}", built.files());
    }
}

#[test]
fn words_titles_and_other_names_of_pages_are_indexed() {
    let built = build();
    let documents = polder::search::documents(&built.build.site, &built.build.links);
    let page = documents.iter().find(|document| document.title == "Backup").unwrap();
    assert!(page.sections.iter().any(|section| section.text.contains("zebrafish")));
    assert!(page.names.iter().any(|name| name == "Safety copies"));
    assert!(documents.iter().any(|document| document.title == "Ann Baker"));
}

#[test]
fn every_page_lists_itself_in_the_index_of_letters() {
    let built = build();
    let main = built.main("search/");
    assert!(
        main.contains("../ops/backup/index.html") && main.contains("../people/ann/index.html"),
        "{main}"
    );
}

#[test]
fn form_leads_to_the_search_page_without_scripts() {
    let built = build();
    assert!(built.html("ops/backup/").contains("action=\"../../search/index.html\""));
    assert!(built.html("ops/backup/").contains("name=\"q\""));
}

#[test]
fn same_words_give_the_same_files() {
    let (one, two) = (build(), build());
    let files = |built: &Built| {
        let of_search = built.files().into_iter().filter(|path| path.starts_with("search/"));
        of_search.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(files(&one), files(&two));
}
