//! Components of MDX: their tags are left out, what they hold stays; pictures and links are shown where their paths are plain.

use super::super::notice::Unsupported;
use super::jsx::{self, Tag, Value};
use super::walk::Walk;

/// Names that browsers know in any letter case.
const ELEMENTS: [&str; 36] = [
    "abbr",
    "article",
    "aside",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "head",
    "header",
    "hr",
    "html",
    "img",
    "input",
    "li",
    "ol",
    "pre",
    "small",
    "span",
    "strong",
    "summary",
    "table",
    "td",
    "tr",
    "ul",
];

/// Returns whether a name is that of a component.
pub(super) fn is_component(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && (name.contains(|c: char| c.is_ascii_lowercase()) || name.contains('.'))
        // `<MAILTO:anna@n.example>` is an address.
        && !name.contains([':', '@'])
        && !ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// Reads a tag at `<`; returns where it ends.
pub(super) fn read(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let next = walk.text[at + 1..].trim_start_matches('/').bytes().next()?;
    if !next.is_ascii_alphabetic() || walk.is_spent() {
        return None;
    }
    let tag = match jsx::tag_at(walk.text, at) {
        Ok(tag) => tag,
        Err(vain) => {
            walk.spend(vain);
            return None;
        }
    };
    let stands_for = match tag.name {
        "Link" => "a",
        "Image" | "Img" | "ThemedImage" | "ZoomImage" => "img",
        name if is_component(name) => return Some(leave_out(walk, tag)),
        name => name,
    };
    let has_expression = tag
        .attributes
        .iter()
        .any(|(name, value)| *name == "className" || matches!(value, Value::Expression(_)));
    if stands_for == tag.name && !has_expression {
        return None;
    }
    if stands_for == "img" && tag.get("src").is_none() {
        return Some(leave_out(walk, tag));
    }
    let html = as_html(&tag, stands_for);
    Some(walk.replace(tag.range, html))
}

fn leave_out(walk: &mut Walk<'_, '_>, tag: Tag<'_>) -> usize {
    // One component has one or two tags.
    if !tag.is_end && !matches!(tag.name, "Tabs" | "TabItem") {
        walk.notices.add(Unsupported::Component, tag.range.clone());
    }
    walk.take_out(tag.range)
}

/// Writes a tag with the attributes whose values are plain.
fn as_html(tag: &Tag<'_>, name: &str) -> String {
    if tag.is_end {
        return format!("</{name}>");
    }
    let mut html = format!("<{name}");
    for (attribute, value) in &tag.attributes {
        let attribute = match *attribute {
            "to" if name == "a" => "href",
            "className" | "style" => continue,
            other => other,
        };
        let Some(value) = value.plain() else { continue };
        let quote = if value.contains('"') { '\'' } else { '"' };
        html.push_str(&format!(" {attribute}={quote}{value}{quote}"));
    }
    html + if tag.is_empty { " />" } else { ">" }
}
