//! A tag as JSX writes it: `<Foo bar="x" baz={…}>`.

use std::ops::Range;

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name.
    pub(super) name: &'t str,
    /// Its attributes.
    pub(super) attributes: Vec<(&'t str, Value<'t>)>,
    /// Whether it is `</Foo>`.
    pub(super) is_end: bool,
    /// Whether it is `<Foo />`.
    pub(super) is_empty: bool,
    /// Its bytes.
    pub(super) range: Range<usize>,
}

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'t> {
    /// There is none.
    None,
    /// `"text"`
    Text(&'t str),
    /// `{expression}`
    Expression(&'t str),
}

impl<'t> Value<'t> {
    /// Returns the text that it means, if that can be told without running anything.
    pub(super) fn plain(self) -> Option<&'t str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Expression(expression) => plain(expression),
            Self::None => None,
        }
    }
}

impl<'t> Tag<'t> {
    /// Returns the plain value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'t str> {
        self.attributes.iter().find(|(known, _)| *known == name)?.1.plain()
    }
}

fn plain(expression: &str) -> Option<&str> {
    let inner = expression.trim();
    if !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(inner);
    }
    let inner = ["require(", "useBaseUrl(", "withBase("]
        .iter()
        .find_map(|call| {
            let rest = inner.strip_prefix(call)?;
            rest.strip_suffix(".default").unwrap_or(rest).trim_end().strip_suffix(')')
        })
        .unwrap_or(inner)
        .trim();
    let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let text = inner[1..].strip_suffix(quote)?;
    (!text.contains(quote) && !text.contains("${")).then_some(text)
}

/// A tag longer than this is none.
const LIMIT: usize = 20_000;

/// Reads the tag that begins at `<`; else tells how many bytes were looked at in vain.
pub(super) fn tag_at(text: &str, at: usize) -> Result<Tag<'_>, usize> {
    let mut reader = Reader { text, at: at + 1, limit: text.len().min(at + LIMIT) };
    reader.tag(at).ok_or(reader.at - at)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    limit: usize,
}

impl<'t> Reader<'t> {
    fn tag(&mut self, start: usize) -> Option<Tag<'t>> {
        let is_end = self.eat(b'/');
        let name = self.word()?;
        let mut attributes = Vec::new();
        loop {
            self.spaces();
            match self.byte()? {
                b'>' => {
                    self.at += 1;
                    let range = start..self.at;
                    return Some(Tag { name, attributes, is_end, is_empty: false, range });
                }
                b'/' => {
                    self.at += 1;
                    self.spaces();
                    let range = start..self.at + 1;
                    return self.eat(b'>').then_some(Tag {
                        name,
                        attributes,
                        is_end,
                        is_empty: true,
                        range,
                    });
                }
                // `{...props}`
                b'{' => {
                    self.braces()?;
                }
                _ => {
                    let attribute = self.word()?;
                    let value = self.value()?;
                    attributes.push((attribute, value));
                }
            }
        }
    }

    fn value(&mut self) -> Option<Value<'t>> {
        if !self.eat(b'=') {
            return Some(Value::None);
        }
        match self.byte()? {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                self.string(quote)?;
                Some(Value::Text(&self.text[start..self.at - 1]))
            }
            b'{' => Some(Value::Expression(self.braces()?)),
            _ => {
                let start = self.at;
                while !matches!(
                    self.byte()?,
                    b' ' | b'\n' | b'\t' | b'\r' | b'>' | b'<' | b'"' | b'\''
                ) {
                    self.at += 1;
                }
                Some(Value::Text(&self.text[start..self.at]))
            }
        }
    }

    /// Moves past `{…}`, braces and texts in it included.
    fn braces(&mut self) -> Option<&'t str> {
        let start = self.at + 1;
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
                b'{' => depth += 1,
                b'}' if depth == 1 => {
                    self.at += 1;
                    return Some(&self.text[start..self.at - 1]);
                }
                b'}' => depth -= 1,
                quote @ (b'"' | b'`') => {
                    self.string(quote)?;
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn string(&mut self, quote: u8) -> Option<()> {
        self.at += 1;
        while self.byte()? != quote {
            self.at += 1;
        }
        self.at += 1;
        Some(())
    }

    fn word(&mut self) -> Option<&'t str> {
        let start = self.at;
        while matches!(self.byte()?, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':' | b'@' | b'#')
        {
            self.at += 1;
        }
        (self.at > start).then(|| &self.text[start..self.at])
    }

    fn spaces(&mut self) {
        while self.byte().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.byte() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn byte(&self) -> Option<u8> {
        (self.at < self.limit).then(|| self.text.as_bytes()[self.at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_outside_braces_and_quotes() {
        let text = "<Foo a=\"x>y\" b={[{c: '>'}, `}`]} {...d} e>rest";
        let tag = tag_at(text, 0).unwrap();
        assert_eq!((tag.name, tag.range, tag.is_empty), ("Foo", 0..text.len() - 4, false));
        assert_eq!(tag.attributes[2], ("e", Value::None));
        assert!(tag_at("</Foo>", 0).unwrap().is_end);
        assert!(tag_at("<Foo\n/>", 0).unwrap().is_empty);
        assert_eq!(tag_at("<Foo <Bar>", 0), Err(5));
        assert_eq!(tag_at("< b", 0), Err(1));
    }

    #[test]
    fn values_are_plain_if_nothing_has_to_run() {
        let check = |expression, expect| assert_eq!(plain(expression), expect, "{expression}");
        check("require('../x.png').default", Some("../x.png"));
        check("useBaseUrl(\"/x.png\")", Some("/x.png"));
        check("\"x\"", Some("x"));
        check(" 300 ", Some("300"));
        check("`a/${b}`", None);
        check("image", None);
        check("'a' + 'b'", None);
    }
}
