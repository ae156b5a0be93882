//! There is no incremental mode: whatever was edited, a rebuild equals a fresh build, byte for byte.

use std::collections::BTreeMap;

use polder::output::{self, Content, Target};
use polder::pipeline::{Build, Pipeline};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{Built, TestSite, bytes_of};

/// Few enough that edits meet: pages are added, found again, renamed onto each other's links.
const PATHS: [&str; 7] =
    ["index.md", "a.md", "b.md", "ops/index.md", "ops/c.md", "ops/d.md", "people/ann.md"];

const BODIES: [&str; 7] = [
    "# One\n\nSee [[Two]] and [c](ops/c.md).\n",
    "# Two\n\n![[One]]\n\n## Part\n\nWith [d](/ops/d.md#part) and `code`.\n",
    "# Two\n\nThe same title, and [[Nobody]] besides.\n\n![p](img.png)\n",
    "Without a heading. [up](../a.md), [missing](nope.md), @ann.\n",
    "# Code\n\n```rust\nfn main() {}\n```\n\n> [!NOTE]\n> [[a]]\n",
    "",
    "# Two\n\nThe same title, and [[Nobody]] beside.\n\n![p](img.png)\n",
];

const FRONTS: [&str; 8] = [
    "",
    "---\ntitle: Two\naliases: [One]\n---\n",
    "---\nkind: person\ntitle: Ann Baker\naliases: [Annie]\nemails: [ann@n.example]\n---\n",
    "---\nkind: domain\nsummary: All of it\nstewards: [Annie]\n---\n",
    "---\ndomains: [ops, One]\nauthors: [Annie, Bob]\nowner: Bob\n---\n",
    "---\nreview: {every: 1 month, last: 2025-12-01}\nlang: nl\n---\n",
    "---\nkind: question\nstatus: open\ndomains: ops\n---\n",
    "---\ntitle: broken: yaml\n---\n",
];

const CONFIGS: [&str; 5] = [
    "",
    "name: One name\npurpose: A purpose\n",
    "name: One name\nlanguages: [nl, en]\nlevels: {broken-link: off}\n",
    "wikilinks: off\nfolders: {people: person}\n",
    "repository: https://git.example/x/y\nexclude: [b.md]\nattachments: all\n",
];

/// Files that are no pages; `None` takes them away.
const FILES: [(&str, Option<&str>); 7] = [
    ("img.png", Some("x")),
    ("img.png", Some(SMALL)),
    ("img.png", Some(LARGE)),
    ("img.png", None),
    ("theme/templates/components/trail.html", Some("<p>trail</p>")),
    ("theme/assets/site.css", Some("a{}")),
    (".mailmap", Some("Annie <ann@n.example>\n")),
];

/// The heads of two pictures: 2 by 3 pixels, and 7 by 5.
const SMALL: &str = "GIF89a\u{2}\0\u{3}\0\0\0\0\0\0\0";
const LARGE: &str = "GIF89a\u{7}\0\u{5}\0\0\0\0\0\0\0";

/// Something that somebody does to a site.
#[derive(Debug, Clone)]
enum Edit {
    Write { path: usize, front: usize, body: usize },
    Rename { from: usize, to: usize },
    Delete { path: usize },
    Configure { config: usize },
    File { file: usize },
    Commit { who: usize },
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        5 => (0..PATHS.len(), 0..FRONTS.len(), 0..BODIES.len())
            .prop_map(|(path, front, body)| Edit::Write { path, front, body }),
        2 => (0..PATHS.len(), 0..PATHS.len()).prop_map(|(from, to)| Edit::Rename { from, to }),
        1 => (0..PATHS.len()).prop_map(|path| Edit::Delete { path }),
        1 => (0..CONFIGS.len()).prop_map(|config| Edit::Configure { config }),
        2 => (0..FILES.len()).prop_map(|file| Edit::File { file }),
        2 => (0..3_usize).prop_map(|who| Edit::Commit { who }),
    ]
}

fn make(site: &mut TestSite, edit: &Edit) {
    match *edit {
        Edit::Write { path, front, body } => {
            site.write(PATHS[path], format!("{}{}", FRONTS[front], BODIES[body]));
        }
        Edit::Rename { from, to } if site.at(PATHS[from]).exists() => {
            site.rename(PATHS[from], PATHS[to]);
        }
        Edit::Rename { .. } => {}
        Edit::Delete { path } => drop(std::fs::remove_file(site.at(PATHS[path]))),
        Edit::Configure { config } => site.write("polder.yml", CONFIGS[config]),
        Edit::File { file } => match FILES[file] {
            (path, Some(text)) => site.write(path, text),
            (path, None) => drop(std::fs::remove_file(site.at(path))),
        },
        Edit::Commit { who } => {
            let who =
                ["Ann <ann@n.example>", "Annie <annie@n.example>", "Bob <bob@n.example>"][who];
            site.record(who, "2026-01-02", "Change things\n\nReviewed-by: Bob <bob@n.example>");
        }
    }
}

fn run(pipeline: &mut Pipeline) -> Build {
    pipeline.build(&mut |_| {}).unwrap()
}

fn assert_same(rebuilt: Build, fresh: Build) -> Result<(), TestCaseError> {
    let (rebuilt, fresh) = (Built::new(rebuilt), Built::new(fresh));
    prop_assert_eq!(rebuilt.files(), fresh.files());
    let (one, two) = (bytes_of(&rebuilt.build.output), bytes_of(&fresh.build.output));
    for (path, bytes) in &one {
        prop_assert!(bytes == &two[path], "`{}` is not what a fresh build makes of it", path);
    }
    prop_assert_eq!(rebuilt.findings(), fresh.findings());
    for sort in ["page", "link", "person", "domain", "revision", "contribution"] {
        prop_assert_eq!(rebuilt.records(sort), fresh.records(sort));
    }
    Ok(())
}

/// The same sequences in each run, so that a failure is there for everybody; no file is left behind.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let seed = proptest::test_runner::TestRng::deterministic_rng(
        proptest::test_runner::RngAlgorithm::ChaCha,
    );
    TestRunner::new_with_rng(config, seed)
}

#[test]
fn rebuild_equals_a_fresh_build() {
    let sequences = proptest::collection::vec(edit(), 1..30);
    let outcome = runner(20).run(&sequences, |edits| {
        let mut site = TestSite::new().page("index.md", "# Home\n").file("img.png", SMALL);
        for (path, body) in PATHS.iter().skip(1).zip(BODIES) {
            site.write(path, body);
        }
        let mut pipeline = site.pipeline();
        run(&mut pipeline);
        for edit in &edits {
            make(&mut site, edit);
            assert_same(run(&mut pipeline), run(&mut site.pipeline()))?;
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn page_follows_a_picture_of_another_size() {
    let site = TestSite::new().page("a.md", "![p](img.png)\n").file("img.png", SMALL);
    let mut pipeline = site.pipeline();
    assert!(Built::new(run(&mut pipeline)).body("a/").contains("width=\"2\" height=\"3\""));
    site.write("img.png", LARGE);
    assert_same(run(&mut pipeline), run(&mut site.pipeline())).unwrap();
}

#[test]
fn build_that_cannot_run_leaves_the_pipeline_sound() {
    let site = TestSite::new().config("name: X\n").page("a.md", BODIES[0]).page("b.md", BODIES[1]);
    let mut pipeline = site.pipeline();
    run(&mut pipeline);
    site.write("polder.yml", "nmae: X\n");
    assert!(pipeline.build(&mut |_| {}).is_err());
    site.write("polder.yml", "name: X\n");
    site.write("theme/templates/page.html", "{{ nosuch | nosuch }}");
    assert!(pipeline.build(&mut |_| {}).is_err());
    std::fs::remove_file(site.at("theme/templates/page.html")).unwrap();
    assert_same(run(&mut pipeline), run(&mut site.pipeline())).unwrap();
}

#[test]
fn facts_kept_on_disk_change_no_byte() {
    let site = TestSite::new()
        .page("a.md", BODIES[4])
        .page("b.md", BODIES[1])
        .commit("Ann", "2026-01-02", "One")
        .page("b.md", BODIES[2])
        .commit("Bob", "2026-01-03", "Two");
    let fresh = site.build();
    for _ in 0..2 {
        site.polder(&["build", "--quiet"]).ended(0);
        for (path, bytes) in bytes_of(&fresh.build.output) {
            assert!(std::fs::read(site.at("public").join(&path)).unwrap() == bytes, "{path}");
        }
    }
    assert!(site.at(".polder/cache").is_dir());
    for entry in std::fs::read_dir(site.at(".polder/cache")).unwrap() {
        std::fs::write(entry.unwrap().path(), "damaged").unwrap();
    }
    site.polder(&["build", "--quiet"]).ended(0);
}

/// Builds into `public/` as one run of the program does; returns how many files were taken from there as they are.
fn build_on_disk(site: &TestSite) -> usize {
    let build = run(&mut site.pipeline_with_cache());
    let (dir, source) = (site.at("public"), site.path());
    output::commit(&build.output, &Target { dir: &dir, source, edition: None }).unwrap();
    build.output.iter().filter(|(_, content)| matches!(content, Content::Kept(..))).count()
}

fn assert_on_disk(site: &TestSite, step: &str) {
    let fresh = bytes_of(&run(&mut site.pipeline()).output);
    let on_disk = |path: &String| std::fs::read(site.at("public").join(path)).unwrap_or_default();
    let on_disk: BTreeMap<String, Vec<u8>> =
        fresh.keys().map(|path| (path.clone(), on_disk(path))).collect();
    for (path, bytes) in &fresh {
        assert!(on_disk[path] == *bytes, "{step}: `{path}` is not what a fresh build makes of it");
    }
    let manifest = std::fs::read_to_string(site.at("public/.polder-manifest.json")).unwrap();
    assert_eq!(manifest.matches("\": \"").count() - 1, fresh.len(), "{step}");
}

#[test]
fn files_that_the_output_holds_are_those_of_a_fresh_build() {
    let mut site = TestSite::new()
        .config("name: One\nrepository: https://git.example/x/y\n")
        .page("index.md", "# Home\n\n[a](a.md) and [[Two]]\n")
        .page("a.md", "# A\n\nOne text, and another.\n")
        .page("b.md", BODIES[1])
        .file("img.png", SMALL)
        .page("c.md", "![p](img.png)\n")
        .commit("Ann <ann@n.example>", "2026-01-02", "One")
        .page("a.md", "# A\n\nAnother text, and one.\n")
        .commit("Bob <bob@n.example>", "2026-01-03", "Two");
    assert_eq!(build_on_disk(&site), 0);
    let all = build_on_disk(&site);
    assert!(all > 10, "nothing changed, so {all} pages stay");
    type Step = (&'static str, fn(&mut TestSite));
    let steps: [Step; 13] = [
        ("a page", |site| site.write("a.md", "# A\n\nAnother text, and two.\n")),
        ("a title", |site| site.write("a.md", "# B\n\nAnother text, and two.\n")),
        ("a commit", |site| site.record("Ann <ann@n.example>", "2026-01-04", "Three")),
        ("a picture", |site| site.write("img.png", LARGE)),
        ("a new page", |site| site.write("d.md", "# Nobody\n")),
        ("a page that is gone", |site| std::fs::remove_file(site.at("d.md")).unwrap()),
        ("a name", |site| site.write(".mailmap", "Anna <ann@n.example>\n")),
        ("a template", |site| site.write("theme/templates/components/trail.html", "<p>t</p>")),
        ("a style", |site| site.write("theme/assets/site.css", "a{}")),
        ("the configuration", |site| site.write("polder.yml", "name: Two\n")),
        ("a file of the output", |site| site.write("public/a/index.html", "mine")),
        ("no files of the output", |site| {
            std::fs::remove_dir_all(site.at("public/people")).unwrap();
        }),
        ("no output", |site| std::fs::remove_dir_all(site.at("public")).unwrap()),
    ];
    for (what, change) in steps {
        change(&mut site);
        build_on_disk(&site);
        assert_on_disk(&site, what);
    }
    assert!(build_on_disk(&site) >= all, "as many pages as before at least, and all of them stay");
}

#[test]
fn file_of_the_output_that_another_build_wrote_is_not_taken_for_ours() {
    let site = TestSite::new().config("name: One\n").page("a.md", "# A\n\none\n");
    build_on_disk(&site);
    // As long as before, and by a build that leaves nothing in the cache.
    site.write("a.md", "# A\n\ntwo\n");
    site.polder(&["build", "--quiet", "--no-cache"]).ended(0);
    site.write("a.md", "# A\n\none\n");
    build_on_disk(&site);
    assert_on_disk(&site, "another build");
}
