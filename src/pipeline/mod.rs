//! The one build function: every command runs it, `serve` runs it again and again.
//!
//! There is no incremental mode. Every build runs every stage; what makes the second one fast are memos of pure
//! functions (`memos` lists them with their keys). That a rebuild equals a fresh build, byte for byte, is a test.

mod attachments;
mod memos;
mod missed;
mod timings;
mod wording;

pub use timings::Timings;

use std::path::{Path, PathBuf};

use crate::base::{Diagnostic, Diagnostics, Error, Place, Result};
use crate::config::Project;
use crate::history::Ci;
use crate::links::{self, LinkGraph};
use crate::lint::Baseline;
use crate::markdown::{Brief, Drawings};
use crate::model::{self, Site};
use crate::output::{Former, OutputTree};
use crate::render::{self, Input};
use crate::revision::{self, Question};
use crate::source::{self, Proposal};
use crate::theme::{self, Theme};
use crate::{export, history, lint, search};

use memos::Memos;
use timings::Running;
use wording::wording;

/// How to build.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder with the site, or one inside it.
    pub folder: PathBuf,
    /// Where the output goes, if not where the configuration says; it is no part of the source.
    pub out: Option<PathBuf>,
    /// Whether facts of commits, code and more are kept on disk. Then pages are not made again either that the output folder
    /// holds as they would be, but for a preview: it can outlast what is in that folder.
    pub cache: Cache,
    /// The system that runs the build; remedies are told in its words.
    pub ci: Option<Ci>,
    /// Whether it is for authors to look at while they write: then pages tell what of them is not committed.
    pub preview: bool,
}

impl BuildOptions {
    fn out(&self, project: &Project) -> PathBuf {
        self.out.clone().unwrap_or_else(|| project.out())
    }
}

/// Whether something is kept on disk between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// In `.polder/cache`.
    Disk,
    /// Not at all.
    None,
}

/// What a build made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Build {
    /// The site on disk that it was made from.
    pub project: Project,
    /// The model.
    pub site: Site,
    /// Its links.
    pub links: LinkGraph,
    /// Every file of the output.
    pub output: OutputTree,
    /// What was found, sorted, at the levels that the configuration sets.
    pub diagnostics: Diagnostics,
    /// Lines of the baseline to which there is no finding any more.
    pub gone: Vec<String>,
    /// How long each stage took.
    pub timings: Timings,
}

/// A site before anything is rendered.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reading {
    /// The site on disk.
    pub project: Project,
    /// Its theme, with the kinds of pages.
    pub theme: Theme,
    /// The model.
    pub site: Site,
    /// Its links.
    pub links: LinkGraph,
    /// What was found.
    pub diagnostics: Diagnostics,
}

/// Builds a site, and remembers what can be used again.
#[derive(Debug)]
pub struct Pipeline {
    options: BuildOptions,
    memos: Memos,
}

impl Pipeline {
    /// Returns a pipeline that remembers nothing yet.
    pub fn new(options: BuildOptions) -> Self {
        Self { options, memos: Memos::default() }
    }

    /// Reads the site up to its links, as it is now or as it would be after the proposal. Findings are sorted, at the levels
    /// that the configuration sets.
    ///
    /// # Errors
    /// As [`Self::build`].
    pub fn read(&mut self, proposal: &Proposal) -> Result<Reading> {
        let mut reading = self.read_stages(proposal, &mut Timings::start(&mut |_| {}))?;
        settle(&reading.project, &mut reading.diagnostics)?;
        Ok(reading)
    }

    fn read_stages(&mut self, proposal: &Proposal, timings: &mut Running<'_>) -> Result<Reading> {
        let mut diagnostics = Diagnostics::new();
        let memos = &mut self.memos;

        timings.stage("read configuration and theme");
        let project = Project::open(&self.options.folder)?;
        let config = &project.config;
        let out = self.options.out(&project);
        let theme = theme::load(project.own_theme().as_deref(), project.named_theme().as_deref())?;
        let cache = (self.options.cache == Cache::Disk).then(|| project.cache());
        memos.load(cache.as_deref());

        timings.stage("read pages");
        let sources = source::read(&project, &out, proposal, &mut memos.documents)?
            .into_value(&mut diagnostics);
        timings.stage("read history");
        let history = history::read(
            &project.source,
            self.options.ci,
            source::is_withheld,
            &mut memos.commits,
            cache.as_deref(),
        );
        let history = history.into_value(&mut diagnostics);
        timings.stage("assemble");
        let site = model::assemble(config, &theme.kinds, sources, history, &project.prefix());
        let site = site.into_value(&mut diagnostics);
        timings.stage("resolve links");
        let links = links::resolve(&site, config).into_value(&mut diagnostics);
        diagnostics.extend(lint::run(&site, &links));
        Ok(Reading { project, theme, site, links, diagnostics })
    }

    /// Builds the site as it is now. `on_stage` is told the name of each stage as it begins.
    ///
    /// # Errors
    /// If the environment stops it: folders, configuration, theme. Faults in pages are diagnostics.
    pub fn build(&mut self, on_stage: &mut dyn FnMut(&'static str)) -> Result<Build> {
        let mut timings = Timings::start(on_stage);
        let cache = self.options.cache;
        let reading = self.read_stages(&Proposal::default(), &mut timings)?;
        let Reading { project, theme, site, links, mut diagnostics } = reading;
        let config = &project.config;
        let memos = &mut self.memos;
        timings.stage("highlight code");
        let code = attachments::code(&project, &links);
        let highlighter = render::highlight(&site, &code, &mut memos.code);
        timings.stage("draw diagrams");
        let drawings = render::draw(&site, &mut memos.drawings).into_value(&mut diagnostics);
        timings.stage("compare revisions");
        let folder = (cache == Cache::Disk).then(|| project.cache());
        if let Some(folder) = &folder {
            memos.accounts.load(folder);
            memos.origins.load(folder);
        }
        let wanted = render::wanted(config, &site, &theme);
        let words = render::difference_words(&site, &theme);
        let dialect = source::dialect(config);
        // Only feeds need it, and there are none without the site's address.
        let brief = if config.url.is_some() { Brief::Wanted } else { Brief::Unwanted };
        let source = &project.source;
        let question = Question { source, dialect, words: &words, wanted: &wanted, brief };
        let accounts = revision::tell(question, &mut memos.accounts);
        let lineages = render::lineages(&site);
        let origins = revision::trace(&project.source, &lineages, &mut memos.origins);
        timings.stage("fit pictures");
        let used = attachments::used(&project, &site, &links);
        let depictions = attachments::depictions(
            &project,
            &used,
            &render::depicted(config, &site, &theme, &accounts),
            &mut memos.depictions,
        );
        let pictures =
            attachments::pictures(&project, &used, &mut memos.pictures, folder.as_deref())
                .into_value(&mut diagnostics);
        let input = Input {
            config,
            site: &site,
            links: &links,
            theme: &theme,
            code: &code,
            highlighter: &highlighter,
            pictures: &pictures,
            drawings: &drawings,
            accounts: &accounts,
            depictions: &depictions,
            origins: &origins,
            preview: self.options.preview,
        };
        timings.stage("write texts, index for search");
        let wording = wording(config, &theme, &site);
        let (texts, (index, missed)) = rayon::join(
            || render::texts(input, &mut memos.render),
            || {
                let index = search::index(&search::documents(&site, &links), &wording);
                let missed = missed::unanswered(&project, &site, &index);
                (index, missed)
            },
        );
        let texts = texts.into_value(&mut diagnostics);
        let missed = missed.into_value(&mut diagnostics);
        timings.stage("render");
        let former = match &folder {
            Some(_) if !self.options.preview => Former::of(&self.options.out(&project)),
            _ => Former::default(),
        };
        let rendered = render::render(input, &texts, &missed, &mut memos.render, &former)?;
        let rendered = rendered.into_value(&mut diagnostics);
        let mut output = rendered.pages;
        let attached = attachments::files(&used, &pictures, &depictions);
        let drawn = diagrams(&drawings);
        for files in [rendered.feeds, index, assets(&theme), drawn, robots(&project), attached] {
            report_taken(output.merge(files), &mut diagnostics);
        }
        report_taken(output.take_clashes(), &mut diagnostics);
        let left_out = output.fill(rendered.former);
        report_taken(output.merge(rules(&site, &project, &left_out)), &mut diagnostics);
        memos.save(folder.as_deref());

        let gone = settle(&project, &mut diagnostics)?;
        let timings = timings.finish();
        Ok(Build { project, site, links, output, diagnostics, gone, timings })
    }
}

impl Reading {
    /// Returns the index of the site, as [`search::index`] writes it.
    pub fn search_index(&self) -> OutputTree {
        let wording = wording(&self.project.config, &self.theme, &self.site);
        search::index(&search::documents(&self.site, &self.links), &wording)
    }
}

impl Build {
    /// Adds findings that were made after the build, settled as all others are.
    ///
    /// # Errors
    /// If the baseline cannot be read.
    pub fn add(&mut self, found: Diagnostics) -> Result<()> {
        let mut found = found;
        settle(&self.project, &mut found)?;
        self.diagnostics.extend(found);
        self.diagnostics.sort();
        Ok(())
    }
}

/// Gives findings the levels that the configuration sets, sorts them, and marks those that the baseline knows. Returns the
/// lines of the baseline to which there is none.
fn settle(project: &Project, diagnostics: &mut Diagnostics) -> Result<Vec<String>> {
    diagnostics.set_levels(|found| {
        let path = found.place.as_ref().map(|place| &*place.path);
        project.config.levels.severity(found.code, path, found.severity)
    });
    diagnostics.sort();
    let file = project.baseline();
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(Baseline::parse(&text).mark(diagnostics)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io("read", &file, error)),
    }
}

/// The rules that a web server reads among the files that it serves.
fn rules(site: &Site, project: &Project, left_out: &[String]) -> OutputTree {
    let mut tree = OutputTree::new();
    for (name, text) in export::rules(site, &project.config, left_out) {
        tree.insert_bytes(name, text.into_bytes());
    }
    tree
}

fn assets(theme: &Theme) -> OutputTree {
    let mut tree = OutputTree::new();
    for asset in theme.assets.values() {
        tree.insert_bytes(asset.output_path.clone(), asset.bytes.clone());
    }
    tree
}

fn diagrams(drawings: &Drawings) -> OutputTree {
    let mut tree = OutputTree::new();
    for (path, svg) in drawings.files() {
        tree.insert_bytes(path, svg.as_bytes().to_vec());
    }
    tree
}

/// An intranet is nobody's search result unless it says so.
fn robots(project: &Project) -> OutputTree {
    let rule = if project.config.public { "Allow: /" } else { "Disallow: /" };
    let mut tree = OutputTree::new();
    let sitemap = project.config.url.as_ref().filter(|_| project.config.public);
    let sitemap = sitemap.map_or(String::new(), |url| format!("Sitemap: {url}/sitemap.xml\n"));
    let text = format!("User-agent: *\n{rule}\n{sitemap}");
    tree.insert_bytes("robots.txt".to_owned(), text.into_bytes());
    tree
}

fn report_taken(paths: Vec<String>, diagnostics: &mut Diagnostics) {
    for path in paths {
        let message = format!("the address /{path} is taken; this file is not published");
        let diagnostic = Diagnostic::new("address-taken", message).at(Place::of_file(&path));
        diagnostics.push(diagnostic.help("rename the file"));
    }
}

/// Returns the folders and files that a change can come from, for `serve`: content, theme, configuration, what was searched in
/// vain, and the tips of git.
pub fn watched(project: &Project) -> Vec<PathBuf> {
    let mut watched = vec![project.source.clone()];
    watched.extend(project.config_file.clone());
    watched.push(project.baseline());
    watched.extend([project.own_theme(), project.named_theme()].into_iter().flatten());
    if let Some(root) = project.source.ancestors().find(|folder| folder.join(".git").exists()) {
        let git = root.join(".git");
        watched.extend(["HEAD", "refs", "packed-refs"].map(|name| git.join(name)));
        watched.push(root.join(".mailmap"));
    }
    watched.retain(|path| path.exists());
    // It need not be there yet: `polder searches` writes it.
    watched.extend(project.config.search.missed.iter().map(|path| project.root.join(path)));
    watched
}

/// Returns the folders that Polder and git write themselves, for `serve` not to watch.
pub fn not_watched(project: &Project, out: &Path) -> Vec<PathBuf> {
    let git = project.source.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists());
    [Some(out.to_owned()), Some(project.root.join(".polder")), git].into_iter().flatten().collect()
}
