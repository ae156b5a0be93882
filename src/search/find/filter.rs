//! Filters: what a query narrows the results by.

use std::collections::{BTreeMap, BTreeSet};

use super::column::ColumnValue;
use super::index::Index;
use super::query::{day_of, is_space};
use crate::search::lexicon::reader_order;
use crate::search::words::fold;

/// How many values are told of a filter that is not known.
const TOLD: usize = 8;

/// A filter of a query.
#[derive(Debug)]
pub(super) struct Filter<'i> {
    operator: &'i str,
    not: bool,
    pages: BTreeSet<u32>,
}

/// Returns whether a page fits: any filter of each operator (all of those on days), and none of those with a minus.
pub(super) fn fits(filters: &[Filter<'_>], page: u32) -> bool {
    let mut open: BTreeMap<&str, bool> = BTreeMap::new();
    for Filter { operator, not, pages } in filters {
        let has = pages.contains(&page);
        if *not {
            if has {
                return false;
            }
        } else if is_day(operator) {
            if !has {
                return false;
            }
        } else {
            *open.entry(operator).or_default() |= has;
        }
    }
    open.values().all(|has| *has)
}

/// Returns what a filter means, or the values that it could have meant.
pub(super) fn resolve<'i>(
    index: &'i Index<'_>,
    operator: &str,
    value: &str,
    not: bool,
) -> Result<Filter<'i>, Vec<String>> {
    let operator = index.operator_name(operator);
    let filter = |pages| Filter { operator, not, pages };
    if is_day(operator) {
        let bound = day_of(value).ok_or_else(Vec::new)?;
        let days = index.days().into_iter().zip(0..);
        let pages = days
            .filter(|(day, _)| *day >= 0 && (operator == "after") == (*day >= bound))
            .map(|(_, page)| page);
        return Ok(filter(pages.collect()));
    }
    let values = index.column(operator);
    let mut found = meant(&values, value);
    // A folder, unless a domain has just that name.
    if operator == "in" && value.contains('/') {
        found.retain(|one| fold(&one.label) == fold(value));
    }
    if operator == "in" && found.is_empty() {
        let folders = index.folders();
        if let Some(folder) = folder_named(&folders, value) {
            let below = format!("{folder}/");
            let pages = folders
                .iter()
                .zip(0..)
                .filter(|(own, _)| **own == folder || own.starts_with(&below));
            return Ok(filter(pages.map(|(_, page)| page).collect()));
        }
    }
    match found[..] {
        [one] => Ok(filter(one.pages.clone())),
        [] => Err(known(values.iter().collect())),
        _ => Err(known(found)),
    }
}

fn is_day(operator: &str) -> bool {
    matches!(operator, "before" | "after")
}

/// Returns the names of values, those of most pages first.
fn known(mut values: Vec<&ColumnValue>) -> Vec<String> {
    values.sort_by_key(|value| std::cmp::Reverse(value.pages.len()));
    values.into_iter().take(TOLD).map(|value| value.label.clone()).collect()
}

/// Returns the values that a text can mean: what it is, else what begins with it, else what has a word that does.
fn meant<'v>(values: &'v [ColumnValue], text: &str) -> Vec<&'v ColumnValue> {
    let folded = fold(text);
    let wanted = folded.trim_matches(is_space);
    let inside = format!(" {wanted}");
    let with = |fits: &dyn Fn(&str) -> bool| {
        let values = values.iter();
        values
            .filter(|value| fits(&fold(&value.label)) || fits(&fold(&value.id)))
            .collect::<Vec<_>>()
    };
    let mut same = with(&|name| name == wanted);
    same.truncate(1);
    let ways = [same, with(&|name| name.starts_with(wanted)), with(&|name| name.contains(&inside))];
    ways.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// Returns the folder that a text names: by its path, its last part, or a beginning that only it and those in it have.
fn folder_named(folders: &[String], text: &str) -> Option<String> {
    let folded = fold(text);
    let wanted = folded.trim_matches('/');
    if wanted.is_empty() {
        return None;
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for folder in folders {
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        known.extend(ends.map(|end| &folder[..end]).filter(|folder| !folder.is_empty()));
    }
    let last = format!("/{wanted}");
    let with = |fits: &dyn Fn(&str) -> bool| {
        let mut found: Vec<&str> =
            known.iter().copied().filter(|folder| fits(&fold(folder))).collect();
        let length = |folder: &str| folder.encode_utf16().count();
        found.sort_by(|a, b| length(a).cmp(&length(b)).then_with(|| reader_order(a, b)));
        let first = *found.first()?;
        let below = format!("{first}/");
        found
            .iter()
            .all(|folder| *folder == first || folder.starts_with(&below))
            .then(|| first.to_owned())
    };
    with(&|folder| folder == wanted)
        .or_else(|| with(&|folder| folder.ends_with(&last)))
        .or_else(|| with(&|folder| folder.starts_with(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_is_named_by_path_last_part_or_beginning() {
        let folders = ["handbook/money", "handbook/time", "ops"].map(str::to_owned);
        let named = |text| folder_named(&folders, text);
        assert_eq!(named("/handbook/money/").as_deref(), Some("handbook/money"));
        assert_eq!(named("Time").as_deref(), Some("handbook/time"));
        assert_eq!(named("hand").as_deref(), Some("handbook"));
        assert_eq!(named("handbook/").as_deref(), Some("handbook"));
        assert_eq!(named("x"), None);
    }

    #[test]
    fn beginning_of_two_values_means_both() {
        let value = |label: &str| ColumnValue {
            id: label.to_lowercase(),
            label: label.to_owned(),
            pages: BTreeSet::new(),
        };
        let values = ["Finance", "Field service", "Fi"].map(value);
        let labels =
            |text| meant(&values, text).iter().map(|one| one.label.as_str()).collect::<Vec<_>>();
        assert_eq!(labels("FI"), ["Fi"]);
        assert_eq!(labels("f"), ["Finance", "Field service", "Fi"]);
        assert_eq!(labels("serv"), ["Field service"]);
    }
}
