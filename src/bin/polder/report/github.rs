//! Findings as workflow commands, which GitHub and Forgejo show beside the lines of a change.

use polder::base::{Diagnostic, Severity};

/// Returns a finding as one command.
pub(crate) fn text(found: &Diagnostic) -> String {
    let command = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let known = if found.is_known { " (known)" } else { "" };
    let mut properties = vec![format!("title={}{known}", property(found.code))];
    if let Some(place) = &found.place {
        properties.push(format!("file={}", property(&place.path)));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
    }
    let help = found.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("::{command} {}::{}", properties.join(","), data(&format!("{}{help}", found.message)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
