//! `polder serve`: the same build, rung again, seen in a browser.
//!
//! A loop of three steps: build, publish, wait for the doorbell (`watch`). What is published is a value in memory
//! (`site`); every request is answered from it (`answer`, `server`), and every open page learns from it whether
//! to reload (`reload.js`). A build that fails, or panics, leaves the last good site and shows what went wrong.
//!
//! Invariant: nothing is written to disk, and nothing is served that is not in the built tree; what is served differs
//! from what is built by one script element.

mod answer;
mod server;
mod site;
mod watch;

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::base::{Error, Result};
use crate::output::OutputTree;

use site::Publication;
pub use watch::WatchSet;

/// How to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where to listen. If the port is taken, one of the next twenty is used; port 0 is any free one.
    pub address: SocketAddr,
    /// The path below which the site is served: `/`, or `/wiki/` to try out a sub-path.
    pub base: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { address: SocketAddr::from(([127, 0, 0, 1], 8000)), base: "/".to_owned() }
    }
}

/// What one build gives the server.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The built site.
    pub output: OutputTree,
    /// The report of what authors must mend, for people; empty if all is well.
    pub problems: String,
}

/// Something that whoever runs the server may want to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The server listens; browsers wait until the first build is done.
    Listening {
        /// The address of the home page.
        url: String,
    },
    /// A build is published.
    Built {
        /// How many addresses have another content than before.
        changed: usize,
        /// The report of the build.
        problems: String,
    },
    /// A build failed; the last good one stays.
    Failed {
        /// Why.
        message: String,
    },
}

/// Builds, serves, and builds again whenever something changes, until the process is stopped.
///
/// # Errors
/// If the server cannot listen, or the folders cannot be watched. Failing builds are no errors here: they are told to
/// `on_event` and to the browser.
pub fn serve(
    options: &Options,
    watch: &WatchSet,
    build: impl FnMut() -> Result<Snapshot>,
    on_event: impl Fn(Event),
) -> Result<()> {
    let mut doorbell = watch::Doorbell::install(watch)?;
    run(options, || doorbell.wait(), build, on_event)
}

/// Serves until `wait`, which blocks until something has changed, answers that nothing ever will.
fn run(
    options: &Options,
    mut wait: impl FnMut() -> bool,
    mut build: impl FnMut() -> Result<Snapshot>,
    on_event: impl Fn(Event),
) -> Result<()> {
    let server = server::Server::bind(options)?;
    on_event(Event::Listening { url: server.url() });
    let mut current = Publication::empty(&options.base);
    let publish = |publication: &Publication| server.publish(publication.clone());
    std::thread::scope(|scope| {
        let (next, event) = build_once(&current, &mut build);
        current = next;
        publish(&current);
        on_event(event);
        // Stops the server when this closure ends, however it ends.
        let _stop = server.start(scope);
        while wait() {
            let (next, event) = build_once(&current, &mut build);
            current = next;
            publish(&current);
            on_event(event);
        }
    });
    Ok(())
}

/// Builds, and returns what to publish and what to tell.
fn build_once(
    current: &Publication,
    build: &mut impl FnMut() -> Result<Snapshot>,
) -> (Publication, Event) {
    // A panic leaves nothing half-done that anybody sees: the next build begins anew.
    let message = match catch_unwind(AssertUnwindSafe(build)) {
        Ok(Ok(snapshot)) => {
            let problems = snapshot.problems.clone();
            let next = current.next(snapshot);
            let changed = next.changes_after(current);
            return (next, Event::Built { changed, problems });
        }
        Ok(Err(error)) => report(&error),
        Err(panic) => format!("the build panicked: {}", panic_text(&*panic)),
    };
    (current.failed(&message), Event::Failed { message })
}

/// Returns all that an error knows, for an author who looks at a browser and not at a terminal.
fn report(error: &Error) -> String {
    let mut lines = vec![error.to_string()];
    match error {
        Error::Refused { help, .. } if !help.is_empty() => lines.push(format!("help: {help}")),
        Error::Unusable { diagnostics, .. } => {
            for finding in diagnostics.iter() {
                let place = finding.place.as_ref();
                let place = place.map(|at| format!("{}:{}:{}: ", at.path, at.line, at.column));
                let place = place.unwrap_or_default();
                let severity = finding.severity.as_str();
                lines.push(format!("{place}{severity}: {}", finding.message));
                lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
            }
        }
        _ => {}
    }
    lines.join("\n")
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or(panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread::JoinHandle;
    use std::time::Duration;

    use super::*;
    use crate::base::{Diagnostic, Place};

    const SOON: Duration = Duration::from_secs(20);

    type Build = Box<dyn FnOnce() -> Result<Snapshot> + Send>;

    /// A server whose builds and bell are in the hands of the test.
    struct Running {
        address: String,
        builds: Sender<Build>,
        bell: Option<Sender<()>>,
        events: Receiver<Event>,
        thread: Option<JoinHandle<Result<()>>>,
    }

    impl Running {
        fn start(address: [u8; 4], port: u16, base: &str) -> Self {
            let (builds, next_build) = channel::<Build>();
            let (bell, rings) = channel();
            let (tell, events) = channel();
            let options =
                Options { address: SocketAddr::from((address, port)), base: base.to_owned() };
            let thread = std::thread::spawn(move || {
                let build = || next_build.recv().unwrap()();
                let on_event = |event| tell.send(event).unwrap();
                run(&options, || rings.recv().is_ok(), build, on_event)
            });
            let Ok(Event::Listening { url }) = events.recv_timeout(SOON) else {
                panic!("the server listens")
            };
            let address =
                url.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
            Self { address, builds, bell: Some(bell), events, thread: Some(thread) }
        }

        /// Starts with a site and waits until it is there.
        fn serving(files: &'static [(&str, &str)]) -> Self {
            let running = Self::start([127, 0, 0, 1], 0, "/");
            running.builds.send(Box::new(|| Ok(snapshot(files)))).unwrap();
            running.event();
            running
        }

        fn rebuild(&self, build: impl FnOnce() -> Result<Snapshot> + Send + 'static) -> Event {
            self.builds.send(Box::new(build)).unwrap();
            self.bell.as_ref().unwrap().send(()).unwrap();
            self.event()
        }

        fn event(&self) -> Event {
            self.events.recv_timeout(SOON).unwrap()
        }

        fn send(&self, request: &str) -> TcpStream {
            let mut stream = TcpStream::connect(&self.address).unwrap();
            stream.set_read_timeout(Some(SOON)).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        }

        /// Sends a request with this first line and these headers; returns the whole answer.
        fn ask(&self, line: &str, headers: &str) -> String {
            let request = format!("{line} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
            let mut answer = String::new();
            self.send(&request).read_to_string(&mut answer).unwrap();
            answer
        }

        fn get(&self, path: &str) -> String {
            self.ask(&format!("GET {path}"), "Host: localhost\r\n")
        }

        /// Opens the stream of messages.
        fn listen(&self) -> Messages {
            let request = "GET /_polder/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
            Messages(BufReader::new(self.send(request)))
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            self.bell = None;
            let ended = self.thread.take().unwrap().join();
            assert!(std::thread::panicking() || matches!(ended, Ok(Ok(()))));
        }
    }

    struct Messages(BufReader<TcpStream>);

    impl Messages {
        fn next(&mut self) -> serde_json::Value {
            loop {
                let mut line = String::new();
                assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream goes on");
                if let Some(data) = line.strip_prefix("data: ") {
                    return serde_json::from_str(data).unwrap();
                }
            }
        }
    }

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        let mut output = OutputTree::new();
        for (path, text) in files {
            output.insert_bytes((*path).to_owned(), text.as_bytes());
        }
        Snapshot { output, problems: String::new() }
    }

    const SITE: &[(&str, &str)] = &[
        ("index.html", "<body>home</body>"),
        ("404.html", "<body>lost</body>"),
        ("a/index.html", "<body>a</body>"),
        ("site.css", "p{}"),
    ];

    #[test]
    fn pages_are_served_over_http() {
        let server = Running::serving(SITE);
        let home = server.get("/");
        assert!(home.starts_with("HTTP/1.1 200 OK\r\n"), "{home}");
        assert!(home.to_lowercase().contains("\r\ncontent-security-policy: default-src 'none';"));
        assert!(
            home.ends_with("<body>home<script src=\"/_polder/reload.js\" defer></script></body>")
        );
        assert!(server.get("/a").contains("location: /a/\r\n"));
        let lost = server.get("/..%2f..%2fetc/passwd");
        assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("lost"), "{lost}");
        assert!(server.get("/../../etc/passwd").starts_with("HTTP/1.1 404"));
        assert!(server.get("/_polder/reload.js").contains("EventSource"));
        assert!(server.get("/_polder/reload.css").contains("content-type: text/css"));
    }

    #[test]
    fn head_and_tags_work_over_http() {
        let server = Running::serving(SITE);
        let get = server.get("/site.css");
        let head = server.ask("HEAD /site.css", "Host: localhost\r\n");
        let without_date = |answer: &str| -> Vec<String> {
            let lines = answer.split("\r\n").take_while(|line| !line.is_empty());
            lines.filter(|line| !line.starts_with("date:")).map(str::to_owned).collect()
        };
        assert_eq!(without_date(&head), without_date(&get));
        assert!(head.ends_with("\r\n\r\n") && get.ends_with("p{}"));
        let tag = get.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
        let headers = format!("Host: localhost\r\nIf-None-Match: {tag}\r\n");
        assert!(server.ask("GET /site.css", &headers).starts_with("HTTP/1.1 304"));
        assert!(server.ask("POST /", "Host: localhost\r\n").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn other_hosts_than_this_machine_are_refused() {
        let server = Running::serving(SITE);
        for host in ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]:8000", "wiki.localhost"]
        {
            let answer = server.ask("GET /", &format!("Host: {host}\r\n"));
            assert!(answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
        }
        for host in
            ["evil.example", "localhost.evil.example", "192.168.0.1", "127.0.0.1.nip.io", ""]
        {
            for path in ["/", "/_polder/events", "/_polder/reload.js"] {
                let answer = server.ask(&format!("GET {path}"), &format!("Host: {host}\r\n"));
                assert!(answer.starts_with("HTTP/1.1 403"), "{host}{path}: {answer}");
            }
        }
        assert!(!server.ask("GET /", "").starts_with("HTTP/1.1 200"));
    }

    #[test]
    fn host_is_free_where_the_network_is_served() {
        let server = Running::start([0, 0, 0, 0], 0, "/");
        server.builds.send(Box::new(|| Ok(snapshot(SITE)))).unwrap();
        server.event();
        assert!(server.ask("GET /", "Host: laptop.example\r\n").starts_with("HTTP/1.1 200"));
    }

    #[test]
    fn open_page_hears_what_changed() {
        let server = Running::serving(SITE);
        let mut page = server.listen();
        let first = page.next();
        assert_eq!(first["problems"], "");
        let event = server.rebuild(|| {
            let mut next = snapshot(SITE);
            next.output =
                snapshot(&[("index.html", "<body>new</body>"), SITE[1], SITE[2], SITE[3]]).output;
            Ok(next)
        });
        assert_eq!(event, Event::Built { changed: 1, problems: String::new() });
        let second = page.next();
        assert_eq!(second["changed"], serde_json::json!(["/"]));
        assert_eq!(second["from"], first["build"]);
        assert!(server.get("/").contains("new"));
    }

    #[test]
    fn failing_builds_keep_the_site_and_are_told() {
        let server = Running::serving(SITE);
        let mut page = server.listen();
        let first = page.next();
        let failed = server.rebuild(|| Err(Error::refused("polder.yml: <b>no</b>", "")));
        assert_eq!(failed, Event::Failed { message: "polder.yml: <b>no</b>".to_owned() });
        let told = page.next();
        assert_eq!(
            (&told["problems"], &told["build"]),
            (&"polder.yml: <b>no</b>".into(), &first["build"])
        );
        let panicked = server.rebuild(|| panic!("row {}", 7));
        assert_eq!(panicked, Event::Failed { message: "the build panicked: row 7".to_owned() });
        assert_eq!(page.next()["problems"], "the build panicked: row 7");
        assert!(server.get("/a/").contains("<body>a"));
        server.rebuild(|| Ok(Snapshot { problems: "1 error".to_owned(), ..snapshot(SITE) }));
        assert_eq!(page.next()["problems"], "1 error");
        let mended = server.rebuild(|| Ok(snapshot(SITE)));
        assert_eq!(mended, Event::Built { changed: 0, problems: String::new() });
        assert_eq!(page.next()["problems"], "");
    }

    #[test]
    fn first_build_that_fails_shows_a_page_with_the_report() {
        let server = Running::start([127, 0, 0, 1], 0, "/wiki");
        server.builds.send(Box::new(|| Err(Error::refused("no", "")))).unwrap();
        server.event();
        assert!(server.get("/wiki/").contains("Not found"));
        assert!(server.get("/wiki/").contains("/_polder/reload.js"));
        assert_eq!(server.listen().next()["problems"], "no");
    }

    #[test]
    fn report_names_line_and_remedy() {
        let finding = Diagnostic::new("configuration", "unknown key `titel`");
        let finding = finding.at(Place::of_range("polder.yml", "a: 1\ntitel: 2", 5..10));
        let error = Error::Unusable {
            message: "polder.yml cannot be used".to_owned(),
            diagnostics: [finding.help("write `title`")].into_iter().collect(),
        };
        let expect = "polder.yml cannot be used\npolder.yml:2:1: error: unknown key `titel`\n\
            help: write `title`";
        assert_eq!(report(&error), expect);
        assert_eq!(report(&Error::refused("no", "try")), "no\nhelp: try");
    }

    #[test]
    fn taken_port_leads_to_the_next_one() {
        let (taken, port) = loop {
            let taken = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = taken.local_addr().unwrap().port();
            if port < u16::MAX - 20 {
                break (taken, port);
            }
        };
        let server = Running::start([127, 0, 0, 1], port, "/");
        server.builds.send(Box::new(|| Ok(snapshot(SITE)))).unwrap();
        server.event();
        let got: u16 = server.address.rsplit_once(':').unwrap().1.parse().unwrap();
        assert!((port + 1..=port + 20).contains(&got), "{got}");
        drop(taken);
    }
}
