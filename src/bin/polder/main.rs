//! The command line: arguments in, exit code out. A client of the library, like any other.

mod args;
mod commands;
mod progress;
mod report;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use args::{Args, Command};

/// Asks the kernel for memory seldom, and gives small pieces of it quickly: a page is many of them.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All is well; warnings are possible.
    Fine,
    /// The site is built, but its content has errors.
    ContentErrors,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = match &args.command {
        Command::Build(build) => commands::build::run(build),
        Command::Check(check) => commands::check::run(check),
        Command::Serve(serve) => commands::serve::run(serve),
        Command::Export(export) => commands::export::run(export),
        Command::Explain(explain) => commands::explain::run(explain),
        Command::Schema(schema) => commands::schema::run(schema),
        Command::Search(search) => commands::search::run(search),
        Command::Searches(searches) => commands::searches::run(searches),
        Command::Mv(mv) => commands::mv::run(mv),
        Command::Demo(demo) => commands::demo::run(demo),
    };
    match result {
        Ok(Ending::Fine) => ExitCode::SUCCESS,
        Ok(Ending::ContentErrors) => ExitCode::from(1),
        Err(error) => {
            report::failure(&error);
            ExitCode::from(2)
        }
    }
}
