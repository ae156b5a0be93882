//! `polder serve`, through the binary: a page, an edit, the page again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{TestSite, cli};

/// Longer than any build of a small site on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    process: Child,
    lines: Receiver<String>,
    address: String,
    base: String,
}

impl Server {
    fn start(site: &TestSite, arguments: &[&str]) -> Self {
        let mut command = cli::command(site.path());
        let command = command.args(["serve", "--port", "0"]).args(arguments);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(process.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let mut server = Self { process, lines, address: String::new(), base: String::new() };
        let line = server.line_with("serving http://");
        let url = line.split_whitespace().find_map(|word| word.strip_prefix("http://")).unwrap();
        let (address, base) = url.split_once('/').unwrap();
        server.address = address.to_owned();
        server.base = base.to_owned();
        server.line_with("built ");
        server
    }

    /// Waits for a line of standard error that holds these words.
    fn line_with(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("the server never says `{words}`"));
            if line.contains(words) {
                return line;
            }
        }
    }

    fn request(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.request(path, &self.address)
    }

    /// Asks for a page until it holds these words, which it soon must: a build is told a moment before it is shown.
    fn get_until(&self, path: &str, words: &str) -> String {
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if answer.contains(words) {
                return answer;
            }
            assert!(std::time::Instant::now() < end, "no `{words}` in {answer}");
            std::thread::yield_now();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn site() -> TestSite {
    TestSite::new().page("a.md", "# A\n\nFirst words.\n")
}

#[test]
fn page_is_served_and_follows_an_edit() {
    let site = site();
    let server = Server::start(&site, &[]);
    let answer = server.get_until("/a/", "First words.");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    site.write("a.md", "# A\n\nOther words.\n");
    server.get_until("/a/", "Other words.");
    assert!(!site.at("public").exists(), "nothing is written");
}

#[test]
fn new_page_appears_and_unknown_ones_are_not_found() {
    let site = site();
    let server = Server::start(&site, &[]);
    server.get_until("/a/", "First words.");
    assert!(server.get("/b/").starts_with("HTTP/1.1 404"));
    site.write("b.md", "# B\n\nNew.\n");
    server.get_until("/b/", "New.");
    assert!(server.get("/../polder.yml").starts_with("HTTP/1.1 4"));
}

#[test]
fn configuration_that_breaks_leaves_the_last_site_and_is_told() {
    let site = site();
    let server = Server::start(&site, &[]);
    server.get_until("/a/", "First words.");
    site.write("polder.yml", "nmae: X\n");
    server.line_with("nmae");
    assert!(server.get("/a/").contains("First words."));
    site.write("polder.yml", "name: Mended\n");
    server.get_until("/a/", "Mended");
}

#[test]
fn site_is_served_below_a_path() {
    let site = site();
    let server = Server::start(&site, &["--base", "/wiki/"]);
    assert_eq!(server.base, "wiki/");
    server.get_until("/wiki/a/", "First words.");
    assert!(!server.get("/a/").starts_with("HTTP/1.1 200"));
}

#[test]
fn other_hosts_are_turned_away() {
    let site = site();
    let server = Server::start(&site, &[]);
    server.get_until("/a/", "First words.");
    let answer = server.request("/a/", "evil.example");
    assert!(answer.starts_with("HTTP/1.1 4") && !answer.contains("First words."), "{answer}");
}

#[test]
fn folder_that_is_missing_ends_with_2() {
    let ran = site().polder(&["serve", "nowhere"]).ended(2);
    assert!(ran.err.contains("there is no folder"), "{}", ran.err);
}
