//! Proves on a real repository that addresses last: plays its commits again and asks today's build for every address that
//! any of them would have published.
//!
//! The judge is git, not Polder: addresses are worked out from the trees of commits, renames by `git log -M`.
//!
//! ```sh
//! cargo test --release --test replay -- FOLDER [YEARS]
//! ```

mod judge;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use judge::{Fate, Judge};
use polder::base::Diagnostic;
use polder::pipeline::{Build, BuildOptions, Cache, Pipeline};

fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let Some(folder) = arguments.first() else {
        println!(
            "name the folder of a repository: cargo test --release --test replay -- FOLDER [YEARS]"
        );
        return ExitCode::from(2);
    };
    let years = arguments.get(1).and_then(|years| years.parse().ok()).unwrap_or(2);
    let options = BuildOptions {
        folder: folder.into(),
        out: Some(std::env::temp_dir().join("polder-replay")),
        cache: Cache::None,
        ci: None,
        preview: false,
    };
    let build = Pipeline::new(options).build(&mut |_| {}).expect("the site can be built");
    let judge = Judge::read(Path::new(folder), &build.project.prefix(), years);
    report(&build, &judge)
}

/// What today's build has at an address.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Nothing,
    /// The page of this file, or one that Polder makes.
    Page(Option<String>),
    /// A redirect to the page of this file.
    Redirect(String),
    Removed,
    /// The page for what is not there leads on from this spelling.
    Respelled,
}

fn answer(build: &Build, address: &str) -> Answer {
    let file = format!("{address}index.html");
    let Some(content) = build.output.get(&file) else {
        let mut respelled = build.site.redirects.respelled.iter();
        let is_known = respelled.any(|(from, _)| from.as_str() == address);
        return if is_known { Answer::Respelled } else { Answer::Nothing };
    };
    let html = String::from_utf8_lossy(&content.bytes().expect("pages are in memory")).into_owned();
    if html.contains("<div class=\"narrow gone\">") {
        return Answer::Removed;
    }
    let page = |url: &str| {
        let url = polder::base::UrlPath::of_file(url);
        build.site.page_at(&url).map(|page| build.site.pages[page].path.to_string())
    };
    let Some((_, rest)) = html.split_once("http-equiv=\"refresh\" content=\"0; url=") else {
        return Answer::Page(page(address));
    };
    let href =
        rest.split('"').next().unwrap_or_default().replace("&#x2F;", "/").replace("&amp;", "&");
    let href = polder::base::path::percent_decode(&href);
    let target = polder::base::path::join(address, &href).unwrap_or_default();
    let target = target.strip_suffix("index.html").unwrap_or(&target);
    page(target).map_or(Answer::Nothing, Answer::Redirect)
}

/// Counts what became of the addresses, lists what is not as it should be, and fails if anything is not.
fn report(build: &Build, judge: &Judge) -> ExitCode {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = 0;
    for (address, path) in &judge.addresses {
        let fate = judge.fate(path);
        let withheld = |found: &Diagnostic| {
            found.code == "withheld-page"
                && found.place.as_ref().is_some_and(|at| *at.path == **path)
        };
        let (class, is_fault) = if build.diagnostics.iter().any(withheld) {
            ("a page that is not to be published", false)
        } else {
            classify(&answer(build, address), &fate, path)
        };
        *counts.entry(class).or_default() += 1;
        if is_fault {
            faults += 1;
            println!("{class}: /{address} ({path}; git: {fate:?})");
        }
    }
    println!("{} commits, {} addresses", judge.commits, judge.addresses.len());
    for (class, count) in counts {
        println!("{count:6} {class}");
    }
    ExitCode::from(u8::from(faults > 0))
}

fn classify(answer: &Answer, fate: &Fate, path: &str) -> (&'static str, bool) {
    match (answer, fate) {
        (Answer::Page(Some(page)), _) if page == path => ("the page", false),
        (Answer::Page(page), Fate::Moved(to)) if page.as_ref() == Some(to) => {
            ("the page, whose file has another name", false)
        }
        (Answer::Page(_), _) => ("another page has the address", false),
        (Answer::Redirect(to), Fate::Moved(git)) if to == git => ("leads to the page", false),
        (Answer::Redirect(to), Fate::Lives) if to == path => ("leads to the page", false),
        (Answer::Redirect(_), Fate::Removed) => ("leads to a page that git does not know", false),
        (Answer::Redirect(_), _) => ("leads to another page than git says", true),
        (Answer::Removed, Fate::Removed) => ("tells that the page was removed", false),
        (Answer::Removed, Fate::Moved(_) | Fate::Lives) => {
            ("tells of a removal, but git says moved", true)
        }
        (Answer::Respelled, _) => ("another spelling, from which the 404 page leads on", false),
        (Answer::Nothing, Fate::Removed) => ("nothing, and the page was removed", true),
        (Answer::Nothing, _) => ("nothing", true),
    }
}
