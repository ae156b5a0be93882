//! From profiles, front matter and commits to the table of people.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Table;
use crate::base::{Date, UrlPath, fold};
use crate::config::Config;
use crate::history::History;
use crate::theme::{Kinds, Role};

use super::page::last_part;
use super::people::{Candidate, Directory, Register};
use super::route::{Owner, Routes};
use super::{Page, PageIx, Person, PersonIx};

/// Gathers everybody: those with a profile first, then by name.
pub(super) fn gather(
    config: &Config,
    kinds: &Kinds,
    history: &History,
    pages: &Table<PageIx, Page>,
    routes: &mut Routes,
) -> (Table<PersonIx, Person>, Directory) {
    let is_profile = |page: &Page| kinds.role(&page.kind) == Role::Person;
    let profiles: Vec<PageIx> =
        pages.iter().filter(|(_, page)| is_profile(page)).map(|(ix, _)| ix).collect();
    let mut register = Register::default();
    for (number, ix) in profiles.iter().enumerate() {
        let page = &pages[*ix];
        let aliases = &page.document.front_matter.aliases;
        let aliases: Vec<String> = aliases.iter().map(|alias| alias.text.clone()).collect();
        register.profile(
            number,
            last_part(&page.id),
            &page.title,
            &page.field_list("emails"),
            &aliases,
        );
    }
    register_identities(history, &mut register);
    for page in pages.rows() {
        register_names(kinds, page, &mut register);
    }
    let mut directory = Directory::default();
    let mut people = Table::default();
    for (name, candidate) in sorted(register.people()) {
        let profile = candidate.profile.map(|number| (profiles[number], &pages[profiles[number]]));
        let person = match profile {
            Some((ix, page)) => with_profile(ix, page),
            None => without_profile(config, name, &candidate, routes),
        };
        let aliases = aliases(&person.name, &candidate);
        let id = person.id.clone();
        let ix = people.push(Person { aliases, ..person });
        directory.add(ix, &id, &candidate.keys);
    }
    (people, directory)
}

/// Adds those who touched a page; other committers of a repository are not this site's people.
fn register_identities(history: &History, register: &mut Register) {
    let mut times = BTreeMap::new();
    for commit in history.commits.iter().filter(|commit| !commit.changes.is_empty()) {
        let others = commit.co_authors.iter().chain(&commit.reviewers);
        for identity in std::iter::once(&commit.author).chain(others) {
            *times.entry(identity).or_insert(0_usize) += 1;
        }
    }
    for (identity, times) in times {
        register.identity(identity, times);
    }
}

fn register_names(kinds: &Kinds, page: &Page, register: &mut Register) {
    let front = &page.document.front_matter;
    if kinds.role(&page.kind) == Role::Domain {
        for name in page.field_list("stewards").iter().chain(&page.field_list("sponsor")) {
            register.mention(name);
        }
    }
    let contributors =
        front.contributions.iter().flat_map(|c| std::iter::once(&c.who).chain(&c.by));
    for name in front.authors.iter().chain(&front.owner).chain(contributors) {
        register.mention(&name.text);
    }
}

fn sorted(candidates: Vec<Candidate>) -> Vec<(String, Candidate)> {
    let named = candidates.into_iter().map(|candidate| (candidate.best_name(), candidate));
    let mut named: Vec<(String, Candidate)> = named.collect();
    named.sort_by_cached_key(|(name, candidate)| {
        (candidate.profile.is_none(), candidate.profile, fold::loose_key(name), name.clone())
    });
    named
}

fn with_profile(ix: PageIx, page: &Page) -> Person {
    let text = |key: &str| page.field_text(key).unwrap_or_default().to_owned();
    let contact = page.field("contact").map(crate::base::yaml::Node::entries).unwrap_or_default();
    let contact =
        contact.iter().filter_map(|entry| Some((entry.key.clone(), entry.node.text()?.to_owned())));
    Person {
        id: last_part(&page.id).to_owned(),
        name: page.title.clone(),
        url: page.url.clone(),
        page: Some(ix),
        aliases: Vec::new(),
        is_bot: false,
        role: text("role"),
        team: text("team"),
        knows: page.field_list("knows"),
        languages: page.field_list("languages"),
        contact: contact.collect(),
        photo: page.field_text("photo").map(str::to_owned),
        left: page.field_text("left").and_then(Date::parse),
        stewards: Vec::new(),
    }
}

fn without_profile(
    config: &Config,
    name: String,
    candidate: &Candidate,
    routes: &mut Routes,
) -> Person {
    let slug = fold::slug(&name);
    let slug = if slug.is_empty() { "unknown" } else { &slug };
    let id = routes.claim(&format!("people/{slug}"), Owner::Person);
    let mut emails = candidate.emails.iter().map(String::as_str).chain([""]);
    Person {
        id: last_part(&id).to_owned(),
        url: UrlPath::of_page(&id),
        is_bot: emails.any(|email| config.is_bot(&name, email)),
        name,
        page: None,
        aliases: Vec::new(),
        role: String::new(),
        team: String::new(),
        knows: Vec::new(),
        languages: Vec::new(),
        contact: Vec::new(),
        photo: None,
        left: None,
        stewards: Vec::new(),
    }
}

fn aliases(name: &str, candidate: &Candidate) -> Vec<String> {
    let others = candidate.names.keys().map(|alias| alias.trim());
    let others = others.filter(|alias| *alias != name && !alias.is_empty() && !alias.contains('@'));
    others.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}
