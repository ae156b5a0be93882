//! Code blocks, coloured by classes: the only place that names syntect.
//!
//! A block's HTML follows from its language and its text alone, so blocks are highlighted ahead of rendering, in
//! parallel and through a memo; rendering looks them up.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::base::text::escape;
use crate::base::{Fingerprint, Fingerprinter};

use super::fence::Fence;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes that get a class, the more special first.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let classes = [
        ("comment", "comment"),
        ("string", "string"),
        ("constant.numeric", "numeric"),
        ("constant", "constant"),
        ("keyword.operator", "operator"),
        ("keyword", "keyword"),
        ("entity.name.function", "function"),
        ("entity.name.tag", "tag"),
        ("entity.name", "entity"),
        ("entity.other.attribute-name", "entity"),
        ("support.function", "function"),
        ("support.type", "type"),
        ("support", "support"),
        ("storage.type", "type"),
        ("storage", "storage"),
        ("variable.parameter", "parameter"),
        ("variable.function", "function"),
        ("variable", "variable"),
        ("markup.inserted", "inserted"),
        ("markup.deleted", "deleted"),
        ("markup.heading", "keyword"),
        ("invalid", "invalid"),
    ];
    let scope = |name: &str| Scope::new(name).expect("the scopes above are well formed");
    classes.map(|(name, class)| (scope(name), class)).to_vec()
});

/// The language of blocks that are formulas.
pub(super) const MATH: &str = "math";

/// Past this size in bytes a block is shown without colours.
const LIMIT: usize = 128 * 1024;

/// Past this length a line makes the grammars' patterns slow.
const LINE_LIMIT: usize = 4096;

/// A code block with the language that it names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Block {
    /// The language in the fence's info: `rust`, `yaml`; may be empty.
    pub language: String,
    /// The text.
    pub text: String,
}

impl Block {
    /// Returns the block of a fence.
    pub(super) fn new(info: &str, text: String) -> Self {
        Self { language: Fence::of(info).language, text }
    }

    /// Returns the text of a file, by the end of its name.
    pub fn of_file(extension: &str, text: String) -> Self {
        let language = match extension {
            "mjs" | "cjs" => "js",
            "htm" | "xhtml" | "xht" | "shtml" | "shtm" | "hta" => "html",
            "xsl" | "xslt" | "xsd" | "wsdl" | "rdf" | "rss" | "atom" | "mathml" | "mml" | "svg" => {
                "xml"
            }
            "phtml" => "php",
            other => other,
        };
        Self { language: language.to_owned(), text }
    }

    /// Returns what identifies it.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut print = Fingerprinter::new();
        print.add(self.language.as_bytes()).add(self.text.as_bytes());
        print.finish()
    }

    /// Returns its text as HTML with `<span class="hl-…">`; without spans if the language is not known.
    pub fn highlight(&self) -> String {
        let is_small =
            self.text.len() <= LIMIT && self.text.lines().all(|line| line.len() <= LINE_LIMIT);
        let syntax =
            (!self.language.is_empty() && is_small).then(|| syntax(&self.language)).flatten();
        // Grammars are data of others; one that trips over a text costs its colours, not the page.
        let coloured = syntax.and_then(|syntax| {
            std::panic::catch_unwind(|| colour(&self.text, syntax)).ok().flatten()
        });
        coloured.unwrap_or_else(|| escape(&self.text))
    }
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language {
        "console" | "shell" | "shell-session" | "zsh" => "bash",
        "jsonc" | "json5" => "json",
        "csharp" | "c#" => "cs",
        "golang" => "go",
        "jsx" => "javascript",
        "text" | "plain" | "plaintext" | "txt" | "mermaid" => return None,
        other => other,
    };
    SYNTAXES.find_syntax_by_token(name)
}

fn colour(text: &str, syntax: &SyntaxReference) -> Option<String> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut html = String::with_capacity(text.len() * 2);
    let mut open: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        for (piece, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            if piece.is_empty() {
                continue;
            }
            // White space needs no colour, and need not end one.
            let class = if piece.trim().is_empty() { open } else { class_of(&stack) };
            if class != open {
                html.push_str(if open.is_some() { "</span>" } else { "" });
                if let Some(class) = class {
                    html.push_str("<span class=\"hl-");
                    html.push_str(class);
                    html.push_str("\">");
                }
                open = class;
            }
            html.push_str(&escape(piece));
        }
    }
    html.push_str(if open.is_some() { "</span>" } else { "" });
    Some(html)
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

/// Returns highlighted code cut into its lines, each with its own spans.
pub(super) fn lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut open = "";
    for line in html.split_inclusive('\n') {
        let mut cut = format!("{open}{}", line.trim_end_matches('\n'));
        let start = line.rfind("<span");
        let is_open = match (start, line.rfind("</span>")) {
            (Some(start), Some(end)) => start > end,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => !open.is_empty(),
        };
        open = match start {
            Some(start) if is_open => line[start..].split_inclusive('>').next().unwrap_or_default(),
            _ if is_open => open,
            _ => "",
        };
        cut.push_str(if is_open { "</span>" } else { "" });
        lines.push(cut);
    }
    lines
}

/// Highlighted blocks, by fingerprint.
#[derive(Debug, Clone, Default)]
pub struct Highlighter(HashMap<Fingerprint, Arc<str>>);

impl Highlighter {
    /// Returns a look-up of blocks that were highlighted before.
    pub fn new(blocks: HashMap<Fingerprint, Arc<str>>) -> Self {
        Self(blocks)
    }

    /// Returns the HTML of a file's text, each line with its number, to which `#L12` leads.
    pub fn numbered(&self, file: &Block) -> String {
        let html = self.html(file);
        let lines = lines(&html).into_iter().enumerate();
        let line = |(at, line): (usize, String)| {
            let number = at + 1;
            format!("<span class=\"line\" id=\"L{number}\" data-line=\"{number}\">{line}</span>\n")
        };
        lines.map(line).collect()
    }

    /// Returns a block's HTML; highlights it if nobody did before.
    pub(super) fn html(&self, block: &Block) -> Arc<str> {
        self.0.get(&block.fingerprint()).cloned().unwrap_or_else(|| block.highlight().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expect: &str) {
        assert_eq!(Block::new(language, text.to_owned()).highlight(), expect);
    }

    #[test]
    fn code_is_coloured_by_classes() {
        check(
            "rust,ignore",
            "let x = \"<a>\"; // é\n",
            "<span class=\"hl-type\">let</span> x <span class=\"hl-operator\">= </span>\
             <span class=\"hl-string\">&quot;&lt;a&gt;&quot;</span>; <span class=\"hl-comment\">// é\n</span>",
        );
    }

    #[test]
    fn lines_have_their_own_spans() {
        let html = "<span class=\"a\">x\ny\n</span>z\n\n<span class=\"b\">w</span>";
        assert_eq!(
            lines(html),
            [
                "<span class=\"a\">x</span>",
                "<span class=\"a\">y</span>",
                "<span class=\"a\"></span>z",
                "",
                "<span class=\"b\">w</span>"
            ]
        );
    }

    #[test]
    fn unknown_languages_are_plain() {
        check("no-such-language", "a < b\n", "a &lt; b\n");
        check("", "a\n", "a\n");
    }

    #[test]
    fn common_languages_are_known() {
        for name in [
            "bash",
            "sh",
            "yaml",
            "yml",
            "toml",
            "json",
            "python",
            "js",
            "ts",
            "typescript",
            "sql",
            "html",
            "css",
            "dockerfile",
            "go",
            "java",
            "c",
            "cpp",
            "csharp",
            "xml",
            "diff",
            "powershell",
            "ini",
            "rust",
            "ruby",
            "php",
            "console",
        ] {
            assert!(syntax(name).is_some(), "{name}");
        }
    }
}
