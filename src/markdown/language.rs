//! Which language a text is written in, told by its letters and by how they follow each other.

use whatlang::{Detector, Lang};

/// Bytes of prose that are looked at.
pub(super) const ENOUGH: usize = 1_000;

/// Letters without which nothing is said: shorter texts are names and lists.
const LEAST: usize = 250;

/// How sure it must be.
const SURE: f64 = 0.9;

/// What can be told: languages of whose words search knows the stems, and those with a script of their own.
const TAGS: [(Lang, &str); 23] = [
    (Lang::Ara, "ar"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Hin, "hi"),
    (Lang::Hun, "hu"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Nld, "nl"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Spa, "es"),
    (Lang::Swe, "sv"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
];

/// Returns the tag of the language of a text, `nl`; `None` for short texts and where it cannot be told.
pub(super) fn detect(prose: &str) -> Option<&'static str> {
    if prose.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return None;
    }
    let known = TAGS.iter().map(|(language, _)| *language).collect();
    let found = Detector::with_allowlist(known).detect(prose)?;
    let is_sure = found.is_reliable() && found.confidence() >= SURE;
    let (_, tag) = TAGS.iter().find(|(language, _)| is_sure && *language == found.lang())?;
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str =
        "Close the valve before you open the cover, and tell the others that you do. ";
    const DUTCH: &str = "Sluit de klep voordat je het deksel opent, en zeg het tegen de anderen. ";
    const GERMAN: &str =
        "Schließen Sie das Ventil, bevor Sie den Deckel öffnen, und sagen Sie es allen. ";

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(detect(&ENGLISH.repeat(5)), Some("en"));
        assert_eq!(detect(&DUTCH.repeat(5)), Some("nl"));
        assert_eq!(detect(&GERMAN.repeat(5)), Some("de"));
    }

    #[test]
    fn nothing_is_said_of_short_texts_and_of_code() {
        assert_eq!(detect(DUTCH), None);
        assert_eq!(detect(&"0x1f 42 ".repeat(200)), None);
    }
}
