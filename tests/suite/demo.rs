//! `polder demo`: the example site, the same for everybody.

use std::path::Path;

use polder::pipeline::{BuildOptions, Cache, Pipeline};

use crate::support::{Built, TestSite, polder};

fn head(folder: &Path) -> String {
    let repository = git2::Repository::open(folder).unwrap();
    repository.head().unwrap().target().unwrap().to_string()
}

fn build(folder: &Path) -> Built {
    let options = BuildOptions {
        folder: folder.to_owned(),
        out: None,
        cache: Cache::None,
        ci: None,
        preview: false,
    };
    Built::new(Pipeline::new(options).build(&mut |_| {}).unwrap())
}

#[test]
fn two_demos_have_the_same_commits_and_no_warnings() {
    let site = TestSite::new();
    let one = site.polder(&["demo", "one", "--no-serve"]).ended(0);
    let two = polder(site.path(), &["demo", "deep/two", "--no-serve"]).ended(0);
    assert_eq!(head(&site.at("one")), head(&site.at("deep/two")));
    assert_eq!(one.out, two.out);
    assert!(!one.out.contains("warning[") && !one.out.contains("error["), "{}", one.out);
    let index = |name: &str| std::fs::read(site.at(name).join("public/index.html")).unwrap();
    assert_eq!(index("one"), index("deep/two"));
    site.polder(&["check", "one", "--deny", "warnings"]).ended(0);
}

#[test]
fn demo_again_in_the_same_folder_works_and_other_folders_are_refused() {
    let site = TestSite::new();
    site.polder(&["demo", "one", "--no-serve"]).ended(0);
    let before = head(&site.at("one"));
    site.polder(&["demo", "one", "--no-serve"]).ended(0);
    assert_eq!(head(&site.at("one")), before);
    site.write("mine/thesis.doc", "years of work");
    let ran = site.polder(&["demo", "mine", "--no-serve"]).ended(2);
    assert!(ran.err.contains("mine"), "{}", ran.err);
    assert!(site.at("mine/thesis.doc").is_file());
}

#[test]
fn example_site_shows_what_it_is_to_show() {
    let site = TestSite::new();
    site.polder(&["demo", "one", "--no-serve"]).ended(0);
    let built = build(&site.at("one"));
    let count = |sort: &str| built.records(sort).len();
    assert!(count("page") >= 60 && count("domain") == 6 && count("person") >= 12);
    let revisions = built.records("revision");
    let changed =
        |what: &str| revisions.iter().filter(|revision| revision["change"] == what).count();
    assert!(changed("renamed") > 0);
    assert!(
        revisions.iter().any(|revision| revision["people"].as_array().unwrap().len() > 1),
        "co-authors"
    );
    assert!(revisions.iter().any(|revision| !revision["reviewers"].as_array().unwrap().is_empty()));
    assert!(built.build.site.history.commits.len() >= 150);
    assert!(!built.build.site.history.removals.is_empty());
}

#[test]
fn every_address_of_the_example_site_leads_somewhere() {
    let site = TestSite::new();
    site.polder(&["demo", "one", "--no-serve"]).ended(0);
    assert_eq!(build(&site.at("one")).dead_addresses(), [""; 0]);
}
