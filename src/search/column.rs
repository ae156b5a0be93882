//! Columns: what readers narrow a search by, one file each, fetched when a query or a list of filters needs it.
//!
//! A column of sets (domains, kinds, states, languages) is a list of `[id, name, runs]`; that of people `[id, name,
//! number of their page or -1, runs as owner, as author, as reviewer]`; that of folders `[folder, pages in a row]`; that of days one
//! text, a day (in days since 1970, base 36, `-` for none) and `*` with how many pages in a row have it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::document::{Document, Name};
use super::part::{Parts, base36};
use super::stems::primary;
use super::wording::Wording;
use crate::base::Date;

/// The names of the files, for the root.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    domain: String,
    kind: String,
    state: String,
    lang: String,
    person: String,
    folder: String,
    day: String,
}

/// Writes all columns.
pub(super) fn write_columns(
    documents: &[Document],
    wording: &Wording,
    parts: &mut Parts,
) -> Columns {
    let named = |id: &str, names: &BTreeMap<String, String>| Name {
        id: id.to_owned(),
        name: names.get(id).cloned().unwrap_or_else(|| id.to_owned()),
    };
    let mut sets = |names: &dyn Fn(&Document) -> Vec<Name>| parts.add('c', &set(documents, names));
    Columns {
        domain: sets(&|document| document.domains.clone()),
        kind: sets(&|document| vec![named(&document.kind, &wording.kinds)]),
        state: sets(&|document| {
            let states = [&document.state, &document.status].into_iter();
            let told = states.filter(|state| !state.is_empty() && *state != "none");
            told.map(|state| named(state, &wording.states)).collect()
        }),
        lang: sets(&|document| {
            let language = primary(&document.lang);
            if language.is_empty() { vec![] } else { vec![named(&language, &BTreeMap::new())] }
        }),
        person: parts.add('c', &people(documents)),
        folder: parts.add('c', &folders(documents)),
        day: parts.add('c', &days(documents)),
    }
}

/// Returns for each language of the pages which are in it, if there are several.
pub(super) fn languages(documents: &[Document]) -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (page, document) in (0..).zip(documents).filter(|(_, document)| !document.lang.is_empty()) {
        pages.entry(primary(&document.lang)).or_default().push(page);
    }
    if pages.len() < 2 {
        return BTreeMap::new();
    }
    pages.into_iter().map(|(language, pages)| (language, runs(&pages))).collect()
}

/// Returns page numbers, which are in order, as runs: how many pages are not among them, how many are, and so on, in base 36
/// with spaces between.
pub(super) fn runs(pages: &[u32]) -> String {
    let mut lengths = Vec::new();
    let mut next = 0;
    for run in pages.chunk_by(|a, b| a + 1 == *b) {
        lengths.push(base36(run[0] - next));
        lengths.push(base36(u32::try_from(run.len()).expect("pages fit in 32 bits")));
        next = run[run.len() - 1] + 1;
    }
    lengths.join(" ")
}

/// Returns a column of what documents have any number of.
fn set(
    documents: &[Document],
    names: &dyn Fn(&Document) -> Vec<Name>,
) -> Vec<(String, String, String)> {
    let mut pages: BTreeMap<Name, Vec<u32>> = BTreeMap::new();
    for (page, document) in (0..).zip(documents) {
        for name in names(document) {
            let pages = pages.entry(name).or_default();
            if pages.last() != Some(&page) {
                pages.push(page);
            }
        }
    }
    pages.into_iter().map(|(name, pages)| (name.id, name.name, runs(&pages))).collect()
}

/// The pages of a person by role.
type Roles = [Vec<u32>; 3];

/// Returns the column of people. Who has several roles counts with the first one.
fn people(documents: &[Document]) -> Vec<(String, String, i64, String, String, String)> {
    let numbers: BTreeMap<&str, i64> =
        (0..).zip(documents).map(|(page, document)| (document.url.as_str(), page)).collect();
    let mut people: BTreeMap<(&Name, &str), Roles> = BTreeMap::new();
    for (page, document) in (0..).zip(documents) {
        for credit in &document.credits {
            let roles = people.entry((&credit.person, &credit.url)).or_default();
            if roles.iter().all(|pages| pages.last() != Some(&page)) {
                roles[credit.role as usize].push(page);
            }
        }
    }
    let rows = people.into_iter().map(|((name, url), roles)| {
        let page = numbers.get(url).copied().unwrap_or(-1);
        let [owner, author, reviewer] = roles.map(|pages| runs(&pages));
        (name.id.clone(), name.name.clone(), page, owner, author, reviewer)
    });
    rows.collect()
}

/// Returns the column of folders.
fn folders(documents: &[Document]) -> Vec<(String, usize)> {
    let runs = documents.chunk_by(|a, b| a.folder == b.folder);
    runs.map(|run| (run[0].folder.clone(), run.len())).collect()
}

/// Returns the column of days.
fn days(documents: &[Document]) -> String {
    let epoch = Date::parse("1970-01-01").expect("it is a day");
    let day = |document: &Document| {
        let date = document.updated.as_deref().and_then(Date::parse)?;
        u32::try_from(date.days_since(epoch)).ok()
    };
    let days: Vec<Option<u32>> = documents.iter().map(day).collect();
    let runs = days.chunk_by(|a, b| a == b).map(|run| {
        let day = run[0].map_or_else(|| "-".to_owned(), base36);
        match run.len() {
            1 => day,
            more => format!("{day}*{}", base36(u32::try_from(more).expect("pages fit in 32 bits"))),
        }
    });
    runs.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::page;
    use super::super::document::{Credit, Role};
    use super::*;

    #[test]
    fn pages_are_told_in_runs() {
        assert_eq!(runs(&[1, 2, 40]), "1 2 11 1");
        assert_eq!(runs(&[0]), "0 1");
        assert_eq!(runs(&[]), "");
    }

    #[test]
    fn days_are_told_in_runs() {
        let mut documents = vec![page("a/", "", ""); 4];
        documents[1].updated = Some("1970-02-06".to_owned());
        documents[2].updated = Some("1970-02-06".to_owned());
        assert_eq!(days(&documents), "- 10*2 -");
    }

    #[test]
    fn who_owns_a_page_is_not_its_author_as_well() {
        let mut documents = vec![page("ann/", "Ann", ""), page("a/", "", "")];
        let person = Name { id: "ann".to_owned(), name: "Ann".to_owned() };
        documents[1].credits = [Role::Owner, Role::Author]
            .map(|role| Credit { person: person.clone(), url: "ann/".to_owned(), role })
            .to_vec();
        let ann =
            ("ann".to_owned(), "Ann".to_owned(), 0, "1 1".to_owned(), String::new(), String::new());
        assert_eq!(people(&documents), [ann]);
    }

    #[test]
    fn languages_are_told_apart_where_there_are_several() {
        let mut documents = vec![page("a/", "", ""); 3];
        assert!(languages(&documents).is_empty());
        documents[1].lang = "nl-BE".to_owned();
        let expect = [("en", "0 1 1 1"), ("nl", "1 1")];
        assert_eq!(
            languages(&documents),
            expect.map(|(tag, runs)| (tag.to_owned(), runs.to_owned())).into()
        );
    }
}
