//! The lines of a text. Every revision that there ever was is read by lines, so they are found quickly.

use std::io::BufRead;

/// Returns the lines of a text from a byte on, ends included, each with the byte at which it begins.
pub(super) fn lines(text: &[u8], from: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let mut start = from;
    std::iter::from_fn(move || {
        let mut rest = &text[start..];
        // This looks at many bytes at once, as `split` does not.
        let length = rest.skip_until(b'\n').expect("reading from memory does not fail");
        let line = (start, &text[start..start + length]);
        start += length;
        (length > 0).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_text_in_parts() {
        let check = |text: &str, expected: &[(usize, &str)]| {
            let found: Vec<_> = lines(text.as_bytes(), 1)
                .map(|(at, line)| (at, std::str::from_utf8(line).unwrap()))
                .collect();
            assert_eq!(found, expected);
        };
        check("xa\n\nb", &[(1, "a\n"), (3, "\n"), (4, "b")]);
        check("xa\n", &[(1, "a\n")]);
        check("x", &[]);
    }
}
