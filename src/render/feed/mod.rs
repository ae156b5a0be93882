//! Feeds: the newest changes of the site, of a domain, a kind, a person or a page, for feed readers.
//!
//! Each is written twice, as Atom (`atom`) and as JSON Feed (`json`). Feed readers show entries far from the site, so every
//! address in a feed is a full one, and without the site's own address there are no feeds.

mod atom;
mod content;
mod entry;
mod json;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::base::{Diagnostic, Diagnostics, Place, UrlPath};
use crate::model::Site;
use crate::output::OutputTree;

use super::entry::Filter;
use super::facts::Facts;
use super::make::Maker;
use super::view::FeedView;
use content::{Feed, Scope, urn};

/// Every feed of a site, by the address of what it is about. Of two that want one address the wider has it.
pub(super) struct Feeds<'a>(BTreeMap<UrlPath, Scope<'a>>);

impl<'a> Feeds<'a> {
    /// Lists the feeds; there are none without the site's address, and none of what has no history.
    pub(super) fn of(facts: &Facts<'a>) -> Self {
        let site = facts.input.site;
        let mut feeds = BTreeMap::new();
        if facts.input.config.url.is_none() || facts.changes.is_empty() {
            return Self(feeds);
        }
        let mut add = |at: &UrlPath, scope: Scope<'a>| {
            feeds.entry(at.clone()).or_insert(scope);
        };
        add(&UrlPath::of_page(""), Scope::Site);
        site.domains.iter().for_each(|(ix, domain)| add(&domain.url, Scope::Domain(ix)));
        site.people.iter().for_each(|(ix, person)| add(&person.url, Scope::Person(ix)));
        for kind in site.change_lists.kinds.keys() {
            if site.kind_lists.contains_key(kind) || facts.lists.contains_key(&Filter::Kind(kind)) {
                add(kind_url(site, kind), Scope::Kind(kind));
            }
        }
        let pages = site.pages.iter().filter(|(_, page)| !page.revisions.is_empty());
        pages.for_each(|(ix, page)| add(&page.url, Scope::Page(ix)));
        Self(feeds)
    }

    /// Writes all feeds.
    pub(super) fn write(&self, facts: &Facts<'_>) -> OutputTree {
        let feeds: Vec<(&UrlPath, &Scope<'_>)> = self.0.iter().collect();
        let written = feeds.into_par_iter().flat_map_iter(|(at, scope)| {
            let feed = feed(facts, at, *scope);
            [(atom_url(at), atom::write(&feed)), (json_url(at), json::write(&feed))]
        });
        let mut tree = OutputTree::new();
        for (url, text) in written.collect::<Vec<_>>() {
            tree.insert_bytes(url.output_path(), text.into_bytes());
        }
        tree
    }

    /// Returns the feed that a reader of the page at hand may want to follow.
    pub(super) fn view(&self, maker: &Maker<'_>, about: &UrlPath) -> Option<FeedView> {
        let front = UrlPath::of_page("");
        let (at, scope) = self.0.get_key_value(about).or_else(|| self.0.get_key_value(&front))?;
        let name = maker.feed_name(*scope);
        Some(FeedView {
            follow: maker.say_with("feed.follow", &[("name", &name)]),
            title: maker.say_with("feed.title", &[("name", &name)]),
            atom: maker.href(&atom_url(at)),
            json: maker.href(&json_url(at)),
        })
    }
}

/// Returns the address of what the feed of a kind is about: the list of its pages, or of their changes if there is none.
pub(super) fn kind_url<'s>(site: &'s Site, kind: &str) -> &'s UrlPath {
    site.kind_lists.get(kind).unwrap_or_else(|| &site.change_lists.kinds[kind])
}

/// Tells that feeds need the site's address, to those who configure a site at all.
pub(super) fn findings(facts: &Facts<'_>) -> Diagnostics {
    let config = facts.input.config;
    let is_missed = config.is_written && config.url.is_none() && !facts.changes.is_empty();
    let finding = is_missed.then(|| {
        let message = "there are no feeds: nobody knows the address at which the site is read";
        let place = Place::of_file("polder.yml");
        Diagnostic::new("feed-needs-url", message).at(place).help("add `url: https://…`")
    });
    finding.into_iter().collect()
}

fn atom_url(at: &UrlPath) -> UrlPath {
    UrlPath::of_file(&format!("{}feed.xml", at.as_str()))
}

fn json_url(at: &UrlPath) -> UrlPath {
    UrlPath::of_file(&format!("{}feed.json", at.as_str()))
}

fn feed(facts: &Facts<'_>, at: &UrlPath, scope: Scope<'_>) -> Feed {
    let input = facts.input;
    let lang = match scope {
        Scope::Page(ix) => input.theme.messages.language(&input.site.pages[ix].lang),
        _ => input.theme.messages.language(&input.site.lang),
    };
    let maker = Maker { facts, at, lang, root: "" };
    let full = |url: &UrlPath| maker.full(url);
    let name = maker.feed_name(scope);
    Feed {
        id: urn(&[&input.site.name, at.as_str()]),
        title: maker.say_with("feed.title", &[("name", &name)]),
        lang: lang.to_owned(),
        home: full(at),
        atom: full(&atom_url(at)),
        json: full(&json_url(at)),
        entries: maker.entries(scope),
    }
}

impl Maker<'_> {
    /// Returns the full address of a page or file.
    fn full(&self, url: &UrlPath) -> String {
        let site = self.facts.input.config.url.as_deref().unwrap_or_default();
        format!("{site}{}", url.absolute())
    }

    fn feed_name(&self, scope: Scope<'_>) -> String {
        let site = self.facts.input.site;
        match scope {
            Scope::Site => site.name.clone(),
            Scope::Domain(ix) => site.domains[ix].title.clone(),
            Scope::Person(ix) => site.people[ix].name.clone(),
            Scope::Page(ix) => site.pages[ix].title.clone(),
            Scope::Kind(id) => {
                let kind = self.facts.input.theme.kinds.get(id);
                kind.map_or(id, |kind| kind.plural.text(self.lang)).to_owned()
            }
        }
    }
}
