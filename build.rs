//! Tells the program what it was made from, so that what an earlier one left on disk is known from what this one makes.
//! Writes the scripts of the built-in theme as readers load them.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_mangler::Mangler;
use oxc_parser::Parser;
use oxc_span::SourceType;

/// What output follows from. The binary is a client of the library: it changes no page.
const MADE_FROM: [&str; 4] = ["src", "themes", "build.rs", "Cargo.lock"];

/// The part of the source that is not hashed, nor waited for.
const CLIENT: &str = "src/bin";

/// The folder of the scripts.
const SCRIPTS: &str = "themes/default/assets";

fn main() -> io::Result<()> {
    let mut files = BTreeSet::new();
    for root in MADE_FROM {
        gather(Path::new(root), &mut files)?;
    }
    let mut hasher = DefaultHasher::new();
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        file.hash(&mut hasher);
        if file.is_file() {
            fs::read(file)?.hash(&mut hasher);
        }
    }
    let features = std::env::vars().map(|(name, _)| name);
    let features: BTreeSet<String> =
        features.filter(|name| name.starts_with("CARGO_FEATURE_")).collect();
    features.hash(&mut hasher);
    println!("cargo:rustc-env=POLDER_MADE_FROM={:016x}", hasher.finish());
    publish_scripts()
}

/// Gathers files and folders; a folder is named too, so that a new file in it is noticed.
fn gather(path: &Path, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if path == Path::new(CLIENT) || !path.exists() {
        return Ok(());
    }
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            gather(&entry?.path(), files)?;
        }
    }
    files.insert(path.to_owned());
    Ok(())
}

/// Writes the scripts to the folder that `src/theme` takes them from.
fn publish_scripts() -> io::Result<()> {
    let target = std::env::var_os("OUT_DIR").expect("cargo names the folder");
    let target = PathBuf::from(target).join("scripts");
    // A script that was taken away must not stay.
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    for entry in fs::read_dir(SCRIPTS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let name = path.file_name().expect("a file has a name");
            fs::write(target.join(name), published(&path)?)?;
        }
    }
    Ok(())
}

/// Returns a script as it is published: without comments and spaces, and with short names for what it keeps to itself.
/// Nothing else of it changes.
fn published(path: &Path) -> io::Result<String> {
    let source = fs::read_to_string(path)?;
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, &source, SourceType::script()).parse();
    assert!(parsed.diagnostics.is_empty(), "{}: {:?}", path.display(), parsed.diagnostics);
    let names = Mangler::new().build(&parsed.program);
    let code = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(Some(names.scoping))
        .with_private_member_mappings(Some(names.class_private_mappings))
        .build(&parsed.program)
        .code;
    Ok(code + "\n")
}
