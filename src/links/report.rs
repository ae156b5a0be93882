//! What is told of links that lead nowhere, or where something had to be guessed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::path::{way, without_page_ending};
use crate::base::{Diagnostic, Diagnostics, Place, SourcePath};
use crate::model::{Absence, Page, PageIx, Refusal, Site};

use super::address::Guess;
use super::fragment::Ids;
use super::meant::Meant;

/// For so many different links of a page what might have been meant is looked for.
const LOOKS: usize = 500;

/// The findings of one page.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Wikilinks to pages that nobody has written yet.
    pub(super) wanted: Vec<Diagnostic>,
    /// Everything else.
    pub(super) others: Diagnostics,
}

/// Gathers the findings of one page.
pub(super) struct Reporter<'a> {
    site: &'a Site,
    page: &'a Page,
    meant: &'a Meant<'a>,
    /// How often what might have been meant may still be looked for.
    looks: usize,
    /// What was found, in the order of the links.
    told: Vec<Told>,
}

/// Something that was found.
#[derive(Debug, Clone)]
enum Told {
    /// A wikilink to a page that nobody has written yet.
    Wanted(Diagnostic),
    /// What is told of each link.
    Each(Diagnostic),
    /// What would be told again and again, and is told once for each sort of guess.
    Once(Option<Guess>, Diagnostic),
}

impl<'a> Reporter<'a> {
    /// Returns a reporter that knows of nothing.
    pub(super) fn new(site: &'a Site, page: &'a Page, meant: &'a Meant<'a>) -> Self {
        Self { site, page, meant, looks: LOOKS, told: Vec::new() }
    }

    /// Returns how many findings there are.
    pub(super) fn count(&self) -> usize {
        self.told.len()
    }

    /// Tells the findings with these numbers of another place as well.
    pub(super) fn tell_again(&mut self, told: Range<usize>, place: &Place) {
        for at in told {
            let mut again = self.told[at].clone();
            let (Told::Wanted(found) | Told::Each(found) | Told::Once(_, found)) = &mut again;
            found.place = Some(place.clone());
            self.told.push(again);
        }
    }

    /// Returns what was gathered.
    pub(super) fn finish(self) -> Findings {
        let mut findings = Findings::default();
        findings.others.reserve(self.told.len());
        let mut repeated: BTreeMap<_, (Diagnostic, usize)> = BTreeMap::new();
        for told in self.told {
            match told {
                Told::Wanted(found) => findings.wanted.push(found),
                Told::Each(found) => findings.others.push(found),
                Told::Once(guess, found) => {
                    repeated.entry((found.code, guess)).or_insert((found, 0)).1 += 1;
                }
            }
        }
        for (mut first, count) in repeated.into_values() {
            let more = match count {
                1 => String::new(),
                2 => ", and one more link of this page as well".to_owned(),
                count => format!(", and {} more links of this page as well", count - 1),
            };
            first.message = format!("{}{more}", first.message).into();
            findings.others.push(first);
        }
        findings
    }

    fn report(&mut self, code: &'static str, message: String, place: &Place, help: Option<String>) {
        self.told.push(Told::Each(diagnostic(code, message, place, help)));
    }

    fn once(&mut self, guess: Option<Guess>, diagnostic: Diagnostic) {
        self.told.push(Told::Once(guess, diagnostic));
    }

    pub(super) fn unsafe_link(&mut self, dest: &str, place: &Place) {
        let message = format!("`{dest}` is no address that a browser may follow; shown as text");
        self.report("unsafe-link", message, place, None);
    }

    pub(super) fn macro_link(&mut self, dest: &str, place: &Place) {
        let message = format!("`{dest}` is for another tool to fill in; shown as text");
        let help = "write a path".to_owned();
        self.once(None, diagnostic("macro-link", message, place, Some(help)));
    }

    pub(super) fn guessed(&mut self, guess: Guess, dest: &str, spelt: &str, place: &Place) {
        let why = match guess {
            Guess::Case => format!("`{dest}` is spelt `{spelt}`"),
            Guess::Served => {
                format!(
                    "`{dest}` is right only where this page is served as a folder; it means `{spelt}`"
                )
            }
            Guess::Backslash => format!("`{dest}` is written with backslashes"),
            Guess::Root => format!(
                "`{dest}` leads nowhere from the root; from a folder around this page it means `{spelt}`"
            ),
            Guess::Elsewhere => {
                format!("`{dest}` is not here; the only page of that name is `{spelt}`")
            }
            Guess::Loose => format!("`{dest}` is not quite the name of `{spelt}`"),
        };
        let mut help = format!("write `{}`", way(self.page.path.folder(), spelt).join("/"));
        if let (Guess::Root, Some(root)) = (guess, root_of(dest, spelt)) {
            help.push_str(&format!(", or set `link_roots: [{root}]` in polder.yml"));
        }
        self.once(Some(guess), diagnostic("guessed-link", why, place, Some(help)));
    }

    pub(super) fn without_scheme(&mut self, dest: &str, address: &str, place: &Place) {
        let message = format!("`{dest}` is a path as it is written; it is taken for `{address}`");
        let help = Some(format!("write `{address}`"));
        self.report("link-without-scheme", message, place, help);
    }

    pub(super) fn secret(&mut self, file: &SourcePath, place: &Place) {
        let message = format!("`{file}` is not published: such files hold passwords or keys");
        let help = "take it out of the repository, and change what it holds; link to a sample";
        self.report("withheld-file", message, place, Some(help.to_owned()));
    }

    pub(super) fn unreadable(&mut self, file: &SourcePath, place: &Place) {
        let message = format!("`{file}` is not published: it cannot be read");
        let help = "let whoever builds the site read it".to_owned();
        self.report("withheld-file", message, place, Some(help));
    }

    pub(super) fn withheld(&mut self, file: &SourcePath, why: Option<Refusal>, place: &Place) {
        let why = match why {
            Some(Refusal::TooLong) => "it would run, and is too long to be shown as text",
            Some(Refusal::NoText) => "it would run, and is no text that can be shown",
            Some(Refusal::Secret | Refusal::Unreadable) | None => "it would run, and is no picture",
        };
        let message = format!("`{file}` is not published: {why}");
        let help = "set `repository` in polder.yml, and the link leads to the file on the git host";
        self.report("withheld-file", message, place, Some(help.to_owned()));
    }

    pub(super) fn missing_place(&mut self, page: PageIx, name: &str, ids: &Ids<'_>, place: &Place) {
        let path = &self.site.pages[page].path;
        let what = if name.starts_with('^') { "block" } else { "heading" };
        let message = format!("no {what} `#{name}` in `{path}`");
        let close = if self.may_look() { ids.closest(name) } else { None };
        let help = close.map(|close| format!("did you mean `#{close}`?"));
        self.report("missing-heading", message, place, help);
    }

    pub(super) fn renamed_heading(&mut self, page: PageIx, name: &str, today: &str, place: &Place) {
        let path = &self.site.pages[page].path;
        let message = format!("the heading `#{name}` in `{path}` has another text now");
        self.report("renamed-heading", message, place, Some(format!("write `#{today}`")));
    }

    pub(super) fn ambiguous(&mut self, name: &str, pages: &[PageIx], place: &Place) {
        let paths: Vec<String> =
            pages.iter().take(4).map(|page| format!("`{}`", self.site.pages[*page].path)).collect();
        let message = format!("`{name}` names {} pages; the nearest is taken", pages.len());
        let help = format!("write the path of the page that you mean: {}", paths.join(", "));
        self.report("ambiguous-link", message, place, Some(help));
    }

    pub(super) fn moved(&mut self, page: PageIx, place: &Place) {
        let path = &self.site.pages[page].path;
        let message = format!("this page is called `{path}` now");
        let help = format!("write `{}`", way(self.page.path.folder(), path.as_str()).join("/"));
        self.report("moved-page", message, place, Some(help));
    }

    pub(super) fn wanted(&mut self, name: &str, place: &Place) {
        let close = if self.may_look() { self.suggest(name) } else { None };
        let help = close.unwrap_or_else(|| "write this page, or mend the link".to_owned());
        let message = format!("no page is called `{name}` yet");
        let found = Diagnostic::new("wanted-page", message).at(place.clone()).help(help);
        self.told.push(Told::Wanted(found));
    }

    pub(super) fn unpublished(&mut self, written: &str, why: Absence<'_>, place: &Place) {
        let (why, help) = match why {
            Absence::Withheld(path) => (
                format!("`{path}` says that it is not for everybody"),
                "take the link away, or let that page be published",
            ),
            Absence::Excluded => (
                "`exclude` in polder.yml leaves it out".to_owned(),
                "take the link away, or mend `exclude`",
            ),
        };
        let message = format!("`{written}` is not published, and readers see no link: {why}");
        self.report("withheld-link", message, place, Some(help.to_owned()));
    }

    pub(super) fn broken(&mut self, path: &str, place: &Place) {
        let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
        let help = match self.meant.prefix(path) {
            Some((prefix, folder)) => Some(set_prefix(prefix, folder)),
            None if !self.may_look() => None,
            None => match self.meant.file(name) {
                Some(file) => file.map(|file| self.did_you_mean(&file)),
                None => self.suggest(name.rsplit_once('.').map_or(name, |(stem, _)| stem)),
            },
        };
        self.report("broken-link", format!("`{path}` leads to no page or file"), place, help);
    }

    pub(super) fn folder_of_files(&mut self, path: &str, place: &Place) {
        let message = format!("`{path}` is a folder without pages, which nothing shows");
        let help = "give it a page, or set `repository` in polder.yml, and the link leads to the folder on the git host";
        let help = help.to_owned();
        self.report("broken-link", message, place, Some(help));
    }

    pub(super) fn removed(&mut self, path: &str, removal: usize, place: &Place) {
        let (commit, _) = self.site.revision(self.site.history.removals[removal].revision);
        let (on, by) = (self.site.moment(commit).date(), &commit.author.name);
        let message = format!("`{path}` leads to a page that {by} removed on {on}");
        let help = format!("take the link away; the reason was `{}`", commit.subject);
        self.report("broken-link", message, place, Some(help));
    }

    /// Returns whether what might have been meant is still looked for: each look compares a name with all others, which
    /// hundreds of mistakes of one page are worth, and not a hundred thousand.
    fn may_look(&mut self) -> bool {
        let may = self.looks > 0;
        self.looks = self.looks.saturating_sub(1);
        may
    }

    /// Returns “did you mean”, with the path from this page's folder.
    fn suggest(&self, name: &str) -> Option<String> {
        let close = self.meant.page(name)?;
        Some(self.did_you_mean(&self.site.pages[close].path))
    }

    fn did_you_mean(&self, path: &SourcePath) -> String {
        format!("did you mean `{}`?", way(self.page.path.folder(), path.as_str()).join("/"))
    }
}

/// Returns the folder from which a path that begins with `/` leads to where something is.
fn root_of<'s>(dest: &str, spelt: &'s str) -> Option<&'s str> {
    let written = without_page_ending(dest.trim_matches('/'));
    let at = spelt.to_lowercase().rfind(&format!("/{}", written.to_lowercase()))?;
    spelt.get(..at)
}

fn set_prefix(prefix: &str, folder: &str) -> String {
    let (shown, written) = match folder {
        "" => ("the source itself".to_owned(), "\"\""),
        folder => (format!("`{folder}`"), folder),
    };
    format!(
        "`/{prefix}` seems to stand for {shown} on the pages of this site: set `link_prefixes: {{{prefix}: {written}}}` in polder.yml"
    )
}

fn diagnostic(
    code: &'static str,
    message: String,
    place: &Place,
    help: Option<String>,
) -> Diagnostic {
    let help = help.map(Arc::from);
    Diagnostic { help, ..Diagnostic::new(code, message).at(place.clone()) }
}
