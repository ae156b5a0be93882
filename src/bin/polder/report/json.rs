//! Findings as JSON Lines.

use polder::base::Diagnostic;
use serde_json::json;

/// Returns a finding as one JSON object.
pub(crate) fn text(found: &Diagnostic) -> String {
    let place = found.place.as_ref();
    json!({
        "severity": found.severity.as_str(),
        "code": found.code,
        "message": found.message,
        "path": place.map(|place| &place.path),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "length": place.map(|place| place.length),
        "help": found.help,
        "known": found.is_known,
    })
    .to_string()
}
