//! Lists of authors as blogs keep them: `authors.yml` of Docusaurus, MkDocs Material and Jekyll. Pages name their keys.
//!
//! A list is data of another tool: what cannot be read in it is passed over.

use std::collections::BTreeSet;
use std::path::Path;

use crate::base::SourcePath;
use crate::base::path::join;
use crate::base::text::squeeze;
use crate::base::yaml::{self, Node, Value};

/// Somebody in a list of authors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// What pages call them.
    pub key: String,
    /// Their name.
    pub name: String,
    /// What they do; may be empty.
    pub role: String,
    /// Their address, by which git knows them; may be empty. It is not shown.
    pub email: String,
    /// Their name on the git host; may be empty.
    pub handle: String,
    /// Their own page elsewhere; may be empty.
    pub url: String,
    /// The file with their photo.
    pub photo: Option<SourcePath>,
}

/// Reads every list of authors among `files`, which are sorted.
pub(super) fn read(source: &Path, files: &[SourcePath]) -> Vec<Author> {
    let known: BTreeSet<&SourcePath> = files.iter().collect();
    let lists = files.iter().filter(|file| is_list(file));
    let authors = lists.flat_map(|list| {
        let text = std::fs::read_to_string(source.join(list.as_str())).unwrap_or_default();
        authors_of(list, &text, &|path| known.contains(path))
    });
    authors.collect()
}

fn is_list(file: &SourcePath) -> bool {
    matches!(file.file_name(), "authors.yml" | ".authors.yml" | "authors.yaml" | ".authors.yaml")
}

fn authors_of(
    list: &SourcePath,
    text: &str,
    is_there: &dyn Fn(&SourcePath) -> bool,
) -> Vec<Author> {
    let Ok(root) = yaml::parse(text) else { return Vec::new() };
    // MkDocs puts all of them below one key.
    let below = root.get("authors").filter(|node| matches!(node.value, Value::Map(_)));
    let entries = below.unwrap_or(&root).entries().iter();
    let author = |(key, node): (&str, &Node)| {
        let text = |names: &[&str]| {
            let said = names.iter().find_map(|name| node.get(name).and_then(Node::text));
            said.map(squeeze).unwrap_or_default()
        };
        let name = text(&["name", "display_name", "title"]);
        let social = node.get("socials").and_then(|socials| socials.get("github"));
        let handle = social.and_then(Node::text).map(squeeze).unwrap_or_default();
        let handle = if handle.is_empty() { text(&["github"]) } else { handle };
        let handle = handle.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
        let photo = text(&["image_url", "imageURL", "avatar", "image", "picture"]);
        let is_title_the_name = node.get("name").or(node.get("display_name")).is_none();
        let role = if is_title_the_name { &["description"][..] } else { &["title", "description"] };
        (!name.is_empty()).then(|| Author {
            key: key.to_owned(),
            role: text(role),
            email: text(&["email"]),
            handle: handle.to_owned(),
            url: text(&["url", "link", "web", "website"]),
            photo: photo_file(list, &photo, is_there),
            name,
        })
    };
    entries.filter_map(|entry| author((&entry.key, &entry.node))).collect()
}

/// Returns the file that a photo is: beside the list, from the root, or from the folder that Docusaurus serves as its root.
/// One from elsewhere would tell that site who reads what here.
fn photo_file(
    list: &SourcePath,
    photo: &str,
    is_there: &dyn Fn(&SourcePath) -> bool,
) -> Option<SourcePath> {
    if photo.is_empty() || photo.contains("://") {
        return None;
    }
    let beside = (!photo.starts_with('/')).then(|| join(list.folder(), photo)).flatten();
    let roots = ["", "static", "docs"].map(|root| join(root, photo));
    let places = std::iter::once(beside).chain(roots).flatten();
    places.map(|path| SourcePath::new(&path)).find(|path| is_there(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, &str, &str, &str)]) {
        let list = SourcePath::new("blog/authors.yml");
        let authors = authors_of(&list, text, &|path| path.as_str() == "static/img/a.png");
        let told: Vec<_> = authors
            .iter()
            .map(|author| {
                let photo = author.photo.as_ref().map_or("", SourcePath::as_str);
                (author.key.as_str(), author.name.as_str(), author.role.as_str(), photo)
            })
            .collect();
        assert_eq!(told, expect);
    }

    #[test]
    fn lists_of_other_tools_are_read() {
        check(
            "authors:\n  anna:\n    name: Anna Kuiper\n    description: Creator\n    avatar: https://x.example/a.png\n",
            &[("anna", "Anna Kuiper", "Creator", "")],
        );
        check(
            "anna:\n  name: Anna Kuiper\n  title: Architect\n  image_url: /img/a.png\n  socials: {github: ak}\nteam:\n  title: The team\n",
            &[
                ("anna", "Anna Kuiper", "Architect", "static/img/a.png"),
                ("team", "The team", "", ""),
            ],
        );
        check("- a\n- b\n", &[]);
        check("a: {b: [\n", &[]);
    }
}
