//! `polder explain`

use polder::base::{Code, Error, Result, code};

use crate::{Ending, args, report};

/// Tells what a code means, or lists all.
pub(crate) fn run(args: &args::Explain) -> Result<Ending> {
    let text = match &args.code {
        Some(name) => explanation(known(name)?),
        None => list(),
    };
    report::out(&text)?;
    Ok(Ending::Fine)
}

fn known(name: &str) -> Result<&'static Code> {
    code::get(name).ok_or_else(|| {
        let help = code::suggest(name).map_or_else(
            || "`polder explain` lists all codes".to_owned(),
            |close| format!("did you mean `{close}`?"),
        );
        Error::refused(format!("there is no finding with the code `{name}`"), help)
    })
}

fn list() -> String {
    let width = code::all().map(|code| code.name.len()).max().unwrap_or_default();
    code::all()
        .map(|code| format!("{:width$}  {:7}  {}\n", code.name, code.severity.as_str(), code.what))
        .collect()
}

fn explanation(code: &Code) -> String {
    let Code { name, severity, what, why, mend, example } = code;
    let mut text =
        format!("{name} ({})\n\n{what}\n\nWhy:  {why}\nMend: {mend}\n", severity.as_str());
    if !example.is_empty() {
        let lines = example.lines().map(|line| format!("    {line}"));
        text.push_str("\nExample:\n\n");
        text.extend(lines.map(|line| format!("{}\n", line.trim_end())));
    }
    let other = if severity.as_str() == "error" { "warning" } else { "error" };
    text.push_str(&format!(
        "\nTo hear of it louder or not at all: `levels: {{{name}: {other}}}` or `off` in polder.yml.\n"
    ));
    text
}
