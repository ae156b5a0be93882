//! Documents for a search engine on a server: one for each section, as the engine takes them in bulk.

use serde_json::{Value, json};

use super::document::{Document, Role, Section};
use crate::base::{Date, Fingerprint, UrlPath};

/// For which engine documents are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// None in particular: one document a line.
    Any,
    /// OpenSearch and Elasticsearch: a line with the action before each document.
    OpenSearch,
    /// Meilisearch: one document a line.
    Meilisearch,
    /// Typesense: one document a line, in which no value is null.
    Typesense,
}

/// Returns the lines for all sections of these pages.
pub fn bulk(documents: &[Document], engine: Engine) -> impl Iterator<Item = String> {
    let sections = documents.iter().flat_map(|document| {
        let lead = [lead(document)].into_iter();
        lead.chain(document.sections.iter().filter(|it| !it.anchor.is_empty()).cloned())
            .map(move |section| (document, section))
    });
    sections.flat_map(move |(document, section)| {
        let record = record(document, &section, engine);
        let action = (engine == Engine::OpenSearch)
            .then(|| json!({ "index": { "_id": record["id"] } }).to_string());
        action.into_iter().chain([record.to_string()])
    })
}

/// Returns what stands on a page before its first heading that can be linked to; every page has one, if empty.
fn lead(document: &Document) -> Section {
    let texts = document.sections.iter().take_while(|section| section.anchor.is_empty());
    let text = texts.map(|section| section.text.trim()).collect::<Vec<_>>().join(" ");
    let text = if text.is_empty() { document.summary.clone() } else { text };
    Section { heading: String::new(), anchor: String::new(), text }
}

/// Returns one section as a record. Engines want ids of letters, digits, `-` and `_`, and days as numbers to sort by.
fn record(document: &Document, section: &Section, engine: Engine) -> Value {
    let home = UrlPath::of_page("");
    let page = UrlPath::of_file(&document.url).href_from(&home);
    let id = Fingerprint::of(format!("{}#{}", document.url, section.anchor).as_bytes());
    let with_role = |wanted: &dyn Fn(Role) -> bool| {
        let credits = document.credits.iter().filter(|credit| wanted(credit.role));
        credits.map(|credit| credit.person.name.as_str()).collect::<Vec<_>>()
    };
    let epoch = Date::parse("1970-01-01").expect("it is a day");
    let day = document.updated.as_deref().and_then(Date::parse);
    let seconds = day.map(|day| i64::from(day.days_since(epoch)) * 86_400);
    let mut record = json!({
        "id": id.to_string(),
        "page": page,
        "anchor": section.anchor,
        "title": document.title,
        "heading": section.heading,
        "text": section.text.trim(),
        "names": document.names,
        "kind": document.kind,
        "domains": document.domains.iter().map(|domain| &domain.name).collect::<Vec<_>>(),
        "folder": document.folder,
        "owner": with_role(&|role| role == Role::Owner),
        "people": with_role(&|_| true),
        "lang": document.lang,
        "state": document.state,
        "status": document.status,
        "updated": document.updated,
        "updated_at": seconds,
        // The beginning of a page is listed before its parts.
        "is_lead": section.anchor.is_empty(),
    });
    if engine == Engine::Typesense
        && let Value::Object(fields) = &mut record
    {
        fields.retain(|_, value| !value.is_null());
    }
    record
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::super::document::tests::page;
    use super::*;

    fn lines(engine: Engine) -> Vec<Value> {
        let mut document = page("ops/a b/", "Pumps", "All of them.");
        let section = |heading: &str, anchor: &str, text: &str| Section {
            heading: heading.to_owned(),
            anchor: anchor.to_owned(),
            text: text.to_owned(),
        };
        document.sections.push(section("Valves", "valves", "Close them."));
        bulk(&[document], engine).map(|line| serde_json::from_str(&line).unwrap()).collect()
    }

    #[test]
    fn each_section_is_a_document_with_its_place() {
        let lines = lines(Engine::Any);
        let told = |at: usize| {
            let text = |key: &str| lines[at][key].as_str().unwrap().to_owned();
            [text("page"), text("anchor"), text("heading"), text("text")]
        };
        assert_eq!(told(0), ["ops/a%20b/index.html", "", "", "All of them."]);
        assert_eq!(told(1), ["ops/a%20b/index.html", "valves", "Valves", "Close them."]);
        assert_eq!(lines.len(), 2);
        assert_ne!(lines[0]["id"], lines[1]["id"]);
    }

    #[test]
    fn opensearch_has_a_line_with_the_action() {
        let lines = lines(Engine::OpenSearch);
        assert_eq!(lines[0]["index"]["_id"], lines[1]["id"]);
        assert_eq!(lines.len(), 4);
    }

    /// What their manuals ask for: ids of letters, digits, `-` and `_` (Meilisearch), each once; flat fields that are of one type in
    /// all documents (OpenSearch and Typesense take the type of a field from the first document that has it); whole seconds.
    #[test]
    fn fields_are_what_the_engines_take() {
        let type_of = |value: &Value| match value {
            Value::Null => "none",
            Value::Bool(_) => "bool",
            Value::Number(number) if number.is_i64() => "whole number",
            Value::String(_) => "text",
            Value::Array(values) if values.iter().all(Value::is_string) => "texts",
            other => panic!("{other} has no type that all engines have"),
        };
        let mut full = page("a/", "A", "Text.");
        full.names = vec!["alias".to_owned()];
        full.updated = Some("2026-02-03".to_owned());
        let documents = [page("b c/é/", "", ""), full, page("x/", "X", "")];
        for engine in [Engine::Any, Engine::OpenSearch, Engine::Meilisearch, Engine::Typesense] {
            let lines = bulk(&documents, engine).filter(|line| !line.starts_with("{\"index\""));
            let (mut ids, mut types) = (BTreeSet::new(), BTreeMap::new());
            for line in lines {
                assert!(!line.contains('\n'));
                let record: BTreeMap<String, Value> = serde_json::from_str(&line).unwrap();
                let id = record["id"].as_str().unwrap().to_owned();
                assert!(id.len() < 511 && id.bytes().all(|b| b.is_ascii_alphanumeric()), "{id}");
                assert!(ids.insert(id), "{line}");
                for (field, value) in record.iter().filter(|(_, value)| !value.is_null()) {
                    let known = *types.entry(field.clone()).or_insert(type_of(value));
                    assert_eq!(known, type_of(value), "{field}");
                }
            }
            assert_eq!(types["updated_at"], "whole number");
            assert_eq!(ids.len(), 3);
        }
    }

    #[test]
    fn typesense_has_no_null() {
        assert!(lines(Engine::Any)[0]["updated"].is_null());
        assert!(lines(Engine::Typesense)[0].get("updated").is_none());
    }
}
