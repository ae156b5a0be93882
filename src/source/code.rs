//! Files that are not published as they are: a browser or a server would run them, or they hold secrets.
//!
//! What would run is published as a page that shows its text. The rule goes by names, and for keys by what stands in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::base::SourcePath;

/// What there is in a source besides pages and files that can be published as they are.
#[derive(Debug, Default)]
pub(super) struct CodeFiles {
    /// Files whose text is shown.
    pub(super) shown: BTreeSet<SourcePath>,
    /// Files of which nothing is.
    pub(super) refused: BTreeMap<SourcePath, Refusal>,
}

/// Why nothing of a file is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It holds passwords or keys.
    Secret,
    /// It would run, and is too long to be shown.
    TooLong,
    /// It would run, and is no text.
    NoText,
    /// What it is cannot be told, as it cannot be read.
    Unreadable,
}

/// A text longer than this in bytes is not shown.
const LONGEST: u64 = 1024 * 1024;

/// So many bytes tell whether a file is a text, and whether it is a key.
const HEAD: u64 = 8 * 1024;

/// What browsers run when they are led there, or load as a script; `.xml` can name a style sheet that runs.
const RUN_BY_BROWSERS: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "shtm", "mhtml", "mht", "hta", "htc", "js", "mjs",
    "cjs", "xml", "xsl", "xslt", "xsd", "wsdl", "rdf", "rss", "atom", "mathml", "mml", "svgz",
];

/// What web servers run when they are asked for it.
const RUN_BY_SERVERS: &[&str] =
    &["php", "phtml", "phar", "jsp", "jspx", "asp", "aspx", "ashx", "asmx", "cgi", "cfm"];

/// What web servers take for their own settings.
const SETTINGS: &[&str] = &[".htaccess", ".user.ini", "web.config", "_headers", "_redirects"];

/// Files that hold nothing but secrets.
const SECRETS: &[&str] = &[
    ".env",
    ".netrc",
    ".pgpass",
    ".htpasswd",
    ".npmrc",
    ".pypirc",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
];

/// Looks at every file whose name says that it is one of these; `drawings` are files that would run as well.
pub(super) fn look(
    source: &Path,
    files: &[SourcePath],
    drawings: &BTreeSet<SourcePath>,
) -> CodeFiles {
    let seen: Vec<(&SourcePath, Option<Refusal>)> = files
        .par_iter()
        .filter_map(|file| {
            if is_secret(file) {
                return Some((file, Some(Refusal::Secret)));
            }
            let path = source.join(file.as_str());
            if may_be_key(file) {
                return match head(&path) {
                    Ok(head) => is_key(&head).then_some((file, Some(Refusal::Secret))),
                    Err(_) => Some((file, Some(Refusal::Unreadable))),
                };
            }
            let runs = runs(file) || drawings.contains(file);
            runs.then(|| (file, refusal(&path)))
        })
        .collect();
    let mut found = CodeFiles::default();
    for (file, refusal) in seen {
        match refusal {
            Some(refusal) => {
                found.refused.insert(file.clone(), refusal);
            }
            None => {
                found.shown.insert(file.clone());
            }
        }
    }
    found
}

fn runs(file: &SourcePath) -> bool {
    let (name, extension) = (file.file_name().to_lowercase(), file.extension());
    let is_run = |list: &[&str]| list.contains(&extension.as_str());
    is_run(RUN_BY_BROWSERS) || is_run(RUN_BY_SERVERS) || SETTINGS.contains(&name.as_str())
}

/// `.env`, also as `.env.production`; `.env.example` is there to be read.
fn is_secret(file: &SourcePath) -> bool {
    let name = file.file_name().to_lowercase();
    let is_sample =
        |of: &str| matches!(of, "example" | "sample" | "template" | "dist" | "defaults");
    SECRETS.contains(&name.as_str())
        || name.strip_prefix(".env.").is_some_and(|of| !is_sample(of))
        || matches!(file.extension().as_str(), "kdbx" | "p12" | "pfx" | "jks" | "keystore" | "ppk")
}

/// A `.pem` may be a certificate, and a `.key` a talk.
fn may_be_key(file: &SourcePath) -> bool {
    matches!(file.extension().as_str(), "pem" | "key" | "crt" | "cer")
}

fn is_key(head: &[u8]) -> bool {
    const MARK: &[u8] = b"PRIVATE KEY-----";
    head.windows(MARK.len()).any(|bytes| bytes == MARK)
}

fn refusal(path: &Path) -> Option<Refusal> {
    let length = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let Ok(head) = head(path) else { return Some(Refusal::Unreadable) };
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if length > LONGEST {
        Some(Refusal::TooLong)
    } else if head.contains(&0) && !is_utf16 {
        Some(Refusal::NoText)
    } else {
        None
    }
}

fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_would_run_and_what_is_secret() {
        let of = |name: &str| {
            let file = SourcePath::new(name);
            (runs(&file), is_secret(&file))
        };
        for name in ["a.js", "x/a.HTML", "a.xml", "x/.htaccess", "a.php", "_headers"] {
            assert_eq!(of(name), (true, false), "{name}");
        }
        for name in ["x/.env", ".env.production", "id_rsa", "a.kdbx"] {
            assert_eq!(of(name), (false, true), "{name}");
        }
        for name in ["a.py", "a.json", "a.txt", ".env.example", "id_rsa.pub", "js", "environment"] {
            assert_eq!(of(name), (false, false), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        assert_eq!(refusal(Path::new("/nowhere/at all.js")), Some(Refusal::Unreadable));
    }

    #[test]
    fn keys_are_told_from_certificates() {
        assert!(is_key(b"x\n-----BEGIN RSA PRIVATE KEY-----\nMII\n"));
        assert!(!is_key(b"-----BEGIN CERTIFICATE-----\nMII\n") && !is_key(b""));
    }
}
