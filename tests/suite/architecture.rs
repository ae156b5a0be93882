//! The house as it was meant: who may import whom, which package lives in which room, no text without a translation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Room by room, lowest first, the rooms that it may import. Who adds a line here changes the design, and says why.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("cache", &["base"]),
    ("diff", &[]),
    ("config", &["base"]),
    // What changed in a text is told in terms of its blocks and words.
    ("markdown", &["base", "diff"]),
    // Facts of commits never change, so they are kept on disk; how many words changed is one of them.
    ("history", &["base", "cache", "diff"]),
    ("theme", &["base"]),
    ("output", &["base"]),
    // Access logs of web hosts, and what may be told of them.
    ("missed", &["base"]),
    // Smaller versions cost more than all the rest of a build, so they are kept on disk.
    ("picture", &["base", "cache"]),
    // A document knows the ids that git may know its text by, so that it is hashed once and not at every build. Which
    // drawings can be published is told by the room that makes them so.
    ("source", &["base", "config", "markdown", "history", "picture"]),
    // What a page is follows from its kind, and kinds are data of the theme.
    ("model", &["base", "config", "markdown", "history", "theme", "source"]),
    // Texts of the past come from the history, and never change, so what differs between them is kept on disk.
    // Pictures of the past are published by the same gate as those of today.
    ("revision", &["base", "cache", "diff", "markdown", "history", "picture", "source"]),
    ("links", &["base", "config", "markdown", "model"]),
    ("lint", &["base", "config", "model", "links"]),
    ("search", &["base", "markdown", "model", "links", "output"]),
    // Schemas say what the configuration, the front matter and the kinds take.
    ("export", &["base", "config", "markdown", "theme", "source", "model", "links"]),
    // A revision's kind of change is a word of the history, which the model hands on.
    (
        "render",
        &[
            "base", "config", "markdown", "history", "theme", "model", "revision", "links",
            "picture",
            "output", // What readers searched for in vain stands beside what links ask for.
            "missed",
        ],
    ),
    // What is kept on disk of diagrams is what the room for Markdown drew.
    (
        "pipeline",
        &[
            "base", "cache", "config", "markdown", "history", "theme", "output", "picture",
            "source", "model", "revision", "missed",
            // Rules for web servers lie among the files that the server reads.
            "links", "lint", "search", "export", "render",
        ],
    ),
    // Serves any tree of files: it is handed the build as a function.
    ("serve", &["base", "output"]),
    // Reads the site as it would be, through the build's own stages, and writes what follows from that.
    // What the baseline calls a finding is known to it alone, and a link that is written anew is called anew.
    (
        "rename",
        &["base", "diff", "markdown", "theme", "source", "model", "links", "lint", "pipeline"],
    ),
    // What links lead to other sites is asked when a build is done; answers are kept on disk.
    ("probe", &["base", "cache", "links"]),
    ("scaffold", &["base", "config", "history", "source"]),
];

/// Outside packages that stand for one outside thing, and the files or folders (with `/`) that alone may name them.
const PACKAGES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["markdown/"]),
    ("merman", &["markdown/diagram.rs"]),
    ("emojis", &["markdown/keyboard.rs"]),
    ("pulldown_latex", &["markdown/math.rs"]),
    ("whatlang", &["markdown/language.rs"]),
    ("ammonia", &["markdown/"]),
    ("syntect", &["markdown/"]),
    ("two_face", &["markdown/"]),
    ("git2", &["history/"]),
    ("imara_diff", &["diff/"]),
    ("tera", &["render/"]),
    ("serde_yaml", &["base/yaml.rs"]),
    // Front matter between `+++`: the only reader that gives places and carries on behind a fault.
    ("toml", &["source/front_matter/toml_tree.rs"]),
    ("jiff", &["base/date.rs"]),
    ("blake3", &["base/fingerprint.rs"]),
    ("strsim", &["base/suggest.rs"]),
    ("postcard", &["cache/"]),
    ("notify", &["serve/watch.rs"]),
    ("axum", &["serve/"]),
    ("tokio", &["serve/"]),
    ("tokio_stream", &["serve/"]),
    ("ureq", &["probe/"]),
    ("mime_guess", &["serve/"]),
    ("walkdir", &["theme/"]),
    // The theme and the example site are part of the program.
    ("include_dir", &["theme/", "scaffold/"]),
    ("ignore", &["source/"]),
    ("globset", &["config/levels.rs"]),
    ("imagesize", &["source/"]),
    ("rustix", &["output/"]),
    ("image", &["picture/"]),
    ("fast_image_resize", &["picture/"]),
    ("img_parts", &["picture/"]),
    ("roxmltree", &["picture/"]),
    ("flate2", &["missed/"]),
    ("snowball_stemmers_rs", &["search/"]),
    ("clap", &["bin/"]),
    ("anstream", &["bin/"]),
    ("annotate_snippets", &["bin/"]),
    ("indicatif", &["bin/"]),
    ("mimalloc", &["bin/"]),
];

/// Packages that are part of the language here.
const EVERYWHERE: &[&str] = &[
    "serde",
    "serde_json",
    "rayon",
    "thiserror",
    "percent_encoding",
    "unicode_normalization",
    "unicode_segmentation",
];

/// A file of the source.
struct File {
    /// Below `src/`.
    path: String,
    text: String,
}

impl File {
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap()
    }

    /// Returns the lines of the program, numbered, without comments and without the tests at the end.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let program = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        let numbered = program.lines().enumerate().map(|(at, line)| (at + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// Returns the files below a folder of the project, by path below it.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let folder = root().join(folder);
    let mut found = Vec::new();
    walk(&folder, &mut found);
    found.sort();
    let name = |path: &PathBuf| path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
    found.into_iter().map(|path| (name(&path), path)).collect()
}

fn source() -> Vec<File> {
    let rust = files("src").into_iter().filter(|(name, _)| name.ends_with(".rs"));
    rust.map(|(path, file)| File { path, text: fs::read_to_string(file).unwrap() }).collect()
}

/// Returns the words that follow `crate::` (each, for `crate::{…}`) on a line.
fn imported(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let list = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        match list {
            Some(list) => found.extend(list.split(',').map(|item| word(item.trim()))),
            None => found.push(word(rest)),
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

fn names(line: &str, package: &str) -> bool {
    line.match_indices(package).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + package.len()..];
        let starts =
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
        starts
            && (after.starts_with("::")
                || (after.starts_with("!"))
                || line.trim() == format!("use {package};"))
    })
}

#[test]
fn rooms_import_only_what_lies_below_them() {
    let table: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in source().iter().filter(|file| table.contains_key(file.room())) {
        for (number, line) in file.lines() {
            for room in imported(line) {
                let is_room = table.contains_key(room) && room != file.room();
                if is_room && !table[file.room()].contains(&room) {
                    wrong.push(format!(
                        "`{}` may not import `{room}` (src/{}:{number})",
                        file.room(),
                        file.path
                    ));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn table_of_rooms_is_in_layers_and_complete() {
    let mut below: BTreeSet<&str> = BTreeSet::new();
    for (room, imports) in MAY_IMPORT {
        for import in *imports {
            assert!(
                below.contains(import),
                "`{room}` may import `{import}`, which stands below it"
            );
        }
        below.insert(room);
    }
    let rooms: BTreeSet<String> = source().iter().map(|file| file.room().to_owned()).collect();
    let known: BTreeSet<String> =
        below.into_iter().chain(["bin", "lib.rs"]).map(str::to_owned).collect();
    assert_eq!(rooms, known);
}

#[test]
fn no_file_leaves_its_room_by_the_back_door() {
    for file in source().iter().filter(|file| file.room() != "bin") {
        let depth = file.path.split('/').count() - usize::from(file.path.ends_with("mod.rs"));
        for (number, line) in file.lines() {
            let ups = line.matches("super::").count();
            assert!(ups < depth.max(1) || ups == 0, "src/{}:{number}: {line}", file.path);
        }
    }
}

#[test]
fn each_package_is_named_in_its_room_only() {
    let mut wrong = Vec::new();
    for file in &source() {
        for (number, line) in file.lines() {
            for (package, homes) in PACKAGES {
                let is_home = homes.iter().any(|home| {
                    file.path == *home || (home.ends_with('/') && file.path.starts_with(home))
                });
                if names(line, package) && !is_home {
                    wrong.push(format!("`{package}` is named in src/{}:{number}", file.path));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_dependency_has_a_home_and_is_used() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = |name: &str| {
        let text = manifest.split(&format!("[{name}]\n")).nth(1).unwrap_or_default();
        text.split("\n[").next().unwrap_or_default().to_owned()
    };
    let listed =
        section("dependencies") + &section("target.'cfg(target_os = \"linux\")'.dependencies");
    let homes: BTreeSet<&str> =
        PACKAGES.iter().map(|(package, _)| *package).chain(EVERYWHERE.iter().copied()).collect();
    let source = source();
    for line in listed.lines().filter(|line| line.contains('=') && !line.starts_with('#')) {
        let package = line.split('=').next().unwrap().trim().replace('-', "_");
        assert!(homes.contains(package.as_str()), "`{package}` has no room of its own");
        let is_used = source.iter().any(|file| {
            file.text.contains(&format!("{package}::"))
                || file.text.contains(&format!("{package}!"))
        });
        assert!(is_used, "`{package}` is used nowhere");
    }
}

#[test]
fn library_is_silent_and_has_no_surroundings() {
    let forbidden = [
        "println!",
        "eprintln!",
        "print!(",
        "std::process::exit",
        "env::var",
        "SystemTime::now",
        "dbg!(",
    ];
    for file in source().iter().filter(|file| file.room() != "bin") {
        for (number, line) in file.lines() {
            let found = forbidden.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "src/{}:{number}: {line}", file.path);
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in source() {
        assert!(file.text.starts_with("//!"), "src/{} does not begin with `//!`", file.path);
    }
}

#[test]
fn modules_of_the_library_stand_in_the_order_of_the_table() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let rooms: BTreeSet<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    assert_eq!(modules, rooms);
}

#[test]
fn embedded_theme_is_the_theme_on_disk() {
    let theme = polder::theme::load(None, None).unwrap();
    let embedded: BTreeSet<String> = theme
        .templates
        .iter()
        .map(|template| template.name.replace("default/", "templates/"))
        .chain(theme.assets.keys().map(|name| format!("assets/{name}")))
        .collect();
    let on_disk = files("themes/default").into_iter().map(|(name, _)| name);
    let on_disk: BTreeSet<String> = on_disk
        .filter(|name| name.starts_with("templates/") || name.starts_with("assets/"))
        .collect();
    assert_eq!(embedded, on_disk, "touch src/theme/layer.rs so that the folder is read again");
    for template in &theme.templates {
        let name = template.name.replace("default/", "templates/");
        let text = fs::read_to_string(root().join("themes/default").join(&name)).unwrap();
        assert!(template.text == text, "`{name}` is embedded as it was before");
    }
    let kinds = files("themes/default/kinds").len();
    assert_eq!(theme.kinds.iter().count(), kinds);
}

/// Keys that the program itself puts together, by their beginning: `month.1`.
const MADE_UP: &[&str] = &[
    "action.",
    "alert.",
    "did.",
    "helped.",
    "missing.",
    "month.",
    "operator.",
    "small.",
    "state.",
    "told.",
];

#[test]
fn languages_have_the_same_texts() {
    let messages = polder::theme::load(None, None).unwrap().messages;
    let english: BTreeSet<&str> = messages.keys("en").into_iter().collect();
    let dutch: BTreeSet<&str> = messages.keys("nl").into_iter().collect();
    assert!(english.len() > 100);
    assert_eq!(english, dutch);
}

#[test]
fn every_text_that_is_asked_for_exists_and_every_text_is_asked_for() {
    let messages = polder::theme::load(None, None).unwrap().messages;
    let known: BTreeSet<&str> = messages.keys("en").into_iter().collect();
    let sections: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for (name, file) in files("themes/default/templates") {
        let text = fs::read_to_string(file).unwrap();
        for call in text.split("t(key=\"").skip(1) {
            let key = call.split('"').next().unwrap();
            let is_made = call[key.len()..].starts_with("\" ~");
            assert!(is_made || known.contains(key), "{name}: no text `{key}`");
            asked.insert(key.to_owned());
        }
    }
    for file in source().iter().filter(|file| file.room() == "render") {
        let literals = file.lines().flat_map(|(_, line)| line.split('"').skip(1).step_by(2));
        let keys = literals.filter(|literal| {
            let section = literal.split('.').next().unwrap();
            literal.contains('.')
                && sections.contains(section)
                && !literal.ends_with(".html")
                && !literal.contains('{')
        });
        for key in keys {
            assert!(known.contains(key), "src/{}: no text `{key}`", file.path);
            asked.insert(key.to_owned());
        }
    }
    let idle: Vec<&&str> = known
        .iter()
        .filter(|key| !asked.contains(**key) && !MADE_UP.iter().any(|start| key.starts_with(start)))
        .collect();
    assert!(idle.is_empty(), "texts that nobody asks for: {idle:?}");
}

/// Returns the codes of findings that a text of the program makes: the first argument of `Diagnostic::new` and of what rooms
/// call `report`, where it is written there.
fn codes_made(text: &str) -> BTreeSet<&str> {
    let calls = ["Diagnostic::new(", "report("].into_iter().flat_map(|call| {
        text.match_indices(call).map(move |(at, _)| text[at + call.len()..].trim_start())
    });
    let literals = calls.filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
    literals.filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect()
}

#[test]
fn every_finding_is_in_the_list_of_codes_and_every_code_is_found() {
    let known: BTreeSet<&str> = polder::base::code::all().map(|code| code.name.as_str()).collect();
    let source = source();
    let programs =
        source.iter().map(|file| (file, file.text.split("\n#[cfg(test)]\n").next().unwrap()));
    let mut used = BTreeSet::new();
    for (file, program) in programs {
        for code in codes_made(program) {
            assert!(
                known.contains(code),
                "src/{}: `{code}` is not in src/base/codes.yml",
                file.path
            );
        }
        used.extend(known.iter().filter(|code| program.contains(&format!("\"{code}\""))));
    }
    let idle: Vec<_> = known.difference(&used).collect();
    assert!(idle.is_empty(), "codes that nothing finds: {idle:?}");
}
