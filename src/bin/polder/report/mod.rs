//! What the program tells: findings on standard output, all else on standard error.

mod github;
mod human;
mod json;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use polder::base::{Diagnostic, Diagnostics, Error, Result, Severity};
use polder::pipeline::Timings;

use crate::Ending;
use crate::args::{Deny, Format, Report};

/// How many lines of the baseline that are gone are named.
const GONE_SHOWN: usize = 20;

/// How many findings of one sort in one file people are told each in its place; of the others how many there are.
const TOLD_EACH: usize = 100;

/// Writes findings to standard output in the format asked for; a closed pipe is the end, not an error. People are told what is
/// new, and nothing a hundred thousand times; programs are told all, what is known as well.
pub(crate) fn findings(diagnostics: &Diagnostics, report: &Report) {
    let shown = diagnostics.iter().filter(|found| {
        (!report.quiet || found.severity == Severity::Error)
            && !(found.is_known && report.format == Format::Human)
    });
    let all = io::BufWriter::new(io::stdout().lock());
    // Who reads along has gone: nothing is left to do.
    let _ = match report.format {
        Format::Human if report.all => write(anstream::stdout().lock(), shown.map(human::text)),
        Format::Human => {
            let told = bounded(shown);
            write(anstream::stdout().lock(), told.iter().map(|found| human::text(found)))
        }
        Format::Json => write(all, shown.map(json::text)),
        Format::Github => write(all, shown.map(github::text)),
    };
}

fn write(mut out: impl Write, texts: impl Iterator<Item = String>) -> io::Result<()> {
    for text in texts {
        write_line(&mut out, &text)?;
    }
    out.flush()
}

/// Returns sorted findings without those of which a file has very many; how many these are is told below the others of
/// the file.
fn bounded<'d>(sorted: impl Iterator<Item = &'d Diagnostic>) -> Vec<Cow<'d, Diagnostic>> {
    let mut told = Vec::new();
    let mut file: Option<&str> = None;
    let mut counts: BTreeMap<&'static str, (usize, Severity)> = BTreeMap::new();
    for found in sorted {
        let path = found.place.as_ref().map(|place| &*place.path);
        if path != file {
            told.extend(rest(file, std::mem::take(&mut counts)));
            file = path;
        }
        let (count, _) = counts.entry(found.code).or_insert((0, found.severity));
        *count += 1;
        if *count <= TOLD_EACH {
            told.push(Cow::Borrowed(found));
        }
    }
    told.extend(rest(file, counts));
    told
}

/// Returns how many findings of each sort a file has beyond those that are told.
fn rest<'d>(
    file: Option<&str>,
    counts: BTreeMap<&'static str, (usize, Severity)>,
) -> Vec<Cow<'d, Diagnostic>> {
    let many = counts.into_iter().filter(|(_, (count, _))| *count > TOLD_EACH);
    let found = many.map(|(code, (count, severity))| {
        let of = file.map_or("of this site".to_owned(), |file| format!("in `{file}`"));
        let message = format!("… and {} more of this sort {of}", count - TOLD_EACH);
        let found = Diagnostic::new(code, message).help("ask with `--all` for each of them");
        Cow::Owned(Diagnostic { severity, ..found })
    });
    found.collect()
}

/// Returns findings as people read them, without colours.
pub(crate) fn plain<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> String {
    let told = bounded(diagnostics);
    let texts: Vec<String> = told.iter().map(|found| human::text(found)).collect();
    anstream::adapter::strip_str(&texts.join("\n\n")).to_string()
}

/// Writes a line to standard error.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Tells why Polder could not do its work.
pub(crate) fn failure(error: &Error) {
    if let Error::Unusable { diagnostics, .. } = error {
        for found in diagnostics.iter() {
            say(&human::text(found));
            say("");
        }
    }
    say(&human::failure(error));
}

/// Tells how long each stage took.
pub(crate) fn timings(timings: &Timings) {
    for (name, duration) in &timings.stages {
        say(&format!("{:>9.1} ms  {name}", duration.as_secs_f64() * 1000.0));
    }
    say(&format!("{:>9.1} ms  in all", timings.total().as_secs_f64() * 1000.0));
}

/// Returns a number with its word: `1 page`, `2 pages`.
pub(crate) fn number(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Returns how many findings there are, in words: `2 errors, 1 warning`; empty if there are none.
pub(crate) fn count(diagnostics: &Diagnostics) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.map(|severity| (diagnostics.count(severity), severity.as_str()));
    let words = counts.iter().filter(|(count, _)| *count > 0);
    let words = words.map(|(count, word)| number(*count, word));
    words.collect::<Vec<_>>().join(", ")
}

/// Tells how many findings the baseline knows, and what it knows that is no longer there.
pub(crate) fn known(diagnostics: &Diagnostics, gone: &[String]) {
    let known = diagnostics.iter().filter(|found| found.is_known).count();
    if known > 0 {
        say(&format!("{} in .polder-baseline not shown", number(known, "finding")));
    }
    if !gone.is_empty() {
        let count = number(gone.len(), "finding");
        say(&format!(
            "{count} in .polder-baseline no longer there; `polder check --update-baseline` takes them out:"
        ));
        gone.iter()
            .take(GONE_SHOWN)
            .for_each(|line| say(&format!("  {}", line.replace('\t', "  "))));
        if gone.len() > GONE_SHOWN {
            say(&format!("  and {} more", gone.len() - GONE_SHOWN));
        }
    }
}

/// Returns how a command ends that found this.
pub(crate) fn ending(diagnostics: &Diagnostics, deny: Option<Deny>) -> Ending {
    let warnings = deny == Some(Deny::Warnings) && diagnostics.count(Severity::Warning) > 0;
    if warnings || diagnostics.count(Severity::Error) > 0 {
        Ending::ContentErrors
    } else {
        Ending::Fine
    }
}

/// Writes a text to standard output; a closed pipe is the end, not an error.
pub(crate) fn out(text: &str) -> Result<()> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io("write", "standard output".as_ref(), error))
        }
        _ => Ok(()),
    }
}

/// Writes a line to standard output.
pub(crate) fn write_line(out: &mut impl Write, line: &str) -> io::Result<()> {
    out.write_all(line.as_bytes())?;
    out.write_all(b"\n")
}
