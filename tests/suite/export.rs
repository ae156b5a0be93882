//! `polder export`: every record with the fields that other tools rely on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::TestSite;
use crate::support::built::text;

fn site() -> TestSite {
    TestSite::new()
        .page("people/ann.md", "---\nkind: person\ntitle: Ann Baker\naliases: [Annie]\n---\n")
        .page("domains/ops.md", "---\nkind: domain\ntitle: Operations\nsummary: It runs.\nstewards: [ann]\n---\n")
        .page(
            "a.md",
            "---\nauthors: [ann]\nowner: ann\ndomains: [ops]\nlang: nl\n---\n# Aap\n\nEen twee [drie](b.md#deel) en [[nergens]].\n",
        )
        .page("b.md", "# Noot\n\n## Deel\n")
        .commit("Ann Baker", "2026-01-02", "Write all\n\nReviewed-by: Bob <bob@n.example>")
}

fn records() -> Vec<Value> {
    let ran = site().polder(&["export"]).ended(0);
    assert_eq!(ran.err, "");
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn find(sort: &str, key: &str, value: &str) -> Value {
    let found = records().into_iter().find(|record| record["type"] == sort && record[key] == value);
    found.unwrap_or_else(|| panic!("no {sort} with {key} {value}"))
}

/// Compares the fields that `expected` names.
fn check(record: &Value, expected: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&record[key], value, "`{key}` of {record}");
    }
}

#[test]
fn there_is_a_record_of_every_type() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for record in records() {
        *counts.entry(text(&record["type"]).to_owned()).or_default() += 1;
    }
    let expected = [
        ("contribution", 12),
        ("domain", 1),
        ("link", 2),
        ("page", 4),
        ("person", 2),
        ("revision", 4),
    ];
    let types: Vec<&str> = counts.keys().map(String::as_str).collect();
    assert_eq!(types, expected.map(|(sort, _)| sort));
    for (sort, count) in &expected[1..] {
        assert_eq!(counts[*sort], *count, "{sort}");
    }
}

#[test]
fn page_has_its_fields() {
    check(
        &find("page", "id", "a"),
        &json!({
            "title": "Aap", "url": "/a/", "path": "a.md", "kind": "page", "domains": ["ops"],
            "authors": ["ann"], "owner": "ann", "created": "2026-01-02", "updated": "2026-01-02",
            "lang": "nl",
        }),
    );
    assert!(find("page", "id", "a")["words"].as_u64().unwrap() >= 5);
}

#[test]
fn link_has_its_fields() {
    check(
        &find("link", "text", "drie"),
        &json!({"from": "a", "to": "/b/", "kind": "link", "path": "a.md", "line": 9, "column": 10}),
    );
    check(&find("link", "dest", "nergens"), &json!({"to": null, "kind": "wikilink", "line": 9}));
}

#[test]
fn person_has_its_fields() {
    let ann = find("person", "id", "ann");
    check(&ann, &json!({"name": "Ann Baker", "url": "/people/ann/"}));
    assert!(ann["aliases"].as_array().unwrap().contains(&json!("Annie")), "{ann}");
    assert!(ann["contributions"]["wrote"].as_u64().unwrap() > 0, "{ann}");
    check(&find("person", "id", "bob"), &json!({"contributions": {"reviewed": 4}}));
}

#[test]
fn domain_has_its_fields() {
    check(
        &find("domain", "id", "ops"),
        &json!({"title": "Operations", "url": "/domains/ops/", "purpose": "It runs.", "stewards": ["ann"], "pages": ["a"]}),
    );
}

#[test]
fn revision_has_its_fields() {
    let revision = find("revision", "page", "a");
    check(
        &revision,
        &json!({"people": ["ann"], "path": "a.md", "change": "added", "removed": 0, "date": "2026-01-02T12:00:01+00:00"}),
    );
    assert_eq!(text(&revision["commit"]).len(), 40);
    assert!(revision["added"].as_u64().unwrap() > 0);
}

#[test]
fn contribution_has_its_fields() {
    let deeds: Vec<Value> =
        records().into_iter().filter(|record| record["type"] == "contribution").collect();
    let review = deeds.iter().find(|deed| deed["person"] == "bob" && deed["page"] == "a").unwrap();
    check(review, &json!({"did": "reviewed", "on": "2026-01-02", "commits": 1}));
    let wrote = deeds.iter().find(|deed| deed["page"] == "a" && deed["did"] == "wrote").unwrap();
    check(wrote, &json!({"person": "ann", "commits": null}));
}

#[test]
fn two_exports_are_the_same() {
    let site = site();
    assert_eq!(site.polder(&["export"]).ended(0).out, site.polder(&["export"]).ended(0).out);
}
