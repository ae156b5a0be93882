//! A day as people and tools write it: `2026-04-03`, `3 April 2026`, `20260403`, `[[2026-04-03]]`, seconds since 1970.

/// A year, a month and a day that a text names; whether there is such a day, the calendar knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// As on a calendar.
    Civil(i16, i8, i8),
    /// Milliseconds since 1970.
    Epoch(i64),
}

/// Reads the day that a text begins with; a time and a zone behind it are passed over. `3/4/2026` is read by nobody
/// with certainty, and so not here, unless only one of the two can be a month.
pub(super) fn read(text: &str) -> Option<Day> {
    let text = bare(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    let text = without_weekday(text);
    let parts: Vec<&str> = words(text).take(3).collect();
    let [a, b, c] = parts.as_slice() else { return of_month(text) };
    let year = |text: &str| year(text.get(..4).filter(|_| starts_like_a_year(text))?);
    if let Some(year) = year(a).filter(|_| a.len() == 4) {
        return civil(year, month(b)?, leading_number(c)?);
    }
    let year = year(c)?;
    match (leading_number(a), leading_number(b)) {
        (Some(day), None) => civil(year, month(b)?, day),
        (None, Some(day)) => civil(year, month(a)?, day),
        (Some(first), Some(second)) => {
            let by_slash = text[a.len()..].starts_with('/');
            match (first > 12, second > 12) {
                (false, true) => civil(year, first, second),
                (true, false) => civil(year, second, first),
                (false, false) if !by_slash || first == second => civil(year, second, first),
                _ => None,
            }
        }
        (None, None) => None,
    }
}

/// Takes quotes, and the brackets and folder of a link to a day's note away.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    let Some(inside) = text.strip_prefix("[[").and_then(|rest| rest.split("]]").next()) else {
        return text;
    };
    let target = inside.split(['|', '#']).next().unwrap_or(inside);
    target.rsplit('/').next().unwrap_or(target).trim()
}

/// `20260403`, or seconds or milliseconds since 1970.
fn of_digits(text: &str) -> Option<Day> {
    match text.len() {
        8 => civil(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?),
        9 | 10 => Some(Day::Epoch(text.parse::<i64>().ok()? * 1000)),
        12 | 13 => text.parse().ok().map(Day::Epoch),
        _ => None,
    }
}

/// `2026-04` is the first day of that month.
fn of_month(text: &str) -> Option<Day> {
    let (year, month) = text.split_once(['-', '/'])?;
    let is_month = year.len() == 4 && (1..=2).contains(&month.len());
    civil(year.parse().ok().filter(|_| is_month)?, month.parse().ok()?, 1)
}

/// `Fri, 3 Apr 2026` begins with a word that says nothing.
fn without_weekday(text: &str) -> &str {
    match text.split_once([',', ' ']) {
        Some((word, rest)) if word.chars().all(char::is_alphabetic) && month(word).is_none() => {
            rest.trim_start_matches([',', ' '])
        }
        _ => text,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['-', '/', '.', ' ', ',']).filter(|word| !word.is_empty())
}

fn starts_like_a_year(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok()
}

/// Returns the number of a day that a word begins with: `3`, `03T09:00`, `3rd`.
fn leading_number(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(digits);
    let is_end = rest.is_empty()
        || rest.starts_with(['T', 't', '_'])
        || matches!(rest, "st" | "nd" | "rd" | "th" | "e" | "ste" | "de");
    number.parse().ok().filter(|_| is_end && digits <= 2)
}

/// Returns the month that a number or a word means, in English or Dutch.
fn month(word: &str) -> Option<i8> {
    if let Ok(number) = word.parse() {
        return Some(number).filter(|number| (1..=12).contains(number));
    }
    let word = word.to_lowercase();
    let beginnings: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "maart", "mrt", "mär"],
        &["apr"],
        &["may", "mei", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let known = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    let at = beginnings.iter().position(known)?;
    i8::try_from(at + 1).ok().filter(|_| word.chars().count() <= 9)
}

fn civil(year: i16, month: i8, day: i8) -> Option<Day> {
    Some(Day::Civil(year, month, day))
}
