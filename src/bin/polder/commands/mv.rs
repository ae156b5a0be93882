//! `polder mv`

use polder::base::{Error, Result};
use polder::config::Project;
use polder::pipeline::{BuildOptions, Cache, Pipeline};
use polder::rename::{self, Aliases, Plan, Request};

use super::on_threads;
use crate::args;
use crate::{Ending, report};

/// Renames something, or shows what that would change.
pub(crate) fn run(args: &args::Mv) -> Result<Ending> {
    let here = std::env::current_dir().map_err(|error| Error::io("open", ".".as_ref(), error))?;
    let request = Request { old: args.old.clone(), new: args.new.clone(), folder: here };
    let aliases = if args.no_alias { Aliases::None } else { Aliases::Keep };
    // What is remembered is used, but nothing is written that nobody asked for.
    let known = Project::open(&args.source)?.cache().is_dir();
    let cache = if known { Cache::Disk } else { Cache::None };
    let options =
        BuildOptions { folder: args.source.clone(), out: None, cache, ci: None, preview: false };
    let mut pipeline = Pipeline::new(options);
    let plan = on_threads(None, || rename::plan(&mut pipeline, &request, aliases))?;
    if args.dry_run {
        report::out(&rename::difference(&plan))?;
    } else {
        rename::apply(&plan)?;
    }
    tell(&plan, args.dry_run);
    Ok(if plan.left.is_empty() && plan.findings.is_empty() {
        Ending::Fine
    } else {
        Ending::ContentErrors
    })
}

fn tell(plan: &Plan, is_dry: bool) {
    for left in &plan.left {
        let place = &left.place;
        report::say(&format!("left to you: {}:{}: {}", place.path, place.line, left.message));
    }
    for found in &plan.findings {
        report::say(&format!("new finding: {}", report::plain(std::iter::once(found)).trim_end()));
    }
    let (links, files) =
        (report::number(plan.links, "link"), report::number(plan.files.len(), "file"));
    let what = match &plan.moved {
        Some(moved) => {
            let count = match plan.moves.len() {
                0 | 1 => String::new(),
                several => format!(" ({several} files)"),
            };
            format!("`{}` to `{}`{count}", moved.from, moved.to)
        }
        None => "the heading".to_owned(),
    };
    let verb = if plan.moved.is_some() { "move" } else { "change" };
    report::say(&if is_dry {
        format!("would {verb} {what} and rewrite {links}; {files} would change")
    } else {
        format!("{verb}d {what}, rewrote {links}; {files} changed; commit it when you are content")
    });
}
