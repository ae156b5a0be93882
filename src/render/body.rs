//! The texts of pages as HTML, with their links resolved.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::base::id::Id;
use crate::base::memo::Memo;
use crate::base::{
    Diagnostic, Diagnostics, Fingerprint, Fingerprinter, Outcome, Place, SourcePath, UrlPath, fold,
};
use crate::config::WikilinkOrder;
use crate::links::{Embed, Excerpt, Shown, Target};
use crate::markdown::{
    self, Block, Dialect, Drawings, Drawn, Embedded, Form, Highlighter, Href, Hrefs, Inside,
    Rendering, Terms, Words,
};
use crate::model::{PageIx, Site};
use crate::theme::Messages;

use super::{Input, terms};

/// Bodies of the last build; `None` for those that could not be rendered.
pub type BodyMemo = Memo<Fingerprint, Option<Arc<str>>>;

/// Files whose text is shown.
pub type CodeFiles = BTreeMap<SourcePath, Block>;

/// Highlights every code block of a site, and the files of code that it shows; `memo` keeps those of the last build.
pub fn highlight(
    site: &Site,
    code: &CodeFiles,
    memo: &mut Memo<Fingerprint, Arc<str>>,
) -> Highlighter {
    let of_pages = site.pages.rows().iter().flat_map(|page| &page.document.outline.code_blocks);
    let blocks: Vec<&Block> = of_pages.chain(code.values()).collect();
    let html = memo.map(&blocks, |block| block.fingerprint(), |block| Arc::from(block.highlight()));
    Highlighter::new(
        blocks.iter().map(|block| block.fingerprint()).zip(html).collect::<HashMap<_, _>>(),
    )
}

/// So much work are the different diagrams of a page that are drawn, by `work` of each: a hundred and fifty small ones, or one
/// of the longest.
const DRAWN: usize = 1_000;

/// Draws every diagram of a site; `memo` keeps those of the last build. Those that cannot be drawn are reported.
pub fn draw(site: &Site, memo: &mut Memo<Fingerprint, Drawn>) -> Outcome<Drawings> {
    let pages = site.pages.rows().iter();
    let mut diagnostics = Diagnostics::new();
    let mut diagrams = Vec::new();
    for page in pages {
        let mut different = BTreeSet::new();
        let mut work = 0;
        for diagram in &page.document.outline.diagrams {
            if different.insert(diagram.fingerprint()) {
                work += diagram.work();
            }
            if work > DRAWN {
                let message = "the diagrams of this page are more than are drawn of one page";
                let place = page.document.place_in_body(diagram.span.clone());
                let help = "part the page; until then those from here on are shown as code";
                diagnostics.push(Diagnostic::new("diagram-failed", message).at(place).help(help));
                break;
            }
            diagrams.push((page, diagram));
        }
    }
    let drawn =
        memo.map(&diagrams, |(_, diagram)| diagram.fingerprint(), |(_, diagram)| diagram.draw());
    for ((page, diagram), drawn) in diagrams.iter().zip(&drawn) {
        let Err(reason) = drawn else { continue };
        let place = page.document.place_in_body(diagram.span.clone());
        let help = "correct the diagram; until then its text is shown as code";
        diagnostics.push(Diagnostic::new("diagram-failed", &**reason).at(place).help(help));
    }
    let prints = diagrams.iter().map(|(_, diagram)| diagram.fingerprint());
    Outcome { value: Drawings::new(prints.zip(drawn).collect()), diagnostics }
}

/// Returns the HTML of every page's text, in the order of the pages. A text that the renderer stumbles over is shown as
/// it was written, and reported: it costs its page at most.
pub(super) fn render_all(input: Input<'_>, memo: &mut BodyMemo) -> Outcome<Vec<Arc<str>>> {
    let ids: Vec<PageIx> = input.site.pages.ids().collect();
    let words = WordsByLanguage::new(input);
    let mut print = Fingerprinter::new();
    let terms = terms::explained(input, &mut print);
    print.add(&[u8::from(input.config.abbreviations)]);
    let explained = print.finish();
    let prints: Vec<Fingerprint> =
        ids.par_iter().map(|ix| fingerprint(input, explained, *ix)).collect();
    let bodies = memo.map(
        &ids,
        |ix| prints[ix.index()],
        |ix| {
            let page = &input.site.pages[*ix];
            let body = Body { terms: &terms, ..Body::of_page(input, &words, *ix, &page.url) };
            catch_unwind(AssertUnwindSafe(|| body.html(None))).ok().map(Arc::from)
        },
    );
    let mut diagnostics = Diagnostics::new();
    let value = ids.iter().zip(bodies).map(|(ix, body)| {
        body.unwrap_or_else(|| {
            let page = &input.site.pages[*ix];
            let message =
                format!("the text of `{}` cannot be rendered; it is shown as written", page.path);
            let place = Place::of_file(page.path.as_str());
            diagnostics.push(Diagnostic::new("page-failed", message).at(place));
            Arc::from(markdown::as_written(page.document.body()))
        })
    });
    let value = value.collect();
    Outcome { value, diagnostics }
}

/// Returns the HTML of a page's text for another page that shows it whole.
pub(super) fn shown_on(input: Input<'_>, page: PageIx, at: &UrlPath) -> String {
    let words = WordsByLanguage::new(input);
    let ids = BTreeSet::new();
    let prefix = format!("{}-", fold::slug(&input.site.pages[page].id));
    let inside = Inside { ids: &ids, shift: 2, prefix: &prefix };
    Body { inside: Some(inside), ..Body::of_page(input, &words, page, at) }.html(None)
}

/// Everything that a body's HTML follows from: the document, where its links lead, and the same of what it embeds.
fn fingerprint(input: Input<'_>, explained: Fingerprint, ix: PageIx) -> Fingerprint {
    let mut print = Fingerprinter::new();
    print.add(explained.to_string().as_bytes());
    print.add(input.theme.fingerprint.to_string().as_bytes());
    add_page(input, ix, &mut print);
    let mut others = BTreeSet::new();
    add_embeds(input, &input.links.embeds(ix).list, &mut others, &mut print);
    for page in others {
        add_page(input, page, &mut print);
    }
    print.finish()
}

/// Adds what is shown of other pages, and notes of which.
fn add_embeds(
    input: Input<'_>,
    embeds: &[Embed],
    pages: &mut BTreeSet<PageIx>,
    print: &mut Fingerprinter,
) {
    for Embed { at, shown, page } in embeds {
        let Shown::Text(Excerpt { part, shift, inner }) = shown else {
            print.add(format!("{at} {shown:?}").as_bytes());
            continue;
        };
        print.add(format!("{at} {part:?} {shift} {}", inner.len()).as_bytes());
        print.add(input.site.pages[*page].url.as_str().as_bytes());
        pages.insert(*page);
        add_embeds(input, inner, pages, print);
    }
}

fn add_page(input: Input<'_>, ix: PageIx, print: &mut Fingerprinter) {
    let page = &input.site.pages[ix];
    print.add(page.document.fingerprint.to_string().as_bytes());
    print.add(page.lang.as_bytes()).add(page.url.as_str().as_bytes());
    print.add(&[u8::from(page.title_in_body), u8::from(input.config.clean_html)]);
    for (today, former) in page.former_anchors.iter() {
        print.add(today.as_bytes()).add(former.join(" ").as_bytes());
    }
    for link in input.links.on(ix) {
        let leads = match &link.target {
            Target::Page { page, anchor } => {
                let anchor = anchor.as_deref().unwrap_or_default();
                format!("{}#{anchor}", input.site.pages[*page].url)
            }
            Target::File(file) => {
                let picture = input.pictures.get(file);
                let size = picture.and_then(|picture| picture.size);
                let size = size.or_else(|| input.site.image_sizes.get(file).copied());
                let smaller = picture.map(|picture| picture.smaller.as_slice()).unwrap_or_default();
                let smaller: Vec<&str> = smaller.iter().map(|one| one.path.as_str()).collect();
                format!("{file} {size:?} {smaller:?}")
            }
            Target::Code { file, line } => format!("{} {line:?}", input.site.code_files[file]),
            Target::Missing => {
                let wanted = input.links.wanted_by(ix, link.form, &link.dest);
                format!("{}#{}", input.site.wanted_url, wanted.map_or("", |wanted| &wanted.anchor))
            }
            other => format!("{other:?}"),
        };
        print.add(leads.as_bytes());
        if let (Form::WikiEmbed, Some(page)) = (link.form, link.target.page()) {
            print.add(input.site.pages[page].title.as_bytes());
        }
    }
    for name in &page.document.outline.mentions {
        let person = input.site.person_with_id(name).map(|person| &input.site.people[person]);
        print.add(person.map_or("", |person| person.name.as_str()).as_bytes());
        print.add(person.map_or("", |person| person.url.as_str()).as_bytes());
    }
}

/// The words of the interface that stand inside texts, for every language of the site.
struct WordsByLanguage(HashMap<String, Words>);

impl WordsByLanguage {
    fn of(&self, lang: &str) -> &Words {
        &self.0[lang]
    }

    fn new(input: Input<'_>) -> Self {
        let languages: BTreeSet<&str> =
            input.site.pages.rows().iter().map(|page| page.lang.as_str()).collect();
        Self(
            languages
                .into_iter()
                .map(|lang| (lang.to_owned(), words(&input.theme.messages, lang)))
                .collect(),
        )
    }
}

fn words(messages: &Messages, lang: &str) -> Words {
    let say = |key: &str| messages.text(lang, key, &[]).unwrap_or_default();
    Words {
        alerts: markdown::alert_words().map(|word| (word, say(&format!("alert.{word}")))).collect(),
        link_to: say("body.link-to"),
        table: say("body.table"),
        footnotes: say("body.footnotes"),
        terms: say("body.terms"),
        back: say("body.back"),
        task: [say("body.done"), say("body.to-do")],
        missing: say("body.missing"),
        diagram: say("body.diagram"),
        diagram_source: say("body.diagram-source"),
        from: say("body.from"),
        refused: [say("body.embed-circle"), say("body.embed-limit"), say("body.embed-no-place")],
    }
}

/// One page's text, shown at an address (its own, or that of the page that embeds it).
struct Body<'a> {
    input: Input<'a>,
    words: &'a WordsByLanguage,
    page: PageIx,
    at: &'a UrlPath,
    /// What it shows of others.
    embeds: &'a [Embed],
    /// How it is shown inside another page; `None` on its own.
    inside: Option<Inside<'a>>,
    /// What the site explains.
    terms: &'a Terms,
}

/// Where nothing is explained: in texts that stand on another page.
static NO_TERMS: LazyLock<Terms> = LazyLock::new(Terms::default);

impl<'a> Body<'a> {
    fn of_page(
        input: Input<'a>,
        words: &'a WordsByLanguage,
        page: PageIx,
        at: &'a UrlPath,
    ) -> Self {
        Self {
            input,
            words,
            page,
            at,
            embeds: &input.links.embeds(page).list,
            inside: None,
            terms: &NO_TERMS,
        }
    }

    fn html(&self, part: Option<Range<usize>>) -> String {
        let page = &self.input.site.pages[self.page];
        let config = self.input.config;
        let rendering = Rendering {
            outline: &page.document.outline,
            dialect: Dialect {
                wikilinks: config.wikilinks != WikilinkOrder::Off,
                label_first: config.wikilinks == WikilinkOrder::LabelFirst,
                ..Dialect::default()
            },
            drop_title: page.title_in_body,
            part,
            inside: self.inside,
            clean: config.clean_html,
            words: self.words.of(&page.lang),
            hrefs: self,
            highlighter: self.input.highlighter,
            drawings: self.input.drawings,
            terms: self.terms,
            explains: config.abbreviations,
        };
        markdown::to_html(page.document.body(), &rendering)
    }

    fn target(&self, form: Form, dest: &str) -> Option<&Target> {
        self.input.links.target(self.page, form, dest)
    }

    /// Returns the address of the entry of a wanted page in the list of them.
    fn wanted(&self, form: Form, dest: &str) -> Option<String> {
        let wanted = self.input.links.wanted_by(self.page, form, dest)?;
        let list = self.input.site.wanted_url.href_from(self.at);
        let entry = Some(&wanted.anchor).filter(|anchor| !anchor.is_empty());
        Some(format!("{list}{}", entry.map_or(String::new(), |anchor| markdown::fragment(anchor))))
    }

    fn excerpt(&self, embed: &Embed, excerpt: &Excerpt) -> String {
        let ids = self.inside.map_or(&self.input.links.embeds(self.page).ids, |inside| inside.ids);
        let prefix = format!("{}e{}-", self.inside.map_or("", |inside| inside.prefix), embed.at);
        let inside = Inside { ids, shift: excerpt.shift, prefix: &prefix };
        let body = Body { page: embed.page, embeds: &excerpt.inner, inside: Some(inside), ..*self };
        body.html(excerpt.part.clone())
    }
}

impl Hrefs for Body<'_> {
    fn href(&self, form: Form, dest: &str) -> Href {
        match self.target(form, dest) {
            Some(Target::Missing) => Href::Missing(self.wanted(form, dest)),
            Some(target) => href(self.input.site, target, self.at),
            // Bare web addresses in embedded parts and the like are no links of the outline.
            None if markdown::safe_scheme(dest) && dest.contains("://") => {
                Href::External(dest.to_owned())
            }
            None => Href::Text,
        }
    }

    fn size(&self, form: Form, dest: &str) -> Option<(u32, u32)> {
        match self.target(form, dest)? {
            Target::File(file) => {
                let shown = self.input.pictures.get(file).and_then(|picture| picture.size);
                shown.or_else(|| self.input.site.image_sizes.get(file).copied())
            }
            _ => None,
        }
    }

    fn srcset(&self, form: Form, dest: &str) -> Option<String> {
        let Target::File(file) = self.target(form, dest)? else { return None };
        let picture =
            self.input.pictures.get(file).filter(|picture| !picture.smaller.is_empty())?;
        let smaller = picture.smaller.iter().map(|one| (one.path.as_str(), one.width));
        let whole = picture.size.map(|(width, _)| (file.as_str(), width));
        let versions = smaller
            .chain(whole)
            .map(|(path, width)| format!("{} {width}w", UrlPath::of_file(path).href_from(self.at)));
        Some(versions.collect::<Vec<_>>().join(", "))
    }

    fn embed(&self, at: usize) -> Option<String> {
        let embed = &self.embeds[self.embeds.binary_search_by_key(&at, |embed| embed.at).ok()?];
        let page = &self.input.site.pages[embed.page];
        let lang = &self.input.site.pages[self.page].lang;
        let words = self.words.of(lang);
        let anchor = match &embed.shown {
            Shown::Text(Excerpt { part: Some(part), .. }) => page.document.outline.anchor_of(part),
            _ => None,
        };
        let target = Target::Page { page: embed.page, anchor };
        let Href::Site(href) = href(self.input.site, &target, self.at) else { return None };
        let embedded = Embedded {
            from: &words.from,
            href: &href,
            title: &page.title,
            lang: if page.lang == *lang { "" } else { &page.lang },
        };
        Some(match &embed.shown {
            Shown::Text(excerpt) => embedded.html(&self.excerpt(embed, excerpt)),
            Shown::Circle => embedded.refused(&words.refused[0]),
            Shown::TooMuch => embedded.refused(&words.refused[1]),
            Shown::NoPlace => embedded.refused(&words.refused[2]),
        })
    }

    fn former_anchors(&self, anchor: &str) -> &[String] {
        self.input.site.pages[self.page].former_anchors.of(anchor)
    }

    fn term(&self, page: &UrlPath) -> Option<String> {
        (page != self.at).then(|| page.href_from(self.at))
    }

    fn file(&self, path: &str) -> String {
        UrlPath::of_file(path).href_from(self.at)
    }

    fn mention(&self, name: &str) -> Option<(String, String)> {
        let person = &self.input.site.people[self.input.site.person_with_id(name)?];
        Some((person.url.href_from(self.at), person.name.clone()))
    }
}

/// Returns the address of a target seen from a page.
pub(super) fn href(site: &Site, target: &Target, from: &UrlPath) -> Href {
    match target {
        Target::Page { page, anchor } => {
            let url = &site.pages[*page].url;
            Href::Site(match anchor {
                Some(anchor) if url == from => markdown::fragment(anchor),
                Some(anchor) => format!("{}{}", url.href_from(from), markdown::fragment(anchor)),
                None => url.href_from(from),
            })
        }
        Target::Generated(url) => Href::Site(url.href_from(from)),
        Target::File(file) if site.is_withheld(file) => Href::Text,
        Target::File(file) => Href::Site(UrlPath::of_file(file.as_str()).href_from(from)),
        Target::Code { file, line } => {
            let line = line.map_or(String::new(), |line| markdown::fragment(&format!("L{line}")));
            Href::Site(format!("{}{line}", site.code_files[file].href_from(from)))
        }
        Target::External(address) => Href::External(address.clone()),
        Target::Missing => Href::Missing(None),
        Target::Text => Href::Text,
    }
}
