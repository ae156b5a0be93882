//! Tags of template languages: Liquid and Jinja `{% … %}` and `{{ … }}`, Hugo `{{< … >}}` and `{{% … %}}`, ERB, EJS and
//! Templater `<% … %>`.
//!
//! Polder runs no templates. A tag is left out; what stands between two of them stays, but for comments. A tag that only
//! wraps the path of a link is read as that path (see [`path_in`]).

use std::ops::Range;

use super::super::notice::Unsupported;
use super::opening::attribute;
use super::walk::{Insert, Walk};

/// A tag longer than this is none.
const LIMIT: usize = 4000;

/// A tag of a template language.
#[derive(Debug, PartialEq, Eq)]
struct Tag<'t> {
    /// What stands between its braces.
    inner: &'t str,
    end: usize,
    is_shortcode: bool,
}

/// Reads a tag at `{` or `<`; returns where it ends.
pub(super) fn read(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let rest = &walk.text[at..];
    if rest.starts_with("{/*") {
        let end = walk.find("*/}", at)? + 3;
        return Some(walk.take_out(at..end));
    }
    if rest.starts_with("{::") {
        return extension(walk, at);
    }
    let tag = tag_at(walk, at)?;
    match tag.inner.split_whitespace().next().unwrap_or_default() {
        "raw" => paired(walk, at, &tag, "endraw"),
        "verbatim" => paired(walk, at, &tag, "endverbatim"),
        "comment" => {
            let close = walk
                .find("{% endcomment", tag.end)
                .or_else(|| walk.find("{%- endcomment", tag.end));
            let end = close.and_then(|close| Some(tag_at(walk, close)?.end)).unwrap_or(tag.end);
            Some(walk.take_out(at..end))
        }
        "figure" | "img" if tag.is_shortcode && attribute(tag.inner, "src").is_some() => {
            figure(walk, at..tag.end, tag.inner)
        }
        name => {
            let is_contents = matches!(name, "toc" | "TOC" | "_toc_" | "page-toc");
            // Readers miss nothing: contents and title stand on every page.
            if !is_contents && !is_own_title(walk, at, &tag) {
                let kind = if tag.is_shortcode {
                    Unsupported::Shortcode
                } else {
                    Unsupported::TemplateTag
                };
                walk.notices.add(kind, at..tag.end);
            }
            if let Some(value) = attribute_value(walk.text, at, tag.end) {
                return Some(walk.replace(at..tag.end, value));
            }
            Some(walk.take_out(at..tag.end))
        }
    }
}

/// Returns whether a tag is all of a heading and shows the title of the page: `# {{ page.title }}`.
fn is_own_title(walk: &mut Walk<'_, '_>, at: usize, tag: &Tag<'_>) -> bool {
    let line = walk.line(at);
    let (before, after) = (&walk.text[line.start..at], &walk.text[tag.end.min(line.end)..line.end]);
    let mut hashes = before.trim().chars();
    let is_heading = hashes.next() == Some('#') && hashes.all(|c| c == '#');
    let names_title =
        tag.inner.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case("title"));
    is_heading && after.trim().is_empty() && names_title
}

/// Takes out two tags, and leaves what stands between them as it is.
fn paired(walk: &mut Walk<'_, '_>, at: usize, tag: &Tag<'_>, end: &'static str) -> Option<usize> {
    let name = walk.find(end, tag.end);
    let close = name.and_then(|name| walk.text[tag.end..name].rfind("{%").map(|at| tag.end + at));
    let close_end = close.and_then(|close| Some(tag_at(walk, close)?.end));
    let start_end = walk.take_out(at..tag.end);
    Some(match close.zip(close_end) {
        Some((close, end)) => walk.take_out(close.max(start_end)..end),
        None => start_end,
    })
}

/// Returns what stands for a tag that is all of an attribute's value in raw HTML: a link to it leads nowhere.
fn attribute_value(text: &str, at: usize, end: usize) -> Option<String> {
    let before = &text.as_bytes()[..at];
    let quote = *before.last()?;
    let is_value = matches!(quote, b'"' | b'\'') && before.get(at.checked_sub(2)?) == Some(&b'=');
    let is_whole = is_value && text.as_bytes().get(end) == Some(&quote);
    is_whole.then(|| path_in(&text[at..end]).unwrap_or_else(|| "{{}}".to_owned()))
}

/// Returns the tag at `{` or `<`.
fn tag_at<'t>(walk: &mut Walk<'t, '_>, at: usize) -> Option<Tag<'t>> {
    let rest = &walk.text[at..];
    let (open, close) = [
        ("{{{", "}}}"),
        ("{{<", ">}}"),
        ("{{%", "%}}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("{#-", "-#}"),
        ("<%", "%>"),
    ]
    .into_iter()
    .find(|(open, _)| rest.starts_with(open))?;
    let inner_start = at + open.len();
    let close_at = walk.find(close, inner_start).filter(|end| end - at <= LIMIT)?;
    let inner = &walk.text[inner_start..close_at];
    // A tag may go on over lines, but not over paragraphs.
    if inner.contains("\n\n") || inner.contains("\n\r\n") {
        walk.spend(inner.len());
        return None;
    }
    let inner = inner.trim_matches(['-', '~', '=']).trim();
    let is_shortcode = matches!(open, "{{<" | "{{%");
    Some(Tag { inner, end: close_at + close.len(), is_shortcode })
}

/// Reads kramdown's `{::comment}` … `{:/comment}` and its other extensions.
fn extension(walk: &mut Walk<'_, '_>, at: usize) -> Option<usize> {
    let end = walk.find("}", at).filter(|end| end - at <= LIMIT)? + 1;
    let head = &walk.text[at..end];
    if head.starts_with("{::comment") && !head.ends_with("/}") {
        let close = walk.find("{:/", end)?;
        let end = walk.find("}", close)? + 1;
        return Some(walk.take_out(at..end));
    }
    Some(walk.take_out(at..end))
}

/// Shows the picture of a shortcode.
fn figure(walk: &mut Walk<'_, '_>, range: Range<usize>, inner: &str) -> Option<usize> {
    let src = attribute(inner, "src")?;
    let says = ["alt", "caption", "title"].iter().find_map(|name| attribute(inner, name));
    let pixels =
        |name| attribute(inner, name).and_then(|value| value.trim_end_matches("px").parse().ok());
    let size = (pixels("width"), pixels("height"));
    if size != (None, None) {
        walk.inserts.push((range.start, Insert::Size(size.0, size.1)));
    }
    let picture = format!(
        "![{}](<{}>)",
        says.unwrap_or_default().replace(['[', ']', '\n'], " "),
        src.replace(['<', '>', '\n'], "")
    );
    Some(walk.replace(range, picture))
}

/// Returns the path that a destination with tags in it means: `{{ site.baseurl }}/x` is `/x`, `{% link a.md %}` and
/// `{{< ref "a.md" >}}` are `a.md`, `{{ '/x' | relative_url }}` is `/x`.
pub(super) fn path_in(dest: &str) -> Option<String> {
    let open = dest.find("{{").into_iter().chain(dest.find("{%")).min()?;
    let inner_start = open + 2;
    let close = ["}}", "%}"].iter().filter_map(|mark| dest[inner_start..].find(mark)).min()?;
    let inner = dest[inner_start..inner_start + close].trim_matches(['<', '>', '%', '-', ' ']);
    let after = &dest[inner_start + close + 2..];
    if after.contains('{') {
        return None;
    }
    let before = &dest[..open];
    let words: Vec<&str> = inner.split_whitespace().collect();
    let base = words.first().copied().unwrap_or_default();
    let is_base = matches!(
        base,
        "site.baseurl"
            | "site.url"
            | "site.base_url"
            | "baseurl"
            | "base_url"
            | "root"
            | "page.root"
            | "base"
            | "rootPath"
    );
    if before.is_empty() && is_base && words.len() == 1 {
        let path = after.trim_start_matches('/');
        return Some(format!("/{path}"));
    }
    let argument = match inner.find(['"', '\'']) {
        Some(quote) => inner[quote + 1..].split(['"', '\'']).next()?,
        None => words.get(1).copied()?,
    };
    let is_whole = before.is_empty() && (after.is_empty() || after.starts_with('#'));
    let is_reference = matches!(base, "ref" | "relref" | "link");
    let filter = inner.split_once('|').map(|(_, filter)| filter.trim());
    let is_filtered = matches!(filter, Some("relative_url" | "absolute_url" | "url"));
    // What other functions make of a path, only their tool knows.
    (is_whole && (is_reference || is_filtered) && !argument.contains("://"))
        .then(|| format!("{argument}{after}"))
}

#[cfg(test)]
mod tests {
    use super::path_in;

    #[test]
    fn tags_that_wrap_a_path_are_that_path() {
        let check = |dest, expect| assert_eq!(path_in(dest).as_deref(), expect, "{dest}");
        check("{{ site.baseurl }}/a/b/", Some("/a/b/"));
        check("{% link _docs/a.md %}#x", Some("_docs/a.md#x"));
        check("{{< ref \"a.md\" >}}", Some("a.md"));
        check("{{< relref \"/docs/a\" >}}", Some("/docs/a"));
        check("{{ '/x/' | relative_url }}", Some("/x/"));
        check("{% page \"/travel/leave\" %}", None);
        check("{{ page.url }}", None);
        check("{% url 'name' %}", None);
        check("{{ a }}/{{ b }}", None);
        check("x {{", None);
    }
}
