//! The addresses of the lists of changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::{Id, Table};
use crate::base::{UrlPath, fold};

use super::route::Routes;
use super::{Domain, DomainIx, Page, PageIx, Person, PersonIx};

/// Where the changes of a part of the site are listed, below `changes/`.
#[derive(Debug, Clone)]
pub struct ChangeLists {
    /// Of pages that are gone or have moved.
    pub gone: UrlPath,
    /// Of pages of a kind.
    pub kinds: BTreeMap<String, UrlPath>,
    domains: Vec<UrlPath>,
    people: Vec<UrlPath>,
}

impl ChangeLists {
    /// Gives every list its address.
    pub(super) fn new(
        routes: &mut Routes,
        pages: &Table<PageIx, Page>,
        domains: &Table<DomainIx, Domain>,
        people: &Table<PersonIx, Person>,
    ) -> Self {
        let mut list =
            |sort: &str, id: &str| routes.generated(&format!("changes/{sort}/{}", fold::slug(id)));
        let kinds: BTreeSet<&str> = pages.rows().iter().map(|page| page.kind.as_str()).collect();
        Self {
            kinds: kinds.into_iter().map(|kind| (kind.to_owned(), list("kind", kind))).collect(),
            domains: domains.rows().iter().map(|domain| list("domain", &domain.id)).collect(),
            people: people.rows().iter().map(|person| list("person", &person.id)).collect(),
            gone: routes.generated("changes/gone"),
        }
    }

    /// Returns the list of a domain.
    pub fn domain(&self, domain: DomainIx) -> &UrlPath {
        &self.domains[domain.index()]
    }

    /// Returns the list of a person.
    pub fn person(&self, person: PersonIx) -> &UrlPath {
        &self.people[person.index()]
    }
}
