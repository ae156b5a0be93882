//! One layer of theme files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::base::{Error, Result};

use super::Template;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");
/// Its scripts as readers load them, made by build.rs.
static SCRIPTS: Dir<'_> = include_dir!("$OUT_DIR/scripts");

/// The files of a layer, by path (`templates/page.html`).
pub(super) struct Layer {
    /// What its templates' names begin with.
    pub(super) prefix: &'static str,
    /// What paths are shown with in messages.
    place: String,
    /// The files, sorted.
    pub(super) files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Layer {
    /// Returns the layer that is part of the program.
    pub(super) fn built_in(prefix: &'static str) -> Self {
        let mut files = BTreeMap::new();
        collect_embedded(&BUILT_IN, &mut files);
        for (path, bytes) in &mut files {
            if path.starts_with("assets/") && path.ends_with(".css") {
                *bytes = Cow::Owned(without_comments(&String::from_utf8_lossy(bytes)).into_bytes());
            }
        }
        for script in SCRIPTS.files() {
            let path = format!("assets/{}", script.path().to_string_lossy());
            files.insert(path, Cow::Borrowed(script.contents()));
        }
        Self { prefix, place: "built-in theme".to_owned(), files }
    }

    /// Reads a folder.
    pub(super) fn of_folder(prefix: &'static str, folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().min_depth(2).max_depth(4) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(folder).to_owned();
                Error::io("read", &path, error.into())
            })?;
            let name = entry.path().strip_prefix(folder).expect("the walk stays below its root");
            let name = name.to_string_lossy().replace('\\', "/");
            if entry.file_type().is_file() && !name.contains("/.") {
                let bytes = std::fs::read(entry.path());
                let bytes = bytes.map_err(|error| Error::io("read", entry.path(), error))?;
                files.insert(name, Cow::Owned(bytes));
            }
        }
        let place = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { prefix, place, files })
    }

    /// Returns how messages name a file of this layer.
    pub(super) fn show(&self, path: &str) -> String {
        format!("{}/{path}", self.place)
    }

    /// Returns the files of a folder of the layer, with their names below it.
    pub(super) fn below<'l>(
        &'l self,
        folder: &'l str,
    ) -> impl Iterator<Item = (&'l str, &'l Cow<'static, [u8]>)> {
        self.files.iter().filter_map(move |(path, bytes)| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?;
            Some((name, bytes))
        })
    }

    /// Returns the layer's templates.
    pub(super) fn templates(&self) -> Vec<Template> {
        let template = |(name, bytes): (&str, &Cow<'static, [u8]>)| Template {
            name: format!("{}{name}", self.prefix),
            path: self.show(&format!("templates/{name}")),
            text: String::from_utf8_lossy(bytes).into_owned(),
        };
        self.below("templates").map(template).collect()
    }
}

/// Returns a style without its comments and indentation, a sixth of what readers would load.
fn without_comments(style: &str) -> String {
    let lines = style.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut kept = String::with_capacity(style.len());
    let mut in_comment = false;
    for line in lines {
        in_comment |= line.starts_with("/*");
        if !in_comment {
            kept.push_str(line);
            kept.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    kept
}

fn collect_embedded(dir: &'static Dir<'static>, files: &mut BTreeMap<String, Cow<'static, [u8]>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, Cow::Borrowed(file.contents()));
    }
    for below in dir.dirs() {
        collect_embedded(below, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_lose_comments_and_indentation() {
        let style =
            "/* Why,\n   and how. */\n@media print {\n  /* Ink */\n  a { color: #000; }\n}\n";
        assert_eq!(without_comments(style), "@media print {\na { color: #000; }\n}\n");
    }

    #[test]
    fn scripts_are_published_with_short_names() {
        let layer = Layer::built_in("");
        let mut sources = BTreeMap::new();
        collect_embedded(&BUILT_IN, &mut sources);
        for (path, source) in sources.iter().filter(|(path, _)| path.ends_with(".js")) {
            let published = &layer.files[path];
            assert!(published.len() * 3 < source.len() * 2, "{path}: {} bytes", published.len());
            let words = String::from_utf8_lossy(published);
            assert!(!words.contains("// "), "{path} has comments");
        }
    }
}
