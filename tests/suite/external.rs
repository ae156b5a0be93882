//! `polder check --external`: what other sites answer. The other site is a thread of the test.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::support::TestSite;

/// Answers this many requests with “200” for `/there` and “404” for anything else; returns its address.
fn other_site(requests: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().take(requests) {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let status = if first.contains(" /there ") { "200 OK" } else { "404 Not Found" };
            let end = "Content-Length: 0\r\nConnection: close\r\n\r\n";
            write!(stream, "HTTP/1.1 {status}\r\n{end}").unwrap();
        }
    });
    address
}

fn site(address: &str) -> TestSite {
    TestSite::new().page(
        "a.md",
        &format!("# A\n\n[x]({address}/there#part) [y]({address}/gone)\n\n[z]({address}/gone#b)\n"),
    )
}

#[test]
fn other_sites_are_asked_only_on_request() {
    let site = site("http://127.0.0.1:1");
    let ran = site.polder(&["check", "--no-cache"]).ended(0);
    assert!(ran.out.is_empty(), "{}", ran.out);
}

#[test]
fn dead_links_are_told_at_every_place_and_remembered() {
    let address = other_site(3);
    let site = site(&address);
    let ran = site.polder(&["check", "--external", "--format", "github"]).ended(0);
    let dead = "::warning title=dead-external-link,file=a.md";
    assert_eq!(ran.out.matches(dead).count(), 2, "{}", ran.out);
    assert!(
        ran.out.contains("/gone` any more (404)") && !ran.out.contains("/there"),
        "{}",
        ran.out
    );
    let again = site.polder(&["check", "--external", "--offline", "--format", "github"]).ended(0);
    assert_eq!(again.out, ran.out);
    site.polder(&["check", "--external", "--offline", "--deny", "warnings"]).ended(1);
}

#[test]
fn without_the_web_nothing_is_known_and_nothing_fails() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = site(&format!("http://{free}"));
    let ran = site.polder(&["check", "--external", "--no-cache", "--deny", "warnings"]).ended(0);
    assert!(ran.out.contains("note[offline]: none of 2 addresses"), "{}", ran.out);
    let offline = ["check", "--external", "--offline", "--no-cache", "--deny", "warnings"];
    assert!(site.polder(&offline).ended(0).out.is_empty());
}

#[test]
fn ignored_hosts_are_not_asked() {
    let site = site("http://127.0.0.1:1").config("external: {ignore: [127.0.0.1], timeout: 2}\n");
    assert!(site.polder(&["check", "--external", "--no-cache"]).ended(0).out.is_empty());
}
