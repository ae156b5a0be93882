//! Ids of headings, as GitHub makes them.

use std::collections::{HashMap, HashSet};

/// Gives every heading of a page an id of its own.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// How many headings asked for each id.
    asked: HashMap<String, usize>,
    taken: HashSet<String>,
}

impl Anchors {
    /// Returns the id of a heading: the one its author gave it, else one made of its text; `-1`, `-2` … for those that ask for
    /// the same. Where GitHub would give two headings one id (`A-1`, `A`, `A`), the later gets one of its own.
    pub(super) fn assign(&mut self, text: &str, given: Option<&str>) -> String {
        let base = given.map_or_else(|| github_slug(text), str::to_owned);
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let wanted = match self.asked.get_mut(&base) {
            Some(before) => {
                *before += 1;
                format!("{base}-{}", *before - 1)
            }
            None => {
                self.asked.insert(base.clone(), 1);
                base
            }
        };
        let mut numbers = (1..).map(|number| format!("{wanted}-{number}"));
        let mut anchor = wanted.clone();
        while !self.taken.insert(anchor.clone()) {
            anchor = numbers.next().expect("numbers do not end");
        }
        anchor
    }
}

/// Returns the id that GitHub gives a heading of this text: lower case, spaces to dashes, all but letters, marks, decimal digits,
/// dashes and what connects words dropped.
pub(super) fn github_slug(text: &str) -> String {
    let kept = text.chars().filter(|c| {
        c.is_alphabetic()
            || is_decimal(*c)
            || matches!(c, '-' | ' ' | '_' | '‿' | '⁀' | '⁔' | '︳' | '︴' | '﹍'..='﹏' | '＿')
            || unicode_normalization::char::is_combining_mark(*c)
    });
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Returns whether this is a digit, and not a fraction, a raised or a circled one.
fn is_decimal(c: char) -> bool {
    let is_other = matches!(c,
        '²' | '³' | '¹' | '¼'..='¾' | '⁰'..='⁹' | '₀'..='₉' | '⅐'..='⅟' | '↉' | '①'..='⒛' | '⓪'..='⓿'
        | '❶'..='➓' | '㆒'..='㆕' | '㈠'..='㈩' | '㉈'..='㉏' | '㉑'..='㉟' | '㊀'..='㊉' | '㊱'..='㊿');
    c.is_numeric() && !is_other
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

    #[test]
    fn signs_are_dropped_one_by_one() {
        for sign in ('!'..='~').filter(char::is_ascii_punctuation) {
            let kept = if matches!(sign, '-' | '_') { sign.to_string() } else { String::new() };
            assert_eq!(github_slug(&format!("A{sign}b {sign} C")), format!("a{kept}b-{kept}-c"));
        }
        assert_eq!(github_slug("x² ½ ① Ⅷ ٣"), "x---ⅷ-٣");
        assert_eq!(github_slug("⚠\u{fe0f} Héllo‿ÇA"), "\u{fe0f}-héllo‿ça");
    }

    #[test]
    fn repetitions_are_numbered_as_github_numbers_them() {
        let ids = |texts: &[&str]| {
            let mut anchors = Anchors::default();
            texts.iter().map(|text| anchors.assign(text, None)).collect::<Vec<_>>()
        };
        assert_eq!(ids(&["a", "A", "a!"]), ["a", "a-1", "a-2"]);
        assert_eq!(ids(&["a-1", "a", "a", "a"]), ["a-1", "a", "a-1-1", "a-2"]);
        assert_eq!(ids(&["!", "?"]), ["section", "section-1"]);
    }
}
