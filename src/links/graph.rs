//! All links of a site, both ways.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::base::SourcePath;
use crate::base::id::Id;
use crate::markdown::Form;
use crate::model::{PageIx, Site};

use super::embed::{self, Embeds, Shows};
use super::link::Link;
use super::mention::Mention;
use super::target::Target;
use super::wanted::{self, Wanted};

/// All links of a site.
#[derive(Debug, Clone, Default)]
pub struct LinkGraph {
    links: Vec<Link>,
    /// For each page the links on it: first and past-the-last.
    outgoing: Vec<std::ops::Range<usize>>,
    /// For each page the links that lead to it from other pages, in the order of those pages.
    incoming: Vec<Vec<usize>>,
    /// For each page the first link of each destination, by its form.
    by_dest: Vec<ByDest>,
    /// For each file whose text is shown the links that lead to it, in the order of their pages.
    to_code: BTreeMap<SourcePath, Vec<usize>>,
    embeds: Vec<Embeds>,
    /// For each page where it is named without a link.
    mentions: Vec<Vec<Mention>>,
    wanted: Vec<Wanted>,
    /// The wanted page of each link that asks for one.
    wanted_by: BTreeMap<usize, usize>,
}

/// What else is worked out of the links of every page.
#[derive(Debug)]
pub(super) struct Derived {
    /// For each page what it shows of others.
    pub(super) embeds: Vec<Embeds>,
    /// For each page where it is named without a link.
    pub(super) mentions: Vec<Vec<Mention>>,
}

impl LinkGraph {
    /// Makes the graph of the links of every page, in the order of the pages.
    pub(super) fn new(site: &Site, pages: Vec<Vec<Link>>, derived: Derived) -> Self {
        let Derived { embeds, mentions } = derived;
        let incoming = vec![Vec::new(); pages.len()];
        let mut graph = Self { incoming, embeds, mentions, ..Self::default() };
        graph.links.reserve_exact(pages.iter().map(Vec::len).sum());
        for links in pages {
            let start = graph.links.len();
            for link in links {
                let at = graph.links.len();
                if let Some(page) = link.target.page().filter(|page| *page != link.from) {
                    graph.incoming[page.index()].push(at);
                }
                if let Target::Code { file, .. } = &link.target {
                    graph.to_code.entry(file.clone()).or_default().push(at);
                }
                graph.links.push(link);
            }
            let of_page = start..graph.links.len();
            graph.by_dest.push(firsts(&graph.links, of_page.clone()));
            graph.outgoing.push(of_page);
        }
        graph.wanted = wanted::gather(site, &graph.links);
        for (at, wanted) in graph.wanted.iter().enumerate() {
            graph.wanted_by.extend(wanted.links.iter().map(|link| (*link, at)));
        }
        graph
    }

    /// Returns every link, by page and place.
    pub fn all(&self) -> &[Link] {
        &self.links
    }

    /// Returns the links on a page, in order.
    pub fn on(&self, page: PageIx) -> &[Link] {
        &self.links[self.outgoing[page.index()].clone()]
    }

    /// Returns the links that lead to a page from other pages, in the order of those pages.
    pub fn to(&self, page: PageIx) -> impl Iterator<Item = &Link> {
        self.incoming[page.index()].iter().map(|at| &self.links[*at])
    }

    /// Returns the links that lead to the text of a file, in the order of the pages that they stand on.
    pub fn to_file(&self, file: &SourcePath) -> impl Iterator<Item = &Link> {
        let links = self.to_code.get(file).map(Vec::as_slice).unwrap_or_default();
        links.iter().map(|at| &self.links[*at])
    }

    /// Returns how many pages link to a page.
    pub fn linking_pages(&self, page: PageIx) -> usize {
        let mut pages: Vec<PageIx> = self.to(page).map(|link| link.from).collect();
        pages.dedup();
        pages.len()
    }

    /// Returns where a link of this form and destination on a page leads.
    pub fn target(&self, page: PageIx, form: Form, dest: &str) -> Option<&Target> {
        Some(&self.links[self.first(page, form, dest)?].target)
    }

    /// Returns where a page is named without a link, in the order of the pages that name it.
    pub fn mentions(&self, page: PageIx) -> &[Mention] {
        &self.mentions[page.index()]
    }

    /// Returns the pages that links name and that do not exist, the most wanted first.
    pub fn wanted(&self) -> &[Wanted] {
        &self.wanted
    }

    /// Returns the links that ask for a wanted page, by page and place.
    pub fn asking_for<'g>(&'g self, wanted: &'g Wanted) -> impl Iterator<Item = &'g Link> {
        wanted.links.iter().map(|at| &self.links[*at])
    }

    /// Returns the wanted page that a link of this form and destination on a page asks for.
    pub fn wanted_by(&self, page: PageIx, form: Form, dest: &str) -> Option<&Wanted> {
        let at = self.first(page, form, dest)?;
        self.wanted_by.get(&at).map(|wanted| &self.wanted[*wanted])
    }

    /// Returns the first link of this form and destination on a page.
    fn first(&self, page: PageIx, form: Form, dest: &str) -> Option<usize> {
        self.by_dest[page.index()].get(dest)?[form as usize]
    }

    /// Returns what a page shows of other pages.
    pub fn embeds(&self, page: PageIx) -> &Embeds {
        &self.embeds[page.index()]
    }

    /// Returns the headings that a page shows, its title left out, those of embedded texts where they stand.
    pub fn contents<'s>(&self, site: &'s Site, page: PageIx) -> Vec<Shows<'s>> {
        embed::contents(site, self.embeds(page), page)
    }
}

/// The first link of each destination of a page, by how it was written.
type ByDest = HashMap<Arc<str>, [Option<usize>; Form::COUNT]>;

/// Returns the first link of each destination and form among those of a page.
fn firsts(links: &[Link], of_page: std::ops::Range<usize>) -> ByDest {
    let mut firsts = ByDest::new();
    for at in of_page {
        let Link { form, dest, .. } = &links[at];
        match firsts.get_mut(dest) {
            Some(forms) => {
                forms[*form as usize].get_or_insert(at);
            }
            None => {
                let mut forms = [None; Form::COUNT];
                forms[*form as usize] = Some(at);
                firsts.insert(dest.clone(), forms);
            }
        }
    }
    firsts
}
