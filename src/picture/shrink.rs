//! Smaller versions of PNG and JPEG.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageEncoder, ImageResult, Limits, RgbaImage};

/// The widths that are tried.
const WIDTHS: [u32; 3] = [480, 960, 1440];

/// A file smaller than this is quickly loaded as it is.
const SMALL: usize = 60 * 1024;

/// More pixels than this are not unpacked.
const MOST_PIXELS: u64 = 100_000_000;

/// How good JPEG is kept, of 100.
const QUALITY: u8 = 82;

/// What the head of a file says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    format: Format,
    stored: (u32, u32),
    /// How it is turned to be shown, as EXIF numbers it; 1 is not at all.
    pub(super) orientation: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Png,
    /// A PNG that moves.
    Moving,
    Jpeg,
    WebP,
}

impl Head {
    /// Returns width and height as it is shown.
    pub(super) fn shown(self) -> (u32, u32) {
        let (width, height) = self.stored;
        if self.orientation >= 5 { (height, width) } else { (width, height) }
    }

    /// Returns how files of its format are named.
    pub(super) fn extension(self) -> &'static str {
        if self.format == Format::Jpeg { "jpg" } else { "png" }
    }
}

/// Reads the head of a file; `None` if it is in none of the formats that are known here.
pub(super) fn head(bytes: &[u8]) -> Result<Option<Head>, String> {
    let Some(format) = format(bytes) else { return Ok(None) };
    let read = || -> ImageResult<Head> {
        let mut decoder = decoder(bytes, format)?;
        let stored = decoder.dimensions();
        let orientation = decoder.orientation().map_or(1, Orientation::to_exif);
        Ok(Head { format, stored, orientation })
    };
    guarded(read).map(Some)
}

fn format(bytes: &[u8]) -> Option<Format> {
    let moves = || {
        let head = &bytes[..bytes.len().min(4096)];
        head.windows(4).any(|name| name == b"acTL")
    };
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(if moves() { Format::Moving } else { Format::Png }),
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        _ => None,
    }
}

fn decoder<'b>(bytes: &'b [u8], format: Format) -> ImageResult<Box<dyn ImageDecoder + 'b>> {
    let reader = Cursor::new(bytes);
    Ok(match format {
        Format::Png | Format::Moving => Box::new(PngDecoder::new(reader)?),
        Format::Jpeg => Box::new(JpegDecoder::new(reader)?),
        Format::WebP => Box::new(WebPDecoder::new(reader)?),
    })
}

/// Returns the widths that are worth trying for a file of this length.
pub(super) fn widths(head: Head, length: usize) -> Vec<u32> {
    let (width, height) = head.shown();
    let is_possible = matches!(head.format, Format::Png | Format::Jpeg)
        && length >= SMALL
        && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    let wanted = WIDTHS.into_iter().filter(|wanted| u64::from(*wanted) * 4 <= u64::from(width) * 3);
    if is_possible { wanted.collect() } else { Vec::new() }
}

/// Returns those smaller versions, smallest first, that are a fifth lighter than the next larger one.
pub(super) fn shrink(bytes: &[u8], widths: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, String> {
    let Some(format) = format(bytes) else { return Ok(Vec::new()) };
    guarded(|| {
        let mut decoder = decoder(bytes, format)?;
        decoder.set_limits(Limits::default())?;
        let orientation = decoder.orientation()?;
        let profile = decoder.icc_profile()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        let color = picture.color();
        let mut picture = picture.into_rgba8();
        let mut made = Vec::new();
        let mut lightest = bytes.len();
        for width in widths.iter().rev() {
            let height =
                u64::from(picture.height()) * u64::from(*width) / u64::from(picture.width());
            let height = u32::try_from(height.max(1)).unwrap_or(u32::MAX);
            let small = resized(&picture, *width, height);
            let written = write(&in_color(&small, color), format, profile.clone())?;
            if written.len() * 5 <= lightest * 4 {
                lightest = written.len();
                made.push((*width, written));
            }
            picture = small;
        }
        made.reverse();
        Ok(made)
    })
}

/// Returns a picture in another size: each of its pixels is the weighted mean of those that it covers.
fn resized(picture: &RgbaImage, width: u32, height: u32) -> RgbaImage {
    let (wide, high) = picture.dimensions();
    let from = ImageRef::new(wide, high, picture.as_raw(), PixelType::U8x4)
        .expect("a pixel of red, green, blue and alpha has four bytes");
    let mut to = Image::new(width, height, PixelType::U8x4);
    let mean = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear));
    Resizer::new().resize(&from, &mut to, &mean).expect("both have pixels of the same sort");
    RgbaImage::from_raw(width, height, to.into_vec())
        .expect("it has as many bytes as was asked for")
}

/// Returns a picture with the channels that its file had: others would make it heavier, or cannot be written.
fn in_color(picture: &RgbaImage, color: ColorType) -> DynamicImage {
    let picture: DynamicImage = picture.clone().into();
    match (color.has_color(), color.has_alpha()) {
        (true, true) => picture,
        (true, false) => picture.into_rgb8().into(),
        (false, true) => picture.into_luma_alpha8().into(),
        (false, false) => picture.into_luma8().into(),
    }
}

fn write(picture: &DynamicImage, format: Format, profile: Option<Vec<u8>>) -> ImageResult<Vec<u8>> {
    let mut written = Vec::new();
    if format == Format::Jpeg {
        let mut encoder = JpegEncoder::new_with_quality(&mut written, QUALITY);
        keep_profile(&mut encoder, profile);
        picture.write_with_encoder(encoder)?;
    } else {
        let mut encoder = PngEncoder::new_with_quality(
            &mut written,
            CompressionType::Default,
            PngFilter::Adaptive,
        );
        keep_profile(&mut encoder, profile);
        picture.write_with_encoder(encoder)?;
    }
    Ok(written)
}

/// Without its profile a picture has other colours; a format that cannot hold one has had none.
fn keep_profile(encoder: &mut impl ImageEncoder, profile: Option<Vec<u8>>) {
    if let Some(profile) = profile {
        let _ = encoder.set_icc_profile(profile);
    }
}

/// A file that the reader stumbles over is a fault of the file.
fn guarded<T>(read: impl FnOnce() -> ImageResult<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("its bytes make no sense".to_owned()),
    }
}
