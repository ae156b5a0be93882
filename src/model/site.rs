//! The site as a value, with its look-ups.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::date::Moment;
use crate::base::id::{Id, Table};
use crate::base::path::path_key;
use crate::base::{Date, SourcePath, UrlPath};
use crate::history::{Change, Commit, History, Revision};
use crate::source::{Excluded, Refusal};

use super::folder::{Folders, ancestors};
use super::past::Past;
use super::people::Directory;
use super::{
    ChangeLists, Contribution, Domain, DomainIx, Folder, Page, PageIx, PageNames, Person, PersonIx,
    Redirects, Small, Unpublished,
};

/// Everything that is known of a site before its links are.
#[derive(Debug, Clone)]
pub struct Site {
    /// What it is called: as configured, else the title of its home page.
    pub name: String,
    /// The tag of its language: as configured, else that of most pages.
    pub lang: String,
    /// Pages, sorted by path.
    pub pages: Table<PageIx, Page>,
    /// People, by name.
    pub people: Table<PersonIx, Person>,
    /// Domains, by title.
    pub domains: Table<DomainIx, Domain>,
    /// Who did what, sorted by page, person and deed.
    pub contributions: Vec<Contribution>,
    /// Folders that hold pages, by path.
    pub folders: Folders,
    /// What pages are called.
    pub names: PageNames,
    /// Pages that others name in fields of their own, with the field and the pages that name them.
    pub named: BTreeMap<PageIx, BTreeMap<String, BTreeSet<PageIx>>>,
    /// Files beside pages, by [`SourcePath::key`].
    pub files: BTreeMap<String, SourcePath>,
    /// Width and height in pixels of pictures.
    pub image_sizes: BTreeMap<SourcePath, (u32, u32)>,
    /// Drawings that would run something.
    pub unsafe_files: BTreeSet<SourcePath>,
    /// Files of which only the pointer of Git LFS is here.
    pub pointers: BTreeSet<SourcePath>,
    /// Files that would run where the site is read, and the address at which the text of each is shown.
    pub code_files: BTreeMap<SourcePath, UrlPath>,
    /// Files of which nothing is published.
    pub refused: BTreeMap<SourcePath, Refusal>,
    /// Pages that are no part of the site, for those who link to them.
    pub unpublished: Unpublished,
    /// Symbolic links to pages and files.
    pub symlinks: BTreeMap<SourcePath, SourcePath>,
    /// What git knows.
    pub history: History,
    /// The day of the newest commit: the site's “today”. Without history the newest day that a page names.
    pub as_of: Option<Date>,
    /// Addresses of lists of pages of one kind, by kind.
    pub kind_lists: BTreeMap<String, UrlPath>,
    /// The address of the list of wanted pages.
    pub wanted_url: UrlPath,
    /// Addresses of lists of changes.
    pub change_lists: ChangeLists,
    /// Addresses that pages had.
    pub redirects: Redirects,
    pub(super) by_folder: BTreeMap<String, String>,
    pub(super) by_file_name: BTreeMap<String, Vec<SourcePath>>,
    pub(super) by_path: BTreeMap<String, PageIx>,
    pub(super) by_url: BTreeMap<String, PageIx>,
    pub(super) directory: Directory,
    pub(super) excluded: Excluded,
    pub(super) past: Past,
    /// The path of the source in its repository, with `/` at its end; empty at the root.
    pub prefix: String,
}

impl Site {
    /// Returns the page of a file, in any letter case; of two names that differ in nothing else the one that is spelt so.
    pub fn page_of_file(&self, path: &str) -> Option<PageIx> {
        let exact = self.pages.rows().binary_search_by(|page| page.path.as_str().cmp(path));
        if let Ok(row) = exact {
            return Some(PageIx::from_index(row));
        }
        self.by_path.get(&path_key(path)).copied()
    }

    /// Returns the folder at a path, in any letter case.
    pub fn folder(&self, path: &str) -> Option<&Folder> {
        self.by_folder.get(&path_key(path)).and_then(|path| self.folders.get(path))
    }

    /// Returns the files with this name in any folder, in any letter case.
    pub fn files_named(&self, name: &str) -> &[SourcePath] {
        self.by_file_name.get(&path_key(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the page at an address.
    pub fn page_at(&self, url: &UrlPath) -> Option<PageIx> {
        self.by_url.get(url.as_str()).copied()
    }

    /// Returns the person whom a text means: an id, a name, `@handle` or an e-mail address.
    pub fn person(&self, text: &str) -> Option<PersonIx> {
        self.directory.find(text)
    }

    /// Returns the person with this id or handle, as `@name` means.
    pub fn person_with_id(&self, id: &str) -> Option<PersonIx> {
        self.directory.with_id(id)
    }

    /// Returns whether a file is not published as it is: it would run where the site is read, holds secrets, or is not here.
    pub fn is_withheld(&self, file: &SourcePath) -> bool {
        self.unsafe_files.contains(file)
            || self.pointers.contains(file)
            || self.code_files.contains_key(file)
            || self.refused.contains_key(file)
    }

    /// Returns whether what is or was at a path can be no part of the site.
    pub fn excludes(&self, path: &SourcePath) -> bool {
        self.excluded.excludes(path)
    }

    /// Returns the file with a person's photo.
    pub fn photo(&self, person: PersonIx) -> Option<&SourcePath> {
        let person = &self.people[person];
        let folder = person.page.map_or("", |page| self.pages[page].path.folder());
        let path = crate::base::path::join(folder, person.photo.as_deref()?)?;
        self.files.get(&path_key(&path))
    }

    /// Returns who a commit (by its index) credits as its writers: author and co-authors, each once.
    pub fn writers(&self, commit: usize) -> &[PersonIx] {
        &self.past.writers[commit]
    }

    /// Returns when a commit counts as made: by its author's clock, or its committer's, as configured.
    pub fn moment(&self, commit: &Commit) -> Moment {
        self.past.moment(commit)
    }

    /// Returns why a revision says little about its page; `None` for most.
    pub fn small(&self, revision: Revision) -> Option<Small> {
        self.past.small(revision.commit, self.revision(revision).1)
    }

    /// Returns who reviewed a commit.
    pub fn reviewers(&self, commit: &Commit) -> Vec<PersonIx> {
        self.directory.of_identities(commit.reviewers.iter())
    }

    /// Returns a short name for each revision of a page, one of its own and the same in every build: the first digits of its
    /// commit, with a number in the rare case that another revision of the page has them too.
    pub fn revision_ids(&self, page: &Page) -> Vec<String> {
        let mut taken = BTreeSet::new();
        let id = |revision: &Revision| {
            let short = self.history.commits[revision.commit].id.short();
            let numbered = (2..).map(|number| format!("{short}-{number}"));
            let id = std::iter::once(short.clone()).chain(numbered).find(|id| !taken.contains(id));
            let id = id.expect("there are more numbers than revisions");
            taken.insert(id.clone());
            id
        };
        // The oldest first: a new commit changes no name.
        let mut ids: Vec<String> = page.revisions.iter().rev().map(id).collect();
        ids.reverse();
        ids
    }

    /// Returns the commit and the change of a revision.
    pub fn revision(&self, revision: Revision) -> (&Commit, &Change) {
        let commit = &self.history.commits[revision.commit];
        (commit, &commit.changes[revision.change])
    }

    /// Returns the folders in which a page lies, from the root down, without those that it is itself the index of.
    pub fn trail(&self, page: &Page) -> Vec<&Folder> {
        let mut trail: Vec<&Folder> = ancestors(page.path.folder())
            .filter_map(|path| self.folders.get(path))
            .filter(|folder| folder.url != page.url)
            .collect();
        trail.reverse();
        trail
    }

    /// Returns the pages of a kind, in the order of the table.
    pub fn pages_of_kind<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (PageIx, &'s Page)> {
        self.pages.iter().filter(move |(_, page)| page.kind == kind)
    }

    /// Returns the contributions to a page.
    pub fn contributions_to(&self, page: PageIx) -> &[Contribution] {
        let start = self.contributions.partition_point(|c| c.page < page);
        let end = self.contributions.partition_point(|c| c.page <= page);
        &self.contributions[start..end]
    }

    /// Returns the pages that reply to each page.
    pub fn replies(&self) -> Vec<Vec<PageIx>> {
        let mut replies = vec![Vec::new(); self.pages.len()];
        for (ix, page) in self.pages.iter() {
            if let Some(parent) = page.replies_to {
                replies[parent.index()].push(ix);
            }
        }
        replies
    }
}
