//! The list of wanted pages.

use crate::links::Wanted;
use crate::render::view::{AskedView, WantedListView};

use super::{Maker, quoted};

impl Maker<'_> {
    /// Returns the view of the list of wanted pages.
    pub(in crate::render) fn wanted_list_view(&self) -> WantedListView {
        let entries = self.input().links.wanted().iter().map(|wanted| AskedView {
            name: wanted.name.clone(),
            anchor: wanted.anchor.clone(),
            path: wanted.path.to_string(),
            pages: wanted.pages,
            asked_by: self.quotes(self.input().links.asking_for(wanted)),
            create: self.create_wanted(wanted, ""),
        });
        WantedListView { title: self.say("wanted.title"), entries: entries.collect() }
    }

    /// Returns where a wanted page is written on the git host; `more` are lines of front matter.
    pub(super) fn create_wanted(&self, wanted: &Wanted, more: &str) -> Option<String> {
        let text = format!("---\ntitle: {}\n{more}---\n\n", quoted(&wanted.name));
        self.create(wanted.path.as_str(), &text)
    }
}
