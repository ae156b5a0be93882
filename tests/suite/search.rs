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
fn page_of_very_many_sections_is_found_by_the_words_of_all() {
    let text: String = (0..1_005).map(|n| format!("## Part {n}\n\nWord{n}.\n\n")).collect();
    let built = TestSite::new().page("log.md", &format!("# Log\n\n{text}")).build();
    let documents = polder::search::documents(&built.build.site, &built.build.links);
    let sections = &documents[0].sections;
    assert_eq!(sections.len(), 1_000);
    let last = sections.last().unwrap();
    assert_eq!(last.anchor, "part-998");
    assert!(
        last.text.starts_with("Word998.") && last.text.ends_with("Part 1004 Word1004."),
        "{}",
        last.text
    );
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

#[test]
fn search_page_knows_what_is_wanted_and_whom_to_ask() {
    let built = TestSite::new()
        .config("repository: https://git.n.example/noordwal/wiki\nhost: gitea\n")
        .page("domains/gas.md", "---\nkind: domain\ntitle: Gas\nstewards: [Ann Baker]\n---\n")
        .page("a.md", "# A\n\nSee [[Gas permit]].\n")
        .build();
    let main = built.main("search/");
    assert!(main.contains("../wanted/index.html#wanted-gas-permit"), "{main}");
    assert!(main.contains("wiki/_new/main/?filename=gas-permit.md"), "{main}");
    let ask = "_new/main/questions?filename=%7Bslug%7D.md&amp;value=---%0Atitle%3A%20%7Btitle%7D%0Akind%3A%20question";
    assert!(main.contains(ask), "{main}");
    let keepers = main.split_once("search-keepers").unwrap().1;
    assert!(keepers.contains("Gas") && keepers.contains("Ann Baker"), "{main}");
}

#[test]
fn pages_of_one_title_in_one_place_are_told_apart_by_their_paths() {
    let built = TestSite::new()
        .page("hr/leave.md", "# Leave\n")
        .page("hr/leave-2.md", "# Leave\n")
        .page("ict/leave.md", "# Leave\n")
        .build();
    let trails: Vec<String> = polder::search::documents(&built.build.site, &built.build.links)
        .into_iter()
        .filter(|document| document.title == "Leave")
        .map(|document| document.trail)
        .collect();
    assert_eq!(trails, ["Hr · hr/leave-2", "Hr · hr/leave", "Ict"]);
}

#[test]
fn results_tell_who_answered_and_what_replaces_a_page() {
    let built = TestSite::new()
        .page("q.md", "---\nkind: question\naccepted: b\n---\n# Which valve?\n")
        .page("a.md", "---\nkind: answer\nreplies-to: q\nauthors: [Ann]\n---\nNone.\n")
        .page("b.md", "---\nkind: answer\nreplies-to: q\nauthors: [Bob]\n---\nThis.\n")
        .page("old.md", "---\nsuperseded-by: new\n---\n# Old\n")
        .page("new.md", "# New\n")
        .page("people/ann.md", "---\nkind: person\ntitle: Ann\nrole: Mechanic\n---\n")
        .build();
    let documents = polder::search::documents(&built.build.site, &built.build.links);
    let details = |title: &str| {
        let mut found = documents.iter().filter(|document| document.title == title);
        found.next().unwrap().details.clone()
    };
    assert_eq!(details("Which valve?").answered_by, ["Bob"]);
    assert_eq!(details("Old").successor, "New");
    assert_eq!(details("Ann").face.unwrap().role, "Mechanic");
    assert_eq!(details("Bob").face.unwrap().initials, "B");
}

#[test]
fn site_of_very_many_pages_has_a_page_for_each_letter() {
    let mut site = TestSite::new();
    for n in 0..1_600 {
        let letter = if n % 8 == 0 { "B" } else { "A" };
        site = site.page(&format!("p/{n}.md"), &format!("# {letter} {n:04}\n"));
    }
    let built = site.page("search/a.md", "# Own page\n").build();
    let main = built.main("search/");
    assert!(
        main.contains("href=\"letter-a/index.html\"") && main.contains("href=\"b/index.html\"")
    );
    assert!(!main.contains("A 0001"), "the letters have their own pages");
    assert!(built.main("search/letter-a/").contains("A 0001"));
    assert!(built.main("search/letter-a/2/").contains("A 1599"));
    assert!(built.words("search/a/").contains("Own page"));
    assert!(built.main("search/b/").contains("../../p/0/index.html"));
}

#[test]
fn configuration_tells_synonyms_and_compounds() {
    let built = TestSite::new()
        .config("search: {synonyms: [[leave, vakantie]], whole: [a], parts: {uitje: a b}}\n")
        .page("a.md", "# Leave\n")
        .build();
    assert!(built.files().into_iter().any(|path| path.starts_with("search/s-")));
    let refusal = TestSite::new().config("search: {synonyms: leave}\n").page("a.md", "").refusal();
    assert!(refusal[0].contains("expected a list of lists of texts"), "{refusal:?}");
}

#[test]
fn glossary_tells_synonyms() {
    let built = TestSite::new()
        .page("terms/seepage.md", "---\nkind: term\naliases: [kwel]\n---\n# Seepage\n")
        .build();
    assert!(built.files().into_iter().any(|path| path.starts_with("search/s-")));
    assert!(!build().files().into_iter().any(|path| path.starts_with("search/s-")));
}

#[test]
fn command_finds_what_readers_find() {
    let site = TestSite::new()
        .page("pumps.md", "---\naliases: [machines]\n---\n# Pumps\n\nClose the valve first.\n")
        .page("ops/note.md", "---\nkind: question\n---\n# Salt\n\nWhich valve for salt water?\n");
    let ran = site.polder(&["search", "valve", "in:ops"]).ended(0);
    assert!(ran.out.starts_with("  1. Salt\n     ops/note/index.html\n"), "{}", ran.out);
    assert!(!ran.out.contains("Pumps"));
    let ran = site.polder(&["search", "--explain", "-n", "1", "valev \"close the\" xx:y"]).ended(0);
    assert!(ran.out.contains("valev: read as `valve`, in the text"), "{}", ran.out);
    assert!(ran.err.contains("no page has `valev`; searched for `valve`"), "{}", ran.err);
    assert!(ran.err.contains("`xx:y` is searched as words; known: in, by, kind"), "{}", ran.err);
    let ran = site.polder(&["search", "--format", "json", "machines"]).ended(0);
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines[0]["found"].as_u64(), lines[1]["title"].as_str()), (Some(1), Some("Pumps")));
    assert_eq!(lines[1]["type"], "result");
    let near = site.polder(&["search", "vlavve"]).ended(0).err;
    assert!(near.contains("no page has `vlavve`; near it are `valve`"), "{near}");
    assert!(site.polder(&["search", "xqzzy"]).ended(0).err.contains("nothing found for `xqzzy`"));
}

#[test]
fn command_tells_who_knows() {
    let site = TestSite::new()
        .page(
            "pumps.md",
            "---\nowner: Ann Baker\nauthors: [Bob]\n---\n# Pumps\n\nClose the valve.\n",
        )
        .page("people/ann.md", "---\nkind: person\ntitle: Ann Baker\nknows: [valves]\n---\n");
    let ran = site.polder(&["search", "valve"]).ended(0);
    let told = ran.out.split_once("who knows about this:\n").unwrap().1;
    let expect = "     Ann Baker: says so on their page; stands for Pumps\n     Bob: wrote Pumps\n";
    assert_eq!(told, expect, "{}", ran.out);
    let ran = site.polder(&["search", "--format", "json", "--explain", "valve"]).ended(0);
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let person = lines.iter().find(|line| line["type"] == "person").unwrap();
    assert_eq!(
        (&person["name"], &person["href"]),
        (&"Ann Baker".into(), &"people/ann/index.html".into())
    );
    assert_eq!(person["reasons"][1]["role"], "owner");
    assert_eq!(lines[1]["why"][0]["how"], "stem");
}

#[test]
fn documents_for_search_engines_are_exported() {
    let site = TestSite::new().page("a.md", "# A\n\nOne.\n\n## Part\n\nTwo.\n");
    let lines = |engine: &str| -> Vec<serde_json::Value> {
        let ran = site.polder(&["export", &format!("--search-documents{engine}")]).ended(0);
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let any = lines("");
    let part = any.iter().find(|document| document["anchor"] == "part").unwrap();
    assert_eq!((&part["heading"], &part["text"]), (&"Part".into(), &"Two.".into()));
    assert_eq!(lines("=opensearch").len(), 2 * any.len());
    assert_eq!(lines("=meilisearch"), any);
    assert_eq!(lines("=typesense").len(), any.len());
}
