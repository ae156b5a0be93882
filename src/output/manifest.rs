//! The list of the files that Polder wrote into an output folder, kept in that folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::{Error, Result};

/// The manifest's name in the output folder.
pub(super) const NAME: &str = ".polder-manifest.json";

const TOOL: &str = "polder";
const FORMAT: u32 = 1;

/// What Polder wrote into an output folder. It holds no time and no path of the machine, so that equal
/// sites have equal manifests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    tool: String,
    format: u32,
    /// The edition that the folder holds.
    pub(super) edition: Option<String>,
    /// Each file's fingerprint; empty while it is being replaced, when nobody can say which one it has.
    pub(super) files: BTreeMap<String, String>,
}

/// The part of a manifest that every version of Polder understands.
#[derive(Deserialize)]
struct Head {
    tool: String,
    format: u32,
}

impl Manifest {
    /// Returns a manifest without files.
    pub(super) fn new(edition: Option<&str>) -> Self {
        let edition = edition.map(str::to_owned);
        Self { tool: TOOL.to_owned(), format: FORMAT, edition, files: BTreeMap::new() }
    }

    /// Reads the manifest of a folder; `None` if it has none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(NAME);
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", &path, error)),
        };
        Self::parse(&text, &path).map(Some)
    }

    fn parse(text: &[u8], path: &Path) -> Result<Self> {
        let damaged = |why: &str| {
            Error::refused(
                format!("the manifest `{}` is damaged: {why}", path.display()),
                "empty the output folder yourself, or choose another one",
            )
        };
        let head: Head = serde_json::from_slice(text).map_err(|e| damaged(&e.to_string()))?;
        if head.tool != TOOL {
            return Err(damaged(&format!("it is one of `{}`", head.tool)));
        }
        if head.format != FORMAT {
            let message = format!(
                "`{}` has format {}; this version of polder knows format {FORMAT}",
                path.display(),
                head.format
            );
            let help = "use the version that wrote it, or empty the output folder yourself";
            return Err(Error::refused(message, help));
        }
        let manifest: Self = serde_json::from_slice(text).map_err(|e| damaged(&e.to_string()))?;
        // Files are deleted by this list: no path in it may lead out of the folder.
        match manifest.files.keys().find(|path| !is_safe(path)) {
            Some(path) => Err(damaged(&format!("`{path}` is not a path inside the folder"))),
            None => Ok(manifest),
        }
    }

    /// Returns the manifest as text.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("a map with text keys is valid JSON");
        text.push(b'\n');
        text
    }
}

/// Returns whether a path, relative and with `/`, names a file inside the folder that it is joined to.
pub(super) fn is_safe(path: &str) -> bool {
    let good_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
    let normal = |part| matches!(part, std::path::Component::Normal(_));
    path.split('/').all(good_part) && Path::new(path).components().all(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> std::result::Result<Manifest, String> {
        Manifest::parse(text.as_bytes(), Path::new("m")).map_err(|error| error.to_string())
    }

    #[test]
    fn manifest_is_read_as_it_was_written() {
        let mut manifest = Manifest::new(Some("board"));
        manifest.files.insert("b/index.html".into(), "00".into());
        manifest.files.insert("a.css".into(), "01".into());
        let text = String::from_utf8(manifest.to_json()).unwrap();
        assert!(text.find("a.css") < text.find("b/index.html"), "{text}");
        assert_eq!(parse(&text), Ok(manifest));
    }

    #[test]
    fn damage_is_refused() {
        let check = |text: &str, expect: &str| {
            let message = parse(text).unwrap_err();
            assert!(message.contains(expect), "{message}");
        };
        check("", "damaged");
        check(r#"{"tool":"polder","format":1,"edition":null,"files":{"a""#, "damaged");
        check(r#"{"tool":"other","format":1,"edition":null,"files":{}}"#, "`other`");
        check(r#"{"tool":"polder","format":2,"pages":{}}"#, "knows format 1");
        check(r#"{"tool":"polder","format":1,"edition":null,"files":{"../a":""}}"#, "`../a`");
    }

    #[test]
    fn safe_paths_stay_inside() {
        for path in ["a", "a/b.html", ".htaccess", "…/é", "a..b"] {
            assert!(is_safe(path), "{path}");
        }
        for path in ["", "/a", "a/", "a//b", "./a", "a/.", "..", "a/../b", "a\0"] {
            assert!(!is_safe(path), "{path:?}");
        }
    }
}
