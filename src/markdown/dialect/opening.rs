//! Lines that open a block with a name: MkDocs' `!!!`, `???` and `===`, everybody's `:::`, Obsidian's `[!…]`, GitBook's and
//! Hugo's tags.

use super::super::container::{Alert, Container, Fold, Title};

/// A line that opens a block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opening<'b> {
    /// What the block is.
    pub(super) container: Container,
    /// What it is called, if it is called by itself.
    pub(super) title: Option<Name<'b>>,
}

/// What a block is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name<'b> {
    /// As its author wrote, with Markdown in it.
    Written(&'b str),
    /// After its kind, which is none that Polder has a word for.
    Kind(String),
}

impl<'b> Opening<'b> {
    fn alert(kind: &str, title: Option<&'b str>) -> Self {
        let known = Alert::of_kind(kind);
        let mut alert = known.unwrap_or_else(Alert::unknown);
        let title = match (title, known) {
            (Some(title), _) if !title.trim().is_empty() => Some(Name::Written(title.trim())),
            (_, None) => Some(Name::Kind(capital(kind))),
            _ => None,
        };
        if title.is_some() {
            alert.title = Title::Own;
        }
        Self { container: Container::Alert(alert), title }
    }

    fn folded(mut self, fold: Fold) -> Self {
        if let Container::Alert(alert) = &mut self.container {
            alert.fold = fold;
        }
        self
    }

    /// Returns a block without a name.
    pub(super) fn plain() -> Self {
        Self { container: Container::Plain, title: None }
    }
}

/// Returns a kind as a title: `my-kind` as `My kind`.
fn capital(kind: &str) -> String {
    let words = kind.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Returns what `!!! kind "Title"`, `??? kind` or `=== "Tab"` opens. `has_body` tells whether an indented line follows.
pub(super) fn indented(text: &str, has_body: impl FnOnce() -> bool) -> Option<Opening<'_>> {
    let mark = text.get(..3)?;
    let rest = &text[3..];
    match mark {
        "!!!" => admonition(rest, has_body),
        "???" => {
            let open = rest.strip_prefix('+');
            let opening = admonition(open.unwrap_or(rest), has_body)?;
            Some(opening.folded(if open.is_some() { Fold::Open } else { Fold::Closed }))
        }
        "===" => {
            let rest = rest.trim_start_matches(['!', '+']);
            let title = quoted(rest.strip_prefix(' ')?.trim())?;
            Some(Opening { container: Container::Tab, title: Some(Name::Written(title)) })
        }
        _ => None,
    }
}

fn admonition(rest: &str, has_body: impl FnOnce() -> bool) -> Option<Opening<'_>> {
    let rest = rest.trim();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let kind = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
    if kind.is_empty() {
        return None;
    }
    let after = rest[kind.len()..].trim();
    // More words before the title are classes: `inline end`.
    let classes = after.trim_start_matches(|c| is_word(c) || c == ' ');
    let title = if classes.is_empty() { None } else { Some(quoted(classes)?) };
    let is_sure = title.is_some() || Alert::of_kind(kind).is_some() || has_body();
    let mut opening = is_sure.then(|| Opening::alert(kind, title))?;
    if title.is_some_and(|title| title.trim().is_empty())
        && let Container::Alert(alert) = &mut opening.container
    {
        (alert.title, opening.title) = (Title::None, None);
    }
    Some(opening)
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?
        .strip_suffix('"')
        .or_else(|| text.strip_prefix('\'')?.strip_suffix('\''))
}

/// Returns the number of marks and the block that `:::kind[Title]` opens, in any tool's spelling.
pub(super) fn directive(text: &str) -> Option<(usize, Opening<'_>)> {
    let rest = text.trim_start_matches(':');
    let marks = text.len() - rest.len();
    if marks < 3 {
        return None;
    }
    let rest = rest.trim();
    // `:::row:::` and `:::image … :::` are all there is of them.
    if rest.ends_with(":::") {
        return None;
    }
    let (attributes, rest) = match rest.strip_prefix('{') {
        Some(inner) => {
            let end = inner.find('}')?;
            (&inner[..end], inner[end + 1..].trim())
        }
        None => ("", rest),
    };
    let kind = if attributes.is_empty() { first_word(rest) } else { first_class(attributes) };
    if kind.is_empty() && attributes.is_empty() {
        return None;
    }
    let after = if attributes.is_empty() { rest[kind.len()..].trim() } else { rest };
    let kind = kind.trim_start_matches('.').trim_start_matches("callout-");
    let (title, after_title) = bracketed(after);
    let attributes = if attributes.is_empty() {
        after_title.strip_prefix('{').unwrap_or("")
    } else {
        attributes
    };
    let title = attribute(attributes, "title").or(title);
    if Alert::of_kind(kind).is_none() {
        return Some((marks, Opening::plain()));
    }
    let mut opening = Opening::alert(kind, title);
    if attributes.contains("collapse=\"true\"") {
        opening = opening.folded(Fold::Closed);
    } else if attributes.split([' ', '}']).any(|word| word == "open") {
        opening = opening.folded(Fold::Open);
    }
    Some((marks, opening))
}

/// Returns the title in `[Title]{…}` or `Title {…}`, and what follows it.
fn bracketed(text: &str) -> (Option<&str>, &str) {
    if let Some(inner) = text.strip_prefix('[')
        && let Some(end) = closing_bracket(inner)
    {
        return (Some(&inner[..end]), inner[end + 1..].trim());
    }
    let end = text.find('{').unwrap_or(text.len());
    let title = text[..end].trim();
    let title = quoted(title).unwrap_or(title);
    (Some(title).filter(|title| !title.is_empty()), &text[end..])
}

fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the class that comes first in an attribute list, or the word with which it begins.
fn first_class(attributes: &str) -> &str {
    let mut words = attributes.split_whitespace();
    let class = words.find(|word| word.starts_with('.'));
    first_word(class.unwrap_or(attributes))
}

fn first_word(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

/// Returns the value of `name="value"`.
pub(super) fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(found) = attributes[from..].find(name) {
        let start = from + found;
        let starts = attributes[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let value = attributes[start + name.len()..].trim_start().strip_prefix('=');
        if let (true, Some(value)) = (starts, value) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            return match quote {
                Some(quote) => value[1..].split(quote).next(),
                None => value.split(|c: char| c.is_whitespace() || c == '>' || c == '}').next(),
            };
        }
        from = start + name.len();
    }
    None
}

/// Returns what stands between the braces of a tag that is all of a text.
pub(super) fn tag_inner(text: &str) -> Option<&str> {
    let pairs = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map(|inner| inner.trim_matches('-').trim()).filter(|inner| !inner.contains(['{', '}']))
}

/// Returns the name of a tag of a template language and the block that it opens: GitBook's `{% hint style="info" %}`,
/// Hugo's `{{% notice tip "Title" %}}` and their like.
pub(super) fn tagged(text: &str) -> Option<(&str, Opening<'_>)> {
    let inner = tag_inner(text)?;
    let name = first_word(inner);
    let rest = inner[name.len()..].trim();
    let value = |names: &[&str]| names.iter().find_map(|name| attribute(rest, name));
    let quotes: Vec<&str> = rest.split('"').collect();
    let word = first_word(rest.trim_start_matches('"'));
    let title = value(&["title", "summary", "header", "label", "name"]);
    let opening = match name {
        "hint" | "notice" | "callout" | "alert" | "admonition" => {
            let has_names = rest.contains('=');
            let kind = value(&["style", "type", "kind", "color"]).unwrap_or(if has_names {
                ""
            } else {
                word
            });
            let second = if rest.starts_with('"') { quotes.get(3) } else { quotes.get(1) };
            let title = title.or(second.copied().filter(|_| !has_names));
            let kind = if Alert::of_kind(kind).is_some() { kind } else { "note" };
            Opening::alert(kind, title)
        }
        "tab" => match title.or(quotes.get(1).copied()) {
            Some(title) => Opening { container: Container::Tab, title: Some(Name::Written(title)) },
            None => Opening::plain(),
        },
        "expand" | "details" | "collapse" => {
            Opening::alert("details", title.or(quotes.get(1).copied()))
        }
        name => {
            Alert::of_kind(name)?;
            Opening::alert(name, title)
        }
    };
    Some((name, opening))
}

/// Returns what `[!kind|…]- Title` opens, as Obsidian writes it. GitHub's own alerts are the parser's.
pub(super) fn callout(text: &str) -> Option<Opening<'_>> {
    let inner = text.strip_prefix("[!")?;
    let end = inner.find(']')?;
    let kind = inner[..end].split('|').next().unwrap_or_default().trim();
    let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if kind.is_empty() || !kind.chars().all(is_kind) {
        return None;
    }
    let rest = &inner[end + 1..];
    let (fold, title) = match rest.chars().next() {
        Some('-') => (Fold::Closed, &rest[1..]),
        Some('+') => (Fold::Open, &rest[1..]),
        None | Some(' ' | '\t') => (Fold::Never, rest),
        Some(_) => return None,
    };
    Some(Opening::alert(kind, Some(title)).folded(fold))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(opening: Option<Opening<'_>>) -> String {
        let Some(opening) = opening else { return "text".to_owned() };
        let title = match opening.title {
            Some(Name::Written(title)) => format!(" “{title}”"),
            Some(Name::Kind(kind)) => format!(" ({kind})"),
            None => String::new(),
        };
        match opening.container {
            Container::Alert(alert) => format!("{} {:?}{title}", alert.word, alert.fold),
            other => format!("{other:?}{title}"),
        }
    }

    #[test]
    fn mkdocs_opens_by_marks_and_quotes() {
        let check = |text, expect| assert_eq!(shown(indented(text, || false)), expect, "{text}");
        check("!!! note", "note Never");
        check("!!! warning \"Mind *this*\"", "warning Never “Mind *this*”");
        check("!!! tip inline end \"T\"", "tip Never “T”");
        check("!!! danger \"\"", "danger Never");
        check("??? expander \"Bias\"", "note Closed “Bias”");
        check("???+ faq", "question Open");
        check("=== \"Linux\"", "Tab “Linux”");
        check("!!! wow", "text");
        check("!!! what a day!", "text");
        check("???", "text");
        check("=====", "text");
        check("!!é note", "text");
    }

    #[test]
    fn colons_open_in_any_spelling() {
        let check = |text, expect| {
            assert_eq!(shown(directive(text).map(|(_, opening)| opening)), expect, "{text}");
        };
        check(":::note", "note Never");
        check(":::info[My [own] title]", "info Never “My [own] title”");
        check("::: tip Mind this", "tip Never “Mind this”");
        check("::: details Show me {open}", "details Open “Show me”");
        check("::: {.callout-note title=\"Q\" collapse=\"true\"}", "note Closed “Q”");
        check(":::{warning} Look", "warning Never “Look”");
        check(":::: columns", "Plain");
        check(":::{.right}", "Plain");
        check("::: {#one .warning}", "warning Never");
        check("::: {#one}", "Plain");
        check(":::", "text");
        check(":::row:::", "text");
        check("::no", "text");
    }

    #[test]
    fn tags_open_by_their_name() {
        let check = |text, expect| {
            assert_eq!(shown(tagged(text).map(|(_, opening)| opening)), expect, "{text}");
        };
        check("{% hint style=\"warning\" %}", "warning Never");
        check("{{% notice tip \"Mind this\" %}}", "tip Never “Mind this”");
        check("{{< callout type=\"info\" title=\"T\" >}}", "info Never “T”");
        check("{{< hint danger >}}", "danger Never");
        check("{{< details \"More\" >}}", "details Closed “More”");
        check("{% tab title=\"Linux\" %}", "Tab “Linux”");
        check("{% include \"x\" %}", "text");
        check("{% a %} {% b %}", "text");
    }

    #[test]
    fn callouts_open_by_their_kind() {
        let check = |text, expect| assert_eq!(shown(callout(text)), expect, "{text}");
        check("[!faq]- Why *so*?", "question Closed “Why *so*?”");
        check("[!TLDR]", "abstract Never");
        check("[!my-kind]+", "note Open (My kind)");
        check("[!info|left] T", "info Never “T”");
        check("[!]", "text");
        check("[!x](y)", "text");
    }
}
