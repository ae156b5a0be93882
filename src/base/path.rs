//! Paths inside the source, and addresses inside the site.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::text::composed;

/// What the names of pages end in. Some generators run templates in pages before they read Markdown: `page.html.md.erb`.
pub const PAGE_ENDINGS: [&str; 6] = [".md", ".markdown", ".mdown", ".mkd", ".mdx", ".md.erb"];

/// The path of a file, relative to the source, with `/`, spelt as on disk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Returns the path with this spelling. The caller has made sure that it is relative and uses `/`.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path as a text that is shared with it.
    pub fn shared(&self) -> Arc<str> {
        self.0.clone()
    }

    /// Returns the folder, without `/` at its end; empty for the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Returns the file name without its extension; some generators write `page.html.md`, whose name is `page`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        let stem = match page_ending(name) {
            "" => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
            ending => {
                let stem = &name[..name.len() - ending.len()];
                stem.strip_suffix(".html").unwrap_or(stem)
            }
        };
        if stem.is_empty() { name } else { stem }
    }

    /// Returns the extension in lower case; empty if there is none.
    pub fn extension(&self) -> String {
        let name = self.file_name();
        name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
    }

    /// Returns whether this file is Markdown.
    pub fn is_markdown(&self) -> bool {
        !page_ending(&self.0).is_empty()
    }

    /// Returns the key under which two spellings are one file for readers: composed and in lower case.
    pub fn key(&self) -> String {
        path_key(&self.0)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Returns a path or address composed and in lower case, for comparing.
pub fn path_key(path: &str) -> String {
    composed(path).to_lowercase()
}

/// Returns `relative` seen from `folder`, with `.` and `..` and doubled `/` taken away; `None` if it leads
/// above the root. A trailing `/` is dropped.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Returns the ending that makes a file a page, as it is written; empty if it has none.
pub fn page_ending(path: &str) -> &str {
    let ends = |ending: &str| {
        let at = path.len().checked_sub(ending.len())?;
        path.get(at..).filter(|end| end.eq_ignore_ascii_case(ending))
    };
    PAGE_ENDINGS.iter().find_map(|ending| ends(ending)).unwrap_or_default()
}

/// Returns a path without the ending of a page, as it is written or as it is served.
pub fn without_page_ending(path: &str) -> &str {
    let written = PAGE_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    [".html", ".htm"].iter().find_map(|ending| written.strip_suffix(ending)).unwrap_or(written)
}

/// Returns the shortest way from a folder to a path, part by part; letter case does not matter for what they share.
pub fn way(folder: &str, path: &str) -> Vec<String> {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| path_key(a) == path_key(b)).count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).map(str::to_owned).collect()
}

/// The address of a page or file in the site, from its root, without leading `/`, not percent-encoded:
/// `handbook/expenses/`, `assets/site.css`, and the empty text for the home page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UrlPath(Arc<str>);

/// What must be encoded in a path of an address, beyond what HTML escaping does.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\'');

impl UrlPath {
    /// Returns the address of the folder-like page `id`: `id/`, or the home page for the empty id.
    pub fn of_page(id: &str) -> Self {
        if id.is_empty() { Self("".into()) } else { Self(format!("{id}/").into()) }
    }

    /// Returns the address of a file.
    pub fn of_file(path: &str) -> Self {
        Self(path.into())
    }

    /// Returns the address of a page below this one.
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        Self(format!("{}{name}/", self.0).into())
    }

    /// Returns the address as text, without leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the file that is written for this address.
    pub fn output_path(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            format!("{}index.html", self.0)
        } else {
            self.0.to_string()
        }
    }

    /// Returns the address from the root of the host, percent-encoded: `/handbook/expenses/`.
    pub fn absolute(&self) -> String {
        format!("/{}", utf8_percent_encode(&self.0, IN_PATH))
    }

    /// Returns `../` as often as needed to come from here to the root; empty at the root.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// Returns the relative, percent-encoded address of this page or file seen from page `from`. It names
    /// `index.html`, so that it also works where nothing serves folders: from `file://`.
    pub fn href_from(&self, from: &Self) -> String {
        let file = self.output_path();
        let target: Vec<&str> = file.split('/').collect();
        let base: Vec<&str> = from.0.split('/').collect();
        let base = &base[..base.len() - 1];
        let common =
            base.iter().zip(&target[..target.len() - 1]).take_while(|(a, b)| a == b).count();
        let up = "../".repeat(base.len() - common);
        let down = target[common..].join("/");
        let relative = format!("{up}{}", utf8_percent_encode(&down, IN_PATH));
        // A first part with a colon would be read as a scheme.
        let first = relative.split('/').next().unwrap_or_default();
        if first.contains(':') { format!("./{relative}") } else { relative }
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

impl fmt::Debug for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Returns the parts of an address, decoded as far as they are valid.
pub fn percent_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn way_to_a_path_goes_up_no_further_than_it_must() {
        let from = |folder, path| way(folder, path).join("/");
        assert_eq!(from("a/b", "a/c/d.md"), "../c/d.md");
        assert_eq!(from("", "a.md"), "a.md");
        assert_eq!(from("a", "A/b.md"), "b.md");
    }

    #[test]
    fn endings_of_pages_are_taken_away() {
        assert_eq!(without_page_ending("a/b.mdx"), "a/b");
        assert_eq!(without_page_ending("a/b.html"), "a/b");
        assert_eq!(without_page_ending("a/b.png"), "a/b.png");
        assert_eq!(without_page_ending("a/b.html.md.erb"), "a/b");
    }

    #[test]
    fn href_is_relative_and_encoded() {
        let from = UrlPath::of_page("a/b");
        let check = |to: UrlPath, expect: &str| assert_eq!(to.href_from(&from), expect);
        check(UrlPath::of_page("a/c d"), "../c%20d/index.html");
        check(UrlPath::of_page(""), "../../index.html");
        check(UrlPath::of_page("a/b"), "index.html");
        check(UrlPath::of_page("a/b/what: a page?"), "./what:%20a%20page%3F/index.html");
        check(UrlPath::of_file("assets/x.css"), "../../assets/x.css");
    }

    #[test]
    fn join_never_leaves_the_root() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "./b//c/").as_deref(), Some("a/b/c"));
        assert_eq!(join("a", "../../c.md"), None);
    }

    #[test]
    fn stem_of_a_dot_file_is_its_name() {
        assert_eq!(SourcePath::new("x/.md").stem(), ".md");
        assert_eq!(SourcePath::new("x/a.b.MD").stem(), "a.b");
        assert_eq!(SourcePath::new("x/index.html.md").stem(), "index");
        assert_eq!(SourcePath::new("x/a.html.MD.erb").stem(), "a");
        assert_eq!(SourcePath::new("x/layout.erb").stem(), "layout");
        assert_eq!(SourcePath::new("x/a.html.png").stem(), "a.html");
        assert_eq!(SourcePath::new("x/a.b.MD").extension(), "md");
    }
}
