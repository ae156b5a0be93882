//! Files as they are found in real repositories, and what becomes of pictures.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use crate::support::TestSite;

/// A picture of which every pixel differs from its neighbours, so that it is heavy.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ (x * y);
        Rgb([(noise >> 3) as u8, (noise >> 7) as u8, (noise >> 11) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn large_picture_has_smaller_versions_that_exist() {
    let site = TestSite::new()
        .page("ops/a.md", "# A\n\n![the bay](my bay.jpg)\n\n![the bay](<my bay.jpg>)\n")
        .file("ops/my bay.jpg", photo(1400, 350));
    let built = site.build();
    let body = built.body("ops/a/");
    let srcset = body.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
    let versions: Vec<(&str, &str)> =
        srcset.split(", ").map(|version| version.rsplit_once(' ').unwrap()).collect();
    let widths: Vec<&str> = versions.iter().map(|(_, width)| *width).collect();
    assert_eq!(widths, ["480w", "960w", "1400w"]);
    assert_eq!(versions[2].0, "../my%20bay.jpg");
    for (path, _) in &versions[..2] {
        assert!(built.has(path.trim_start_matches("../")), "{path}");
    }
    assert!(body.contains("width=\"1400\" height=\"350\" loading=\"lazy\""), "{body}");
}

#[test]
fn pictures_can_be_published_as_they_are() {
    let site = TestSite::new()
        .config("images: as-is\n")
        .page("a.md", "![bay](bay.jpg)\n")
        .file("bay.jpg", photo(1400, 350));
    let built = site.build();
    assert!(!built.body("a/").contains("srcset"));
    assert_eq!(
        built.build.output.get("bay.jpg").unwrap().bytes().unwrap().to_vec(),
        photo(1400, 350)
    );
}

#[test]
fn picture_that_no_page_uses_is_not_touched_and_not_published() {
    let built = TestSite::new()
        .page("a.md", "# A\n\nText.\n")
        .file("bay.jpg", photo(1400, 350))
        .file("broken.png", b"\x89PNG")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert!(!built.files().iter().any(|file| file.contains("pictures") || file.contains("bay")));
}

#[test]
fn broken_picture_is_told() {
    let built =
        TestSite::new().page("a.md", "![x](x.png)\n").file("x.png", b"\x89PNG\r\n\x1a\n").build();
    assert_eq!(built.codes(), ["broken-picture x.png:1:1"]);
}
