//! Addresses that pages had: where they lead, and what is told of them.

use crate::support::{Built, TestSite};

const WORDS: &str =
    "One line of text that is long enough.\nAnother line of it.\nA third, and the last.\n";

/// Returns where an address that a page had leads; `None` if nothing is there, or no redirect.
fn leads(built: &Built, file: &str) -> Option<String> {
    if !built.has(file) {
        return None;
    }
    let html = built.text_of(file);
    let (_, rest) = html.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    Some(rest.split('"').next().unwrap().replace("&#x2F;", "/"))
}

fn to(href: &str) -> Option<String> {
    Some(href.to_owned())
}

fn page(title: &str) -> String {
    format!("# {title}\n\n{title}: {WORDS}")
}

#[test]
fn aliases_that_look_like_addresses_are_addresses() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page(
            "money/expenses.md",
            "---\naliases: [/old/path/, older/page.md, /oldest.html, Claiming money back, Declaraties]\n---\n# Expenses\n",
        )
        .build();
    assert_eq!(leads(&built, "old/path/index.html"), to("../../money/expenses/index.html"));
    assert_eq!(leads(&built, "older/page/index.html"), to("../../money/expenses/index.html"));
    assert_eq!(leads(&built, "oldest.html"), to("money/expenses/index.html"));
    assert_eq!(leads(&built, "money/Declaraties/index.html"), to("../expenses/index.html"));
    assert!(built.files().iter().all(|file| !file.contains("Claiming")));
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn addresses_that_other_tools_gave_a_page_lead_to_it() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page(
            "a/b.md",
            "---\nredirect_from: [/old/, older]\npermalink: /x/y.html\nslug: c\n---\n# B\n",
        )
        .page("a/d/index.md", "---\nslug: e\n---\n# D\n")
        .page("a/f.md", "---\nslug: /g/h\npermalink: /a/b/\n---\n# F\n")
        .build();
    let b = "a/b/index.html";
    assert_eq!(leads(&built, "old/index.html"), to(&format!("../{b}")));
    assert_eq!(leads(&built, "older/index.html"), to(&format!("../{b}")));
    assert_eq!(leads(&built, "x/y.html"), to(&format!("../{b}")));
    assert_eq!(leads(&built, "a/c/index.html"), to("../b/index.html"));
    assert_eq!(leads(&built, "a/e/index.html"), to("../d/index.html"));
    assert_eq!(leads(&built, "g/h/index.html"), to("../../a/f/index.html"));
    assert_eq!(built.title("a/b/"), "B");
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn redirect_works_without_a_script_and_is_nobodys_search_result() {
    let built = TestSite::new()
        .config("url: https://wiki.example/base\npublic: true\n")
        .page("index.md", "# Home\n")
        .page("a b.md", "---\naliases: [/old/]\nlang: nl\ntitle: Over \"<b>\"\n---\n")
        .build();
    let html = built.text_of("old/index.html");
    for part in [
        "<html lang=\"nl\" data-to=\"../a%20b/index.html\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=../a%20b/index.html\">",
        "<link rel=\"canonical\" href=\"https://wiki.example/base/a%20b/\">",
        "<meta name=\"robots\" content=\"noindex\">",
        "<a href=\"../a%20b/index.html\">Over &quot;&lt;b&gt;&quot;</a>",
        "Deze pagina is verhuisd",
    ] {
        let plain = html.replace("&#x2F;", "/");
        assert!(plain.contains(part), "{part} in {plain}");
    }
}

#[test]
fn living_pages_and_files_win_over_aliases() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", "---\naliases: [/b/, /img/x.png, /people/, /a/, /assets/]\n---\n# A\n\n![x](img/x.png)\n")
        .page("b.md", "# B\n")
        .file("img/x.png", "x")
        .build();
    assert_eq!(built.title("b/"), "B");
    assert_eq!(
        built.findings(),
        [
            "alias-taken a.md:2:11: `b.md` has the address /b/; this alias leads nobody here (take the alias away, or move what stands there)",
            "alias-taken a.md:2:16: `img/x.png` has the address /img/x.png/; this alias leads nobody here (take the alias away, or move what stands there)",
            "alias-taken a.md:2:28: a list that Polder makes has the address /people/; this alias leads nobody here (take the alias away, or move what stands there)",
        ]
    );
}

#[test]
fn two_pages_with_one_alias_are_both_named() {
    let built = TestSite::new()
        .page("a.md", "---\naliases: /old/\n---\n# A\n")
        .page("b.md", "---\naliases: /Old/\n---\n# B\n")
        .build();
    assert_eq!(leads(&built, "old/index.html"), to("../a/index.html"));
    assert_eq!(
        built.findings(),
        [
            "alias-shared b.md:2:10: `a.md` has the alias /Old/ too; the address leads there (take the alias away from one of the two pages)"
        ]
    );
}

#[test]
fn every_address_of_a_chain_of_renames_leads_to_the_page() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("a.md", "ops/b.md")
        .commit("Ann", "2026-01-02", "Move it")
        .moved("ops/b.md", "deep/er/c.md")
        .commit("Ann", "2026-01-03", "Move it again")
        .build();
    assert_eq!(leads(&built, "a/index.html"), to("../deep/er/c/index.html"));
    assert_eq!(leads(&built, "ops/b/index.html"), to("../../deep/er/c/index.html"));
}

#[test]
fn folder_that_moved_leaves_all_its_addresses() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("handbook/README.md", &page("Handbook"))
        .page("handbook/a.md", &page("A"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("handbook/README.md", "guide/index.md")
        .moved("handbook/a.md", "guide/a.md")
        .commit("Ann", "2026-01-02", "Move it")
        .build();
    assert_eq!(leads(&built, "handbook/index.html"), to("../guide/index.html"));
    assert_eq!(leads(&built, "handbook/README/index.html"), to("../../guide/index.html"));
    assert_eq!(leads(&built, "handbook/a/index.html"), to("../../guide/a/index.html"));
}

#[test]
fn index_under_another_name_keeps_the_address_of_its_folder() {
    let built = TestSite::new()
        .page("ops/README.md", &page("Ops"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("ops/README.md", "ops/index.md")
        .commit("Ann", "2026-01-02", "Rename it")
        .build();
    assert_eq!(built.title("ops/"), "Ops");
    assert_eq!(leads(&built, "ops/README/index.html"), to("../index.html"));
}

#[test]
fn path_that_another_page_took_is_that_page() {
    let built = TestSite::new()
        .page("a.md", &page("First"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("a.md", "b.md")
        .commit("Ann", "2026-01-02", "Move it")
        .page("a.md", &page("Second"))
        .commit("Ann", "2026-01-03", "Use the name again")
        .build();
    assert_eq!(built.title("a/"), "Second");
    assert_eq!(built.title("b/"), "First");
}

#[test]
fn who_had_an_address_last_has_it_still() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", &page("First"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("a.md", "b.md")
        .commit("Ann", "2026-01-02", "Move it")
        .page("a.md", &page("Second, which is about quite something else"))
        .commit("Ann", "2026-01-03", "Use the name again")
        .moved("a.md", "c.md")
        .commit("Ann", "2026-01-04", "Move that too")
        .build();
    assert_eq!(leads(&built, "a/index.html"), to("../c/index.html"));
}

#[test]
fn page_that_was_moved_in_two_commits_is_found() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .removed("a.md")
        .commit("Ann", "2026-01-02", "Take it away")
        .page("ops/b.md", &page("T"))
        .commit("Ann", "2026-01-03", "Put it there")
        .build();
    assert_eq!(leads(&built, "a/index.html"), to("../ops/b/index.html"));
}

#[test]
fn removed_copy_leads_to_the_page_that_it_was_a_copy_of() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("a.md", "ops/b.md")
        .commit("Ann", "2026-01-02", "Move it")
        .page("a.md", &page("T"))
        .commit("Ann", "2026-01-03", "Mirror it for now")
        .removed("a.md")
        .commit("Ann", "2026-01-04", "Take the mirror away")
        .build();
    assert_eq!(leads(&built, "a/index.html"), to("../ops/b/index.html"));
}

#[test]
fn front_that_had_an_address_of_its_own_beside_a_better_one_keeps_it() {
    let built = TestSite::new()
        .page("ops/index.md", &page("Better"))
        .page("ops/README.md", &page("Ops"))
        .commit("Ann", "2026-01-01", "Write both")
        .moved("ops/index.md", "ops/other.md")
        .commit("Ann", "2026-01-02", "Leave one")
        .moved("ops/README.md", "ops/readme.md")
        .commit("Ann", "2026-01-03", "Smaller")
        .build();
    assert_eq!(built.title("ops/"), "Ops");
    assert_eq!(leads(&built, "ops/README/index.html"), to("../index.html"));
}

#[test]
fn page_that_came_back_is_the_page() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .removed("a.md")
        .commit("Ann", "2026-01-02", "Take it away")
        .page("a.md", "# New\n")
        .commit("Ann", "2026-01-03", "Put it back")
        .build();
    assert_eq!(built.title("a/"), "New");
}

#[test]
fn address_that_differs_in_letter_case_is_never_written() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("Git.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("Git.md", "git.md")
        .commit("Ann", "2026-01-02", "Smaller")
        .build();
    assert!(!built.has("Git/index.html"));
    assert_eq!(built.title("git/"), "T");
    assert!(built.text_of("404.html").contains(">Git</a>"));
}

#[test]
fn removed_page_tells_who_when_and_why() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("ops/a.md", "# A\n")
        .page("ops/old.md", &page("T"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("ops/old.md", "ops/gone.md")
        .commit("Ann", "2026-01-02", "Move it")
        .removed("ops/gone.md")
        .commit("Bob", "2026-01-03", "Nobody needs it\n\nIt was wrong besides.")
        .build();
    for address in ["ops/gone/", "ops/old/"] {
        let words = built.words(address);
        for part in [
            "What stood here: T ops/gone.md",
            "Bob",
            "3 January 2026",
            "Nobody needs it",
            "It was wrong besides.",
            "3 versions",
            "Ops",
        ] {
            assert!(words.contains(part), "{part} in {words}");
        }
    }
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn what_never_was_a_page_of_the_site_leaves_no_address() {
    let built = TestSite::new()
        .config("exclude: [secret, 'draft-*.md']\n")
        .page("index.md", "# Home\n")
        .page("secret/deep/a.md", &page("A"))
        .page(".github/b.md", &page("B"))
        .page("draft-c.md", &page("C"))
        .commit("Ann", "2026-01-01", "Write it")
        .removed("secret/deep/a.md")
        .removed("draft-c.md")
        .moved(".github/b.md", "b.md")
        .commit("Ann", "2026-01-02", "Take it away")
        .build();
    let leaks: Vec<_> = built
        .files()
        .into_iter()
        .filter(|file| file.contains("secret") || file.contains("draft") || file.contains("github"))
        .map(str::to_owned)
        .collect();
    assert_eq!(leaks, [""; 0]);
}

#[test]
fn addresses_are_below_the_source_and_relative_to_it() {
    let site = TestSite::new()
        .config("source: docs\n")
        .page("docs/index.md", "# Home\n")
        .page("docs/a.md", &page("A"))
        .page("outside.md", &page("B"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("docs/a.md", "docs/x/a.md")
        .moved("outside.md", "docs/inside.md")
        .commit("Ann", "2026-01-02", "Move it");
    let built = site.build();
    assert_eq!(leads(&built, "a/index.html"), to("../x/a/index.html"));
    assert!(!built.has("outside/index.html"));
}

#[test]
fn links_to_former_paths_lead_to_the_page_with_a_note() {
    let built = TestSite::new()
        .page("index.md", "# Home\n\n[x](ops/old.md#t)\n\n[y](ops/old/)\n\n[[old]]\n\n[[ops/old|z]]\n\n[w](gone.md)\n")
        .page("ops/old.md", &page("T"))
        .page("gone.md", &page("Gone"))
        .commit("Ann", "2026-01-01", "Write it")
        .moved("ops/old.md", "team/new.md")
        .removed("gone.md")
        .commit("Ann", "2026-01-02", "Move one, drop one")
        .build();
    let moved = "this page is called `team/new.md` now (write `team/new.md`)";
    assert_eq!(
        built.findings(),
        [
            &format!("moved-page index.md:3:1: {moved}"),
            &format!("moved-page index.md:5:1: {moved}"),
            &format!("moved-page index.md:7:1: {moved}"),
            &format!("moved-page index.md:9:1: {moved}"),
            "broken-link index.md:11:1: `gone.md` leads to a page that Ann removed on 2026-01-02 (take the link away; the reason was `Move one, drop one`)",
        ]
    );
    assert!(built.body("").contains("href=\"team/new/index.html#t\""));
}

#[test]
fn redirects_are_found_by_no_search_and_listed_nowhere() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("a.md", "---\naliases: [/zebra/]\n---\n# A\n")
        .build();
    assert!(built.has("zebra/index.html"));
    let naming = built.files().into_iter().filter(|file| {
        !file.starts_with("zebra/")
            && file.ends_with(".html")
            && built.text_of(file).contains("zebra/")
    });
    assert_eq!(naming.count(), 0);
}

fn sections(heads: [&str; 3]) -> String {
    let [a, b, c] = heads;
    format!(
        "# Pumps\n\n## {a}\n\nOf iron and steel.\n\n## {b}\n\nEvery week, by hand.\n\n## {c}\n\nCall us at once.\n"
    )
}

#[test]
fn renamed_headings_keep_their_old_places() {
    let built = TestSite::new()
        .page("index.md", "# Home\n\n[x](pumps.md#cleaning)\n\n[[pumps#How to clean *them*]]\n")
        .page("pumps.md", &sections(["Parts", "Cleaning", "Faults"]))
        .commit("Ann", "2026-01-01", "Write it")
        .page("pumps.md", &sections(["Parts", "How to clean *them*", "Faults"]))
        .commit("Ann", "2026-01-02", "Say it plainer")
        .page("pumps.md", &sections(["Parts", "Keeping them clean", "Faults"]))
        .commit("Ann", "2026-01-03", "And again")
        .build();
    let body = built.body("pumps/");
    let heading = "<h2 id=\"keeping-them-clean\"><span id=\"how-to-clean-them\"></span><span id=\"cleaning\"></span>Keeping them clean";
    assert!(body.contains(heading), "{body}");
    assert_eq!(body.matches("<span id=").count(), 3);
    assert_eq!(
        built.findings(),
        [
            "renamed-heading index.md:3:1: the heading `#cleaning` in `pumps.md` has another text now (write `#keeping-them-clean`)",
            "renamed-heading index.md:5:1: the heading `#How to clean *them*` in `pumps.md` has another text now (write `#keeping-them-clean`)",
        ]
    );
    assert!(built.body("").contains("pumps/index.html#keeping-them-clean"));
}

#[test]
fn old_place_of_a_heading_is_never_that_of_a_living_one() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("pumps.md", &sections(["Parts", "Cleaning", "Faults"]))
        .commit("Ann", "2026-01-01", "Write it")
        .page("pumps.md", &sections(["Parts", "Upkeep", "Faults"]))
        .commit("Ann", "2026-01-02", "Rename one")
        .page("pumps.md", &sections(["Parts", "Upkeep", "Cleaning"]))
        .commit("Ann", "2026-01-03", "Use the name again")
        .build();
    let body = built.body("pumps/");
    assert_eq!(body.matches("id=\"cleaning\"").count(), 1, "{body}");
    assert!(body.contains("<h2 id=\"cleaning\"><span id=\"faults\"></span>Cleaning"), "{body}");
}

#[test]
fn heading_that_got_its_text_back_has_one_place() {
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("pumps.md", &sections(["Parts", "Cleaning", "Faults"]))
        .commit("Ann", "2026-01-01", "Write it")
        .page("pumps.md", &sections(["Parts", "Upkeep", "Faults"]))
        .commit("Ann", "2026-01-02", "Rename it")
        .page("pumps.md", &sections(["Parts", "Cleaning", "Faults"]))
        .commit("Ann", "2026-01-03", "Think better of it")
        .build();
    let body = built.body("pumps/");
    assert!(body.contains("<h2 id=\"cleaning\"><span id=\"upkeep\"></span>Cleaning"), "{body}");
}

#[test]
fn rules_for_web_servers_are_written_when_asked_for() {
    let site = || {
        TestSite::new()
            .page("index.md", "# Home\n")
            .page("a.md", &format!("---\naliases: [/old/, /oldest.html]\n---\n{}", page("A")))
            .page("Git.md", &page("Git"))
            .page("gone.md", &page("Gone"))
            .commit("Ann", "2026-01-01", "Write it")
            .moved("Git.md", "git.md")
            .removed("gone.md")
            .commit("Ann", "2026-01-02", "Smaller")
    };
    let plain = site().build();
    for file in ["redirects.nginx.conf", ".htaccess", "web.config", "_redirects"] {
        assert!(!plain.has(file), "{file}");
    }
    let built = site()
        .config("url: https://n.example/wiki/\nredirects: [nginx, apache, iis, netlify]\n")
        .build();
    let nginx = built.text_of("redirects.nginx.conf");
    let rule = |from: &str, to: &str| {
        format!("location = \"{from}\" {{ return 301 \"{to}$is_args$args\"; }}\n")
    };
    assert!(nginx.contains(&rule("/wiki/old/", "/wiki/a/")), "{nginx}");
    assert!(nginx.contains(&rule("/wiki/oldest.html", "/wiki/a/")), "{nginx}");
    assert!(nginx.contains(&rule("/wiki/Git/", "/wiki/git/")), "{nginx}");
    assert!(!nginx.contains("gone"), "{nginx}");
    assert!(
        built
            .text_of(".htaccess")
            .contains("\nRewriteRule \"^old(/(index\\.html)?)?$\" \"/wiki/a/\" ")
    );
    assert!(built.text_of("web.config").contains("<add key=\"/wiki/old/\" value=\"/wiki/a/\" />"));
    assert!(built.text_of("_redirects").contains("\n/wiki/old/ /wiki/a/ 301\n"));
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn page_for_what_is_not_there_knows_the_path_of_the_site() {
    let built =
        TestSite::new().config("url: https://n.example/wiki\n").page("index.md", "# H\n").build();
    assert!(built.text_of("404.html").contains("href=\"/wiki/assets/site."));
}
