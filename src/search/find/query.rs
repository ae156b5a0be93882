//! The query: words, `"phrases"`, `-without`, and filters like `in:finance`.

use crate::search::words::fold;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Whether a minus stands before it.
    pub(super) not: bool,
    /// What stands before a colon.
    pub(super) name: Option<String>,
    /// The operator that this names.
    pub(super) operator: Option<String>,
    /// Whether the value is in quotes.
    pub(super) is_quoted: bool,
    /// The value; the whole piece where there is no name.
    pub(super) value: String,
}

/// Returns the pieces of a query, in order.
pub(super) fn pieces(query: &str, operator: impl Fn(&str) -> Option<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = query.trim_start_matches(is_space);
    while !rest.is_empty() {
        let (piece, length) = piece(rest, &operator);
        pieces.push(piece);
        rest = rest[length..].trim_start_matches(is_space);
    }
    pieces
}

/// Returns the piece at the beginning of a text that does not begin with a space, and its length.
fn piece(text: &str, operator: &impl Fn(&str) -> Option<String>) -> (Piece, usize) {
    let after_minus =
        text.strip_prefix('-').filter(|after| !after.is_empty() && !after.starts_with(is_space));
    let not = after_minus.is_some();
    let named = after_minus.unwrap_or(text);
    let name = name(named);
    let value_text = name.map_or(named, |name| &named[name.len() + 1..]);
    let start = text.len() - value_text.len();
    let (value, is_quoted, length) = match value_text.strip_prefix(is_quote) {
        Some(inside) => {
            let quote = value_text.len() - inside.len();
            let end = inside.find(is_quote);
            let value = &inside[..end.unwrap_or(inside.len())];
            let closing =
                end.and_then(|end| inside[end..].chars().next()).map_or(0, char::len_utf8);
            (value, true, quote + value.len() + closing)
        }
        None => {
            let value = &value_text[..value_text.find(is_space).unwrap_or(value_text.len())];
            (value, false, value.len())
        }
    };
    let piece = Piece {
        not,
        name: name.map(str::to_owned),
        operator: name.and_then(|name| operator(&fold(name))),
        is_quoted,
        value: value.to_owned(),
    };
    (piece, start + length)
}

/// Returns the letters before a colon, if a value follows; not of an address or a path.
fn name(text: &str) -> Option<&str> {
    let name = &text[..text.find(|c: char| !c.is_alphabetic())?];
    let value = text[name.len()..].strip_prefix(':')?;
    let first = value.chars().next()?;
    let is_value = !is_space(first) && !matches!(first, ':' | '/');
    (!name.is_empty() && is_value).then_some(name)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// Returns whether a character is a space to the reader's script.
pub(super) fn is_space(c: char) -> bool {
    c == '\u{feff}' || c.is_whitespace() && c != '\u{85}'
}

/// Returns the first day of a year, a month or a day, in days since 1970.
pub(super) fn day_of(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?;
    let [month, day] = [parts.next(), parts.next()];
    let number = |part: &str, most: usize| {
        let is_number =
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<i64>().ok()).flatten()
    };
    let year = number(year, 4)?;
    let month = month.map_or(Some(1), |month| number(month, 2))?;
    let day = day.map_or(Some(1), |day| number(day, 2))?;
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    is_date.then(|| days_before(year, month) + day - 1)
}

/// Returns the days from 1970 to the first of a month, negative before.
fn days_before(year: i64, month: i64) -> i64 {
    // Years are counted from March, so that the leap day is their last.
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let days = (months * 153 + 2) / 5;
    year * 365 + year / 4 - year / 100 + year / 400 + days - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expect: &[&str]) {
        let known = |name: &str| (name == "in").then(|| "in".to_owned());
        let told = pieces(query, known).into_iter().map(|piece| {
            let minus = if piece.not { "-" } else { "" };
            let name = piece.name.map_or(String::new(), |name| name + ":");
            let mark = if piece.is_quoted { "'" } else { "" };
            format!("{minus}{name}{mark}{}{mark}", piece.value)
        });
        assert_eq!(told.collect::<Vec<_>>(), expect, "pieces of {query:?}");
    }

    #[test]
    fn query_is_cut_into_pieces() {
        check("a -b \"c d\" in:e -in:\"f g\"", &["a", "-b", "'c d'", "in:e", "-in:'f g'"]);
        check("http://a std::b 10:30 in: - --", &["http://a", "std::b", "10:30", "in:", "-", "--"]);
        check("“open quote", &["'open quote'"]);
        check("\"\" x", &["''", "x"]);
        check("  ", &[]);
    }

    #[test]
    fn days_months_and_years_are_days() {
        assert_eq!(day_of("1970"), Some(0));
        assert_eq!(day_of("2000-03"), Some(11_017));
        assert_eq!(day_of("2024-2-29"), Some(19_782));
        assert_eq!(day_of("2024-13"), None);
        assert_eq!(day_of("soon"), None);
        assert_eq!(day_of("2024-1-1-1"), None);
    }
}
