//! From facts to views. One [`Maker`] makes the view of one page.

mod change;
mod code;
mod dates;
mod difference;
mod domain;
mod frame;
mod history;
mod home;
mod listing;
mod origin;
mod page;
mod person;
mod redirect;
mod search;
mod section;
mod wanted;

pub(super) use change::{ListPage, pages_of};
pub(super) use history::FOLDS;

use crate::base::{Date, UrlPath, fold};
use crate::history::Commit;
use crate::model::{DomainIx, Page, PageIx, PersonIx, Site, State};
use crate::theme::Kind;

use super::Input;
use super::facts::Facts;
use super::view::{DateView, LinkView, PageRef, PersonRef, StateView};

/// Makes the views of a page at an address, in a language.
#[derive(Clone, Copy)]
pub(super) struct Maker<'a> {
    pub(super) facts: &'a Facts<'a>,
    /// The address of the page that is made.
    pub(super) at: &'a UrlPath,
    /// The language of the interface on it.
    pub(super) lang: &'a str,
    /// What every address begins with: nothing, but for the page that is shown at any address.
    pub(super) root: &'a str,
}

impl<'a> Maker<'a> {
    fn input(&self) -> Input<'a> {
        self.facts.input
    }

    fn site(&self) -> &'a Site {
        self.facts.input.site
    }

    /// Returns a text of the interface; the key itself if no language has it, so that a gap shows.
    pub(super) fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    fn say_count(&self, key: &str, n: usize) -> String {
        self.say_with(key, &[("n", &n.to_string())])
    }

    pub(super) fn say_with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let text = self.input().theme.messages.text(self.lang, key, arguments);
        text.unwrap_or_else(|| key.to_owned())
    }

    pub(super) fn href(&self, url: &UrlPath) -> String {
        format!("{}{}", self.root, url.href_from(self.at))
    }

    fn date(&self, date: Date) -> DateView {
        let month = self.say(&format!("month.{}", date.month()));
        let text = format!("{} {month} {}", date.day(), date.year());
        DateView { iso: date.to_string(), text }
    }

    fn link(&self, ix: PageIx) -> LinkView {
        let page = &self.site().pages[ix];
        LinkView { text: page.title.clone(), href: self.href(&page.url) }
    }

    fn domain_link(&self, ix: DomainIx) -> LinkView {
        let domain = &self.site().domains[ix];
        LinkView { text: domain.title.clone(), href: self.href(&domain.url) }
    }

    fn domain_links(&self, domains: &[DomainIx]) -> Vec<LinkView> {
        domains.iter().map(|domain| self.domain_link(*domain)).collect()
    }

    fn people(&self, people: &[PersonIx]) -> Vec<PersonRef> {
        people.iter().map(|person| self.person(*person)).collect()
    }

    fn person(&self, ix: PersonIx) -> PersonRef {
        let person = &self.site().people[ix];
        PersonRef {
            name: person.name.clone(),
            href: self.href(&person.url),
            initials: person.initials(),
            hue: person.hue(),
            photo: self.site().photo(ix).map(|file| self.href(&UrlPath::of_file(file.as_str()))),
            role: person.role.clone(),
            left: person.left.is_some(),
        }
    }

    fn page(&self, ix: PageIx) -> PageRef {
        let page = &self.site().pages[ix];
        let kind = self.kind(page);
        PageRef {
            title: page.title.clone(),
            href: self.href(&page.url),
            kind: page.kind.clone(),
            kind_name: kind.map_or("", |kind| kind.name.text(self.lang)).to_owned(),
            hint: page.hint.clone(),
            // That a page records a moment is told on the page; in lists it would stand at every line.
            state: self.state(if page.state == State::Record { State::None } else { page.state }),
            summary: page.description(),
            updated: page.updated.as_ref().map(|updated| self.date(updated.date)),
            authors: self.people(&page.authors[..page.authors.len().min(3)]),
            domains: self.domain_links(&page.domains),
            status: self.status(page),
            lang: if page.lang == self.lang { String::new() } else { page.lang.clone() },
        }
    }

    fn pages(&self, pages: &[PageIx]) -> Vec<PageRef> {
        pages.iter().map(|page| self.page(*page)).collect()
    }

    fn kind(&self, page: &Page) -> Option<&'a Kind> {
        self.input().theme.kinds.get(&page.kind)
    }

    /// Returns the status in words, if the page's kind has a word for it.
    fn status(&self, page: &Page) -> String {
        let Some((kind, status)) = self.kind(page).zip(page.status.as_deref()) else {
            return String::new();
        };
        let known = kind.statuses.iter().find(|(id, _)| id == status);
        known.map_or("", |(_, label)| label.text(self.lang)).to_owned()
    }

    fn state(&self, state: State) -> StateView {
        let word = state.as_str();
        let name =
            if state == State::None { String::new() } else { self.say(&format!("state.{word}")) };
        StateView { word, name }
    }

    /// Returns where a commit is shown on the git host.
    fn commit_href(&self, commit: &Commit) -> Option<String> {
        self.input().config.git_host.as_ref().map(|host| host.commit(&commit.id.to_string()))
    }

    /// Returns a file's path in the repository.
    fn in_repository(&self, path: &str) -> String {
        format!("{}{path}", self.site().prefix)
    }

    /// Returns where a file of the source is edited on the git host.
    fn edit(&self, path: &str) -> Option<String> {
        self.input().config.git_host.as_ref().map(|host| host.edit(&self.in_repository(path)))
    }

    /// Returns where a new file of the source is written on the git host.
    fn create(&self, path: &str, text: &str) -> Option<String> {
        self.input()
            .config
            .git_host
            .as_ref()
            .map(|host| host.create(&self.in_repository(path), text))
    }
}

/// Returns a title as a value of front matter, quoted.
fn quoted(title: &str) -> String {
    serde_json::Value::from(title).to_string()
}

/// Returns a file name for a new page of this title.
fn file_name(title: &str) -> String {
    let slug = fold::slug(title);
    format!("{}.md", if slug.is_empty() { "page" } else { &slug })
}
