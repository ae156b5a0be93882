//! From facts to HTML files.
//!
//! `plan` lists every output file as a job; each job's view ([`view`], the contract with themes) is made from facts
//! (`facts`, worked out once) in `make`, hashed, and rendered by Tera only if the memo does not know it. Nothing tracks
//! what depends on what: a page whose view did not change need not be rendered, and a page whose view did cannot be missed.
//!
//! Invariant: the only room that names Tera; templates are pure, no clock, no environment, no files.

mod alphabet;
mod body;
mod depicted;
mod difference;
mod entry;
mod facts;
mod feed;
mod fold;
mod functions;
mod make;
mod memo;
mod paged;
mod plan;
mod sitemap;
mod templates;
mod terms;
mod touched;
pub mod view;

pub use body::{BodyMemo, CodeFiles, draw, highlight};
pub use depicted::depicted;
pub use difference::{difference_words, lineages, wanted};
pub use memo::{Lasting, RenderMemo};

use std::sync::Arc;

use crate::base::{Diagnostics, Outcome, Result};
use crate::config::Config;
use crate::links::LinkGraph;
use crate::markdown::{Drawings, Highlighter};
use crate::missed::Missed;
use crate::model::Site;
use crate::output::{Content, Former, OutputTree};
use crate::picture::Pictures;
use crate::revision::{Accounts, Depictions, Origins};
use crate::theme::Theme;

use facts::Facts;
use feed::Feeds;

/// What is rendered.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The site.
    pub site: &'a Site,
    /// Its links.
    pub links: &'a LinkGraph,
    /// Its theme.
    pub theme: &'a Theme,
    /// The files whose text it shows.
    pub code: &'a CodeFiles,
    /// Its code blocks.
    pub highlighter: &'a Highlighter,
    /// Its pictures.
    pub pictures: &'a Pictures,
    /// Its diagrams.
    pub drawings: &'a Drawings,
    /// What its revisions changed.
    pub accounts: &'a Accounts,
    /// The pictures that came or went with them.
    pub depictions: &'a Depictions,
    /// Which revision each line of each page came with, in the order of the pages.
    pub origins: &'a [Origins],
    /// Whether authors look at it while they write, and not readers: then pages tell what of them is not committed.
    pub preview: bool,
}

/// The pages of a site.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Every page.
    pub pages: OutputTree,
    /// What stands at addresses that pages had; it gives way to everything else.
    pub former: OutputTree,
    /// Feeds, and the list of pages for search engines.
    pub feeds: OutputTree,
}

/// The texts of the pages of a site as HTML.
#[derive(Debug)]
pub struct Texts(Vec<Arc<str>>);

/// Writes the text of every page. A page with a text that cannot be rendered has it as it was written.
pub fn texts(input: Input<'_>, memo: &mut RenderMemo) -> Outcome<Texts> {
    let Outcome { value, diagnostics } = body::render_all(input, &mut memo.bodies);
    Outcome { value: Texts(value), diagnostics }
}

/// Renders every page of a site, but those that `former` holds already as they would be rendered. `missed` is what readers
/// searched for in vain.
///
/// # Errors
/// If a template of the theme cannot be used; every problem has its file, line and column.
pub fn render(
    input: Input<'_>,
    texts: &Texts,
    missed: &Missed,
    memo: &mut RenderMemo,
    former: &Former,
) -> Result<Outcome<Rendered>> {
    let RenderMemo { pages, stamps, .. } = memo;
    let mut diagnostics = Diagnostics::new();
    let facts = Facts::gather(input, &texts.0, missed);
    let feeds = Feeds::of(&facts);
    let tera = templates::load(input.theme, &facts)?;
    let mut jobs = plan::plan(&facts);
    let living = jobs.len();
    jobs.extend(plan::former(&facts));
    let path = |job: plan::Job<'_>| plan::url(&facts, job).output_path();
    let made = pages.try_map(
        &jobs,
        |job| {
            let made = plan::make(&facts, &feeds, *job);
            (*job, made.fingerprint(&facts, *job), made)
        },
        |(_, fingerprint, _)| *fingerprint,
        |(job, fingerprint, made)| {
            let stamp = stamps.get(&fingerprint);
            if let Some(kept) = stamp.and_then(|stamp| former.kept(&path(job), *stamp)) {
                return Ok(kept);
            }
            let made = plan::complete(&facts, job, made);
            let html = templates::render(&tera, input.theme, &made)?;
            Ok(Content::Bytes(html.into_bytes().into()))
        },
    )?;
    let mut value = Rendered::default();
    for (at, (job, content)) in jobs.iter().zip(made).enumerate() {
        let tree = if at < living { &mut value.pages } else { &mut value.former };
        tree.insert(path(*job), content);
    }
    value.feeds = feeds.write(&facts);
    value.feeds.merge(sitemap::write(&facts));
    diagnostics.extend(feed::findings(&facts));
    Ok(Outcome { value, diagnostics })
}
