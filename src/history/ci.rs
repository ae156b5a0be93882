//! Systems that build in a clone of their own, most of which make it shallow unless told otherwise.

/// A system that runs the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    GitHub,
    /// Gitea Actions and Forgejo Actions.
    Forgejo,
    /// GitLab CI.
    GitLab,
    /// Azure Pipelines.
    Azure,
    /// Bitbucket Pipelines.
    Bitbucket,
    /// Jenkins.
    Jenkins,
    /// Woodpecker.
    Woodpecker,
    /// Drone.
    Drone,
}

impl Ci {
    /// Returns the system whose variables `variable` knows.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let is_named = |name: &str, value: &str| variable(name).is_some_and(|set| set == value);
        // Those that pass for another system come before it.
        let known = [
            (Self::Forgejo, is_set("GITEA_ACTIONS") || is_set("FORGEJO_ACTIONS")),
            (Self::GitHub, is_set("GITHUB_ACTIONS")),
            (Self::GitLab, is_set("GITLAB_CI")),
            (Self::Azure, is_set("TF_BUILD")),
            (Self::Bitbucket, is_set("BITBUCKET_BUILD_NUMBER")),
            (
                Self::Woodpecker,
                is_named("CI", "woodpecker") || is_named("CI_SYSTEM_NAME", "woodpecker"),
            ),
            (Self::Drone, is_set("DRONE")),
            (Self::Jenkins, is_set("JENKINS_URL")),
        ];
        known.into_iter().find(|(_, is_it)| *is_it).map(|(system, _)| system)
    }

    /// Returns how the system is told to fetch all commits.
    pub(super) fn fetch_all(self) -> &'static str {
        match self {
            Self::GitHub => "give the step `actions/checkout` the input `fetch-depth: 0`",
            Self::Forgejo => "give the step `checkout` the input `fetch-depth: 0`",
            Self::GitLab => "set the variable `GIT_DEPTH: 0` in `.gitlab-ci.yml`",
            Self::Azure => "give the step `checkout: self` the setting `fetchDepth: 0`",
            Self::Bitbucket => "set `clone: {depth: full}` in `bitbucket-pipelines.yml`",
            Self::Jenkins => {
                "clear “Shallow clone” in the job's clone behaviours (`CloneOption` with `shallow: false`)"
            }
            Self::Woodpecker => {
                "give the clone step `woodpeckerci/plugin-git` the settings `depth: 0` and `partial: false`"
            }
            Self::Drone => "set `clone: {depth: 0}` in `.drone.yml`",
        }
    }

    /// Returns how the system is told to fetch all objects.
    pub(super) fn fetch_objects(self) -> &'static str {
        match self {
            Self::GitHub | Self::Forgejo => "drop the input `filter` of the checkout",
            Self::GitLab => {
                "drop `--filter` from `GIT_CLONE_EXTRA_FLAGS` and `GIT_FETCH_EXTRA_FLAGS`"
            }
            Self::Azure => "drop `fetchFilter` from the step `checkout: self`",
            Self::Woodpecker => {
                "give the clone step `woodpeckerci/plugin-git` the setting `partial: false`"
            }
            Self::Bitbucket | Self::Jenkins | Self::Drone => "clone without `--filter`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(set: &[(&str, &str)]) -> Option<Ci> {
        let value = |name: &str| set.iter().find(|(known, _)| *known == name);
        Ci::detect(|name| value(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn systems_are_known_by_their_variables() {
        assert_eq!(detect(&[]), None);
        assert_eq!(detect(&[("CI", "true")]), None);
        assert_eq!(detect(&[("GITHUB_ACTIONS", "true")]), Some(Ci::GitHub));
        assert_eq!(
            detect(&[("GITHUB_ACTIONS", "true"), ("GITEA_ACTIONS", "true")]),
            Some(Ci::Forgejo)
        );
        assert_eq!(detect(&[("GITLAB_CI", "true")]), Some(Ci::GitLab));
        assert_eq!(detect(&[("TF_BUILD", "True")]), Some(Ci::Azure));
        assert_eq!(detect(&[("BITBUCKET_BUILD_NUMBER", "7")]), Some(Ci::Bitbucket));
        assert_eq!(detect(&[("JENKINS_URL", "https://ci.example/")]), Some(Ci::Jenkins));
        assert_eq!(detect(&[("CI", "woodpecker")]), Some(Ci::Woodpecker));
        assert_eq!(detect(&[("DRONE", "true")]), Some(Ci::Drone));
    }
}
