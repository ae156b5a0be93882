//! Domains: areas of knowledge with purpose, stewards, people and pages.

use crate::support::{Built, TestSite};

fn build() -> Built {
    TestSite::new()
        .page(
            "domains/finance.md",
            "---\nkind: domain\ntitle: Finance and tax\nsummary: Where the money goes.\nstewards: [Ann Baker]\naliases: [money]\n---\nOur ledgers.\n",
        )
        .page("domains/people.md", "---\nkind: domain\ntitle: Staff\n---\n")
        .page("expenses.md", "---\ndomains: [finance, people]\nauthors: [Bob]\n---\n# Claiming expenses\n")
        .page("ledger.md", "---\ndomain: Finance and Tax\n---\n# The ledger\n")
        .page("coins.md", "---\ndomains: money\n---\n# Coins\n")
        .page("q.md", "---\nkind: question\ntitle: Who pays?\ndomains: [finance]\nstatus: open\n---\n")
        .build()
}

#[test]
fn page_of_a_domain_shows_purpose_stewards_people_and_pages() {
    let built = build();
    let words = built.words("domains/finance/");
    for part in [
        "Finance and tax",
        "Where the money goes.",
        "Our ledgers.",
        "Ann Baker",
        "Bob",
        "Claiming expenses",
        "Who pays?",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn pages_belong_to_domains_by_id_title_and_alias() {
    let built = build();
    let finance = built.record("domain", "finance");
    assert_eq!(finance["pages"], serde_json::json!(["coins", "expenses", "ledger", "q"]));
    assert_eq!(finance["stewards"], serde_json::json!(["ann-baker"]));
    assert_eq!(
        built.record("page", "expenses")["domains"],
        serde_json::json!(["finance", "people"])
    );
}

#[test]
fn index_lists_all_domains_and_pages_lead_to_theirs() {
    let built = build();
    let index = built.words("domains/");
    assert!(index.contains("Finance and tax") && index.contains("Staff"), "{index}");
    assert!(built.main("expenses/").contains("../domains/finance/index.html"));
    assert!(built.words("people/ann-baker/").contains("Finance and tax"));
    assert!(
        built.main("/").contains("domains/finance/index.html"),
        "the home page maps the domains"
    );
}

#[test]
fn domain_that_no_page_describes_has_a_page_all_the_same() {
    let built = TestSite::new().page("a.md", "---\ndomains: [Water safety]\n---\n# A\n").build();
    assert_eq!(built.title("domains/water-safety/"), "Water safety");
    assert_eq!(built.codes(), [""; 0], "a site without descriptions is no mistake");
}

#[test]
fn misspelt_domain_is_told_where_others_are_described() {
    let site = TestSite::new()
        .page("domains/finance.md", "---\nkind: domain\n---\n# Finance\n")
        .page("a.md", "---\ndomains: [finnance]\n---\n# A\n");
    assert_eq!(
        site.build().findings(),
        [
            "unknown-domain a.md:2:11: no page describes the domain `finnance` (did you mean `finance`?)"
        ]
    );
}

#[test]
fn pages_of_no_domain_are_reached_from_the_front_page() {
    let built = TestSite::new()
        .page("README.md", "# Home\n")
        .page("CONTRIBUTING.md", "# How to take part\n")
        .page("security.md", "# Locks and keys\n")
        .page("ops/a.md", "---\ndomains: [Water]\n---\n# A\n")
        .page("tips/b.md", "# B\n")
        .page("tips/old/c.md", "# C\n")
        .page("tips/d.md", "---\ndomains: [Water]\n---\n# D\n")
        .page("people/ann.md", "---\nkind: person\n---\n# Ann\n")
        .page("decisions/e.md", "---\nkind: decision\n---\n# E\n")
        .build();
    let words = built.words("");
    assert!(words.contains("Not in a domain Tips 2 Locks and keys"), "{words}");
    assert!(words.contains("About this site: How to take part"), "{words}");
    let (_, elsewhere) = words.split_once("Not in a domain").unwrap();
    for title in ["Ops", "People", "Ann", "Decisions", "Home"] {
        assert!(!elsewhere.contains(title), "{title} in {elsewhere}");
    }
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn what_is_about_the_site_is_no_subject_of_it() {
    let built = TestSite::new()
        .page("README.md", "# Home\n")
        .page("LICENSE.md", "# Licence\n")
        .page("code-of-conduct.md", "# How we behave\n")
        .page("404.md", "# Not here\n")
        .page("tips/license.md", "# Driving licences\n")
        .build();
    let words = built.words("");
    assert!(words.contains("What is here Tips Driving licences 1 page"), "{words}");
    assert!(words.contains("About this site: Licence , How we behave"), "{words}");
    assert!(!words.contains("Not here"), "{words}");
}
