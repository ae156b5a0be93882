//! Width and height of pictures, so that pages do not jump while they load.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use crate::base::SourcePath;
use crate::picture;

use super::lfs;

/// What pictures tell of themselves.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Width and height in pixels of those that say.
    pub(super) sizes: BTreeMap<SourcePath, (u32, u32)>,
    /// Drawings with something in them that a browser would run, and that nobody can take out.
    pub(super) unsafe_files: BTreeSet<SourcePath>,
    /// Drawings that are published without what a browser would run or load.
    pub(super) lacking: BTreeSet<SourcePath>,
    /// Files of which only the pointer of Git LFS is here.
    pub(super) pointers: BTreeSet<SourcePath>,
}

/// Why a file is not published, or not as it is.
enum Fault {
    /// A browser would run what is in it.
    Runs,
    /// It is published without something.
    Lacks,
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
                    Some((file, of_svg(&text), fault_of(&text)))
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
            Some(Fault::Lacks) => pictures.lacking.insert(file.clone()),
            Some(Fault::Pointer) => pictures.pointers.insert(file.clone()),
            None => false,
        };
    }
    pictures
}

fn fault_of(svg: &str) -> Option<Fault> {
    if picture::is_still(svg) {
        return None;
    }
    match picture::still(svg) {
        None => Some(Fault::Runs),
        Some(still) => still.lacks.then_some(Fault::Lacks),
    }
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
    use super::of_svg;

    #[test]
    fn drawings_tell_their_size() {
        assert_eq!(of_svg("<svg xmlns=\"x\" width=\"96px\" height=\"48\">"), Some((96, 48)));
        assert_eq!(of_svg("<?xml?>\n<svg viewBox=\"0 0 640 360\">"), Some((640, 360)));
        assert_eq!(of_svg("<svg width=\"100%\" height=\"100%\">"), None);
    }
}
