//! From the model to what is searched.

use std::collections::BTreeMap;

use crate::base::UrlPath;
use crate::base::id::Id;
use crate::links::LinkGraph;
use crate::markdown;
use crate::model::{DomainIx, Page, PageIx, Person, PersonIx, Site, State, field_reference};

use super::document::{Credit, Details, Document, Face, Name, Role, Section};

/// The most texts of links that a page is known by.
const LINK_TEXTS: usize = 50;

/// Returns a document for every page and for every person without a profile, in the order of the model.
pub fn documents(site: &Site, links: &LinkGraph) -> Vec<Document> {
    let replies = site.replies();
    let profiles: BTreeMap<PageIx, PersonIx> =
        site.people.iter().filter_map(|(ix, person)| Some((person.page?, ix))).collect();
    let mut reviewers: BTreeMap<PageIx, Vec<PersonIx>> = BTreeMap::new();
    for contribution in site.contributions.iter().filter(|it| it.did == "reviewed") {
        reviewers.entry(contribution.page).or_default().push(contribution.person);
    }
    let mut documents: Vec<Document> = Vec::with_capacity(site.pages.len());
    for (ix, page) in site.pages.iter() {
        let person = profiles.get(&ix).copied();
        let answered_by = answered_by(site, page, &replies[ix.index()]);
        let successor = successor(site, page);
        let face = person.map(|person| face(site, person));
        let details = Details { answered_by, successor, face };
        let credits = credits(site, page, reviewers.get(&ix).map_or(&[], Vec::as_slice));
        documents.push(Document { credits, ..page_document(site, links, ix, person, details) });
    }
    tell_apart(site, &mut documents);
    let people = site.people.iter().filter(|(_, person)| person.page.is_none() && !person.is_bot);
    documents.extend(people.map(|(ix, person)| person_document(person, face(site, ix))));
    documents
}

/// Returns who stands for a page, wrote it and looked it over; people only.
fn credits(site: &Site, page: &Page, reviewers: &[PersonIx]) -> Vec<Credit> {
    let owner = page.owner.iter().map(|person| (Role::Owner, *person));
    let authors = page.authors.iter().map(|person| (Role::Author, *person));
    let reviewers = reviewers.iter().map(|person| (Role::Reviewer, *person));
    let all = owner.chain(authors).chain(reviewers);
    all.map(|(role, person)| (role, &site.people[person]))
        .filter(|(_, person)| !person.is_bot)
        .map(|(role, person)| Credit {
            person: Name { id: person.id.clone(), name: person.name.clone() },
            url: person.url.as_str().to_owned(),
            role,
        })
        .collect()
}

/// Tells pages of one title and one trail apart by their paths.
fn tell_apart(site: &Site, documents: &mut [Document]) {
    let mut count: BTreeMap<(String, String), usize> = BTreeMap::new();
    for document in documents.iter() {
        *count.entry((document.title.clone(), document.trail.clone())).or_default() += 1;
    }
    for (page, document) in site.pages.rows().iter().zip(documents) {
        if count[&(document.title.clone(), document.trail.clone())] > 1 {
            let gap = if document.trail.is_empty() { "" } else { " · " };
            document.trail = format!("{}{gap}{}", document.trail, page.id);
        }
    }
}

/// Returns who wrote the accepted answer to a question, else all who answered it, the first ones first.
fn answered_by(site: &Site, page: &Page, replies: &[PageIx]) -> Vec<String> {
    let accepted = page.field_text("accepted");
    let accepted =
        accepted.and_then(|value| field_reference(&site.names, page.path.folder(), value));
    let answers = accepted.filter(|answer| replies.contains(answer));
    let answers = answers.map_or_else(|| replies.to_vec(), |answer| vec![answer]);
    let mut names: Vec<String> = Vec::new();
    for answer in answers.iter().filter(|_| page.kind == "question") {
        for author in &site.pages[*answer].authors {
            let name = &site.people[*author].name;
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// Returns the title of the page that holds instead of a page.
fn successor(site: &Site, page: &Page) -> String {
    let named = page.document.front_matter.superseded_by.as_ref();
    let named =
        named.and_then(|value| field_reference(&site.names, page.path.folder(), &value.text));
    named.map(|ix| site.pages[ix].title.clone()).unwrap_or_default()
}

fn face(site: &Site, ix: PersonIx) -> Face {
    let person = &site.people[ix];
    let home = UrlPath::of_page("");
    let photo = site.photo(ix).map(|file| UrlPath::of_file(file.as_str()).href_from(&home));
    Face {
        role: person.role.clone(),
        photo: photo.unwrap_or_default(),
        initials: person.initials(),
        hue: person.hue(),
        left: person.left.is_some(),
    }
}

fn page_document(
    site: &Site,
    links: &LinkGraph,
    ix: PageIx,
    person: Option<PersonIx>,
    details: Details,
) -> Document {
    let page = &site.pages[ix];
    let front = &page.document.front_matter;
    let person = person.map(|person| &site.people[person]);
    let aliases = front.aliases.iter().map(|alias| alias.text.clone());
    let profile = person
        .into_iter()
        .flat_map(|person| person.knows.iter().cloned().chain([person.role.clone()]));
    let names = aliases.chain(front.tags.iter().cloned()).chain(profile);
    let mut link_texts: Vec<String> = links.to(ix).map(|link| link.text().to_owned()).collect();
    link_texts.sort();
    link_texts.dedup();
    link_texts.truncate(LINK_TEXTS);
    Document {
        url: page.url.as_str().to_owned(),
        title: page.title.clone(),
        names: names.filter(|name| !name.is_empty()).collect(),
        kind: page.kind.clone(),
        folder: page.path.folder().to_owned(),
        domains: page.domains.iter().map(|domain| domain_name(site, *domain)).collect(),
        credits: Vec::new(),
        trail: trail(site, page),
        lang: page.lang.clone(),
        state: state(page).to_owned(),
        status: page.status.clone().unwrap_or_default(),
        updated: page.updated.as_ref().map(|updated| updated.date.to_string()),
        summary: page.description(),
        link_texts,
        details,
        sections: sections(page),
    }
}

fn domain_name(site: &Site, ix: DomainIx) -> Name {
    let domain = &site.domains[ix];
    Name { id: domain.id.clone(), name: domain.title.clone() }
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

/// So many sections of a page are results of their own; what follows is found with the last of them.
const SECTIONS: usize = 1_000;

fn sections(page: &Page) -> Vec<Section> {
    let outline = &page.document.outline;
    let heading = |section: &markdown::Section| {
        // The heading that is the page's title leads to the page, not into it.
        let at = section.heading.filter(|at| !(page.title_in_body && *at == 0))?;
        Some(&outline.headings[at])
    };
    let (own, rest) = outline.sections.split_at(outline.sections.len().min(SECTIONS));
    let own = own.iter().map(|section| Section {
        heading: heading(section).map_or(String::new(), |heading| heading.text.clone()),
        anchor: heading(section).map_or(String::new(), |heading| heading.anchor.clone()),
        text: section.text.clone(),
    });
    let mut sections: Vec<Section> = own.collect();
    if let Some(last) = sections.last_mut() {
        for section in rest {
            let title = heading(section).map_or("", |heading| heading.text.as_str());
            for words in [title, &section.text].into_iter().filter(|words| !words.is_empty()) {
                last.text.push(' ');
                last.text.push_str(words);
            }
        }
    }
    sections
}

fn person_document(person: &Person, face: Face) -> Document {
    Document {
        url: person.url.as_str().to_owned(),
        title: person.name.clone(),
        names: person.aliases.clone(),
        kind: "person".to_owned(),
        folder: String::new(),
        domains: Vec::new(),
        credits: Vec::new(),
        trail: String::new(),
        lang: String::new(),
        state: "none".to_owned(),
        status: String::new(),
        updated: None,
        summary: String::new(),
        link_texts: Vec::new(),
        details: Details { face: Some(face), ..Details::default() },
        sections: Vec::new(),
    }
}
