//! Tells the program what it was made from, so that what an earlier one left on disk is known from what this one makes.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What output follows from. The binary is a client of the library: it changes no page.
const MADE_FROM: [&str; 3] = ["src", "themes", "Cargo.lock"];

/// The part of the source that is not hashed, nor waited for.
const CLIENT: &str = "src/bin";

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
    Ok(())
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
