//! Folding text to what people mean by “the same name”, and to names for addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::text::{composed, squeeze};

/// Returns the key under which two names count as one: composed, lower case, white space squeezed.
pub fn key(name: &str) -> String {
    squeeze(&composed(name).to_lowercase())
}

/// Returns [`key`] with accents, dashes, underscores and points gone as well, for loose look-ups.
pub fn loose_key(name: &str) -> String {
    let bare = name.nfkd().filter(|c| !is_combining_mark(*c));
    let spaced: String = bare.map(|c| if matches!(c, '-' | '_' | '.') { ' ' } else { c }).collect();
    key(&spaced)
}

/// Returns a name as part of an address: letters and digits in lower case without accents, single dashes
/// between; empty if nothing is left.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slug_drops_accents_and_marks() {
        assert_eq!(slug("  Noël d'Été (extern) "), "noel-d-ete-extern");
        assert_eq!(slug("李 小龍"), "李-小龍");
        assert_eq!(slug("!?"), "");
    }

    #[test]
    fn loose_key_joins_spellings() {
        assert_eq!(loose_key("Pump_P-200"), loose_key("pump p 200"));
    }
}
