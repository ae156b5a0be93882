//! A built site, and what tests look up in it.

use std::collections::BTreeMap;

use polder::base::Diagnostic;
use polder::export;
use polder::output::OutputTree;
use polder::pipeline::Build;
use serde_json::Value;

/// A build with look-ups.
pub(crate) struct Built {
    pub(crate) build: Build,
}

impl Built {
    pub(crate) fn new(build: Build) -> Self {
        Self { build }
    }

    /// Returns a file as text.
    pub(crate) fn text_of(&self, path: &str) -> String {
        let content = self.build.output.get(path);
        let content = content.unwrap_or_else(|| panic!("no `{path}` among {:?}", self.files()));
        String::from_utf8(content.bytes().unwrap().to_vec()).unwrap()
    }

    /// Returns the paths of all files.
    pub(crate) fn files(&self) -> Vec<&str> {
        self.build.output.iter().map(|(path, _)| path).collect()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.build.output.get(path).is_some()
    }

    /// Returns the HTML of the page at an address: `ops/backup/`; empty for the home page.
    pub(crate) fn html(&self, url: &str) -> String {
        let folder = url.trim_matches('/');
        let slash = if folder.is_empty() { "" } else { "/" };
        self.text_of(&format!("{folder}{slash}index.html"))
    }

    /// Returns what is between the `<main>` tags of a page, without the line about the build.
    pub(crate) fn main(&self, url: &str) -> String {
        let html = self.html(url);
        let main = between(&html, "<main", "</main>").expect("every page has a <main>");
        let main = main.split_once('>').expect("tags are closed").1;
        main.split("<p class=\"colophon\">").next().unwrap_or_default().trim().to_owned()
    }

    /// Returns the body that the author wrote, as HTML.
    pub(crate) fn body(&self, url: &str) -> String {
        let main = self.main(url);
        let body = main.split_once("<div class=\"body\">").map(|(_, rest)| rest);
        let body = body.unwrap_or_else(|| panic!("no body at `{url}`: {main}"));
        let end =
            ["<section", "</div>\n</div>", "</div>\n<dl"].iter().filter_map(|end| body.find(end));
        let body = &body[..end.min().unwrap_or(body.len())];
        body.trim().trim_end_matches("</div>").trim().to_owned()
    }

    /// Returns the words of a page's `<main>`.
    pub(crate) fn words(&self, url: &str) -> String {
        words(&self.main(url))
    }

    /// Returns the title of a page.
    pub(crate) fn title(&self, url: &str) -> String {
        let html = self.html(url);
        let heading = between(&html, "<h1", "</h1>").expect("every page has a heading");
        words(heading.split_once('>').expect("tags are closed").1)
    }

    /// Returns each finding as `code path:line:column`, sorted as told.
    pub(crate) fn codes(&self) -> Vec<String> {
        self.build.diagnostics.iter().map(place_told).collect()
    }

    /// Returns each finding as `code path:line:column: message (help)`.
    pub(crate) fn findings(&self) -> Vec<String> {
        self.build.diagnostics.iter().map(told).collect()
    }

    /// Returns the exported records of a type.
    pub(crate) fn records(&self, sort: &str) -> Vec<Value> {
        let records = export::records(&self.build.site, &self.build.links);
        records.filter(|record| record["type"] == sort).collect()
    }

    /// Returns the exported record of a type with this id.
    pub(crate) fn record(&self, sort: &str, id: &str) -> Value {
        let found = self.records(sort).into_iter().find(|record| record["id"] == id);
        found.unwrap_or_else(|| panic!("no {sort} `{id}`: {:?}", self.records(sort)))
    }

    /// Returns the contributions to a page as `person did`.
    pub(crate) fn deeds(&self, page: &str) -> Vec<String> {
        let of_page = self.records("contribution").into_iter().filter(|deed| deed["page"] == page);
        let tell = |deed: Value| format!("{} {}", text(&deed["person"]), text(&deed["did"]));
        of_page.map(tell).collect()
    }

    /// Returns every address in the output that should lead inside the site and does not, as `page: address`.
    pub(crate) fn dead_addresses(&self) -> Vec<String> {
        let pages = self.files().into_iter().filter(|path| path.ends_with(".html"));
        let dead = pages.flat_map(|page| {
            let html = self.text_of(page);
            let addresses = addresses(&html);
            let dead = addresses.into_iter().filter(|address| self.is_dead(page, address));
            dead.map(|address| format!("{page}: {address}")).collect::<Vec<_>>()
        });
        dead.collect()
    }

    fn is_dead(&self, page: &str, address: &str) -> bool {
        let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
        if scheme.contains(':') || address.starts_with("//") {
            return false;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = decode(path.split('?').next().unwrap_or_default());
        let target = match path.strip_prefix('/') {
            // The page for what is not there stands at any address, so it speaks of the root.
            Some(from_root) => (page == "404.html").then(|| from_root.to_owned()),
            None if path.is_empty() => Some(page.to_owned()),
            None => joined(page, &path),
        };
        let Some(target) = target.filter(|target| self.has(target)) else { return true };
        let fragment = decode(fragment);
        let is_marked = || {
            let html = self.text_of(&target);
            html.contains(&format!("id=\"{}\"", fragment.replace('&', "&amp;")))
        };
        !fragment.is_empty() && target.ends_with(".html") && !is_marked()
    }
}

/// Returns a finding as `code path:line:column: message (help)`.
pub(crate) fn told(found: &Diagnostic) -> String {
    let help = found.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    format!("{}: {}{help}", place_told(found), found.message)
}

fn place_told(found: &Diagnostic) -> String {
    match &found.place {
        Some(place) => format!("{} {}:{}:{}", found.code, place.path, place.line, place.column),
        None => found.code.to_owned(),
    }
}

/// Returns the bytes of every file of a tree.
pub(crate) fn bytes_of(tree: &OutputTree) -> BTreeMap<String, Vec<u8>> {
    tree.iter()
        .map(|(path, content)| (path.to_owned(), content.bytes().unwrap().to_vec()))
        .collect()
}

/// Returns a JSON text.
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let from = text.find(start)? + start.len();
    Some(&text[from..from + text[from..].find(end)?])
}

fn words(html: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                words.push(' ');
            }
            _ if !is_tag => words.push(c),
            _ => {}
        }
    }
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let words = words.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&");
    polder::base::text::squeeze(&words)
}

/// Returns every `href` and `src` of elements.
fn addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in html.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        for name in [" href=\"", " src=\""] {
            if let Some(value) = between(tag, name, "\"") {
                found.push(value.replace("&amp;", "&").replace("&#x2F;", "/"));
            }
        }
    }
    found
}

fn joined(page: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(text: &str) -> String {
    polder::base::path::percent_decode(text)
}
