//! `@names` of people whose profile gets another file name.

use std::ops::Range;

/// Returns the bytes of a handle (without `@`) wherever a text below `from` mentions it outside code and links.
pub(super) fn places(text: &str, from: usize, handle: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut is_fenced = false;
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        if bare.starts_with("```") || bare.starts_with("~~~") {
            is_fenced = !is_fenced;
        } else if !is_fenced {
            let in_line = line.match_indices('@').map(|(at, _)| at + 1);
            let named = in_line.filter(|at| is_mention(line, *at, handle));
            found.extend(named.map(|at| start + at..start + at + handle.len()));
        }
        start += line.len();
    }
    found
}

fn is_mention(line: &str, at: usize, handle: &str) -> bool {
    let before = &line[..at - 1];
    let is_code = before.matches('`').count() % 2 == 1;
    let begins = before
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '[' | '`'));
    let Some(name) = line.get(at..at + handle.len()) else { return false };
    let ends = line[at + handle.len()..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
    let is_address = before.ends_with("](");
    !is_code && !is_address && begins && ends && name.to_lowercase() == handle.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn mentions_are_found_in_running_text_only() {
        let text = "@ann, (@Ann) @anna x@ann [@ann](y) `@ann` [y](@ann)\n```\n@ann\n```\n> @ann.\n";
        let starts: Vec<usize> =
            places(text, 0, "ann").into_iter().map(|range| range.start).collect();
        assert_eq!(starts, [1, 8, text.rfind("ann").unwrap()]);
    }
}
