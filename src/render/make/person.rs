//! The views of people.

use std::collections::BTreeMap;

use crate::base::UrlPath;
use crate::base::id::Id;
use crate::model::{Contribution, Person, PersonIx};
use crate::render::entry::Filter;
use crate::render::view::{
    ActiveIn, ContactView, ContributedPage, ContributionGroup, PeopleView, PersonRow, PersonView,
    RecentView, ThanksView,
};
use crate::theme::Role;

use super::{Maker, quoted};

/// How many recent changes a person's page shows.
const RECENT: usize = 20;

impl Maker<'_> {
    /// Returns the view of a person.
    pub(in crate::render) fn person_view(&self, ix: PersonIx) -> PersonView {
        let site = self.site();
        let person = &site.people[ix];
        let commits = &self.facts.commits_of[ix.index()];
        let since = self.facts.by_person[ix.index()]
            .iter()
            .filter_map(|contribution| contribution.on)
            .min();
        PersonView {
            person: self.person(ix),
            team: person.team.clone(),
            knows: person.knows.clone(),
            languages: person.languages.clone(),
            contact: person.contact.iter().map(|(label, text)| contact(label, text)).collect(),
            aliases: person.aliases.clone(),
            bot: person.is_bot,
            left: person.left.map(|date| self.date(date)),
            body_html: person
                .page
                .map(|page| self.facts.bodies[page.index()].to_string())
                .unwrap_or_default(),
            history_href: person
                .page
                .map(|page| self.history_href(&site.pages[page]))
                .unwrap_or_default(),
            has_profile: person.page.is_some(),
            missing: self.missing(person),
            profile_edit: self.profile_edit(person),
            stewards: self.domain_links(&person.stewards),
            groups: self.groups_of(ix),
            keeps: self.keeps(ix),
            waiting: self.waiting(person),
            contributions: self.contributions(ix),
            thanks: self.thanks(ix),
            active_in: self
                .facts
                .active_in(ix)
                .into_iter()
                .map(|(domain, pages)| ActiveIn { domain: self.domain_link(domain), pages })
                .collect(),
            recent: self.recent(commits),
            changes_href: self.changes_href(Filter::Person(ix)),
            since: since.map(|date| self.date(date)),
            commits: commits.len(),
        }
    }

    /// Returns what a profile lacks, if there is a profile, or a way to write one.
    fn missing(&self, person: &Person) -> Vec<String> {
        if person.page.is_none() && self.input().config.git_host.is_none() {
            return Vec::new();
        }
        person.missing().into_iter().map(|what| self.say(&format!("missing.{what}"))).collect()
    }

    fn profile_edit(&self, person: &Person) -> Option<String> {
        match person.page {
            Some(page) => self.edit(self.site().pages[page].path.as_str()),
            None if person.is_bot => None,
            None => {
                let text = format!(
                    "---\ntitle: {}\nkind: person\nrole: \nknows: []\nphoto: \n---\n",
                    quoted(&person.name)
                );
                self.create(&format!("people/{}.md", person.id), &text)
            }
        }
    }

    fn groups_of(&self, ix: PersonIx) -> Vec<crate::render::view::LinkView> {
        let groups = self.site().pages.iter().filter(|(_, page)| {
            self.facts.role(page) == Role::Group
                && page
                    .field_list("members")
                    .iter()
                    .any(|member| self.site().person(member) == Some(ix))
        });
        groups.map(|(group, _)| self.link(group)).collect()
    }

    fn keeps(&self, ix: PersonIx) -> Vec<crate::render::view::PageRef> {
        let kept = self.site().pages.iter().filter(|(_, page)| page.owner == Some(ix));
        kept.map(|(page, _)| self.page(page)).collect()
    }

    fn waiting(&self, person: &Person) -> Vec<crate::render::view::PageRef> {
        let open = self.facts.open_questions().into_iter();
        let mine = open.filter(|question| {
            let domains = &self.site().pages[*question].domains;
            domains.iter().any(|domain| person.stewards.contains(domain))
        });
        mine.map(|question| self.page(question)).collect()
    }

    /// Returns what somebody contributed, by kind: what they wrote, the largest of the others, edits.
    fn contributions(&self, ix: PersonIx) -> Vec<ContributionGroup> {
        let mut by_deed: BTreeMap<&str, Vec<&Contribution>> = BTreeMap::new();
        for contribution in &self.facts.by_person[ix.index()] {
            if contribution.did != "thanked" {
                by_deed.entry(contribution.did.as_str()).or_default().push(contribution);
            }
        }
        let mut groups: Vec<ContributionGroup> =
            by_deed.into_iter().map(|(did, deeds)| self.contribution_group(did, deeds)).collect();
        // What somebody wrote says most of what they know, what they edited least.
        let rank = |did: &str| match did {
            "wrote" => 0,
            "edited" => 2,
            _ => 1,
        };
        groups.sort_by_key(|group| (rank(&group.did), std::cmp::Reverse(group.count)));
        groups
    }

    fn contribution_group(&self, did: &str, mut deeds: Vec<&Contribution>) -> ContributionGroup {
        deeds.sort_by_key(|deed| (std::cmp::Reverse(deed.on), deed.page));
        let pages = deeds.iter().map(|deed| ContributedPage {
            page: self.page(deed.page),
            date: deed.on.map(|date| self.date(date)),
            note: deed.note.clone(),
        });
        ContributionGroup {
            did: did.to_owned(),
            text: self.deeds(did, deeds.len()),
            count: deeds.len(),
            pages: pages.collect(),
        }
    }

    /// Returns `wrote 12 pages` and the like; a word of a site's own is shown with its number.
    pub(super) fn deeds(&self, did: &str, count: usize) -> String {
        let key = format!("did.{did}");
        let text = self.say_count(&key, count);
        if text == key { format!("{did} ({count})") } else { text }
    }

    fn thanks(&self, ix: PersonIx) -> Vec<ThanksView> {
        let mut thanks: Vec<&&Contribution> = self.facts.by_person[ix.index()]
            .iter()
            .filter(|contribution| contribution.did == "thanked")
            .collect();
        thanks.sort_by_key(|thanks| std::cmp::Reverse(thanks.on));
        let view = |thanks: &&Contribution| ThanksView {
            by: thanks.by.map(|by| self.person(by)),
            date: thanks.on.map(|date| self.date(date)),
            note: thanks.note.clone(),
            page: self.link(thanks.page),
        };
        thanks.into_iter().map(view).collect()
    }

    fn recent(&self, commits: &[usize]) -> Vec<RecentView> {
        let mut recent = Vec::new();
        for index in commits {
            let changes = &self.facts.changes;
            let Ok(at) = changes.binary_search_by_key(index, |change| change.commit) else {
                continue;
            };
            let commit = &self.site().history.commits[*index];
            for page in changes[at].touched.iter().filter_map(|(_, page)| *page) {
                if recent.len() == RECENT {
                    return recent;
                }
                let date = self.date(self.site().moment(commit).date());
                recent.push(RecentView {
                    date,
                    page: self.link(page),
                    subject: commit.subject.clone(),
                    difference_href: self.told_href(page, *index).unwrap_or_default(),
                });
            }
        }
        recent
    }

    /// Returns the view of everybody.
    pub(in crate::render) fn people_view(&self) -> PeopleView {
        let mut view = PeopleView {
            title: self.say("people.title"),
            body_html: self.introduction(),
            profiles: Vec::new(),
            others: Vec::new(),
            former: Vec::new(),
            bots: Vec::new(),
            complete: 0,
        };
        for (ix, person) in self.site().people.iter() {
            let row = self.person_row(ix);
            view.complete += usize::from(person.page.is_some() && person.missing().is_empty());
            let list = match person {
                _ if person.is_bot => &mut view.bots,
                _ if person.left.is_some() => &mut view.former,
                _ if person.page.is_some() => &mut view.profiles,
                _ => &mut view.others,
            };
            list.push(row);
        }
        view
    }

    fn person_row(&self, ix: PersonIx) -> PersonRow {
        let domains = self.facts.active_in(ix);
        let mut pages: Vec<_> =
            self.facts.by_person[ix.index()].iter().map(|contribution| contribution.page).collect();
        pages.dedup();
        PersonRow {
            person: self.person(ix),
            knows: self.site().people[ix].knows.clone(),
            domains: domains.iter().take(3).map(|(domain, _)| self.domain_link(*domain)).collect(),
            pages: pages.len(),
            commits: self.facts.commits_of[ix.index()].len(),
        }
    }

    /// Returns the text of the source's own page at the address that is made; empty if there is none.
    pub(super) fn introduction(&self) -> String {
        let page = self.site().page_at(self.at);
        page.map(|page| self.facts.bodies[page.index()].to_string()).unwrap_or_default()
    }

    /// Returns the trail of a person's page.
    pub(in crate::render) fn person_trail(&self) -> Vec<crate::render::view::Crumb> {
        let people = crate::render::view::Crumb {
            title: self.say("people.title"),
            href: self.href(&UrlPath::of_page("people")),
        };
        vec![self.home_crumb(), people]
    }
}

fn contact(label: &str, text: &str) -> ContactView {
    let href = match label {
        _ if text.starts_with("https://") || text.starts_with("http://") => text.to_owned(),
        "mail" | "email" if text.contains('@') => format!("mailto:{text}"),
        "phone" | "mobile" => format!(
            "tel:{}",
            text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()
        ),
        _ => String::new(),
    };
    ContactView { label: label.to_owned(), text: text.to_owned(), href }
}
