//! Feeds and the list of pages for search engines.

use crate::support::{Built, TestSite};

fn site(config: &str) -> TestSite {
    TestSite::new()
        .page("a.md", "---\ndomains: [ops]\n---\n# A & B\n\nWe meet on Monday.\n")
        .page("b.md", "# Other\n")
        .commit("Ann", "2026-01-02", "Write <both>")
        .page("a.md", "---\ndomains: [ops]\n---\n# A & B\n\nWe meet on Tuesday.\n")
        .commit("Bob", "2026-02-03", "Meet a day later")
        .config(config)
}

const URL: &str = "url: https://w.example/wiki\n";

fn json(built: &Built, path: &str) -> serde_json::Value {
    serde_json::from_str(&built.text_of(path)).unwrap()
}

fn titles(built: &Built, path: &str) -> Vec<String> {
    let feed = json(built, path);
    let items = feed["items"].as_array().unwrap();
    items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn site_domains_people_and_pages_have_feeds() {
    let built = site(URL).build();
    assert_eq!(
        titles(&built, "feed.json"),
        ["A & B: Meet a day later", "A & B: Write <both>", "Other: Write <both>"]
    );
    assert_eq!(titles(&built, "domains/ops/feed.json"), titles(&built, "a/feed.json"));
    assert_eq!(titles(&built, "people/bob/feed.json"), ["A & B: Meet a day later"]);
    assert_eq!(titles(&built, "b/feed.json"), ["Other: Write <both>"]);
}

#[test]
fn entries_tell_what_changed_and_lead_there() {
    let built = site(URL).build();
    let feed = json(&built, "a/feed.json");
    let entry = &feed["items"][0];
    assert_eq!(entry["summary"], "1 paragraph changed");
    let html = entry["content_html"].as_str().unwrap();
    assert!(html.contains("<del><span class=\"sr\">Deleted: </span>Monday</del>"), "{html}");
    let url = entry["url"].as_str().unwrap();
    let path = url.strip_prefix("https://w.example/wiki/").unwrap();
    assert!(built.has(&format!("{path}index.html")), "{url}");
    let atom = built.text_of("a/feed.xml");
    for part in [
        &format!("<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>"),
        "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://w.example/wiki/a/feed.xml\"/>",
        "<title>A &amp; B: Write &lt;both&gt;</title>",
        "<author><name>Bob</name></author>",
        "<updated>2026-02-03T",
        "&lt;del&gt;",
    ] {
        assert!(atom.contains(part), "{part} in {atom}");
    }
}

#[test]
fn ids_of_entries_stay_when_the_site_moves_and_differ_among_themselves() {
    let ids = |config: &str| {
        let feed = json(&site(config).build(), "feed.json");
        let items = feed["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let here = ids(URL);
    assert_eq!(here, ids("url: https://elsewhere.example\n"));
    let distinct: std::collections::BTreeSet<&String> = here.iter().collect();
    assert_eq!(distinct.len(), 3);
}

#[test]
fn pages_name_their_feed_and_a_link_to_follow() {
    let built = site("url: https://w.example\n").build();
    let html = built.html("a/");
    assert!(html.contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Changes: A &amp; B\" href=\"feed.xml\">"), "{html}");
    assert!(html.contains(">Follow by feed: A &amp; B</a>"), "{html}");
    assert!(built.html("a/history/").contains("href=\"../feed.xml\""));
    assert!(built.html("changes/").contains("href=\"../feed.xml\""));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn without_its_address_a_site_has_no_feeds_and_says_so_once() {
    let built = site("name: W\n").build();
    assert!(!built.files().iter().any(|path| path.contains("feed.")));
    let message = "feed-needs-url polder.yml:1:1: there are no feeds: nobody knows the address at which the site is read (add `url: https://…`)";
    let told: Vec<String> =
        built.findings().into_iter().filter(|found| found.starts_with("feed")).collect();
    assert_eq!(told, [message]);
}

#[test]
fn mass_edit_is_one_entry() {
    let mut site = TestSite::new().config(URL);
    for number in 0..8 {
        site = site.page(&format!("p{number}.md"), &format!("# Page {number}\n"));
    }
    let built = site.commit("Ann", "2026-01-02", "Import").build();
    assert_eq!(titles(&built, "feed.json"), ["Import"]);
    assert!(json(&built, "feed.json")["items"][0]["content_html"].to_string().contains("Page 7"));
}

#[test]
fn public_sites_list_their_pages_for_search_engines() {
    let built = site(&format!("{URL}public: true\n")).build();
    let list = built.text_of("sitemap.xml");
    assert!(
        list.contains(
            "<url><loc>https://w.example/wiki/a/</loc><lastmod>2026-02-03</lastmod></url>"
        ),
        "{list}"
    );
    assert!(built.text_of("robots.txt").contains("Sitemap: https://w.example/wiki/sitemap.xml"));
    assert!(!site(URL).build().has("sitemap.xml"));
}

#[test]
fn entry_of_a_page_that_only_moved_has_a_content_too() {
    let built = TestSite::new()
        .page("a.md", "# Meetings\n\nWe meet on Monday.\n")
        .commit("Ann", "2026-01-02", "Write it")
        .moved("a.md", "b.md")
        .commit("Ann", "2026-01-03", "Call it otherwise")
        .config(URL)
        .build();
    assert_eq!(
        json(&built, "b/feed.json")["items"][0]["content_text"],
        "Meetings: Call it otherwise"
    );
}

#[test]
fn lists_of_changes_of_a_kind_lead_to_its_feed() {
    let built = TestSite::new()
        .config("url: https://w.example\n")
        .page("a.md", "# A\n\nText.\n")
        .page("d.md", "---\nkind: decision\n---\n# D\n")
        .commit("Ann", "2026-01-02", "Write both")
        .build();
    assert_eq!(titles(&built, "decisions/feed.json"), ["D: Write both"]);
    assert_eq!(titles(&built, "changes/kind/page/feed.json"), ["A: Write both"]);
    assert!(built.html("changes/kind/decision/").contains("href=\"../../../decisions/feed.xml\""));
    assert!(built.html("changes/kind/page/").contains("href=\"feed.xml\""));
    assert!(built.html("changes/kind/page/").contains(">Follow by feed: Pages</a>"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}
