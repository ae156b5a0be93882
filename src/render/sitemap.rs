//! The list of a site's pages for search engines, for sites that search engines may list.

use crate::base::{Date, UrlPath};
use crate::output::OutputTree;

use super::facts::Facts;

/// No list may hold more addresses than this.
const MOST: usize = 50_000;

/// Writes `sitemap.xml`, in parts if it is long; nothing for sites that are not public or do not know their address.
pub(super) fn write(facts: &Facts<'_>) -> OutputTree {
    let mut tree = OutputTree::new();
    let config = facts.input.config;
    let Some(url) = config.url.as_deref().filter(|_| config.public) else { return tree };
    let listed = listed(facts);
    let parts: Vec<String> = listed.chunks(MOST).map(|part| urls(url, part)).collect();
    if let [only] = parts.as_slice() {
        tree.insert_bytes("sitemap.xml".to_owned(), only.clone().into_bytes());
        return tree;
    }
    let mut index = head("sitemapindex");
    for (at, part) in parts.into_iter().enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        index.push_str(&format!("<sitemap><loc>{url}/{name}</loc></sitemap>\n"));
        tree.insert_bytes(name, part.into_bytes());
    }
    tree.insert_bytes("sitemap.xml".to_owned(), (index + "</sitemapindex>\n").into_bytes());
    tree
}

/// Returns the pages of the source, and the people and domains that have none there, each with its last change.
fn listed(facts: &Facts<'_>) -> Vec<(UrlPath, Option<Date>)> {
    let site = facts.input.site;
    let pages = site
        .pages
        .rows()
        .iter()
        .map(|page| (page.url.clone(), page.updated.as_ref().map(|updated| updated.date)));
    let people = site.people.rows().iter().filter(|person| person.page.is_none());
    let domains = site.domains.rows().iter().filter(|domain| domain.page.is_none());
    let others = people.map(|person| &person.url).chain(domains.map(|domain| &domain.url));
    let mut listed: Vec<(UrlPath, Option<Date>)> =
        pages.chain(others.map(|url| (url.clone(), None))).collect();
    listed.push((UrlPath::of_page(""), None));
    listed.sort_by(|a, b| (&a.0, a.1.is_none()).cmp(&(&b.0, b.1.is_none())));
    listed.dedup_by(|a, b| a.0 == b.0);
    listed
}

fn urls(site: &str, pages: &[(UrlPath, Option<Date>)]) -> String {
    let mut xml = head("urlset");
    for (url, changed) in pages {
        let changed = changed.map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>"));
        let address = format!("{site}{}", url.absolute()).replace('&', "&amp;");
        xml.push_str(&format!("<url><loc>{address}</loc>{changed}</url>\n"));
    }
    xml + "</urlset>\n"
}

fn head(element: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}
