//! The words, signs and blanks of texts in ASCII, as Unicode parts them (UAX #29), without its tables: most of what is compared is
//! such a text, and to part it costs as much as to parse it.

/// Returns the pieces of a text in ASCII, in order: words whole, blanks that follow on each other together, signs one by one.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at = end_of_piece(bytes, start)?;
        Some(&text[start..at])
    })
}

fn end_of_piece(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    match bytes.get(start)? {
        b' ' => at += bytes[at..].iter().take_while(|byte| **byte == b' ').count(),
        b'\r' if bytes.get(at) == Some(&b'\n') => at += 1,
        first if is_of_word(*first) => loop {
            match bytes[at..] {
                [next, ..] if is_of_word(next) => at += 1,
                [sign, next, ..] if joins(bytes[at - 1], sign, next) => at += 2,
                _ => break,
            }
        },
        _ => {}
    }
    Some(at)
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns whether a sign stands inside a word, as in `it's`, or inside a number, as in `1,000.5`.
fn joins(before: u8, sign: u8, after: u8) -> bool {
    let are_letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let are_digits = before.is_ascii_digit() && after.is_ascii_digit();
    match sign {
        b'.' | b'\'' => are_letters || are_digits,
        b':' => are_letters,
        b',' | b';' => are_digits,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    fn check(text: &str) {
        let expected: Vec<&str> = text.split_word_bounds().collect();
        assert_eq!(super::pieces(text).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn words_with_signs_in_them_are_whole() {
        check("it's 1,000.5 a:b a.b; _x_ a1.2b  (c)\r\n\tx.");
    }

    proptest::proptest! {
        #[test]
        fn pieces_are_those_of_unicode(text in "[ab1_.,:;' ]{0,14}", any in "[\\x00-\\x7f]{0,20}") {
            check(&text);
            check(&any);
        }
    }
}
