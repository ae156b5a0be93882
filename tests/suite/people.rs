//! Who is who, and who did what: front matter and git joined.

use crate::support::built::text;
use crate::support::{Built, TestSite};

fn names(built: &Built) -> Vec<String> {
    built.records("person").iter().map(|person| text(&person["name"]).to_owned()).collect()
}

#[test]
fn authors_come_from_git_when_the_page_names_none() {
    let built = TestSite::new()
        .page("a.md", "# A\n")
        .commit("Ann Baker", "2026-01-02", "Write it")
        .page("a.md", "# A\n\nMore.\n")
        .commit("Bob Cook", "2026-01-03", "Add more")
        .build();
    assert_eq!(built.deeds("a"), ["ann-baker wrote", "bob-cook edited"]);
    let page = built.record("page", "a");
    assert_eq!(page["authors"], serde_json::json!(["ann-baker", "bob-cook"]));
    assert!(built.words("people/ann-baker/").contains("Ann Baker"));
    assert!(built.main("a/").contains("../people/ann-baker/index.html"));
}

#[test]
fn authors_of_the_front_matter_come_before_those_of_git() {
    let built = TestSite::new()
        .page("a.md", "---\nauthors: [Chen, 'Bob Cook']\nowner: Dewi\n---\n# A\n")
        .commit("Ann Baker", "2026-01-02", "Write it")
        .build();
    let page = built.record("page", "a");
    assert_eq!(page["authors"], serde_json::json!(["chen", "bob-cook"]));
    assert_eq!(page["owner"], "dewi");
    assert_eq!(built.deeds("a"), ["ann-baker edited", "bob-cook wrote", "chen wrote"]);
}

#[test]
fn names_handles_and_addresses_of_one_person_are_joined_by_the_profile() {
    let built = TestSite::new()
        .page(
            "people/ann.md",
            "---\nkind: person\ntitle: Ann Baker\nemails: [ann@work.example]\naliases: [Annie]\n---\n",
        )
        .page("a.md", "---\nauthors: [ann]\n---\n")
        .page("b.md", "---\nauthors: [Annie]\n---\n")
        .page("c.md", "---\nauthors: [ann@work.example]\n---\n")
        .commit("A. Baker <ann@work.example>", "2026-01-02", "All")
        .build();
    assert_eq!(names(&built), ["Ann Baker"]);
    for page in ["a", "b", "c"] {
        assert_eq!(built.record("page", page)["authors"], serde_json::json!(["ann"]), "{page}");
    }
    assert_eq!(built.title("people/ann/"), "Ann Baker");
}

#[test]
fn co_authors_and_reviewers_of_commits_are_credited() {
    let built = TestSite::new()
        .page("a.md", "# A\n")
        .commit(
            "Ann",
            "2026-01-02",
            "Write it\n\nTogether.\n\nCo-authored-by: Bob Cook <bob@n.example>\nReviewed-by: Chen <chen@n.example>",
        )
        .build();
    assert_eq!(built.deeds("a"), ["ann wrote", "bob-cook wrote", "chen reviewed"]);
    let revision = &built.records("revision")[0];
    assert_eq!(revision["people"], serde_json::json!(["ann", "bob-cook"]));
    assert_eq!(revision["reviewers"], serde_json::json!(["chen"]));
}

#[test]
fn mailmap_says_who_is_who() {
    let built = TestSite::new()
        .file(".mailmap", "Ann Baker <ann@n.example> <old@elsewhere.example>\n")
        .page("a.md", "# A\n")
        .commit("annie99 <old@elsewhere.example>", "2026-01-02", "One")
        .page("a.md", "# A\n\nMore.\n")
        .commit("Ann Baker <ann@n.example>", "2026-01-03", "Two")
        .build();
    assert_eq!(names(&built), ["Ann Baker"]);
}

#[test]
fn contributions_of_the_front_matter_are_credited() {
    let built = TestSite::new()
        .page(
            "a.md",
            "---\nauthors: [ann]\ncontributions:\n  - {who: Chen, did: reviewed, on: 2026-04-03, note: fine}\n  - {who: Ann, did: thanked, by: Bob, note: It helped}\n---\n",
        )
        .build();
    let deeds = built.records("contribution");
    let review = deeds.iter().find(|deed| deed["did"] == "reviewed").unwrap();
    assert_eq!(
        (&review["person"], &review["on"], &review["note"]),
        (&"chen".into(), &"2026-04-03".into(), &"fine".into())
    );
    let thanks = deeds.iter().find(|deed| deed["did"] == "thanked").unwrap();
    assert_eq!((&thanks["person"], &thanks["by"]), (&"ann".into(), &"bob".into()));
    assert!(built.words("people/ann/").contains("It helped"));
    assert!(built.words("people/chen/").contains("fine"));
}

#[test]
fn contribution_without_somebody_is_told() {
    let built = TestSite::new()
        .page("a.md", "---\ncontributions: [{did: reviewed}]\n---\n# A\n\nB.\n")
        .build();
    assert_eq!(
        built.findings(),
        [
            "front-matter-value a.md:2:17: a contribution needs `who` (write `{who: anna, did: reviewed, \
          on: 2026-04-03}`)"
        ]
    );
}

#[test]
fn bots_are_no_authors_beside_people() {
    let built = TestSite::new()
        .config("bots: [Build Server]\n")
        .page("a.md", "# A\n")
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", "# A\n\nx\n")
        .commit(
            "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>",
            "2026-01-03",
            "Bump",
        )
        .page("a.md", "# A\n\ny\n")
        .commit("Build Server", "2026-01-04", "Format")
        .build();
    assert_eq!(built.record("page", "a")["authors"], serde_json::json!(["ann"]));
    let bots = built.records("person").into_iter().filter(|person| person["bot"] == true).count();
    assert_eq!(bots, 2);
    assert!(built.main("people/").find("Ann") < built.main("people/").find("Build Server"));
}

#[test]
fn those_whose_pages_are_all_gone_keep_their_changes() {
    let built = TestSite::new()
        .page("a.md", "# A\n")
        .commit("Ann", "2026-01-02", "Write a")
        .page("b.md", "# B\n")
        .commit("Bob", "2026-01-03", "Write b")
        .removed("b.md")
        .commit("Ann", "2026-01-04", "Drop b")
        .build();
    assert!(built.words("people/bob/").contains("stands on no page of today. All changes"));
    assert!(built.main("people/bob/").contains("href=\"../../changes/person/bob/index.html\""));
    assert!(built.words("changes/person/bob/").contains("Write b"));
}

#[test]
fn initials_stand_in_for_a_photo() {
    let site = TestSite::new()
        .page("people/ann.md", "---\nkind: person\ntitle: Ann Baker\nphoto: ann.jpg\n---\n")
        .file("people/ann.jpg", "x")
        .page("people/bob.md", "---\nkind: person\ntitle: Bob van der Cook\n---\n");
    let built = site.build();
    assert!(
        built.main("people/ann/").contains("src=\"../ann.jpg\""),
        "{}",
        built.main("people/ann/")
    );
    assert!(built.has("people/ann.jpg"));
    assert!(built.words("people/bob/").starts_with("Home"), "{}", built.words("people/bob/"));
    assert!(built.main("people/bob/").contains(">BC</span>"), "{}", built.main("people/bob/"));
}

#[test]
fn addresses_of_commits_are_never_published() {
    let built = TestSite::new()
        .page("a.md", "---\nauthors: ['Dewi <dewi@hidden.example>']\n---\n# A\n")
        .commit(
            "Ann <ann@hidden.example>",
            "2026-01-02",
            "Write\n\nCo-authored-by: Bob <bob@hidden.example>\nReviewed-by: Chen <chen@hidden.example>",
        )
        .page("a.md", "---\nauthors: ['Dewi <dewi@hidden.example>']\n---\n# A\n\nMore.\n")
        .commit(
            "eva@hidden.example <eva@hidden.example>",
            "2026-01-03",
            "Add\n\nCo-authored-by: Bob bob@hidden.example",
        )
        .build();
    assert!(built.main("people/").contains(">eva</a>"), "{}", built.main("people/"));
    assert_eq!(built.records("person").len(), 5);
    for path in built.files() {
        assert!(!built.text_of(path).contains("hidden.example"), "{path}");
    }
    assert!(!format!("{:?}", built.records("person")).contains("hidden.example"));
    assert!(!format!("{:?}", built.records("revision")).contains("hidden.example"));
}

#[test]
fn people_without_a_page_of_the_source_do_not_take_one_of_it() {
    let built = TestSite::new()
        .page("people/ann.md", "# Notes on nobody\n")
        .page("a.md", "---\nauthors: [Ann]\n---\n# A\n")
        .build();
    assert_eq!(built.title("people/ann/"), "Notes on nobody");
    let ann = built.record("page", "a")["authors"][0].clone();
    let url = text(&built.record("person", text(&ann))["url"]).to_owned();
    assert_ne!(url, "/people/ann/");
    assert_eq!(built.title(&url), "Ann");
}

#[test]
fn unknown_author_is_a_person_with_a_page() {
    let built =
        TestSite::new().page("a.md", "---\nauthors: ['Eva Fox (@evaf)']\n---\n# A\n").build();
    assert_eq!(names(&built), ["Eva Fox"]);
    assert!(built.words("people/").contains("Eva Fox"));
    assert!(built.words("people/eva-fox/").contains("A"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn keys_of_a_list_of_authors_are_people() {
    let built = TestSite::new()
        .file("blog/.authors.yml", "authors:\n  anna:\n    name: Anna Kuiper\n    description: Architect\n    email: anna@n.example\n    url: https://anna.example/\n    avatar: anna.png\n  bram:\n    name: Bram Vos\n")
        .file("blog/anna.png", "x")
        .page("blog/a.md", "---\nauthors: [anna]\nlast_update: {author: anna, date: 2026-01-03}\n---\n\n# A\n\nAs @anna says.\n")
        .commit("AK <anna@n.example>", "2026-01-02", "Write it")
        .build();
    let people: Vec<_> =
        built.records("person").iter().map(|person| person["name"].to_string()).collect();
    assert_eq!(people, ["\"Anna Kuiper\""]);
    let person = built.main("people/anna-kuiper/");
    assert!(person.contains("Architect") && person.contains("https://anna.example/"), "{person}");
    assert!(person.contains("blog/anna.png") && !person.contains("anna@n.example"), "{person}");
    assert!(built.has("blog/anna.png"));
    assert!(built.body("blog/a/").contains(">Anna Kuiper</a>"), "{}", built.body("blog/a/"));
}
