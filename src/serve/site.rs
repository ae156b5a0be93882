//! What is served at one moment, and how it differs from the moment before.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use serde::Serialize;

use crate::base::{Fingerprint, Fingerprinter};
use crate::output::{Content, OutputTree};

use super::Snapshot;

/// The files of a site, with a mark each that changes when the content does.
#[derive(Debug, Clone, Default)]
pub(super) struct Site {
    files: BTreeMap<String, (Content, Option<Fingerprint>)>,
}

impl Site {
    fn new(tree: &OutputTree, former: &Self) -> Self {
        let files = tree.iter().map(|(path, content)| {
            let mark = match (former.files.get(path), content) {
                // Builds share what they did not make anew: no need to hash all of it again.
                (Some((Content::Bytes(old), mark)), Content::Bytes(new))
                    if Arc::ptr_eq(old, new) =>
                {
                    *mark
                }
                (_, Content::Bytes(bytes)) => Some(Fingerprint::of(bytes)),
                (_, Content::File(path)) => mark_of_file(path),
                (_, Content::Kept(_, stamp)) => Some(stamp.fingerprint),
            };
            (path.to_owned(), (content.clone(), mark))
        });
        Self { files: files.collect() }
    }

    /// Returns the content of a path.
    pub(super) fn get(&self, path: &str) -> Option<&Content> {
        self.files.get(path).map(|(content, _)| content)
    }

    /// Returns the paths that came, went or changed, sorted.
    fn changes_since<'s>(&'s self, former: &'s Self) -> Vec<&'s str> {
        let mark = |site: &Self, path: &str| site.files.get(path).map(|(_, mark)| *mark);
        let gone = former.files.keys().filter(|path| !self.files.contains_key(*path));
        let other = self.files.keys().filter(|path| mark(self, path) != mark(former, path));
        let mut changes: Vec<&str> = gone.chain(other).map(String::as_str).collect();
        changes.sort_unstable();
        changes
    }

    fn fingerprint(&self) -> Fingerprint {
        let mut fingerprinter = Fingerprinter::new();
        for (path, (_, mark)) in &self.files {
            let mark = mark.map(|mark| mark.to_string()).unwrap_or_default();
            fingerprinter.add(path.as_bytes()).add(mark.as_bytes());
        }
        fingerprinter.finish()
    }
}

/// Returns a mark for a file by its length and time of change. Attachments are not read for it, as there can be
/// gigabytes of them; `None` if it cannot be seen at all.
fn mark_of_file(path: &Path) -> Option<Fingerprint> {
    let metadata = path.metadata().ok()?;
    let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut fingerprinter = Fingerprinter::new();
    fingerprinter.add(path.as_os_str().as_encoded_bytes());
    fingerprinter.add(&metadata.len().to_le_bytes());
    fingerprinter.add(&modified.as_nanos().to_le_bytes());
    Some(fingerprinter.finish())
}

/// A site with what open pages must know of it. The fields that browsers see are in its JSON.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Publication {
    /// Names the site's content: equal sites have equal names, also after a restart.
    build: String,
    /// The build that `changed` speaks of; a page of any other build knows only that something has changed.
    from: Option<String>,
    /// The addresses whose content differs from `from`, as `/handbook/` and `/assets/site.css`, not encoded.
    changed: Vec<String>,
    /// The report to show; empty if all is well.
    problems: String,
    /// The site.
    #[serde(skip)]
    pub(super) site: Arc<Site>,
    /// The path below which it is served, with `/` at both ends.
    #[serde(skip)]
    pub(super) base: String,
}

impl Publication {
    /// Returns a site without pages.
    pub(super) fn empty(base: &str) -> Self {
        let base = base.trim_matches('/');
        Self {
            build: String::new(),
            from: None,
            changed: Vec::new(),
            problems: String::new(),
            site: Arc::default(),
            base: if base.is_empty() { "/".to_owned() } else { format!("/{base}/") },
        }
    }

    /// Returns what follows after a build.
    pub(super) fn next(&self, snapshot: Snapshot) -> Self {
        let site = Site::new(&snapshot.output, &self.site);
        let build = site.fingerprint().to_string();
        if build == self.build {
            return Self { problems: snapshot.problems, ..self.clone() };
        }
        let changes = site.changes_since(&self.site);
        let changed = changes.into_iter().map(|path| self.address(path)).collect();
        Self {
            build,
            from: Some(self.build.clone()),
            changed,
            problems: snapshot.problems,
            site: Arc::new(site),
            base: self.base.clone(),
        }
    }

    /// Returns how many addresses differ from `former`, the publication before this one.
    pub(super) fn changes_after(&self, former: &Self) -> usize {
        if self.build == former.build { 0 } else { self.changed.len() }
    }

    /// Returns the same site with the reason why there is no newer one.
    pub(super) fn failed(&self, message: &str) -> Self {
        Self { problems: message.to_owned(), ..self.clone() }
    }

    /// Returns the address at which a reader sees a file.
    fn address(&self, path: &str) -> String {
        let shown = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => path,
        };
        format!("{}{shown}", self.base)
    }

    /// Returns the message for open pages.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts and lists of texts are valid JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let mut output = OutputTree::new();
        for (path, text) in files {
            output.insert_bytes((*path).to_owned(), text.as_bytes());
        }
        Snapshot { output, problems: String::new() }
    }

    #[test]
    fn changed_addresses_are_those_that_came_went_or_differ() {
        let first = Publication::empty("/wiki").next(snapshot(&[
            ("a/index.html", "1"),
            ("b/index.html", "1"),
            ("c.css", "1"),
            ("index.html", "1"),
            ("myindex.html", "1"),
        ]));
        let second = first.next(snapshot(&[
            ("a/index.html", "1"),
            ("c.css", "2"),
            ("d/index.html", "1"),
            ("index.html", "2"),
            ("myindex.html", "2"),
        ]));
        let expect = ["/wiki/b/", "/wiki/c.css", "/wiki/d/", "/wiki/", "/wiki/myindex.html"];
        assert_eq!(second.changed, expect);
        assert_eq!(second.from.as_ref(), Some(&first.build));
    }

    #[test]
    fn equal_site_is_the_same_build() {
        let first = Publication::empty("").next(snapshot(&[("a", "1")]));
        let again = first.next(snapshot(&[("a", "1")]));
        assert_eq!(again.build, first.build);
        assert_eq!(Publication::empty("").next(snapshot(&[("a", "1")])).build, first.build);
        assert_ne!(Publication::empty("").next(snapshot(&[("a", "2")])).build, first.build);
    }

    #[test]
    fn failed_build_keeps_the_site_and_the_next_one_clears_the_report() {
        let first = Publication::empty("").next(snapshot(&[("a", "1")]));
        let failed = first.failed("polder.yml: no");
        assert!(failed.site.get("a").is_some());
        assert_eq!((&failed.build, failed.problems.as_str()), (&first.build, "polder.yml: no"));
        assert_eq!(failed.next(snapshot(&[("a", "1")])).problems, "");
    }

    #[test]
    fn attachment_that_was_written_anew_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("photo.jpg");
        let mut with_photo = snapshot(&[]);
        with_photo.output.insert("photo.jpg".into(), Content::File(path.clone()));
        let missing = Publication::empty("").next(with_photo.clone());
        std::fs::write(&path, "a face").unwrap();
        assert_eq!(missing.next(with_photo).changed, ["/photo.jpg"]);
    }
}
