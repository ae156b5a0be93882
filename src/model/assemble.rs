//! From files and history to a site.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Table;
use crate::base::path::path_key;
use crate::base::text::shorten;
use crate::base::{Date, Diagnostic, Diagnostics, Outcome, SourcePath, UrlPath, suggest};
use crate::config::Config;
use crate::history::History;
use crate::source::{Sources, Text};
use crate::theme::{Kinds, Role};

use super::language::Languages;
use super::page::Updated;
use super::past::Past;
use super::people::Directory;
use super::reference::{field_reference, named_page};
use super::route::{Owner, Routes};
use super::{
    ChangeLists, Page, PageIx, PageNames, Review, Site, State, Unpublished, anchor, contribution,
    domain, folder, language_folder, pages, profile, redirect, unseen,
};

/// Makes the site of what was read. `prefix` is the path of the source in its repository, with `/` at its end.
pub fn assemble(
    config: &Config,
    kinds: &Kinds,
    sources: Sources,
    history: History,
    prefix: &str,
) -> Outcome<Site> {
    let mut diagnostics = Diagnostics::new();
    let mut routes = Routes::default();
    let mut history = history;
    let unseen = unseen::take_out(&mut history, &sources.excluded, prefix);
    let languages = Languages::of(config, &sources.documents);
    let mut pages = pages::Gatherer {
        config,
        languages: &languages,
        kinds,
        history: &history,
        outside: &sources.outside,
        owners: &sources.owners,
        diagnostics: &mut diagnostics,
    }
    .gather(&sources.documents, &mut routes);
    let mut names = PageNames::default();
    for (ix, page) in pages.iter() {
        names.add(ix, page);
    }
    let (mut people, directory) = profile::Gatherer {
        config,
        kinds,
        history: &history,
        unseen: &unseen,
        authors: &sources.authors,
        pages: &pages,
    }
    .gather(&mut routes);
    let domains = domain::gather(kinds, &directory, &mut pages, &mut routes, &mut diagnostics);
    for (ix, domain) in domains.iter() {
        for steward in &domain.stewards {
            people[*steward].stewards.push(ix);
        }
    }
    let as_of = as_of(&history, &pages);
    let past = Past::new(&config.history, &history, &directory, &people);
    Relations {
        kinds,
        names: &names,
        history: &history,
        directory: &directory,
        past: &past,
        as_of,
    }
    .fill_in(&mut pages, &mut diagnostics);
    let contributions = contribution::Gatherer {
        kinds,
        history: &history,
        directory: &directory,
        people: &people,
        past: &past,
        unseen: &unseen,
    }
    .gather(&mut pages);
    let kind_lists = kind_lists(kinds, &pages, &mut routes);
    let name = site_name(config, &pages);
    let mut folders = folder::gather(&pages, &name, &mut routes);
    language_folder::name(&mut folders, &pages);
    for ix in pages.ids() {
        let below = pages[ix].url.below("history");
        pages[ix].history_url = routes.generated(below.as_str().trim_end_matches('/'));
    }
    let wanted_url = routes.generated("wanted");
    let change_lists = ChangeLists::new(&mut routes, &pages, &domains, &people);
    let files = sources.files.iter().map(|file| (file.key(), file.clone())).collect();
    let redirects = redirect::Gatherer {
        pages: &pages,
        history: &history,
        folders: &folders,
        routes: &routes,
        files: &files,
        excluded: &sources.excluded,
        prefix,
        url: config.url.as_deref(),
        diagnostics: &mut diagnostics,
    };
    let redirects = redirects.gather();
    let code_files = code_files(sources.code_files, &mut routes);
    let mut by_file_name: BTreeMap<String, Vec<SourcePath>> = BTreeMap::new();
    for file in &sources.files {
        by_file_name.entry(path_key(file.file_name())).or_default().push(file.clone());
    }
    diagnostics.extend(not_committed(&pages));
    let named = named_in_fields(&names, &pages);
    let value = Site {
        named,
        name,
        lang: languages.own,
        by_folder: folders.keys().map(|path| (path_key(path), path.clone())).collect(),
        by_file_name,
        by_path: pages.iter().map(|(ix, page)| (page.path.key(), ix)).collect(),
        by_url: pages.iter().map(|(ix, page)| (page.url.as_str().to_owned(), ix)).collect(),
        files,
        image_sizes: sources.image_sizes,
        unsafe_files: sources.unsafe_files,
        pointers: sources.pointers,
        code_files,
        refused: sources.refused,
        unpublished: Unpublished::new(&sources.unpublished, sources.excluded.clone()),
        symlinks: sources.symlinks,
        prefix: prefix.to_owned(),
        pages,
        people,
        domains,
        contributions,
        folders,
        names,
        history,
        as_of,
        kind_lists,
        wanted_url,
        change_lists,
        redirects,
        directory,
        excluded: sources.excluded,
        past,
    };
    Outcome { value, diagnostics }
}

/// Finds which pages others name in fields of their own: by the page that is named, the field, and the pages that name it.
fn named_in_fields(
    names: &PageNames,
    pages: &Table<PageIx, Page>,
) -> BTreeMap<PageIx, BTreeMap<String, BTreeSet<PageIx>>> {
    let mut named: BTreeMap<PageIx, BTreeMap<String, BTreeSet<PageIx>>> = BTreeMap::new();
    for (ix, page) in pages.iter() {
        let front = &page.document.front_matter;
        let others = front.other.iter().filter(|entry| !front.understands(&entry.key));
        for (entry, value) in
            others.flat_map(|entry| entry.node.items().iter().map(move |v| (entry, v)))
        {
            let target = value.text().and_then(|value| named_page(names, value));
            if let Some(target) = target.filter(|target| *target != ix) {
                named.entry(target).or_default().entry(entry.key.clone()).or_default().insert(ix);
            }
        }
    }
    named
}

/// Returns what the site is called: as configured, else the title of its home page, cut where it gets long.
fn site_name(config: &Config, pages: &Table<PageIx, Page>) -> String {
    let home = pages.rows().iter().find(|page| page.id.is_empty());
    match home {
        Some(home) if config.name.is_empty() => shorten(&home.title, 40),
        _ => super::title::site_name(config),
    }
}

/// Tells of the pages whose dates and people are not those of what readers see.
fn not_committed(pages: &Table<PageIx, Page>) -> Option<Diagnostic> {
    let pending = pages.rows().iter().filter(|page| page.pending.is_some());
    let pending: Vec<&str> = pending.map(|page| page.path.as_str()).collect();
    let named: Vec<String> = pending.iter().take(3).map(|path| format!("`{path}`")).collect();
    let what = match pending.len() {
        0 => return None,
        1 => format!("{} is not committed as it is", named[0]),
        2 | 3 => format!("{} are not committed as they are", named.join(", ")),
        count => {
            format!("{} and {} more are not committed as they are", named.join(", "), count - 3)
        }
    };
    let message = format!("{what}: dates, people and history are those of the last commit");
    let help = "commit before you publish";
    Some(Diagnostic::new("not-committed", message).help(help))
}

/// Returns the day that counts as today: that of the newest commit, else the newest that a page names.
fn as_of(history: &History, pages: &Table<PageIx, Page>) -> Option<Date> {
    let committed = history.commits.iter().map(|commit| commit.committed.date()).max();
    committed.or_else(|| {
        let fronts = pages.rows().iter().map(|page| &page.document.front_matter);
        fronts
            .flat_map(|front| front.contributions.iter().filter_map(|c| c.on).chain(front.date))
            .max()
    })
}

/// Gives the lists of kinds that have pages their addresses; a page or folder of the source at one becomes its introduction.
fn kind_lists(
    kinds: &Kinds,
    pages: &Table<PageIx, Page>,
    routes: &mut Routes,
) -> BTreeMap<String, UrlPath> {
    let is_used = |id: &str| pages.rows().iter().any(|page| page.kind == id);
    let listed = kinds.iter().filter(|kind| !kind.listing.is_empty() && is_used(&kind.id));
    listed
        .map(|kind| {
            if routes.owner(&kind.listing).is_none() {
                routes.claim(&kind.listing, Owner::List);
            }
            (kind.id.clone(), UrlPath::of_page(&kind.listing))
        })
        .collect()
}

/// What follows from other pages, people, history and the day.
struct Relations<'a> {
    kinds: &'a Kinds,
    names: &'a PageNames,
    history: &'a History,
    directory: &'a Directory,
    past: &'a Past,
    as_of: Option<Date>,
}

impl Relations<'_> {
    fn fill_in(&self, pages: &mut Table<PageIx, Page>, diagnostics: &mut Diagnostics) {
        for ix in pages.ids() {
            let document = pages[ix].document.clone();
            let front = &document.front_matter;
            let folder = document.path.folder();
            let named = front
                .groups
                .iter()
                .filter_map(|group| field_reference(self.names, folder, &group.text));
            let teams = pages[ix].code_owners.iter().filter_map(|owner| owner.rsplit_once('/'));
            let teams = teams.filter_map(|(_, team)| field_reference(self.names, "", team));
            let is_group = |group: &PageIx| self.kinds.role(&pages[*group].kind) == Role::Group;
            let mut groups: Vec<PageIx> = named.chain(teams).filter(is_group).collect();
            let mut seen = BTreeSet::new();
            groups.retain(|group| seen.insert(*group));
            let replies_to = front.replies_to.as_ref().and_then(|to| {
                let found =
                    field_reference(self.names, folder, &to.text).filter(|found| *found != ix);
                if found.is_none() {
                    diagnostics.push(self.unknown_page(to).at(document.place(to.span.clone())));
                }
                found
            });
            let page = &mut pages[ix];
            page.groups = groups;
            page.replies_to = replies_to;
            let said = front.owner.as_ref().map(|owner| &owner.text);
            let mut owners = said.into_iter().chain(&page.code_owners);
            page.owner = owners.find_map(|owner| self.directory.find(owner));
            page.former_anchors = anchor::trace(page, self.history);
            page.created = front.date.or_else(|| self.past.created(self.history, page));
            (page.updated, page.dates) = self.past.dates(self.history, page);
            if let Some(date) = front.updated {
                let people = page.updated.take().map_or(Vec::new(), |known| known.people);
                page.updated = Some(Updated { date, people });
            }
            page.review = review(page);
            page.state = self.state(page);
        }
    }

    fn unknown_page(&self, to: &Text) -> Diagnostic {
        let message = format!("`replies-to` names no page: `{}`", to.text);
        let mut diagnostic = Diagnostic::new("unknown-page", message);
        let close = suggest::closest(&to.text, self.names.all());
        diagnostic.help = close.map(|name| format!("did you mean `{name}`?").into());
        diagnostic
    }

    fn state(&self, page: &Page) -> State {
        let front = &page.document.front_matter;
        let status = page.status.as_deref().unwrap_or_default();
        let is_replaced =
            matches!(status, "superseded" | "replaced") || front.superseded_by.is_some();
        let is_record = self.kinds.get(&page.kind).is_some_and(|kind| kind.is_record);
        match (page.review.and_then(|review| review.due), self.as_of) {
            _ if is_replaced => State::Superseded,
            _ if front.draft || status == "draft" => State::Draft,
            (Some(due), Some(today)) if today > due => State::Overdue,
            (Some(due), Some(today)) if due.days_since(today) <= 30 => State::Due,
            (Some(_), Some(_)) => State::Current,
            _ if is_record => State::Record,
            _ => State::None,
        }
    }
}

fn review(page: &Page) -> Option<Review> {
    let review = page.document.front_matter.review?;
    let from = review.last.or(page.created);
    let due = review.every.zip(from).map(|(every, from)| from.plus(every.months, every.days));
    Some(Review { last: review.last, due })
}

/// Gives each file whose text is shown an address: that of the file, as a folder. A name that is read as another thing in an
/// address (`index.html`, `.htaccess`) is changed as little as it takes.
fn code_files(files: BTreeSet<SourcePath>, routes: &mut Routes) -> BTreeMap<SourcePath, UrlPath> {
    let id = |file: &SourcePath| {
        let name = file.file_name().trim_start_matches('.');
        let is_reserved = matches!(name.to_lowercase().as_str(), "index.html" | "404.html");
        let name = if is_reserved { name.replace('.', "-") } else { name.to_owned() };
        if file.folder().is_empty() { name } else { format!("{}/{name}", file.folder()) }
    };
    let address = |file: SourcePath| {
        let url = routes.generated(&id(&file));
        (file, url)
    };
    files.into_iter().map(address).collect()
}
