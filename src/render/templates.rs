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

/// Turns an error of Tera into ours: what, and where in which template.
fn unusable(theme: &Theme, error: &tera::Error) -> Error {
    let mut diagnostics: Diagnostics = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let span = report.span();
            let is_one_line = span.end_line == span.start_line;
            let length = if is_one_line { span.end_col.saturating_sub(span.start_col) } else { 1 };
            let place = place(theme, report.filename(), (span.start_line, span.start_col + 1));
            let place = Place { length: length.max(1), ..place };
            [Diagnostic::new("template-error", report.message()).at(place)].into_iter().collect()
        }
        _ => written_reports(theme, &error.to_string()),
    };
    diagnostics.sort();
    Error::Unusable { message: "cannot use the theme's templates".to_owned(), diagnostics }
}

/// Takes apart what Tera has only as text: references to filters, components and templates that do not exist are one
/// text of many reports, each `error: what`, ` --> template:line:column` and a drawing.
fn written_reports(theme: &Theme, text: &str) -> Diagnostics {
    let lines: Vec<&str> = text.lines().collect();
    let reports = lines.windows(2).filter_map(|pair| {
        let message = pair[0].strip_prefix("error: ")?;
        let (name, at) = pair[1].trim_start().strip_prefix("--> ")?.split_once(':')?;
        let (line, column) = at.split_once(':')?;
        let place = place(theme, name, (line.parse().ok()?, column.parse().ok()?));
        Some(Diagnostic::new("template-error", message).at(place))
    });
    let found: Diagnostics = reports.collect();
    if found.is_empty() {
        return [Diagnostic::new("template-error", text)].into_iter().collect();
    }
    found
}

fn place(theme: &Theme, name: &str, (line, column): (usize, usize)) -> Place {
    let template = theme.templates.iter().find(|template| template.name == name);
    let excerpt = template.and_then(|template| template.text.lines().nth(line.saturating_sub(1)));
    Place {
        path: template.map_or(name, |template| template.path.as_str()).into(),
        line,
        column,
        length: 1,
        excerpt: excerpt.unwrap_or_default().into(),
    }
}
