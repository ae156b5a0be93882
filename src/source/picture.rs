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
fn is_still(svg: &str) -> bool {
    let svg = svg.to_lowercase();
    let marks = [
        "<script",
        "<foreignobject",
        "<iframe",
        "<embed",
        "<object",
        "javascript:",
        "<!entity",
        "data:text",
    ];
    let handler = svg.match_indices(" on").any(|(at, _)| {
        let rest = &svg[at + 3..];
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        end > 0 && rest[end..].trim_start().starts_with('=')
    });
    !handler && marks.iter().all(|mark| !svg.contains(mark))
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
        ] {
            assert!(!is_still(hostile), "{hostile}");
        }
    }
}
