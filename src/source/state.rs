//! A text as a file held it once.

use crate::base::text::LineIndex;
use crate::base::yaml::{self, Node};
use crate::base::{Places, SourcePath};

use super::document::decode;
use super::front_matter;
use super::split::{self, Split, Syntax};

/// A text, with its head and its body told apart. E-mail addresses in the head are left out: pages do not show them, and
/// neither do their earlier states.
#[derive(Debug, Clone)]
pub struct State {
    /// The whole text, decoded, without byte order mark.
    pub text: String,
    /// What the front matter says, if it is YAML that can be read.
    pub fields: Option<Node>,
    /// Where the body begins.
    pub body_start: usize,
    /// Whether it said of itself that it is not for everybody.
    pub is_withheld: bool,
}

impl State {
    /// Reads the bytes of a file.
    pub fn read(bytes: &[u8]) -> Self {
        let text = decode(&SourcePath::new(""), bytes, &mut Vec::new());
        let Some(split) = split::split(&text) else {
            return Self { text, fields: None, body_start: 0, is_withheld: false };
        };
        let is_withheld = says_to_be_withheld(&text, &split);
        let head = without_addresses(&text[split.front.clone()]);
        let fields = (split.syntax == Syntax::Yaml).then(|| yaml::parse(&head).ok()).flatten();
        let (before, after) = (&text[..split.front.start], &text[split.front.end..]);
        let text_of_both = [before, &head, after].concat();
        // Two rules with a paragraph between them are text.
        if fields.as_ref().is_some_and(|fields| fields.text().is_some()) {
            return Self { text, fields: None, body_start: 0, is_withheld };
        }
        let body_start = text_of_both.len() - (text.len() - split.body);
        Self { text: text_of_both, fields, body_start, is_withheld }
    }

    /// Returns the text below the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }
}

/// What the names of fields that withhold a page have in common.
const GUARDS: [&[u8]; 6] = [b"publi", b"list", b"privat", b"confid", b"visib", b"build"];

/// Returns whether the bytes of a file say that it is not for everybody.
pub fn is_withheld(bytes: &[u8]) -> bool {
    // Every text of the past is asked, and nearly none has anything to say.
    if !may_be_withheld(bytes) {
        return false;
    }
    let text = decode(&SourcePath::new(""), bytes, &mut Vec::new());
    split::split(&text).is_some_and(|split| says_to_be_withheld(&text, &split))
}

fn says_to_be_withheld(text: &str, split: &Split) -> bool {
    let head = &text[..split.front.end];
    let lines = LineIndex::new(head);
    front_matter::decode(Places::new(&lines, "".into(), head), text, split).0.withheld.is_some()
}

fn may_be_withheld(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let fence: &[u8] = match bytes.get(..3) {
        Some(b"---") => b"---",
        Some(b"+++") => b"+++",
        _ => return false,
    };
    let mut lines = bytes.split(|byte| *byte == b'\n').skip(1);
    let head = lines.by_ref().take_while(|line| line.trim_ascii_end() != fence);
    // A name may be written with escapes.
    head.into_iter().any(|line| line.contains(&b'\\') || has_guard(line))
}

fn has_guard(line: &[u8]) -> bool {
    let begins = |at: usize| {
        let begins = |guard: &&[u8]| {
            line[at..].get(..guard.len()).is_some_and(|part| part.eq_ignore_ascii_case(guard))
        };
        GUARDS.iter().any(begins)
    };
    let firsts = line.iter().map(u8::to_ascii_lowercase).enumerate();
    let may_begin = |first: u8| GUARDS.iter().any(|guard| guard[0] == first);
    firsts.filter(|(_, first)| may_begin(*first)).any(|(at, _)| begins(at))
}

/// Returns a text with `…` for each e-mail address.
fn without_addresses(text: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let name = rest[..at].trim_end_matches(is_name).len();
        let after = &rest[at + 1..];
        let host = after.len() - after.trim_start_matches(is_host).len();
        if name < at && host > 0 {
            shown.push_str(&rest[..name]);
            shown.push('…');
            rest = &after[host..];
        } else {
            shown.push_str(&rest[..=at]);
            rest = after;
        }
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, body: &str) {
        let state = State::read(text.as_bytes());
        let found = state.fields.as_ref().and_then(|fields| fields.get("title")?.text());
        assert_eq!((found, state.body()), (title, body));
    }

    #[test]
    fn head_and_body_are_told_apart() {
        check("---\ntitle: A\n---\nbody\n", Some("A"), "body\n");
        check("+++\ntitle = \"A\"\n+++\nbody\n", None, "body\n");
        check("---\ntitle: [\n---\nbody\n", None, "body\n");
        check("---\na paragraph\n---\nbody\n", None, "---\na paragraph\n---\nbody\n");
        check("body\n", None, "body\n");
    }

    #[test]
    fn addresses_in_the_head_are_not_shown() {
        let state = State::read(
            b"---\nauthors: [An <an.b@n.example>, \"@bo\"]\ntitle: A\n---\nme@n.example\n",
        );
        assert!(state.text.contains("authors: [An <…>, \"@bo\"]"), "{}", state.text);
        assert_eq!(state.body(), "me@n.example\n");
    }

    #[test]
    fn state_that_was_not_for_everybody_says_so() {
        assert!(State::read(b"---\npublished: false\n---\nx\n").is_withheld);
        assert!(!State::read(b"---\ntitle: x\n---\nx\n").is_withheld);
        for says in [
            "published: false",
            "PUBLISH: no",
            "public: off",
            "dg-publish: false",
            "unlisted: true",
            "private: board",
            "confidential: true",
            "visibility: hidden",
            "_build: {render: never}",
            "\"\\x70rivate\": true",
        ] {
            let text = format!("\u{feff}\n---\ntitle: x\n{says}\n---\nx\n");
            assert!(is_withheld(text.as_bytes()), "{says}");
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(is_withheld(&utf16), "{says}");
        }
        assert!(is_withheld(b"+++\nprivate = true\n+++\nx\n"));
        assert!(!is_withheld(b"---\npublished: true\n---\nx\n"));
        assert!(!is_withheld(b"private: true\n"));
    }
}
