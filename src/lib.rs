//! Polder builds a cross-linked, searchable static intranet from a git repository of Markdown, with a page for every
//! contributor and the history of every page.
//!
//! These docs are the map of the code. Read them from top to bottom once; then each room's own `mod.rs` tells what the room
//! is for, what it never does (`Invariant:`), and where to enter.
//!
//! # In one paragraph
//!
//! Polder is a pure function from (files, git history, theme, configuration) to (a tree of output files, diagnostics),
//! computed in fixed stages. Each stage takes earlier results by reference and returns a new immutable value.
//! [`pipeline`] is that function; `polder build` runs it once and brings the tree to disk, `polder check` runs it and
//! prints the diagnostics, `polder serve` runs it again whenever something changes and shows the tree in a browser.
//! There is no incremental mode: expensive pure functions are remembered by content, and that a rebuild equals a fresh
//! build, byte for byte, is a test.
//!
//! # The story
//!
//! ```text
//! data flows →   source ─┐
//!                history ─┴─→ model ─→ links ─→ (lint) ─→ render ─┐
//!                theme ──────────────────────────────────↗ search ─┴─→ output ─→ disk | server
//!
//! imports point down only
//!  8  bin/polder                 arguments, commands, reports (a client of this library)
//!  7  serve  probe  rename  scaffold   long-running, asking and writing tools
//!  6  pipeline                   the one build function
//!  5  render    search   lint   export    what readers, authors and tools get
//!  4  links                      who points at whom
//!  3  model   revision           the wiki as one immutable value; what each change did to a text
//!  2  source                     files → documents
//!  1  config   markdown   history   theme   output   picture   missed      one outside thing each
//!  0  base   cache   diff        words everyone speaks; what is kept on disk between runs; comparing two rows of things
//! ```
//!
//! Rooms of one layer do not import each other, and each outside package is named in one room only; the test
//! `architecture` holds the table and the reasons for the few exceptions.
//!
//! # A build, step by step
//!
//! 1. [`config::Project::open`] finds `polder.yml`; [`theme::load`] lays the site's own theme files over the built-in ones.
//! 2. [`source::read`] walks the folder and reads every page: front matter, and an outline of the text ([`markdown::scan`]).
//! 3. [`history::read()`] walks the commits once and follows every file through its renames.
//! 4. [`model::assemble()`] gives pages their addresses and joins names and identities to people.
//! 5. [`links::resolve()`] finds where every link leads; [`lint::run`] looks at what the model says of the source's health.
//! 6. [`revision::tell`] compares the texts of the newest revisions, [`picture`] fits photos and drawings to screens; both keep
//!    what they made on disk.
//! 7. [`search::index`] writes what readers search in, in which [`missed`] searches are looked for once more;
//!    [`render::render`] makes a view of every page and renders it through the theme's templates.
//! 8. [`output::commit`] brings the tree to its folder, whole or not at all.
//!
//! # What holds everywhere
//!
//! - Two kinds of failure, never mixed: a [`base::Diagnostic`] is a fault of the content (it has a place and a remedy, and
//!   costs its page at most); a [`base::Error`] means that Polder could not do its work.
//! - Same commit and configuration, same bytes: sorted walks, ids in path order, no clock, no host, no absolute paths. The
//!   site's “today” is the day of its newest commit.
//! - Ids (`PageIx` …) and offsets are valid inside one build only; what outlives a build holds paths, commit ids and
//!   fingerprints.
//! - The library never prints, exits, or reads the environment.
//!
//! # Where it differs from what one might expect
//!
//! - **Diagnostics own the line they speak of**, instead of pointing into a table of files: they can be cached, sorted,
//!   sent to a browser and printed long after the text is gone.
//! - **One YAML tree with places** ([`base::yaml`]) serves front matter, configuration, kinds, messages and the example's
//!   history; scalars stay as they were written, so `title: 0.90` is not `0.9`.
//! - **Addresses name `index.html`**, so that one build works at any address and from `file://`; on a web host a script tidies
//!   the address bar.
//! - **Code is highlighted before pages are rendered**, each block once, in parallel and through a memo that is kept on
//!   disk: it is the largest cost of a cold build after git.
//! - **Markdown of other tools is rewritten before it is parsed**, with a map back to every byte: there is one parser, and what
//!   is found keeps its place. What only Polder may write is known by its place, not by a mark in the text.
//! - **Raw HTML is cleaned page by page, and only where there is any**; what Polder wrote itself waits in slots meanwhile.

pub mod base;
pub mod cache;
pub mod diff;

pub mod config;
pub mod history;
pub mod markdown;
pub mod missed;
pub mod output;
pub mod picture;
pub mod theme;

pub mod source;

pub mod model;
pub mod revision;

pub mod links;

pub mod export;
pub mod lint;
pub mod render;
pub mod search;

pub mod pipeline;

pub mod probe;
pub mod rename;
pub mod scaffold;
pub mod serve;
