//! Who people are: names and addresses as written, and after `.mailmap`.

use std::collections::HashMap;

use git2::{Mailmap, Signature, Time};

use super::commit::Identity;

impl Identity {
    /// Reads `Name <address>`, or several with commas between; the address may be missing or without its brackets, the name may be
    /// missing or the address of a profile.
    pub(super) fn parse_all(text: &str) -> impl Iterator<Item = Self> {
        let ends = text.match_indices('>').map(|(at, _)| at + 1);
        let is_between = |end: &usize| text[*end..].trim_start().starts_with(',');
        let mut start = 0;
        let ends: Vec<usize> = ends.filter(is_between).chain([text.len()]).collect();
        ends.into_iter().map(move |end| {
            let one = &text[start..end];
            start = end;
            Self::parse(one.trim_start().trim_start_matches(','))
        })
    }

    fn parse(text: &str) -> Self {
        let (name, email) = match text.split_once('<') {
            Some((name, rest)) => (name, rest.split('>').next().unwrap_or_default()),
            None => (text, ""),
        };
        let name = name.trim();
        let is_profile = name.starts_with("https://") || name.starts_with("http://");
        let name = if is_profile { name.rsplit('/').next().unwrap_or_default() } else { name };
        Self { name: name.to_owned(), email: email.trim().to_owned() }.tidied()
    }

    /// Takes mail addresses out of the name, which everybody sees: programs are set up carelessly. What stands before the `@` is
    /// the name if nothing else does.
    fn tidied(mut self) -> Self {
        if !self.name.contains('@') {
            return self;
        }
        let is_address =
            |word: &&str| word.find('@').is_some_and(|at| at > 0 && at + 1 < word.len());
        let bare = |word: &str| word.trim_matches(['(', ')', '[', ']', ',']).to_owned();
        let Some(address) = self.name.split_whitespace().find(is_address).map(bare) else {
            return self;
        };
        let others = self.name.split_whitespace().filter(|word| !is_address(word));
        self.name = others.collect::<Vec<_>>().join(" ");
        if self.name.is_empty() {
            self.name = address.split('@').next().unwrap_or_default().to_owned();
        }
        if self.email.is_empty() {
            self.email = address;
        }
        self
    }

    /// Returns whether two identities have one address in any case, or one name if an address is missing.
    pub(super) fn is_same_person(&self, other: &Self) -> bool {
        if self.email.is_empty() || other.email.is_empty() {
            self.name == other.name
        } else {
            self.email.eq_ignore_ascii_case(&other.email)
        }
    }
}

/// Says who an identity really is.
pub(super) struct Names {
    /// `None` if the file is empty or cannot be understood.
    mailmap: Option<Mailmap>,
    resolved: HashMap<Identity, Identity>,
}

impl Names {
    /// Reads the text of a `.mailmap`.
    pub(super) fn new(mailmap: &str) -> Self {
        // libgit2 tells `Anna@x` from `anna@x`, git does not: all that is looked up is in lower case.
        let lines: Vec<String> = mailmap.lines().map(lower_last_address).collect();
        let is_empty = mailmap.trim().is_empty();
        let mailmap = (!is_empty).then(|| Mailmap::from_buffer(&lines.join("\n")).ok()).flatten();
        Self { mailmap, resolved: HashMap::new() }
    }

    pub(super) fn resolve(&mut self, identity: &Identity) -> Identity {
        let Some(mailmap) = &self.mailmap else {
            return identity.clone().tidied();
        };
        if let Some(known) = self.resolved.get(identity) {
            return known.clone();
        }
        let real = look_up(mailmap, identity).unwrap_or_else(|| identity.clone()).tidied();
        self.resolved.insert(identity.clone(), real.clone());
        real
    }

    /// Resolves a list, each person once.
    pub(super) fn resolve_all(&mut self, identities: &[Identity]) -> Vec<Identity> {
        let mut all: Vec<Identity> = Vec::with_capacity(identities.len());
        for identity in identities {
            let identity = self.resolve(identity);
            if !all.iter().any(|known| known.is_same_person(&identity)) {
                all.push(identity);
            }
        }
        all
    }
}

/// Returns the mapped identity; `None` for those that libgit2 cannot make a signature of (an empty name).
fn look_up(mailmap: &Mailmap, identity: &Identity) -> Option<Identity> {
    let email = identity.email.to_ascii_lowercase();
    let signature = Signature::new(&identity.name, &email, &Time::new(0, 0)).ok()?;
    let real = mailmap.resolve_signature(&signature).ok()?;
    let real_email = super::encoding::decode(real.email_bytes());
    Some(Identity {
        name: super::encoding::decode(real.name_bytes()),
        email: if real_email == email { identity.email.clone() } else { real_email },
    })
}

/// Lowers the address that a line of a `.mailmap` maps from.
fn lower_last_address(line: &str) -> String {
    match line.rfind('<') {
        Some(at) => format!("{}{}", &line[..at], line[at..].to_ascii_lowercase()),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, email: &str) -> Identity {
        Identity { name: name.to_owned(), email: email.to_owned() }
    }

    #[test]
    fn mailmap_gives_name_and_address() {
        let mut names = Names::new("Tom Bakker <tom@n.example> tbakker <TOM@laptop>\n");
        let real = identity("Tom Bakker", "tom@n.example");
        assert_eq!(names.resolve(&identity("tbakker", "tom@laptop")), real);
        assert_eq!(names.resolve(&identity("", "x@y")), identity("", "x@y"));
        let twice = [identity("tbakker", "tom@laptop"), real.clone()];
        assert_eq!(names.resolve_all(&twice), [real]);
    }

    #[test]
    fn identity_may_lack_either_half() {
        assert_eq!(Identity::parse("Chen "), identity("Chen", ""));
        assert_eq!(Identity::parse("<c@x>"), identity("", "c@x"));
        assert_eq!(Identity::parse("Chen Li <c@x> (team)"), identity("Chen Li", "c@x"));
        assert_eq!(Identity::parse("https://host.example/chen"), identity("chen", ""));
    }

    #[test]
    fn address_is_never_part_of_a_name() {
        assert_eq!(Identity::parse("Chen c@x"), identity("Chen", "c@x"));
        assert_eq!(Identity::parse("Chen (c@x) <li@x>"), identity("Chen", "li@x"));
        assert_eq!(
            Names::new("").resolve(&identity("c.li@x", "c.li@x")),
            identity("c.li", "c.li@x")
        );
        assert_eq!(Names::new("A <a@x>").resolve(&identity("c@x", "d@x")), identity("c", "d@x"));
        for name in ["@chen", "Chen @ home", "Chen"] {
            assert_eq!(Names::new("").resolve(&identity(name, "")), identity(name, ""));
        }
    }

    #[test]
    fn line_may_name_several() {
        let all = |text| Identity::parse_all(text).collect::<Vec<_>>();
        let both = [identity("Chen", "c@x"), identity("Dewi", "d@x")];
        assert_eq!(all("Chen <c@x>, Dewi <d@x> "), both);
        assert_eq!(all("Li, Chen <c@x> (a > b)"), [identity("Li, Chen", "c@x")]);
    }
}
