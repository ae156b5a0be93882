//! Writes Markdown as HTML without a site around it: `markdown [--addresses]`. Each line of the standard input is a text
//! as a JSON string, each line of the output its HTML, likewise. Raw HTML stays as it is, links lead where they say, and
//! `[[double brackets]]` are text, so that what is left is CommonMark and GFM; bare addresses are links if that is asked
//! for. The tests in `tests/markdown` compare the result with the specifications.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, BufRead, Write};

use polder::markdown::{
    Dialect, Drawings, Form, Highlighter, Href, Hrefs, Inside, Rendering, Terms, Words, scan,
    to_html,
};

fn main() -> Result<(), Box<dyn Error>> {
    let addresses = std::env::args().any(|argument| argument == "--addresses");
    let dialect = Dialect { wikilinks: false, label_first: false, addresses };
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let body: String = serde_json::from_str(&line?)?;
        writeln!(out, "{}", serde_json::to_string(&html(&body, dialect))?)?;
    }
    Ok(())
}

fn html(body: &str, dialect: Dialect) -> String {
    let rendering = Rendering {
        outline: &scan(body, dialect),
        dialect,
        drop_title: false,
        part: None,
        inside: Some(Inside { ids: &BTreeSet::new(), shift: 0, prefix: "" }),
        clean: false,
        words: &Words::default(),
        hrefs: &AsWritten,
        highlighter: &Highlighter::default(),
        drawings: &Drawings::default(),
        terms: &Terms::default(),
        explains: false,
    };
    to_html(body, &rendering)
}

/// Links that lead where they say.
struct AsWritten;

impl Hrefs for AsWritten {
    fn href(&self, _: Form, dest: &str) -> Href {
        Href::Site(dest.to_owned())
    }

    fn size(&self, _: Form, _: &str) -> Option<(u32, u32)> {
        None
    }

    fn embed(&self, _: usize) -> Option<String> {
        None
    }

    fn file(&self, path: &str) -> String {
        path.to_owned()
    }

    fn mention(&self, _: &str) -> Option<(String, String)> {
        None
    }
}
