//! What surrounds a page.

use std::collections::BTreeMap;

use crate::base::UrlPath;
use crate::model::{Folder, Page, PageIx};
use crate::render::view::{Crumb, Frame, Nav};

use super::Maker;

impl Maker<'_> {
    /// Returns the frame of a page that Polder makes itself.
    pub(in crate::render) fn frame(
        &self,
        title: &str,
        section: &'static str,
        trail: Vec<Crumb>,
    ) -> Frame {
        let config = self.input().config;
        let name = &self.site().name;
        let tab = if title.is_empty() || title == name {
            name.clone()
        } else {
            format!("{title} - {name}")
        };
        Frame {
            root: format!("{}{}", self.root, self.at.to_root()),
            tab,
            description: self.say_with("frame.description", &[("title", title), ("site", name)]),
            canonical: config.url.as_ref().map(|url| format!("{url}{}", self.at.absolute())),
            section,
            trail,
            nav: self.nav(),
            edit: None,
            lang: self.lang.to_owned(),
            as_of: self.site().as_of.map(|date| self.date(date)),
            kinds: self.kind_names(),
            statuses: self.status_names(),
            feed: None,
        }
    }

    /// Returns the frame of a page of the source.
    pub(in crate::render) fn page_frame(&self, ix: PageIx, section: &'static str) -> Frame {
        let page = &self.site().pages[ix];
        let description = page.description();
        let frame = self.frame(&page.title, section, self.trail(page));
        let description = if description.is_empty() { frame.description } else { description };
        Frame { description, edit: self.edit(page.path.as_str()), ..frame }
    }

    /// Returns the way to a page: from the root through its domain, if it has one, else through its folders; then the list
    /// of its kind.
    pub(super) fn trail(&self, page: &Page) -> Vec<Crumb> {
        let mut trail = vec![self.home_crumb()];
        if let Some(domain) = page.domains.first() {
            let domain = self.domain_link(*domain);
            trail.push(Crumb { title: domain.text, href: domain.href });
        } else {
            let folders = self.site().trail(page).into_iter();
            let folders = folders.filter(|folder| !folder.path.is_empty());
            trail.extend(folders.map(|folder| self.folder_crumb(folder)));
        }
        if let Some((kind, list)) = self.kind(page).zip(self.site().kind_lists.get(&page.kind)) {
            let href = self.href(list);
            if trail.iter().all(|crumb| crumb.href != href) {
                trail.push(Crumb { title: kind.plural.text(self.lang).to_owned(), href });
            }
        }
        trail
    }

    pub(super) fn folder_crumb(&self, folder: &Folder) -> Crumb {
        Crumb { title: folder.title.clone(), href: self.href(&folder.url) }
    }

    /// Returns the first step of every trail.
    pub(in crate::render) fn home_crumb(&self) -> Crumb {
        Crumb { title: self.say("frame.home"), href: self.href(&UrlPath::of_page("")) }
    }

    /// Returns what the kinds are called, as JSON for the search script.
    fn kind_names(&self) -> String {
        let kinds = self.facts.kinds.iter().filter_map(|kind| self.input().theme.kinds.get(kind));
        let names: BTreeMap<&str, &str> = kinds
            .map(|kind| (kind.id.as_str(), kind.name.text(self.lang)))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        serde_json::to_string(&names).expect("texts are JSON")
    }

    /// Returns what the statuses are called, as JSON for the search script.
    fn status_names(&self) -> String {
        let names: BTreeMap<&str, &str> = self
            .facts
            .statuses
            .iter()
            .filter_map(|(kind, status)| {
                let statuses = &self.input().theme.kinds.get(kind)?.statuses;
                let (_, label) = statuses.iter().find(|(id, _)| id == status)?;
                Some((*status, label.text(self.lang)))
            })
            .filter(|(_, name)| !name.is_empty())
            .collect();
        serde_json::to_string(&names).expect("texts are JSON")
    }

    fn nav(&self) -> Nav {
        let to = |id: &str| self.href(&UrlPath::of_page(id));
        let questions = self.facts.questions_url();
        Nav {
            home: to(""),
            domains: to("domains"),
            questions: questions.map(|url| self.href(url)).unwrap_or_default(),
            people: to("people"),
            changes: to("changes"),
            search: to("search"),
            wanted: if self.facts.has_wanted() {
                self.href(&self.site().wanted_url)
            } else {
                String::new()
            },
        }
    }
}
