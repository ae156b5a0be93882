//! Where a site's files are.

use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

use super::schema::Config;

/// A site on disk: its folders and its configuration.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder of `polder.yml`; the source's own folder if there is none.
    pub root: PathBuf,
    /// The folder with the pages.
    pub source: PathBuf,
    /// `polder.yml`, if there is one.
    pub config_file: Option<PathBuf>,
    /// What it says.
    pub config: Config,
}

const CONFIG_FILE: &str = "polder.yml";

impl Project {
    /// Finds the site that `folder` is, or lies in: `polder.yml` is looked for there and upward, no further than the
    /// root of the git repository.
    ///
    /// # Errors
    /// If `folder` is not a readable folder, or `polder.yml` cannot be used.
    pub fn open(folder: &Path) -> Result<Self> {
        let folder = existing_folder(folder, "name the folder that holds your Markdown pages")?;
        let Some(config_file) = find_config(&folder) else {
            let config = Config::default();
            return Ok(Self { root: folder.clone(), source: folder, config_file: None, config });
        };
        let config = read_config(&config_file)?;
        let root = config_file.parent().expect("a file has a folder").to_owned();
        // A folder named on the command line wins over `source`, unless it is the site's own folder.
        let source = match &config.source {
            Some(below) if folder == root => {
                existing_folder(&root.join(below), "mend `source` in polder.yml")?
            }
            _ => folder,
        };
        Ok(Self { root, source, config_file: Some(config_file), config })
    }

    /// Returns where `polder build` writes unless told otherwise.
    pub fn out(&self) -> PathBuf {
        self.root.join(&self.config.out)
    }

    /// Returns the path of the source in the git repository that it lies in, with `/` at its end; empty at its root, or
    /// without a repository.
    pub fn prefix(&self) -> String {
        let root = self.source.ancestors().find(|folder| folder.join(".git").exists());
        match root.and_then(|root| self.source.strip_prefix(root).ok()) {
            Some(below) if !below.as_os_str().is_empty() => {
                format!("{}/", below.to_string_lossy().replace('\\', "/"))
            }
            _ => String::new(),
        }
    }

    /// Returns the file with the findings that are known.
    pub fn baseline(&self) -> PathBuf {
        self.root.join(".polder-baseline")
    }

    /// Returns where things that never change are remembered.
    pub fn cache(&self) -> PathBuf {
        self.root.join(".polder").join("cache")
    }

    /// Returns the folder of the site's own theme files. Only a site with a `polder.yml` has one: in other repositories
    /// a folder of that name is something else.
    pub fn own_theme(&self) -> Option<PathBuf> {
        let folder = self.root.join("theme");
        (self.config_file.is_some() && folder.is_dir()).then_some(folder)
    }

    /// Returns the folder of the theme that the configuration names.
    pub fn named_theme(&self) -> Option<PathBuf> {
        self.config.theme.as_ref().map(|folder| self.root.join(folder))
    }
}

fn existing_folder(folder: &Path, help: &str) -> Result<PathBuf> {
    let shown = folder.display();
    if !folder.exists() {
        return Err(Error::refused(format!("there is no folder `{shown}`"), help));
    }
    if !folder.is_dir() {
        return Err(Error::refused(format!("`{shown}` is not a folder"), help));
    }
    folder.canonicalize().map_err(|error| Error::io("open", folder, error))
}

fn find_config(folder: &Path) -> Option<PathBuf> {
    for ancestor in folder.ancestors() {
        let file = ancestor.join(CONFIG_FILE);
        if file.is_file() {
            return Some(file);
        }
        if ancestor.join(".git").exists() {
            return None;
        }
    }
    None
}

fn read_config(file: &Path) -> Result<Config> {
    let bytes = std::fs::read(file).map_err(|error| Error::io("read", file, error))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let message = format!("`{}` is not UTF-8 text", file.display());
        Error::refused(message, "save it as UTF-8")
    })?;
    Config::parse(CONFIG_FILE, text.trim_start_matches('\u{feff}')).map_err(|diagnostics| {
        Error::Unusable { message: format!("cannot use `{}`", file.display()), diagnostics }
    })
}
