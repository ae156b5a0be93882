//! Feeds as JSON Feed 1.1.

use serde_json::{Value, json};

use super::content::{Entry, Feed};

/// Writes a feed.
pub(super) fn write(feed: &Feed) -> String {
    let items: Vec<Value> = feed.entries.iter().map(item).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "language": feed.lang,
        "items": items,
    });
    format!("{feed}\n")
}

fn item(entry: &Entry) -> Value {
    let authors: Vec<Value> = entry.authors.iter().map(|name| json!({ "name": name })).collect();
    let mut item = json!({
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "date_published": entry.at.rfc3339(),
        "authors": authors,
    });
    // One of the two is asked for, even of a page that was moved and nothing else.
    let (key, content) = match (entry.html.as_str(), entry.summary.as_str()) {
        ("", "") => ("content_text", &entry.title),
        ("", _) => ("content_text", &entry.summary),
        _ => ("content_html", &entry.html),
    };
    item[key] = content.as_str().into();
    item
}
