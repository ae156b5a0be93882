//! What views choose from: facts of the whole site, worked out once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::id::Id;
use crate::base::{Date, Fingerprint, Fingerprinter, UrlPath};
use crate::missed::Missed;
use crate::model::{Contribution, Domain, DomainIx, Page, PageIx, PersonIx};
use crate::theme::Role;

use super::Input;
use super::alphabet::Alphabet;
use super::difference::Shown;
use super::entry::{self, Entry, Filter};
use super::touched::{self, CommitChanges};
use super::view::{HasView, SiteView};

/// Facts of a site.
pub(super) struct Facts<'a> {
    /// What they were gathered from.
    pub(super) input: Input<'a>,
    /// What every page shows of the site.
    pub(super) site_view: SiteView,
    /// What every page follows from: the theme, and what is shown of the site.
    pub(super) ground: Fingerprint,
    /// Which revisions have a page that tells what they changed.
    pub(super) shown: Shown,
    /// The kinds of its pages.
    pub(super) kinds: BTreeSet<&'a str>,
    /// The kinds of its pages with the statuses that pages have.
    pub(super) statuses: BTreeSet<(&'a str, &'a str)>,
    /// Titles and names from A to Z.
    pub(super) alphabet: Alphabet,
    /// The text of each page.
    pub(super) bodies: &'a [Arc<str>],
    /// What readers searched for in vain.
    pub(super) missed: &'a Missed,
    /// The pages that reply to each page.
    pub(super) replies: Vec<Vec<PageIx>>,
    /// The contributions of each person.
    pub(super) by_person: Vec<Vec<&'a Contribution>>,
    /// The commits of each person, newest first.
    pub(super) commits_of: Vec<Vec<usize>>,
    /// Commits that touched a page that is or was, newest first, with what they touched.
    pub(super) changes: Vec<CommitChanges>,
    /// What people did to pages, by day.
    pub(super) entries: Vec<Entry>,
    /// The entries of each list of changes.
    pub(super) lists: BTreeMap<Filter<'a>, Vec<usize>>,
}

impl<'a> Facts<'a> {
    /// Gathers the facts.
    pub(super) fn gather(input: Input<'a>, bodies: &'a [Arc<str>], missed: &'a Missed) -> Self {
        let site = input.site;
        let mut by_person = vec![Vec::new(); site.people.len()];
        for contribution in &site.contributions {
            by_person[contribution.person.index()].push(contribution);
        }
        let changes = touched::changes(site);
        let mut commits_of = vec![Vec::new(); site.people.len()];
        for change in &changes {
            for person in site.writers(change.commit) {
                commits_of[person.index()].push(change.commit);
            }
        }
        let entries = entry::entries(site, &changes);
        let site_view = site_view(input, !changes.is_empty());
        Self {
            input,
            ground: ground(input, &site_view),
            site_view,
            shown: Shown::of(input.config, site),
            kinds: site.pages.rows().iter().map(|page| page.kind.as_str()).collect(),
            statuses: site
                .pages
                .rows()
                .iter()
                .filter_map(|page| Some((page.kind.as_str(), page.status.as_deref()?)))
                .collect(),
            alphabet: Alphabet::of(site, &input.theme.kinds),
            bodies,
            missed,
            replies: site.replies(),
            by_person,
            commits_of,
            lists: entry::lists(site, &entries),
            entries,
            changes,
        }
    }

    /// Returns whether there is a list of wanted pages: links ask for some, or readers searched for something in vain.
    pub(super) fn has_wanted(&self) -> bool {
        !self.input.links.wanted().is_empty() || !self.missed.searches.is_empty()
    }

    /// Returns the role of a page's kind.
    pub(super) fn role(&self, page: &Page) -> Role {
        self.input.theme.kinds.role(&page.kind)
    }

    /// Returns the address of the list of questions, if there are any.
    pub(super) fn questions_url(&self) -> Option<&'a UrlPath> {
        questions_url(self.input)
    }

    /// Returns the questions that nobody answered to the asker's satisfaction, oldest first.
    pub(super) fn open_questions(&self) -> Vec<PageIx> {
        let pages = self.input.site.pages.iter();
        let open =
            pages.filter(|(ix, page)| self.role(page) == Role::Question && self.is_open(*ix));
        let mut open: Vec<(Option<Date>, PageIx)> =
            open.map(|(ix, page)| (page.created, ix)).collect();
        open.sort();
        open.into_iter().map(|(_, ix)| ix).collect()
    }

    /// Returns whether a question waits: its status says so, or it has none and no answer.
    pub(super) fn is_open(&self, ix: PageIx) -> bool {
        match self.input.site.pages[ix].status.as_deref() {
            Some(status) => status == "open",
            None => self.replies[ix.index()].is_empty(),
        }
    }

    /// Returns the pages of a domain that readers look for: not its own page, nor people, replies and other domains.
    pub(super) fn pages_of(&self, domain: &Domain) -> Vec<PageIx> {
        let is_content = |ix: &PageIx| {
            !matches!(
                self.role(&self.input.site.pages[*ix]),
                Role::Person | Role::Domain | Role::Reply
            )
        };
        domain.pages.iter().copied().filter(is_content).collect()
    }

    /// Returns how many pages of each domain somebody contributed to, most first.
    pub(super) fn active_in(&self, person: PersonIx) -> Vec<(DomainIx, usize)> {
        let mut pages: BTreeMap<DomainIx, BTreeSet<PageIx>> = BTreeMap::new();
        for contribution in &self.by_person[person.index()] {
            for domain in &self.input.site.pages[contribution.page].domains {
                pages.entry(*domain).or_default().insert(contribution.page);
            }
        }
        let mut counts: Vec<(DomainIx, usize)> =
            pages.into_iter().map(|(domain, pages)| (domain, pages.len())).collect();
        counts.sort_by_key(|(domain, count)| (std::cmp::Reverse(*count), *domain));
        counts
    }
}

fn questions_url(input: Input<'_>) -> Option<&UrlPath> {
    let mut kinds = input.theme.kinds.iter().filter(|kind| kind.role == Role::Question);
    kinds.find_map(|kind| input.site.kind_lists.get(&kind.id))
}

fn ground(input: Input<'_>, site_view: &SiteView) -> Fingerprint {
    let shown = serde_json::to_vec(site_view).expect("views are plain values");
    Fingerprinter::new().add(input.theme.fingerprint.to_string().as_bytes()).add(&shown).finish()
}

fn site_view(input: Input<'_>, has_changes: bool) -> SiteView {
    let site = input.site;
    SiteView {
        name: site.name.clone(),
        purpose: input.config.purpose.clone(),
        public: input.config.public,
        search_report: input.config.search.report.clone(),
        commit: site.history.commits.first().map(|commit| commit.id.short()),
        has: HasView {
            domains: !site.domains.is_empty(),
            questions: questions_url(input).is_some(),
            people: !site.people.is_empty(),
            changes: has_changes,
        },
    }
}
