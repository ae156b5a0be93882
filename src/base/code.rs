//! The one list of what can be found: a code, how much it matters, and what `polder explain` says of it.
//!
//! The texts are data, in `codes.yml`. Every [`Diagnostic`](super::Diagnostic) takes its severity from here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::severity::Severity;
use super::suggest;
use super::yaml::{self, Node};

/// One sort of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Its kebab-case name: `broken-link`.
    pub name: String,
    /// How much it matters unless the configuration says otherwise.
    pub severity: Severity,
    /// What was found.
    pub what: String,
    /// Why it is a fault.
    pub why: String,
    /// How it is mended.
    pub mend: String,
    /// What it looks like; may be empty.
    pub example: String,
}

static CODES: LazyLock<BTreeMap<String, Code>> =
    LazyLock::new(|| read(include_str!("codes.yml")).into_iter().map(by_name).collect());

/// Returns all codes, by name.
pub fn all() -> impl Iterator<Item = &'static Code> {
    CODES.values()
}

/// Returns a code.
pub fn get(name: &str) -> Option<&'static Code> {
    CODES.get(name)
}

/// Returns the code that somebody may have meant who wrote this.
pub fn suggest(name: &str) -> Option<&'static str> {
    suggest::closest(name, CODES.keys().map(String::as_str))
}

fn by_name(code: Code) -> (String, Code) {
    (code.name.clone(), code)
}

fn read(text: &str) -> Vec<Code> {
    let root = yaml::parse(text).expect("the list of codes is part of the program, and tested");
    root.entries().iter().filter_map(|entry| code(&entry.key, &entry.node)).collect()
}

fn code(name: &str, node: &Node) -> Option<Code> {
    let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default().trim_end();
    Some(Code {
        name: name.to_owned(),
        severity: Severity::parse(text("severity"))?,
        what: text("what").to_owned(),
        why: text("why").to_owned(),
        mend: text("mend").to_owned(),
        example: text("example").to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained() {
        let root = yaml::parse(include_str!("codes.yml")).unwrap();
        let names: Vec<&str> = root.entries().iter().map(|entry| entry.key.as_str()).collect();
        assert!(names.is_sorted(), "{names:?}");
        assert_eq!(names, all().map(|code| code.name.as_str()).collect::<Vec<_>>());
        for code in all() {
            for text in [&code.what, &code.why, &code.mend] {
                assert!(text.ends_with('.') && text.len() > 10, "{}: {text:?}", code.name);
            }
        }
        for entry in root.entries() {
            for key in entry.node.entries().iter().map(|entry| entry.key.as_str()) {
                let known = ["severity", "what", "why", "mend", "example"];
                assert!(known.contains(&key), "{}: {key}", entry.key);
            }
        }
    }

    #[test]
    fn slip_in_a_code_is_understood() {
        assert_eq!(suggest("brokenlink"), Some("broken-link"));
    }
}
