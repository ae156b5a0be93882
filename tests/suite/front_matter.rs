//! What the head of a page says, in the words of many tools.

use crate::support::TestSite;

#[test]
fn page_with_broken_front_matter_is_published_with_what_can_be_read() {
    let built = TestSite::new()
        .page(
            "a.md",
            "---\ntitle: Travel: what you get\nowner: @anna\ntags:\n\t- money\n---\n\nText.\n",
        )
        .build();
    assert_eq!(built.title("a/"), "Travel: what you get");
    assert_eq!(built.codes(), ["front-matter-syntax a.md:2:14"]);
    let page = built.record("page", "a");
    assert_eq!(page["tags"], serde_json::json!(["money"]));
}

#[test]
fn front_matter_in_toml_below_a_blank_line_is_read() {
    let built = TestSite::new()
        .page("a.md", "\n+++\ntitle = \"Abridge\"\n[taxonomies]\ntags = [\"x\"]\n+++\n\nText.\n")
        .build();
    assert_eq!(built.title("a/"), "Abridge");
    assert_eq!(built.body("a/"), "<p>Text.</p>");
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn title_stays_as_it_was_written() {
    let built = TestSite::new().page("a.md", "---\ntitle: 0.90\n---\nText.\n").build();
    assert_eq!(built.title("a/"), "0.90");
}

#[test]
fn placeholders_are_nobody() {
    let built = TestSite::new()
        .page(
            "a.md",
            "---\nauthors: '@ryan, @dom and @gar'\nco-authors: (find a buddy later)\nowner: N/A\n---\nText.\n",
        )
        .build();
    let people: Vec<_> = built.records("person").iter().map(|p| p["name"].clone()).collect();
    assert_eq!(people, ["dom", "gar", "ryan"]);
}

#[test]
fn reviewers_are_credited() {
    let built =
        TestSite::new().page("a.md", "---\nauthor: Anna\nreviewers: [Chen]\n---\nText.\n").build();
    assert_eq!(built.deeds("a"), ["anna wrote", "chen reviewed"]);
}

#[test]
fn page_that_says_it_is_not_for_everybody_leaves_no_trace() {
    let site = TestSite::new()
        .page("a.md", "# A\n\n[b](b.md) and ![x](b.png)\n")
        .page("b.md", "---\npublished: false\n---\n# Harbour plans\n\n![y](secret.png)\n")
        .page("secret.png", "x")
        .commit("Ann", "2026-01-02", "Write it");
    let built = site.build();
    assert!(built.codes().contains(&"withheld-page b.md:2:1".to_owned()), "{:?}", built.codes());
    for file in built.files() {
        assert!(!file.starts_with("b/") && !file.contains("secret"), "{file}");
        let bytes = built.build.output.get(file).unwrap().bytes().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Harbour"), "{file}");
    }
}

#[test]
fn draft_is_published_and_says_so() {
    let built = TestSite::new().page("a.md", "---\ndraft: true\n---\n# A\n\nText.\n").build();
    assert_eq!(built.record("page", "a")["state"], "draft");
}

#[test]
fn manual_has_every_field_as_the_program_reads_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manual/front-matter.md");
    let manual = std::fs::read_to_string(path).unwrap();
    for field in polder::source::FIELDS {
        let also: Vec<String> = field.also.iter().map(|name| format!("`{name}`")).collect();
        let (key, takes, help) = (field.key, field.takes.words(), field.help);
        let line = format!("| `{key}` | {takes} | {help} | {} |", also.join(", "));
        assert!(
            manual.lines().any(|known| known == line),
            "docs/manual/front-matter.md lacks\n{line}"
        );
    }
}

#[test]
fn status_that_a_kind_does_not_have_is_told() {
    let built = TestSite::new()
        .page("a.md", "---\nkind: idea\nstatus: trail\n---\nText.\n")
        .page("b.md", "---\nkind: idea\nstatus: draft\n---\nText.\n")
        .page("c.md", "---\nstatus: anything\n---\nText.\n")
        .build();
    assert_eq!(
        built.findings(),
        ["unknown-status a.md:3:9: `idea` has no status `trail` (did you mean `trial`?)"]
    );
}

#[test]
fn page_without_an_owner_has_that_of_codeowners() {
    let built = TestSite::new()
        .file(".github/CODEOWNERS", "* ann@n.example\n/ops/ @n/ops-team\n/b.md @nobody-knows\n")
        .page("a.md", "# A\n\nText.\n")
        .page("b.md", "# B\n\nText.\n")
        .page("c.md", "---\nowner: bob\n---\n# C\n\nText.\n")
        .page("ops/d.md", "# D\n\nText.\n")
        .page("groups/ops-team.md", "---\nkind: group\n---\n# Ops team\n\nText.\n")
        .commit("Ann <ann@n.example>", "2026-01-02", "Write them")
        .build();
    assert_eq!(built.record("page", "a")["owner"], "ann");
    assert_eq!(built.record("page", "c")["owner"], "bob");
    assert!(built.words("b/").contains("@nobody-knows"), "{}", built.words("b/"));
    assert!(built.words("ops/d/").contains("@n/ops-team"), "{}", built.words("ops/d/"));
    assert!(
        built.main("ops/d/").contains("groups/ops-team/index.html"),
        "{}",
        built.main("ops/d/")
    );
}

#[test]
fn file_names_in_fields_are_links_to_and_from() {
    let built = TestSite::new()
        .page(
            "measures/m-01.md",
            "---\nvereiste: [aut-01-auteursrechten, none of ours]\n---\n# M\n\nText.\n",
        )
        .page("rules/aut-01-auteursrechten.md", "# Auteursrechten\n\nText.\n")
        .build();
    let main = built.main("measures/m-01/");
    assert!(main.contains("rules/aut-01-auteursrechten/index.html"), "{main}");
    let main = built.main("rules/aut-01-auteursrechten/");
    assert!(main.contains("vereiste of") && main.contains("measures/m-01/index.html"), "{main}");
}

#[test]
fn what_a_page_says_of_its_day_its_place_and_its_successor_holds() {
    let built = TestSite::new()
        .page("a/first.md", "---\norder: 2\nupdated: 2026-03-04\n---\n# First\n\nText\n")
        .page("a/second.md", "---\nweight: 1\nredirect_to: first.md\n---\n# Second\n\nText\n")
        .page("a/third.md", "# Third\n\nText\n")
        .build();
    let list = built.words("a/");
    let at = |title: &str| list.find(title).unwrap();
    assert!(at("Second") < at("First") && at("First") < at("Third"), "{list}");
    assert!(built.main("a/first/").contains("2026-03-04"));
    assert!(built.main("a/second/").contains("notice-superseded"));
    assert!(built.main("a/second/").contains("../first/index.html"));
}
