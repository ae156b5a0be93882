//! Ids of headings, as GitHub makes them.

use std::collections::BTreeMap;

/// Gives every heading of a page an id of its own.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeMap<String, usize>,
}

impl Anchors {
    /// Returns the id of a heading: the one its author gave it, else one made of its text; `-1`, `-2` … if it is taken.
    pub(super) fn assign(&mut self, text: &str, given: Option<&str>) -> String {
        let base = given.map_or_else(|| github_slug(text), str::to_owned);
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut anchor = base.clone();
        while self.taken.contains_key(&anchor) {
            let count = self.taken.entry(base.clone()).or_insert(0);
            *count += 1;
            anchor = format!("{base}-{count}");
        }
        self.taken.insert(anchor.clone(), 0);
        anchor
    }
}

/// Returns the id that GitHub gives a heading of this text: lower case, spaces to dashes, punctuation dropped.
pub(super) fn github_slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| {
        c.is_alphanumeric()
            || matches!(c, '-' | '_' | ' ')
            || unicode_normalization::char::is_combining_mark(*c)
    });
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_githubs() {
        let mut anchors = Anchors::default();
        let mut check = |text, expect| assert_eq!(anchors.assign(text, None), expect);
        check("Hello, World!", "hello-world");
        check("Hello World", "hello-world-1");
        check("hello world", "hello-world-2");
        check("What is `x_y`? 🎉", "what-is-x_y-");
        check("C++ & Rust", "c--rust");
        check("日本", "日本");
        check("!!!", "section");
    }

    #[test]
    fn given_id_wins() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.assign("Text", Some("My-Id")), "My-Id");
    }
}
