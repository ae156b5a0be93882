//! What tags on lines of their own open: components and statements of MDX, code and boxes of template languages.

use super::super::super::container::Container;
use super::super::super::notice::Unsupported;
use super::super::line::Line;
use super::super::opening::{self, Name, Opening};
use super::super::{component, jsx};
use super::{Before, DEPTH, Extent, Level, Reader};

/// The fence for code that a tag opened.
pub(super) const FENCE: &str = "~~~~~~~~~~";

impl<'b> Reader<'b, '_> {
    /// Leaves out an `import` or `export` of MDX; returns where the text goes on.
    pub(super) fn module(&mut self, line: Line<'b>) -> Option<usize> {
        let is_outside = self.levels.len() == 1 && self.top().before != Before::Text;
        if !is_outside || line.indent() > 0 || !is_module(line.rest()) || self.is_spent() {
            return None;
        }
        let Some(end) = statement_end(self.body, line.start) else {
            self.vain += STATEMENT_LIMIT;
            return None;
        };
        self.notices.add(Unsupported::Module, line.start..line.end);
        Some(end)
    }

    /// Opens a component that stands alone on its line; returns where the text goes on.
    pub(super) fn component(&mut self, line: Line<'b>) -> Option<usize> {
        let start = line.place(line.text()).start;
        let name = line.text().strip_prefix('<')?;
        if !name.starts_with(|c: char| c.is_ascii_uppercase())
            || self.is_spent()
            || self.levels.len() > DEPTH
        {
            return None;
        }
        let tag = match jsx::tag_at(self.body, start) {
            Ok(tag) => tag,
            Err(vain) => {
                self.vain += vain;
                return None;
            }
        };
        let rest = Line::at(self.body, tag.range.end);
        let is_tab = tag.name == "TabItem";
        if !component::is_component(tag.name)
            || tag.is_end
            || tag.is_empty
            || !(is_tab || rest.is_blank())
        {
            return None;
        }
        let extent = Extent::Component { name: tag.name.to_owned(), indent: None };
        if !is_tab {
            if tag.name != "Tabs" {
                self.notices.add(Unsupported::Component, tag.range);
            }
            self.gap = true;
            let prefix = self.top().prefix.clone();
            self.levels.push(Level::new(extent, prefix));
            return Some(rest.next);
        }
        let title = tag.get("label").or_else(|| tag.get("value")).unwrap_or_default();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let opened = match title.is_empty() {
            true => Opening::plain(),
            false => Opening { container: Container::Tab, title: Some(Name::Kind(title)) },
        };
        self.open(line, line.indent(), extent, opened);
        let text = rest.text();
        if text.is_empty() {
            return Some(rest.next);
        }
        let inner = text.strip_suffix("</TabItem>");
        let place = rest.place(inner.unwrap_or(text));
        self.put_line(rest, "");
        self.out.copy(place);
        self.out.put("\n", rest.end);
        if inner.is_some() {
            self.close(self.levels.len() - 1);
        }
        Some(rest.next)
    }

    /// Opens the box that `{% hint %}` or `{{< notice >}}` begins, if it is closed somewhere.
    pub(super) fn opens_box(&mut self, line: Line<'b>, indent: usize) -> bool {
        if self.levels.len() > DEPTH || !line.text().starts_with(['{']) {
            return false;
        }
        let Some((name, opened)) = opening::tagged(line.text()) else { return false };
        let body = self.body;
        let last = *self.last_ends.entry(name).or_insert_with(|| {
            let ends = [format!("end{name}"), format!("/{name}")];
            ends.iter().filter_map(|end| body.rfind(end.as_str())).max().unwrap_or(0)
        });
        if last < line.next {
            return false;
        }
        self.open(line, indent, Extent::Tags { name, indent }, opened);
        true
    }

    fn is_spent(&self) -> bool {
        self.vain > 4 * self.body.len() + 10_000
    }

    /// Opens the code that `{% highlight language %}` begins.
    pub(super) fn opens_highlight(&mut self, line: Line<'b>, indent: usize) -> bool {
        let text = line.text();
        let ends = [
            ("{% highlight ", "{% endhighlight"),
            ("{%- highlight ", "{%- endhighlight"),
            ("{{< highlight ", "{{< /highlight"),
            ("{{% highlight ", "{{% /highlight"),
        ];
        let Some((start, end)) = ends.into_iter().find(|(start, _)| text.starts_with(start)) else {
            return false;
        };
        if line.end >= self.last_highlight || !text.ends_with('}') {
            return false;
        }
        let language = text[start.len()..].split([' ', '%', '>', '"']).next().unwrap_or_default();
        self.put_line(line, &format!("{}{FENCE}{language}", " ".repeat(indent)));
        self.top().highlight = Some((end, indent));
        true
    }
}

/// Returns the name in `{% endname %}` or `{{< /name >}}`.
pub(super) fn end_name(text: &str) -> Option<&str> {
    let inner = opening::tag_inner(text)?;
    inner.strip_prefix("end").or_else(|| inner.strip_prefix('/')).map(str::trim)
}

/// A statement longer than this is none.
const STATEMENT_LIMIT: usize = 20_000;

/// Returns whether a line begins a statement of MDX, and not a sentence.
fn is_module(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let is_from = line.contains(" from '") || line.contains(" from \"");
        return is_from || rest.starts_with(['{', '*', '\'', '"']);
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    let words = ["default ", "const ", "let ", "var ", "function ", "async ", "class ", "{"];
    words.iter().any(|word| rest.starts_with(word)) && rest.contains(['=', '(', '{'])
}

/// Returns where the statement that begins at `start` ends: after the line on which all its brackets are closed.
fn statement_end(body: &str, start: usize) -> Option<usize> {
    let mut depth = 0_isize;
    let mut at = start;
    while at < body.len() && at - start < STATEMENT_LIMIT {
        let line = Line::at(body, at);
        for byte in line.rest().bytes() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
        }
        at = line.next;
        if depth <= 0 {
            return Some(at);
        }
    }
    None
}
