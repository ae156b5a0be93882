//! What a site explains to its readers: its glossary's abbreviations, and pages that are lists of abbreviations.

use crate::base::Fingerprinter;
use crate::markdown::{Term, Terms, abbreviation_id, is_abbreviation};
use crate::model::Page;
use crate::theme::Role;

use super::Input;

/// Returns what a site explains, and adds it to a fingerprint. Lists count more than the glossary.
pub(super) fn explained(input: Input<'_>, print: &mut Fingerprinter) -> Terms {
    if !input.config.abbreviations {
        return Terms::default();
    }
    let pages = || input.site.pages.rows().iter();
    let listed = pages().filter(|page| page.document.outline.is_list_of_terms()).flat_map(listed);
    let glossary = pages()
        .filter(|page| input.theme.kinds.role(&page.kind) == Role::Term)
        .flat_map(of_glossary);
    let terms: Vec<Term> = listed.chain(glossary).collect();
    for term in &terms {
        print.add(term.name.as_bytes()).add(term.meaning.as_bytes());
        let (page, anchor) = term.place.as_ref().expect("a site explains on its pages");
        print.add(page.as_str().as_bytes()).add(anchor.as_deref().unwrap_or_default().as_bytes());
    }
    Terms::new(terms)
}

fn listed(page: &Page) -> impl Iterator<Item = Term> {
    page.document.outline.abbreviations.iter().enumerate().map(|(at, (name, meaning))| Term {
        name: name.clone(),
        meaning: meaning.clone(),
        place: Some((page.url.clone(), Some(abbreviation_id(at)))),
    })
}

fn of_glossary(page: &Page) -> impl Iterator<Item = Term> {
    let aliases = page.document.front_matter.aliases.iter().map(|alias| alias.text.as_str());
    // An abbreviation means what its page is called.
    let is_short = is_abbreviation(&page.title);
    let meaning = if is_short { page.description() } else { page.title.clone() };
    let names = aliases.chain([page.title.as_str()]).filter(|name| is_abbreviation(name));
    names.map(move |name| Term {
        name: name.to_owned(),
        meaning: meaning.clone(),
        place: Some((page.url.clone(), None)),
    })
}
