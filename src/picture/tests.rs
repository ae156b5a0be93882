//! Pictures made by the tests, as cameras and drawing programs write them.

use std::io::Cursor;

use image::{ColorType, DynamicImage, ImageFormat, RgbImage};
use img_parts::{Bytes, ImageEXIF, jpeg::Jpeg};

use super::*;

/// A picture of which every pixel differs from its neighbours, so that it is heavy.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ (x * y);
        image::Rgb([(noise >> 3) as u8, (noise >> 7) as u8, (noise >> 11) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// EXIF of a photo taken on its side in Rotterdam.
fn taken_somewhere(jpeg: Vec<u8>) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"GPS 51.92 4.48");
    let mut jpeg = Jpeg::from_bytes(Bytes::from(jpeg)).unwrap();
    jpeg.set_exif(Some(Bytes::from(exif)));
    jpeg.encoder().bytes().to_vec()
}

fn open_bytes(name: &str, bytes: &[u8]) -> Picture {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    open(&file, &Gate::new(1), None)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn photo_does_not_say_where_it_was_taken_and_stays_upright() {
    let photo = taken_somewhere(picture(1300, 400, ImageFormat::Jpeg));
    assert!(holds(&photo, "51.92"));
    let opened = open_bytes("a.jpg", &photo);
    assert_eq!(opened.size, Some((400, 1300)), "on its side");
    let stripped = opened.bytes.clone().unwrap();
    assert!(!holds(&stripped, "51.92"));
    assert_eq!(shrink::head(&stripped).unwrap().unwrap().orientation, 6);
    assert!(open_bytes("a.jpg", &stripped).bytes.is_none(), "there is nothing left to take out");
}

#[test]
fn large_pictures_get_lighter_versions_of_the_same_shape() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let bytes = picture(2000, 500, format);
        let opened = open_bytes("a.png", &bytes);
        let widths: Vec<u32> = opened.smaller.iter().map(|smaller| smaller.width).collect();
        assert_eq!(widths, [480, 960, 1440]);
        let heavier = opened.smaller.iter().map(|smaller| smaller.bytes.len()).chain([bytes.len()]);
        assert!(heavier.collect::<Vec<_>>().is_sorted());
        let small = &opened.smaller[0];
        assert_eq!(shrink::head(&small.bytes).unwrap().unwrap().shown(), (480, 120));
        assert!(opened.bytes.is_none());
    }
}

#[test]
fn smaller_versions_have_the_channels_of_their_picture() {
    let noise =
        image::load_from_memory(&picture(1000, 300, ImageFormat::Png)).unwrap().into_rgba8();
    let mut faint = noise.clone();
    faint.pixels_mut().for_each(|pixel| pixel.0[3] = 0x40);
    for (picture, color) in [
        (DynamicImage::from(noise.clone()).into_rgb8().into(), ColorType::Rgb8),
        (DynamicImage::from(noise).into_luma8().into(), ColorType::L8),
        (DynamicImage::from(faint.clone()), ColorType::Rgba8),
        (DynamicImage::from(faint).into_luma_alpha8().into(), ColorType::La8),
    ] {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let opened = open_bytes("a.png", &bytes.into_inner());
        let small = image::load_from_memory(&opened.smaller[0].bytes).unwrap();
        assert_eq!(small.color(), color);
        let alpha = if color.has_alpha() { 0x40 } else { 0xff };
        assert!(small.into_rgba8().pixels().all(|pixel| pixel.0[3].abs_diff(alpha) <= 1));
    }
}

#[test]
fn light_and_narrow_pictures_are_left_alone() {
    let flat = RgbImage::new(2000, 500);
    let mut bytes = Cursor::new(Vec::new());
    flat.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let opened = open_bytes("flat.png", &bytes.into_inner());
    assert!(opened.smaller.is_empty() && opened.bytes.is_none() && opened.key.is_none());
    let opened = open_bytes("narrow.png", &picture(600, 600, ImageFormat::Png));
    assert!(opened.smaller.is_empty() && opened.fault.is_none());
}

#[test]
fn broken_pictures_are_told() {
    let photo = taken_somewhere(picture(1300, 400, ImageFormat::Jpeg));
    let opened = open_bytes("cut.jpg", &photo[..60]);
    assert!(opened.fault.is_some());
    assert_eq!(opened.bytes.as_deref(), Some(&[][..]), "it may say where it was taken");
    assert!(open_bytes("empty.png", b"\x89PNG\r\n\x1a\n").fault.is_some());
    assert!(open_bytes("text.png", b"version https://git-lfs").fault.is_none());
}

#[test]
fn texts_of_drawing_programs_stay() {
    let png = picture(10, 10, ImageFormat::Png);
    let mut png = img_parts::png::Png::from_bytes(Bytes::from(png)).unwrap();
    let chunk = |kind: &[u8; 4], text: &'static [u8]| {
        img_parts::png::PngChunk::new(*kind, Bytes::from_static(text))
    };
    png.chunks_mut().insert(1, chunk(b"tEXt", b"mxfile\0<drawing>"));
    png.chunks_mut().insert(1, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0GPS 51.92"));
    let bytes = open_bytes("a.png", &png.encoder().bytes()).bytes.unwrap();
    assert!(holds(&bytes, "<drawing>") && !holds(&bytes, "51.92"));
}

#[test]
fn smaller_versions_are_kept_on_disk_as_long_as_the_picture_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let [file, cache] = ["a.jpg", "cache"].map(|name| folder.path().join(name));
    std::fs::write(&file, picture(1400, 400, ImageFormat::Jpeg)).unwrap();
    let files = [(SourcePath::new("a.jpg"), file)];
    let kept = || std::fs::read_dir(cache.join("pictures")).unwrap().count();
    let made = prepare(&files, &mut PictureMemo::default(), Some(&cache)).value;
    assert_eq!(kept(), 1);
    let again = prepare(&files, &mut PictureMemo::default(), Some(&cache)).value;
    let bytes =
        |pictures: &Pictures| pictures.smaller().map(|s| s.bytes.clone()).collect::<Vec<_>>();
    assert_eq!(bytes(&made), bytes(&again));
    let mut memo = PictureMemo::default();
    prepare(&files, &mut memo, Some(&cache));
    prepare(&[], &mut memo, Some(&cache));
    assert_eq!(kept(), 0);
}
