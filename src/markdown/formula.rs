//! Which marks in a text begin a formula: `$…$` and `$$…$$` after GitHub's rules, and `\(…\)` and `\[…\]` where they hold
//! LaTeX. Amounts of money and names of variables stay text.
//!
//! The parser pairs dollars without looking at what stands around them, and reads `\(` as an escaped bracket. So it reads
//! a text again where that was wrong, with other bytes in those places; as many bytes, so that every place stays.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TextMergeWithOffset};

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// What may stand for a dollar that begins no formula: the first that the text does not have. They are punctuation without a
/// meaning of their own, as the dollar is.
const MASKS: [u8; 8] = *b"%^}{?+@\x01";

/// How often a text is read again before all its dollars are taken as text.
const PASSES: usize = 6;

/// Parses a text, texts merged. Where nothing may be a formula, it is parsed piece by piece as it is asked for.
pub(super) fn parse<'t>(
    text: &'t str,
    options: Options,
) -> Box<dyn Iterator<Item = (Event<'t>, Range<usize>)> + 't> {
    if may_hold(text) {
        Box::new(settled(text, options).into_iter())
    } else {
        Box::new(merged(text, options))
    }
}

fn may_hold(text: &str) -> bool {
    text.contains('$') || text.contains("\\(") || text.contains("\\[")
}

/// Parses a text that may hold formulas.
fn settled(text: &str, options: Options) -> Events<'_> {
    let mask = MASKS.into_iter().find(|mask| !text.as_bytes().contains(mask));
    let Some(mask) = mask else { return read(text, options) };
    let options = options | Options::ENABLE_MATH;
    let mut marks = Marks { mask, money: long_runs(text), brackets: Vec::new() };
    if marks.money.is_empty() {
        let events = read(text, options);
        marks.look(text, text, &events);
        if marks.money.is_empty() && marks.brackets.is_empty() {
            return events;
        }
    } else {
        let masked = marks.masked(text);
        marks.look(text, &masked, &read(&masked, options));
    }
    for _ in 0..PASSES {
        let masked = marks.masked(text);
        let events = read(&masked, options);
        let more = money(&masked, &events);
        let kept = marks.brackets.len();
        let formulas = formulas(&events);
        marks.brackets.retain(|bracket| formulas.contains(&(bracket.start, bracket.end)));
        if more.is_empty() && marks.brackets.len() == kept {
            return marks.unmasked(text, events);
        }
        marks.money.extend(more);
    }
    read(text, options - Options::ENABLE_MATH)
}

fn read(text: &str, options: Options) -> Events<'_> {
    merged(text, options).collect()
}

fn merged(text: &str, options: Options) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter())
}

/// What the parser is to read otherwise.
struct Marks {
    /// Stands for dollars that are text.
    mask: u8,
    /// Dollars that are text.
    money: Vec<usize>,
    /// Formulas between `\(` and `\)`, or `\[` and `\]`, these included.
    brackets: Vec<Range<usize>>,
}

impl Marks {
    /// Looks at what the parser takes for formulas in a text of which some dollars may be masked already.
    fn look(&mut self, text: &str, masked: &str, events: &Events<'_>) {
        self.money.extend(money(masked, events));
        self.brackets = brackets(text, events);
    }

    fn masked(&self, text: &str) -> String {
        let mut masked = text.to_owned().into_bytes();
        for at in &self.money {
            masked[*at] = self.mask;
        }
        for Range { start, end } in &self.brackets {
            masked[*start..start + 2].fill(b'$');
            masked[end - 2..*end].fill(b'$');
        }
        // Bytes of ASCII were put for bytes of ASCII.
        String::from_utf8(masked).unwrap_or_else(|_| text.to_owned())
    }

    fn unmasked<'t>(&self, text: &'t str, events: Events<'_>) -> Events<'t> {
        let dollars = |text: CowStr<'_>| -> CowStr<'static> {
            text.replace(char::from(self.mask), "$").into()
        };
        let unmask = |(event, span): (Event<'_>, Range<usize>)| {
            let event = match event {
                Event::Text(text) => Event::Text(dollars(text)),
                Event::Code(text) => Event::Code(dollars(text)),
                Event::Html(html) => Event::Html(dollars(html)),
                Event::InlineHtml(html) => Event::InlineHtml(dollars(html)),
                Event::InlineMath(latex) => Event::InlineMath(dollars(latex)),
                Event::DisplayMath(latex) if text[span.start..].starts_with("\\(") => {
                    Event::InlineMath(dollars(latex))
                }
                Event::DisplayMath(latex) => Event::DisplayMath(dollars(latex)),
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let (dest_url, title, id) = (dollars(dest_url), dollars(title), dollars(id));
                    Event::Start(Tag::Link { link_type, dest_url, title, id })
                }
                Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                    let (dest_url, title, id) = (dollars(dest_url), dollars(title), dollars(id));
                    Event::Start(Tag::Image { link_type, dest_url, title, id })
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    Event::Start(Tag::FootnoteDefinition(dollars(label)))
                }
                Event::FootnoteReference(label) => Event::FootnoteReference(dollars(label)),
                Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(info))) => {
                    let kind = pulldown_cmark::CodeBlockKind::Fenced(dollars(info));
                    Event::Start(Tag::CodeBlock(kind))
                }
                other => other.into_static(),
            };
            (event, span)
        };
        events.into_iter().map(unmask).collect()
    }
}

/// Returns the dollars of runs of four and more: a line, no formula.
fn long_runs(text: &str) -> Vec<usize> {
    let mut dollars = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find("$$$$") {
        let start = from + found;
        let length = text[start..].bytes().take_while(|byte| *byte == b'$').count();
        from = start + length;
        dollars.extend(start..from);
    }
    dollars
}

/// Returns the dollars that begin what the parser takes for a formula and no reader would.
fn money(text: &str, events: &Events<'_>) -> Vec<usize> {
    let is_money = |(event, span): &(Event<'_>, Range<usize>)| match event {
        Event::InlineMath(latex) => {
            let before = text[..span.start].chars().next_back();
            let after = text[span.end..].chars().next();
            let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            is_word(before)
                || is_word(after)
                || after == Some('{')
                || is_amount(latex)
                || is_name(latex)
                || latex.contains('"') && !latex.contains('\\')
        }
        Event::DisplayMath(latex) => latex.trim().is_empty(),
        _ => false,
    };
    events.iter().filter(|event| is_money(event)).map(|(_, span)| span.start).collect()
}

/// Returns whether this is an amount and the words after it: `5 a month, or 10`.
fn is_amount(latex: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    latex.starts_with(|c: char| c.is_ascii_digit())
        && !latex.contains(['\\', '^', '_', '=', '{'])
        && latex.split_whitespace().any(|word| is_word(word.trim_matches([',', '.', ';', ':'])))
}

/// Returns whether this is a name that some program fills in: `$VERSION$`, `$M01$`.
fn is_name(latex: &str) -> bool {
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let letters = latex.chars().filter(char::is_ascii_uppercase).count();
    let digits = latex.chars().filter(char::is_ascii_digit).count();
    latex.starts_with(|c: char| c.is_ascii_uppercase())
        && latex.chars().all(is_capital)
        && (letters >= 5 || digits >= 2 && !latex.contains('_'))
}

/// Returns what may be a formula between escaped brackets: in running text, on lines of one paragraph, with LaTeX in it.
fn brackets(text: &str, events: &Events<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("\\(") && !text.contains("\\[") {
        return found;
    }
    let mut closed = events.iter().filter(|(event, _)| is_closed(event)).map(|(_, span)| span);
    let mut not_in = closed.next();
    let mut from = 0;
    for (start, _) in text.match_indices('\\') {
        while not_in.is_some_and(|span| span.end <= start) {
            not_in = closed.next();
        }
        if start < from || not_in.is_some_and(|span| span.contains(&start)) {
            continue;
        }
        if let Some(range) = bracket(text, start) {
            from = range.end;
            found.push(range);
        }
    }
    found
}

/// Returns whether no formula begins inside this.
fn is_closed(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Code(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. })
    )
}

/// Returns the formula in brackets that begins at a byte.
fn bracket(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let close = match rest.get(..2)? {
        "\\(" => "\\)",
        "\\[" => "\\]",
        _ => return None,
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '\\';
    if text[..start].chars().next_back().is_some_and(is_word) {
        return None;
    }
    let limit = crate::base::text::floor_char_boundary(rest, 1000);
    let latex = &rest[2..2 + rest[2..limit.max(2)].find(close)?];
    let has_command = latex
        .split('\\')
        .skip(1)
        .any(|command| command.starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_latex = has_command || latex.contains(['^', '=']);
    let is_plain =
        !latex.contains(['$', '`', '<']) && !latex.contains("\n\n") && !latex.ends_with('\\');
    (is_latex && is_plain).then(|| start..start + 2 + latex.len() + 2)
}

/// Returns where the formulas are that stand on their own.
fn formulas(events: &Events<'_>) -> BTreeSet<(usize, usize)> {
    let is_formula =
        |(event, _): &&(Event<'_>, Range<usize>)| matches!(event, Event::DisplayMath(_));
    events.iter().filter(is_formula).map(|(_, span)| (span.start, span.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let events = parse(text, Options::ENABLE_TABLES);
        let formulas: Vec<String> = events
            .filter_map(|(event, _)| match event {
                Event::InlineMath(latex) | Event::DisplayMath(latex) => Some(latex.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(formulas, expect, "{text}");
    }

    #[test]
    fn dollars_around_latex_are_a_formula() {
        check("Let $x_1$ and $$y^2$$, **$z$**.", &["x_1", "y^2", "z"]);
        check("$ABC$ $A_{11}$ $H_2O$", &["ABC", "A_{11}", "H_2O"]);
        check("$$\na\n$$", &["\na\n"]);
        check("| a |\n| - |\n| $x$ |", &["x"]);
    }

    #[test]
    fn amounts_are_money() {
        for text in [
            "It costs $5 and $10.",
            "US$5 and CA$10, or $5/$10, $100K-$200K",
            "**$20**-**$30** [a $5](b) for $6",
            "$5 a month, or 10$ a year",
            "$HOME/bin:$PATH ${a}/${b}",
            "$VERSION_NO$ $M01$ \"$@\" over \"$*\"",
            "a $ b $ c $$ $$",
            "`$x$` \\$x$",
        ] {
            check(text, &[]);
        }
        check("$5, $10 and $x$", &["x"]);
        check("It is CA$5 for $n$ items", &["n"]);
    }

    #[test]
    fn what_is_money_is_read_as_markdown() {
        let events: Events<'_> = parse("a$5 [b$](c$d) `e$`", Options::empty()).collect();
        let text = format!("{events:?}");
        assert!(text.contains("\"c$d\"") && text.contains("\"e$\""), "{text}");
    }

    #[test]
    fn brackets_around_latex_are_a_formula() {
        check("Let \\(x^2\\) and\n\n\\[ \\frac12 \\]\n", &["x^2", " \\frac12 "]);
        check("> \\[\n> a = b\n> \\]", &["\na = b\n"]);
    }

    #[test]
    fn escaped_brackets_are_text() {
        for text in [
            "\\[draft\\] file\\(s\\) \\(optional\\) \\\\(a=b\\\\)",
            "`\\(x^2\\)` <b title='\\(x=2\\)'>",
            "    \\(x^2\\)",
            "```\n\\(x^2\\)\n```",
            "\\[link\\]\\(a.md\\) [x \\(a=b\\)](c)",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn many_dollars_end() {
        for piece in ["a$b$", "$5a$6", "$a$b", "\\(a=b$\\) "] {
            parse(&piece.repeat(2000), Options::empty()).for_each(drop);
        }
    }
}
