//! Who is no person: programs that commit under a name of their own.

use crate::base::fold;

/// Names under which programs commit that do not call themselves bots.
const NAMES: [&str; 6] =
    ["dependabot", "renovate", "github-actions", "github actions", "web-flow", "travis ci"];

/// Addresses of programs whose names change, or might be those of people: `Claude`, `Copilot Autofix powered by AI`.
const ADDRESSES: [&str; 4] =
    ["noreply@anthropic.com", "copilot@github.com", "cursoragent@cursor.com", "hosted@weblate.org"];

/// Accounts of programs, as git hosts write them into addresses: `198982749+Copilot@users.noreply.github.com`.
const ACCOUNTS: [&str; 2] = ["copilot", "github-actions"];

/// How programs end the names of their accounts. `Bot` as a word of its own is a family name, too.
const ENDS: [&str; 6] = ["[bot]", "(bot)", "-bot", "_bot", "-robot", " robot"];

/// Returns whether a name or an address is plainly that of a program.
pub(super) fn is_automated(name: &str, email: &str) -> bool {
    let (name, email) = (fold::key(name), email.to_lowercase());
    let (local, host) = email.split_once('@').unwrap_or((&email, ""));
    let account = local.rsplit('+').next().unwrap_or(local);
    let says_so = |text: &str| ENDS.iter().any(|end| text.ends_with(end));
    says_so(&name)
        || says_so(account)
        || account == "bot"
        || NAMES.contains(&name.as_str())
        || ADDRESSES.contains(&email.as_str())
        || (host.starts_with("users.noreply.") && ACCOUNTS.contains(&account))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_from_people() {
        for (name, email) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("HackMD", "37423+hackmd-hub[bot]@users.noreply.github.com"),
            ("Houston (Bot)", "x@example.org"),
            ("k8s-ci-robot", "x@example.org"),
            ("Kubernetes Prow Robot", "x@example.org"),
            ("Build", "wiki-bot@example.org"),
            ("Renovate Bot", "bot@renovate.example"),
            ("GitHub Actions", "x@example.org"),
            ("Claude Sonnet 4.6", "noreply@anthropic.com"),
            ("Copilot Autofix powered by AI", "175728472+Copilot@users.noreply.github.com"),
        ] {
            assert!(is_automated(name, email), "{name} <{email}>");
        }
        for (name, email) in [
            ("Abbott", "abbott@example.org"),
            ("Jan Bot", "jan.bot@example.org"),
            ("Jan Bot", "jbot@example.org"),
            ("Claude", "claude@example.org"),
            ("Copilot", "copilot@example.org"),
            ("Ann", ""),
        ] {
            assert!(!is_automated(name, email), "{name} <{email}>");
        }
    }
}
