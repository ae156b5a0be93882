//! The texts of pages as HTML, with their links resolved.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::id::Id;
use crate::base::memo::Memo;
use crate::base::{Diagnostic, Diagnostics, Fingerprint, Fingerprinter, Outcome, Place, UrlPath};
use crate::config::WikilinkOrder;
use crate::links::Target;
use crate::markdown::{self, Block, Dialect, Form, Highlighter, Href, Hrefs, Rendering, Words};
use crate::model::{PageIx, Site};
use crate::theme::Messages;

use super::Input;

/// Bodies of the last build; `None` for those that could not be rendered.
pub type BodyMemo = Memo<Fingerprint, Option<Arc<str>>>;

/// A page inside a page inside a page … ends here.
const EMBED_DEPTH: usize = 8;

/// Highlights every code block of a site; `memo` keeps those of the last build.
pub fn highlight(site: &Site, memo: &mut Memo<Fingerprint, Arc<str>>) -> Highlighter {
    let blocks: Vec<&Block> =
        site.pages.rows().iter().flat_map(|page| &page.document.outline.code_blocks).collect();
    let html = memo.map(&blocks, |block| block.fingerprint(), |block| Arc::from(block.highlight()));
    Highlighter::new(
        blocks.iter().map(|block| block.fingerprint()).zip(html).collect::<HashMap<_, _>>(),
    )
}

/// Returns the HTML of every page's text, in the order of the pages. A text that the renderer stumbles over is shown as
/// it was written, and reported: it costs its page at most.
pub(super) fn render_all(input: Input<'_>, memo: &mut BodyMemo) -> Outcome<Vec<Arc<str>>> {
    let ids: Vec<PageIx> = input.site.pages.ids().collect();
    let words = WordsByLanguage::new(input);
    let prints: Vec<Fingerprint> = ids.par_iter().map(|ix| fingerprint(input, *ix)).collect();
    let bodies = memo.map(
        &ids,
        |ix| prints[ix.index()],
        |ix| {
            let page = &input.site.pages[*ix];
            let body = Body { input, words: &words, page: *ix, at: &page.url, depth: 0 };
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
    Body { input, words: &words, page, at, depth: 1 }.html(None)
}

/// Everything that a body's HTML follows from: the document, where its links lead, and the same of what it embeds.
fn fingerprint(input: Input<'_>, ix: PageIx) -> Fingerprint {
    let mut print = Fingerprinter::new();
    print.add(input.theme.fingerprint.to_string().as_bytes());
    let mut seen = BTreeSet::new();
    add_page(input, ix, &mut seen, &mut print);
    print.finish()
}

fn add_page(input: Input<'_>, ix: PageIx, seen: &mut BTreeSet<PageIx>, print: &mut Fingerprinter) {
    if !seen.insert(ix) {
        return;
    }
    let page = &input.site.pages[ix];
    print.add(page.document.fingerprint.to_string().as_bytes());
    print.add(page.lang.as_bytes()).add(page.url.as_str().as_bytes());
    print.add(&[u8::from(page.title_in_body), u8::from(input.config.clean_html)]);
    for link in input.links.on(ix) {
        let leads = match &link.target {
            Target::Page { page, anchor } => {
                let anchor = anchor.as_deref().unwrap_or_default();
                format!("{}#{anchor}", input.site.pages[*page].url)
            }
            Target::File(file) => format!("{file} {:?}", input.site.image_sizes.get(file)),
            other => format!("{other:?}"),
        };
        print.add(leads.as_bytes());
        if let (Form::WikiEmbed, Some(page)) = (link.form, link.target.page()) {
            print.add(input.site.pages[page].title.as_bytes());
            add_page(input, page, seen, print);
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
        back: say("body.back"),
        task: [say("body.done"), say("body.to-do")],
        missing: say("body.missing"),
        from: say("body.from"),
    }
}

/// One page's text, shown at an address (its own, or that of the page that embeds it).
struct Body<'a> {
    input: Input<'a>,
    words: &'a WordsByLanguage,
    page: PageIx,
    at: &'a UrlPath,
    depth: usize,
}

impl Body<'_> {
    fn html(&self, part: Option<std::ops::Range<usize>>) -> String {
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
            embedded: self.depth > 0,
            clean: config.clean_html,
            words: self.words.of(&page.lang),
            hrefs: self,
            highlighter: self.input.highlighter,
        };
        markdown::to_html(page.document.body(), &rendering)
    }

    fn target(&self, form: Form, dest: &str) -> Option<&Target> {
        self.input.links.target(self.page, form, dest)
    }
}

impl Hrefs for Body<'_> {
    fn href(&self, form: Form, dest: &str) -> Href {
        match self.target(form, dest) {
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
            Target::File(file) => self.input.site.image_sizes.get(file).copied(),
            _ => None,
        }
    }

    fn embed(&self, dest: &str) -> Option<String> {
        let Target::Page { page, anchor } = self.target(Form::WikiEmbed, dest)? else {
            return None;
        };
        if self.depth >= EMBED_DEPTH || *page == self.page {
            return Some(String::new());
        }
        let embedded = &self.input.site.pages[*page];
        let part = anchor.as_ref().and_then(|anchor| embedded.document.outline.part(anchor));
        let body = Body { page: *page, depth: self.depth + 1, ..*self };
        let target = Target::Page { page: *page, anchor: anchor.clone() };
        let Href::Site(from) = href(self.input.site, &target, self.at) else { return None };
        let words = self.words.of(&self.input.site.pages[self.page].lang);
        Some(markdown::embed_html(&words.from, &from, &embedded.title, &body.html(part)))
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
        Target::External(address) => Href::External(address.clone()),
        Target::Missing => Href::Missing,
        Target::Text => Href::Text,
    }
}
