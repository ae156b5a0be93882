//! How a site reaches its folder: refusals, files of others, exit codes. Through the binary.

use std::fs;

use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new().page("a.md", "# A\n").page("b.md", "# B\n")
}

#[test]
fn build_writes_beside_the_pages_and_ends_with_0() {
    let site = site();
    let ran = site.polder(&["build"]).ended(0);
    assert!(site.at("public/a/index.html").is_file());
    assert_eq!(ran.out, "", "findings alone go to standard output");
    assert!(ran.err.contains("2 pages"), "{}", ran.err);
}

#[test]
fn out_says_where_to_write_and_quiet_says_nothing() {
    let site = site();
    let ran = site.polder(&["build", "--out", "elsewhere/site", "--quiet"]).ended(0);
    assert!(site.at("elsewhere/site/a/index.html").is_file());
    assert!(!site.at("public").exists());
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    let again = site.polder(&["build", "--out", "elsewhere/site", "--quiet"]).ended(0);
    assert_eq!(again.out, "", "the output is no source of the next build");
}

#[test]
fn pages_that_are_gone_leave_the_output() {
    let site = site();
    site.polder(&["build"]).ended(0);
    let site = site.removed("b.md");
    site.polder(&["build"]).ended(0);
    assert!(site.at("public/a/index.html").is_file());
    assert!(!site.at("public/b").exists());
}

#[test]
fn files_of_others_in_the_output_stay() {
    let site = site();
    site.polder(&["build"]).ended(0);
    site.write("public/CNAME", "wiki.example.org");
    let ran = site.polder(&["build"]).ended(0);
    assert_eq!(fs::read_to_string(site.at("public/CNAME")).unwrap(), "wiki.example.org");
    assert!(ran.err.contains("CNAME"), "{}", ran.err);
}

#[test]
fn folder_of_somebody_else_is_refused() {
    let site = site();
    site.write("public/thesis.doc", "years of work");
    let ran = site.polder(&["build"]).ended(2);
    assert!(ran.err.contains("holds files that polder did not write"), "{}", ran.err);
    assert!(ran.err.contains("help: choose another folder"), "{}", ran.err);
    let left: Vec<_> = fs::read_dir(site.at("public")).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn folder_that_holds_the_source_is_refused() {
    let site = site();
    for out in [".", "..", "/"] {
        let ran = site.polder(&["build", "--out", out]).ended(2);
        assert!(ran.err.contains("holds the source"), "{out}: {}", ran.err);
    }
    assert!(site.at("a.md").is_file());
}

#[test]
fn file_in_the_place_of_the_output_is_refused() {
    let site = site();
    site.write("public", "a file");
    let ran = site.polder(&["build"]).ended(2);
    assert!(ran.err.contains("is not a folder"), "{}", ran.err);
}

#[test]
fn bad_arguments_end_with_2() {
    let ran = site().polder(&["build", "--colour"]).ended(2);
    assert!(ran.err.contains("--colour"), "{}", ran.err);
    site().polder(&["bulid"]).ended(2);
}

#[test]
fn content_errors_end_with_1_and_the_site_is_built() {
    let site = site().config("levels: {broken-link: error}\n").page("c.md", "[x](nope.md)");
    let ran = site.polder(&["build"]).ended(1);
    assert!(ran.out.contains("error[broken-link]"), "{}", ran.out);
    assert!(site.at("public/c/index.html").is_file());
}

#[test]
fn former_site_stays_when_the_build_cannot_run() {
    let site = site();
    site.polder(&["build"]).ended(0);
    let before = fs::read(site.at("public/a/index.html")).unwrap();
    site.write("polder.yml", "nmae: X\n");
    site.polder(&["build"]).ended(2);
    assert_eq!(fs::read(site.at("public/a/index.html")).unwrap(), before);
    assert!(
        !fs::read_dir(site.path())
            .unwrap()
            .any(|entry| { entry.unwrap().file_name().to_string_lossy().contains(".polder-") })
    );
}

#[test]
fn timings_and_no_cache_are_heeded() {
    let site = site();
    let ran = site.polder(&["build", "--timings", "--no-cache"]).ended(0);
    assert!(ran.err.contains("render") && ran.err.contains("in all"), "{}", ran.err);
    assert!(!site.at(".polder").exists());
}

#[test]
fn nothing_is_coloured_that_is_not_a_terminal() {
    let site = site().page("c.md", "[x](nope.md)");
    let ran = site.polder(&["check"]).ended(0);
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn output_is_the_same_bytes_as_the_library_gives() {
    let site = site().commit("Ann", "2026-01-02", "All");
    site.polder(&["build", "--jobs", "1"]).ended(0);
    let built = site.build();
    for (path, bytes) in crate::support::bytes_of(&built.build.output) {
        assert_eq!(fs::read(site.at("public").join(&path)).unwrap(), bytes, "{path}");
    }
}
