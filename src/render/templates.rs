//! Tera, set up with the templates of all layers of a theme.

use tera::Tera;

use crate::base::{Diagnostic, Diagnostics, Error, Place, Result};
use crate::theme::{PREFIXES, Theme};

use super::facts::Facts;
use super::functions;
use super::plan::Made;

/// Loads every template.
///
/// # Errors
/// If one cannot be parsed or refers to what does not exist, with its place.
pub(super) fn load(theme: &Theme, facts: &Facts<'_>) -> Result<Tera> {
    let mut tera = Tera::default();
    let before = tera.set_fallback_prefixes(PREFIXES);
    before.map_err(|error| unusable(theme, &error))?;
    functions::register(&mut tera, theme);
    let templates =
        theme.templates.iter().map(|template| (template.name.as_str(), template.text.as_str()));
    tera.add_raw_templates(templates).map_err(|error| unusable(theme, &error))?;
    tera.global_context().insert("site", &facts.site_view);
    Ok(tera)
}

/// Renders one page.
///
/// # Errors
/// If the template fails, with its place.
pub(super) fn render(tera: &Tera, theme: &Theme, made: &Made) -> Result<String> {
    tera.render(made.template, &made.context()).map_err(|error| unusable(theme, &error))
}

/// Turns an error of Tera into ours: what, where in which template, and what it was called from.
fn unusable(theme: &Theme, error: &tera::Error) -> Error {
    let diagnostic = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let place = place(theme, report.filename(), report.span());
            Diagnostic::error("template-error", report.message()).at(place)
        }
        _ => Diagnostic::error("template-error", error.to_string()),
    };
    let diagnostics: Diagnostics = std::iter::once(diagnostic).collect();
    Error::Unusable { message: "cannot use the theme's templates".to_owned(), diagnostics }
}

fn place(theme: &Theme, name: &str, span: &tera::Span) -> Place {
    let template = theme.templates.iter().find(|template| template.name == name);
    let lines = template.map(|template| template.text.lines()).into_iter().flatten();
    Place {
        path: template.map_or(name, |template| template.path.as_str()).to_owned(),
        line: span.start_line,
        column: span.start_col + 1,
        length: if span.end_line == span.start_line {
            span.end_col.saturating_sub(span.start_col).max(1)
        } else {
            1
        },
        excerpt: lines
            .clone()
            .nth(span.start_line.saturating_sub(1))
            .unwrap_or_default()
            .to_owned(),
    }
}
