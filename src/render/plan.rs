//! Every page of the output, each as a job.

use std::io::{BufWriter, Write};

use serde::Serialize;
use tera::Context;

use crate::base::{Fingerprint, Fingerprinter, SourcePath, UrlPath};
use crate::model::{Destination, DomainIx, PageIx, PersonIx, Redirect};
use crate::theme::Role;

use super::difference;
use super::entry::Filter;
use super::facts::Facts;
use super::feed::{self, Feeds};
use super::fold;
use super::make::{FOLDS, ListPage, Maker, pages_of};
use super::paged::{changes_url, numbered_url};
use super::view::Frame;

/// A page to render. Ids are those of the site at hand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Job<'a> {
    /// The front page.
    Home,
    /// A page of the source.
    Page(PageIx),
    /// The history of a page.
    /// A page of the list of a page's revisions, from 1, and how many there are.
    History(PageIx, usize, usize),
    /// What a revision of a page changed, from 0 for the newest.
    Difference(PageIx, usize),
    /// A person.
    Person(PersonIx),
    /// Everybody.
    People,
    /// A domain.
    Domain(DomainIx),
    /// All domains.
    Domains,
    /// A page of the site's changes, from 1, and how many there are.
    Changes(ListPage<'a>),
    /// A folder without a page of its own, by its path.
    Folder(&'a str),
    /// All pages of a kind.
    Kind(&'a str),
    /// The text of a file.
    Code(&'a SourcePath),
    /// The list of wanted pages.
    Wanted,
    /// The search page.
    Search,
    /// A page of everything that begins with a letter: index of the letter, number of the page from 1.
    Letter(usize, usize),
    /// What is shown for an address where nothing is.
    Missing,
    /// An address that a page had.
    Redirect(&'a UrlPath, PageIx),
    /// An address whose page was removed: index of the removal.
    Removed(&'a UrlPath, usize),
}

/// Lists every page, in no order that matters.
pub(super) fn plan<'a>(facts: &Facts<'a>) -> Vec<Job<'a>> {
    let site = facts.input.site;
    let mut jobs = vec![Job::Home, Job::People, Job::Domains, Job::Search, Job::Missing];
    if facts.has_wanted() {
        jobs.push(Job::Wanted);
    }
    let lists: Vec<&UrlPath> = site.kind_lists.values().collect();
    for (ix, page) in site.pages.iter() {
        let is_made_otherwise = page.url.as_str().is_empty()
            || matches!(page.url.as_str(), "people/" | "domains/" | "changes/" | "search/")
            || matches!(facts.role(page), Role::Person | Role::Domain)
            || lists.contains(&&page.url);
        if !is_made_otherwise {
            jobs.push(Job::Page(ix));
        }
        if !page.revisions.is_empty() {
            let pages = fold::folds(site, page).len().div_ceil(FOLDS);
            jobs.extend((1..=pages).map(|number| Job::History(ix, number, pages)));
        }
        jobs.extend(facts.shown.of_page(ix).iter().map(|at| Job::Difference(ix, *at)));
    }
    jobs.extend(site.people.ids().map(Job::Person));
    jobs.extend(site.domains.ids().map(Job::Domain));
    jobs.extend(change_lists(facts).map(Job::Changes));
    jobs.extend(facts.alphabet.pages().map(|(at, number)| Job::Letter(at, number)));
    jobs.extend(site.kind_lists.keys().map(|kind| Job::Kind(kind)));
    let folders = site.folders.values().filter(|folder| {
        let is_listed = lists.contains(&&folder.url)
            || matches!(folder.path.as_str(), "" | "people" | "domains" | "changes" | "search");
        folder.index.is_none() && !is_listed
    });
    jobs.extend(folders.map(|folder| Job::Folder(folder.path.as_str())));
    jobs.extend(facts.input.code.keys().map(Job::Code));
    jobs
}

/// Lists every address that pages had.
pub(super) fn former<'a>(facts: &Facts<'a>) -> Vec<Job<'a>> {
    let job = |redirect: &'a Redirect| match redirect.to {
        Destination::Page(page) => Job::Redirect(&redirect.from, page),
        Destination::Removed(removal) => Job::Removed(&redirect.from, removal),
    };
    facts.input.site.redirects.iter().map(job).collect()
}

/// Returns every page of every list of changes.
fn change_lists<'a>(facts: &Facts<'a>) -> impl Iterator<Item = ListPage<'a>> {
    let all = std::iter::once((Filter::All, facts.entries.len()));
    let lists = all.chain(facts.lists.iter().map(|(filter, list)| (*filter, list.len())));
    lists.flat_map(|(filter, count)| {
        let of = pages_of(count);
        (1..=of).map(move |number| ListPage { filter, number, of })
    })
}

/// Returns the address of what a job makes.
pub(super) fn url(facts: &Facts<'_>, job: Job<'_>) -> UrlPath {
    let site = facts.input.site;
    match job {
        Job::Home => UrlPath::of_page(""),
        Job::Page(ix) => site.pages[ix].url.clone(),
        Job::History(ix, number, _) => numbered_url(site, &site.pages[ix].history_url, number),
        Job::Difference(ix, at) => facts.shown.url(site, ix, at),
        Job::Person(ix) => site.people[ix].url.clone(),
        Job::People => UrlPath::of_page("people"),
        Job::Domain(ix) => site.domains[ix].url.clone(),
        Job::Domains => UrlPath::of_page("domains"),
        Job::Changes(list) => changes_url(site, list.filter, list.number),
        Job::Folder(path) => site.folders[path].url.clone(),
        Job::Kind(kind) => site.kind_lists[kind].clone(),
        Job::Code(file) => site.code_files[file].clone(),
        Job::Wanted => site.wanted_url.clone(),
        Job::Search => UrlPath::of_page("search"),
        Job::Letter(at, number) => facts.alphabet.letters[at].page_url(site, number),
        Job::Missing => UrlPath::of_file("404.html"),
        Job::Redirect(from, _) | Job::Removed(from, _) => from.clone(),
    }
}

fn numbered_title(title: String, number: usize, of: usize) -> String {
    if number == 1 { title } else { format!("{title} ({number}/{of})") }
}

/// A page's template with all that it is given.
pub(super) struct Made {
    /// The name of the template.
    pub(super) template: &'static str,
    lang: String,
    /// What surrounds it; a redirect has nothing around it.
    frame: Option<Frame>,
    view: View,
}

/// Any view.
#[derive(Serialize)]
#[serde(untagged)]
enum View {
    Home(Box<super::view::HomeView>),
    Page(Box<super::view::PageView>),
    History(Box<super::view::HistoryView>),
    Difference(Box<super::view::DifferenceView>),
    Person(Box<super::view::PersonView>),
    People(super::view::PeopleView),
    Domain(Box<super::view::DomainView>),
    Domains(super::view::DomainsView),
    Changes(super::view::ChangesView),
    Listing(super::view::ListingView),
    Code(super::view::CodeView),
    Wanted(super::view::WantedListView),
    Search(Box<super::view::SearchView>),
    Letter(super::view::LetterPageView),
    Missing(super::view::MissingView),
    Redirect(super::view::RedirectView),
    Removed(Box<super::view::RemovedView>),
}

impl Made {
    /// Returns what the template is given.
    pub(super) fn context(&self) -> Context {
        let mut context = Context::new();
        context.insert("lang", &self.lang);
        if let Some(frame) = &self.frame {
            context.insert("frame", frame);
        }
        context.insert("view", &self.view);
        context
    }

    /// Returns what the HTML follows from: the theme, what every page shows, the view, and what is yet to be added to it.
    pub(super) fn fingerprint(&self, facts: &Facts<'_>, job: Job<'_>) -> Fingerprint {
        let mut print = Fingerprinter::new();
        if let Job::Difference(ix, at) = job {
            let input = facts.input;
            let pair = difference::pair(input.site, input.theme, ix, at);
            let account = input.accounts.fingerprint(&pair);
            print.add(account.map(|account| account.to_string()).unwrap_or_default().as_bytes());
        }
        print.add(facts.ground.to_string().as_bytes());
        print.add(self.template.as_bytes()).add(self.lang.as_bytes());
        // Views are written a word at a time, and hashed much faster by the block.
        let mut blocks = BufWriter::with_capacity(16 << 10, &mut print);
        serde_json::to_writer(&mut blocks, &(&self.frame, &self.view))
            .and_then(|()| blocks.flush().map_err(serde_json::Error::io))
            .expect("views are plain values");
        drop(blocks);
        print.finish()
    }
}

/// Adds to what was made for a job what is larger than the rest of it, once the page has to be rendered.
pub(super) fn complete(facts: &Facts<'_>, job: Job<'_>, made: Made) -> Made {
    match (job, made.view) {
        (Job::Difference(ix, at), View::Difference(view)) => {
            let url = url(facts, job);
            let maker = Maker { facts, at: &url, lang: &made.lang, root: "" };
            let view = View::Difference(Box::new(maker.tell(*view, ix, at)));
            Made { view, ..made }
        }
        (_, view) => Made { view, ..made },
    }
}

/// Makes the view of a job.
pub(super) fn make(facts: &Facts<'_>, feeds: &Feeds<'_>, job: Job<'_>) -> Made {
    let input = facts.input;
    let site = input.site;
    let at = url(facts, job);
    let of_page = |ix: PageIx| input.theme.messages.language(&site.pages[ix].lang);
    let lang = match job {
        Job::Page(ix) | Job::History(ix, ..) | Job::Difference(ix, _) | Job::Redirect(_, ix) => {
            of_page(ix)
        }
        _ => input.theme.messages.language(&site.lang),
    };
    let root = match job {
        Job::Missing => input.config.base_path(),
        _ => String::new(),
    };
    let maker = Maker { facts, at: &at, lang, root: &root };
    let (template, frame, view) = match job {
        Job::Home => {
            let frame = maker.frame("", "home", Vec::new());
            let description = if input.config.purpose.is_empty() {
                frame.description
            } else {
                input.config.purpose.clone()
            };
            ("home.html", Frame { description, ..frame }, View::Home(Box::new(maker.home_view())))
        }
        Job::Page(ix) => {
            let section =
                if facts.role(&site.pages[ix]) == Role::Question { "questions" } else { "" };
            ("page.html", maker.page_frame(ix, section), View::Page(Box::new(maker.page_view(ix))))
        }
        Job::History(ix, number, of) => {
            let page = &site.pages[ix];
            let title = maker.say_with("history.title", &[("page", &page.title)]);
            let title = numbered_title(title, number, of);
            (
                "history.html",
                maker.frame(&title, "changes", maker.history_trail(page)),
                View::History(Box::new(maker.history_view(ix, number, of))),
            )
        }
        Job::Difference(ix, at) => {
            let title = maker.difference_title(ix, at);
            (
                "difference.html",
                maker.frame(&title, "changes", maker.difference_trail(ix)),
                View::Difference(Box::new(maker.difference_view(ix, at))),
            )
        }
        Job::Person(ix) => {
            let frame = match site.people[ix].page {
                Some(page) => maker.page_frame(page, "people"),
                None => maker.frame(&site.people[ix].name, "people", Vec::new()),
            };
            let frame = Frame { trail: maker.person_trail(), ..frame };
            ("person.html", frame, View::Person(Box::new(maker.person_view(ix))))
        }
        Job::People => {
            let view = maker.people_view();
            (
                "people.html",
                maker.frame(&view.title, "people", vec![maker.home_crumb()]),
                View::People(view),
            )
        }
        Job::Domain(ix) => {
            let domain = &site.domains[ix];
            let frame = match domain.page {
                Some(page) => maker.page_frame(page, "domains"),
                None => maker.frame(&domain.title, "domains", Vec::new()),
            };
            let frame = Frame { trail: maker.domain_trail(), ..frame };
            ("domain.html", frame, View::Domain(Box::new(maker.domain_view(ix))))
        }
        Job::Domains => {
            let view = maker.domains_view();
            (
                "domains.html",
                maker.frame(&view.title, "domains", vec![maker.home_crumb()]),
                View::Domains(view),
            )
        }
        Job::Changes(list) => {
            let view = maker.changes_view(list);
            let title = match view.filter.as_str() {
                "" => view.title.clone(),
                filter => format!("{}: {filter}", view.title),
            };
            let title = numbered_title(title, list.number, list.of);
            (
                "changes.html",
                maker.frame(&title, "changes", maker.changes_trail(list.filter)),
                View::Changes(view),
            )
        }
        Job::Folder(path) => {
            let folder = &site.folders[path];
            (
                "listing.html",
                maker.frame(&maker.folder_title(folder), "", maker.folder_trail(folder)),
                View::Listing(maker.folder_view(folder)),
            )
        }
        Job::Kind(kind) => {
            let kind = input.theme.kinds.get(kind).expect("lists are of known kinds");
            let section = if kind.role == Role::Question { "questions" } else { "" };
            let view = maker.kind_view(kind);
            (
                "listing.html",
                maker.frame(&view.title, section, vec![maker.home_crumb()]),
                View::Listing(view),
            )
        }
        Job::Code(file) => {
            let frame = maker.frame(file.file_name(), "", maker.code_trail(file));
            ("code.html", frame, View::Code(maker.code_view(file)))
        }
        Job::Wanted => {
            let view = maker.wanted_list_view();
            (
                "wanted.html",
                maker.frame(&view.title, "", vec![maker.home_crumb()]),
                View::Wanted(view),
            )
        }
        Job::Search => {
            let view = maker.search_view();
            (
                "search.html",
                maker.frame(&view.title, "search", vec![maker.home_crumb()]),
                View::Search(Box::new(view)),
            )
        }
        Job::Letter(at, number) => {
            let view = maker.letter_view(at, number);
            let title = numbered_title(view.title.clone(), number, view.numbers.len());
            ("letter.html", maker.frame(&title, "search", maker.letter_trail()), View::Letter(view))
        }
        Job::Missing => {
            let frame = maker.frame(&maker.say("missing-page.title"), "", vec![maker.home_crumb()]);
            ("404.html", frame, View::Missing(maker.missing_view()))
        }
        Job::Removed(_, removal) => {
            let removal = &site.history.removals[removal];
            let title = maker.say_with("removed.tab", &[("path", removal.path.as_str())]);
            let frame = maker.frame(&title, "changes", vec![maker.home_crumb()]);
            ("removed.html", frame, View::Removed(Box::new(maker.removed_view(removal))))
        }
        Job::Redirect(_, ix) => {
            let view = View::Redirect(maker.redirect_view(ix));
            return Made { template: "redirect.html", lang: lang.to_owned(), frame: None, view };
        }
    };
    let frame = Frame { feed: feeds.view(&maker, &about(facts, job)), ..frame };
    Made { template, lang: lang.to_owned(), frame: Some(frame), view }
}

/// Returns the address of what a job's page is about.
fn about(facts: &Facts<'_>, job: Job<'_>) -> UrlPath {
    let site = facts.input.site;
    match job {
        Job::History(ix, ..) | Job::Difference(ix, _) => site.pages[ix].url.clone(),
        Job::Changes(ListPage { filter: Filter::Kind(kind), .. }) => {
            feed::kind_url(site, kind).clone()
        }
        Job::Changes(ListPage { filter: Filter::Domain(ix), .. }) => site.domains[ix].url.clone(),
        Job::Changes(ListPage { filter: Filter::Person(ix), .. }) => site.people[ix].url.clone(),
        job => url(facts, job),
    }
}
