//! `polder.yml`: levels by path, and a manual that says what the program reads.

use crate::support::TestSite;
use crate::support::json_schema::{faults, read_yaml};
use polder::config::{KEYS, Key, Takes};

#[test]
fn levels_can_differ_by_path() {
    let built = TestSite::new()
        .config(
            "levels:\n  broken-link: error\n  \"archive/**\": off\n  \"drafts/\": {broken-link: note}\n",
        )
        .page("a.md", "[x](x.md)\n")
        .page("archive/2020/a.md", "[x](x.md)\n")
        .page("drafts/a.md", "[x](x.md) [[Y]]\n")
        .build();
    let found = built.build.diagnostics.iter().map(|found| {
        let path = &found.place.as_ref().unwrap().path;
        format!("{} {} {path}", found.severity.as_str(), found.code)
    });
    let found: Vec<String> = found.collect();
    assert_eq!(
        found,
        [
            "error broken-link a.md",
            "note broken-link drafts/a.md",
            "warning wanted-page drafts/a.md"
        ]
    );
}

#[test]
fn slip_in_a_code_of_levels_is_told() {
    let site = TestSite::new().config("levels: {broken-lnk: off}\n").page("a.md", "# A\n");
    assert_eq!(
        site.refusal(),
        [
            "configuration polder.yml:1:10: there is no finding with the code `broken-lnk` (did you mean `broken-link`?)"
        ]
    );
}

fn line(key: &Key, above: &str) -> String {
    let takes = match key.takes {
        Takes::OneOf(words) | Takes::AnyOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        }
        takes => takes.words(),
    };
    let default = if key.default.is_empty() { String::new() } else { format!("`{}`", key.default) };
    let help = key.help.replace('|', "\\|");
    format!("| `{above}{}` | {takes} | {default} | {help} |", key.name)
}

#[test]
fn manual_has_every_key_as_the_program_reads_it() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/manual/configuration.md");
    let manual = std::fs::read_to_string(path).unwrap();
    let of_section = |key: &Key| match key.takes {
        Takes::Keys(keys) => {
            keys.iter().map(|inner| line(inner, &format!("{}.", key.name))).collect()
        }
        _ => Vec::new(),
    };
    let lines = KEYS.iter().flat_map(|key| [vec![line(key, "")], of_section(key)].concat());
    let missing: Vec<String> =
        lines.filter(|line| !manual.lines().any(|known| known == line)).collect();
    assert!(missing.is_empty(), "docs/manual/configuration.md lacks\n{}", missing.join("\n"));
}

fn schema(arguments: &[&str]) -> serde_json::Value {
    let ran = TestSite::new().polder(&[&["schema"], arguments].concat()).ended(0);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn schema_of_the_configuration_knows_every_key_and_refuses_what_is_refused() {
    let schema = schema(&["config"]);
    let of = |text: &str| faults(&schema, &read_yaml(text));
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/example-site/site/polder.yml");
    assert_eq!(of(&std::fs::read_to_string(example).unwrap()), [""; 0]);
    for fine in [
        "name: Wiki\nlanguages: [nl, en]\nwikilinks: off\nhistory: {revisions: all, mass_edit: 10}\n",
        "levels: {broken-link: error, '*': off, 'archive/**': off, 'a/': {broken-link: note}}\n",
        "",
    ] {
        assert_eq!(of(fine), [""; 0], "{fine}");
    }
    for wrong in [
        "puropse: x\n",
        "wikilinks: maybe\n",
        "levels: {broken-lnk: off}\n",
        "history: {mass_edit: 1}\n",
        "url: n.example\n",
    ] {
        assert_eq!(of(wrong).len(), 1, "{wrong}: {:?}", of(wrong));
    }
}

#[test]
fn schema_of_front_matter_fits_every_page_of_the_example() {
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/example-site/site");
    let schema = schema(&["front-matter", site]);
    let mut checked = 0;
    let mut folders = vec![std::path::PathBuf::from(site)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = std::fs::read_to_string(&path).unwrap();
                let front = text.strip_prefix("---\n").and_then(|rest| rest.split("\n---").next());
                let found = faults(&schema, &read_yaml(front.unwrap_or_default()));
                assert_eq!(found, [""; 0], "{}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "{checked}");
}

#[test]
fn schema_of_front_matter_knows_the_kinds_of_the_site() {
    let site = TestSite::new()
        .config("name: Wiki\n")
        .file(
            "theme/kinds/recipe.yml",
            "name: {en: recipe}\nstatuses: {tried: {en: tried}}\nfields:\n  cook: {type: person, help: {en: Who made it.}}\n",
        )
        .page("a.md", "# A\n");
    let schema: serde_json::Value =
        serde_json::from_str(&site.polder(&["schema"]).ended(0).out).unwrap();
    let of = |text: &str| faults(&schema, &read_yaml(text)).len();
    assert_eq!(of("kind: recipe\nstatus: tried\ncook: [anna]\nanything: else\n"), 0);
    assert_eq!(of("kind: recipe\nstatus: burnt\n"), 1);
    assert_eq!(of("kind: recipes\n"), 1);
    assert_eq!(of("draft: maybe\n"), 1);
    assert_eq!(of("contributions: [{did: reviewed}]\n"), 1);
    assert!(schema.to_string().contains("Who made it."));
}

#[test]
fn searches_are_reported_to_the_own_host_only() {
    for path in ["//other.example/x", "https://other.example/", "/\\\\other.example", "x.txt"] {
        let config = format!("search: {{report: '{path}'}}\n");
        let refusal = TestSite::new().config(&config).page("a.md", "# A\n").refusal();
        assert!(refusal[0].contains("`report`"), "{refusal:?}");
    }
    let built =
        TestSite::new().config("search: {report: /robots.txt}\n").page("a.md", "# A\n").build();
    assert!(built.html("a/").contains(" data-report=\"/robots.txt\""));
}

#[test]
fn site_without_a_name_and_a_title_is_called_as_its_repository() {
    let site = TestSite::new().page("README.md", "Text without a heading.\n");
    assert!(site.build().title("").contains("Wiki"));
    let site = site.config("repository: https://github.com/example/team-handbook.git\n");
    assert!(site.build().title("").contains("Team handbook"));
}
