//! The views of former addresses.

use crate::base::UrlPath;
use crate::history::Removal;
use crate::model::PageIx;
use crate::render::view::{LinkView, RedirectView, RemovedView};

use super::Maker;

impl Maker<'_> {
    /// Returns the view of an address that a page had.
    pub(in crate::render) fn redirect_view(&self, ix: PageIx) -> RedirectView {
        let page = self.link(ix);
        let url = self.input().config.url.as_ref();
        let canonical = url.map(|url| format!("{url}{}", self.site().pages[ix].url.absolute()));
        RedirectView {
            root: self.at.to_root(),
            canonical: canonical.unwrap_or_else(|| page.href.clone()),
            page,
        }
    }

    /// Returns the view of an address whose page was removed.
    pub(in crate::render) fn removed_view(&self, removal: &Removal) -> RemovedView {
        let first = removal.earlier.last().map(|first| self.site().revision(*first).0);
        RemovedView {
            title: self.site().revision(removal.revision).1.title.clone(),
            path: removal.path.as_str().to_owned(),
            removal: self.revision(removal.revision),
            created: first.map(|first| self.date(self.site().moment(first).date())),
            count: removal.earlier.len() + 1,
            then: self.last_state(removal),
            near: self.near(removal),
        }
    }

    /// Returns where a removed page is shown as it was last.
    fn last_state(&self, removal: &Removal) -> Option<String> {
        let host = self.input().config.git_host.as_ref()?;
        let (commit, change) = self.site().revision(*removal.earlier.first()?);
        change.blob?;
        Some(host.source_at(&commit.id.to_string(), change.path.as_str()))
    }

    /// Returns the nearest folder above a removed page that is still there, if it is not the whole site.
    fn near(&self, removal: &Removal) -> Option<LinkView> {
        let mut folder = removal.path.folder();
        while !folder.is_empty() {
            if let Some(found) = self.site().folder(folder) {
                let text = self.folder_title(found);
                return Some(LinkView { text, href: self.href(&found.url) });
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        None
    }

    /// Returns addresses that differ in letter case only from one where something stands, with that one.
    pub(super) fn respelled(&self) -> Vec<LinkView> {
        let respelled = self.site().redirects.respelled.iter();
        let link = |(from, to): &(UrlPath, UrlPath)| LinkView {
            text: from.as_str().trim_end_matches('/').to_owned(),
            href: self.href(to),
        };
        respelled.map(link).collect()
    }
}
