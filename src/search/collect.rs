//! From the model to what is searched.

use crate::links::LinkGraph;
use crate::model::{Page, PageIx, Person, Site, State};

use super::document::{Document, Section};

/// The most texts of links that a page is known by.
const LINK_TEXTS: usize = 50;

/// Returns a document for every page and for every person without a profile, in the order of the model.
pub fn documents(site: &Site, links: &LinkGraph) -> Vec<Document> {
    let pages = site.pages.ids().map(|ix| page_document(site, links, ix));
    let people = site.people.rows().iter().filter(|person| person.page.is_none() && !person.is_bot);
    pages.chain(people.map(person_document)).collect()
}

fn page_document(site: &Site, links: &LinkGraph, ix: PageIx) -> Document {
    let page = &site.pages[ix];
    let front = &page.document.front_matter;
    let person = site.people.rows().iter().find(|person| person.page == Some(ix));
    let aliases = front.aliases.iter().map(|alias| alias.text.clone());
    let profile = person
        .into_iter()
        .flat_map(|person| person.knows.iter().cloned().chain([person.role.clone()]));
    let names = aliases.chain(front.tags.iter().cloned()).chain(profile);
    let mut link_texts: Vec<String> = links.to(ix).map(|link| link.text.clone()).collect();
    link_texts.sort();
    link_texts.dedup();
    link_texts.truncate(LINK_TEXTS);
    Document {
        url: page.url.as_str().to_owned(),
        title: page.title.clone(),
        names: names.filter(|name| !name.is_empty()).collect(),
        kind: page.kind.clone(),
        domains: page.domains.iter().map(|domain| site.domains[*domain].title.clone()).collect(),
        people: page
            .owner
            .iter()
            .chain(&page.authors)
            .map(|person| site.people[*person].name.clone())
            .collect(),
        trail: trail(site, page),
        lang: page.lang.clone(),
        state: state(page).to_owned(),
        updated: page.updated.as_ref().map(|updated| updated.date.to_string()),
        summary: page.description(),
        link_texts,
        sections: sections(page),
    }
}

/// Returns the word for a page's state; that it records a moment says nothing about how far to trust it.
fn state(page: &Page) -> &'static str {
    let state = if page.state == State::Record { State::None } else { page.state };
    state.as_str()
}

/// Returns where a page lives, for people: its domain, else its folders.
fn trail(site: &Site, page: &Page) -> String {
    if let Some(domain) = page.domains.first() {
        return site.domains[*domain].title.clone();
    }
    let folders = site.trail(page).into_iter().filter(|folder| !folder.path.is_empty());
    folders.map(|folder| folder.title.as_str()).collect::<Vec<_>>().join(" › ")
}

fn sections(page: &Page) -> Vec<Section> {
    let outline = &page.document.outline;
    let sections = outline.sections.iter().map(|section| {
        // The heading that is the page's title leads to the page, not into it.
        let heading = section.heading.filter(|at| !(page.title_in_body && *at == 0));
        let heading = heading.map(|at| &outline.headings[at]);
        Section {
            heading: heading.map_or(String::new(), |heading| heading.text.clone()),
            anchor: heading.map_or(String::new(), |heading| heading.anchor.clone()),
            text: section.text.clone(),
        }
    });
    sections.collect()
}

fn person_document(person: &Person) -> Document {
    Document {
        url: person.url.as_str().to_owned(),
        title: person.name.clone(),
        names: person.aliases.clone(),
        kind: "person".to_owned(),
        domains: Vec::new(),
        people: Vec::new(),
        trail: String::new(),
        lang: String::new(),
        state: "none".to_owned(),
        updated: None,
        summary: String::new(),
        link_texts: Vec::new(),
        sections: Vec::new(),
    }
}
