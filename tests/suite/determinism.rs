//! The same commit and configuration give the same bytes: whatever the folder, the number of threads, the run.

use crate::support::{TestSite, bytes_of};

fn fill(site: TestSite) -> TestSite {
    let mut site = site.config("name: Same\nlanguages: [en, nl]\n");
    for number in 0..40 {
        let (domain, next) = (number % 3, (number + 7) % 40);
        site = site.page(
            &format!("part{}/page-{number}.md", number % 5),
            &format!(
                "---\ndomains: [domain {domain}]\nauthors: [Person {number}]\ntags: [t{domain}]\n---\n# Page {number}\n\nSee [[page-{next}]] and [[nothing {number}]].\n\n```rust\nlet x = {number};\n```\n"
            ),
        );
    }
    site.file("img/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .page("img.md", "![a](img/a.svg)")
        .commit("Ann", "2026-01-02", "All of it")
        .page("part0/page-0.md", "# Page 0\n\nAnew.\n")
        .commit("Bob", "2026-01-03", "Page 0 anew")
}

fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn folder_and_number_of_threads_change_no_byte() {
    let (one, two) =
        (fill(TestSite::named("a-")), fill(TestSite::named("another name of a folder-")));
    let alone = on_threads(1, || one.build());
    let together = on_threads(8, || two.build());
    assert_eq!(alone.findings(), together.findings());
    assert_eq!(alone.records("contribution"), together.records("contribution"));
    let (alone, together) = (bytes_of(&alone.build.output), bytes_of(&together.build.output));
    assert_eq!(alone.keys().collect::<Vec<_>>(), together.keys().collect::<Vec<_>>());
    for (path, bytes) in &alone {
        assert!(bytes == &together[path], "`{path}` differs");
    }
}

#[test]
fn no_output_names_the_folder_or_the_machine() {
    let site = fill(TestSite::named("tell-tale-"));
    let built = site.build();
    let name = site.path().file_name().unwrap().to_str().unwrap();
    for path in built.files() {
        let text = built.text_of(path);
        assert!(!text.contains(name) && !text.contains("tell-tale"), "{path}");
    }
}
