//! Former addresses as rules for web servers, which answer with a real redirect where the built pages lead on by themselves.
//!
//! Paths come from authors and from git: whatever is in them, a rule stays one rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::base::UrlPath;
use crate::base::path::{path_key, percent_decode};
use crate::base::text::escape;
use crate::config::{Config, RuleFormat};
use crate::model::{Destination, Site};

/// Returns the rule files that the configuration asks for: name and text. `left_out` are the output files of former
/// addresses where something else stands after all.
pub fn rules(site: &Site, config: &Config, left_out: &[String]) -> Vec<(String, String)> {
    let rules = Rules::gather(site, config, left_out);
    let files = config.redirects.iter().map(|format| match format {
        RuleFormat::Nginx => ("redirects.nginx.conf", rules.nginx()),
        RuleFormat::Apache => (".htaccess", rules.apache()),
        RuleFormat::Iis => ("web.config", rules.iis()),
        RuleFormat::Netlify => ("_redirects", rules.netlify()),
    });
    files.map(|(name, text)| (name.to_owned(), text)).collect()
}

/// One former address.
struct Rule {
    /// The address, decoded, from the site's root: `old/path/` or `old/page.html`.
    from: String,
    /// Where it leads, from the root of the host, percent-encoded.
    to: String,
    /// Whether the two differ in letter case only: a server for which letter case does not count would go round in circles.
    is_respelled: bool,
}

impl Rule {
    /// Returns the paths that mean the address, from the site's root.
    fn paths(&self) -> Vec<String> {
        match self.from.strip_suffix('/') {
            Some(bare) => {
                vec![bare.to_owned(), self.from.clone(), format!("{}index.html", self.from)]
            }
            None => vec![self.from.clone()],
        }
    }
}

struct Rules {
    /// The path of the site on its host, with `/` at both ends, decoded.
    base: String,
    all: Vec<Rule>,
}

impl Rules {
    fn gather(site: &Site, config: &Config, left_out: &[String]) -> Self {
        let base = config.base_path();
        let left_out: BTreeSet<&str> = left_out.iter().map(String::as_str).collect();
        let rule = |from: &UrlPath, to: &UrlPath, is_respelled| Rule {
            from: from.as_str().to_owned(),
            to: format!("{}{}", base.trim_end_matches('/'), to.absolute()),
            is_respelled,
        };
        let former = site.redirects.iter().filter_map(|redirect| match redirect.to {
            Destination::Page(page) => Some(rule(&redirect.from, &site.pages[page].url, false)),
            Destination::Removed(_) => None,
        });
        let former = former
            .filter(|rule| !left_out.contains(UrlPath::of_file(&rule.from).output_path().as_str()));
        let respelled = site.redirects.respelled.iter().map(|(from, to)| rule(from, to, true));
        let is_plain = |rule: &Rule| !rule.from.contains(char::is_control);
        Self {
            base: percent_decode(&base),
            all: former.chain(respelled).filter(is_plain).collect(),
        }
    }

    fn nginx(&self) -> String {
        let mut text =
            "# Former addresses. Inside `server`: include /path/to/redirects.nginx.conf;\n"
                .to_owned();
        for rule in &self.all {
            for path in rule.paths() {
                let from =
                    format!("{}{path}", self.base).replace('\\', "\\\\").replace('"', "\\\"");
                let to = rule.to.replace('$', "%24");
                line(
                    &mut text,
                    &format!("location = \"{from}\" {{ return 301 \"{to}$is_args$args\"; }}"),
                );
            }
        }
        text
    }

    fn apache(&self) -> String {
        let mut text = "# Former addresses, for Apache with mod_rewrite.\n<IfModule mod_rewrite.c>\nRewriteEngine On\n".to_owned();
        for rule in &self.all {
            let from = match rule.from.strip_suffix('/') {
                Some(bare) => format!("^{}(/(index\\.html)?)?$", pattern(bare)),
                None => format!("^{}$", pattern(&rule.from)),
            };
            // Between quotes a backslash counts before a quote or another backslash only.
            let from = from.replace("\\\\", "\\\\\\\\").replace('"', "\\\"");
            let to = rule.to.replace('%', "\\%").replace('$', "\\$");
            line(&mut text, &format!("RewriteRule \"{from}\" \"{to}\" [R=301,L,NE]"));
        }
        text + "</IfModule>\n"
    }

    fn iis(&self) -> String {
        let mut entries = BTreeMap::new();
        for rule in self.all.iter().filter(|rule| !rule.is_respelled) {
            for path in rule.paths() {
                let from = format!("{}{path}", self.base);
                entries.entry(path_key(&from)).or_insert((from, &rule.to));
            }
        }
        let mut text = IIS_HEAD.to_owned();
        for (from, to) in entries.values() {
            let (from, to) = (escape(from), escape(to));
            line(&mut text, &format!("          <add key=\"{from}\" value=\"{to}\" />"));
        }
        text + IIS_TAIL
    }

    fn netlify(&self) -> String {
        let mut text =
            "# Former addresses, for Netlify, Cloudflare Pages and others that read this file.\n"
                .to_owned();
        for rule in self.all.iter().filter(|rule| !rule.is_respelled) {
            for path in rule.paths() {
                // A colon or a star begins a placeholder.
                let path = UrlPath::of_file(&format!("{}{path}", &self.base[1..])).absolute();
                let from = path.replace(':', "%3A").replace('*', "%2A");
                line(&mut text, &format!("{from} {} 301", rule.to));
            }
        }
        text
    }
}

const IIS_HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- Former addresses, for IIS with the module URL Rewrite. -->
<configuration>
  <system.webServer>
    <rewrite>
      <rewriteMaps>
        <rewriteMap name="former addresses">
"#;

const IIS_TAIL: &str = r#"        </rewriteMap>
      </rewriteMaps>
      <rules>
        <rule name="former addresses" stopProcessing="true">
          <match url=".*" />
          <conditions>
            <add input="{former addresses:{PATH_INFO}}" pattern="(.+)" />
          </conditions>
          <action type="Redirect" url="{C:1}" redirectType="Permanent" appendQueryString="true" />
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
"#;

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a text never fails");
}

/// Returns a text as a pattern that it alone fits.
fn pattern(text: &str) -> String {
    let quoted = |c: char| {
        let mark = if r"\.^$*+?()[]{}|".contains(c) { "\\" } else { "" };
        format!("{mark}{c}")
    };
    text.chars().map(quoted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["old/a b/", "100% \"x\" $y (1)+é.html", "a:b/*/", "Git/"];

    fn rules() -> Rules {
        let to = ["new/", "é/", "a$1%/", "git/"];
        let rule = |(from, to): (&&str, &str)| Rule {
            from: (*from).to_owned(),
            to: format!("/wiki{}", UrlPath::of_file(to).absolute()),
            is_respelled: *from == "Git/",
        };
        Rules { base: "/wiki/".to_owned(), all: NAMES.iter().zip(to).map(rule).collect() }
    }

    #[test]
    fn nginx_has_each_path_decoded_and_between_quotes() {
        let text = rules().nginx();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(
            lines[..5],
            [
                r#"location = "/wiki/old/a b" { return 301 "/wiki/new/$is_args$args"; }"#,
                r#"location = "/wiki/old/a b/" { return 301 "/wiki/new/$is_args$args"; }"#,
                r#"location = "/wiki/old/a b/index.html" { return 301 "/wiki/new/$is_args$args"; }"#,
                r#"location = "/wiki/100% \"x\" $y (1)+é.html" { return 301 "/wiki/%C3%A9/$is_args$args"; }"#,
                r#"location = "/wiki/a:b/*" { return 301 "/wiki/a%241%25/$is_args$args"; }"#,
            ]
        );
        assert_eq!(lines.len(), 10);
    }

    #[test]
    fn apache_has_patterns_and_no_references_back() {
        let text = rules().apache();
        let lines: Vec<&str> = text.lines().skip(3).collect();
        assert_eq!(
            lines,
            [
                r#"RewriteRule "^old/a b(/(index\.html)?)?$" "/wiki/new/" [R=301,L,NE]"#,
                r#"RewriteRule "^100% \"x\" \$y \(1\)\+é\.html$" "/wiki/\%C3\%A9/" [R=301,L,NE]"#,
                r#"RewriteRule "^a:b/\*(/(index\.html)?)?$" "/wiki/a\$1\%25/" [R=301,L,NE]"#,
                r#"RewriteRule "^Git(/(index\.html)?)?$" "/wiki/git/" [R=301,L,NE]"#,
                "</IfModule>",
            ]
        );
    }

    #[test]
    fn iis_has_one_map_without_letter_case() {
        let text = rules().iis();
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| line.contains("key=")).collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(
            lines[0],
            r#"<add key="/wiki/100% &quot;x&quot; $y (1)+é.html" value="/wiki/%C3%A9/" />"#
        );
        assert!(!text.contains("Git"));
    }

    #[test]
    fn netlify_has_addresses_without_placeholders() {
        let text = rules().netlify();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines[1], "/wiki/old/a%20b/ /wiki/new/ 301");
        assert_eq!(lines[3], "/wiki/100%25%20%22x%22%20$y%20(1)+%C3%A9.html /wiki/%C3%A9/ 301");
        assert_eq!(lines[4], "/wiki/a%3Ab/%2A /wiki/a$1%25/ 301");
        assert_eq!(lines.len(), 7);
    }
}
