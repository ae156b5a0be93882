//! What users can type. The doc comments are the help.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Builds a cross-linked, searchable static intranet from a git repository of Markdown
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Args {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the site into a folder
    Build(Build),
    /// Find faults in the pages without writing anything
    Check(Check),
    /// Show the site in a browser while you write; every save is shown at once
    Serve(Serve),
    /// Find pages as readers find them
    #[command(after_help = SEARCH_HELP)]
    Search(Search),
    /// Tell from access logs what readers searched for and did not find
    #[command(after_help = SEARCHES_HELP)]
    Searches(Searches),
    /// Write pages, links, people, domains and revisions as JSON Lines to standard output
    Export(Export),
    /// Tell what a finding means and how it is mended; without a code, list all
    Explain(Explain),
    /// Write a JSON Schema, with which editors help while you write
    Schema(Schema),
    /// Give a page, a file, a folder or a heading another name; every link follows
    #[command(after_help = MV_HELP)]
    Mv(Mv),
    /// Write the example site as a git repository, build it and show it
    Demo(Demo),
}

/// Where the site is and how it is read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Source {
    /// The folder with the Markdown pages, or with polder.yml
    #[arg(default_value = ".")]
    pub(crate) source: PathBuf,
    /// Remember nothing in .polder/cache
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// How many threads to use; as many as there are processors if left out
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

/// What is told about a build.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Report {
    /// How findings are written to standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Say nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Tell every finding, however many of one sort a page has
    #[arg(long)]
    pub(crate) all: bool,
    /// Say how long each stage took
    #[arg(long)]
    pub(crate) timings: bool,
    /// Which findings, beside errors, make the command fail
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the line, a mark under it, and what to do
    Human,
    /// One JSON object a line
    Json,
    /// Workflow commands, which git hosts show beside the changed lines
    Github,
}

/// What makes a command fail beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings as well
    Warnings,
}

/// `polder build`
#[derive(Debug, clap::Args)]
pub(crate) struct Build {
    /// Where
    #[command(flatten)]
    pub(crate) source: Source,
    /// The folder to write; `public` beside the pages if left out
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// What to tell
    #[command(flatten)]
    pub(crate) report: Report,
}

/// `polder check`
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Where
    #[command(flatten)]
    pub(crate) source: Source,
    /// Ask other sites whether the addresses that links lead to still answer
    #[arg(long)]
    pub(crate) external: bool,
    /// With --external: ask nobody, and tell only what was heard before
    #[arg(long, requires = "external")]
    pub(crate) offline: bool,
    /// Write what is found to .polder-baseline; from then on only new findings are told
    #[arg(long)]
    pub(crate) update_baseline: bool,
    /// What to tell
    #[command(flatten)]
    pub(crate) report: Report,
}

/// `polder serve`
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Where
    #[command(flatten)]
    pub(crate) source: Source,
    /// Where to listen
    #[command(flatten)]
    pub(crate) listen: Listen,
}

/// Where a server listens.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Listen {
    /// The address to listen on; anything but a loopback address shows the site to the network
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) host: IpAddr,
    /// The port; the next free one is taken if it is in use
    #[arg(long, default_value_t = 8000)]
    pub(crate) port: u16,
    /// The path below which the site is served, to try out a sub-path
    #[arg(long, default_value = "/", value_name = "PATH")]
    pub(crate) base: String,
}

const MV_HELP: &str = "\
Links keep their style: relative, from the root, without extension, by name. A page remembers its old address as an \
alias in its front matter, so that links from elsewhere still arrive, also before the move is committed and where \
the history is not at hand. A heading keeps no alias: links to it are rewritten, and that is all.

Files are renamed on disk and nothing is committed: look at the result, then commit it with git.

Examples:
  polder mv handbook/expenses.md handbook/money/claims.md
  polder mv handbook/travel/ handbook/trips/
  polder mv 'handbook/expenses.md#Deadline' 'When to claim'";

/// `polder mv`
#[derive(Debug, clap::Args)]
pub(crate) struct Mv {
    /// A page, a file or a folder, or a heading as `page#heading`
    pub(crate) old: String,
    /// Its new path (a folder to move it into), or the new text of the heading
    pub(crate) new: String,
    /// The folder with the Markdown pages, or with polder.yml
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(crate) source: PathBuf,
    /// Show what would change, as a unified diff, and write nothing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// Do not add the old address to the aliases of pages
    #[arg(long)]
    pub(crate) no_alias: bool,
}

/// `polder export`
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Where
    #[command(flatten)]
    pub(crate) source: Source,
    /// Write documents to load into a search engine instead, one for each section
    #[arg(long, value_enum, value_name = "ENGINE", num_args = 0..=1, require_equals = true, default_missing_value = "any")]
    pub(crate) search_documents: Option<Engine>,
}

/// A search engine on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// None in particular: one document a line
    Any,
    /// OpenSearch and Elasticsearch: what `_bulk` takes
    Opensearch,
    /// Meilisearch
    Meilisearch,
    /// Typesense
    Typesense,
}

const SEARCH_HELP: &str = "\
A query is what readers type: words, \"phrases\" in quotes, -without, and filters: in: (a domain or folder), by: (a \
person), kind:, is: (a state), lang:, after: and before: (a year, month or day).

Examples:
  polder search expenses
  polder search 'pump in:\"Field service\" after:2025 -inspection'
  polder search --explain --limit 3 who knows about valves";

/// `polder search`
#[derive(Debug, clap::Args)]
pub(crate) struct Search {
    /// What to look for
    #[arg(required = true)]
    pub(crate) query: Vec<String>,
    /// The folder with the Markdown pages, or with polder.yml
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(crate) source: PathBuf,
    /// Tell what each word adds to each result, and why
    #[arg(long)]
    pub(crate) explain: bool,
    /// How results are written
    #[arg(long, value_enum, default_value_t = Listing::Human)]
    pub(crate) format: Listing,
    /// How many results
    #[arg(long, short = 'n', default_value_t = 10, value_name = "N")]
    pub(crate) limit: usize,
    /// The language of the reader, whose pages come first; the site's own if left out
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<String>,
}

const SEARCHES_HELP: &str = "\
Browsers report such searches if polder.yml says where to (search.report). The file that this command writes is shown on \
the list of wanted pages if polder.yml names it (search.missed). It holds words and counts: nothing of who searched, and \
no search that fewer than three computers made.

Examples:
  polder searches /var/log/nginx/access.log* --out searches.yml
  ssh web cat /var/log/caddy/wiki.log | polder searches -";

/// `polder searches`
#[derive(Debug, clap::Args)]
pub(crate) struct Searches {
    /// Access logs, also compressed with gzip; `-` for standard input
    #[arg(required = true, value_name = "LOG")]
    pub(crate) logs: Vec<PathBuf>,
    /// The file to write; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How many computers must have made a search for it to be told
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(2..))]
    pub(crate) least: u16,
    /// The path that browsers ask for; search.report of polder.yml if left out
    #[arg(long, value_name = "PATH")]
    pub(crate) report: Option<String>,
    /// The folder with the site
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(crate) source: PathBuf,
}

/// How results of a search are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// For people
    Human,
    /// One JSON object a line: what was made of the query, then the results
    Json,
}

/// `polder explain`
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// What stands in brackets before a finding: `broken-link`
    pub(crate) code: Option<String>,
}

/// `polder schema`
#[derive(Debug, clap::Args)]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = Of::FrontMatter)]
    pub(crate) of: Of,
    /// The folder with the site, whose own kinds of pages count
    #[arg(default_value = ".")]
    pub(crate) folder: PathBuf,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// The head of pages
    FrontMatter,
    /// polder.yml
    Config,
}

/// `polder demo`
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// The folder to write; a temporary one if left out
    pub(crate) dir: Option<PathBuf>,
    /// Stop after the build
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Where to listen
    #[command(flatten)]
    pub(crate) listen: Listen,
}
