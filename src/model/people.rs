//! Who is who: profiles, names in front matter and identities in git, joined to people.
//!
//! Two git identities are one person if they share an address or a name; a profile joins those that its `emails` and `aliases`
//! name. Names that front matter alone knows become people too.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::fold;
use crate::history::Identity;
use crate::source::Author;

use super::PersonIx;

/// Somebody before they are a row of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidate {
    /// The profile's index in the list of profiles.
    pub(super) profile: Option<usize>,
    /// The index in the lists of authors.
    pub(super) author: Option<usize>,
    /// What a list of authors calls them.
    called: Option<String>,
    /// Every spelling of the name, with how often it occurs.
    pub(super) names: BTreeMap<String, usize>,
    /// Keys of [`Directory`] that lead here.
    pub(super) keys: BTreeSet<String>,
    /// One of the addresses, to make an id of when there is no name.
    pub(super) emails: BTreeSet<String>,
    /// Whether there is a reason to speak of them.
    is_told: bool,
}

/// Joins names and addresses to people.
#[derive(Debug, Default)]
pub(super) struct Register {
    candidates: Vec<Candidate>,
    parent: Vec<usize>,
    /// Whether a root stands for somebody with a profile; profiles never join another.
    has_profile: Vec<bool>,
    keys: BTreeMap<String, usize>,
}

impl Register {
    /// Adds a profile: its id, name, addresses and other names.
    pub(super) fn profile(
        &mut self,
        profile: usize,
        id: &str,
        name: &str,
        emails: &[String],
        aliases: &[String],
    ) {
        let at =
            self.add(Candidate { profile: Some(profile), is_told: true, ..Candidate::default() });
        for name in aliases.iter().map(String::as_str).chain([name]) {
            self.candidates[at].names.insert(name.to_owned(), 0);
        }
        self.join_key(at, id_key(id));
        for name in aliases.iter().map(String::as_str).chain([name]) {
            self.join_key(at, name_key(name));
        }
        for email in emails {
            self.join_key(at, email_key(email));
        }
    }

    /// Adds somebody in a list of authors, whom nobody need know before a page or a commit names them.
    pub(super) fn author(&mut self, number: usize, author: &Author) {
        let called = Some(author.name.clone());
        let candidate = Candidate { author: Some(number), called, ..Candidate::default() };
        let at = self.add(candidate);
        self.candidates[at].names.insert(author.name.clone(), 0);
        let handle = some_key("handle", &author.handle.to_lowercase());
        let keys = [id_key(&author.key), name_key(&author.name), email_key(&author.email), handle];
        for key in keys {
            self.join_key(at, key);
        }
    }

    /// Adds an identity of git, seen `times` times, of which `told` times where readers can see it. Of those who never were
    /// nobody need know, unless they are mentioned.
    pub(super) fn identity(&mut self, identity: &Identity, times: usize, told: usize) {
        let at = self.add(Candidate { is_told: told > 0, ..Candidate::default() });
        if !identity.name.is_empty() {
            *self.candidates[at].names.entry(identity.name.clone()).or_default() += times;
        }
        self.candidates[at].emails.insert(identity.email.clone());
        for key in identity_keys(identity) {
            self.join_key(at, key);
        }
    }

    /// Adds a name, handle or address of front matter, unless somebody is known by it.
    pub(super) fn mention(&mut self, text: &str) {
        let Parts { name, keys } = parts(text);
        let known = keys.iter().find_map(|key| self.keys.get(key).copied());
        let at = known.unwrap_or_else(|| {
            self.add(Candidate { names: [(name, 0)].into(), ..Candidate::default() })
        });
        self.candidates[at].is_told = true;
        for key in keys {
            self.join_key(at, Some(key));
        }
    }

    fn add(&mut self, candidate: Candidate) -> usize {
        self.has_profile.push(candidate.profile.is_some());
        self.candidates.push(candidate);
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn join_key(&mut self, at: usize, key: Option<String>) {
        let Some(key) = key else { return };
        let at = self.root(at);
        match self.keys.get(&key).map(|known| self.root(*known)) {
            Some(known) if known != at => {
                // Two profiles stay two people, even if they claim one address.
                if !(self.has_profile[known] && self.has_profile[at]) {
                    let (keep, join) = if self.has_profile[at] { (at, known) } else { (known, at) };
                    self.parent[join] = keep;
                }
            }
            Some(_) => {}
            None => {
                self.keys.insert(key, at);
            }
        }
    }

    /// Returns the people, profiles first, then by name.
    pub(super) fn people(self) -> Vec<Candidate> {
        let mut joined: BTreeMap<usize, Candidate> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let person = joined.entry(self.root(at)).or_default();
            person.profile = person.profile.or(candidate.profile);
            person.author = person.author.or(candidate.author);
            person.called = person.called.take().or_else(|| candidate.called.clone());
            person.is_told |= candidate.is_told;
            for (name, times) in &candidate.names {
                *person.names.entry(name.clone()).or_default() += times;
            }
            person.emails.extend(candidate.emails.iter().cloned());
        }
        for (key, at) in &self.keys {
            if let Some(person) = joined.get_mut(&self.root(*at)) {
                person.keys.insert(key.clone());
            }
        }
        joined.into_values().filter(|person| person.is_told).collect()
    }
}

impl Candidate {
    /// Returns what a list of authors calls them, else the spelling of the name that is used most; full names before single
    /// words.
    pub(super) fn best_name(&self) -> String {
        if let Some(called) = &self.called {
            return called.clone();
        }
        let best = self.names.iter().max_by_key(|(name, times)| {
            (name.trim().contains(' '), **times, std::cmp::Reverse(name.len()))
        });
        let name = best.map(|(name, _)| name.trim().to_owned()).filter(|name| !name.is_empty());
        name.or_else(|| {
            self.emails.iter().find_map(|email| email.split('@').next().map(str::to_owned))
        })
        .unwrap_or_else(|| "Unknown".to_owned())
    }
}

/// Finds people by what they are called.
#[derive(Debug, Clone, Default)]
pub(super) struct Directory {
    keys: BTreeMap<String, PersonIx>,
}

impl Directory {
    /// Adds the keys of a person.
    pub(super) fn add(&mut self, person: PersonIx, id: &str, keys: &BTreeSet<String>) {
        for key in keys.iter().cloned().chain(id_key(id)) {
            self.keys.entry(key).or_insert(person);
        }
    }

    /// Returns the person whom a text means.
    pub(super) fn find(&self, text: &str) -> Option<PersonIx> {
        parts(text).keys.iter().find_map(|key| self.keys.get(key).copied())
    }

    /// Returns the person with this id or handle.
    pub(super) fn with_id(&self, id: &str) -> Option<PersonIx> {
        let keys = [id_key(id), some_key("handle", &id.to_lowercase())];
        keys.into_iter().flatten().find_map(|key| self.keys.get(&key).copied())
    }

    /// Returns the people of some identities, each once, in order.
    pub(super) fn of_identities<'i>(
        &self,
        identities: impl Iterator<Item = &'i Identity>,
    ) -> Vec<PersonIx> {
        let mut people = Vec::new();
        for identity in identities {
            let found = identity_keys(identity)
                .into_iter()
                .flatten()
                .find_map(|key| self.keys.get(&key).copied());
            if let Some(person) = found.filter(|person| !people.contains(person)) {
                people.push(person);
            }
        }
        people
    }
}

fn id_key(id: &str) -> Option<String> {
    some_key("id", &id.to_lowercase())
}

fn name_key(name: &str) -> Option<String> {
    some_key("name", &fold::key(name))
}

fn email_key(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    let is_nobodys = !email.contains('@')
        || email.starts_with("noreply@")
        || email.starts_with("no-reply@")
        || email.ends_with("@localhost")
        || email.ends_with("@example.com");
    if is_nobodys { None } else { some_key("email", &email) }
}

fn some_key(sort: &str, text: &str) -> Option<String> {
    (!text.is_empty()).then(|| format!("{sort}:{text}"))
}

/// Returns the handle in an address that a git host made up: `123+handle@users.noreply.github.com`.
fn handle_of(email: &str) -> Option<String> {
    let (local, host) = email.split_once('@')?;
    if !host.starts_with("users.noreply.") {
        return None;
    }
    let handle = local.split_once('+').map_or(local, |(_, handle)| handle);
    some_key("handle", &handle.to_lowercase())
}

fn identity_keys(identity: &Identity) -> [Option<String>; 3] {
    [email_key(&identity.email), name_key(&identity.name), handle_of(&identity.email)]
}

/// A name of front matter taken apart: what to call the person, and the keys to look for.
struct Parts {
    name: String,
    keys: Vec<String>,
}

/// Takes `A. Uthor (@handle)`, `B. Writer <b@example.org>`, `@handle`, `anna` or an address apart.
fn parts(text: &str) -> Parts {
    let text = text.trim();
    let (rest, email) = bracketed(text, '<', '>');
    let (rest, handle) = bracketed(rest.trim(), '(', ')');
    let name = rest.trim().trim_start_matches('@').to_owned();
    let email = email.or_else(|| name.contains('@').then(|| name.clone()));
    let handle = handle.map(|handle| handle.trim_start_matches('@').to_lowercase());
    let keys = [
        id_key(&name),
        email.as_deref().and_then(email_key),
        name_key(&name),
        handle.as_deref().and_then(|handle| some_key("handle", handle)),
        handle.as_deref().and_then(id_key),
        some_key("handle", &name.to_lowercase()),
    ];
    let keys = keys.into_iter().flatten().collect();
    let local = email.as_ref().and_then(|email| email.split('@').next()).unwrap_or_default();
    let name = if name.is_empty() || name.contains('@') { local.to_owned() } else { name };
    Parts { name, keys }
}

/// Splits `before <inside>`.
fn bracketed(text: &str, open: char, close: char) -> (&str, Option<String>) {
    match (text.find(open), text.rfind(close)) {
        (Some(start), Some(end)) if start < end => {
            (&text[..start], Some(text[start + 1..end].trim().to_owned()))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, email: &str) -> Identity {
        Identity { name: name.to_owned(), email: email.to_owned() }
    }

    fn names(register: Register) -> Vec<String> {
        register.people().iter().map(Candidate::best_name).collect()
    }

    #[test]
    fn identities_that_share_a_name_or_an_address_are_one_person() {
        let mut register = Register::default();
        register.identity(&identity("jdoe", "a@x.org"), 1, 1);
        register.identity(&identity("John Doe", "A@x.org"), 5, 5);
        register.identity(&identity("john doe", "b@y.org"), 2, 2);
        register.identity(&identity("Jane", "noreply@github.com"), 1, 1);
        register.identity(&identity("Kim", "noreply@github.com"), 1, 1);
        assert_eq!(names(register), ["John Doe", "Jane", "Kim"]);
    }

    #[test]
    fn profiles_gather_what_they_name_and_stay_apart() {
        let mut register = Register::default();
        register.profile(0, "anna", "Anna Kuiper", &["a@x.org".to_owned()], &[]);
        register.profile(1, "bram", "Bram Vos", &["a@x.org".to_owned()], &["Bramster".to_owned()]);
        register.identity(&identity("A. Kuiper", "a@x.org"), 9, 9);
        register.identity(&identity("bramster", "b@y.org"), 9, 9);
        register.mention("anna");
        register.mention("Bram Vos (@bv)");
        let people = register.people();
        assert_eq!(people.len(), 2);
        assert!(
            people[0].names.contains_key("A. Kuiper") && people[1].names.contains_key("bramster")
        );
    }

    #[test]
    fn handles_are_found_in_addresses() {
        let mut register = Register::default();
        register.identity(&identity("Ryan M", "12+ryantm@users.noreply.github.com"), 1, 1);
        register.identity(&identity("Nobody here", "nobody@x.org"), 1, 0);
        register.identity(&identity("Named S", "s@x.org"), 1, 0);
        register.mention("s@x.org");
        register.mention("@ryantm");
        register.mention("@somebody");
        assert_eq!(names(register), ["Ryan M", "Named S", "somebody"]);
    }
}
