//! The map `levels:` of `polder.yml`: how loud findings are.
//!
//! ```yaml
//! levels:
//!   broken-link: error                          # a code
//!   "archive/**": off                           # every finding about these files
//!   "drafts/": {broken-link: note, "*": off}    # codes in these files; `*` is every other code
//! ```

use std::collections::BTreeMap;

use globset::{Glob, GlobBuilder, GlobMatcher};

use crate::base::yaml::{Entry, Node, Value};
use crate::base::{Severity, code};

use super::decode::Decoder;

/// How loud findings are: by code, and by code for files.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    everywhere: ByCode,
    of_files: Vec<(GlobMatcher, ByCode)>,
}

/// A configured loudness of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Shown with this severity.
    Shown(Severity),
    /// Not shown.
    Off,
}

/// Levels by code; `*` stands for every code that is not named.
type ByCode = BTreeMap<String, Level>;

impl Levels {
    /// Returns the severity of a finding; `None` if it is off. Of the patterns that a file fits the last one that says
    /// something of the code counts, and patterns before what holds everywhere.
    pub fn severity(&self, code: &str, path: Option<&str>, severity: Severity) -> Option<Severity> {
        let of_files = self.of_files.iter().rev();
        let fitting = of_files.filter(|(glob, _)| path.is_some_and(|path| glob.is_match(path)));
        let mut maps = fitting.map(|(_, map)| map).chain([&self.everywhere]);
        match maps.find_map(|map| map.get(code).or_else(|| map.get("*"))) {
            Some(Level::Off) => None,
            Some(Level::Shown(chosen)) => Some(*chosen),
            None => Some(severity),
        }
    }

    /// Reads `levels`.
    pub(super) fn decode(decoder: &Decoder<'_>) -> Self {
        let mut levels = Self::default();
        let Some(node) = decoder.mapping("levels") else { return levels };
        for entry in node.entries() {
            if is_pattern(&entry.key) {
                let map = by_code(entry, decoder);
                match glob(&entry.key) {
                    Ok(glob) => levels.of_files.push((glob.compile_matcher(), map)),
                    Err(error) => {
                        let message =
                            format!("`{}` is no pattern of paths: {}", entry.key, error.kind());
                        decoder.report(message, entry.key_span.clone(), None);
                    }
                }
            } else {
                take(entry, decoder, &mut levels.everywhere);
            }
        }
        levels
    }
}

/// Codes have no such characters.
fn is_pattern(key: &str) -> bool {
    key != "*" && key.contains(['/', '*', '?', '.', '[', '{'])
}

/// A folder stands for all that is in it.
fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    let pattern = pattern.trim_start_matches("./").trim_start_matches('/');
    let pattern = if pattern.ends_with('/') { format!("{pattern}**") } else { pattern.to_owned() };
    GlobBuilder::new(&pattern).literal_separator(true).build()
}

fn by_code(entry: &Entry, decoder: &Decoder<'_>) -> ByCode {
    let mut map = ByCode::new();
    match &entry.node.value {
        Value::Map(codes) => codes.iter().for_each(|entry| take(entry, decoder, &mut map)),
        _ => {
            if let Some(level) = level(&entry.node) {
                map.insert("*".to_owned(), level);
            } else {
                let expected = "error, warning, note, off, or a mapping of codes to these";
                decoder.report_value(&entry.key, &entry.node, expected);
            }
        }
    }
    map
}

fn take(entry: &Entry, decoder: &Decoder<'_>, map: &mut ByCode) {
    if entry.key != "*" && code::get(&entry.key).is_none() {
        let message = format!("there is no finding with the code `{}`", entry.key);
        let help = code::suggest(&entry.key).map_or_else(
            || "`polder explain` lists all codes; a pattern of paths has a `/` or a `*`".to_owned(),
            |close| format!("did you mean `{close}`?"),
        );
        decoder.report(message, entry.key_span.clone(), Some(help));
        return;
    }
    match level(&entry.node) {
        Some(level) => {
            map.insert(entry.key.clone(), level);
        }
        None => decoder.report_value(&entry.key, &entry.node, "error, warning, note or off"),
    }
}

fn level(node: &Node) -> Option<Level> {
    match node.text()? {
        "off" | "false" => Some(Level::Off),
        word => Severity::parse(word).map(Level::Shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn levels(text: &str) -> Levels {
        Config::parse("polder.yml", text).unwrap().levels
    }

    #[test]
    fn last_pattern_that_speaks_of_a_code_counts() {
        let levels = levels(
            "levels:\n  broken-link: error\n  '*': note\n  archive/**: off\n  archive/2020/: {broken-link: warning}\n",
        );
        let of = |code, path| levels.severity(code, Some(path), Severity::Warning);
        assert_eq!(of("broken-link", "a.md"), Some(Severity::Error));
        assert_eq!(of("wanted-page", "a.md"), Some(Severity::Note));
        assert_eq!(of("broken-link", "archive/a.md"), None);
        assert_eq!(of("broken-link", "archive/2020/b/a.md"), Some(Severity::Warning));
        assert_eq!(of("wanted-page", "archive/2020/a.md"), None);
        assert_eq!(levels.severity("no-pages", None, Severity::Warning), Some(Severity::Note));
    }

    #[test]
    fn star_stays_in_its_folder_and_two_stars_do_not() {
        let levels = levels("levels: {'*.md': off, '**/old-*': off}\n");
        let is_off = |path| levels.severity("broken-link", Some(path), Severity::Note).is_none();
        assert!(is_off("a.md") && !is_off("b/a.md") && is_off("b/c/old-a.md"));
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let text = "levels:\n  brokenlink: error\n  archive/**: {broken-link: loud}\n  b/[: off\n  c/: [off]\n  drafts: off\n";
        let found = Config::parse("polder.yml", text).unwrap_err();
        let tell = |found: &crate::base::Diagnostic| {
            let place = found.place.as_ref().unwrap();
            format!("{}:{} {}", place.line, place.column, found.message)
        };
        let found: Vec<String> = found.iter().map(tell).collect();
        assert_eq!(
            found,
            [
                "2:3 there is no finding with the code `brokenlink`",
                "3:29 `broken-link` is `loud`; expected error, warning, note or off",
                "4:3 `b/[` is no pattern of paths: unclosed character class; missing ']'",
                "5:7 `c/` is a list; expected error, warning, note, off, or a mapping of codes to these",
                "6:3 there is no finding with the code `drafts`",
            ]
        );
    }
}
