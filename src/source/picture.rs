//! Width and height of pictures, so that pages do not jump while they load.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::base::SourcePath;

use super::lfs;

/// What pictures tell of themselves.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Width and height in pixels of those that say.
    pub(super) sizes: BTreeMap<SourcePath, (u32, u32)>,
    /// Drawings with something in them that a browser would run.
    pub(super) unsafe_files: BTreeSet<SourcePath>,
    /// Files of which only the pointer of Git LFS is here.
    pub(super) pointers: BTreeSet<SourcePath>,
}

/// Why a file is not published.
enum Fault {
    /// A browser would run what is in it.
    Runs,
    /// It is elsewhere.
    Pointer,
}

/// Looks into every picture among `files`, and for pointers among all.
pub(super) fn look(source: &Path, files: &[SourcePath]) -> Pictures {
    let seen: Vec<_> = files
        .par_iter()
        .filter_map(|file| {
            let path = source.join(file.as_str());
            if lfs::is_lfs_file(&path) {
                return Some((file, None, Some(Fault::Pointer)));
            }
            match file.extension().as_str() {
                "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" => {
                    Some((file, of_pixels(&path), None))
                }
                "svg" => {
                    let text = std::fs::read(&path).ok()?;
                    let text = String::from_utf8_lossy(&text);
                    Some((file, of_svg(&text), (!is_still(&text)).then_some(Fault::Runs)))
                }
                _ => None,
            }
        })
        .collect();
    let mut pictures = Pictures::default();
    for (file, size, fault) in seen {
        pictures.sizes.extend(size.map(|size| (file.clone(), size)));
        match fault {
            Some(Fault::Runs) => pictures.unsafe_files.insert(file.clone()),
            Some(Fault::Pointer) => pictures.pointers.insert(file.clone()),
            None => false,
        };
    }
    pictures
}

/// Returns whether a drawing holds nothing that runs: on its own address a browser would run it as a page of the site.
/// Names count behind any prefix, addresses as a browser reads them; what is not plain text is not still.
fn is_still(svg: &str) -> bool {
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

fn of_pixels(path: &Path) -> Option<(u32, u32)> {
    let size = imagesize::size(path).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Reads `width` and `height` in pixels, else the size of the `viewBox`.
fn of_svg(head: &str) -> Option<(u32, u32)> {
    let tag = &head[head.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let attribute = |name: &str| {
        let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[start..].split('"').next()
    };
    let pixels = |name: &str| attribute(name)?.trim_end_matches("px").parse::<f32>().ok();
    let viewed = || {
        let numbers = attribute("viewBox")?.split([' ', ',']).filter(|number| !number.is_empty());
        let numbers: Vec<f32> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
        Some((*numbers.get(2)?, *numbers.get(3)?))
    };
    let (width, height) = pixels("width").zip(pixels("height")).or_else(viewed)?;
    let is_sane = |side: f32| (1.0..100_000.0).contains(&side);
    (is_sane(width) && is_sane(height)).then_some((width as u32, height as u32))
}

#[cfg(test)]
mod tests {
    use super::{is_still, of_svg};

    #[test]
    fn drawings_tell_their_size() {
        assert_eq!(of_svg("<svg xmlns=\"x\" width=\"96px\" height=\"48\">"), Some((96, 48)));
        assert_eq!(of_svg("<?xml?>\n<svg viewBox=\"0 0 640 360\">"), Some((640, 360)));
        assert_eq!(of_svg("<svg width=\"100%\" height=\"100%\">"), None);
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
}
