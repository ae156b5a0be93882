//! Cleaning the raw HTML of authors, by an allow-list.
//!
//! Only pages that hold raw HTML pass through here, as a whole: their tags open and close across Markdown. What Polder itself
//! wrote and does not want looked at (highlighted code, check boxes, embedded pages) waits in [`Slots`] meanwhile.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What cleaned HTML may link to: the web, and programs with which people talk, meet and take notes. Browsers ask before they
/// open one. Not among them is what runs something on the machine, as `ms-msdt:` did, or searches it.
const SCHEMES: [&str; 18] = [
    "http", "https", "ftp", "mailto", "tel", "sms", "xmpp", "matrix", "irc", "ircs", "sip",
    "webcal", "geo", "msteams", "slack", "zoommtg", "obsidian", "onenote",
];

/// Ids of the frame around a page, and of what its scripts look for.
const OWN_IDS: [&str; 4] = ["_main", "search-page-q", "search-status", "search-results"];

/// Classes that Polder writes itself.
const CLASSES: [(&str, &[&str]); 9] = [
    ("a", &["anchor", "missing-link", "external", "footnote-back"]),
    ("div", &DIVISIONS),
    ("details", &DIVISIONS),
    ("summary", &["alert-title"]),
    ("p", &["alert-title", "tab-title"]),
    ("li", &["task"]),
    ("sup", &["footnote-ref"]),
    ("td", &ALIGNMENTS),
    ("th", &ALIGNMENTS),
];

const DIVISIONS: [&str; 12] = [
    "alert",
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "alert-question",
    "alert-quote",
    "alert-plain",
    "tab",
    "table",
    "footnotes",
];

const ALIGNMENTS: [&str; 3] = ["align-left", "align-center", "align-right"];

/// Returns whether an address has no scheme or one that is safe to follow, as a browser would read it.
pub fn safe_scheme(address: &str) -> bool {
    let read: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let Some((scheme, _)) = read.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    !is_scheme || SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
}

/// HTML of our own that is left out of the cleaning, and the places where it belongs.
#[derive(Debug, Default)]
pub(super) struct Slots {
    html: Vec<String>,
}

impl Slots {
    /// Keeps a piece; returns what stands in for it.
    pub(super) fn keep(&mut self, html: String) -> String {
        self.html.push(html);
        marker(self.html.len() - 1)
    }

    /// Puts every piece in its place.
    pub(super) fn fill(&self, cleaned: &str) -> String {
        let mut filled =
            String::with_capacity(cleaned.len() + self.html.iter().map(String::len).sum::<usize>());
        let mut rest = cleaned;
        while let Some(start) = rest.find(MARKER_START) {
            filled.push_str(&rest[..start]);
            let number_at = start + MARKER_START.len();
            let length = rest[number_at..].find(MARKER_END).unwrap_or(0);
            let number: Option<usize> = rest[number_at..number_at + length].parse().ok();
            filled.push_str(number.and_then(|at| self.html.get(at)).map_or("", String::as_str));
            rest = &rest[(number_at + length + MARKER_END.len()).min(rest.len())..];
        }
        filled.push_str(rest);
        filled
    }
}

const MARKER_START: &str = "<data value=\"polder-slot-";
const MARKER_END: &str = "\"></data>";

fn marker(number: usize) -> String {
    format!("{MARKER_START}{number}{MARKER_END}")
}

/// Where the addresses in raw HTML lead, by what they are for and as they are written; `None` for what is not to be loaded.
#[derive(Debug, Default)]
pub(super) struct RawHrefs(HashMap<(Use, String), Option<String>>);

/// What an address in raw HTML is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Use {
    /// A reader may go there.
    Leads,
    /// A browser loads it.
    Shows,
    /// It is a whole `srcset`.
    Set,
}

impl RawHrefs {
    /// Keeps where an address leads.
    pub(super) fn remember(&mut self, role: Use, written: String, href: Option<String>) {
        self.0.insert((role, written), href);
    }

    fn get(&self, role: Use, written: &str) -> Option<&Option<String>> {
        self.0.get(&(role, written.to_owned()))
    }
}

/// Cleans HTML. `hrefs` holds where the addresses in raw HTML lead; a picture whose address is not in it is not loaded.
pub(super) fn clean(html: &str, hrefs: RawHrefs) -> String {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags([
            "section",
            "figure",
            "figcaption",
            "input",
            "data",
            "mark",
            "details",
            "summary",
            "picture",
            "video",
            "audio",
            "source",
            "track",
            "tfoot",
        ])
        .rm_tags(["input", "map", "area"])
        .add_generic_attributes(["id", "dir", "role", "aria-label"])
        .add_tag_attributes("a", ["name", "href", "title"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("data", ["value"])
        .add_tag_attributes("img", ["loading", "srcset", "sizes"])
        .add_tag_attributes(
            "source",
            ["src", "srcset", "sizes", "media", "type", "width", "height"],
        )
        .add_tag_attributes(
            "video",
            ["src", "poster", "width", "height", "loop", "muted", "preload"],
        )
        .add_tag_attributes("audio", ["src", "loop", "muted", "preload"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label", "default"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("ol", ["reversed", "type"])
        .add_tag_attributes("time", ["datetime"])
        .add_tag_attributes("th", ["abbr"])
        .url_schemes(HashSet::from(SCHEMES))
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("a", "href") => match hrefs.get(Use::Leads, value) {
                Some(href) => href.clone().map(Into::into),
                None => Some(value.into()),
            },
            // What Polder shows itself waits in slots; what only the cleaner sees came to light by a trick, and is not loaded.
            (_, "src") | ("video", "poster") => {
                hrefs.get(Use::Shows, value).cloned().flatten().map(Into::into)
            }
            (_, "srcset") => hrefs.get(Use::Set, value).cloned().flatten().map(Into::into),
            // What plays is loaded when a reader decides so.
            ("video" | "audio", "preload") if value != "none" => Some("metadata".into()),
            // Ids that the page's own parts have are not an author's to take.
            (_, "id") if OWN_IDS.contains(&value) => None,
            _ => Some(value.into()),
        });
    // One attribute alone: the cleaner would write two in an order that changes from build to build.
    for tag in ["video", "audio"] {
        builder.set_tag_attribute_value(tag, "controls", "");
    }
    for (tag, classes) in CLASSES {
        builder.add_allowed_classes(tag, classes);
    }
    builder.clean(&without_endless_tags(html)).to_string()
}

/// No tag has so many attributes. The parser of the cleaner compares each with all others.
const ATTRIBUTES: usize = 1_000;

/// Returns HTML with tags of more attributes than that as text.
fn without_endless_tags(html: &str) -> Cow<'_, str> {
    let mut changed = String::new();
    let (mut at, mut kept) = (0, 0);
    while let Some(open) = html[at..].find('<') {
        let start = at + open;
        let (end, attributes) = read_tag(html.as_bytes(), start + 1);
        if attributes > ATTRIBUTES {
            changed.push_str(&html[kept..start]);
            changed.push_str(&html[start..end].replace('<', "&lt;"));
            kept = end;
        }
        at = end;
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    changed.push_str(&html[kept..]);
    Cow::Owned(changed)
}

/// Returns where the tag ends whose name begins at a byte, or where it has more attributes than any, and how many it has until
/// there.
fn read_tag(html: &[u8], start: usize) -> (usize, usize) {
    if !html.get(start).is_some_and(u8::is_ascii_alphabetic) {
        return (start, 0);
    }
    let (mut attributes, mut before, mut quote) = (0, b'<', None);
    for (at, byte) in html.iter().copied().enumerate().skip(start) {
        let separates =
            |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'');
        match quote {
            Some(open) if open != byte => continue,
            Some(_) => quote = None,
            None if byte == b'>' => return (at + 1, attributes),
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if separates(before) && !separates(byte) => {
                attributes += 1;
                if attributes > ATTRIBUTES && byte.is_ascii() {
                    return (at, attributes);
                }
            }
            None => {}
        }
        // Spaces may stand before a value.
        if before != b'=' || !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (html.len(), attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_read_as_browsers_read_them() {
        assert!(safe_scheme("page.md#x:y"));
        assert!(safe_scheme("HTTPS://x"));
        assert!(safe_scheme("a/b:c"));
        assert!(safe_scheme("obsidian://open?vault=x"));
        assert!(!safe_scheme("ms-msdt:/id x"));
        assert!(!safe_scheme("java\tscript:alert(1)"));
        assert!(!safe_scheme(" data:text/html,x"));
        assert!(!safe_scheme("vbscript:x"));
    }

    #[test]
    fn tag_of_endless_attributes_is_text() {
        let check = |attribute: &str, has_many: bool| {
            let tag = |times| format!("<p {}>x <b>y</b></p>", attribute.repeat(times));
            assert!(matches!(without_endless_tags(&tag(900)), Cow::Borrowed(_)), "{attribute}");
            let many = tag(1_100);
            assert_eq!(without_endless_tags(&many).starts_with("&lt;p "), has_many, "{attribute}");
            assert!(clean(&many, RawHrefs::default()).contains("<b>y</b>"), "{attribute}");
        };
        for attribute in ["a ", "a=\"b c\" ", "a= 'b'", "a='b'", "a/", "é\n", "<a "] {
            check(attribute, true);
        }
        for attribute in ["a", "é", ".", "=", "' "] {
            check(attribute, false);
        }
        let words = "word ".repeat(2_000);
        let picture = format!("<img alt=\"{words}\" src='x'>{words} a < b {words}");
        assert_eq!(without_endless_tags(&picture), picture);
    }

    #[test]
    fn nothing_runs() {
        let hostile = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href='javascript:alert(1)'>x</a>",
            "<svg><script>alert(1)</script></svg>",
            "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
            "<iframe src=//x></iframe><object data=x></object><form action=x><input></form>",
            "<p style=\"position:fixed\">x</p><style>p{}</style>",
        ];
        for html in hostile {
            let cleaned = clean(html, RawHrefs::default());
            for word in [
                "<script",
                "onerror",
                "javascript:",
                "<svg",
                "<iframe",
                "<form",
                "<object",
                "style",
            ] {
                assert!(!cleaned.contains(word), "{html} became {cleaned}");
            }
        }
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        let harmless = [
            "<details open=\"\"><summary>More</summary>Text</details>",
            "<kbd>Ctrl</kbd> <samp>out</samp> <var>x</var> <code>c</code> <tt>t</tt>",
            "<abbr title=\"Hyper Text\">HT</abbr> <dfn>word</dfn> <cite>Book</cite>",
            "<figure id=\"f\"><img src=\"a.png\" alt=\"A\"><figcaption>A</figcaption></figure>",
            "H<sub>2</sub>O x<sup>2</sup> <mark>m</mark> <small>s</small> <u>u</u> <s>s</s>",
            "<ins cite=\"a\" datetime=\"2026-01-02\">new</ins> <del>old</del>",
            "<dl><dt>Word</dt><dd>Meaning</dd></dl>",
            "<table><caption>C</caption><colgroup><col span=\"2\"></colgroup><thead><tr><th scope=\"col\" colspan=\"2\">H</th></tr></thead><tbody><tr><td rowspan=\"2\">a</td><td>b</td></tr></tbody><tfoot><tr><td>f</td></tr></tfoot></table>",
            "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
            "<q cite=\"a\">said</q> <blockquote cite=\"a\">said</blockquote>",
            "<time datetime=\"2026-01-02\">today</time> <data value=\"1\">one</data>",
            "long<wbr>word <bdo dir=\"rtl\">abc</bdo> <bdi>abc</bdi>",
            "<ol start=\"3\" reversed=\"\" type=\"a\"><li value=\"2\">x</li></ol>",
            "<section><header>h</header><footer>f</footer></section><aside>a</aside><nav>n</nav>",
            "<picture><source srcset=\"a.png 2x\" media=\"print\"><img src=\"a.png\" alt=\"A\"></picture>",
            "<video src=\"a.mp4\" preload=\"metadata\" controls=\"\"><track src=\"a.vtt\" kind=\"captions\"></video>",
            "<audio src=\"a.mp3\" preload=\"none\" controls=\"\"></audio>",
        ];
        for html in harmless {
            let mut hrefs = RawHrefs::default();
            for file in ["a.png", "a.mp4", "a.vtt", "a.mp3"] {
                hrefs.remember(Use::Shows, file.to_owned(), Some(file.to_owned()));
            }
            hrefs.remember(Use::Set, "a.png 2x".to_owned(), Some("a.png 2x".to_owned()));
            let cleaned = clean(html, hrefs);
            assert_eq!(cleaned, html);
        }
    }

    #[test]
    fn slots_return_to_their_places() {
        let mut slots = Slots::default();
        let html = format!("<p>a {} b</p><b>", slots.keep("<pre>x</pre>".to_owned()));
        assert_eq!(
            slots.fill(&clean(&html, RawHrefs::default())),
            "<p>a <pre>x</pre> b</p><b></b>"
        );
    }

    #[test]
    fn a_made_up_slot_is_empty() {
        assert_eq!(Slots::default().fill("<data value=\"polder-slot-7\"></data>x"), "x");
    }
}
