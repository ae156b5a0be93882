//! Pictures: `![alt](picture.png)` and `![[picture.png|300]]`.

use super::code::escape;
use super::outline::Form;
use super::rendering::{Href, Rendering};

/// A picture as it was written.
pub(super) struct Picture<'p> {
    /// How it was written.
    pub(super) form: Form,
    /// Where it is.
    pub(super) dest: &'p str,
    /// The text between its brackets: what it shows, or how wide it is.
    pub(super) text: &'p str,
    /// Its title; may be empty.
    pub(super) title: &'p str,
    /// Whether it stands in a link.
    pub(super) in_link: bool,
}

impl Picture<'_> {
    /// Returns its HTML.
    pub(super) fn html(&self, rendering: &Rendering<'_>) -> String {
        let is_wiki = self.form == Form::WikiEmbed;
        let wanted = if is_wiki { wanted_width(self.text) } else { None };
        let says_nothing = wanted.is_some() || (is_wiki && self.text == self.dest);
        let alt = escape(if says_nothing { file_name(self.dest) } else { self.text });
        match rendering.hrefs.href(self.form, self.dest) {
            Href::Site(src) => {
                let size = size(rendering.hrefs.size(self.form, self.dest), wanted);
                let title = match self.title {
                    "" => String::new(),
                    title => format!(" title=\"{}\"", escape(title)),
                };
                let src = escape(&src);
                format!("<img src=\"{src}\" alt=\"{alt}\"{title}{size} loading=\"lazy\">")
            }
            // Pictures from elsewhere would tell that site who reads what here.
            Href::External(href) if !self.in_link => {
                let shown = if alt.is_empty() { escape(file_name(&href)) } else { alt };
                format!("<a class=\"external\" href=\"{}\">{shown}</a>", escape(&href))
            }
            Href::Missing if !self.in_link => {
                let missing = escape(&rendering.words.missing);
                format!("<a class=\"missing-link\" title=\"{missing}\">{alt}</a>")
            }
            Href::External(_) | Href::Missing | Href::Text => alt,
        }
    }
}

/// Returns the attributes of a picture of this size, shown as wide as wanted.
fn size(known: Option<(u32, u32)>, wanted: Option<u32>) -> String {
    match (known, wanted) {
        (Some((width, height)), Some(wanted)) if width > 0 => {
            let height = u64::from(height) * u64::from(wanted) / u64::from(width);
            format!(" width=\"{wanted}\" height=\"{height}\"")
        }
        (Some((width, height)), _) => format!(" width=\"{width}\" height=\"{height}\""),
        (None, Some(width)) => format!(" width=\"{width}\""),
        (None, None) => String::new(),
    }
}

/// Returns the width of `![[picture.png|300]]` or `|300x200`.
fn wanted_width(text: &str) -> Option<u32> {
    text.split('x').next()?.trim().parse().ok().filter(|width| (1..=10_000).contains(width))
}

fn file_name(dest: &str) -> &str {
    dest.rsplit('/').next().unwrap_or(dest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_that_is_wanted_keeps_the_shape() {
        assert_eq!(size(Some((600, 400)), Some(300)), " width=\"300\" height=\"200\"");
        assert_eq!(
            size(Some((1, u32::MAX)), Some(10_000)),
            " width=\"10000\" height=\"42949672950000\""
        );
        assert_eq!(size(None, Some(300)), " width=\"300\"");
        assert_eq!(size(Some((600, 400)), None), " width=\"600\" height=\"400\"");
    }

    #[test]
    fn label_is_a_width_only_if_it_is_a_number() {
        assert_eq!(wanted_width("300x200"), Some(300));
        assert_eq!(wanted_width("a plan"), None);
        assert_eq!(wanted_width("0"), None);
    }
}
