//! What somebody asks to be renamed, found in the site, or refused.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::base::path::{PAGE_ENDINGS, path_key};
use crate::base::{Error, Result, SourcePath, fold, suggest};
use crate::model::PageIx;
use crate::pipeline::Reading;

use super::moved::Move;

/// What is to be renamed, as typed.
#[derive(Debug, Clone)]
pub struct Request {
    /// A page, an attachment, a folder, or `page#heading`.
    pub old: String,
    /// The new path, or the new text of the heading.
    pub new: String,
    /// The folder in which it was typed; paths are seen from there, else from the source.
    pub folder: PathBuf,
}

/// What is to be renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// A file or a folder.
    Path(Move),
    /// A heading.
    Heading {
        /// The file of its page.
        page: SourcePath,
        /// Its number on the page.
        number: usize,
        /// Its new text, as Markdown.
        text: String,
    },
}

impl Request {
    /// Finds what is meant.
    ///
    /// # Errors
    /// If it is unknown or ambiguous, or cannot have the new name.
    pub(super) fn understand(&self, reading: &Reading) -> Result<Change> {
        let asked = Asked { request: self, reading };
        match self.old.split_once('#') {
            Some((page, heading)) if !heading.is_empty() && asked.known(&self.old).is_empty() => {
                asked.heading(page, heading)
            }
            _ => asked.path(),
        }
    }
}

struct Asked<'a> {
    request: &'a Request,
    reading: &'a Reading,
}

impl Asked<'_> {
    fn source(&self) -> &Path {
        &self.reading.project.source
    }

    /// Returns the paths of the source that a typed path can mean: seen from the folder at hand, and from the source.
    fn in_source(&self, typed: &str) -> Vec<String> {
        let folders = [self.request.folder.as_path(), self.source()];
        let mut paths = Vec::new();
        for folder in folders {
            let path = tidy(&folder.join(typed));
            let below = path.strip_prefix(self.source()).ok().and_then(Path::to_str);
            let below = below.map(|below| below.replace('\\', "/"));
            paths.extend(below.filter(|below| !paths.contains(below)));
        }
        paths
    }

    /// Returns the files and folders that a typed path means, as they are spelt; the first way to read it that means any.
    fn known(&self, typed: &str) -> Vec<String> {
        let found =
            self.in_source(typed).into_iter().map(|path| self.spelt(&path, typed.ends_with('/')));
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn spelt(&self, path: &str, is_folder: bool) -> Vec<String> {
        let site = &self.reading.site;
        let mut found = BTreeSet::new();
        if !is_folder {
            let ends = std::iter::once("").chain(PAGE_ENDINGS);
            let names = ends.map(|end| format!("{path}{end}"));
            let pages = names.filter_map(|name| site.page_of_file(&name));
            found.extend(pages.map(|page| site.pages[page].path.as_str().to_owned()));
            found.extend(site.files.get(&path_key(path)).map(|file| file.as_str().to_owned()));
            // Of files that differ in letter case only, the one that was typed.
            if found.len() > 1 && found.contains(path) || self.source().join(path).is_file() {
                return vec![path.to_owned()];
            }
        }
        if !path.is_empty() && self.source().join(path).is_dir() {
            found.insert(path.to_owned());
        }
        found.into_iter().collect()
    }

    fn the_one(&self, typed: &str) -> Result<String> {
        let found = self.known(typed);
        match found.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(self.unknown(typed)),
            several => {
                let is_folder = |path: &String| self.source().join(path).is_dir();
                let shown = several.iter().map(|path| {
                    if is_folder(path) { format!("`{path}/`") } else { format!("`{path}`") }
                });
                let help =
                    format!("write which one you mean: {}", shown.collect::<Vec<_>>().join(" or "));
                Err(Error::refused(format!("`{typed}` can mean {} things", several.len()), help))
            }
        }
    }

    fn unknown(&self, typed: &str) -> Error {
        let site = &self.reading.site;
        if self.in_source(typed).is_empty() {
            let message =
                format!("`{typed}` lies outside the source `{}`", self.source().display());
            return Error::refused(message, "name a page, a file or a folder of the source");
        }
        let pages = site.pages.rows().iter().map(|page| page.path.as_str());
        let names: Vec<&str> = pages
            .chain(site.files.values().map(SourcePath::as_str))
            .chain(site.folders.keys().map(String::as_str))
            .collect();
        let last = |path: &str| {
            path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned()
        };
        let by_name = || {
            let wanted = last(typed);
            let close = suggest::closest(
                &wanted,
                names.iter().map(|name| name.rsplit('/').next().unwrap_or(name)),
            )?;
            names.iter().find(|name| last(name) == close).copied()
        };
        let close = suggest::closest(typed, names.iter().copied()).or_else(by_name);
        let help = close.map_or_else(
            || "name a page, a file or a folder of the source".to_owned(),
            |close| format!("did you mean `{close}`?"),
        );
        Error::refused(format!("there is no page, file or folder `{typed}`"), help)
    }

    fn path(&self) -> Result<Change> {
        let from = self.the_one(&self.request.old)?;
        let is_folder = self.source().join(&from).is_dir();
        let to = self.destination(&from, is_folder)?;
        let moved = Move { from, to };
        self.refuse_destination(&moved, is_folder)?;
        self.refuse_symlinks(&moved)?;
        Ok(Change::Path(moved))
    }

    fn destination(&self, from: &str, is_folder: bool) -> Result<String> {
        let typed = &self.request.new;
        let candidates = self.in_source(typed);
        let Some(to) = candidates.iter().find(|path| self.has_parent(path)).or(candidates.first())
        else {
            let message =
                format!("`{typed}` lies outside the source `{}`", self.source().display());
            return Err(Error::refused(message, "choose a place in the source"));
        };
        let name = SourcePath::new(from).file_name().to_owned();
        let is_into = to.is_empty() || typed.ends_with('/') || self.source().join(to).is_dir();
        let is_case_only = path_key(to) == path_key(from);
        let is_renamed_folder = is_folder && (!self.source().join(to).is_dir() || is_case_only);
        if is_into && !is_renamed_folder && !is_case_only {
            return Ok(if to.is_empty() { name } else { format!("{to}/{name}") });
        }
        if is_folder {
            return Ok(to.clone());
        }
        let (old, new) = (SourcePath::new(from), SourcePath::new(to));
        if new.extension().is_empty() && !old.extension().is_empty() {
            let dot = name.rfind('.').expect("it has an extension");
            return Ok(format!("{to}{}", &name[dot..]));
        }
        if old.is_markdown() != new.is_markdown() {
            let message =
                format!("`{from}` and `{to}` are not of one sort: only one of them is Markdown");
            return Err(Error::refused(message, "keep the extension"));
        }
        Ok(to.clone())
    }

    /// Tells whether the folder of a path exists, so that of two ways to read it the one that leads somewhere is taken.
    fn has_parent(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        !folder.is_empty() && self.source().join(folder).is_dir()
    }

    fn refuse_destination(&self, moved: &Move, is_folder: bool) -> Result<()> {
        let Move { from, to } = moved;
        let refuse = |message: String, help: &str| Err(Error::refused(message, help));
        if from == to {
            return refuse(format!("`{from}` has this name already"), "choose another name");
        }
        if to.split('/').any(|part| part.starts_with('.'))
            && (is_folder || SourcePath::new(to).is_markdown())
        {
            return refuse(
                format!(
                    "pages in `{to}` would not be published: names that begin with a point are hidden"
                ),
                "choose another name",
            );
        }
        if to.contains(|c: char| c.is_control() || c == '\\') {
            return refuse(
                format!("`{to}` cannot be a path everywhere"),
                "leave control characters and `\\` out",
            );
        }
        if is_folder && to.starts_with(&format!("{from}/")) {
            return refuse(
                format!("`{to}` lies in `{from}` itself"),
                "choose a place outside the folder",
            );
        }
        let folders = to.match_indices('/').map(|(at, _)| &to[..at]);
        if let Some(file) = folders.into_iter().find(|folder| self.source().join(folder).is_file())
        {
            return refuse(
                format!("`{file}` is a file, so nothing can be put into it"),
                "choose another folder",
            );
        }
        if self.is_taken(moved) {
            return refuse(
                format!("there is a `{to}` already"),
                "choose another name, or remove what is there first",
            );
        }
        Ok(())
    }

    /// Tells whether something has the new name. Where letter case does not count, a file has its other spellings as well.
    fn is_taken(&self, moved: &Move) -> bool {
        let target = self.source().join(&moved.to);
        if !moved.is_case_only() {
            let site = &self.reading.site;
            let same_key = site.page_of_file(&moved.to).is_some()
                || site.files.contains_key(&path_key(&moved.to));
            return same_key || target.symlink_metadata().is_ok();
        }
        let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else { return true };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.into_iter().any(|entry| entry.file_name() == name)
    }

    fn refuse_symlinks(&self, moved: &Move) -> Result<()> {
        let does_move = |path: &SourcePath| moved.new_path(path.as_str()) != path.as_str();
        let links = &self.reading.site.symlinks;
        match links.iter().find(|(link, target)| does_move(link) || does_move(target)) {
            None => Ok(()),
            Some((link, target)) => Err(Error::refused(
                format!(
                    "`{link}` is a symbolic link to `{target}`, which would lead nowhere afterwards"
                ),
                "remove the symbolic link first, and make it again after the move",
            )),
        }
    }

    fn heading(&self, page: &str, name: &str) -> Result<Change> {
        let file = self.the_one(page)?;
        let Some(ix) = self.reading.site.page_of_file(&file) else {
            let message = format!("`{file}` is no page, so it has no headings");
            return Err(Error::refused(message, "name a page"));
        };
        let text = self.request.new.trim();
        if text.is_empty() || text.contains('\n') {
            let message = "the new heading is not one line of text".to_owned();
            return Err(Error::refused(
                message,
                "write `polder mv 'page#Old heading' 'New heading'`",
            ));
        }
        let page = self.reading.site.pages[ix].path.clone();
        Ok(Change::Heading { page, number: self.number(ix, name.trim())?, text: text.to_owned() })
    }

    fn number(&self, page: PageIx, name: &str) -> Result<usize> {
        let page = &self.reading.site.pages[page];
        let headings = &page.document.outline.headings;
        if let Some(number) = headings.iter().position(|heading| heading.anchor == name) {
            return Ok(number);
        }
        let named = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
            (0..headings.len()).filter(|number| fits(&headings[*number].text)).collect()
        };
        let exact = named(&|text| text == name);
        let found = if exact.is_empty() {
            named(&|text| fold::loose_key(text) == fold::loose_key(name))
        } else {
            exact
        };
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let texts = headings.iter().map(|heading| heading.text.as_str());
                let help = suggest::closest(name, texts).map_or_else(
                    || "write the heading as it stands on the page, or its id".to_owned(),
                    |close| format!("did you mean `{close}`?"),
                );
                Err(Error::refused(
                    format!("there is no heading `{name}` in `{}`", page.path),
                    help,
                ))
            }
            several => {
                let ids = several.iter().map(|number| format!("`#{}`", headings[*number].anchor));
                let help =
                    format!("write which one you mean: {}", ids.collect::<Vec<_>>().join(" or "));
                Err(Error::refused(
                    format!("`{}` has {} headings `{name}`", page.path, several.len()),
                    help,
                ))
            }
        }
    }
}

/// Returns a path without `.` and `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}
