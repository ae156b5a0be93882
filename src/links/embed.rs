//! Pages that show parts of other pages: what `![[Page#Section]]` stands for, all the way down.
//!
//! Everything is decided here, before anything is rendered: which part is shown, how far its headings move down, which of
//! them keep their ids, and where a circle or a limit ends it. The renderer and the table of contents only look it up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::Diagnostic;
use crate::base::id::Id;
use crate::markdown::{Form, Heading};
use crate::model::{Page, PageIx, Site};

use super::fragment::{Found, Fragments};
use super::link::Link;
use super::target::Target;

/// What a page shows of other pages.
#[derive(Debug, Clone, Default)]
pub struct Embeds {
    /// By their place in the text, in order.
    pub list: Vec<Embed>,
    /// Ids of headings of embedded texts that nothing else on the page has.
    pub ids: BTreeSet<String>,
}

/// One `![[Page]]`.
#[derive(Debug, Clone)]
pub struct Embed {
    /// The byte of the body at which it stands.
    pub at: usize,
    /// The page that it names.
    pub page: PageIx,
    /// What it shows.
    pub shown: Shown,
}

/// What an embed shows.
#[derive(Debug, Clone)]
pub enum Shown {
    /// A text.
    Text(Excerpt),
    /// Nothing: it would show the text in which it stands itself.
    Circle,
    /// Nothing: too much is shown on this page already, or too deep inside.
    TooMuch,
    /// Nothing: the page has no such heading or block.
    NoPlace,
}

/// A page's text, or a part of it, inside another.
#[derive(Debug, Clone)]
pub struct Excerpt {
    /// Which bytes of its body; all if `None`.
    pub part: Option<Range<usize>>,
    /// How many levels its headings move down.
    pub shift: i8,
    /// What it shows itself of others.
    pub inner: Vec<Embed>,
}

/// A heading as a page shows it, its own or of an embedded text.
#[derive(Debug, Clone, Copy)]
pub struct Shows<'s> {
    /// The level at which it is shown.
    pub level: u8,
    /// The heading.
    pub heading: &'s Heading,
}

/// The most pages inside each other.
const DEPTH: usize = 8;
/// The most bytes of other texts on one page.
const BYTES: usize = 1 << 20;
/// The most bytes that the pages with these texts have: a page is read anew for each part of it.
const READ: usize = 8 << 20;
/// The most embeds on one page, at any depth.
const COUNT: usize = 500;

/// Finds what a page shows of others, with what there is to tell of it. `links` holds the links of every page.
pub(super) fn unfold(
    site: &Site,
    fragments: &Fragments<'_>,
    links: &[Vec<Link>],
    page: PageIx,
) -> (Embeds, Vec<Diagnostic>) {
    if links[page.index()].iter().all(|link| link.form != Form::WikiEmbed) {
        return (Embeds::default(), Vec::new());
    }
    let mut unfolder = Unfolder {
        site,
        fragments,
        links,
        bytes: BYTES,
        read: READ,
        count: COUNT,
        chain: Vec::new(),
        ids: BTreeMap::new(),
        found: Vec::new(),
    };
    let list = unfolder.embeds(page, None, Levels { around: 1, shift: 0 });
    let own = &site.pages[page].document.outline.anchors;
    let ids = unfolder.ids.into_iter().filter(|(id, count)| *count == 1 && !own.contains(id));
    (Embeds { list, ids: ids.map(|(id, _)| id).collect() }, unfolder.found)
}

/// Returns the headings that a page shows, its title left out, those of embedded texts where they stand.
pub(super) fn contents<'s>(site: &'s Site, embeds: &Embeds, page: PageIx) -> Vec<Shows<'s>> {
    let mut contents = Vec::new();
    let levels = Levels { around: 1, shift: 0 };
    add_contents(site, embeds, &site.pages[page], None, levels, &embeds.list, &mut contents);
    contents
}

fn add_contents<'s>(
    site: &'s Site,
    embeds: &Embeds,
    page: &'s Page,
    part: Option<&Range<usize>>,
    levels: Levels,
    list: &[Embed],
    contents: &mut Vec<Shows<'s>>,
) {
    let is_own = part.is_none() && levels.around == 1 && levels.shift == 0;
    let mut list = list.iter().peekable();
    let mut add_before = |at: usize, contents: &mut Vec<Shows<'s>>| {
        while let Some(embed) = list.next_if(|embed| embed.at < at) {
            if let Shown::Text(excerpt) = &embed.shown {
                let other = &site.pages[embed.page];
                let levels = Levels { around: 2, shift: excerpt.shift };
                let part = excerpt.part.as_ref();
                add_contents(site, embeds, other, part, levels, &excerpt.inner, contents);
            }
        }
    };
    for heading in headings(page, part) {
        add_before(heading.start, contents);
        if is_own || embeds.ids.contains(&heading.anchor) {
            contents.push(Shows { level: levels.shown(heading.level), heading });
        }
    }
    add_before(usize::MAX, contents);
}

/// Returns the headings of a part of a page that are shown; the one that is the page's title is not.
fn headings<'s>(
    page: &'s Page,
    part: Option<&Range<usize>>,
) -> impl Iterator<Item = &'s Heading> + use<'s> {
    let part = part.cloned();
    let headings = page.document.outline.headings.iter().skip(usize::from(page.title_in_body));
    headings.filter(move |heading| part.as_ref().is_none_or(|part| part.contains(&heading.start)))
}

/// How headings of a text are shown.
#[derive(Clone, Copy)]
struct Levels {
    /// The level of the heading under which the text stands.
    around: u8,
    /// How many levels its headings move down.
    shift: i8,
}

impl Levels {
    fn shown(self, level: u8) -> u8 {
        level.saturating_add_signed(self.shift).clamp(2, 6)
    }
}

struct Unfolder<'a> {
    site: &'a Site,
    fragments: &'a Fragments<'a>,
    links: &'a [Vec<Link>],
    /// How many bytes may still be added and read, and how many embeds added.
    bytes: usize,
    read: usize,
    count: usize,
    /// The embeds that are being unfolded, by page and place.
    chain: Vec<(PageIx, usize)>,
    /// How often each id of a heading occurs in embedded texts.
    ids: BTreeMap<String, usize>,
    found: Vec<Diagnostic>,
}

impl Unfolder<'_> {
    fn embeds(&mut self, ix: PageIx, part: Option<&Range<usize>>, levels: Levels) -> Vec<Embed> {
        let (site, links) = (self.site, self.links);
        let page = &site.pages[ix];
        let mut embeds = Vec::new();
        let mut before = headings(page, part).peekable();
        let mut around = levels.around;
        for (written, link) in page.document.outline.links.iter().zip(&links[ix.index()]) {
            let at = written.span.start;
            let Target::Page { page: other, anchor } = &link.target else { continue };
            if link.form != Form::WikiEmbed || part.is_some_and(|part| !part.contains(&at)) {
                continue;
            }
            while let Some(heading) = before.next_if(|heading| heading.start <= at) {
                around = levels.shown(heading.level);
            }
            self.chain.push((ix, at));
            let shown = self.shown(link, *other, anchor.as_deref(), around);
            self.chain.pop();
            embeds.push(Embed { at, page: *other, shown });
        }
        embeds
    }

    fn shown(&mut self, link: &Link, page: PageIx, anchor: Option<&str>, around: u8) -> Shown {
        if self.chain.len() > DEPTH || self.count == 0 {
            self.report_limit(link);
            return Shown::TooMuch;
        }
        self.count -= 1;
        let document = &self.site.pages[page].document;
        let name = link.dest.split_once('#').map_or("", |(_, fragment)| fragment);
        if anchor.is_none() && self.fragments.of(page).find(name) == Found::Missing {
            return Shown::NoPlace;
        }
        let part = anchor.and_then(|anchor| document.outline.part(anchor));
        let is_shown =
            |at: usize| part.as_ref().is_none_or(|part: &Range<usize>| part.contains(&at));
        if let Some(first) = self.chain.iter().position(|(ix, at)| *ix == page && is_shown(*at)) {
            self.report_circle(link, first, page);
            return Shown::Circle;
        }
        let length = part.as_ref().map_or(document.body().len(), |part| {
            part.end.min(document.body().len()).saturating_sub(part.start)
        });
        if length > self.bytes || document.body().len() > self.read {
            self.report_limit(link);
            return Shown::TooMuch;
        }
        self.bytes -= length;
        self.read -= document.body().len();
        let shown: Vec<&Heading> = headings(&self.site.pages[page], part.as_ref()).collect();
        for heading in &shown {
            *self.ids.entry(heading.anchor.clone()).or_default() += 1;
        }
        let highest = shown.iter().map(|heading| heading.level).min().unwrap_or(1);
        let shift = i8::try_from(around + 1).unwrap_or(6) - i8::try_from(highest).unwrap_or(1);
        let inner = self.embeds(page, part.as_ref(), Levels { around, shift });
        Shown::Text(Excerpt { part, shift, inner })
    }

    fn report_circle(&mut self, link: &Link, first: usize, page: PageIx) {
        let pages = self.chain[first..].iter().map(|(ix, _)| *ix).chain([page]);
        let names: Vec<String> =
            pages.map(|ix| format!("`{}`", self.site.pages[ix].path)).collect();
        let message = format!("this would show a page inside itself: {}", names.join(" → "));
        let finding = Diagnostic::new("embed-cycle", message).at(link.place.clone());
        self.found.push(finding.help("link to the page instead: leave out the `!`"));
    }

    fn report_limit(&mut self, link: &Link) {
        let page = &self.site.pages[self.chain[0].0].path;
        let message = if self.chain.len() > DEPTH {
            format!(
                "`{page}` shows pages inside pages more than {DEPTH} times; this one is left out"
            )
        } else {
            format!("`{page}` shows more of other pages than one page may; this one is left out")
        };
        let finding = Diagnostic::new("embed-limit", message).at(link.place.clone());
        self.found.push(finding.help("link to the page instead: leave out the `!`"));
    }
}
