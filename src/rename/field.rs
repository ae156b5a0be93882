//! Front-matter values that name pages and files, kept true.

use std::ops::Range;

use crate::base::path::{join, path_key, way};
use crate::base::yaml::{Node, Value};
use crate::base::{SourcePath, fold};
use crate::model::{Page, Site, field_reference};
use crate::theme::{FieldSort, Kinds, Role};

use super::front;
use super::name;

/// A value that names something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// Its bytes in the file, quotes included.
    pub(super) range: Range<usize>,
    /// The value, without quotes.
    pub(super) value: String,
    /// What it names.
    pub(super) named: Named,
}

/// What a front-matter value names, by its path before the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A page, by any of its names.
    Page(SourcePath),
    /// A page or a file, by its path from the page's folder.
    Near(SourcePath),
    /// A page or a file, by its path from the source.
    FromRoot(SourcePath),
    /// A person or a domain, by the name of the page's file.
    Handle(SourcePath),
}

impl Named {
    /// Returns the path of what is named.
    pub(super) fn path(&self) -> &SourcePath {
        match self {
            Self::Page(path) | Self::Near(path) | Self::FromRoot(path) | Self::Handle(path) => path,
        }
    }
}

/// What a key holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Page,
    Person,
    Domain,
    /// Anything: what is exactly a path, or in a list exactly the name of a page's file.
    Open,
    /// Names, addresses and texts that are nobody's path.
    Closed,
}

/// Finds the values of a page's front matter that name pages and files.
pub(super) fn references(site: &Site, kinds: &Kinds, page: &Page) -> Vec<Reference> {
    let text = &page.document.text;
    let Some(front) = front::front(text, page.document.body_start) else { return Vec::new() };
    let Some(root) = front::values(text, &front) else { return Vec::new() };
    let mut finder = Finder { site, kinds, page, found: Vec::new() };
    for entry in root.entries() {
        finder.take(&entry.key, &entry.node, false);
    }
    finder.found
}

struct Finder<'a> {
    site: &'a Site,
    kinds: &'a Kinds,
    page: &'a Page,
    found: Vec<Reference>,
}

impl Finder<'_> {
    fn take(&mut self, key: &str, node: &Node, is_item: bool) {
        match &node.value {
            Value::Null => {}
            Value::List(items) => items.iter().for_each(|item| self.take(key, item, true)),
            Value::Map(entries) => {
                entries.iter().for_each(|entry| self.take(&entry.key, &entry.node, false));
            }
            Value::Scalar(value) => {
                let raw = self.page.document.text[node.span.clone()].trim_end();
                let is_one_line = !raw.starts_with(['|', '>', '&', '*']) && !raw.contains('\n');
                if let Some(named) =
                    self.named(self.sort(key), value, is_item).filter(|_| is_one_line)
                {
                    let range = node.span.start..node.span.start + raw.len();
                    self.found.push(Reference { range, value: value.clone(), named });
                }
            }
        }
    }

    fn sort(&self, key: &str) -> Sort {
        let kind = self.kinds.get(&self.page.kind);
        let field = kind.and_then(|kind| kind.fields.iter().find(|field| field.key == key));
        match (key.to_lowercase().as_str(), field.map(|field| field.sort)) {
            ("replies-to" | "page" | "groups" | "group" | "superseded-by", _) => Sort::Page,
            (_, Some(FieldSort::Page)) => Sort::Page,
            ("authors" | "author" | "owner" | "who" | "by" | "stewards" | "sponsor", _) => {
                Sort::Person
            }
            (_, Some(FieldSort::Person)) => Sort::Person,
            ("domains" | "domain", _) => Sort::Domain,
            (
                "title" | "aliases" | "alias" | "tags" | "tag" | "summary" | "description" | "kind"
                | "status" | "lang" | "date" | "redirect_from" | "redirect_to" | "permalink"
                | "slug" | "url" | "note" | "did" | "emails",
                _,
            ) => Sort::Closed,
            _ => Sort::Open,
        }
    }

    fn named(&self, sort: Sort, value: &str, is_item: bool) -> Option<Named> {
        match sort {
            Sort::Closed => None,
            Sort::Person => self.handle(value, Role::Person),
            Sort::Domain => self.handle(value, Role::Domain),
            Sort::Page => self.at_path(value).or_else(|| {
                let found = field_reference(&self.site.names, self.page.path.folder(), value)?;
                Some(Named::Page(self.site.pages[found].path.clone()))
            }),
            Sort::Open => {
                self.at_path(value).or_else(|| if is_item { self.file_name(value) } else { None })
            }
        }
    }

    /// Returns the page or file that is at exactly this path.
    fn at_path(&self, value: &str) -> Option<Named> {
        let at = |path: String| -> Option<SourcePath> {
            let page = self.site.page_of_file(&path).map(|page| self.site.pages[page].path.clone());
            page.or_else(|| self.site.files.get(&path_key(&path)).cloned())
        };
        if value.starts_with('/') || value.contains("://") || !value.contains('.') {
            return None;
        }
        let near = join(self.page.path.folder(), value).and_then(at);
        let root = || join("", value).filter(|_| value.contains('/')).and_then(at);
        near.map(Named::Near).or_else(|| root().map(Named::FromRoot))
    }

    fn file_name(&self, value: &str) -> Option<Named> {
        let mut pages = self.site.pages.rows().iter().filter(|page| page.path.stem() == value);
        let page = pages.next().filter(|page| page.path != self.page.path && !page.is_index())?;
        pages.next().is_none().then(|| Named::Page(page.path.clone()))
    }

    fn handle(&self, value: &str, role: Role) -> Option<Named> {
        let handle = fold::loose_key(value.trim_start_matches('@'));
        let pages =
            self.site.pages.rows().iter().filter(|page| self.kinds.role(&page.kind) == role);
        let mut named = pages.filter(|page| fold::loose_key(file_id(page)) == handle);
        named.next().map(|page| Named::Handle(page.path.clone()))
    }
}

fn file_id(page: &Page) -> &str {
    page.id.rsplit('/').next().unwrap_or(&page.id)
}

/// Tells whether a value on a page still names what it should.
pub(super) fn still_names(
    site: &Site,
    page: &Page,
    value: &str,
    named: &Named,
    goal: &SourcePath,
) -> bool {
    let folder = page.path.folder();
    match named {
        Named::Page(_) => field_reference(&site.names, folder, value)
            .is_some_and(|found| site.pages[found].path == *goal),
        Named::Near(_) => join(folder, value).is_some_and(|path| path_key(&path) == goal.key()),
        Named::FromRoot(_) => join("", value).is_some_and(|path| path_key(&path) == goal.key()),
        Named::Handle(_) => {
            let target = site.page_of_file(goal.as_str()).map(|page| file_id(&site.pages[page]));
            target.is_some_and(|id| {
                fold::loose_key(id) == fold::loose_key(value.trim_start_matches('@'))
            })
        }
    }
}

/// Returns values that name the goal, in the manner of the one that did.
pub(super) fn candidates(
    value: &str,
    named: &Named,
    from: &Page,
    old: Option<&Page>,
    goal: &SourcePath,
    new: Option<&Page>,
) -> Vec<String> {
    match (named, old, new) {
        (Named::Near(_), ..) => {
            let dot = if value.starts_with("./") { "./" } else { "" };
            let way = way(from.path.folder(), goal.as_str()).join("/");
            vec![if way.starts_with("..") { way } else { format!("{dot}{way}") }]
        }
        (Named::FromRoot(_), ..) => vec![goal.as_str().to_owned()],
        (Named::Handle(_), _, Some(new)) => {
            let at = if value.starts_with('@') { "@" } else { "" };
            vec![format!("{at}{}", file_id(new))]
        }
        (Named::Page(_), Some(old), Some(new)) => {
            let (open, bare) = value.strip_prefix("[[").map_or(("", value), |rest| ("[[", rest));
            let (bare, close) = bare.strip_suffix("]]").map_or((bare, ""), |rest| (rest, "]]"));
            let (bare, fragment) = bare.split_at(bare.find('#').unwrap_or(bare.len()));
            let mut names = Vec::new();
            if bare.contains('/') {
                let way = way(from.path.folder(), goal.as_str()).join("/");
                let is_near = join(from.path.folder(), bare)
                    .is_some_and(|path| old.path.as_str().starts_with(&path));
                let stem =
                    way.len() - (goal.as_str().len() - goal.as_str().rfind('.').unwrap_or(0));
                if is_near || bare.starts_with('.') {
                    names.push(if SourcePath::new(bare).is_markdown() {
                        way
                    } else {
                        way[..stem].to_owned()
                    });
                }
                names.push(new.id.clone());
            }
            names.extend(name::of_page(bare, old, new));
            names.into_iter().map(|name| format!("{open}{name}{fragment}{close}")).collect()
        }
        (Named::Page(_) | Named::Handle(_), ..) => Vec::new(),
    }
}
