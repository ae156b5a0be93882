//! Writes the search index of documents in a JSON file: `search_index DOCUMENTS.json FOLDER [QUERIES]`. The tests of the
//! reader's script read what it writes; a file has one document a line, with the fields of `search::Document`. With a file of
//! queries, one a line, it also writes what the library finds for them.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use polder::output::{Content, OutputTree};
use polder::search::find::{Finder, Knower, Reason};
use polder::search::{Credit, Details, Document, Name, Role, Section, Wording, index};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().collect();
    let [_, source, folder, queries @ ..] = &arguments[..] else {
        return Err("usage".into());
    };
    let lines = fs::read_to_string(source)?;
    let documents: Vec<Document> = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).map(|value| document(&value)))
        .collect::<Result<_, _>>()?;
    let group = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let wording = Wording {
        operators: [("by".to_owned(), vec!["door".to_owned()])].into(),
        kinds: [("question".to_owned(), "Vraag".to_owned())].into(),
        synonyms: vec![group(&["holiday", "vakantie"]), group(&["refund", "money back"])],
        ..Wording::default()
    };
    fs::create_dir_all(Path::new(folder).join("search"))?;
    let tree = index(&documents, &wording);
    for (path, content) in tree.iter() {
        if let Content::Bytes(bytes) = content {
            fs::write(Path::new(folder).join(path), bytes)?;
        }
    }
    if let [queries] = queries {
        answer(&tree, &fs::read_to_string(queries)?, folder)?;
    }
    Ok(())
}

/// Writes what the library finds for queries: for each line pages and scores.
fn answer(tree: &OutputTree, queries: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    let finder = Finder::open(tree).ok_or("no index")?;
    let answers = queries.lines().map(|query| {
        let found = finder.search(query, "en");
        let rows: Vec<Value> =
            found.rows.iter().map(|row| json!([row.page, row.score, row.missing])).collect();
        let people: Vec<Value> = finder.people(&found).iter().map(person).collect();
        json!({
            "query": query,
            "rows": rows,
            "spelled": found.spelled,
            "words": found.words,
            "people": people,
            "lost": found.lost,
        })
        .to_string()
    });
    let lines: Vec<String> = answers.collect();
    Ok(fs::write(Path::new(folder).join("answers.jsonl"), lines.join("\n"))?)
}

/// Returns who knows about what was found: page, name, worth, and each reason.
fn person(knower: &Knower) -> Value {
    let role = |reason: &Reason| reason.role.map_or("profile", Role::as_str);
    let reasons: Vec<Value> =
        knower.reasons.iter().map(|it| json!([it.page, role(it), it.worth])).collect();
    json!([knower.page, knower.name, knower.worth, reasons])
}

/// Returns a document with what the value says, and what most pages have for the rest.
fn document(value: &Value) -> Document {
    let text = |key: &str, default: &str| value[key].as_str().unwrap_or(default).to_owned();
    Document {
        url: text("url", ""),
        title: text("title", ""),
        names: list(&value["names"]),
        kind: text("kind", "page"),
        folder: text("folder", folder(value["url"].as_str().unwrap_or_default())),
        domains: list(&value["domains"]).into_iter().map(name).collect(),
        credits: list(&value["people"]).into_iter().map(author).collect(),
        trail: text("trail", ""),
        lang: text("lang", "en"),
        state: text("state", "current"),
        status: text("status", ""),
        updated: value["updated"].as_str().map(str::to_owned),
        summary: text("summary", ""),
        link_texts: list(&value["link_texts"]),
        details: Details::default(),
        sections: value["sections"].as_array().into_iter().flatten().map(section).collect(),
    }
}

/// Returns a section from heading, anchor and text.
fn section(value: &Value) -> Section {
    let text = |at: usize| value[at].as_str().unwrap_or_default().to_owned();
    Section { heading: text(0), anchor: text(1), text: text(2) }
}

/// Returns the folder of an address.
fn folder(url: &str) -> &str {
    url.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns something by its name.
fn name(name: String) -> Name {
    Name { id: name.to_lowercase().replace(' ', "-"), name }
}

/// Returns who wrote a page; their page is below `people/`, named by their first name without accents.
fn author(person: String) -> Credit {
    let first = person.split(' ').next().unwrap_or_default().to_lowercase().replace('ë', "e");
    let url = format!("people/{first}/");
    Credit { person: Name { id: first, name: person }, url, role: Role::Author }
}

/// Returns a list of texts.
fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
