//! The files of the index: classic scripts of one call each, so that a page opened from a disk can load them
//! by adding a script element, and a page from a server by fetching and parsing them.

use serde::Serialize;

use crate::base::{Fingerprint, Fingerprinter};
use crate::output::{Content, OutputTree};

/// The name of the first file, the only one that is not named by its content.
const ROOT: &str = "index";

/// The files that are written so far.
#[derive(Default)]
pub(super) struct Parts {
    tree: OutputTree,
}

impl Parts {
    /// Adds a file that is named by its content, and returns its name without the letter of its kind.
    pub(super) fn add(&mut self, kind: char, content: &impl Serialize) -> String {
        let json = to_json(content);
        let mut name = Fingerprint::of(json.as_bytes()).short();
        while !self.insert(&format!("{kind}-{name}"), &json) {
            name = next_name(&name, &json);
        }
        name
    }

    /// Adds the first file and returns all of them.
    pub(super) fn finish(mut self, root: &impl Serialize) -> OutputTree {
        self.insert(ROOT, &to_json(root));
        self.tree
    }

    /// Adds a file; returns whether the name was free, or taken by the same content.
    fn insert(&mut self, name: &str, json: &str) -> bool {
        let path = format!("search/{name}.js");
        let content =
            Content::Bytes(format!("polderPart(\"{name}\",{json});\n").into_bytes().into());
        match self.tree.get(&path) {
            Some(present) => *present == content,
            None => self.tree.insert(path, content),
        }
    }
}

/// Returns another name for a content whose name is taken by a different content.
fn next_name(taken: &str, json: &str) -> String {
    let mut fingerprinter = Fingerprinter::new();
    fingerprinter.add(taken.as_bytes()).add(json.as_bytes());
    fingerprinter.finish().short()
}

/// Returns a number as the files have it: in base 36.
pub(super) fn base36(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit(number % 36, 36).expect("a remainder of 36 is a digit"));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Returns a value as JSON.
fn to_json(content: &impl Serialize) -> String {
    serde_json::to_string(content).expect("lists and texts are always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_one_call_with_its_own_name() {
        let mut parts = Parts::default();
        let name = parts.add('w', &["</script>\u{2028}"]);
        let tree = parts.finish(&0);
        let path = format!("search/w-{name}.js");
        let expect = format!("polderPart(\"w-{name}\",[\"</script>\u{2028}\"]);\n");
        assert_eq!(tree.get(&path), Some(&Content::Bytes(expect.into_bytes().into())));
        assert!(tree.get("search/index.js").is_some());
    }

    #[test]
    fn numbers_have_digits_and_letters() {
        assert_eq!([0, 35, 36, 1295].map(base36), ["0", "z", "10", "zz"]);
    }

    #[test]
    fn same_content_is_one_file() {
        let mut parts = Parts::default();
        assert_eq!(parts.add('w', &1), parts.add('w', &1));
        assert_ne!(parts.add('w', &1), parts.add('w', &2));
        assert_eq!(parts.finish(&0).len(), 3);
    }
}
