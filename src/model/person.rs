//! One person of a site.

use crate::base::{Date, UrlPath};

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
    /// Their photo: a reference to a file, as in the profile.
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
}
