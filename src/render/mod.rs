//! From facts to HTML files.
//!
//! `plan` lists every output file as a job; each job's view ([`view`], the contract with themes) is made from facts
//! (`facts`, worked out once) in `make`, hashed, and rendered by Tera only if the memo does not know it. Nothing tracks
//! what depends on what: a page whose view did not change need not be rendered, and a page whose view did cannot be missed.
//!
//! Invariant: the only room that names Tera; templates are pure, no clock, no environment, no files.

mod body;
mod facts;
mod functions;
mod make;
mod plan;
mod templates;
pub mod view;

pub use body::{BodyMemo, highlight};

use std::sync::Arc;

use crate::base::memo::Memo;
use crate::base::{Fingerprint, Outcome, Result};
use crate::config::Config;
use crate::links::LinkGraph;
use crate::markdown::Highlighter;
use crate::model::Site;
use crate::output::OutputTree;
use crate::theme::Theme;

use facts::Facts;

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
    /// Its code blocks.
    pub highlighter: &'a Highlighter,
}

/// What the last build rendered.
#[derive(Debug, Default)]
pub struct RenderMemo {
    bodies: BodyMemo,
    pages: Memo<Fingerprint, Arc<[u8]>>,
}

/// Renders every page of a site.
///
/// # Errors
/// If a template of the theme cannot be used; every problem has its file, line and column.
pub fn render(input: Input<'_>, memo: &mut RenderMemo) -> Result<Outcome<OutputTree>> {
    let Outcome { value: bodies, diagnostics } = body::render_all(input, &mut memo.bodies);
    let facts = Facts::gather(input, &bodies);
    let tera = templates::load(input.theme, &facts)?;
    let jobs = plan::plan(&facts);
    let pages = memo.pages.try_map(
        &jobs,
        |job| plan::make(&facts, *job),
        |made| made.fingerprint(&facts),
        |made| {
            let html = templates::render(&tera, input.theme, &made)?;
            Ok(Arc::from(html.into_bytes()))
        },
    )?;
    let mut tree = OutputTree::new();
    for (job, bytes) in jobs.iter().zip(pages) {
        tree.insert_bytes(plan::url(&facts, *job).output_path(), bytes);
    }
    Ok(Outcome { value: tree, diagnostics })
}
