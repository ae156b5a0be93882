//! Width and height of pictures, so that pages do not jump while they load.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::base::SourcePath;

/// Returns width and height in pixels of every picture among `files` that tells them.
pub(super) fn sizes(source: &Path, files: &[SourcePath]) -> BTreeMap<SourcePath, (u32, u32)> {
    let measured = files.par_iter().filter_map(|file| {
        let path = source.join(file.as_str());
        let size = match file.extension().as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" => of_pixels(&path),
            "svg" => of_svg(&head(&path)?),
            _ => None,
        };
        Some((file.clone(), size?))
    });
    measured.collect()
}

fn of_pixels(path: &Path) -> Option<(u32, u32)> {
    let size = imagesize::size(path).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Returns the beginning of a file; an `<svg>` tag stands in it.
fn head(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    std::fs::File::open(path).ok()?.take(8 * 1024).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
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
