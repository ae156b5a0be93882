//! From profiles, front matter and commits to the table of people.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Table;
use crate::base::{Date, SourcePath, UrlPath, fold};
use crate::config::Config;
use crate::history::{History, Revision};
use crate::source::Author;
use crate::theme::{Kinds, Role};

use super::page::last_part;
use super::people::{Candidate, Directory, Register};
use super::route::{Owner, Routes};
use super::unseen::Unseen;
use super::{Page, PageIx, Person, PersonIx};

/// What people are made from.
pub(super) struct Gatherer<'a> {
    pub(super) config: &'a Config,
    pub(super) kinds: &'a Kinds,
    pub(super) history: &'a History,
    pub(super) unseen: &'a Unseen,
    pub(super) authors: &'a [Author],
    pub(super) pages: &'a Table<PageIx, Page>,
}

impl Gatherer<'_> {
    /// Gathers everybody: those with a profile first, then by name.
    pub(super) fn gather(self, routes: &mut Routes) -> (Table<PersonIx, Person>, Directory) {
        let Self { config, kinds, pages, authors, .. } = self;
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
        for (number, author) in authors.iter().enumerate() {
            register.author(number, author);
        }
        self.register_identities(&mut register);
        for page in pages.rows() {
            register_names(kinds, page, &mut register);
        }
        let mut directory = Directory::default();
        let mut people = Table::default();
        for (name, candidate) in sorted(register.people()) {
            let profile =
                candidate.profile.map(|number| (profiles[number], &pages[profiles[number]]));
            let person = match profile {
                Some((ix, page)) => with_profile(ix, page),
                None => {
                    let author = candidate.author.map(|number| &authors[number]);
                    let person = without_profile(config, name, &candidate, routes);
                    match author {
                        Some(author) => with_author(author, person),
                        None => person,
                    }
                }
            };
            let aliases = aliases(&person.name, &candidate);
            let id = person.id.clone();
            let ix = people.push(Person { aliases, ..person });
            directory.add(ix, &id, &candidate.keys);
        }
        (people, directory)
    }

    /// Adds those who touched a page; other committers of a repository are not this site's people.
    fn register_identities(&self, register: &mut Register) {
        let told = self.told();
        let mut times: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        for (commit, is_told) in self.history.commits.iter().zip(told) {
            if commit.changes.is_empty() {
                continue;
            }
            let others = commit.co_authors.iter().chain(&commit.reviewers);
            for identity in std::iter::once(&commit.author).chain(others) {
                let (all, told) = times.entry(identity).or_default();
                *all += 1;
                *told += usize::from(is_told);
            }
        }
        for (identity, (all, told)) in times {
            register.identity(identity, all, told);
        }
    }

    /// Returns for each commit whether it touched a page that is, or was.
    fn told(&self) -> Vec<bool> {
        let mut told = vec![false; self.history.commits.len()];
        let mut tell = |revision: &Revision| told[revision.commit] = true;
        for page in self.pages.rows() {
            let unseen = self.unseen.of(&page.path, page.target.as_ref());
            page.revisions.iter().chain(unseen).for_each(&mut tell);
        }
        for removal in &self.history.removals {
            tell(&removal.revision);
            removal.earlier.iter().for_each(&mut tell);
        }
        told
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

/// Adds what a list of authors says of somebody.
fn with_author(author: &Author, person: Person) -> Person {
    let url = (!author.url.is_empty()).then(|| ("web".to_owned(), author.url.clone()));
    Person {
        role: author.role.clone(),
        contact: url.into_iter().collect(),
        photo: author.photo.as_ref().map(SourcePath::to_string),
        ..person
    }
}

fn aliases(name: &str, candidate: &Candidate) -> Vec<String> {
    let others = candidate.names.keys().map(|alias| alias.trim());
    let others = others.filter(|alias| *alias != name && !alias.is_empty() && !alias.contains('@'));
    others.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}
