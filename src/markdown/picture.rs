//! Pictures, sounds, films and documents in a text: `![alt](picture.png)`, `![[picture.png|300]]`, `![[talk.mp4]]`.

use crate::base::text::escape;

use super::outline::Form;
use super::rendering::{Href, Rendering, missing_link};

/// A picture, or another file in its place, as it was written.
pub(super) struct Picture<'p> {
    /// How it was written.
    pub(super) form: Form,
    /// Where it is.
    pub(super) dest: &'p str,
    /// The text between its brackets: what it shows, and perhaps how large it is.
    pub(super) text: &'p str,
    /// Its title; may be empty.
    pub(super) title: &'p str,
    /// Whether it stands in a link.
    pub(super) in_link: bool,
    /// How wide it is wanted, if that is written behind it.
    pub(super) wanted: Option<Wanted>,
}

/// What a file that stands in the place of a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    Picture,
    Sound,
    Film,
    Document,
}

impl Picture<'_> {
    /// Returns its HTML.
    pub(super) fn html(&self, rendering: &Rendering<'_>) -> String {
        let (words, wanted) = self.words();
        let alt = escape(words);
        let named =
            || if words.trim().is_empty() { escape(file_name(self.dest)) } else { alt.clone() };
        match rendering.hrefs.href(self.form, self.dest) {
            Href::Site(src) => {
                let size = size(rendering.hrefs.size(self.form, self.dest), wanted);
                let title = self.title_attribute();
                let src = escape(&src);
                let smaller = match rendering.hrefs.srcset(self.form, self.dest) {
                    Some(srcset) => {
                        format!(" srcset=\"{}\" sizes=\"{}\"", escape(&srcset), sizes(wanted))
                    }
                    None => String::new(),
                };
                format!("<img src=\"{src}\"{smaller} alt=\"{alt}\"{title}{size} loading=\"lazy\">")
            }
            // Pictures from elsewhere would tell that site who reads what here.
            Href::External(href) if !self.in_link => {
                format!("<a class=\"external\" href=\"{}\">{}</a>", escape(&href), named())
            }
            Href::Missing(told) if !self.in_link => {
                let link = missing_link(told.as_deref(), &rendering.words.missing);
                format!("{link}{}</a>", named())
            }
            Href::External(_) | Href::Missing(_) => named(),
            Href::Text => alt,
        }
    }

    /// Returns what plays a sound or a film of the site, or leads to a document of it; nothing for pictures and for what is
    /// not of the site. It holds what cleaning would take away.
    pub(super) fn player(&self, rendering: &Rendering<'_>) -> Option<String> {
        let medium = medium(self.dest);
        if medium == Medium::Picture || self.in_link {
            return None;
        }
        let Href::Site(src) = rendering.hrefs.href(self.form, self.dest) else { return None };
        let (words, wanted) = self.words();
        let name = if words.is_empty() { file_name(self.dest) } else { words };
        let (src, name, title) = (escape(&src), escape(name), self.title_attribute());
        let link = format!("<a href=\"{src}\">{name}</a>");
        Some(match medium {
            Medium::Sound => format!(
                "<audio controls preload=\"none\" src=\"{src}\" aria-label=\"{name}\"{title}>{link}</audio>"
            ),
            Medium::Film => {
                let size = size(None, wanted);
                format!(
                    "<video controls preload=\"metadata\" src=\"{src}\" aria-label=\"{name}\"{title}{size}>{link}</video>"
                )
            }
            Medium::Document | Medium::Picture => format!(
                "<a class=\"file\" href=\"{src}\"{title}><span class=\"i i-file\"></span>{name}</a>"
            ),
        })
    }

    /// Returns what it shows, in words, and how large it is to be.
    fn words(&self) -> (&str, Option<Wanted>) {
        if self.form == Form::HtmlImage {
            return (self.text, self.wanted);
        }
        let (words, wanted) = match self.text.rsplit_once('|') {
            Some((words, size)) => match wanted_size(size) {
                Some(wanted) => (words, Some(wanted)),
                None => (self.text, None),
            },
            None if self.form == Form::WikiEmbed => match wanted_size(self.text) {
                Some(wanted) => ("", Some(wanted)),
                None => (self.text, None),
            },
            None => (self.text, None),
        };
        let says_nothing = self.form == Form::WikiEmbed && (words.is_empty() || words == self.dest);
        (if says_nothing { file_name(self.dest) } else { words }, self.wanted.or(wanted))
    }

    fn title_attribute(&self) -> String {
        match self.title {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape(title)),
        }
    }
}

fn medium(dest: &str) -> Medium {
    let path = dest.split(['#', '?']).next().unwrap_or(dest);
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    match extension.as_str() {
        "mp3" | "ogg" | "oga" | "opus" | "wav" | "m4a" | "aac" | "flac" => Medium::Sound,
        "mp4" | "m4v" | "webm" | "ogv" | "mov" => Medium::Film,
        "pdf" | "doc" | "docx" | "odt" | "ppt" | "pptx" | "odp" | "xls" | "xlsx" | "ods"
        | "csv" | "txt" | "zip" => Medium::Document,
        _ => Medium::Picture,
    }
}

/// Returns how wide a picture is shown: as wanted, else as the text, which is never wider than this.
pub(super) fn sizes(wanted: Option<Wanted>) -> String {
    match wanted {
        Some((width, _)) => format!("{width}px"),
        None => "(max-width: 48rem) 100vw, 48rem".to_owned(),
    }
}

/// Width and perhaps height, as an author wants them.
pub(super) type Wanted = (u32, Option<u32>);

/// Returns the attributes of a picture of this size, shown as large as wanted.
pub(super) fn size(known: Option<(u32, u32)>, wanted: Option<Wanted>) -> String {
    match (known, wanted) {
        (_, Some((width, Some(height)))) => format!(" width=\"{width}\" height=\"{height}\""),
        (Some((width, height)), Some((wanted, None))) if width > 0 => {
            format!(" width=\"{wanted}\" height=\"{}\"", self::height((width, height), wanted))
        }
        (Some((width, height)), _) => format!(" width=\"{width}\" height=\"{height}\""),
        (None, Some((width, None))) => format!(" width=\"{width}\""),
        (None, None) => String::new(),
    }
}

/// Returns how high a picture is that is shown so wide.
pub(super) fn height(known: (u32, u32), wanted: u32) -> u64 {
    u64::from(known.1) * u64::from(wanted) / u64::from(known.0.max(1))
}

/// Returns the size in `300` or `300x200`.
pub(super) fn wanted_size(text: &str) -> Option<Wanted> {
    let side = |text: &str| text.trim().parse().ok().filter(|side| (1..=10_000).contains(side));
    match text.split_once('x') {
        Some((width, height)) => Some((side(width)?, Some(side(height)?))),
        None => Some((side(text)?, None)),
    }
}

fn file_name(dest: &str) -> &str {
    let path = dest.split(['#', '?']).next().unwrap_or(dest).trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(dest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_that_is_wanted_keeps_the_shape() {
        assert_eq!(size(Some((600, 400)), Some((300, None))), " width=\"300\" height=\"200\"");
        assert_eq!(
            size(Some((1, u32::MAX)), Some((10_000, None))),
            " width=\"10000\" height=\"42949672950000\""
        );
        assert_eq!(size(None, Some((300, None))), " width=\"300\"");
        assert_eq!(size(Some((600, 400)), None), " width=\"600\" height=\"400\"");
    }

    #[test]
    fn label_is_a_size_only_if_it_is_numbers() {
        assert_eq!(wanted_size("300x200"), Some((300, Some(200))));
        assert_eq!(wanted_size("300"), Some((300, None)));
        assert_eq!(wanted_size("a plan"), None);
        assert_eq!(wanted_size("0"), None);
    }
}
