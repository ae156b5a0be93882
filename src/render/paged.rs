//! Addresses of lists that go on over several pages.

use crate::base::UrlPath;
use crate::model::Site;

use super::entry::Filter;

/// Returns the address of page `number` of a list of changes.
pub(super) fn changes_url(site: &Site, filter: Filter<'_>, number: usize) -> UrlPath {
    let lists = &site.change_lists;
    let first = match filter {
        Filter::All => &UrlPath::of_page("changes"),
        Filter::Gone => &lists.gone,
        Filter::Domain(domain) => lists.domain(domain),
        Filter::Kind(kind) => &lists.kinds[kind],
        Filter::Person(person) => lists.person(person),
    };
    numbered_url(site, first, number)
}

/// Returns the address of page `number` of a list that begins at `first`. A page of the source keeps an address that it has.
pub(super) fn numbered_url(site: &Site, first: &UrlPath, number: usize) -> UrlPath {
    if number == 1 {
        return first.clone();
    }
    let own = first.below(&number.to_string());
    if site.page_at(&own).is_none() { own } else { first.below(&format!("page-{number}")) }
}
