//! Styles in drawings: they run nothing, but may load something from elsewhere.

/// Returns a style, or any value that may hold `url(…)`, without what it would load; and whether that is all of it. What is
/// written so that its addresses cannot be told (`\75rl(`) is left out as a whole.
pub(super) fn still(css: &str) -> (String, bool) {
    let lower = css.to_ascii_lowercase();
    if ["\\", "image-set(", "image(", "src("].iter().any(|mark| lower.contains(mark)) {
        return (String::new(), false);
    }
    if !lower.contains("url(") && !lower.contains("@import") {
        return (css.to_owned(), true);
    }
    let mut out = String::with_capacity(css.len());
    let (mut from, mut is_whole) = (0, true);
    while let Some((at, mark)) = next_mark(&lower, from) {
        out.push_str(&css[from..at]);
        from = at + mark.len();
        if mark == "@import" {
            // A rule that no browser knows, up to its semicolon.
            out.push_str("@-import");
            is_whole = false;
        } else if is_inside(&lower[from..]) {
            out.push_str(mark);
        } else {
            out.push_str("none");
            from = lower[from..].find(')').map_or(css.len(), |end| from + end + 1);
            is_whole = false;
        }
    }
    out.push_str(&css[from..]);
    (out, is_whole)
}

fn next_mark(lower: &str, from: usize) -> Option<(usize, &'static str)> {
    let found = ["url(", "@import"].map(|mark| Some((from + lower[from..].find(mark)?, mark)));
    found.into_iter().flatten().min()
}

/// Returns whether an address leads into the drawing, or is what it leads to itself.
fn is_inside(address: &str) -> bool {
    let address =
        address.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    address.starts_with('#') || address.starts_with("data:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_load_nothing() {
        let check = |css, expect: &str, is_whole| {
            assert_eq!(still(css), (expect.to_owned(), is_whole), "{css}");
        };
        check("fill: url( '#a' )", "fill: url( '#a' )", true);
        check("src: url(data:font/woff2;base64,x)", "src: url(data:font/woff2;base64,x)", true);
        check("a { fill: URL(//x.example/y) }", "a { fill: none }", false);
        check("@import url(https://x.example); b {}", "@-import none; b {}", false);
        check("@IMP@importORT 'x';", "@IMP@-importORT 'x';", false);
        check("ururl(x)l(http://x)", "urnonel(http://x)", false);
        check("fill: \\75rl(x)", "", false);
        check("background: image-set('x' 1x)", "", false);
        check("fill: url(x", "fill: none", false);
    }
}
