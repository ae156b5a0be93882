//! What a request gets: a pure function of the request and the published site.
//!
//! Paths are looked up in a table of names, never joined to a folder, so there is no path to climb out by.

use crate::base::{Fingerprint, UrlPath};
use crate::output::Content;

use super::site::Publication;

/// The script that is added to HTML, as served and as the one difference between served and built bytes.
pub(super) const SCRIPT: &str = "<script src=\"/_polder/reload.js\" defer></script>";

/// The strictest policy that a built site must work under.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const CLIENT_SCRIPT: &str = include_str!("reload.js");
const CLIENT_STYLE: &str = include_str!("reload.css");
const NOT_FOUND: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <title>Not found</title>\n<body>\n<h1>Not found</h1>\n</body>\n</html>\n";

/// The parts of a request that matter.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// `GET`, `HEAD` …
    pub(super) method: &'a str,
    /// The path as it was sent, percent-encoded.
    pub(super) path: &'a str,
    /// What comes after the `?`.
    pub(super) query: Option<&'a str>,
    /// The `If-None-Match` header.
    pub(super) if_none_match: Option<&'a str>,
}

/// A response.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status.
    pub(super) status: u16,
    /// The headers.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The body; empty for `HEAD`.
    pub(super) body: Vec<u8>,
}

/// Answers a request.
pub(super) fn answer(publication: &Publication, asked: Asked<'_>) -> Answer {
    if !matches!(asked.method, "GET" | "HEAD") {
        return Answer::text(405, "only GET and HEAD").with("Allow", "GET, HEAD");
    }
    let mut answer = match asked.path {
        "/_polder/reload.js" => Answer::file("reload.js", CLIENT_SCRIPT.into(), &asked),
        "/_polder/reload.css" => Answer::file("reload.css", CLIENT_STYLE.into(), &asked),
        _ => page(publication, &asked),
    };
    if asked.method == "HEAD" {
        answer.body.clear();
    }
    answer
}

fn page(publication: &Publication, asked: &Asked<'_>) -> Answer {
    let decoded = percent_encoding::percent_decode_str(asked.path).decode_utf8();
    let below = decoded.ok().and_then(|path| {
        let below = path.strip_prefix(publication.base.as_str());
        below.map(str::to_owned)
    });
    let Some(path) = below else {
        return match publication.base.strip_prefix(asked.path.trim_end_matches('/')) {
            Some(rest) if asked.path.starts_with('/') && rest.starts_with('/') => {
                Answer::redirect("", publication, asked)
            }
            _ => not_found(publication),
        };
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let name = if is_folder { format!("{path}index.html") } else { path.clone() };
    if let Some(content) = publication.site.get(&name) {
        return found(&name, content, asked);
    }
    let folder = format!("{path}/");
    if !is_folder && publication.site.get(&format!("{folder}index.html")).is_some() {
        return Answer::redirect(&folder, publication, asked);
    }
    not_found(publication)
}

fn found(name: &str, content: &Content, asked: &Asked<'_>) -> Answer {
    match content.bytes() {
        Ok(bytes) => Answer::file(name, bytes.to_vec(), asked),
        Err(error) => Answer::text(500, &error.to_string()),
    }
}

fn not_found(publication: &Publication) -> Answer {
    let page = publication.site.get("404.html").and_then(|content| content.bytes().ok());
    let bytes = page.map_or(NOT_FOUND.into(), |bytes| bytes.to_vec());
    Answer { status: 404, ..Answer::file("404.html", bytes, &Asked::default()) }
}

impl Answer {
    fn file(name: &str, bytes: Vec<u8>, asked: &Asked<'_>) -> Self {
        let tag = format!("\"{}\"", Fingerprint::of(&bytes));
        let is_known = asked.if_none_match.is_some_and(|known| matches(known, &tag));
        let kind = mime_guess::from_path(name).first_or_octet_stream();
        let is_html = kind.essence_str() == "text/html";
        let body = match (is_known, is_html) {
            (true, _) => Vec::new(),
            (false, true) => with_script(bytes),
            (false, false) => bytes,
        };
        let mut answer =
            Self { status: if is_known { 304 } else { 200 }, headers: headers(), body };
        answer = answer.with("ETag", tag);
        if is_html || kind.suffix().is_some_and(|suffix| suffix == "xml") || kind.subtype() == "xml"
        {
            answer = answer.with("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        }
        if is_known {
            return answer;
        }
        let length = answer.body.len().to_string();
        answer.with("Content-Type", content_type(&kind)).with("Content-Length", length)
    }

    /// Returns an answer of plain text.
    pub(super) fn text(status: u16, text: &str) -> Self {
        let answer = Self { status, headers: headers(), body: text.into() };
        answer.with("Content-Type", "text/plain; charset=utf-8")
    }

    /// Returns an answer that leads to another path of the site.
    fn redirect(path: &str, publication: &Publication, asked: &Asked<'_>) -> Self {
        let whole = format!("{}{path}", &publication.base[1..]);
        let query = asked.query.map_or(String::new(), |query| format!("?{query}"));
        let location = format!("{}{query}", UrlPath::of_file(&whole).absolute());
        Self { status: 302, headers: headers(), body: Vec::new() }.with("Location", location)
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Returns the headers of every answer.
fn headers() -> Vec<(&'static str, String)> {
    let headers = [
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    headers.map(|(name, value)| (name, value.to_owned())).into()
}

fn content_type(kind: &mime_guess::Mime) -> String {
    let is_text = kind.type_() == "text"
        || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml" | "manifest+json")
        || kind.suffix().is_some_and(|suffix| suffix == "xml" || suffix == "json");
    let essence = kind.essence_str();
    if is_text { format!("{essence}; charset=utf-8") } else { essence.to_owned() }
}

/// Returns whether an `If-None-Match` header names this tag.
fn matches(header: &str, tag: &str) -> bool {
    header
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Adds the script at the end of the body.
fn with_script(mut html: Vec<u8>) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let end = html.windows(END.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(END));
    let end = end.unwrap_or(html.len());
    html.splice(end..end, SCRIPT.bytes());
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::OutputTree;
    use crate::serve::Snapshot;

    fn publication(base: &str) -> Publication {
        let mut output = OutputTree::new();
        for (path, text) in [
            ("index.html", "<body>home</body>"),
            ("404.html", "<body>lost</body>"),
            ("a b/index.html", "<BODY>a</BODY></html>"),
            ("a b/data.json", "{}"),
            ("logo.svg", "<svg/>"),
        ] {
            output.insert_bytes(path.to_owned(), text.as_bytes());
        }
        output.insert("gone.pdf".into(), Content::File("/does/not/exist".into()));
        Publication::empty(base).next(Snapshot { output, problems: String::new() })
    }

    fn get(base: &str, path: &str) -> Answer {
        answer(&publication(base), Asked { method: "GET", path, ..Asked::default() })
    }

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        answer.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn served_bytes_without_the_script_are_the_built_bytes() {
        for (path, built) in [
            ("/", "<body>home</body>"),
            ("/a%20b/", "<BODY>a</BODY></html>"),
            ("/logo.svg", "<svg/>"),
        ] {
            let served = String::from_utf8(get("/", path).body).unwrap();
            assert_eq!(served.replacen(SCRIPT, "", 1), built);
            assert_eq!(served.contains(SCRIPT), path.ends_with('/'));
        }
        assert_eq!(with_script(b"no body".into()), format!("no body{SCRIPT}").into_bytes());
        let quoted = with_script(b"&lt;</body> <p></body>".into());
        assert_eq!(quoted, format!("&lt;</body> <p>{SCRIPT}</body>").into_bytes());
    }

    #[test]
    fn folder_without_slash_is_redirected_with_its_query() {
        let asked =
            Asked { method: "GET", path: "/wiki/a%20b", query: Some("q=1"), if_none_match: None };
        let answer = answer(&publication("/wiki/"), asked);
        assert_eq!((answer.status, header(&answer, "Location")), (302, Some("/wiki/a%20b/?q=1")));
    }

    #[test]
    fn base_is_where_the_site_begins() {
        assert_eq!(get("/wiki/", "/wiki/").status, 200);
        assert_eq!(header(&get("/wiki/", "/"), "Location"), Some("/wiki/"));
        assert_eq!(header(&get("/wiki/", "/wiki"), "Location"), Some("/wiki/"));
        for other in ["/logo.svg", "/wik", "/wikis/", "wiki", ""] {
            assert_eq!(get("/wiki/", other).status, 404, "{other}");
        }
        assert_eq!(get("/wiki/", "/_polder/reload.js").status, 200);
    }

    #[test]
    fn unknown_and_climbing_paths_get_the_sites_own_404() {
        for path in [
            "/nothing",
            "/..%2f..%2fetc/passwd",
            "/../index.html",
            "//index.html",
            "/a%20b/../logo.svg",
            "/%2e%2e/logo.svg",
            "/%ff",
            "/index.html/",
            "/a%20b%00",
            "/C:%5Cboot.ini",
            "*",
            "",
        ] {
            let answer = get("/", path);
            assert_eq!(answer.status, 404, "{path}");
            assert!(answer.body.starts_with(b"<body>lost"), "{path}");
        }
    }

    #[test]
    fn tag_is_answered_with_not_modified() {
        let site = publication("/");
        let first = get("/", "/logo.svg");
        let tag = header(&first, "ETag").unwrap();
        let ask = |known: &str| {
            let path = "/logo.svg";
            answer(&site, Asked { method: "GET", path, query: None, if_none_match: Some(known) })
        };
        for known in [tag, &format!("\"x\", W/{tag}"), "*"] {
            assert_eq!((ask(known).status, ask(known).body.len()), (304, 0), "{known}");
        }
        assert_eq!(ask("\"x\"").status, 200);
    }

    #[test]
    fn headers_fit_the_content() {
        let kind = |path| header(&get("/", path), "Content-Type").unwrap().to_owned();
        assert_eq!(kind("/"), "text/html; charset=utf-8");
        assert_eq!(kind("/logo.svg"), "image/svg+xml; charset=utf-8");
        assert_eq!(kind("/a%20b/data.json"), "application/json; charset=utf-8");
        let policy = |path| header(&get("/", path), "Content-Security-Policy").map(str::len);
        assert!(
            policy("/").is_some() && policy("/nothing").is_some() && policy("/logo.svg").is_some()
        );
        assert_eq!(policy("/a%20b/data.json"), None);
        assert_eq!(header(&get("/", "/"), "Cache-Control"), Some("no-cache"));
    }

    #[test]
    fn head_has_headers_only_and_other_methods_are_refused() {
        let ask =
            |method| answer(&publication("/"), Asked { method, path: "/", ..Asked::default() });
        let (get, head) = (ask("GET"), ask("HEAD"));
        assert_eq!(head.headers, get.headers);
        assert!(head.body.is_empty() && !get.body.is_empty());
        assert_eq!(ask("POST").status, 405);
    }

    #[test]
    fn attachment_that_vanished_is_told() {
        let answer = get("/", "/gone.pdf");
        assert_eq!(answer.status, 500);
        assert!(String::from_utf8(answer.body).unwrap().contains("/does/not/exist"));
    }
}
