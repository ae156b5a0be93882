//! The model as JSON Lines, for other tools and for tests; schemas of what authors write, for
//! editors; and former addresses as rules for web servers.
//!
//! One record a line, each with a `type`: `page`, `link`, `person`, `domain`, `revision`, `contribution`. Ids are those that people
//! see (`handbook/expenses`, `anna`), never the dense ids of the model. No e-mail address is among them.

mod rules;
pub mod schema;

pub use rules::rules;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::links::{Link, LinkGraph, Target};
use crate::markdown::Form;
use crate::model::{DomainIx, Evidence, PersonIx, Site, Small};

/// Returns every record, in an order that is always the same.
pub fn records<'a>(site: &'a Site, links: &'a LinkGraph) -> impl Iterator<Item = Value> + 'a {
    let exporter = Exporter { site };
    let pages = site.pages.ids().map(move |ix| exporter.page(ix));
    let links = links.all().iter().map(move |link| exporter.link(link));
    let people = site.people.ids().map(move |ix| exporter.person(ix));
    let domains = site.domains.ids().map(move |ix| exporter.domain(ix));
    let revisions = site.pages.ids().flat_map(move |ix| exporter.revisions(ix));
    let contributions =
        site.contributions.iter().map(move |contribution| exporter.contribution(contribution));
    pages.chain(links).chain(people).chain(domains).chain(revisions).chain(contributions)
}

#[derive(Clone, Copy)]
struct Exporter<'a> {
    site: &'a Site,
}

impl<'a> Exporter<'a> {
    fn people(self, people: &[PersonIx]) -> Vec<&'a str> {
        people.iter().map(|person| self.site.people[*person].id.as_str()).collect()
    }

    fn domains(self, domains: &[DomainIx]) -> Vec<&'a str> {
        domains.iter().map(|domain| self.site.domains[*domain].id.as_str()).collect()
    }

    fn page(self, ix: crate::model::PageIx) -> Value {
        let page = &self.site.pages[ix];
        json!({
            "type": "page",
            "id": page.id,
            "title": page.title,
            "url": page.url.to_string(),
            "path": page.path.as_str(),
            "kind": page.kind,
            "status": page.status,
            "state": page.state.as_str(),
            "domains": self.domains(&page.domains),
            "authors": self.people(&page.authors),
            "owner": page.owner.map(|owner| &self.site.people[owner].id),
            "created": page.created,
            "updated": page.updated.as_ref().map(|updated| updated.date),
            "reworded": page.dates.reworded.as_ref().map(|reworded| reworded.date),
            "touched": page.dates.touched,
            "before": page.dates.before,
            "lang": page.lang,
            "words": page.document.outline.words,
            "tags": page.document.front_matter.tags,
            "aliases": page.document.front_matter.aliases.iter().map(|alias| &alias.text).collect::<Vec<_>>(),
            "extra": page.document.front_matter.other.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect::<serde_json::Map<_, _>>(),
        })
    }

    fn link(self, link: &Link) -> Value {
        let (to, fragment) = match &link.target {
            Target::Page { page, anchor } => {
                (Some(self.site.pages[*page].url.to_string()), anchor.clone())
            }
            Target::Generated(url) => (Some(url.to_string()), None),
            Target::File(file) => (Some(format!("/{file}")), None),
            Target::Code { file, line } => {
                let url = self.site.code_files[file].to_string();
                (Some(url), line.map(|line| format!("L{line}")))
            }
            Target::External(address) => (Some(address.clone()), None),
            Target::Missing | Target::Text => (None, None),
        };
        json!({
            "type": "link",
            "from": self.site.pages[link.from].id,
            "to": to,
            "fragment": fragment,
            "target": target_name(&link.target),
            "text": link.text(),
            "kind": form_name(link.form),
            "dest": &*link.dest,
            "path": link.place.path,
            "line": link.place.line,
            "column": link.place.column,
        })
    }

    fn person(self, ix: PersonIx) -> Value {
        let person = &self.site.people[ix];
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for contribution in
            self.site.contributions.iter().filter(|contribution| contribution.person == ix)
        {
            *counts.entry(contribution.did.as_str()).or_default() += 1;
        }
        json!({
            "type": "person",
            "id": person.id,
            "name": person.name,
            "url": person.url.to_string(),
            "aliases": person.aliases,
            "bot": person.is_bot,
            "contributions": counts,
        })
    }

    fn domain(self, ix: DomainIx) -> Value {
        let domain = &self.site.domains[ix];
        json!({
            "type": "domain",
            "id": domain.id,
            "title": domain.title,
            "url": domain.url.to_string(),
            "purpose": domain.purpose,
            "stewards": self.people(&domain.stewards),
            "pages": domain.pages.iter().map(|page| self.site.pages[*page].id.as_str()).collect::<Vec<_>>(),
        })
    }

    fn revisions(self, ix: crate::model::PageIx) -> impl Iterator<Item = Value> + 'a {
        let page = &self.site.pages[ix];
        page.revisions.iter().map(move |revision| {
            let (commit, change) = self.site.revision(*revision);
            json!({
                "type": "revision",
                "page": page.id,
                "commit": commit.id.to_string(),
                "date": self.site.moment(commit).rfc3339(),
                "people": self.people(self.site.writers(revision.commit)),
                "reviewers": self.people(&self.site.reviewers(commit)),
                "subject": commit.subject,
                "path": change.path.as_str(),
                "change": change.kind.as_str(),
                "added": change.added,
                "removed": change.removed,
                "sections": change.sections.iter().map(|section| section.as_str()).collect::<Vec<_>>(),
                "small": self.site.small(*revision).map(Small::as_str),
            })
        })
    }

    fn contribution(self, contribution: &crate::model::Contribution) -> Value {
        json!({
            "type": "contribution",
            "person": self.site.people[contribution.person].id,
            "page": self.site.pages[contribution.page].id,
            "did": contribution.did,
            "on": contribution.on,
            "note": contribution.note,
            "by": contribution.by.map(|by| &self.site.people[by].id),
            "commits": match contribution.evidence {
                Evidence::Commits(count) => Some(count),
                Evidence::FrontMatter => None,
            },
        })
    }
}

fn target_name(target: &Target) -> &'static str {
    match target {
        Target::Page { .. } => "page",
        Target::Generated(_) => "list",
        Target::File(_) | Target::Code { .. } => "file",
        Target::External(_) => "external",
        Target::Missing => "missing",
        Target::Text => "text",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Link => "link",
        Form::Image => "image",
        Form::Wiki => "wikilink",
        Form::WikiEmbed => "embed",
        Form::HtmlLink => "html-link",
        Form::HtmlImage => "html-image",
    }
}
