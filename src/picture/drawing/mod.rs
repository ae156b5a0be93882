//! Drawings (SVG): whether a browser that opens one on its own address would run something in it, and the same drawing without.
//!
//! Drawing programs put HTML into what they write (draw.io and Mermaid their words, in `foreignObject`). Such a drawing is read
//! as XML and written anew from lists of what is allowed; what a browser shows of it in a page stays the same.
//!
//! Invariant: what is written holds only elements and attributes of the lists, and loads nothing from elsewhere.

mod allowed;
mod style;

use std::fmt::Write;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use crate::base::text::escape;

use allowed::{HTML, SVG, XLINK, XML};

/// A drawing without what runs in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Still {
    /// The drawing.
    pub svg: String,
    /// Whether readers may miss something: a script, a handler, a picture from elsewhere.
    pub lacks: bool,
}

/// How deep elements may stand in each other.
const DEPTH: usize = 500;

/// More elements and texts than this are no drawing.
const NODES: u32 = 1_000_000;

/// Returns whether a drawing holds nothing that runs: on its own address a browser would run it as a page of the site.
/// Names count behind any prefix, addresses as a browser reads them; what is not plain text is not still.
pub fn is_still(svg: &str) -> bool {
    let svg = decoded(&svg.to_lowercase());
    let squeezed: String = svg.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let marks = ["javascript:", "<!entity", "data:text", "data:image/svg", "data:application"];
    let is_live = |name: &str| {
        let name = name.rsplit(':').next().unwrap_or(name);
        matches!(name, "script" | "foreignobject" | "iframe" | "embed" | "object" | "handler")
    };
    let mut names = svg.split('<').skip(1).map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        &rest[..end.unwrap_or(rest.len())]
    });
    !svg.contains('\0')
        && !has_handler(&svg)
        && !names.any(is_live)
        && marks.iter().all(|mark| !squeezed.contains(mark))
}

/// Returns a drawing without what a browser would run or load; nothing if it cannot be read.
pub fn still(svg: &str) -> Option<Still> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..Default::default() };
    let document =
        Document::parse_with_options(svg.trim_start_matches('\u{feff}'), options).ok()?;
    let root = document.root_element();
    if root.tag_name().namespace() != Some(SVG) || root.tag_name().name() != "svg" {
        return None;
    }
    let mut writer = Writer { out: String::with_capacity(svg.len()), lacks: false };
    writer.element(root, None, 0)?;
    Some(Still { svg: writer.out, lacks: writer.lacks })
}

struct Writer {
    out: String,
    lacks: bool,
}

impl Writer {
    /// Writes an element that stands in one of the namespace `around`, and everything in it.
    fn element(&mut self, node: Node<'_, '_>, around: Option<&str>, depth: usize) -> Option<()> {
        let name = node.tag_name();
        let space = name.namespace().unwrap_or_default();
        if depth > DEPTH {
            return None;
        }
        if !allowed::is_element(space, name.name()) {
            // What drawing programs note for themselves has a namespace of its own and is not shown.
            self.lacks |= matches!(space, SVG | HTML | "") && name.name() != "metadata";
            return Some(());
        }
        self.out.push('<');
        self.out.push_str(name.name());
        if around != Some(space) {
            self.attribute("xmlns", space);
        }
        let has_href = node
            .attributes()
            .any(|attribute| attribute.name() == "href" && attribute.namespace().is_none());
        for attribute in node.attributes() {
            // Both spellings of a link become one.
            if attribute.namespace() != Some(XLINK) || !has_href {
                self.checked(space, name.name(), &attribute);
            }
        }
        self.out.push('>');
        let inside = self.out.len();
        if name.name() == "style" {
            let css: String = node.children().filter_map(|child| child.text()).collect();
            let css = self.css(&css);
            self.out.push_str(&escape(&css));
        } else {
            for child in node.children() {
                if child.is_element() {
                    self.element(child, Some(space), depth + 1)?;
                } else if child.is_text() {
                    self.out.push_str(&escape(child.text().unwrap_or_default()));
                }
            }
        }
        if self.out.len() == inside {
            self.out.insert(inside - 1, '/');
        } else {
            let _ = write!(self.out, "</{}>", name.name());
        }
        Some(())
    }

    /// Writes an attribute, if it is one that only says how something looks or where it leads.
    fn checked(&mut self, space: &str, element: &str, attribute: &Attribute<'_, '_>) {
        let (name, value) = (attribute.name(), attribute.value());
        match (attribute.namespace(), name) {
            (Some(XML), "space" | "lang") => self.attribute(&format!("xml:{name}"), value),
            (None | Some(XLINK), "href" | "src") => {
                if allowed::is_address(space, element, value) {
                    self.attribute(name, value);
                } else {
                    self.lacks = true;
                }
            }
            (None, name) if allowed::is_attribute(space, name) => {
                let value =
                    if allowed::is_style(name) { self.css(value) } else { value.to_owned() };
                self.attribute(name, &value);
            }
            (None, _) => self.lacks |= name.to_ascii_lowercase().starts_with("on"),
            // Namespaces of drawing programs.
            _ => {}
        }
    }

    fn css(&mut self, css: &str) -> String {
        let (css, is_whole) = style::still(css);
        self.lacks |= !is_whole;
        css
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let value =
            escape(value).replace('\n', "&#10;").replace('\t', "&#9;").replace('\r', "&#13;");
        let _ = write!(self.out, " {name}=\"{value}\"");
    }
}

/// Returns whether there is an attribute such as `onload=`.
fn has_handler(svg: &str) -> bool {
    svg.match_indices("on").any(|(at, _)| {
        let begins = svg[..at].ends_with(|c: char| c.is_whitespace() || "\"'/:".contains(c));
        let rest = &svg[at + 2..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        begins && end > 0 && rest[end..].trim_start().starts_with('=')
    })
}

/// Returns XML with its numbered characters (`&#106;`, `&#x6a;`) as what they stand for, in lower case.
fn decoded(svg: &str) -> String {
    let mut parts = svg.split("&#");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            Some((char::from_u32(code.ok()?)?, rest))
        });
        match number {
            Some((c, rest)) => {
                text.extend(c.to_lowercase());
                text.push_str(rest);
            }
            None => text.push_str(part),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";

    /// Checks what becomes of what stands in a drawing.
    fn check(inner: &str, expect: &str, lacks: bool) {
        let still = still(&format!("<!DOCTYPE svg>\n{HEAD}<desc/>{inner}</svg>")).unwrap();
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\"><desc/>";
        let body = still.svg.strip_prefix(head).unwrap();
        assert_eq!((body.strip_suffix("</svg>").unwrap(), still.lacks), (expect, lacks), "{inner}");
    }

    #[test]
    fn drawings_that_run_something_are_told_apart() {
        assert!(is_still("<svg><text>based on = x</text><a href=\"#b\"/></svg>"));
        for hostile in [
            "<svg><script>x</script></svg>",
            "<svg ONLOAD = 'x'/>",
            "<svg><a href=\"javascript:x\"/></svg>",
            "<svg><foreignObject/></svg>",
            "<svg\nonload=x/>",
            "<svg id=\"a\"onload=x/>",
            "<svg:svg><svg:script>x</svg:script></svg:svg>",
            "<svg><a href=\"&#106;ava&#x73;cript:x\"/></svg>",
            "<svg><a href=\"java&#10;script:x\"/></svg>",
            "<\0s\0v\0g\0",
        ] {
            assert!(!is_still(hostile), "{hostile}");
        }
    }

    #[test]
    fn words_in_html_stay() {
        let inner = "<foreignObject width=\"9\"><div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"color: red\"><b>A &amp; B</b><br/></div></foreignObject>";
        check(inner, inner, false);
    }

    #[test]
    fn what_runs_or_loads_is_left_out() {
        check("<use href=\"#a\" xlink:href=\"#b\"/>", "<use href=\"#a\"/>", false);
        check("<script>x</script><g onclick=\"x\" ONLOAD=\"x\"/>", "<g/>", true);
        check(
            "<a xlink:href=\"java&#10;script:x\"><text>T</text></a>",
            "<a><text>T</text></a>",
            true,
        );
        check("<a xlink:href=\"https://x.example/\"/>", "<a href=\"https://x.example/\"/>", false);
        check("<image href=\"https://x.example/y.png\"/>", "<image/>", true);
        check(
            "<image href=\"data:image/png;base64,x\"/>",
            "<image href=\"data:image/png;base64,x\"/>",
            false,
        );
        check(
            "<use href=\"data:image/svg+xml,x\"/><use href=\"#a\"/>",
            "<use/><use href=\"#a\"/>",
            true,
        );
        check("<set attributeName=\"href\" to=\"javascript:x\"/>", "", true);
        check("<rect fill=\"url(https://x.example)\"/>", "<rect fill=\"none\"/>", true);
        let html = "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"x\"/><p xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script><img src=\"x\" onerror=\"x\"/></p></foreignObject>";
        check(
            html,
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\"><img/></p></foreignObject>",
            true,
        );
        check("<x:script xmlns:x=\"http://www.w3.org/2000/svg\">x</x:script>", "", true);
        check(
            "<x:y xmlns:x=\"urn:tool\" x:on=\"1\"/><g x:label=\"l\" xmlns:x=\"urn:tool\"/>",
            "<g/>",
            false,
        );
        check(
            "<text>&lt;script></text><!-- <script> --><?x y?>",
            "<text>&lt;script&gt;</text>",
            false,
        );
    }

    #[test]
    fn entities_are_told_apart_from_bombs() {
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;'>]>";
        assert_eq!(still(&format!("{bomb}{HEAD}<text>&e;</text></svg>")), None);
        let script = "<!DOCTYPE svg [<!ENTITY a '<script>x</script>'>]>";
        assert_eq!(
            still(&format!("{script}{HEAD}&a;</svg>")).unwrap().svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
        );
    }

    #[test]
    fn what_is_no_drawing_is_not_read() {
        for text in ["", "<svg", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "<svg/>"] {
            assert_eq!(still(text), None, "{text}");
        }
        let deep = "<g>".repeat(DEPTH + 1) + &"</g>".repeat(DEPTH + 1);
        assert_eq!(still(&format!("{HEAD}{deep}</svg>")), None);
    }

    #[test]
    fn what_was_made_still_stays_as_it_is() {
        let drawing = format!(
            "{HEAD}<style>a {{ fill: url(#b) }}</style><g a:b=\"c\" xmlns:a=\"urn:a\">x</g></svg>"
        );
        let once = still(&drawing).unwrap();
        assert_eq!(still(&once.svg).unwrap().svg, once.svg);
    }
}
