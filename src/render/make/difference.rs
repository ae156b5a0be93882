//! The view of what one revision did to a page.

use std::collections::BTreeMap;

use crate::base::text::escape;
use crate::base::{SourcePath, UrlPath};
use crate::history::ChangeKind;
use crate::markdown::{self, Change, How, Pictured, What};
use crate::model::PageIx;
use crate::render::view::{
    ChangeLine, Crumb, DifferenceView, FieldView, LinkView, MovedView, PictureView,
};
use crate::render::{depicted, difference};
use crate::revision::{Account, Depiction, Told};

use super::Maker;

/// How many changes are named above the text.
const NAMED: usize = 60;

impl Maker<'_> {
    /// Returns the view of revision `at` of a page, from 0 for the newest, without what there is to say of its texts.
    pub(in crate::render) fn difference_view(&self, ix: PageIx, at: usize) -> DifferenceView {
        let (site, input) = (self.site(), self.input());
        let page = &site.pages[ix];
        let (commit, change) = site.revision(page.revisions[at]);
        let shown = self.facts.shown.of_page(ix);
        let place = shown.iter().position(|other| *other == at);
        let to = |other: Option<usize>| {
            let at = *shown.get(other?)?;
            let (commit, _) = site.revision(page.revisions[at]);
            let text = self.date(site.moment(commit).date()).text;
            Some(LinkView { text, href: self.href(&self.facts.shown.url(site, ix, at)) })
        };
        let host = input.config.git_host.as_ref().filter(|_| change.blob.is_some());
        DifferenceView {
            page: self.link(ix),
            history_href: self.history_href(page),
            count: page.revisions.len(),
            revision: self.revision(page.revisions[at]),
            newer: to(place.and_then(|place| place.checked_sub(1))),
            older: to(place.map(|place| place + 1)),
            then: host.map(|host| host.source_at(&commit.id.to_string(), change.path.as_str())),
            state: "missing",
            is_first: change.kind == ChangeKind::Added,
            moved: match &change.kind {
                ChangeKind::Renamed { from } => Some(MovedView {
                    from: self.in_source(from.as_str()).to_owned(),
                    to: self.in_source(change.path.as_str()).to_owned(),
                }),
                _ => None,
            },
            summary: String::new(),
            fields: Vec::new(),
            changes: Vec::new(),
            more: 0,
            pictures: self.depicted(ix, at),
            text_html: String::new(),
            source_html: String::new(),
        }
    }

    /// Returns the pictures that came or went with a revision, by their numbers.
    fn depicted(&self, ix: PageIx, at: usize) -> Vec<Option<PictureView>> {
        let input = self.input();
        let account = input.accounts.get(&difference::pair(input.site, input.theme, ix, at));
        let pictures = depicted::of_account(account).iter();
        pictures.map(|picture| self.depiction((ix, at), picture)).collect()
    }

    fn depiction(&self, revision: (PageIx, usize), picture: &Pictured) -> Option<PictureView> {
        let (input, site) = (self.input(), self.site());
        let depicted = depicted::of(input.config, site, revision, picture)?;
        let (path, size) = match input.depictions.get(&depicted)? {
            Depiction::Former { path, size } => (path.clone(), *size),
            Depiction::Still => {
                let file = SourcePath::new(self.in_source(depicted.file.as_str()));
                let shown = input.pictures.get(&file).and_then(|picture| picture.size);
                let size = shown.or_else(|| site.image_sizes.get(&file).copied());
                (file.to_string(), size)
            }
        };
        Some(PictureView { href: self.href(&UrlPath::of_file(&path)), size })
    }

    /// Adds to a view what there is to say of the texts. All of it follows from the account, the language and the view: the
    /// page's fingerprint holds no more.
    pub(in crate::render) fn tell(
        &self,
        view: DifferenceView,
        ix: PageIx,
        at: usize,
    ) -> DifferenceView {
        let input = self.input();
        match input.accounts.get(&difference::pair(input.site, input.theme, ix, at)) {
            Some(Account::Told(told)) => self.told(view, told),
            Some(Account::TooLarge) => DifferenceView { state: "too-large", ..view },
            Some(Account::Withheld) => DifferenceView { state: "withheld", ..view },
            Some(Account::Missing) | None => view,
        }
    }

    fn told(&self, view: DifferenceView, told: &Told) -> DifferenceView {
        let changes = &told.body.changes;
        let fields = told.fields.iter().map(|field| FieldView {
            name: field.name.clone(),
            before: field.before.clone(),
            after: field.after.clone(),
        });
        DifferenceView {
            state: "told",
            summary: if view.is_first { String::new() } else { self.what_in_all(changes) },
            fields: fields.collect(),
            // In a text that is new there is nothing to be led to.
            changes: if view.is_first { Vec::new() } else { self.change_lines(changes) },
            more: if view.is_first { 0 } else { changes.len().saturating_sub(NAMED) },
            text_html: markdown::with_pictures(&told.body.html, |number| {
                view.pictures.get(number)?.as_ref().map(picture)
            }),
            source_html: told.source.clone(),
            ..view
        }
    }

    /// Returns the first changes, with those that follow on each other below one heading in one line.
    fn change_lines(&self, changes: &[Change]) -> Vec<ChangeLine> {
        let named = &changes[..changes.len().min(NAMED)];
        let mut number = 0;
        let line = |changes: &[Change]| {
            let numbers = number + 1..=number + changes.len();
            number += changes.len();
            let also = numbers.clone().skip(1).map(|number| LinkView {
                text: number.to_string(),
                href: format!("#change-{number}"),
            });
            ChangeLine {
                href: format!("#change-{}", numbers.start()),
                also: also.collect(),
                under: changes[0].under.clone(),
                what: self.what_in_all(changes),
                added: changes.iter().map(|change| change.added).sum(),
                removed: changes.iter().map(|change| change.removed).sum(),
            }
        };
        named.chunk_by(|a, b| a.under == b.under).map(line).collect()
    }

    /// Returns what changed in all changes together.
    pub(in crate::render) fn what_in_all(&self, changes: &[Change]) -> String {
        let mut sums: BTreeMap<(What, How), usize> = BTreeMap::new();
        for (what, how, count) in changes.iter().flat_map(|change| &change.counts) {
            *sums.entry((*what, *how)).or_default() += count;
        }
        let counts: Vec<(What, How, usize)> =
            sums.into_iter().map(|((what, how), count)| (what, how, count)).collect();
        self.what(&counts)
    }

    fn what(&self, counts: &[(What, How, usize)]) -> String {
        let told = counts.iter().map(|(what, how, count)| {
            let key = format!("told.{}-{}", what.as_str(), how.as_str());
            self.say_count(&key, *count)
        });
        told.collect::<Vec<_>>().join(", ")
    }

    /// Returns the trail of a revision: that of the page's history, and the history.
    pub(in crate::render) fn difference_trail(&self, ix: PageIx) -> Vec<Crumb> {
        let page = &self.site().pages[ix];
        let mut trail = self.history_trail(page);
        trail.push(Crumb { title: self.say("page.history"), href: self.history_href(page) });
        trail
    }

    /// Returns the title of the tab of a revision: with its day, and with its time if the page changed more than once then.
    pub(in crate::render) fn difference_title(&self, ix: PageIx, at: usize) -> String {
        let page = &self.site().pages[ix];
        let moment = |at: usize| {
            let revision = page.revisions.get(at)?;
            Some(self.site().moment(self.site().revision(*revision).0))
        };
        let this = moment(at).expect("only revisions of the page have a page");
        let mut beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(moment);
        let is_alone = beside.all(|other| other.date() != this.date());
        let mut date = self.date(this.date()).text;
        if !is_alone {
            date = format!("{date}, {}", this.clock());
        }
        self.say_with("difference.title", &[("page", &page.title), ("date", &date)])
    }
}

/// Returns a picture as it stands above its name.
fn picture(picture: &PictureView) -> String {
    let size =
        picture.size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
    let (href, size) = (escape(&picture.href), size.unwrap_or_default());
    format!("<img src=\"{href}\" alt=\"\"{size} loading=\"lazy\">")
}
