//! The view of the front page.

use std::collections::BTreeMap;

use crate::base::id::Id;
use crate::base::{Date, UrlPath};
use crate::model::{PageIx, PersonIx};
use crate::render::view::{Counts, HelperView, HomeView, QuestionView};

use super::Maker;

/// How many days count as “lately”.
const LATELY: i32 = 30;

impl Maker<'_> {
    /// Returns the view of the front page.
    pub(in crate::render) fn home_view(&self) -> HomeView {
        let site = self.site();
        let page = site.page_at(&UrlPath::of_page(""));
        let open = self.facts.open_questions();
        HomeView {
            counts: Counts {
                pages: site.pages.len(),
                domains: site.domains.len(),
                people: site.people.rows().iter().filter(|person| !person.is_bot).count(),
            },
            body_html: page
                .map(|page| self.facts.bodies[page.index()].to_string())
                .unwrap_or_default(),
            title: page.map(|page| site.pages[page].title.clone()).unwrap_or_default(),
            title_id: page
                .and_then(|page| site.pages[page].title_anchor.clone())
                .unwrap_or_default(),
            history_href: page.map(|page| self.history_href(&site.pages[page])).unwrap_or_default(),
            domains: self.domain_cards(),
            sections: self.sections(),
            about: self.about_the_site(),
            changes: self.newest_changes(5),
            newest: self.newest_arrivals(),
            questions: open.iter().take(5).map(|question| self.question(*question)).collect(),
            open_questions: open.len(),
            news: self.pages(&self.news()),
            helpers: self.helped_lately(),
            challenges: self.pages(&self.of_kind("challenge", |status| status != "done")),
            paths: self.pages(&self.of_kind("path", |_| true)),
        }
    }

    fn question(&self, ix: PageIx) -> QuestionView {
        let asked = self.site().pages[ix].created;
        let days = asked.zip(self.site().as_of).map(|(asked, today)| today.days_since(asked));
        QuestionView { page: self.page(ix), days }
    }

    /// Returns news that has not run out, newest first.
    fn news(&self) -> Vec<PageIx> {
        let is_over = |ix: &PageIx| {
            let until = self.site().pages[*ix].field_text("until").and_then(Date::parse);
            until.zip(self.site().as_of).is_some_and(|(until, today)| until < today)
        };
        let mut news: Vec<PageIx> = self.site().pages_of_kind("news").map(|(ix, _)| ix).collect();
        news.retain(|ix| !is_over(ix));
        news.sort_by_key(|ix| (std::cmp::Reverse(self.site().pages[*ix].created), *ix));
        news.truncate(3);
        news
    }

    fn of_kind(&self, kind: &str, status: impl Fn(&str) -> bool) -> Vec<PageIx> {
        let pages = self.site().pages_of_kind(kind);
        pages
            .filter(|(_, page)| status(page.status.as_deref().unwrap_or_default()))
            .map(|(ix, _)| ix)
            .collect()
    }

    /// Returns who did what in the last thirty days, by name, with their deeds in words.
    fn helped_lately(&self) -> Vec<HelperView> {
        let Some(today) = self.site().as_of else { return Vec::new() };
        let mut deeds: BTreeMap<PersonIx, BTreeMap<&str, usize>> = BTreeMap::new();
        for contribution in &self.site().contributions {
            let is_late =
                contribution.on.is_some_and(|on| (0..=LATELY).contains(&today.days_since(on)));
            let person = &self.site().people[contribution.person];
            if is_late && !person.is_bot && contribution.did != "thanked" {
                *deeds
                    .entry(contribution.person)
                    .or_default()
                    .entry(&contribution.did)
                    .or_default() += 1;
            }
        }
        let mut helpers: Vec<HelperView> = deeds
            .into_iter()
            .map(|(person, deeds)| HelperView {
                person: self.person(person),
                deeds: deeds.into_iter().map(|(did, count)| self.deeds(did, count)).collect(),
            })
            .collect();
        helpers.sort_by(|a, b| a.person.name.cmp(&b.person.name));
        helpers.truncate(8);
        helpers
    }
}
