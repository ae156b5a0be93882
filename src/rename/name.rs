//! Names for wikilinks: by name as long as the name is enough, else the shortest path that is.

use crate::base::fold;
use crate::base::path::page_ending;
use crate::markdown::{Form, Heading};
use crate::model::Page;

/// Returns names for a page, in the manner of the one that it had, the one that fits best first.
pub(super) fn of_page(written: &str, old: &Page, new: &Page) -> Vec<String> {
    let (name, extension) = split_extension(written);
    let extended = |name: String| format!("{name}{extension}");
    let mut names = Vec::new();
    if !name.contains('/') {
        if fold::key(name) == fold::key(&old.title) {
            names.push(new.title.clone());
        }
        let own = if new.is_index() && !is_index_name(name) {
            new.path.folder().rsplit('/').next().unwrap_or_default().to_owned()
        } else {
            new.path.stem().to_owned()
        };
        names.push(extended(own));
    }
    let path = new.path.as_str();
    let whole = if extension.is_empty() && new.is_index() && !is_index_name(name) {
        new.id.clone()
    } else {
        path[..path.len() - page_ending(path).len()].to_owned()
    };
    names.extend(ends(&whole, name.matches('/').count()).into_iter().map(extended));
    names.push(path.to_owned());
    names.retain(|name| can_stand(name));
    names
}

/// Returns names for a file, in the manner of the one that it had.
pub(super) fn of_file(written: &str, new: &str) -> Vec<String> {
    let mut names = ends(new, written.matches('/').count());
    names.retain(|name| can_stand(name));
    names
}

/// Returns the ends of a path, from the one with this many `/` to the whole.
fn ends(path: &str, slashes: usize) -> Vec<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let count = parts.len();
    let lengths = (slashes + 1).min(count)..=count;
    lengths.map(|length| parts[count - length..].join("/")).collect()
}

fn can_stand(name: &str) -> bool {
    !name.is_empty() && !name.contains(['|', '#', '[', ']', '\n'])
}

fn split_extension(written: &str) -> (&str, &str) {
    let extension = page_ending(written);
    (&written[..written.len() - extension.len()], extension)
}

fn is_index_name(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    matches!(last.as_str(), "index" | "readme" | "_index")
}

/// Returns the fragments with which a heading can be named, in the manner of the one that stands there.
pub(super) fn of_heading(fragment: &str, form: Form, old: &Heading, new: &Heading) -> Vec<String> {
    let is_wiki = matches!(form, Form::Wiki | Form::WikiEmbed);
    let is_id = if is_wiki {
        fragment == old.anchor && fragment.contains('-')
    } else {
        !fragment.contains(' ')
    };
    let mut fragments = Vec::new();
    if !is_id && !new.text.contains(['|', '#', '[', ']', '^']) {
        // Obsidian writes the way to a nested heading: `Above#Below`.
        let parts = fragment.split('#');
        let parts =
            parts.map(|part| if loose(part) == loose(&old.text) { &new.text } else { part });
        fragments.push(parts.collect::<Vec<_>>().join("#"));
        fragments.push(new.text.clone());
    }
    fragments.push(new.anchor.clone());
    fragments
}

fn loose(text: &str) -> String {
    fold::loose_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_grow_from_the_written_length() {
        assert_eq!(ends("a/b/c", 0), ["c", "b/c", "a/b/c"]);
        assert_eq!(ends("a/b/c", 1), ["b/c", "a/b/c"]);
        assert_eq!(ends("c", 3), ["c"]);
    }

    #[test]
    fn fragments_stay_ids_or_texts() {
        let heading = |text: &str, anchor: &str| Heading {
            level: 2,
            text: text.to_owned(),
            anchor: anchor.to_owned(),
            start: 0,
        };
        let old = heading("Old name", "old-name");
        let check = |fragment: &str, form: Form, new: Heading, expect: &str| {
            assert_eq!(of_heading(fragment, form, &old, &new)[0], expect, "{fragment}");
        };
        check("old-name", Form::Link, heading("New name!", "new-name"), "new-name");
        check("Old-Name", Form::Link, heading("New name!", "new-name"), "new-name");
        check("Old name", Form::Link, heading("New name!", "new-name"), "New name!");
        check("old-name", Form::Wiki, heading("New name!", "new-name"), "new-name");
        check("old name", Form::Wiki, heading("New name!", "new-name"), "New name!");
        check("Up#Old name", Form::Wiki, heading("New", "new"), "Up#New");
        check("Old name", Form::Wiki, heading("A | B", "a--b"), "a--b");
    }
}
