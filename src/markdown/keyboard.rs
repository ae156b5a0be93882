//! Short codes in running text: `:tada:` is an emoji, `++ctrl+c++` is keys.

use std::borrow::Cow;

use crate::base::text::floor_char_boundary;

/// Returns a text with its short codes as emoji, by the names that GitHub knows. What is no such name stays.
pub(super) fn with_emoji(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut copied = 0;
    let mut from = 0;
    while let Some(open) = text[from..].find(':').map(|at| from + at) {
        let name = &text[open + 1..];
        let end = name
            .find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && !"_+-".contains(c))
            .unwrap_or(name.len());
        let close = open + 1 + end;
        from = open + 1;
        let touches = |c: char| c.is_alphanumeric() || c == ':';
        let is_apart = !text[..open].ends_with(touches)
            && !text[close..]
                .get(1..)
                .is_some_and(|after| after.starts_with(char::is_alphanumeric));
        if end == 0 || !is_apart || !text[close..].starts_with(':') {
            continue;
        }
        if let Some(emoji) = emojis::get_by_shortcode(&name[..end]) {
            shown.push_str(&text[copied..open]);
            shown.push_str(emoji.as_str());
            copied = close + 1;
            from = copied;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[copied..]);
    Cow::Owned(shown)
}

/// Keys with a name of more than one letter, and how they are shown.
const KEYS: [(&str, &str); 30] = [
    ("alt", "Alt"),
    ("arrow-down", "↓"),
    ("arrow-left", "←"),
    ("arrow-right", "→"),
    ("arrow-up", "↑"),
    ("backspace", "Backspace"),
    ("caps-lock", "Caps Lock"),
    ("cmd", "Cmd"),
    ("command", "Cmd"),
    ("control", "Ctrl"),
    ("ctrl", "Ctrl"),
    ("del", "Del"),
    ("delete", "Del"),
    ("down", "↓"),
    ("end", "End"),
    ("enter", "Enter"),
    ("esc", "Esc"),
    ("escape", "Esc"),
    ("home", "Home"),
    ("insert", "Insert"),
    ("left", "←"),
    ("option", "Option"),
    ("page-down", "Page Down"),
    ("page-up", "Page Up"),
    ("right", "→"),
    ("shift", "Shift"),
    ("space", "Space"),
    ("tab", "Tab"),
    ("up", "↑"),
    ("win", "Win"),
];

/// Keys with longer names together are none.
const LONGEST: usize = 120;

/// Returns the first `++key+key++` in a text: where it stands, and what its keys are called.
pub(super) fn keys(text: &str) -> Option<(std::ops::Range<usize>, Vec<String>)> {
    let mut from = 0;
    while let Some(open) = text[from..].find("++").map(|at| from + at) {
        from = open + 2;
        let inner = &text[from..floor_char_boundary(text, from + LONGEST)];
        let end = inner
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '+')
            .unwrap_or(inner.len());
        let Some(length) = inner[..end].find("++") else { continue };
        if text[..open].ends_with(|c: char| c.is_alphanumeric() || c == '+') {
            continue;
        }
        let names: Option<Vec<String>> = inner[..length].split('+').map(key).collect();
        if let Some(names) = names.filter(|names| names.len() > 1 || names[0].chars().count() > 1) {
            return Some((open..from + length + 2, names));
        }
    }
    None
}

fn key(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let is_function = || {
        lower
            .strip_prefix('f')
            .and_then(|n| n.parse::<u8>().ok())
            .is_some_and(|n| (1..=24).contains(&n))
    };
    match KEYS.iter().find(|(known, _)| *known == lower) {
        Some((_, shown)) => Some((*shown).to_owned()),
        None if lower.len() == 1 || is_function() => Some(name.to_ascii_uppercase()),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_codes_are_emoji() {
        let check = |text: &str, expect: &str| assert_eq!(with_emoji(text), expect);
        check("Done :tada:, :+1: (:rocket:)", "Done 🎉, 👍 (🚀)");
        check(":tada::tada:", "🎉:tada:");
        check("at 10:30:45, :1: a:tada:b :nosuch: :: :", "at 10:30:45, :1: a:tada:b :nosuch: :: :");
        check("é:smile:", "é:smile:");
    }

    #[test]
    fn keys_are_told_from_pluses() {
        let (range, names) = keys("Press ++ctrl+alt+del++ now").unwrap();
        assert_eq!(
            (range, names),
            (6..22, vec!["Ctrl".to_owned(), "Alt".to_owned(), "Del".to_owned()])
        );
        assert_eq!(keys("++f5++").unwrap().1, ["F5"]);
        for text in ["i++ + ++j", "C++ and D++", "a++b++", "++x++", "++nosuchkey+a++", "++", "++++"]
        {
            assert_eq!(keys(text), None, "{text}");
        }
    }
}
