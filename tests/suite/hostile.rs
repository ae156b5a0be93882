//! Whatever a page holds, a site with it is built in time that grows with its length. `markdown::limits` says the same of reading
//! and writing the text alone.

use crate::support::TestSite;

/// How a page begins, and what it then has very often.
type Hostile = (&'static str, fn(usize) -> String);

const PAGES: [Hostile; 13] = [
    ("---\ntags:\n", |n| format!("  - t{n}\n")),
    ("---\naliases:\n", |n| format!("  - alias {n}\n")),
    ("---\nauthors:\n", |n| format!("  - nobody {n}\n")),
    ("---\n", |n| format!("titel{n}: [\n")),
    ("", |n| format!("[a](f{n}/g/h/) ")),
    ("", |n| format!("[[x{n}]] ")),
    ("", |n| format!("See number {n} [[x]]. ")),
    ("", |n| format!("[a](#x{n}) ")),
    ("", |n| format!("# H{n}\n![[page#H{n}]]\n")),
    ("", |_| "![[page]] ".to_owned()),
    ("", |n| format!("<img src=\"x{n}.png\" alt=\"a\"> ")),
    ("|a|b|\n|-|-|\n", |n| format!("|[^{n}]|[a](x{n})|\n")),
    ("", |_| "```mermaid\nno\n```\n".to_owned()),
];

fn page(start: &str, piece: fn(usize) -> String, length: usize) -> String {
    let mut text = start.to_owned();
    for n in 0.. {
        if text.len() >= length {
            break;
        }
        text.push_str(&piece(n));
    }
    let end = if start.starts_with("---") { "---\n# A\n" } else { "" };
    text + end
}

/// Returns for how many milliseconds this thread has worked, whatever else the machine does; nothing where that is not known.
fn worked() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = stat.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1_000_000)
}

fn cost(text: &str) -> u64 {
    let site = TestSite::new().page("page.md", text);
    let before = worked();
    site.build();
    worked().zip(before).map_or(0, |(now, before)| now - before)
}

#[test]
fn time_of_a_build_grows_with_the_length_of_a_page_and_not_with_its_square() {
    // All of the work is done by one thread, which is asked how much it was.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().unwrap();
    pool.install(|| {
        for (at, (start, piece)) in PAGES.into_iter().enumerate() {
            let small = cost(&page(start, piece, 1 << 12));
            let large = cost(&page(start, piece, 1 << 15));
            // Eight times as long: at most eight times as much, and sixty-four times if every place looks at all others.
            let name = format!("{at}: {start:?} {:?}", piece(1));
            assert!(large <= 8 * small.max(30), "{name}: {small} ms, then {large} ms");
        }
    });
}
