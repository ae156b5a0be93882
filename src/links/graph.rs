//! All links of a site, both ways.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::Place;
use crate::base::id::Id;
use crate::markdown::{Form, Sentence};
use crate::model::{PageIx, Site};

use super::Target;
use super::embed::{self, Embeds, Shows};

/// A link of a page.
#[derive(Debug, Clone)]
pub struct Link {
    /// The page that it stands on.
    pub from: PageIx,
    /// How it was written.
    pub form: Form,
    /// Its destination, as written.
    pub dest: String,
    /// Its text.
    pub text: String,
    /// The sentence around it.
    pub sentence: Sentence,
    /// Where it stands, for people.
    pub place: Place,
    /// Its bytes in the file; in raw HTML those of the address alone.
    pub span: Range<usize>,
    /// Where it leads.
    pub target: Target,
}

/// All links of a site.
#[derive(Debug, Clone, Default)]
pub struct LinkGraph {
    links: Vec<Link>,
    /// For each page the links on it: first and past-the-last.
    outgoing: Vec<std::ops::Range<usize>>,
    /// For each page the links that lead to it from other pages, in the order of those pages.
    incoming: Vec<Vec<usize>>,
    /// For each page the first link of each form and destination.
    by_dest: Vec<BTreeMap<(Form, String), usize>>,
    embeds: Vec<Embeds>,
}

impl LinkGraph {
    /// Makes the graph of the links and the embeds of every page, in the order of the pages.
    pub(super) fn new(pages: Vec<Vec<Link>>, embeds: Vec<Embeds>) -> Self {
        let mut graph = Self { incoming: vec![Vec::new(); pages.len()], embeds, ..Self::default() };
        for links in pages {
            let start = graph.links.len();
            let mut by_dest = BTreeMap::new();
            for link in links {
                let at = graph.links.len();
                by_dest.entry((link.form, link.dest.clone())).or_insert(at);
                if let Some(page) = link.target.page().filter(|page| *page != link.from) {
                    graph.incoming[page.index()].push(at);
                }
                graph.links.push(link);
            }
            graph.outgoing.push(start..graph.links.len());
            graph.by_dest.push(by_dest);
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

    /// Returns how many pages link to a page.
    pub fn linking_pages(&self, page: PageIx) -> usize {
        let mut pages: Vec<PageIx> = self.to(page).map(|link| link.from).collect();
        pages.dedup();
        pages.len()
    }

    /// Returns where a link of this form and destination on a page leads.
    pub fn target(&self, page: PageIx, form: Form, dest: &str) -> Option<&Target> {
        let at = self.by_dest[page.index()].get(&(form, dest.to_owned()))?;
        Some(&self.links[*at].target)
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
