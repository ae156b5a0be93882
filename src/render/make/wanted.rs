//! The list of wanted pages.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::base::UrlPath;
use crate::links::Wanted;
use crate::missed::Search;
use crate::render::view::{AskedView, LinkView, SearchedView, WantedListView};

use super::{Maker, file_name, quoted};

impl Maker<'_> {
    /// Returns the view of the list of wanted pages.
    pub(in crate::render) fn wanted_list_view(&self) -> WantedListView {
        let wanted = self.input().links.wanted();
        let listed = || wanted.iter().filter(|wanted| !wanted.anchor.is_empty());
        let entries = listed().map(|wanted| AskedView {
            name: wanted.name.clone(),
            anchor: wanted.anchor.clone(),
            path: wanted.path.to_string(),
            pages: wanted.pages,
            asked_by: self.quotes(self.input().links.asking_for(wanted)),
            create: self.create_wanted(wanted, ""),
        });
        let missed = self.facts.missed;
        WantedListView {
            title: self.say("wanted.title"),
            entries: entries.collect(),
            more: wanted.len() - listed().count(),
            searches: missed.searches.iter().map(|search| self.searched(search)).collect(),
            period: missed.days.map_or(String::new(), |(first, last)| {
                let [from, to] = [first, last].map(|day| self.date(day).text);
                self.say_with("wanted.period", &[("from", &from), ("to", &to)])
            }),
        }
    }

    /// Returns the view of a search that found nothing.
    fn searched(&self, search: &Search) -> SearchedView {
        let Search { words, times } = search;
        let results = self.href(&UrlPath::of_page("search"));
        let query = utf8_percent_encode(words, NON_ALPHANUMERIC);
        let file = file_name(words);
        let head = format!("---\ntitle: {}\n", quoted(words));
        let question = format!("{head}kind: question\nstatus: open\n---\n\n");
        SearchedView {
            search: LinkView { text: words.clone(), href: format!("{results}?q={query}") },
            times: *times,
            create: self.create(&file, &format!("{head}---\n\n")),
            ask: self.create(&format!("questions/{file}"), &question),
        }
    }

    /// Returns where a wanted page is written on the git host; `more` are lines of front matter.
    pub(super) fn create_wanted(&self, wanted: &Wanted, more: &str) -> Option<String> {
        let text = format!("---\ntitle: {}\n{more}---\n\n", quoted(&wanted.name));
        self.create(wanted.path.as_str(), &text)
    }
}
