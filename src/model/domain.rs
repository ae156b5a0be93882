//! One domain of a site.

use std::collections::BTreeMap;

use crate::base::id::Table;
use crate::base::{Diagnostic, Diagnostics, UrlPath, fold, suggest};
use crate::source::{Document, Text};
use crate::theme::{Kinds, Role};

use super::page::last_part;
use super::people::Directory;
use super::route::Routes;
use super::{DomainIx, Page, PageIx, PersonIx};

/// A named area of knowledge.
#[derive(Debug, Clone)]
pub struct Domain {
    /// The name of its page's file, else made of its title.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: UrlPath,
    /// Its page in the source.
    pub page: Option<PageIx>,
    /// What it is for, in a line; may be empty.
    pub purpose: String,
    /// Who keeps it.
    pub stewards: Vec<PersonIx>,
    /// Who backs it.
    pub sponsor: Option<PersonIx>,
    /// Its pages.
    pub pages: Vec<PageIx>,
}

/// Gathers the domains that have a page or that a page names, and fills in the domains of the pages.
pub(super) fn gather(
    kinds: &Kinds,
    directory: &Directory,
    pages: &mut Table<PageIx, Page>,
    routes: &mut Routes,
    diagnostics: &mut Diagnostics,
) -> Table<DomainIx, Domain> {
    let mut found = Found::default();
    for (ix, page) in pages.iter().filter(|(_, page)| kinds.role(&page.kind) == Role::Domain) {
        found.add_page(ix, page, directory);
    }
    let described = found.domains.len();
    for (ix, page) in pages.iter() {
        for name in &page.document.front_matter.domains {
            if fold::slug(&name.text).is_empty() {
                continue;
            }
            let at = found.by_key.get(&fold::loose_key(&name.text)).copied().unwrap_or_else(|| {
                if described > 0 {
                    diagnostics.push(unknown_domain(
                        &page.document,
                        name,
                        &found.domains[..described],
                    ));
                }
                found.add_name(&name.text, routes)
            });
            if !found.domains[at].pages.contains(&ix) {
                found.domains[at].pages.push(ix);
            }
        }
    }
    let mut domains = found.domains;
    domains.sort_by_cached_key(|domain| fold::loose_key(&domain.title));
    let domains: Table<DomainIx, Domain> = domains.into_iter().collect();
    for (ix, domain) in domains.iter() {
        for page in &domain.pages {
            pages[*page].domains.push(ix);
        }
    }
    domains
}

#[derive(Default)]
struct Found {
    domains: Vec<Domain>,
    by_key: BTreeMap<String, usize>,
}

impl Found {
    fn add_page(&mut self, ix: PageIx, page: &Page, directory: &Directory) {
        let id = last_part(&page.id);
        let aliases = page.document.front_matter.aliases.iter().map(|alias| alias.text.as_str());
        for key in aliases.chain([id, page.title.as_str()]) {
            self.by_key.entry(fold::loose_key(key)).or_insert(self.domains.len());
        }
        self.domains.push(Domain {
            id: id.to_owned(),
            title: page.title.clone(),
            url: page.url.clone(),
            page: Some(ix),
            purpose: page.document.front_matter.summary.clone().unwrap_or_default(),
            stewards: page
                .field_list("stewards")
                .iter()
                .filter_map(|name| directory.find(name))
                .collect(),
            sponsor: page.field_text("sponsor").and_then(|name| directory.find(name)),
            pages: Vec::new(),
        });
    }

    fn add_name(&mut self, name: &str, routes: &mut Routes) -> usize {
        let url = routes.generated(&format!("domains/{}", fold::slug(name)));
        self.by_key.insert(fold::loose_key(name), self.domains.len());
        self.domains.push(Domain {
            id: last_part(url.as_str().trim_end_matches('/')).to_owned(),
            title: name.to_owned(),
            url,
            page: None,
            purpose: String::new(),
            stewards: Vec::new(),
            sponsor: None,
            pages: Vec::new(),
        });
        self.domains.len() - 1
    }
}

fn unknown_domain(document: &Document, name: &Text, known: &[Domain]) -> Diagnostic {
    let known = known.iter().flat_map(|domain| [domain.id.as_str(), domain.title.as_str()]);
    let help = suggest::closest(&name.text, known).map_or_else(
        || "write a page with `kind: domain` for it".to_owned(),
        |domain| format!("did you mean `{domain}`?"),
    );
    let message = format!("no page describes the domain `{}`", name.text);
    Diagnostic::new("unknown-domain", message).at(document.place(name.span.clone())).help(help)
}
