//! Asking many addresses at once, without troubling any host.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use super::answer::{Answer, Heard};
use super::request::Client;

/// How to ask.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Hosts, beginnings of addresses, or patterns with `*`, that are not asked.
    pub ignore: Vec<String>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The first wait before an address is asked again; it doubles each time.
    pub back_off: Duration,
    /// For how many seconds it counts that something was there.
    pub age: u64,
    /// The second since 1970 that it is now.
    pub now: u64,
    /// Whether only what was heard before counts, and nobody is asked.
    pub offline: bool,
}

/// How many hosts are asked at once.
const LANES: usize = 24;
/// How many requests a host gets at once.
const PER_HOST: usize = 2;

/// Returns what became of each address, and remembers it. Addresses that are ignored, and those that nobody may ask now, are
/// not among the answers.
pub fn ask(
    addresses: &BTreeSet<String>,
    asking: &Asking,
    heard: &mut Heard,
) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    let mut by_host: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in addresses.iter().filter(|address| !is_ignored(address, &asking.ignore)) {
        match heard.fresh(address, asking.now, asking.age) {
            Some(answer) => {
                answers.insert(address.clone(), answer.clone());
            }
            None => by_host.entry(host(address)).or_default().push(address),
        }
    }
    if !asking.offline {
        let asked = ask_hosts(by_host, asking);
        for (address, answer) in &asked {
            heard.answers.insert(address.clone(), (asking.now, answer.clone()));
        }
        answers.extend(asked);
    }
    heard.answers.retain(|address, _| addresses.contains(address));
    answers
}

fn ask_hosts(by_host: BTreeMap<&str, Vec<&str>>, asking: &Asking) -> BTreeMap<String, Answer> {
    let mut queues: Vec<Vec<&str>> = Vec::new();
    for addresses in by_host.into_values() {
        let size = addresses.len().div_ceil(PER_HOST);
        queues.extend(addresses.chunks(size).map(<[&str]>::to_vec));
    }
    // The longest queues first: they decide when all is done.
    queues.sort_by_key(Vec::len);
    let lanes = LANES.min(queues.len());
    let queues = Mutex::new(queues);
    let answers = Mutex::new(BTreeMap::new());
    let client = Client::new(asking.timeout, asking.back_off);
    std::thread::scope(|scope| {
        for _ in 0..lanes {
            scope.spawn(|| {
                while let Some(queue) = take(&queues) {
                    for address in queue {
                        let answer = client.answer(address);
                        lock(&answers).insert(address.to_owned(), answer);
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn take<'a>(queues: &Mutex<Vec<Vec<&'a str>>>) -> Option<Vec<&'a str>> {
    lock(queues).pop()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Returns the host of an address, with its port.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

/// Returns whether an address is one that nobody wants asked: by its host, its beginning, or a pattern with `*`.
fn is_ignored(address: &str, patterns: &[String]) -> bool {
    let name = host(address).split(':').next().unwrap_or_default();
    patterns.iter().any(|pattern| {
        if pattern.contains('*') {
            fits(address, pattern) || fits(name, pattern)
        } else {
            name == pattern || address.starts_with(pattern.as_str())
        }
    })
}

/// Returns whether a text has the parts of a pattern, in order, with anything for each `*`.
fn fits(text: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut left) = text.strip_prefix(start) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let Some((last, middle)) = parts.split_last() else { return true };
    for part in middle {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// A web server on this machine that counts what it is asked.
    struct Host {
        address: String,
        requests: Arc<Mutex<Vec<String>>>,
        open: Arc<AtomicBool>,
    }

    impl Host {
        fn start() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            let requests = Arc::new(Mutex::new(Vec::new()));
            let open = Arc::new(AtomicBool::new(true));
            let (seen, is_open) = (Arc::clone(&requests), Arc::clone(&open));
            std::thread::spawn(move || {
                for stream in listener.incoming().take_while(|_| is_open.load(Ordering::SeqCst)) {
                    let seen = Arc::clone(&seen);
                    std::thread::spawn(move || serve(stream.unwrap(), &seen));
                }
            });
            Self { address, requests, open }
        }

        fn asked(&self) -> Vec<String> {
            let mut asked = lock(&self.requests).clone();
            asked.sort();
            asked
        }
    }

    impl Drop for Host {
        fn drop(&mut self) {
            self.open.store(false, Ordering::SeqCst);
            let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
        }
    }

    fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let Some(Ok(first)) = lines.next() else { return };
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let request = first.trim_end_matches(" HTTP/1.1").to_owned();
        let count = {
            let mut seen = lock(seen);
            seen.push(request.clone());
            seen.iter().filter(|other| **other == request).count()
        };
        let (method, path) = request.split_once(' ').unwrap();
        let status = match (method, path) {
            (_, "/there") => "200 OK",
            ("HEAD", "/no-head") => "405 Method Not Allowed",
            (_, "/no-head") => "200 OK",
            (_, "/private") => "401 Unauthorized",
            (_, "/moved") => "301 Moved Permanently\r\nLocation: /there",
            (_, "/circle") => "302 Found\r\nLocation: /circle",
            (_, "/tired") if count < 2 => "503 Service Unavailable",
            (_, "/tired") => "200 OK",
            (_, "/broken") => "500 Internal Server Error",
            _ => "404 Not Found",
        };
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).unwrap();
    }

    fn asking() -> Asking {
        Asking {
            ignore: Vec::new(),
            timeout: Duration::from_secs(20),
            back_off: Duration::ZERO,
            age: 100,
            now: 1000,
            offline: false,
        }
    }

    fn addresses(host: &str, paths: &[&str]) -> BTreeSet<String> {
        paths.iter().map(|path| format!("{host}{path}")).collect()
    }

    #[test]
    fn answers_are_told_apart() {
        let host = Host::start();
        let paths = [
            "/there", "/no-head", "/private", "/moved", "/circle", "/tired", "/broken", "/nowhere",
        ];
        let answers = ask(&addresses(&host.address, &paths), &asking(), &mut Heard::default());
        let of = |path: &str| answers[&format!("{}{path}", host.address)].clone();
        for there in ["/there", "/no-head", "/private", "/moved", "/tired"] {
            assert_eq!(of(there), Answer::There, "{there}");
        }
        assert_eq!(of("/nowhere"), Answer::Gone("404".to_owned()));
        assert!(matches!(of("/circle"), Answer::Gone(_)), "{:?}", of("/circle"));
        assert_eq!(of("/broken"), Answer::Unreachable("status 500".to_owned()));
    }

    #[test]
    fn closed_port_is_unreachable_and_not_gone() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let address = format!("http://{free}/x");
        let answers = ask(&[address.clone()].into(), &asking(), &mut Heard::default());
        assert!(matches!(answers[&address], Answer::Unreachable(_)), "{answers:?}");
    }

    #[test]
    fn what_was_heard_is_not_asked_again_until_it_is_old() {
        let host = Host::start();
        let all = addresses(&host.address, &["/there", "/nowhere"]);
        let mut heard = Heard::default();
        ask(&all, &asking(), &mut heard);
        let asked = host.asked().len();
        ask(&all, &Asking { now: 1050, ..asking() }, &mut heard);
        assert_eq!(host.asked().len(), asked);
        let offline = Asking { now: 9999, offline: true, ..asking() };
        assert!(ask(&all, &offline, &mut heard).is_empty());
        assert_eq!(host.asked().len(), asked);
        ask(&all, &Asking { now: 1101, ..asking() }, &mut heard);
        assert!(host.asked().len() > asked);
        ask(&BTreeSet::new(), &asking(), &mut heard);
        assert!(heard.answers.is_empty());
    }

    #[test]
    fn ignored_addresses_are_not_asked() {
        let host = Host::start();
        let ignore = vec!["*/private*".to_owned(), format!("{}/x/", host.address)];
        let all = addresses(&host.address, &["/private", "/x/y", "/there"]);
        let answers = ask(&all, &Asking { ignore, ..asking() }, &mut Heard::default());
        assert_eq!(answers.len(), 1);
        assert_eq!(host.asked(), ["HEAD /there"]);
    }

    #[test]
    fn patterns_fit_hosts_and_addresses() {
        let is = |pattern: &str| is_ignored("https://a.example.org:81/b/c", &[pattern.to_owned()]);
        assert!(is("a.example.org") && is("*.example.org") && is("https://a.example.org:81/b/"));
        assert!(is("https://*/b/*"));
        assert!(!is("example.org") && !is("*.example.com") && !is("https://*/d/*"));
    }
}
