//! Other spellings for a link, the most alike first.

use crate::base::SourcePath;
use crate::base::path::{join, page_ending, path_key, way};
use crate::links::Link;
use crate::model::{Page, Site};
use crate::pipeline::Reading;

use super::lead::{self, Lead};
use super::locate::{Manner, Written};
use super::moved::Move;
use super::name;
use super::spelling::{self, Base, Goal, Style, Viewpoint};

/// Splits a destination into its path, and its query and fragment.
fn split_path(raw: &str) -> (&str, &str) {
    raw.split_at(raw.find(['#', '?']).unwrap_or(raw.len()))
}

/// Makes spellings of the links on a page.
pub(super) struct Speller<'a> {
    /// The site as it is.
    pub(super) before: &'a Reading,
    /// The site as it would be.
    pub(super) after: &'a Reading,
    /// What moves.
    pub(super) moved: Option<&'a Move>,
    /// The page as it is.
    pub(super) page: &'a Page,
}

impl Speller<'_> {
    /// Returns the spellings to try: the one that stands there, then those that lead where it led, the most alike first.
    pub(super) fn spellings(&self, link: &Link, written: &Written) -> Vec<String> {
        let raw = &self.page.document.text[written.range.clone()];
        let (path, rest) = match written.manner {
            Manner::Wiki => raw.split_at(raw.find('#').unwrap_or(raw.len())),
            _ => split_path(raw),
        };
        let lead = Lead::of(&self.before.site, &link.target);
        let goal = lead.after(self.moved);
        let mut paths = vec![path.to_owned()];
        if !path.trim().is_empty() {
            paths.extend(match written.manner {
                Manner::Wiki => self.names(path, &lead, &goal),
                manner => self.paths(path, manner, &lead, &goal),
            });
        }
        let rests = self.rests(rest, link, written.manner, &lead);
        let mut spellings = vec![raw.to_owned()];
        for path in &paths {
            for rest in &rests {
                let spelling = format!("{path}{rest}");
                if !spellings.contains(&spelling) {
                    spellings.push(spelling);
                }
            }
        }
        spellings
    }

    /// Returns the spelling with which a broken path names the same missing file from where its page comes to lie; `None` if
    /// that is the one that stands there.
    pub(super) fn rebased(&self, written: &Written) -> Option<String> {
        let raw = &self.page.document.text[written.range.clone()];
        let (path, rest) = split_path(raw);
        let prefix = &self.before.site.prefix;
        let folder = |path: &SourcePath| format!("{prefix}{}", path.folder());
        let seen = |path: &SourcePath| Viewpoint { folder: folder(path), served: folder(path) };
        let wanted = join(&folder(&self.page.path), &spelling::decode(path))?;
        let in_source = wanted.strip_prefix(prefix.as_str());
        let wanted_now = in_source.map_or(wanted.clone(), |path| {
            format!("{prefix}{}", self.new_path(&SourcePath::new(path)))
        });
        let old = Goal { path: wanted, id: None };
        let from = seen(&self.page.path);
        let style = Style::of(path, written.manner, &from, &[Base::Folder], &old)?;
        let new = Goal { path: wanted_now, id: None };
        let path = style.spell(&old, &seen(&self.new_path(&self.page.path)), &new);
        let spelling = format!("{}{rest}", path.into_iter().next()?);
        (spelling != raw).then_some(spelling)
    }

    /// Returns the spelling with which a reference definition that no link uses names the same page or file afterwards; `None` if
    /// that is the one that stands there.
    pub(super) fn of_definition(&self, written: &Written) -> Option<String> {
        let raw = &self.page.document.text[written.range.clone()];
        let (path, rest) = split_path(raw);
        let lead = self.at_path(&spelling::decode(path))?;
        let goal = lead.after(self.moved);
        let is_relative = !path.starts_with('/');
        let folder_moves = self.page.path.folder() != self.new_path(&self.page.path).folder();
        if goal == lead && !(is_relative && folder_moves) {
            return None;
        }
        let spelling = format!("{}{rest}", self.paths(path, written.manner, &lead, &goal).first()?);
        (spelling != raw).then_some(spelling)
    }

    /// Returns the page or file at a path, as it is.
    fn at_path(&self, path: &str) -> Option<Lead> {
        let site = &self.before.site;
        let base = if path.starts_with('/') { "" } else { self.page.path.folder() };
        let full = join(base, path).filter(|_| !path.is_empty() && !path.contains("://"))?;
        let in_folder = || site.folder(&full)?.index;
        let page = site.page_of_file(&full).or_else(in_folder);
        let page = page.or_else(|| site.page_of_file(&format!("{full}.md")));
        match page {
            Some(page) => Some(Lead::Page(site.pages[page].path.clone(), lead::Place::Whole)),
            None => site.files.get(&path_key(&full)).map(|file| Lead::File(file.clone())),
        }
    }

    /// Returns what may follow the path: the same, or, where a heading has another text, its other names.
    fn rests(&self, rest: &str, link: &Link, manner: Manner, lead: &Lead) -> Vec<String> {
        let (Lead::Page(path, lead::Place::Heading(number)), Some((query, fragment))) =
            (lead, rest.split_once('#'))
        else {
            return vec![rest.to_owned()];
        };
        let heading = |reading: &Reading, path: &SourcePath| {
            let page = reading.site.page_of_file(path.as_str())?;
            reading.site.pages[page].document.outline.headings.get(*number).cloned()
        };
        let (Some(old), Some(new)) =
            (heading(self.before, path), heading(self.after, &self.new_path(path)))
        else {
            return vec![rest.to_owned()];
        };
        if (&old.text, &old.anchor) == (&new.text, &new.anchor) {
            return vec![rest.to_owned()];
        }
        let bare =
            if manner == Manner::Wiki { fragment.to_owned() } else { spelling::decode(fragment) };
        let encodes = fragment.contains('%');
        let names = name::of_heading(&bare, link.form, &old, &new);
        let encoded = names
            .iter()
            .map(|name| spelling::encode(name, manner, encodes, fragment.contains(' ')));
        encoded.map(|fragment| format!("{query}#{fragment}")).collect()
    }

    fn new_path(&self, path: &SourcePath) -> SourcePath {
        match self.moved {
            Some(moved) => SourcePath::new(&moved.new_path(path.as_str())),
            None => path.clone(),
        }
    }

    fn page_of<'r>(reading: &'r Reading, lead: &Lead) -> Option<&'r Page> {
        let Lead::Page(path, _) = lead else { return None };
        let page = reading.site.page_of_file(path.as_str())?;
        Some(&reading.site.pages[page])
    }

    /// Returns names for wikilinks.
    fn names(&self, written: &str, old: &Lead, new: &Lead) -> Vec<String> {
        let mut names = Vec::new();
        if written.contains('/') {
            names.extend(self.paths(written, Manner::Wiki, old, new));
        }
        match (Self::page_of(self.before, old), Self::page_of(self.after, new), new) {
            (Some(old), Some(new), _) => {
                names.extend(name::of_page(written, old, new));
                // A page of the same name in the page's own folder stands before all that names and paths from the root mean.
                let folder = self.new_path(&self.page.path);
                let path = way(folder.folder(), new.path.as_str()).join("/");
                let end =
                    if page_ending(written).is_empty() { page_ending(&path).len() } else { 0 };
                names.push(path[..path.len() - end].to_owned());
            }
            (_, _, Lead::File(file)) => names.extend(name::of_file(written, file.as_str())),
            _ => {}
        }
        names.retain(|name| !name.contains(['|', '#', '[', ']']));
        names
    }

    /// Returns paths for ordinary links.
    fn paths(&self, raw: &str, manner: Manner, old: &Lead, new: &Lead) -> Vec<String> {
        let (Some(old_goal), Some(new_goal)) =
            (self.goal(self.before, raw, old), self.goal(self.after, raw, new))
        else {
            return Vec::new();
        };
        let new_path = self.new_path(&self.page.path);
        let (from, now) =
            (viewpoint(&self.before.site, &self.page.path), viewpoint(&self.after.site, &new_path));
        let style = Style::of(raw, manner, &from, &self.bases(raw, &old_goal), &old_goal);
        let mut paths =
            style.map(|style| style.spell(&old_goal, &now, &new_goal)).unwrap_or_default();
        let encode = |path: &str| {
            let parts = path
                .split('/')
                .map(|part| spelling::encode(part, manner, false, raw.contains(' ')));
            parts.collect::<Vec<_>>().join("/")
        };
        if paths.is_empty()
            && !raw.contains('/')
            && let (Some(old), Some(new)) =
                (Self::page_of(self.before, old), Self::page_of(self.after, new))
        {
            paths.extend(
                name::of_page(&spelling::decode(raw), old, new).iter().map(|name| encode(name)),
            );
        }
        paths.push(encode(&way(&now.folder, &new_goal.path).join("/")));
        paths
    }

    /// Returns what a link leads to, as a path of the repository in all its forms.
    fn goal(&self, reading: &Reading, raw: &str, lead: &Lead) -> Option<Goal> {
        let prefix = &reading.site.prefix;
        match lead {
            Lead::Page(..) => {
                let page = Self::page_of(reading, lead)?;
                let id = format!("{prefix}{}", page.id).trim_end_matches('/').to_owned();
                Some(Goal { path: format!("{prefix}{}", page.path), id: Some(id) })
            }
            Lead::Folder(path) | Lead::Made(path) => Some(Goal {
                path: format!("{prefix}{path}").trim_end_matches('/').to_owned(),
                id: None,
            }),
            Lead::File(path) => Some(Goal { path: format!("{prefix}{path}"), id: None }),
            // A file of the repository outside the source, which its host shows.
            Lead::External(_) => {
                let folder = format!("{}{}", self.before.site.prefix, self.page.path.folder());
                join(&folder, &spelling::decode(raw)).map(|path| Goal { path, id: None })
            }
            Lead::Missing | Lead::Text => None,
        }
    }

    /// Returns the places from which a written path may start, in the order in which they are likely.
    fn bases(&self, raw: &str, goal: &Goal) -> Vec<Base> {
        let (site, config) = (&self.before.site, &self.before.project.config);
        let source = site.prefix.trim_end_matches('/');
        let fixed = |lead: String, folder: &str| Base::Fixed {
            lead,
            folder: folder.trim_matches('/').to_owned(),
        };
        let mut bases = vec![Base::Folder, Base::Served, fixed("/".to_owned(), source)];
        for (prefix, folder) in &config.link_prefixes {
            bases.push(fixed(
                format!("/{}/", prefix.trim_matches('/')),
                &format!("{source}/{folder}"),
            ));
        }
        if !source.is_empty() {
            bases.push(fixed(format!("/{source}/"), source));
        }
        bases.push(fixed(String::new(), source));
        let own = config.git_host.iter().flat_map(|host| host.own_paths(raw));
        bases.extend(own.map(|path| fixed(raw[..raw.len() - path.len()].to_owned(), "")));
        bases.extend(base_behind(raw, goal));
        bases
    }
}

/// Returns the folder from which a written path leads to its target, whatever folder that is.
fn base_behind(raw: &str, goal: &Goal) -> Option<Base> {
    let lead = if raw.starts_with('/') { "/" } else { "" };
    let written = spelling::decode(raw.trim_matches('/'));
    let stem =
        |path: &str| path.rsplit_once('.').map_or(path.to_owned(), |(stem, _)| stem.to_owned());
    let forms = [Some(goal.path.clone()), Some(stem(&goal.path)), goal.id.clone()];
    let end = format!("/{}", path_key(&written));
    let form = forms.into_iter().flatten().find(|form| path_key(form).ends_with(&end))?;
    let folder = form.get(..form.len().checked_sub(end.len())?)?.to_owned();
    Some(Base::Fixed { lead: lead.to_owned(), folder })
}

fn viewpoint(site: &Site, path: &SourcePath) -> Viewpoint {
    let id = site.page_of_file(path.as_str()).map_or("", |page| site.pages[page].id.as_str());
    let whole = |folder: &str| format!("{}{folder}", site.prefix).trim_end_matches('/').to_owned();
    Viewpoint { folder: whole(path.folder()), served: whole(id) }
}
