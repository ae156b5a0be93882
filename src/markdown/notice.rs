//! What of other tools' Markdown was left out or could not be shown as it was meant.

use std::collections::BTreeMap;
use std::ops::Range;

/// Something of another tool that readers do not get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub kind: Unsupported,
    /// The bytes of the first one.
    pub span: Range<usize>,
    /// How many there are in the text.
    pub count: usize,
}

/// Kinds of things of other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unsupported {
    /// `{% … %}`, `{{ … }}`
    TemplateTag,
    /// `{{< … >}}`
    Shortcode,
    /// `import`, `export`
    Module,
    /// `<Component>`
    Component,
    /// `{: .class }`
    AttributeList,
    /// `:::name` of a name that is no alert, or without its other end.
    Directive,
    /// A destination with spaces in it.
    RawSpace,
}

impl Unsupported {
    /// Returns what was found, for so many of them.
    pub fn message(self, count: usize) -> String {
        let (one, many, what) = match self {
            Self::TemplateTag => {
                ("tag of a template language", "tags of a template language", "left out")
            }
            Self::Shortcode => ("shortcode", "shortcodes", "left out"),
            Self::Module => ("`import` or `export`", "`import`s and `export`s", "left out"),
            Self::Component => {
                ("tag of a component", "tags of components", "left out; what they hold is shown")
            }
            Self::AttributeList => (
                "attribute list with classes or the like",
                "attribute lists with classes or the like",
                "left out",
            ),
            Self::Directive => ("`:::` that is no alert", "`:::` that are no alerts", "left out"),
            Self::RawSpace => (
                "link with spaces in its destination",
                "links with spaces in their destinations",
                "taken as links",
            ),
        };
        if count == 1 { format!("1 {one}, {what}") } else { format!("{count} {many}, {what}") }
    }

    /// Returns the remedy.
    pub fn help(self) -> &'static str {
        match self {
            Self::TemplateTag | Self::Shortcode | Self::Module | Self::Component => {
                "write what it would have shown as Markdown, or put it between backticks if readers should see it as code"
            }
            Self::AttributeList => {
                "take it out; ids, `width` and `height` are used, classes are not"
            }
            Self::Directive => {
                "use `:::note`, `:::tip`, `:::important`, `:::warning` or `:::caution`, or plain Markdown"
            }
            Self::RawSpace => {
                "put the destination between `<` and `>`, or write `%20` for each space"
            }
        }
    }
}

/// Notices of one text: one for each kind.
#[derive(Debug, Default)]
pub(super) struct Notices(BTreeMap<Unsupported, (Range<usize>, usize)>);

impl Notices {
    /// Counts one.
    pub(super) fn add(&mut self, kind: Unsupported, span: Range<usize>) {
        let (first, count) = self.0.entry(kind).or_insert((span.clone(), 0));
        *count += 1;
        if span.start < first.start {
            *first = span;
        }
    }

    /// Adds those of a later pass, whose places `lead` leads back.
    pub(super) fn absorb(&mut self, later: Self, lead: impl Fn(&Range<usize>) -> Range<usize>) {
        for (kind, (span, count)) in later.0 {
            self.add(kind, lead(&span));
            if let Some((_, known)) = self.0.get_mut(&kind) {
                *known += count - 1;
            }
        }
    }

    /// Returns them.
    pub(super) fn list(self) -> Vec<Notice> {
        let notice = |(kind, (span, count))| Notice { kind, span, count };
        self.0.into_iter().map(notice).collect()
    }
}
