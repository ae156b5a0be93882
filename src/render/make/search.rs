//! The search page: where results appear, what can be done when there are none, and the A–Z that works without scripts.

use crate::base::UrlPath;
use crate::links::Wanted;
use crate::render::alphabet::{Letter, Listed, What};
use crate::render::view::{
    Crumb, KeeperView, LetterEntry, LetterPageView, LetterView, LinkView, NumberView, SearchView,
    UnwrittenView,
};

use super::Maker;

/// The most wanted pages that the search page knows by name.
const WANTED: usize = 500;

/// The most pages that are named as asking for a wanted one.
const ASKING: usize = 3;

impl Maker<'_> {
    /// Returns the view of the search page.
    pub(in crate::render) fn search_view(&self) -> SearchView {
        let wanted = self.input().links.wanted().iter().take(WANTED);
        SearchView {
            title: self.say("search.title"),
            body_html: self.introduction(),
            letters: self.letters(),
            domains: self.site().domains.ids().map(|domain| self.domain_link(domain)).collect(),
            ask: self.ask(),
            keepers: self.domain_keepers(),
            wanted: wanted.map(|wanted| self.unwritten(wanted)).collect(),
        }
    }

    /// Returns the view of a page of a letter.
    pub(in crate::render) fn letter_view(&self, at: usize, number: usize) -> LetterPageView {
        let letter = &self.facts.alphabet.letters[at];
        let numbers = (1..=letter.pages()).map(|other| NumberView {
            number: other,
            href: self.href(&letter.page_url(self.site(), other)),
            current: other == number,
        });
        LetterPageView {
            title: self.say_with("search.letter", &[("letter", &letter.letter)]),
            letter: letter.letter.clone(),
            letters: self.letters(),
            entries: letter.on_page(number).iter().map(|entry| self.listed(entry)).collect(),
            numbers: numbers.collect(),
        }
    }

    /// Returns the trail of a page of a letter.
    pub(in crate::render) fn letter_trail(&self) -> Vec<Crumb> {
        let search =
            Crumb { title: self.say("search.title"), href: self.href(&UrlPath::of_page("search")) };
        vec![self.home_crumb(), search]
    }

    fn letters(&self) -> Vec<LetterView> {
        let view = |letter: &Letter| {
            let anchor = format!("#{}", letter.anchor);
            let listed = if letter.url.is_none() { letter.entries.as_slice() } else { &[] };
            LetterView {
                letter: letter.letter.clone(),
                anchor: letter.anchor.clone(),
                href: letter.url.as_ref().map_or(anchor, |url| self.href(url)),
                count: letter.entries.len(),
                entries: listed.iter().map(|entry| self.listed(entry)).collect(),
            }
        };
        self.facts.alphabet.letters.iter().map(view).collect()
    }

    fn listed(&self, entry: &Listed) -> LetterEntry {
        let hint = match &entry.what {
            What::Page(ix) => {
                let page = &self.site().pages[*ix];
                let kind = self.kind(page).map_or("", |kind| kind.name.text(self.lang));
                if page.hint.is_empty() { kind } else { &page.hint }
            }
            What::Person(ix) => match self.site().people[*ix].role.as_str() {
                "" => {
                    let kind = self.input().theme.kinds.get("person");
                    kind.map_or("", |kind| kind.name.text(self.lang))
                }
                role => role,
            },
            What::Folder(around) => around,
        };
        LetterEntry { text: entry.text.clone(), href: self.href(&entry.url), hint: hint.to_owned() }
    }

    /// Returns where a question is asked; `{slug}` and `{title}`, percent-encoded, stand for what the reader searched.
    fn ask(&self) -> Option<String> {
        let text = "---\ntitle: {title}\nkind: question\nstatus: open\n---\n\n";
        self.create("questions/{slug}.md", text)
    }

    /// Returns who keeps the domains.
    fn domain_keepers(&self) -> Vec<KeeperView> {
        let kept = self.site().domains.iter().filter(|(_, domain)| !domain.stewards.is_empty());
        let view = kept.map(|(ix, domain)| KeeperView {
            domain: self.domain_link(ix),
            stewards: self.people(&domain.stewards),
        });
        view.collect()
    }

    fn unwritten(&self, wanted: &Wanted) -> UnwrittenView {
        let mut asking: Vec<_> =
            self.input().links.asking_for(wanted).map(|link| link.from).collect();
        asking.dedup();
        let list: &UrlPath = &self.site().wanted_url;
        UnwrittenView {
            name: LinkView {
                text: wanted.name.clone(),
                href: format!("{}#{}", self.href(list), wanted.anchor),
            },
            pages: wanted.pages,
            asking: asking.iter().take(ASKING).map(|page| self.link(*page)).collect(),
            create: self.create_wanted(wanted, ""),
        }
    }
}
