//! Pictures of the past.

use super::drawing;
use super::shrink;
use super::strip::{self, Stripped};

/// A picture that no page shows any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// What can be published of it.
    pub bytes: Vec<u8>,
    /// Width and height in pixels as it is shown, if they are known.
    pub size: Option<(u32, u32)>,
}

/// Returns whether files of this extension can be published as pictures of the past.
pub fn is_kept(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "jpeg" | "webp" | "svg")
}

/// Makes a file of the past fit to be published: it runs nothing and does not say where it was taken. `None` if it is no picture, or
/// that cannot be had.
pub fn former(bytes: Vec<u8>, extension: &str) -> Option<Former> {
    if extension == "svg" {
        let svg = String::from_utf8_lossy(&bytes);
        if !svg.contains("<svg") {
            return None;
        }
        let bytes = match drawing::is_still(&svg) {
            true => svg.into_owned().into_bytes(),
            false => drawing::still(&svg)?.svg.into_bytes(),
        };
        return Some(Former { bytes, size: None });
    }
    let head = shrink::head(&bytes).ok().flatten()?;
    let size = Some(head.shown());
    match strip::strip(bytes.clone(), head.orientation) {
        Stripped::Same => Some(Former { bytes, size }),
        Stripped::Without(bytes) => Some(Former { bytes, size }),
        Stripped::Stuck => None,
    }
}

#[cfg(test)]
mod tests {
    use super::former;

    #[test]
    fn drawing_of_the_past_runs_nothing() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x()</script><path d=\"M0 0h9\"/></svg>";
        let kept = former(svg.as_bytes().to_vec(), "svg").unwrap();
        let text = String::from_utf8(kept.bytes).unwrap();
        assert!(text.contains("M0 0h9") && !text.contains("x()"), "{text}");
    }

    #[test]
    fn what_is_no_picture_is_not_published() {
        let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
        for (bytes, extension) in [(&pointer[..], "png"), (pointer, "svg"), (b"<html>", "jpg")] {
            assert_eq!(former(bytes.to_vec(), extension), None, "{extension}");
        }
    }
}
