//! What the finished model says about the health of the source. Policy only: each lint is a small function with a code.

mod baseline;

pub use baseline::Baseline;

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Diagnostics, Place};
use crate::links::{LinkGraph, Target};
use crate::model::{Page, Site, State};

/// Looks at every page, and at the files that they use.
pub fn run(site: &Site, links: &LinkGraph) -> Diagnostics {
    let lints = [overdue_page, empty_page, audience];
    let pages = site.pages.rows().iter();
    let of_pages = pages.flat_map(|page| lints.into_iter().filter_map(move |lint| lint(page)));
    of_pages.chain(pointers(site, links)).collect()
}

/// Files that pages use and that are elsewhere, each where it is used first.
fn pointers(site: &Site, links: &LinkGraph) -> impl Iterator<Item = Diagnostic> {
    let mut told = BTreeSet::new();
    links.all().iter().filter_map(move |link| {
        let Target::File(file) = &link.target else { return None };
        let is_new = site.pointers.contains(file) && told.insert(file);
        let message = format!("`{file}` is kept in Git LFS, and only its pointer is here");
        let help = "run `git lfs pull`; in CI ask the checkout for LFS files (`lfs: true`)";
        let finding = Diagnostic::new("lfs-pointer", message).at(link.place.clone());
        is_new.then(|| finding.help(help))
    })
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
