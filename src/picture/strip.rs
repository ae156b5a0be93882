//! Photos tell where they were taken, by which camera and when; readers need none of it.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, Error, ImageEXIF};

/// What became of a file.
pub(super) enum Stripped {
    /// There was nothing to take out.
    Same,
    /// The file without it. How the picture is turned stays.
    Without(Vec<u8>),
    /// There is something in a file that is too damaged to take it out.
    Stuck,
}

/// Takes what is known of a photo out of a file.
pub(super) fn strip(bytes: Vec<u8>, orientation: u8) -> Stripped {
    let bytes = Bytes::from(bytes);
    let stripped = match bytes.first() {
        Some(0xff) => jpeg(bytes.clone(), orientation),
        Some(0x89) => png(bytes.clone(), orientation),
        _ => webp(bytes.clone(), orientation),
    };
    match stripped {
        Ok(Some(stripped)) if stripped != bytes => Stripped::Without(stripped),
        Ok(_) => Stripped::Same,
        Err(_) if says_something(&bytes) => Stripped::Stuck,
        Err(_) => Stripped::Same,
    }
}

/// Returns whether a file holds something that is to be taken out.
pub(super) fn says_something(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"Exif\0\0", b"http://ns.adobe.com/x", b"eXIf"];
    marks.iter().any(|mark| bytes.windows(mark.len()).any(|window| window == *mark))
}

fn jpeg(bytes: Bytes, orientation: u8) -> Result<Option<Vec<u8>>, Error> {
    let mut jpeg = Jpeg::from_bytes(bytes)?;
    let count = jpeg.segments().len();
    jpeg.segments_mut().retain(is_needed);
    if jpeg.segments().len() == count {
        return Ok(None);
    }
    if orientation > 1 {
        jpeg.set_exif(Some(Bytes::from(exif(orientation))));
    }
    Ok(Some(jpeg.encoder().bytes().to_vec()))
}

/// Profiles of colours stay, and what the picture itself is made of.
fn is_needed(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP0 | markers::APP14 => true,
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE"),
        marker => !(markers::APP0..=markers::APP15).contains(&marker) && marker != markers::COM,
    }
}

fn png(bytes: Bytes, orientation: u8) -> Result<Option<Vec<u8>>, Error> {
    let mut png = Png::from_bytes(bytes)?;
    let count = png.chunks().len();
    png.chunks_mut().retain(|chunk| match &chunk.kind() {
        b"eXIf" => false,
        // Other texts are the maker's: drawing programs keep the drawing itself there.
        b"tEXt" | b"zTXt" | b"iTXt" => {
            let keyword = chunk.contents().split(|byte| *byte == 0).next().unwrap_or_default();
            !keyword.starts_with(b"XML:com.adobe.xmp") && !keyword.starts_with(b"Raw profile type ")
        }
        _ => true,
    });
    if png.chunks().len() == count {
        return Ok(None);
    }
    if orientation > 1 {
        png.set_exif(Some(Bytes::from(exif(orientation))));
    }
    Ok(Some(png.encoder().bytes().to_vec()))
}

fn webp(bytes: Bytes, orientation: u8) -> Result<Option<Vec<u8>>, Error> {
    let mut webp = WebP::from_bytes(bytes)?;
    if !webp.has_chunk(*b"EXIF") && !webp.has_chunk(*b"XMP ") {
        return Ok(None);
    }
    webp.remove_chunks_by_id(*b"XMP ");
    webp.set_exif((orientation > 1).then(|| Bytes::from(exif(orientation))));
    Ok(Some(webp.encoder().bytes().to_vec()))
}

/// Returns EXIF that says how a picture is turned, and nothing else.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif
}
