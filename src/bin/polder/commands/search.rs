//! `polder search`

use polder::base::Result;
use polder::base::text::primary_language;
use polder::pipeline::{BuildOptions, Cache, Pipeline, Reading};
use polder::search::Role;
use polder::search::find::{Finder, Found, How, Knower, Reason, Row, Shown, Why};
use serde_json::{Value, json};

use super::on_threads;
use crate::args::{self, Listing};
use crate::{Ending, report};

/// Finds pages as readers find them.
pub(crate) fn run(args: &args::Search) -> Result<Ending> {
    let options = BuildOptions {
        folder: args.source.clone(),
        out: None,
        cache: Cache::None,
        ci: None,
        preview: false,
    };
    let mut pipeline = Pipeline::new(options);
    let reading: Reading = on_threads(None, || pipeline.read(&Default::default()))?;
    let tree = reading.search_index();
    let finder = Finder::open(&tree).expect("the index was just written");
    let query = args.query.join(" ");
    let language = args.lang.as_deref().unwrap_or(&reading.site.lang);
    let found = finder.search(&query, primary_language(language));
    let rows = found.rows.iter().take(args.limit);
    let results = rows.filter_map(|row| Some((row, finder.shown(row.page)?)));
    let people = finder.people(&found).into_iter().filter_map(|it| Known::of(&finder, it));
    let text: String = match args.format {
        Listing::Human => {
            let results =
                results.zip(1..).map(|((row, shown), n)| told(n, row, &shown, args.explain));
            results.chain(knowers(people)).collect()
        }
        Listing::Json => {
            let lines = results.map(|(row, shown)| result(row, &shown, args.explain));
            let lines = [summary(&query, &found)].into_iter().chain(lines);
            lines.chain(people.map(|it| it.record())).map(|line| format!("{line}\n")).collect()
        }
    };
    report::out(&text)?;
    if args.format == Listing::Human {
        notes(&query, &found, args.limit).iter().for_each(|note| report::say(note));
    }
    Ok(Ending::Fine)
}

/// Somebody who knows, with what is shown of the pages that speak for them.
struct Known {
    name: String,
    /// The address of their page; may be empty.
    href: String,
    worth: f64,
    reasons: Vec<(Option<Role>, Shown)>,
}

impl Known {
    fn of(finder: &Finder<'_>, knower: Knower) -> Option<Self> {
        let own = knower.page.and_then(|page| finder.shown(page));
        let reason = |it: &Reason| Some((it.role, finder.shown(it.page)?));
        Some(Self {
            name: own.as_ref().map_or(knower.name, |own| own.title.clone()),
            href: own.map_or(String::new(), |own| own.href),
            worth: knower.worth,
            reasons: knower.reasons.iter().map(reason).collect::<Option<_>>()?,
        })
    }

    /// Returns a line for people.
    fn told(&self) -> String {
        let with = |wanted: Option<Role>, words: &str| {
            let pages = self.reasons.iter().filter(|(role, _)| *role == wanted);
            let titles: Vec<&str> = pages.map(|(_, page)| page.title.as_str()).collect();
            (!titles.is_empty()).then(|| format!("{words}{}", titles.join(", ")))
        };
        let profile = with(None, "").map(|_| "says so on their page".to_owned());
        let roles = [
            with(Some(Role::Owner), "stands for "),
            with(Some(Role::Author), "wrote "),
            with(Some(Role::Reviewer), "looked over "),
        ];
        let why: Vec<String> = [profile].into_iter().chain(roles).flatten().collect();
        format!("     {}: {}\n", self.name, why.join("; "))
    }

    fn record(&self) -> Value {
        let reasons = self.reasons.iter().map(|(role, page)| {
            let role = role.map_or("profile", Role::as_str);
            json!({ "role": role, "title": page.title, "href": page.href })
        });
        json!({
            "type": "person",
            "name": self.name,
            "href": self.href,
            "worth": self.worth,
            "reasons": reasons.collect::<Vec<_>>(),
        })
    }
}

/// Returns lines on who knows, for people.
fn knowers(people: impl Iterator<Item = Known>) -> impl Iterator<Item = String> {
    let mut people = people.map(|known| known.told()).peekable();
    let head = people.peek().map(|_| "who knows about this:\n".to_owned());
    head.into_iter().chain(people)
}

/// Returns a result for people.
fn told(n: usize, row: &Row, shown: &Shown, explains: bool) -> String {
    let notes = [&shown.trail, &shown.kind, &shown.state, &shown.updated].into_iter();
    let notes = notes.filter(|note| !["", "page", "none"].contains(&note.as_str()));
    let notes = notes.map(String::as_str).collect::<Vec<_>>().join(" · ");
    let mut text = format!("{n:>3}. {}\n     {}\n", shown.title, shown.href);
    if !notes.is_empty() {
        text.push_str(&format!("     {notes}\n"));
    }
    if !row.missing.is_empty() {
        text.push_str(&format!("     without: {}\n", row.missing.join(", ")));
    }
    if explains {
        text.push_str(&format!("     score {:.4}\n", row.score));
        row.why.iter().for_each(|why| text.push_str(&reason(why)));
    }
    text
}

/// Returns what a word adds, for people.
fn reason(why: &Why) -> String {
    let met = why.met.join(" + ");
    let place = if why.in_title { "in the title" } else { "in the text" };
    format!("       {:.4}  {}: {} `{met}`, {place}\n", why.adds, why.word, how(why.how))
}

fn how(how: How) -> &'static str {
    match how {
        How::Stem => "the word, or a form of it, under",
        How::Parts => "the parts of a compound",
        How::Beginning => "the beginning of",
        How::Joined => "with the word beside it the compound",
        How::Spelling => "read as",
        How::Synonym => "a synonym,",
    }
}

fn summary(query: &str, found: &Found) -> Value {
    json!({
        "type": "query",
        "query": query,
        "words": found.words,
        "found": found.rows.len(),
        "has_more": found.has_more,
        "spelled": found.spelled,
        "lost": found.lost,
        "unknown": found.unknown.iter().map(|(operator, value, known)| {
            json!({ "operator": operator, "value": value, "known": known })
        }).collect::<Vec<_>>(),
        "unfound": found.unfound,
    })
}

fn result(row: &Row, shown: &Shown, explains: bool) -> Value {
    let why = row.why.iter().map(|why| {
        json!({ "word": why.word, "met": why.met, "how": why.how.as_str(), "adds": why.adds, "in_title": why.in_title })
    });
    let mut value = json!({
        "type": "result",
        "title": shown.title,
        "href": shown.href,
        "trail": shown.trail,
        "kind": shown.kind,
        "state": shown.state,
        "updated": shown.updated,
        "score": row.score,
        "missing": row.missing,
    });
    if explains {
        value["why"] = why.collect();
    }
    value
}

/// Returns what is to be said of the query.
fn notes(query: &str, found: &Found, limit: usize) -> Vec<String> {
    let mut notes = Vec::new();
    for (word, other) in &found.spelled {
        notes.push(format!("no page has `{word}`; searched for `{other}`"));
    }
    for phrase in &found.unfound {
        notes.push(format!("no page has the phrase `{phrase}`; searched for its words"));
    }
    for (operator, value, known) in &found.unknown {
        let known =
            if known.is_empty() { "a year, a month or a day".to_owned() } else { known.join(", ") };
        notes.push(format!("`{operator}:{value}` is searched as words; known: {known}"));
    }
    for (word, near) in found.lost.iter().filter(|(_, near)| !near.is_empty()) {
        notes.push(format!("no page has `{word}`; near it are `{}`", near.join("`, `")));
    }
    match found.rows.len() {
        0 => notes.push(format!("nothing found for `{query}`")),
        count if found.has_more => {
            notes.push(format!("{} of about {count} results", limit.min(count)));
        }
        count if count > limit => {
            notes.push(format!("{limit} of {count} results; --limit {count} shows all"));
        }
        _ => {}
    }
    notes
}
