//! The views of domains.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Id;
use crate::model::{Contribution, Domain, DomainIx, Page, PageIx, PersonIx, State};
use crate::render::entry::Filter;
use crate::render::view::{
    Crumb, DomainCard, DomainView, DomainsView, ExpertView, HealthView, KindGroup, LonelyView,
    WantedView,
};
use crate::theme::Role;

use super::{Maker, quoted};

/// How many experts a domain names.
const EXPERTS: usize = 5;

/// How many changes a domain shows.
const CHANGES: usize = 10;

impl Maker<'_> {
    /// Returns the view of all domains.
    pub(in crate::render) fn domains_view(&self) -> DomainsView {
        let pages = self.site().pages.rows().iter();
        let is_content = |page: &&Page| {
            matches!(self.facts.role(page), Role::Plain | Role::Question | Role::Term)
        };
        DomainsView {
            title: self.say("domains.title"),
            body_html: self.introduction(),
            domains: self.domain_cards(),
            without: pages.filter(is_content).filter(|page| page.domains.is_empty()).count(),
        }
    }

    /// Returns every domain for a list.
    pub(super) fn domain_cards(&self) -> Vec<DomainCard> {
        self.site().domains.iter().map(|(_, domain)| self.domain_card(domain)).collect()
    }

    fn domain_card(&self, domain: &Domain) -> DomainCard {
        let pages = self.facts.pages_of(domain);
        DomainCard {
            title: domain.title.clone(),
            href: self.href(&domain.url),
            purpose: domain.purpose.clone(),
            stewards: self.people(&domain.stewards),
            pages: pages.len(),
            questions: self.open_among(&pages).len(),
            health: self.health(&pages),
        }
    }

    fn open_among(&self, pages: &[PageIx]) -> Vec<PageIx> {
        self.facts
            .open_questions()
            .into_iter()
            .filter(|question| pages.contains(question))
            .collect()
    }

    fn health(&self, pages: &[PageIx]) -> HealthView {
        let mut health = HealthView::default();
        for page in pages {
            match self.site().pages[*page].state {
                State::Current => health.current += 1,
                State::Due => health.due += 1,
                State::Overdue => health.overdue += 1,
                State::None | State::Draft | State::Superseded | State::Record => health.other += 1,
            }
        }
        let reviewed = health.current + health.due + health.overdue;
        if let Some(percent) = (health.current * 100).checked_div(reviewed) {
            health.current_percent = percent / 5 * 5;
        }
        health
    }

    /// Returns the view of a domain.
    pub(in crate::render) fn domain_view(&self, ix: DomainIx) -> DomainView {
        let site = self.site();
        let domain = &site.domains[ix];
        let pages = self.facts.pages_of(domain);
        let (experts, other_helpers) = self.experts(domain);
        let is_overdue = |page: &&PageIx| site.pages[**page].state == State::Overdue;
        let overdue: Vec<PageIx> = pages.iter().filter(is_overdue).copied().collect();
        let page = domain.page.map(|page| &site.pages[page]);
        DomainView {
            title: domain.title.clone(),
            title_id: page.and_then(|page| page.title_anchor.clone()).unwrap_or_default(),
            purpose: domain.purpose.clone(),
            body_html: domain
                .page
                .map(|page| self.facts.bodies[page.index()].to_string())
                .unwrap_or_default(),
            history_href: page.map(|page| self.history_href(page)).unwrap_or_default(),
            has_page: domain.page.is_some(),
            stewards: self.people(&domain.stewards),
            sponsor: domain.sponsor.map(|sponsor| self.person(sponsor)),
            propose: self.propose(domain),
            experts,
            other_helpers,
            kinds: self.kinds(&pages),
            pages: pages.len(),
            questions: self.pages(&self.open_among(&pages)),
            wanted: self.wanted(domain),
            health: self.health(&pages),
            overdue: self.pages(&overdue),
            orphans: self.orphans(&pages),
            lonely: self.lonely(&pages),
            groups: pages
                .iter()
                .filter(|page| self.facts.role(&site.pages[**page]) == Role::Group)
                .map(|page| self.link(*page))
                .collect(),
            changes: self.changes_of(ix, CHANGES),
            changes_href: self.changes_href(Filter::Domain(ix)),
        }
    }

    fn propose(&self, domain: &Domain) -> Option<String> {
        match domain.page {
            Some(page) => self.edit(self.site().pages[page].path.as_str()),
            None => {
                let text = format!(
                    "---\ntitle: {}\nkind: domain\nsummary: \nstewards: []\n---\n",
                    quoted(&domain.title)
                );
                self.create(&format!("domains/{}.md", domain.id), &text)
            }
        }
    }

    /// Returns who did most for the pages of a domain, and how many others helped.
    fn experts(&self, domain: &Domain) -> (Vec<ExpertView>, usize) {
        let mut deeds: BTreeMap<PersonIx, Vec<&Contribution>> = BTreeMap::new();
        for page in &domain.pages {
            for contribution in self.site().contributions_to(*page) {
                if contribution.did != "thanked" && !self.site().people[contribution.person].is_bot
                {
                    deeds.entry(contribution.person).or_default().push(contribution);
                }
            }
        }
        let mut ranked: Vec<(PersonIx, Vec<&Contribution>)> = deeds.into_iter().collect();
        ranked.sort_by_key(|(person, deeds)| {
            let weight: usize = deeds.iter().map(|deed| weight(&deed.did)).sum();
            (self.site().people[*person].left.is_some(), std::cmp::Reverse(weight), *person)
        });
        let others = ranked.len().saturating_sub(EXPERTS);
        ranked.truncate(EXPERTS);
        let experts = ranked.into_iter().map(|(person, deeds)| ExpertView {
            person: self.person(person),
            knows: self.site().people[person].knows.clone(),
            ground: self.ground(&deeds),
        });
        (experts.collect(), others)
    }

    /// Returns on what ground somebody is named: their deeds in words, most first.
    fn ground(&self, deeds: &[&Contribution]) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for deed in deeds {
            *counts.entry(deed.did.as_str()).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(did, count)| (std::cmp::Reverse(weight(did) * count), *did));
        let words: Vec<String> =
            counts.into_iter().take(3).map(|(did, count)| self.deeds(did, count)).collect();
        words.join(", ")
    }

    /// Returns pages by kind; within a kind the most linked first.
    fn kinds(&self, pages: &[PageIx]) -> Vec<KindGroup> {
        let mut by_kind: BTreeMap<(i32, &str), Vec<PageIx>> = BTreeMap::new();
        for ix in pages {
            let page = &self.site().pages[*ix];
            if matches!(self.facts.role(page), Role::Group)
                || (self.facts.role(page) == Role::Question && self.facts.is_open(*ix))
            {
                continue;
            }
            let order = self.kind(page).map_or(50, |kind| kind.order);
            by_kind.entry((order, page.kind.as_str())).or_default().push(*ix);
        }
        let groups = by_kind.into_iter().map(|((_, kind), mut pages)| {
            pages.sort_by_key(|page| {
                (std::cmp::Reverse(self.input().links.linking_pages(*page)), *page)
            });
            let plural = self
                .input()
                .theme
                .kinds
                .get(kind)
                .map_or(kind, |known| known.plural.text(self.lang));
            KindGroup { kind: kind.to_owned(), title: plural.to_owned(), pages: self.pages(&pages) }
        });
        groups.collect()
    }

    fn wanted(&self, domain: &Domain) -> Vec<WantedView> {
        let links = self.input().links;
        let wanted = links.wanted().iter().filter_map(|wanted| {
            let asking: BTreeSet<PageIx> = links.asking_for(wanted).map(|link| link.from).collect();
            let from: Vec<PageIx> =
                asking.into_iter().filter(|page| domain.pages.contains(page)).collect();
            let domains = format!("domains: [{}]\n", domain.id);
            (!from.is_empty()).then(|| WantedView {
                title: wanted.name.clone(),
                links: wanted.pages,
                from: from.iter().map(|page| self.link(*page)).collect(),
                create: self.create_wanted(wanted, &domains),
            })
        });
        wanted.collect()
    }

    fn orphans(&self, pages: &[PageIx]) -> Vec<crate::render::view::LinkView> {
        let is_orphan = |page: &&PageIx| self.input().links.to(**page).next().is_none();
        pages.iter().filter(is_orphan).map(|page| self.link(*page)).collect()
    }

    /// Returns the pages that only one person ever committed or wrote.
    fn lonely(&self, pages: &[PageIx]) -> Vec<LonelyView> {
        let mut lonely = Vec::new();
        for page in pages {
            let contributions = self.site().contributions_to(*page).iter();
            let people: BTreeSet<PersonIx> =
                contributions.filter(|c| c.did != "thanked").map(|c| c.person).collect();
            if let (1, Some(only)) = (people.len(), people.first()) {
                lonely.push(LonelyView {
                    page: self.link(*page),
                    name: self.site().people[*only].name.clone(),
                });
            }
        }
        lonely
    }

    /// Returns the trail of a domain's page.
    pub(in crate::render) fn domain_trail(&self) -> Vec<Crumb> {
        let domains = Crumb {
            title: self.say("domains.title"),
            href: self.href(&crate::base::UrlPath::of_page("domains")),
        };
        vec![self.home_crumb(), domains]
    }
}

/// How much a deed says of somebody's knowledge.
fn weight(did: &str) -> usize {
    match did {
        "wrote" | "answered" => 3,
        "reviewed" | "translated" | "curated" => 2,
        _ => 1,
    }
}
