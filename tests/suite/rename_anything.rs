//! `polder mv` on sites made up at random: after any move every link leads where it led.

use std::collections::BTreeMap;

use polder::links::Target;
use polder::rename::{self, Aliases};
use polder::source::Proposal;
use proptest::prelude::*;

use crate::rename::{files, plan, request};
use crate::support::TestSite;

/// Paths that moves choose from: files, indexes, names with spaces and letters, folders.
const PATHS: [&str; 10] = [
    "README.md",
    "a.md",
    "a/index.md",
    "a/Claims (old).md",
    "a/b/é.md",
    "b/claims.md",
    "b/notes.md",
    "c/notes.md",
    "c/d/README.md",
    "c/d/pump #2 100%.md",
];

/// Links to the page with this number, in every form; `{p}` is the page's path, `{r}` the way to it, `{n}` its file's name.
const FORMS: [&str; 13] = [
    "[x]({r})",
    "[x](./{r}#part)",
    "[x](<{R}> \"t\")",
    "[x](/{p})",
    "[x](/{i})",
    "[x]({e})",
    "[x]({e}.html#part)",
    "[x][ref{k}]\n\n[ref{k}]: {r}\n",
    "<a href=\"{r}\">x</a>",
    "[[{n}]]",
    "[[{P}|label]]",
    "![[{P}#Part]]",
    "|t|\n|-|\n|[[{n}\\|y]] [x]({r})|\n",
];

fn encoded(path: &str) -> String {
    let mut encoded = String::new();
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '#' | '%' => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            c => encoded.push(c),
        }
    }
    encoded
}

fn way(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let common = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    format!("{}{}", "../".repeat(folders.len() - common), to[common..].join("/"))
}

fn link(form: usize, from: &str, to: &str, number: usize) -> String {
    let stem = to.trim_end_matches(".md");
    let id = stem.trim_end_matches("README").trim_end_matches("index").trim_end_matches('/');
    let relative = way(from, to);
    let name = to.rsplit('/').next().unwrap().trim_end_matches(".md");
    FORMS[form]
        .replace("{r}", &encoded(&relative))
        .replace("{R}", &relative.replace('%', "%25").replace('#', "%23"))
        .replace("{e}", &encoded(relative.trim_end_matches(".md")))
        .replace("{p}", &encoded(to))
        .replace("{i}", &encoded(id))
        .replace("{P}", stem)
        .replace("{n}", name)
        .replace("{k}", &number.to_string())
}

/// Where each link of a site leads, by the page it is on, with the paths as they are after a move; and the codes of what is found.
fn graph(
    site: &TestSite,
    new_path: &dyn Fn(&str) -> String,
) -> (BTreeMap<String, Vec<String>>, Vec<&'static str>) {
    let reading = site.pipeline().read(&Proposal::default()).unwrap();
    let path = |page| new_path(reading.site.pages[page].path.as_str());
    let mut graph: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for link in reading.links.all() {
        let lead = match &link.target {
            Target::Page { page, anchor } => format!("{} {anchor:?}", path(*page)),
            Target::Generated(url) => format!("{}/", new_path(url.as_str().trim_matches('/'))),
            other => format!("{other:?}"),
        };
        graph.entry(path(link.from)).or_default().push(lead);
    }
    (graph, reading.diagnostics.iter().map(|found| found.code).collect())
}

/// Returns where links lead that led somewhere before: one that asked for a page of a name may find it now.
fn without_new_leads(
    before: &BTreeMap<String, Vec<String>>,
    mut now: BTreeMap<String, Vec<String>>,
) -> BTreeMap<String, Vec<String>> {
    for (page, leads) in &mut now {
        let before = before.get(page).into_iter().flatten();
        for (lead, _) in leads.iter_mut().zip(before).filter(|(_, before)| *before == "Missing") {
            *lead = "Missing".to_owned();
        }
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn graph_is_the_same_after_any_move(
        links in proptest::collection::vec((0..PATHS.len(), 0..FORMS.len(), 0..PATHS.len()), 1..24),
        from in 0..PATHS.len() + 3,
        to in 0..8_usize,
    ) {
        let mut texts: BTreeMap<&str, String> =
            PATHS.iter().enumerate().map(|(number, path)| (*path, format!("# Page {number}\n\n## Part\n\n"))).collect();
        for (number, (on, form, target)) in links.iter().enumerate() {
            // A name with `#` cannot stand in a wikilink.
            let form = if PATHS[*target].contains('#') && *form > 8 { 0 } else { *form };
            let line = link(form, PATHS[*on], PATHS[*target], number);
            texts.get_mut(PATHS[*on]).unwrap().push_str(&format!("{line}\n\n"));
        }
        let site = texts.iter().fold(TestSite::new(), |site, (path, text)| site.page(path, text));
        let old = PATHS.iter().chain(&["a", "b", "c/d"]).nth(from).unwrap();
        let news = ["z.md", "b/z y.md", "a/b/z/README.md", "c/notes.md", "q/(z) 5%.md", "c/d/e/z.md", "b/index.md", "z/z.md"];
        let new = if old.ends_with(".md") { news[to].to_owned() } else { news[to].trim_end_matches(".md").to_owned() };
        let Ok(plan) = plan(&site, old, &new, Aliases::None) else { return Ok(()) };
        let before = files(site.path());
        let is_below = |path: &str| path == *old || path.starts_with(&format!("{old}/"));
        let new_path = |path: &str| if is_below(path) { path.replacen(old, &new, 1) } else { path.to_owned() };
        let same = |path: &str| path.to_owned();
        let (expect, mut known) = graph(&site, &new_path);
        prop_assert!(plan.left.is_empty(), "{:?}", plan.left);
        rename::apply(&plan).unwrap();
        let (now, found) = graph(&site, &same);
        let now = without_new_leads(&expect, now);
        prop_assert_eq!(expect, now, "{} to {}", old, new);
        // A folder may come to stand beside a page of its name; that is told, as it is true.
        for code in found.into_iter().filter(|code| *code != "address-taken") {
            let at = known.iter().position(|known| *known == code);
            prop_assert!(at.is_some(), "{} to {}: new finding {}", old, new, code);
            known.remove(at.unwrap());
        }
        // And back: everything leads where it did, and only what was rewritten may be written in another way.
        let is_new = |path: &str| path == new || path.starts_with(&format!("{new}/"));
        let old_path = |path: &str| if is_new(path) { path.replacen(&new, old, 1) } else { path.to_owned() };
        let (expect, _) = graph(&site, &old_path);
        // A folder that came to stand beside a page of its name has a name of two meanings now, which is refused.
        let back = request(&site, &new, old);
        let Ok(plan) = rename::plan(&mut site.pipeline(), &back, Aliases::None) else { return Ok(()) };
        rename::apply(&plan).unwrap();
        prop_assert_eq!(expect, graph(&site, &same).0, "{} to {} and back", old, new);
        let after = files(site.path());
        prop_assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    }
}
