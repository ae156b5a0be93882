//! What readers searched for in vain: from access logs to the list of wanted pages, without a word on who searched.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use polder::config::Project;
use polder::pipeline;

use crate::support::TestSite;

const CONFIG: &str = "repository: https://git.n.example/noordwal/wiki\nhost: gitea\nsearch: {report: /robots.txt, missed: searches.yml}\n";

/// A line of a log in the common format.
fn line(computer: &str, day: u8, words: &str) -> String {
    format!(
        "{computer} - - [{day:02}/Nov/2026:13:55:36 +0100] \"GET /robots.txt?nothing={words} HTTP/1.1\" 200 26\n"
    )
}

/// Lines of as many computers as asked for these words, on the first of November.
fn asked(words: &str, computers: u8) -> String {
    (1..=computers).map(|n| line(&format!("10.0.0.{n}"), 1, words)).collect()
}

/// A site on pumps, with logs of each form.
fn site() -> TestSite {
    let json = r#"{"ts":1795179336.5,"request":{"remote_ip":"10.9.9.9","uri":"/robots.txt?nothing=parking+permit"}}"#;
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(asked("parking+permit", 3).as_bytes()).unwrap();
    TestSite::new()
        .config(CONFIG)
        .page("pumps.md", "# Pumps\n\nHow to mend a pump.\n")
        .file(
            "access.log",
            asked("parking+permit", 2) + &asked("salary+of+ann", 2) + &asked("mend+pump", 4),
        )
        .file("access.log.1.gz", packed.finish().unwrap())
        .file("caddy.log", format!("{json}\n"))
}

#[test]
fn searches_of_enough_readers_are_told_and_nothing_of_who_they_are() {
    let site = site();
    let logs = ["access.log", "access.log.1.gz", "caddy.log"];
    let ran =
        site.polder(&[&["searches"], &logs[..], &["--out", "searches.yml"]].concat()).ended(0);
    assert!(
        ran.out.is_empty() && ran.err.contains("told 2 of 3 different searches"),
        "{}",
        ran.err
    );
    let text = std::fs::read_to_string(site.at("searches.yml")).unwrap();
    let expect = "# What readers searched for and did not find. Written by `polder searches`.\nfrom: 2026-11-01\nto: 2026-11-20\nsearches:\n  - {times: 4, words: \"mend pump\"}\n  - {times: 4, words: \"parking permit\"}\n";
    assert_eq!(text, expect);
}

#[test]
fn file_of_searches_is_watched_before_it_is_there() {
    let site = TestSite::new()
        .config("source: docs\nsearch: {missed: logs/searches.yml}\n")
        .page("docs/pumps.md", "# Pumps\n");
    let project = Project::open(site.path()).unwrap();
    let watched = pipeline::watched(&project);
    assert!(watched.contains(&project.root.join("logs/searches.yml")), "{watched:?}");
}

#[test]
fn searches_stand_on_the_list_of_wanted_pages_until_somebody_writes_the_page() {
    let site = site();
    site.polder(&["searches", "access.log", "caddy.log", "--out", "searches.yml"]).ended(0);
    let built = site.build();
    let main = built.main("wanted/");
    assert!(main.contains("../search/index.html?q=parking%20permit"), "{main}");
    assert!(main.contains("wiki/_new/main/?filename=parking-permit.md"), "{main}");
    assert!(main.contains("wiki/_new/main/questions?filename=parking-permit.md"), "{main}");
    assert!(
        built.words("wanted/").contains("next reader. From 1 November 2026 to 20 November 2026.")
    );
    assert!(!main.contains("mend pump"), "a page has these words by now: {main}");
    assert!(built.html("pumps/").contains("../wanted/index.html"), "each page leads there");
    let built = site.page("hr/parking.md", "# Permits for parking\n").build();
    assert!(!built.has("wanted/index.html"));
}

#[test]
fn hostile_searches_are_text() {
    let words = "%3Cscript%3Ealert(1)%3C/script%3E%22%0A%20-%20{times:%201}";
    let site = TestSite::new()
        .config(CONFIG)
        .page("a.md", "# A\n")
        .file("access.log", asked(words, 3) + &asked("in:%22a", 3) + "GET\n\u{0}[\"\n");
    site.polder(&["searches", "access.log", "--out", "searches.yml"]).ended(0);
    let built = site.page("b.md", "# B\n").build();
    assert_eq!(built.codes(), Vec::<String>::new());
    let main = built.main("wanted/");
    assert!(main.contains("script alert 1 script times 1") && !main.contains("<script>"), "{main}");
}

#[test]
fn logs_that_tell_nothing_of_searches_are_refused() {
    let site = site()
        .file("other.log", "10.0.0.1 - - [01/Nov/2026:13:55:36 +0100] \"GET / HTTP/1.1\" 200 26\n");
    let refused = |logs: &[&str]| site.polder(&[&["searches"], logs].concat()).ended(2).err;
    let other = refused(&["other.log"]);
    assert!(other.contains("none of 1 request asks for `/robots.txt?nothing=…`"), "{other}");
    let none = refused(&["pumps.md"]);
    assert!(none.contains("none of 3 lines is that of an access log"), "{none}");
    assert!(refused(&["gone.log"]).contains("cannot read `gone.log`"));
    let unset = site.config("name: N\n").polder(&["searches", "other.log"]).ended(2).err;
    assert!(unset.contains("search: {report: /robots.txt}"), "{unset}");
}

#[test]
fn file_that_is_missing_or_broken_is_told() {
    let site = TestSite::new().config(CONFIG).page("a.md", "# A\n");
    let missing = site.build().findings();
    assert!(missing[0].starts_with("missed-searches searches.yml:"), "{missing:?}");
    let broken = site.file("searches.yml", "searches: [pump]\n").build().codes();
    assert_eq!(broken, ["missed-searches searches.yml:1:12"]);
}
