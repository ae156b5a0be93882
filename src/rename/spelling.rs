//! Paths in the style of another: what is relative stays relative, what has no extension gets none, what was encoded is
//! encoded.
//!
//! A written path is a walk from a base (the folder of the page, the page as it is served, the root, a prefix) to one of the
//! forms in which a target can be written (its file, without extension, as `.html`, its folder). [`Style::of`] finds base and
//! form of what stands there; [`Style::spell`] walks from the same base to the same form of the new target, and
//! keeps as much of the written walk as still leads there. All paths here are those of the repository.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::base::path::{path_key, percent_decode, way};

use super::locate::Manner;

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// The folder of the page.
    Folder,
    /// The page as it is served: `a/b.md` as `a/b/`.
    Served,
    /// A folder of the repository, behind a beginning: `/`, `/docs/`, the address of a git host, or nothing.
    Fixed {
        /// What stands before the path.
        lead: String,
        /// The folder.
        folder: String,
    },
}

/// A page, as a place from which paths are seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Viewpoint {
    /// Its folder.
    pub(super) folder: String,
    /// The folder as which it is served.
    pub(super) served: String,
}

impl Viewpoint {
    fn base<'v>(&'v self, base: &'v Base) -> &'v str {
        match base {
            Base::Folder => &self.folder,
            Base::Served => &self.served,
            Base::Fixed { folder, .. } => folder,
        }
    }
}

/// In which form a target is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// The file: `a/b.md`, `a/README.md`.
    File,
    /// The file without its extension: `a/b`, `a/README`.
    Stem,
    /// The address: `a/b`, `a`.
    Id,
    /// `a/b.html`
    Html,
    /// `a/b.htm`
    Htm,
    /// The address with `index`: `a/b/index`.
    Index,
    /// The address with `index.html`.
    IndexHtml,
    /// `a/b.md` for a page with another extension.
    Md,
}

/// What a link leads to, in every form in which it can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Goal {
    /// Its file or folder.
    pub(super) path: String,
    /// The address of a page; `None` for files and folders.
    pub(super) id: Option<String>,
}

impl Goal {
    /// Returns the target in a form; `None` if it has no such form.
    fn form(&self, ending: Ending) -> Option<String> {
        let stem = || {
            let name = self.path.rfind('/').map_or(0, |at| at + 1);
            let dot = self.path[name..].rfind('.').filter(|at| *at > 0)?;
            Some(&self.path[..name + dot])
        };
        let below = |id: &str, name: &str| {
            if id.is_empty() { name.to_owned() } else { format!("{id}/{name}") }
        };
        let id = self.id.as_deref();
        match ending {
            Ending::File => Some(self.path.clone()),
            Ending::Stem => id.and_then(|_| stem().map(str::to_owned)),
            Ending::Id => id.map(str::to_owned),
            Ending::Html => id.and_then(|_| Some(format!("{}.html", stem()?))),
            Ending::Htm => id.and_then(|_| Some(format!("{}.htm", stem()?))),
            Ending::Index => id.map(|id| below(id, "index")),
            Ending::IndexHtml => id.map(|id| below(id, "index.html")),
            Ending::Md => id.and_then(|_| Some(format!("{}.md", stem()?))),
        }
    }

    fn is_index(&self) -> bool {
        self.id.as_ref().is_some_and(|id| self.form(Ending::Stem).as_ref() != Some(id))
    }
}

const ENDINGS: [Ending; 8] = [
    Ending::File,
    Ending::Stem,
    Ending::Id,
    Ending::Html,
    Ending::Htm,
    Ending::IndexHtml,
    Ending::Index,
    Ending::Md,
];

/// Returns the endings to try for a new target in place of one, the one that fits best first.
fn endings(written: Ending, old: &Goal, new: &Goal) -> Vec<Ending> {
    let mut endings = match (written, old.is_index(), new.is_index()) {
        (Ending::Id, true, false) => vec![Ending::File],
        (Ending::Stem, false, true) => vec![Ending::Id],
        (Ending::Html | Ending::Htm, false, true) => vec![Ending::IndexHtml],
        (Ending::Index, true, false) => vec![Ending::Stem],
        (Ending::IndexHtml, true, false) => vec![Ending::Html],
        (Ending::Md, ..) => vec![Ending::File],
        (same, ..) => vec![same],
    };
    endings.push(Ending::File);
    endings.dedup();
    endings
}

/// A path as somebody wrote it, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    base: Base,
    ending: Ending,
    /// The parts behind the lead, with how each is written.
    parts: Vec<Part>,
    has_slash: bool,
    is_canonical: bool,
    manner: Manner,
    encodes_letters: bool,
    has_spaces: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    name: String,
    raw: String,
}

impl Style {
    /// Finds how a path is written, seen from a page and leading to a target; `None` if it is no walk from any of the bases.
    pub(super) fn of(
        raw: &str,
        manner: Manner,
        from: &Viewpoint,
        bases: &[Base],
        goal: &Goal,
    ) -> Option<Self> {
        bases.iter().find_map(|base| {
            let rest = match base {
                Base::Fixed { lead, .. } => strip_lead(raw, lead)?,
                Base::Folder | Base::Served if raw.starts_with('/') => return None,
                Base::Folder | Base::Served => raw,
            };
            let has_slash = rest.ends_with('/');
            let parts: Vec<Part> =
                rest.split('/').filter(|raw| !raw.is_empty()).map(Part::new).collect();
            let start = from.base(base);
            let reached = path_key(&walk(start, parts.iter().map(|part| part.name.as_str()))?);
            let ending = ENDINGS
                .into_iter()
                .find(|ending| goal.form(*ending).is_some_and(|form| path_key(&form) == reached))?;
            let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
            let canonical = way(start, &goal.form(ending)?);
            let bare = names.strip_prefix(&["."]).unwrap_or(&names);
            let is_canonical = canonical
                .iter()
                .map(|name| path_key(name))
                .eq(bare.iter().map(|name| path_key(name)));
            Some(Self {
                base: base.clone(),
                ending,
                has_slash,
                is_canonical,
                manner,
                encodes_letters: raw.contains("%C")
                    || raw.contains("%c")
                    || raw.contains("%E")
                    || raw.contains("%e"),
                has_spaces: raw.contains(' '),
                parts,
            })
        })
    }

    /// Returns the paths in this style to a new target, the one that fits best first.
    pub(super) fn spell(&self, old: &Goal, from: &Viewpoint, new: &Goal) -> Vec<String> {
        let endings = endings(self.ending, old, new);
        let spelled = endings.into_iter().filter_map(|ending| {
            let form = new.form(ending)?;
            let has_slash = self.has_slash && (ending == self.ending || ending == Ending::Id);
            self.spell_form(from, &form, has_slash)
        });
        spelled.collect()
    }

    fn spell_form(&self, from: &Viewpoint, form: &str, has_slash: bool) -> Option<String> {
        let start = from.base(&self.base);
        let names = if self.is_canonical { way(start, form) } else { self.spliced(start, form) };
        let mut path = names.iter().map(|name| self.raw(name)).collect::<Vec<_>>().join("/");
        match &self.base {
            Base::Fixed { .. } if names.first().is_some_and(|name| name == "..") => return None,
            Base::Fixed { lead, .. } => path.insert_str(0, lead),
            Base::Folder | Base::Served => {
                let has_dot = self.parts.first().is_some_and(|part| part.name == ".");
                let first = names.first().map_or("", String::as_str);
                if path.is_empty() || (has_dot && !first.starts_with('.')) || first.contains(':') {
                    path.insert_str(0, "./");
                }
            }
        }
        if has_slash && !path.ends_with('/') {
            path.push('/');
        }
        Some(path)
    }

    /// Returns the written walk as far as it still leads towards a path, and from there the way to it.
    fn spliced(&self, start: &str, form: &str) -> Vec<String> {
        let mut kept: Option<(usize, String)> = None;
        let folder = form.rsplit_once('/').map_or("", |(folder, _)| folder);
        for count in 0..=self.parts.len() {
            let walked = self.parts[..count].iter().map(|part| part.name.as_str());
            let Some(at) = walk(start, walked) else { break };
            if below(folder, &at).is_some() {
                kept = Some((count, at));
            }
        }
        let Some((count, at)) = kept else { return way(start, form) };
        let walked = self.parts[..count].iter().map(|part| part.name.clone());
        // What is kept takes the letter case of the folders that it walks through.
        let mut names: Vec<String> = walked.collect();
        let depth = at.split('/').filter(|name| !name.is_empty()).count();
        let folders: Vec<&str> = form.split('/').take(depth).collect();
        for (name, folder) in names.iter_mut().rev().zip(folders.iter().rev()) {
            if name.starts_with('.') {
                break;
            }
            *name = (*folder).to_owned();
        }
        names.extend(way(&at, form));
        names
    }

    /// Returns a name as it was written before, else as this style would write it.
    fn raw(&self, name: &str) -> String {
        let known = self.parts.iter().find(|part| part.name == name);
        known.map_or_else(
            || encode(name, self.manner, self.encodes_letters, self.has_spaces),
            |part| part.raw.clone(),
        )
    }
}

impl Part {
    fn new(raw: &str) -> Self {
        Self { name: decode(raw), raw: raw.to_owned() }
    }
}

fn strip_lead<'r>(raw: &'r str, lead: &str) -> Option<&'r str> {
    if lead.is_empty() {
        return Some(raw).filter(|raw| !raw.starts_with('/'));
    }
    let (head, rest) = raw.split_at_checked(lead.len())?;
    if head.eq_ignore_ascii_case(lead) {
        return Some(rest);
    }
    // `/docs` is the folder `/docs/` itself.
    (lead.len() > 1 && raw == lead.trim_end_matches('/')).then_some("")
}

/// Walks from a folder; `None` if the way leads above the root.
fn walk<'n>(start: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut at: Vec<&str> = start.split('/').filter(|name| !name.is_empty()).collect();
    for name in names {
        match name {
            "." => {}
            ".." => {
                at.pop()?;
            }
            name => at.push(name),
        }
    }
    Some(at.join("/"))
}

/// Returns what of a path lies below a folder.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() {
        return Some(path);
    }
    let start = path.get(..folder.len()).filter(|start| path_key(start) == path_key(folder))?;
    let rest = &path[start.len()..];
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Decodes percent-encoding, and escapes of Markdown.
pub(super) fn decode(raw: &str) -> String {
    let mut bare = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {}
            _ => bare.push(c),
        }
    }
    percent_decode(&bare.replace("&amp;", "&"))
}

const ALWAYS: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'#')
    .add(b'?')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'`')
    .add(b'|')
    .add(b'{')
    .add(b'}');
const BARE: &AsciiSet = &ALWAYS.add(b' ').add(b'(').add(b')').add(b'"');
const VALUE: &AsciiSet = &ALWAYS.add(b'"').add(b'\'');

const VALUE_WITHOUT_SPACES: &AsciiSet = &VALUE.add(b' ');

/// Writes a name so that it can stand in a link of this manner.
pub(super) fn encode(
    name: &str,
    manner: Manner,
    encodes_letters: bool,
    has_spaces: bool,
) -> String {
    let set = match manner {
        Manner::Wiki => return name.to_owned(),
        Manner::Angle => ALWAYS,
        Manner::Html if has_spaces => VALUE,
        Manner::Html => VALUE_WITHOUT_SPACES,
        Manner::Bare => BARE,
    };
    let encoded = utf8_percent_encode(name, set).to_string();
    // The set leaves no letters beyond ASCII alone, which people read better as they are.
    let encoded = if encodes_letters { encoded } else { with_letters(name, set) };
    match manner {
        Manner::Html => encoded.replace('&', "&amp;"),
        _ if encoded.contains(';') => encoded.replace('&', "%26"),
        _ => encoded,
    }
}

fn with_letters(name: &str, set: &'static AsciiSet) -> String {
    let mut written = String::new();
    for c in name.chars() {
        if c.is_ascii() {
            written.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), set));
        } else {
            written.push(c);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(path: &str, id: &str) -> Goal {
        Goal { path: path.to_owned(), id: Some(id.to_owned()) }
    }

    fn seen(folder: &str, served: &str) -> Viewpoint {
        Viewpoint { folder: folder.to_owned(), served: served.to_owned() }
    }

    fn bases() -> Vec<Base> {
        let root = Base::Fixed { lead: "/".to_owned(), folder: String::new() };
        vec![root, Base::Folder, Base::Served]
    }

    /// Checks how a link on `h/m/a.md` to `h/m/b.md` is written once that is `to`.
    fn check(raw: &str, to: (&str, &str), expect: &str) {
        let (from, old) = (seen("h/m", "h/m/a"), goal("h/m/b c.md", "h/m/b c"));
        let style = Style::of(raw, Manner::Bare, &from, &bases(), &old).unwrap();
        assert_eq!(style.spell(&old, &from, &goal(to.0, to.1))[0], expect, "{raw}");
    }

    #[test]
    fn paths_keep_their_style() {
        let near = ("h/m/d e.md", "h/m/d e");
        check("b%20c.md", near, "d%20e.md");
        check("./b%20c", near, "./d%20e");
        check("B%20C.MD", near, "d%20e.md");
        check("b%20c.html", near, "d%20e.html");
        check("../b%20c/", near, "../d%20e/");
        check("/h/m/b%20c.md", near, "/h/m/d%20e.md");
        check("../M/b%20c.md", near, "../m/d%20e.md");
        check("../../h/m/b%20c.md", ("h/x.md", "h/x"), "../../h/x.md");
        check("b%20c.md", ("h/x.md", "h/x"), "../x.md");
        check("./b%20c.md", ("h/x.md", "h/x"), "../x.md");
    }

    #[test]
    fn page_that_becomes_an_index_is_written_as_one() {
        let index = ("h/n/README.md", "h/n");
        check("b%20c.md", index, "../n/README.md");
        check("b%20c", index, "../n");
        check("../b%20c/", index, "../../n/");
        check("b%20c.html", index, "../n/index.html");
    }

    #[test]
    fn names_are_encoded_for_where_they_stand() {
        assert_eq!(encode("a (b) %é", Manner::Bare, false, false), "a%20%28b%29%20%25é");
        assert_eq!(encode("a (b) é", Manner::Angle, true, false), "a (b) %C3%A9");
        assert_eq!(encode("a & b", Manner::Html, false, true), "a &amp; b");
    }
}
