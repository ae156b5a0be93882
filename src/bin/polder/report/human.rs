//! Findings as compilers print them: what, the line with a mark under it, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use polder::base::text::squeeze;
use polder::base::{Diagnostic, Error, Place, Severity};

/// Returns a finding, with colours.
pub(crate) fn text(found: &Diagnostic) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(clean(&found.message)).id(found.code);
    let mut group = Group::with_title(title);
    let excerpt = found.place.as_ref().map(|place| clean(&place.excerpt));
    if let (Some(place), Some(excerpt)) = (&found.place, &excerpt) {
        let annotation = AnnotationKind::Primary.span(marked(place, excerpt));
        group = group.element(
            Snippet::source(excerpt)
                .line_start(place.line)
                .path(&*place.path)
                .annotation(annotation),
        );
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    Renderer::styled().render(&[group]).clone()
}

/// Returns the bytes of the excerpt that the finding is about.
fn marked(place: &Place, excerpt: &str) -> std::ops::Range<usize> {
    let at = |column: usize| excerpt.char_indices().nth(column).map_or(excerpt.len(), |(at, _)| at);
    let start = place.column - 1;
    at(start)..at(start + place.length)
}

/// Control characters of a page must not reach the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Returns why Polder could not do its work.
pub(crate) fn failure(error: &Error) -> String {
    let mut group = Group::with_title(Level::ERROR.primary_title(squeeze(&error.to_string())));
    if let Error::Refused { help, .. } = error {
        group = group.element(Level::HELP.message(help.clone()));
    }
    Renderer::styled().render(&[group]).clone()
}
