//! Who did what to which page.

use std::collections::BTreeMap;

use crate::base::Date;
use crate::base::id::Table;
use crate::history::{ChangeKind, History};
use crate::theme::{Kinds, Role};

use super::past::Past;
use super::people::Directory;
use super::unseen::Unseen;
use super::{Page, PageIx, Person, PersonIx};

/// Something that somebody did for a page. There is one of each person, page and deed; the newest counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Who.
    pub person: PersonIx,
    /// For which page.
    pub page: PageIx,
    /// `wrote`, `edited`, `reviewed`, `answered`, `asked`, `suggested`, `translated`, `curated`, `thanked` …
    pub did: String,
    /// When, the last time.
    pub on: Option<Date>,
    /// What was noted; may be empty.
    pub note: String,
    /// Who says so, for thanks.
    pub by: Option<PersonIx>,
    /// How it is known.
    pub evidence: Evidence,
}

/// How a contribution is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The page says so.
    FrontMatter,
    /// By this many commits.
    Commits(usize),
}

/// What contributions are made from.
pub(super) struct Gatherer<'a> {
    pub(super) kinds: &'a Kinds,
    pub(super) history: &'a History,
    pub(super) directory: &'a Directory,
    pub(super) people: &'a Table<PersonIx, Person>,
    pub(super) past: &'a Past,
    pub(super) unseen: &'a Unseen,
}

impl Gatherer<'_> {
    /// Gathers who did what for all pages, and fills in their authors: those that the front matter names, else those
    /// who committed the page.
    pub(super) fn gather(&self, pages: &mut Table<PageIx, Page>) -> Vec<Contribution> {
        let mut all = Vec::new();
        for ix in pages.ids() {
            let mut deeds = Deeds::new(ix);
            let named = self.read_front_matter(&pages[ix], &mut deeds);
            let committed = self.read_commits(&pages[ix], named.is_empty(), &mut deeds);
            pages[ix].authors = if named.is_empty() { committed } else { named };
            all.extend(deeds.into_sorted());
        }
        all
    }

    /// Returns the authors that the front matter names.
    fn read_front_matter(&self, page: &Page, deeds: &mut Deeds) -> Vec<PersonIx> {
        let front = &page.document.front_matter;
        let mut authors = Vec::new();
        for author in &front.authors {
            let Some(person) = self.directory.find(&author.text) else { continue };
            deeds.said(person, self.authors_deed(page), page.created, String::new(), None);
            if !authors.contains(&person) {
                authors.push(person);
            }
        }
        for said in &front.contributions {
            let Some(person) = self.directory.find(&said.who.text) else { continue };
            let by = said.by.as_ref().and_then(|by| self.directory.find(&by.text));
            deeds.said(person, &said.did, said.on, said.note.clone(), by);
        }
        authors
    }

    /// Returns what the author of a page of this kind did.
    fn authors_deed(&self, page: &Page) -> &'static str {
        match self.kinds.role(&page.kind) {
            Role::Question => "asked",
            Role::Reply if page.kind == "answer" => "answered",
            Role::Reply => "commented",
            _ => "wrote",
        }
    }

    /// Returns those who committed a page, most commits first; automated accounts only if there is nobody else.
    fn read_commits(&self, page: &Page, credits_first: bool, deeds: &mut Deeds) -> Vec<PersonIx> {
        let mut commits: BTreeMap<PersonIx, usize> = BTreeMap::new();
        let unseen = self.unseen.of(&page.path, page.target.as_ref());
        for revision in page.revisions.iter().chain(unseen) {
            let commit = &self.history.commits[revision.commit];
            let is_first = matches!(commit.changes[revision.change].kind, ChangeKind::Added);
            let did = if is_first && credits_first { self.authors_deed(page) } else { "edited" };
            let day = Some(self.past.moment(commit).date());
            for person in self.past.writers[revision.commit].iter().copied() {
                *commits.entry(person).or_default() += 1;
                deeds.committed(person, did, day);
            }
            for person in self.directory.of_identities(commit.reviewers.iter()) {
                deeds.committed(person, "reviewed", day);
            }
        }
        let mut people: Vec<(PersonIx, usize)> = commits.into_iter().collect();
        people.sort_by_key(|(person, count)| {
            (self.people[*person].is_bot, std::cmp::Reverse(*count), *person)
        });
        let is_first_bot = people.first().is_none_or(|(person, _)| self.people[*person].is_bot);
        let people = people.into_iter().map(|(person, _)| person);
        people.filter(|person| is_first_bot || !self.people[*person].is_bot).collect()
    }
}

/// The contributions to one page while they are gathered: one of each person and deed.
struct Deeds {
    page: PageIx,
    deeds: BTreeMap<(PersonIx, String), Contribution>,
    thanks: Vec<Contribution>,
}

impl Deeds {
    fn new(page: PageIx) -> Self {
        Self { page, deeds: BTreeMap::new(), thanks: Vec::new() }
    }

    fn said(
        &mut self,
        person: PersonIx,
        did: &str,
        on: Option<Date>,
        note: String,
        by: Option<PersonIx>,
    ) {
        let contribution = Contribution {
            person,
            page: self.page,
            did: did.to_owned(),
            on,
            note,
            by,
            evidence: Evidence::FrontMatter,
        };
        if did == "thanked" {
            self.thanks.push(contribution);
        } else {
            self.deeds.entry((person, did.to_owned())).or_insert(contribution);
        }
    }

    fn committed(&mut self, person: PersonIx, did: &str, on: Option<Date>) {
        let page = self.page;
        let deed = self.deeds.entry((person, did.to_owned())).or_insert_with(|| Contribution {
            person,
            page,
            did: did.to_owned(),
            on,
            note: String::new(),
            by: None,
            evidence: Evidence::Commits(0),
        });
        deed.on = deed.on.max(on);
        if let Evidence::Commits(count) = &mut deed.evidence {
            *count += 1;
        }
    }

    fn into_sorted(self) -> impl Iterator<Item = Contribution> {
        self.deeds.into_values().chain(self.thanks)
    }
}
