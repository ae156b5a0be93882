//! What the finished model says about the health of the source. Policy only: each lint is a small function with a code.

mod baseline;

pub use baseline::Baseline;

use crate::base::{Diagnostic, Diagnostics, Place};
use crate::model::{Page, Site, State};

/// Looks at every page.
pub fn run(site: &Site) -> Diagnostics {
    let lints = [overdue_page, empty_page, audience];
    let pages = site.pages.rows().iter();
    pages.flat_map(|page| lints.into_iter().filter_map(move |lint| lint(page))).collect()
}

fn overdue_page(page: &Page) -> Option<Diagnostic> {
    let due = page.review?.due?;
    let message = format!("`{}` was to be checked by {due}", page.title);
    let help = "check it, then move `last` of `review`";
    let finding = Diagnostic::new("overdue-page", message).at(Place::of_file(page.path.as_str()));
    (page.state == State::Overdue).then(|| finding.help(help))
}

fn empty_page(page: &Page) -> Option<Diagnostic> {
    let is_empty = page.document.body().trim().is_empty() && page.kind == "page";
    let message = format!("`{}` has no text", page.title);
    let finding = Diagnostic::new("empty-page", message).at(Place::of_file(page.path.as_str()));
    is_empty.then(|| finding.help("write it, or delete the file"))
}

/// One build makes one site, for one audience; a page that asks for another must not go out unnoticed.
fn audience(page: &Page) -> Option<Diagnostic> {
    let audience = page.document.front_matter.audience.as_ref()?;
    let message = format!(
        "this page is meant for `{}`, but is published to everybody who can read the site",
        audience.text
    );
    let place = page.document.place(audience.span.clone());
    let help = "keep pages for a closed audience in a repository of their own, or `exclude` them in polder.yml";
    Some(Diagnostic::new("audience", message).at(place).help(help))
}
