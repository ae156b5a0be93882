//! Double brackets that are no wikilinks: bibliographies, templates, arrays.

use std::collections::BTreeSet;

use crate::base::Diagnostic;
use crate::markdown::Form;

use super::link::Link;
use super::report::Findings;
use super::target::Target;

/// A site with fewer wikilinks may be a young wiki whose pages are still to be written.
const ENOUGH: usize = 20;

/// Returns whether a site plainly uses double brackets for something else: of many not one in twenty names a page.
pub(super) fn mean_something_else<'l>(links: impl Iterator<Item = &'l Link>) -> bool {
    let (mut all, mut missing) = (0, 0);
    for link in links.filter(|link| link.form == Form::Wiki) {
        all += 1;
        missing += usize::from(link.target == Target::Missing);
    }
    all >= ENOUGH && (all - missing) * 20 < all
}

/// Makes the wikilinks of a page that name nothing plain text, and one finding of those about them.
pub(super) fn as_text(links: &mut [Link], findings: &mut Findings) {
    let mut missing: Vec<&mut Link> = links
        .iter_mut()
        .filter(|link| link.form == Form::Wiki && link.target == Target::Missing)
        .collect();
    let Some(first) = missing.first() else { return };
    let places: BTreeSet<(usize, usize)> =
        missing.iter().map(|link| (link.place.line, link.place.column)).collect();
    findings.wanted.retain(|wanted| {
        let place = wanted.place.as_ref().map(|place| (place.line, place.column));
        place.is_none_or(|place| !places.contains(&place))
    });
    let message = format!(
        "`[[{}]]` names no page, as hardly any double brackets of this site do; {} on this page are shown as text",
        first.dest,
        missing.len()
    );
    let finding = Diagnostic::new("other-brackets", message).at(first.place.clone());
    let help = "set `wikilinks: off` in polder.yml if they mean something else";
    findings.others.push(finding.help(help));
    for link in &mut missing {
        link.target = Target::Text;
    }
}
