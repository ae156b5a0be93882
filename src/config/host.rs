//! Addresses on the git host: edit, new file, source, commit.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Which software a git host runs; each has its own addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// github.com or GitHub Enterprise.
    GitHub,
    /// gitlab.com or one's own.
    GitLab,
    /// Gitea or Forgejo.
    Gitea,
    /// bitbucket.org.
    Bitbucket,
    /// Azure DevOps.
    Azure,
}

impl HostKind {
    /// Returns the kind that `polder.yml` names; `none` and unknown words are no kind.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "github" => Self::GitHub,
            "gitlab" => Self::GitLab,
            "gitea" | "forgejo" => Self::Gitea,
            "bitbucket" => Self::Bitbucket,
            "azure" => Self::Azure,
            _ => return None,
        })
    }

    fn guess(repository: &str) -> Option<Self> {
        let host = repository.split("://").nth(1)?.split('/').next()?;
        let holds = |word: &str| host.contains(word);
        match () {
            () if holds("github") => Some(Self::GitHub),
            () if holds("gitlab") => Some(Self::GitLab),
            () if holds("gitea") || holds("forgejo") || holds("codeberg") => Some(Self::Gitea),
            () if holds("bitbucket") => Some(Self::Bitbucket),
            () if holds("dev.azure") || holds("visualstudio") => Some(Self::Azure),
            () => None,
        }
    }
}

/// Where the source lives.
#[derive(Debug, Clone)]
pub struct GitHost {
    repository: String,
    kind: HostKind,
    branch: String,
}

const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

fn query(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string()
}

impl GitHost {
    /// Returns the name of the repository, the last part of its address.
    pub fn name(&self) -> &str {
        self.repository.rsplit('/').next().unwrap_or_default()
    }

    /// Returns the host of a repository's address; `None` if its kind is neither given nor plain from the address.
    pub fn new(repository: &str, kind: Option<HostKind>, branch: &str) -> Option<Self> {
        let repository = repository.trim_end_matches('/').trim_end_matches(".git").to_owned();
        let kind = kind.or_else(|| HostKind::guess(&repository))?;
        Some(Self { repository, kind, branch: branch.to_owned() })
    }

    /// Returns where a file (its path relative to the repository) is edited.
    pub fn edit(&self, file: &str) -> String {
        let (repository, branch, file) = (&self.repository, path(&self.branch), path(file));
        match self.kind {
            HostKind::GitHub => format!("{repository}/edit/{branch}/{file}"),
            HostKind::GitLab => format!("{repository}/-/edit/{branch}/{file}"),
            HostKind::Gitea => format!("{repository}/_edit/{branch}/{file}"),
            HostKind::Bitbucket => {
                format!("{repository}/src/{branch}/{file}?mode=edit&at={branch}")
            }
            HostKind::Azure => format!("{repository}?path=/{file}&version=GB{branch}&_a=contents"),
        }
    }

    /// Returns where a file is shown.
    pub fn source(&self, file: &str) -> String {
        let (repository, branch, file) = (&self.repository, path(&self.branch), path(file));
        match self.kind {
            HostKind::GitHub => format!("{repository}/blob/{branch}/{file}"),
            HostKind::GitLab => format!("{repository}/-/blob/{branch}/{file}"),
            HostKind::Gitea => format!("{repository}/src/branch/{branch}/{file}"),
            HostKind::Bitbucket => format!("{repository}/src/{branch}/{file}"),
            HostKind::Azure => format!("{repository}?path=/{file}&version=GB{branch}"),
        }
    }

    /// Returns where a file is shown as it was after a commit.
    pub fn source_at(&self, commit: &str, file: &str) -> String {
        let (repository, file) = (&self.repository, path(file));
        match self.kind {
            HostKind::GitHub => format!("{repository}/blob/{commit}/{file}"),
            HostKind::GitLab => format!("{repository}/-/blob/{commit}/{file}"),
            HostKind::Gitea => format!("{repository}/src/commit/{commit}/{file}"),
            HostKind::Bitbucket => format!("{repository}/src/{commit}/{file}"),
            HostKind::Azure => format!("{repository}?path=/{file}&version=GC{commit}"),
        }
    }

    /// Returns where a new file is written, filled in as far as the host can.
    pub fn create(&self, file: &str, text: &str) -> String {
        let (repository, branch) = (&self.repository, path(&self.branch));
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        // Hosts refuse longer addresses; what is lost is a template, not somebody's text.
        let text: String = text.chars().take(1500).collect();
        match self.kind {
            HostKind::GitHub => {
                format!("{repository}/new/{branch}?filename={}&value={}", query(file), query(&text))
            }
            HostKind::GitLab => {
                format!("{repository}/-/new/{branch}/{}?file_name={}", path(folder), query(name))
            }
            HostKind::Gitea => {
                let (name, text) = (query(name), query(&text));
                format!("{repository}/_new/{branch}/{}?filename={name}&value={text}", path(folder))
            }
            HostKind::Bitbucket => {
                format!("{repository}/create-file/{branch}/{}?at={branch}", path(file))
            }
            HostKind::Azure => format!("{repository}?path=/{}&version=GB{branch}", path(folder)),
        }
    }

    /// Returns where a commit is shown.
    pub fn commit(&self, id: &str) -> String {
        let repository = &self.repository;
        match self.kind {
            HostKind::GitLab => format!("{repository}/-/commit/{id}"),
            HostKind::Bitbucket => format!("{repository}/commits/{id}"),
            HostKind::GitHub | HostKind::Gitea | HostKind::Azure => {
                format!("{repository}/commit/{id}")
            }
        }
    }

    /// Returns the paths in the repository that an address on this host may mean, the likeliest first, with what follows `?`
    /// and `#`; none if it is no file or folder of it. Another branch may hold a `/`, so there can be several.
    pub fn own_paths<'u>(&self, address: &'u str) -> Vec<&'u str> {
        let Some(rest) = without_scheme(address) else { return Vec::new() };
        let own = without_scheme(&self.repository).unwrap_or(&self.repository);
        if let Some(rest) = below(rest, own) {
            return self.after_form(rest.strip_prefix("-/").unwrap_or(rest));
        }
        let raw = own.split_once('/').filter(|_| self.kind == HostKind::GitHub);
        let raw = raw.map(|(_, path)| format!("raw.githubusercontent.com/{path}"));
        let rest = raw.and_then(|raw| below(rest, &raw));
        rest.map(|rest| self.after_branch(rest)).unwrap_or_default()
    }

    fn after_form<'u>(&self, rest: &'u str) -> Vec<&'u str> {
        if self.kind == HostKind::Azure {
            let path = rest.strip_prefix("?path=").and_then(|rest| rest.split('&').next());
            return path.map(|path| path.trim_start_matches('/')).into_iter().collect();
        }
        let rest = FORMS.iter().find_map(|form| rest.strip_prefix(form));
        rest.map(|rest| self.after_branch(rest)).unwrap_or_default()
    }

    fn after_branch<'u>(&self, rest: &'u str) -> Vec<&'u str> {
        let rest = rest.strip_prefix("refs/heads/").unwrap_or(rest);
        let own = rest.strip_prefix(self.branch.as_str()).and_then(|path| path.strip_prefix('/'));
        let others = rest.match_indices('/').take(4).map(|(at, _)| &rest[at + 1..]);
        own.into_iter().chain(others).filter(|path| !path.is_empty()).collect()
    }
}

/// What stands between a repository and a branch in addresses of files, the longer ones first.
const FORMS: [&str; 13] = [
    "blob/",
    "tree/",
    "blame/",
    "edit/",
    "_edit/",
    "raw/branch/",
    "raw/commit/",
    "raw/tag/",
    "raw/",
    "src/branch/",
    "src/commit/",
    "src/tag/",
    "src/",
];

fn without_scheme(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web.then(|| rest.strip_prefix("www.").unwrap_or(rest))
}

/// Returns what follows a repository in an address; hosts do not mind letter case there.
fn below<'u>(rest: &'u str, repository: &str) -> Option<&'u str> {
    let start = rest.get(..repository.len())?;
    let rest = &rest[repository.len()..];
    let rest = rest.strip_prefix(".git").unwrap_or(rest);
    let is_whole = rest.is_empty() || rest.starts_with(['/', '?']);
    (is_whole && start.eq_ignore_ascii_case(repository)).then(|| rest.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_follow_the_host() {
        let host = GitHost::new("https://github.com/a/b.git", None, "main").unwrap();
        assert_eq!(host.edit("x y.md"), "https://github.com/a/b/edit/main/x%20y.md");
        let host =
            GitHost::new("https://git.example.org/a/b", Some(HostKind::Gitea), "main").unwrap();
        assert_eq!(
            host.create("q/new.md", "title: é\n"),
            "https://git.example.org/a/b/_new/main/q?filename=new.md&value=title%3A%20%C3%A9%0A"
        );
        assert!(GitHost::new("https://git.example.org/a/b", None, "main").is_none());
    }

    #[test]
    fn own_addresses_are_known() {
        let host = GitHost::new("https://github.com/a/b", None, "main").unwrap();
        let own = |address| host.own_paths(address).first().copied();
        assert_eq!(own("https://github.com/a/b/blob/main/x/y.md"), Some("x/y.md"));
        assert_eq!(own("http://www.GitHub.com/A/b/raw/main/x.md#y"), Some("x.md#y"));
        assert_eq!(own("https://raw.githubusercontent.com/a/b/main/i.png"), Some("i.png"));
        assert_eq!(own("https://github.com/a/b/blob/9c1d/x.md"), Some("x.md"));
        assert_eq!(
            host.own_paths("https://github.com/a/b/edit/feature/new/x.md"),
            ["new/x.md", "x.md"]
        );
        assert_eq!(own("https://github.com/a/b/issues/3"), None);
        assert_eq!(own("https://github.com/a/bc/blob/main/x.md"), None);
        assert_eq!(own("https://github.com/other/b/blob/main/x.md"), None);
        let azure = GitHost::new("https://dev.azure.com/o/p/_git/r", None, "main").unwrap();
        assert_eq!(
            azure.own_paths("https://dev.azure.com/o/p/_git/r?path=/x.md&version=GBmain"),
            ["x.md"]
        );
    }
}
