//! Formulas, from LaTeX to MathML: the only place that names the package that does it.

use std::panic::catch_unwind;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use crate::base::text::escape;

/// How a formula stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Display {
    /// In a line.
    Inline,
    /// On lines of its own.
    Block,
}

/// Past this many bytes it is no formula that a person wrote.
const LIMIT: usize = 8192;

/// How deep braces may be nested; browsers draw little more.
const DEPTH: usize = 64;

/// How many commands and scripts a formula may have: each may take the next as its argument, so it is a depth too.
const COMMANDS: usize = 600;

/// What MathML may be made of here.
const TAGS: [&str; 26] = [
    "math",
    "semantics",
    "annotation",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mfrac",
    "msqrt",
    "mroot",
    "mtable",
    "mtr",
    "mtd",
    "mpadded",
    "mphantom",
    "mstyle",
    "menclose",
    "mmultiscripts",
];

/// The words with which a formula that cannot be shown begins in findings.
const UNREADABLE: &str = "the formula cannot be read";

/// Returns a formula as MathML. GitHub lets it stand between backticks inside the dollars.
///
/// # Errors
/// If it is not the LaTeX of formulas; the error tells why.
pub(super) fn mathml(latex: &str, display: Display) -> Result<String, String> {
    let latex = latex.trim();
    let quoted = latex.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    let latex = quoted.unwrap_or(latex).trim();
    let commands = latex.bytes().filter(|byte| matches!(byte, b'\\' | b'^' | b'_' | b'\''));
    if latex.len() > LIMIT || depth(latex) > DEPTH || commands.count() > COMMANDS {
        return Err("the formula is too long or too deep to be shown".to_owned());
    }
    // The package is young; a formula that it stumbles over costs itself.
    let written = catch_unwind(|| write(latex, display)).unwrap_or(Err(UNREADABLE.to_owned()))?;
    plain(&written).ok_or_else(|| UNREADABLE.to_owned())
}

/// Returns the HTML of a formula; one that cannot be read is shown as code.
pub(super) fn html(latex: &str, display: Display) -> String {
    let html = mathml(latex, display).unwrap_or_else(|_| format!("<code>{}</code>", escape(latex)));
    match display {
        Display::Inline => html,
        Display::Block => format!("<span class=\"math\" tabindex=\"0\">{html}</span>"),
    }
}

fn write(latex: &str, display: Display) -> Result<String, String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage)
        .collect::<Result<_, _>>()
        .map_err(|error| told(&error.to_string()))?;
    let source = escape(latex);
    let config = RenderConfig {
        display_mode: match display {
            Display::Inline => DisplayMode::Inline,
            Display::Block => DisplayMode::Block,
        },
        // The package writes it as it is.
        annotation: Some(&source),
        ..RenderConfig::default()
    };
    let mut mathml = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut mathml, events, config).map_err(|_| UNREADABLE.to_owned())?;
    Ok(mathml)
}

/// Returns the reason in the package's words, without the drawing that follows it.
fn told(error: &str) -> String {
    let reason = error.lines().next().unwrap_or_default();
    let reason = reason.trim_start_matches("parsing error: ").trim_end_matches('.');
    format!("{UNREADABLE}: {reason}")
}

fn depth(latex: &str) -> usize {
    let mut deepest = 0;
    let mut depth = 0_usize;
    for byte in latex.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Returns the same MathML without `style`, which the policy forbids (colours become attributes of MathML's own); nothing
/// if it holds anything but MathML.
fn plain(mathml: &str) -> Option<String> {
    let mut plain = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>')?;
        plain.push_str(&rest[..start]);
        let tag = &rest[start + 1..end];
        let name_end =
            tag[1..].find(|c: char| !c.is_ascii_alphabetic()).map_or(tag.len(), |at| at + 1);
        let (name, attributes) = tag.split_at(name_end);
        if !TAGS.contains(&name.trim_start_matches('/')) {
            return None;
        }
        plain.push('<');
        plain.push_str(name);
        plain_attributes(attributes, &mut plain)?;
        plain.push('>');
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    Some(plain)
}

fn plain_attributes(attributes: &str, plain: &mut String) -> Option<()> {
    let mut rest = attributes;
    while let Some(equals) = rest.find("=\"") {
        let (name, value) = (rest[..equals].trim(), &rest[equals + 2..]);
        let (value, after) = value.split_once('"')?;
        let is_safe = |c: char| c.is_ascii_alphanumeric() || " .-_%#+".contains(c);
        match name {
            "style" => colours(value, plain),
            "display" | "displaystyle" | "scriptlevel" | "stretchy" | "class" | "width"
            | "height" | "depth" | "voffset" | "lspace" | "rspace" | "linethickness"
            | "minsize" | "maxsize" | "symmetric" | "form" | "fence" | "separator"
            | "movablelimits" | "accent" | "accentunder" | "mathvariant" | "notation"
            | "columnalign" | "columnspan"
                if value.chars().all(is_safe) =>
            {
                plain.push_str(&format!(" {name}=\"{value}\""));
            }
            "encoding" => plain.push_str(" encoding=\"application/x-tex\""),
            _ => return None,
        }
        rest = after;
    }
    plain.push_str(if rest.trim() == "/" { " /" } else { "" });
    matches!(rest.trim(), "" | "/").then_some(())
}

/// Writes the colours of a style as attributes.
fn colours(style: &str, plain: &mut String) {
    for (property, attribute) in [("color:", "mathcolor"), ("background-color:", "mathbackground")]
    {
        let value = style.split(';').find_map(|part| part.trim().strip_prefix(property));
        let Some(numbers) = value.and_then(|value| value.trim().strip_prefix("rgb(")) else {
            continue;
        };
        let numbers = numbers.trim_end_matches(')').split(' ').map(str::parse::<u8>);
        if let Ok([red, green, blue]) = numbers.collect::<Result<Vec<_>, _>>().as_deref() {
            plain.push_str(&format!(" {attribute}=\"#{red:02x}{green:02x}{blue:02x}\""));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formula_is_mathml() {
        let html = mathml("x^2", Display::Inline).unwrap();
        assert!(html.starts_with("<math display=\"inline\"><semantics><mrow><msup>"), "{html}");
        assert!(
            html.contains("<annotation encoding=\"application/x-tex\">x^2</annotation>"),
            "{html}"
        );
        assert!(mathml("\\frac12", Display::Block).unwrap().contains("display=\"block\""));
    }

    #[test]
    fn what_people_write_can_be_read() {
        for latex in [
            "\\sum_{i=1}^n i = \\frac{n(n+1)}{2}",
            "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
            "\\begin{aligned} a &= b \\\\[2pt] &= c \\end{aligned}",
            "f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}",
            "\\sqrt[3]{x} \\le \\left( \\int_0^\\infty e^{-x^2}\\,dx \\right)",
            "\\mathbb{R} \\to \\mathcal{L}, \\hat{x} \\neq \\vec{y}",
            "\\color{red} x \\colorbox{yellow}{y} \\!\\! z",
            "\\lim_{x \\to 0} \\operatorname{sinc} x",
        ] {
            let html =
                mathml(latex, Display::Block).unwrap_or_else(|error| panic!("{latex}: {error}"));
            assert!(!html.contains("style="), "{html}");
        }
    }

    #[test]
    fn colour_is_an_attribute() {
        let html = mathml("\\color{red} x", Display::Inline).unwrap();
        assert!(html.contains("mathcolor=\"#ff0000\""), "{html}");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let error = mathml("\\frac{1}{", Display::Inline).unwrap_err();
        assert!(
            error.starts_with("the formula cannot be read: ") && !error.contains('\n'),
            "{error}"
        );
        assert!(mathml("\\nosuch x", Display::Inline).is_err());
        assert!(mathml(&"{".repeat(5000), Display::Inline).is_err());
    }

    #[test]
    fn formula_holds_no_other_html() {
        for latex in [
            "\\text{<script>alert(1)</script>}",
            "<img src=x onerror=alert(1)>",
            "\\operatorname{<b onclick=x>}",
            "\\mathrm{</annotation><script>}",
            "</math><script>alert(1)</script>",
            "\\href{javascript:alert(1)}{x}",
            "\\text{\" onload=\"x}",
            "\\tag{<i>}",
        ] {
            for display in [Display::Inline, Display::Block] {
                let Ok(html) = mathml(latex, display) else { continue };
                for word in ["<script", "<img", "<b", "<i>", "href"] {
                    let outside = html.split("<annotation").next().unwrap_or_default();
                    assert!(!html.contains(word) || !outside.contains(word), "{latex}: {html}");
                    assert!(!html.contains(word) || word == "href", "{latex}: {html}");
                }
            }
        }
    }

    #[test]
    fn long_formulas_do_not_stop_the_build() {
        for piece in ["\\sqrt", "\\frac", "^", "_", "\\left(", "x'", "\\text", "&", "\\\\", "\\hat"]
        {
            let _ = mathml(&piece.repeat(LIMIT / piece.len()), Display::Block);
            let _ = mathml(&piece.repeat(COMMANDS), Display::Block);
        }
    }
}
