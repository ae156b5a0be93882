//! What a still drawing may hold.

/// The namespace of drawings.
pub(super) const SVG: &str = "http://www.w3.org/2000/svg";
/// The namespace of the HTML in them.
pub(super) const HTML: &str = "http://www.w3.org/1999/xhtml";
/// The namespace of `xlink:href`.
pub(super) const XLINK: &str = "http://www.w3.org/1999/xlink";
/// The namespace of `xml:space`.
pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements that draw. Those that change attributes by the clock are not among them: a link is an attribute too.
const DRAWING: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "image",
    "style",
    "a",
    "foreignObject",
    "view",
];

/// Elements that hold words.
const WORDS: &[&str] = &[
    "div",
    "span",
    "p",
    "br",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "small",
    "big",
    "sub",
    "sup",
    "font",
    "center",
    "code",
    "pre",
    "kbd",
    "samp",
    "var",
    "tt",
    "mark",
    "del",
    "ins",
    "strike",
    "abbr",
    "cite",
    "q",
    "blockquote",
    "a",
    "img",
    "hr",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "label",
    "wbr",
];

/// Attributes of words; of drawings there are too many to name.
const ABOUT_WORDS: &[&str] = &[
    "style",
    "class",
    "id",
    "dir",
    "lang",
    "title",
    "align",
    "valign",
    "width",
    "height",
    "color",
    "face",
    "size",
    "border",
    "cellpadding",
    "cellspacing",
    "colspan",
    "rowspan",
    "bgcolor",
    "start",
    "value",
    "alt",
    "nowrap",
];

/// Attributes of drawings and of the HTML in them that lead somewhere or run something.
const LEADS: &[&str] = &[
    "base",
    "action",
    "formaction",
    "srcset",
    "srcdoc",
    "data",
    "ping",
    "poster",
    "background",
    "manifest",
    "handler",
    "attributename",
    "from",
    "to",
    "by",
    "values",
    "requiredextensions",
    // The drawing once more, as draw.io keeps it to go on with, with all its other sheets.
    "content",
];

/// Attributes that are no style, whatever they hold.
const NAMES: &[&str] = &["id", "class", "d", "points", "transform", "title", "alt"];

/// Returns whether an element may stay.
pub(super) fn is_element(space: &str, name: &str) -> bool {
    match space {
        SVG => DRAWING.contains(&name) || is_effect(name),
        HTML => WORDS.contains(&name),
        _ => false,
    }
}

/// Parts of filters: `feBlend`, `feGaussianBlur` …
fn is_effect(name: &str) -> bool {
    name.strip_prefix("fe").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Returns whether an attribute without a namespace may stay.
pub(super) fn is_attribute(space: &str, name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_plain =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    match space {
        SVG => is_plain && !lower.starts_with("on") && !LEADS.contains(&lower.as_str()),
        _ => ABOUT_WORDS.contains(&name) || name.starts_with("data-") || name.starts_with("aria-"),
    }
}

/// Returns whether an attribute may hold an address as styles do.
pub(super) fn is_style(name: &str) -> bool {
    !NAMES.contains(&name) && !name.starts_with("data-") && !name.starts_with("aria-")
}

/// Returns whether what an element leads to or shows may stay: links to pages, pictures that the drawing holds itself, and parts
/// of it.
pub(super) fn is_address(space: &str, element: &str, address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    match (space, element) {
        _ if address.starts_with('#') => true,
        (_, "a") => ["http://", "https://", "mailto:"].iter().any(|start| lower.starts_with(start)),
        (SVG, "image" | "feImage") | (HTML, "img") => lower.starts_with("data:image/"),
        _ => false,
    }
}
