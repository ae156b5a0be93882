//! What `polder.yml` says, as values. What each key is for: [`super::KEYS`].

use std::collections::BTreeMap;

use crate::base::yaml::Node;
use crate::base::{Diagnostics, fold};

use super::bot;
use super::decode::Decoder;
use super::external::ExternalConfig;
use super::history::HistoryConfig;
use super::host::{GitHost, HostKind};
use super::keys::KEYS;
use super::levels::Levels;
use super::search::SearchConfig;

/// What becomes of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Images {
    /// They get smaller versions, and nothing in them says where they were taken.
    Fitted,
    /// They are published as they are.
    AsIs,
}

/// A site's configuration. Every key is optional.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// `name`: the name of the site, in the header and in every tab. Without it: the title of the home page. (Never the name of
    /// a folder, which is not the same everywhere.)
    pub name: String,
    /// `purpose`: which problem the site solves and for whom, in a sentence; on the home page.
    pub purpose: String,
    /// `source`: the folder with the pages, relative to `polder.yml`.
    pub source: Option<String>,
    /// `out`: where `polder build` writes, relative to `polder.yml`. Default `public`.
    pub out: String,
    /// `languages`: tags of the languages that pages are written in; the first is that of the site. Without any, what most
    /// pages are written in.
    pub languages: Vec<String>,
    /// `url`: the address under which the site will be read, for canonical links and `404.html`.
    pub url: Option<String>,
    /// `public`: whether search engines may list the site. Default `false`.
    pub public: bool,
    /// `repository`, `host` and `branch`: where the source lives, for links that edit, ask and thank.
    pub git_host: Option<GitHost>,
    /// `link_prefixes`: beginnings of root-absolute links and the folders they mean: `{kennisbank: docs}`.
    pub link_prefixes: BTreeMap<String, String>,
    /// `link_roots`: folders that paths which begin with `/` may also count from: `[docs, content]`.
    pub link_roots: Vec<String>,
    /// `wikilinks`: `target-first` (`[[page|label]]`, the default), `label-first`, or `off`.
    pub wikilinks: WikilinkOrder,
    /// `folders`: the kind of the pages in a folder that do not name one: `{people: person}`.
    pub folders: BTreeMap<String, String>,
    /// `exclude`: folders and files, as in a `.gitignore`, that are no part of the site.
    pub exclude: Vec<String>,
    /// `attachments`: `used` publishes the files that pages link to (the default), `all` every file.
    pub attachments: Attachments,
    /// `images`: what becomes of pictures.
    pub images: Images,
    /// `abbreviations`: whether abbreviations lead to what they mean. Default `true`.
    pub abbreviations: bool,
    /// `redirects`: the web servers for which rules are written beside the pages at former addresses.
    pub redirects: Vec<RuleFormat>,
    /// `bots`: names or addresses of automated accounts, beside those that are known by themselves.
    pub bots: Vec<String>,
    /// `external`: how `polder check --external` asks other sites.
    pub external: ExternalConfig,
    /// `history`: how the past is shown.
    pub history: HistoryConfig,
    /// `search`: what search should know of the site's words.
    pub search: SearchConfig,
    /// `levels`: how loud findings are.
    pub levels: Levels,
    /// `theme`: a folder with a theme, relative to `polder.yml`, between the built-in one and the site's own `theme/`.
    pub theme: Option<String>,
    /// Whether there is a `polder.yml`, so that keys of front matter that no kind declares are meant for readers.
    pub is_written: bool,
    /// `raw_html`: `clean` (the default) or `as-is`, which lets every author run scripts in readers' browsers.
    pub clean_html: bool,
}

/// What the two parts of `[[a|b]]` are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WikilinkOrder {
    /// `[[page|label]]`
    TargetFirst,
    /// `[[label|page]]`
    LabelFirst,
    /// Double brackets are plain text.
    Off,
}

/// A web server's way of writing redirects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleFormat {
    /// `location` blocks to include.
    Nginx,
    /// `.htaccess` with `mod_rewrite`.
    Apache,
    /// `web.config` with URL Rewrite.
    Iis,
    /// `_redirects`, which Cloudflare Pages reads too.
    Netlify,
}

/// Which files beside pages are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachments {
    /// Those that pages link to.
    Used,
    /// Every file that is not hidden.
    All,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: String::new(),
            purpose: String::new(),
            source: None,
            out: "public".to_owned(),
            languages: Vec::new(),
            url: None,
            public: false,
            git_host: None,
            link_prefixes: BTreeMap::new(),
            link_roots: Vec::new(),
            wikilinks: WikilinkOrder::TargetFirst,
            folders: BTreeMap::new(),
            exclude: Vec::new(),
            attachments: Attachments::Used,
            images: Images::Fitted,
            abbreviations: true,
            redirects: Vec::new(),
            bots: Vec::new(),
            external: ExternalConfig::default(),
            history: HistoryConfig::default(),
            search: SearchConfig::default(),
            levels: Levels::default(),
            theme: None,
            is_written: false,
            clean_html: true,
        }
    }
}

impl Config {
    /// Returns the configuration in `text`, the content of the file `path`.
    ///
    /// # Errors
    /// Every problem in it: unknown keys, values of the wrong sort.
    pub fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let decoder = Decoder::new(path, text, KEYS)?;
        let default = Self::default();
        let config = Self {
            name: decoder.text("name").unwrap_or_default(),
            purpose: decoder.text("purpose").unwrap_or_default(),
            source: decoder.text("source").map(|folder| folder.trim_matches('/').to_owned()),
            out: decoder.text("out").unwrap_or(default.out),
            languages: decoder.list("languages").unwrap_or(default.languages),
            url: decoder.with("url", address),
            public: decoder.with("public", Node::bool).unwrap_or(false),
            git_host: git_host(&decoder),
            link_prefixes: decoder.map("link_prefixes"),
            link_roots: decoder.list("link_roots").unwrap_or_default(),
            wikilinks: decoder.with("wikilinks", wikilinks).unwrap_or(default.wikilinks),
            folders: decoder.map("folders"),
            exclude: decoder.list("exclude").unwrap_or_default(),
            attachments: decoder.with("attachments", attachments).unwrap_or(default.attachments),
            images: decoder.with("images", images).unwrap_or(default.images),
            abbreviations: decoder.with("abbreviations", Node::bool).unwrap_or(true),
            redirects: decoder.with("redirects", redirects).unwrap_or_default(),
            bots: decoder.list("bots").unwrap_or_default(),
            external: ExternalConfig::decode(&decoder.section("external")),
            search: SearchConfig::decode(&decoder.section("search")),
            history: HistoryConfig::decode(&decoder.section("history")),
            levels: Levels::decode(&decoder),
            theme: decoder.text("theme"),
            is_written: true,
            clean_html: decoder.with("raw_html", clean_html).unwrap_or(true),
        };
        decoder.finish(config)
    }

    /// Returns the configured name, else that of the repository if it is known, else a word that fits any site.
    pub fn site_name(&self) -> &str {
        let of_repository = self.git_host.as_ref().map(GitHost::name);
        let names = [Some(self.name.as_str()), of_repository];
        names.into_iter().flatten().find(|name| !name.is_empty()).unwrap_or("Wiki")
    }

    /// Returns the path of the site's address on its host, with `/` at its end: `/`, `/wiki/`.
    pub fn base_path(&self) -> String {
        let after_scheme = self.url.as_deref().and_then(|url| url.split_once("://"));
        let path = after_scheme.and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        format!("{}/", path.unwrap_or_default())
    }

    /// Returns whether a name or an address is that of an automated account.
    pub fn is_bot(&self, name: &str, email: &str) -> bool {
        let is_named = |bot: &String| fold::key(bot) == fold::key(name) || bot == email;
        bot::is_automated(name, email) || self.bots.iter().any(is_named)
    }
}

fn git_host(decoder: &Decoder<'_>) -> Option<GitHost> {
    let branch = decoder.text("branch").unwrap_or_else(|| "main".to_owned());
    let kind = decoder.with("host", |node| HostKind::parse(node.text()?));
    let repository = decoder.with("repository", address)?;
    GitHost::new(&repository, kind, &branch)
}

fn address(node: &Node) -> Option<String> {
    let text = node.text()?.trim_end_matches('/');
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web.then(|| text.to_owned())
}

fn wikilinks(node: &Node) -> Option<WikilinkOrder> {
    match node.text()? {
        "target-first" => Some(WikilinkOrder::TargetFirst),
        "label-first" => Some(WikilinkOrder::LabelFirst),
        "off" | "false" => Some(WikilinkOrder::Off),
        _ => None,
    }
}

fn redirects(node: &Node) -> Option<Vec<RuleFormat>> {
    let format = |item: &Node| match item.text()? {
        "nginx" => Some(RuleFormat::Nginx),
        "apache" => Some(RuleFormat::Apache),
        "iis" => Some(RuleFormat::Iis),
        "netlify" => Some(RuleFormat::Netlify),
        _ => None,
    };
    node.items().iter().map(format).collect()
}

fn attachments(node: &Node) -> Option<Attachments> {
    match node.text()? {
        "used" => Some(Attachments::Used),
        "all" => Some(Attachments::All),
        _ => None,
    }
}

fn images(node: &Node) -> Option<Images> {
    match node.text()? {
        "fitted" => Some(Images::Fitted),
        "as-is" => Some(Images::AsIs),
        _ => None,
    }
}

fn clean_html(node: &Node) -> Option<bool> {
    match node.text()? {
        "clean" => Some(true),
        "as-is" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Takes;

    fn findings(text: &str) -> Vec<String> {
        let found = Config::parse("polder.yml", text).unwrap_err();
        let line = |d: &crate::base::Diagnostic| {
            let place = d.place.as_ref().unwrap();
            let help = d.help.clone().unwrap_or_default();
            format!("{}:{}: {} ({help})", place.line, place.column, d.message)
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn every_problem_is_told_with_its_place() {
        let found = findings("name: Wiki\npuropse: none\nlanguages: {a: b}\nwikilinks: maybe\n");
        assert_eq!(
            found,
            [
                "2:1: unknown key `puropse` (did you mean `purpose`?)",
                "3:12: `languages` is a mapping; expected a list of texts ()",
                "4:12: `wikilinks` is `maybe`; expected target-first, label-first or off ()",
            ]
        );
    }

    #[test]
    fn broken_yaml_is_told_with_its_place() {
        assert_eq!(findings("name: a: b\n").len(), 1);
    }

    #[test]
    fn every_key_of_the_table_is_read() {
        for key in KEYS {
            let wrong = match key.takes {
                Takes::TextByName | Takes::Levels | Takes::Keys(_) => "[]",
                _ => "{a: {b: c}}",
            };
            let text = format!("{}: {wrong}\n", key.name);
            let found = findings(&text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].starts_with("1:") && found[0].contains(key.name), "{found:?}");
        }
    }

    #[test]
    fn base_path_ends_with_a_slash() {
        let base = |url: &str| Config::parse("polder.yml", url).unwrap().base_path();
        assert_eq!(base(""), "/");
        assert_eq!(base("url: https://w.example\n"), "/");
        assert_eq!(base("url: https://w.example/wiki/\n"), "/wiki/");
    }

    #[test]
    fn empty_file_is_the_default() {
        let config = Config::parse("polder.yml", "").unwrap();
        assert_eq!(config.out, "public");
    }

    #[test]
    fn bots_are_known_by_name_or_configuration() {
        let config = Config::parse("polder.yml", "bots: [Build Server]\n").unwrap();
        assert!(config.is_bot("dependabot[bot]", "x@y"));
        assert!(config.is_bot("build server", ""));
        assert!(!config.is_bot("Build Servant", ""));
    }
}
