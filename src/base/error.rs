//! What can stop Polder itself: disk, git, configuration. Never the content of a page.

use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostics;

/// Why Polder could not do its work; the binary ends with exit code 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried: `read`, `write`, `create` …
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// git could not be read.
    #[error("cannot read git history: {message}")]
    Git {
        /// What libgit2 answered.
        message: String,
    },
    /// The configuration, a kind, a message file or a template cannot be used; the findings say where.
    #[error("{message}")]
    Unusable {
        /// Which part.
        message: String,
        /// Every problem in it.
        diagnostics: Diagnostics,
    },
    /// What was asked cannot be done as asked.
    #[error("{message}")]
    Refused {
        /// What and why.
        message: String,
        /// What to do instead.
        help: String,
    },
}

impl Error {
    /// Returns the error of a failed file operation.
    pub fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }

    /// Returns a refusal with its remedy.
    pub fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: help.into() }
    }
}

/// The result of work that the environment can stop.
pub type Result<T> = std::result::Result<T, Error>;
