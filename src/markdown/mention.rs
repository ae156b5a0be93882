//! `@name` in running text.

/// Returns the `@names` in a text, with the place of their `@`.
pub(super) fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let may_begin = text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '.');
        let rest = &text[at + 1..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
            .unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(['-', '_']);
        (may_begin && !name.is_empty()).then_some((at, name))
    })
}
