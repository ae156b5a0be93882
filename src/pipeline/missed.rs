//! What readers searched for in vain, as far as they would today.

use crate::base::text::primary_language;
use crate::base::{Diagnostic, Diagnostics, Outcome, Place};
use crate::config::Project;
use crate::missed::Missed;
use crate::model::Site;
use crate::output::OutputTree;
use crate::search::find::Finder;

/// Returns the searches of the file that the configuration names, without those that find a page with all their words by now:
/// what was written since needs no reminder.
pub(super) fn unanswered(project: &Project, site: &Site, index: &OutputTree) -> Outcome<Missed> {
    let Some(path) = &project.config.search.missed else {
        return Outcome { value: Missed::default(), diagnostics: Diagnostics::new() };
    };
    let text = match std::fs::read_to_string(project.root.join(path)) {
        Ok(text) => text,
        Err(error) => {
            let found =
                Diagnostic::new("missed-searches", format!("cannot read `{path}`: {error}"));
            let help = "write it with `polder searches`, or mend the path";
            let diagnostics = std::iter::once(found.at(Place::of_file(path)).help(help)).collect();
            return Outcome { value: Missed::default(), diagnostics };
        }
    };
    let mut missed = Missed::parse(path, &text);
    let searches = &mut missed.value.searches;
    if let Some(finder) = Finder::open(index).filter(|_| !searches.is_empty()) {
        let language = primary_language(&site.lang);
        searches.retain(|search| {
            let found = finder.search(&search.words, language);
            found.rows.iter().all(|row| !row.missing.is_empty())
        });
    }
    missed
}
