//! Lists: folders, kinds, and the page for what is not there.

use crate::base::fold;
use crate::model::{Folder, PageIx};
use crate::render::view::{Crumb, LinkView, ListingGroup, ListingView, MissingView};
use crate::theme::Kind;

use super::Maker;

impl Maker<'_> {
    /// Returns the view of a folder that has no page of its own.
    pub(in crate::render) fn folder_view(&self, folder: &Folder) -> ListingView {
        let folders = folder.folders.iter().filter_map(|path| self.site().folders.get(path));
        let folders: Vec<LinkView> = folders
            .map(|below| LinkView { text: below.title.clone(), href: self.href(&below.url) })
            .collect();
        // A page that stands at the address of a folder below is listed as that folder.
        let is_listed =
            |page: &&PageIx| !folders.iter().any(|below| below.href == self.link(**page).href);
        let pages: Vec<PageIx> = folder.pages.iter().filter(is_listed).copied().collect();
        ListingView {
            title: folder.title.clone(),
            kind: "folder".to_owned(),
            body_html: String::new(),
            count: folder.count,
            groups: vec![ListingGroup { title: String::new(), pages: self.pages(&pages) }],
            folders,
        }
    }

    /// Returns the trail of a folder.
    pub(in crate::render) fn folder_trail(&self, folder: &Folder) -> Vec<Crumb> {
        let mut trail = Vec::new();
        let mut path = folder.path.as_str();
        while let Some((parent, _)) = path.rsplit_once('/') {
            path = parent;
            trail.extend(self.site().folders.get(path).map(|parent| self.folder_crumb(parent)));
        }
        trail.push(self.home_crumb());
        trail.reverse();
        trail
    }

    /// Returns the title of a folder with that of the folder around it: many folders are called alike.
    pub(in crate::render) fn folder_title(&self, folder: &Folder) -> String {
        let parent =
            folder.path.rsplit_once('/').and_then(|(parent, _)| self.site().folders.get(parent));
        parent.map_or_else(
            || folder.title.clone(),
            |parent| format!("{} - {}", folder.title, parent.title),
        )
    }

    /// Returns the view of all pages of a kind, grouped by status where the kind has statuses.
    pub(in crate::render) fn kind_view(&self, kind: &Kind) -> ListingView {
        let mut pages: Vec<PageIx> =
            self.site().pages_of_kind(&kind.id).map(|(ix, _)| ix).collect();
        // The index of the folder that bears the list is its introduction, not an entry.
        pages.retain(|page| self.site().pages[*page].url != *self.at);
        pages.sort_by_cached_key(|ix| {
            let page = &self.site().pages[*ix];
            let newest_first = kind.is_record.then_some(std::cmp::Reverse(page.created));
            (newest_first, fold::loose_key(&page.title), *ix)
        });
        let mut groups: Vec<ListingGroup> = Vec::new();
        for (status, label) in &kind.statuses {
            let has =
                |ix: &PageIx| self.site().pages[*ix].status.as_deref() == Some(status.as_str());
            let (these, rest): (Vec<PageIx>, Vec<PageIx>) = pages.into_iter().partition(has);
            pages = rest;
            groups.push(ListingGroup {
                title: label.text(self.lang).to_owned(),
                pages: self.pages(&these),
            });
        }
        groups.push(ListingGroup { title: String::new(), pages: self.pages(&pages) });
        groups.retain(|group| !group.pages.is_empty());
        ListingView {
            title: kind.plural.text(self.lang).to_owned(),
            kind: kind.id.clone(),
            body_html: self.introduction(),
            folders: Vec::new(),
            count: groups.iter().map(|group| group.pages.len()).sum(),
            groups,
        }
    }

    /// Returns the view of the page for what is not there.
    pub(in crate::render) fn missing_view(&self) -> MissingView {
        MissingView {
            domains: self.site().domains.ids().map(|domain| self.domain_link(domain)).collect(),
            moved: self.respelled(),
        }
    }
}
