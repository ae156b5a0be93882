//! Any folder builds; what cannot be a site is refused in words that help.

use polder::base::SourcePath;
use polder::model::Site;
use polder::source::Proposal;

use crate::support::TestSite;

#[test]
fn folder_without_git_front_matter_or_configuration_builds() {
    let site =
        TestSite::new().page("index.md", "# Welcome\n\nHello.").page("ops/backup.md", "Daily.");
    let built = site.build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.title("/"), "Welcome");
    assert_eq!(built.title("/ops/backup/"), "Backup");
    assert!(built.has("404.html") && built.has("search/index.html") && built.has("robots.txt"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn empty_folder_gives_a_site_with_its_lists() {
    let built = TestSite::new().build();
    assert_eq!(built.records("page").len(), 0);
    for list in ["/", "/people/", "/domains/", "/changes/", "/search/"] {
        assert!(!built.main(list).is_empty(), "{list}");
    }
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn repository_without_commits_builds() {
    let built = TestSite::new().page("a.md", "# A").git().build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.records("revision").len(), 0);
    assert_eq!(built.record("page", "a")["updated"], serde_json::Value::Null);
}

#[test]
fn folder_inside_a_repository_is_a_site_with_its_part_of_the_history() {
    let site = TestSite::new()
        .page("docs/guide.md", "# Guide\n")
        .page("README.md", "# Program\n")
        .commit("Ann", "2026-01-02", "Write the guide")
        .page("README.md", "# Program two\n")
        .commit("Bob", "2026-01-03", "Work on the program");
    let built = site.build_of("docs");
    let pages: Vec<_> = built.records("page");
    assert_eq!(pages.len(), 1);
    assert_eq!((&pages[0]["id"], &pages[0]["updated"]), (&"guide".into(), &"2026-01-02".into()));
    assert_eq!(built.records("revision").len(), 1);
    assert!(!built.words("changes/").contains("Work on the program"));
}

#[test]
fn source_and_name_come_from_the_configuration() {
    let site = TestSite::new()
        .config("name: Handbook of X\nsource: wiki\npurpose: To find things\n")
        .page("wiki/a.md", "# A")
        .page("notes/b.md", "# B");
    let built = site.build();
    assert_eq!(built.records("page").len(), 1);
    assert!(built.html("a/").contains("Handbook of X"));
    assert_eq!(built.title("/"), "To find things");
}

#[test]
fn excluded_and_ignored_files_are_no_part_of_the_site() {
    let site = TestSite::new()
        .config("exclude: [drafts/, '*.bak.md']\nattachments: all\n")
        .file(".gitignore", "secret/\n")
        .page("a.md", "# A")
        .page("drafts/b.md", "# B")
        .page("c.bak.md", "# C")
        .page("secret/d.md", "# D")
        .page("node_modules/e/README.md", "# E")
        .page("public/f.md", "# F");
    let ids: Vec<_> = site.build().records("page").iter().map(|page| page["id"].clone()).collect();
    assert_eq!(ids, ["a"]);
}

#[test]
fn page_that_git_tracks_is_there_whatever_gitignore_says() {
    let built = TestSite::new()
        .config("exclude: [kept/out.md]\n")
        .page("kept/a.md", "# Kept\n\n![The plan](p.png)\n")
        .file("kept/p.png", "x")
        .page("kept/out.md", "# Out\n")
        .commit("Ann", "2026-01-01", "Write it")
        .file(".gitignore", "kept/\n")
        .page("kept/new.md", "# New\n")
        .build();
    let ids: Vec<_> = built.records("page").iter().map(|page| page["id"].clone()).collect();
    assert_eq!(ids, ["kept/a"]);
    assert!(built.has("kept/p.png"));
}

#[test]
fn what_is_no_folder_is_refused() {
    let site = TestSite::new().page("a.md", "# A");
    let ran = site.polder(&["build", "nowhere"]).ended(2);
    assert!(ran.err.contains("there is no folder `nowhere`"), "{}", ran.err);
    assert!(
        ran.err.contains("help: name the folder that holds your Markdown pages"),
        "{}",
        ran.err
    );
    let ran = site.polder(&["build", "a.md"]).ended(2);
    assert!(ran.err.contains("`a.md` is not a folder"), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn unknown_key_of_the_configuration_is_refused_with_a_suggestion() {
    let site = TestSite::new().config("name: X\npuropse: y\nlanguages: {a: b}\n");
    assert_eq!(
        site.refusal(),
        [
            "configuration polder.yml:2:1: unknown key `puropse` (did you mean `purpose`?)",
            "configuration polder.yml:3:12: `languages` is a mapping; expected a list of texts",
        ]
    );
    let ran = site.polder(&["check"]).ended(2);
    assert!(ran.err.contains("polder.yml:2:1") && ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn configuration_that_cannot_be_read_is_refused() {
    let refusal = TestSite::new().config("name: a: b\n").refusal();
    assert!(refusal[0].starts_with("configuration polder.yml:1:"), "{refusal:?}");
    let refusal = TestSite::new().file("polder.yml", b"name: caf\xe9\n").refusal();
    assert!(refusal[0].contains("not UTF-8"), "{refusal:?}");
    let refusal = TestSite::new().config("source: nowhere\n").refusal();
    assert!(refusal[0].contains("there is no folder"), "{refusal:?}");
    assert_eq!(refusal[1], "mend `source` in polder.yml");
    let refusal = TestSite::new().config("theme: nowhere\n").refusal();
    assert_eq!(refusal[1], "mend `theme` in polder.yml");
}

#[test]
fn configuration_is_found_from_a_folder_of_the_site() {
    let site = TestSite::new().config("name: Whole\n").page("ops/a.md", "# A").page("b.md", "# B");
    let built = site.build_of("ops");
    assert_eq!(built.build.project.config.name, "Whole");
    assert_eq!(built.records("page").len(), 1, "the folder that is named is what is built");
}

#[test]
fn proposal_is_read_as_if_it_had_been_made() {
    let site = TestSite::new()
        .page("a.md", "# A\n\n[b](b.md) and ![p](img/p.gif)\n")
        .page("b.md", "# B\n")
        .file("img/p.gif", "GIF89a\u{2}\0\u{3}\0\0\0\0\0\0\0");
    let moved = |from: &str, to: &str| (SourcePath::new(from), SourcePath::new(to));
    let proposal = Proposal {
        moves: [moved("b.md", "c/d.md"), moved("img/p.gif", "q.gif")].into(),
        texts: [(SourcePath::new("b.md"), b"# Other\n".to_vec())].into(),
        ..Proposal::default()
    };
    let proposed = site.pipeline().read(&proposal).unwrap();
    let made = site.moved("b.md", "c/d.md").page("c/d.md", "# Other\n").moved("img/p.gif", "q.gif");
    let made = made.pipeline().read(&Proposal::default()).unwrap();
    assert_eq!(proposed.diagnostics, made.diagnostics);
    assert_eq!(proposed.diagnostics.iter().count(), 2, "{:?}", proposed.diagnostics);
    let tell = |site: &Site| {
        let pages = site.pages.rows().iter().map(|page| (page.url.to_string(), page.title.clone()));
        (pages.collect::<Vec<_>>(), site.image_sizes.clone(), site.files.clone())
    };
    assert_eq!(tell(&proposed.site), tell(&made.site));
}
