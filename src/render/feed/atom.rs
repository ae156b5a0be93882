//! Feeds as Atom (RFC 4287).

use super::content::{Entry, Feed, escape};

/// Writes a feed.
pub(super) fn write(feed: &Feed) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let lang = escape(&feed.lang);
    xml.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"));
    element(&mut xml, "id", &feed.id);
    element(&mut xml, "title", &feed.title);
    // What is dated is the newest entry: a build has no clock.
    let newest = feed.entries.iter().map(|entry| entry.at).max_by_key(|at| at.seconds);
    let updated = newest.map_or("1970-01-01T00:00:00Z".to_owned(), |at| at.rfc3339());
    element(&mut xml, "updated", &updated);
    link(&mut xml, "self", "application/atom+xml", &feed.atom);
    link(&mut xml, "alternate", "text/html", &feed.home);
    feed.entries.iter().for_each(|one| entry(&mut xml, one));
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, entry: &Entry) {
    let at = entry.at.rfc3339();
    xml.push_str("<entry>\n");
    element(xml, "id", &entry.id);
    element(xml, "title", &entry.title);
    element(xml, "published", &at);
    element(xml, "updated", &at);
    link(xml, "alternate", "text/html", &entry.url);
    // Every entry has an author, or the feed would need one.
    let nobody = ["?".to_owned()];
    let authors = if entry.authors.is_empty() { &nobody[..] } else { &entry.authors };
    for author in authors {
        xml.push_str(&format!("<author><name>{}</name></author>\n", escape(author)));
    }
    if !entry.summary.is_empty() {
        element(xml, "summary", &entry.summary);
    }
    if !entry.html.is_empty() {
        xml.push_str(&format!("<content type=\"html\">{}</content>\n", escape(&entry.html)));
    }
    xml.push_str("</entry>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
}

fn link(xml: &mut String, rel: &str, sort: &str, href: &str) {
    xml.push_str(&format!("<link rel=\"{rel}\" type=\"{sort}\" href=\"{}\"/>\n", escape(href)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Moment;

    #[test]
    fn feed_has_what_the_standard_asks_for() {
        let entry = Entry {
            id: "urn:uuid:1".to_owned(),
            title: "A <b>\u{1}".to_owned(),
            url: "https://w.example/a/".to_owned(),
            at: Moment { seconds: 0, offset: 60 },
            authors: vec!["Ann & Bob".to_owned()],
            summary: String::new(),
            html: "<p>x</p>".to_owned(),
        };
        let feed = Feed {
            id: "urn:uuid:0".to_owned(),
            title: "T".to_owned(),
            lang: "en".to_owned(),
            home: "https://w.example/".to_owned(),
            atom: "https://w.example/feed.xml".to_owned(),
            json: String::new(),
            entries: vec![entry],
        };
        let expect = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
            <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
            <id>urn:uuid:0</id>\n<title>T</title>\n<updated>1970-01-01T01:00:00+01:00</updated>\n\
            <link rel=\"self\" type=\"application/atom+xml\" href=\"https://w.example/feed.xml\"/>\n\
            <link rel=\"alternate\" type=\"text/html\" href=\"https://w.example/\"/>\n\
            <entry>\n<id>urn:uuid:1</id>\n<title>A &lt;b&gt;</title>\n\
            <published>1970-01-01T01:00:00+01:00</published>\n<updated>1970-01-01T01:00:00+01:00</updated>\n\
            <link rel=\"alternate\" type=\"text/html\" href=\"https://w.example/a/\"/>\n\
            <author><name>Ann &amp; Bob</name></author>\n\
            <content type=\"html\">&lt;p&gt;x&lt;/p&gt;</content>\n</entry>\n</feed>\n";
        assert_eq!(write(&feed), expect);
    }
}
