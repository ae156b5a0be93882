//! One person of a site.

use crate::base::{Date, Fingerprint, UrlPath};

use super::{DomainIx, PageIx};

/// Somebody who has a profile, is named in front matter, or has committed.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name of their profile's file, else made of their name.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their page.
    pub url: UrlPath,
    /// Their profile.
    pub page: Option<PageIx>,
    /// Other spellings of their name, sorted. Never an e-mail address.
    pub aliases: Vec<String>,
    /// Whether this is an automated account.
    pub is_bot: bool,
    /// What they do, from their profile; may be empty.
    pub role: String,
    /// Their team; may be empty.
    pub team: String,
    /// What to ask them about.
    pub knows: Vec<String>,
    /// Languages they speak.
    pub languages: Vec<String>,
    /// Ways to reach them: name and value.
    pub contact: Vec<(String, String)>,
    /// Their photo: a reference to a file, as in the profile; without one a path from the root.
    pub photo: Option<String>,
    /// When they left.
    pub left: Option<Date>,
    /// Domains that they are a steward of.
    pub stewards: Vec<DomainIx>,
}

impl Person {
    /// Returns what a complete profile has and this one has not.
    pub fn missing(&self) -> Vec<&'static str> {
        let wants = [
            ("photo", self.photo.is_none()),
            ("role", self.role.is_empty()),
            ("knows", self.knows.is_empty()),
        ];
        wants.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect()
    }

    /// Returns two letters for those without a photo: the first ones of the first and of the last word of the name.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    /// Returns one of twelve hues, 0 to 11, always the same for a person.
    pub fn hue(&self) -> u8 {
        let digits = Fingerprint::of(self.id.as_bytes()).short();
        let number = u32::from_str_radix(&digits, 16).expect("a fingerprint is hexadecimal");
        (number % 12) as u8
    }
}

fn initials(name: &str) -> String {
    let letter = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let words: Vec<char> = name.split_whitespace().filter_map(letter).collect();
    let chosen = match words.as_slice() {
        [] => vec!['?'],
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    chosen.into_iter().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_first_and_last_name() {
        assert_eq!(initials("Anna van der Kuiper"), "AK");
        assert_eq!(initials("élan"), "É");
        assert_eq!(initials("(?)"), "?");
    }
}
