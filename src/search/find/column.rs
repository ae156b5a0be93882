//! What the index tells of pages: columns, kinds, languages, and what results show.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::encoding::{names, number, pages_of, sets};
use super::file::{Fragments, Pages, content};
use super::index::Index;
use super::people::Credited;

/// A value of a column, with its pages.
#[derive(Debug)]
pub(super) struct ColumnValue {
    /// Its short name.
    pub(super) id: String,
    /// Its name.
    pub(super) label: String,
    /// The pages that have it.
    pub(super) pages: BTreeSet<u32>,
}

impl Index<'_> {
    /// Returns the values of the column of an operator.
    pub(super) fn column(&self, operator: &str) -> Vec<ColumnValue> {
        let column = match operator {
            "in" => "domain",
            "by" => "person",
            "is" => "state",
            other => other,
        };
        let rows: Vec<Vec<Value>> = self.column_file(column).unwrap_or_default();
        // A person has the number of their page before the runs.
        let first = if column == "person" { 3 } else { 2 };
        let values = rows.iter().map(|row| {
            let text = |at: usize| row.get(at).and_then(Value::as_str).unwrap_or_default();
            let runs = row.iter().skip(first).filter_map(Value::as_str);
            ColumnValue {
                id: text(0).to_owned(),
                label: text(1).to_owned(),
                pages: runs.flat_map(pages_of).collect(),
            }
        });
        values.collect()
    }

    /// Returns everybody who did something for a page.
    pub(super) fn credits(&self) -> Vec<Credited> {
        type Row = (String, String, i64, String, String, String);
        let rows: Vec<Row> = self.column_file("person").unwrap_or_default();
        let people = rows.into_iter().map(|(id, name, page, owner, author, reviewer)| Credited {
            id,
            name,
            page: u32::try_from(page).ok(),
            pages: [owner, author, reviewer].map(|runs| pages_of(&runs).collect()),
        });
        people.collect()
    }

    /// Returns the day of the last change of each page, in days since 1970; -1 where it is not known.
    pub(super) fn days(&self) -> Vec<i64> {
        let text: String = self.column_file("day").unwrap_or_default();
        let items = text.split(' ').filter(|item| !item.is_empty());
        let runs = items.map(|item| {
            let (day, times) = item.split_once('*').unwrap_or((item, "1"));
            let day = if day == "-" { -1 } else { i64::from(number(day)) };
            std::iter::repeat_n(day, number(times) as usize)
        });
        runs.flatten().collect()
    }

    /// Returns the folder of each page.
    pub(super) fn folders(&self) -> Vec<String> {
        let runs: Vec<(String, usize)> = self.column_file("folder").unwrap_or_default();
        runs.into_iter().flat_map(|(folder, count)| std::iter::repeat_n(folder, count)).collect()
    }

    fn column_file<T: DeserializeOwned>(&self, column: &str) -> Option<T> {
        content(self.tree, &format!("c-{}", self.root.columns.get(column)?))
    }

    /// Returns the pages of the kinds that are ranked apart.
    pub(super) fn kinds(&self) -> Vec<(&str, BTreeSet<u32>)> {
        sets(&self.root.kinds)
    }

    /// Returns the pages of each language, if there are several.
    pub(super) fn languages(&self) -> Vec<(&str, BTreeSet<u32>)> {
        sets(&self.root.languages)
    }

    /// Returns what is shown of a page.
    pub(super) fn fragment(&self, page: u32) -> Option<Vec<Value>> {
        self.shown_in(&self.root.fragments, page)
    }

    fn shown_in(&self, files: &Fragments, page: u32) -> Option<Vec<Value>> {
        let (name, first) = file_of(files, page)?;
        match content(self.tree, &format!("p-{name}"))? {
            Pages::Listed(files) => self.shown_in(&files, page - first),
            Pages::Shown(mut pages) => Some(pages.swap_remove(usize::try_from(page - first).ok()?)),
        }
    }
}

/// Returns the name of the file that has a page, and its first page.
fn file_of(files: &Fragments, page: u32) -> Option<(&str, u32)> {
    let mut first = 0;
    for (count, name) in files.counts.split(' ').map(number).zip(names(&files.names)) {
        if page < first + count {
            return Some((name, first));
        }
        first += count;
    }
    None
}
