//! The view of who wrote which part of a page.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::Date;
use crate::base::id::Id;
use crate::markdown;
use crate::model::{PageIx, PersonIx};
use crate::render::view::{PartShare, PartView};

use super::Maker;

/// How many others a part names.
const OTHERS: usize = 3;

/// The lines of some people in a part: how many, and the oldest day.
type Shares = BTreeMap<Vec<PersonIx>, (usize, Date)>;

impl Maker<'_> {
    /// Returns who wrote what stands in each part of a page today; parts of which nobody knows are left out.
    pub(super) fn parts(&self, ix: PageIx) -> Vec<PartView> {
        let page = &self.site().pages[ix];
        let document = &page.document;
        let headings = &document.outline.headings;
        let ends = headings.iter().map(|heading| heading.start).chain([usize::MAX]);
        let mut start = 0;
        let mut parts = Vec::new();
        for (at, end) in ends.enumerate() {
            let heading = at.checked_sub(1).map(|at| &headings[at]);
            let href = self.href(&page.url);
            let (title, href) = match heading {
                Some(heading) => {
                    let fragment = markdown::fragment(&heading.anchor);
                    (heading.text.clone(), format!("{href}{fragment}"))
                }
                None => (page.title.clone(), href),
            };
            let bytes = document.body_start + start..end.saturating_add(document.body_start);
            parts.extend(self.part(ix, bytes, title, href));
            start = end;
        }
        parts
    }

    fn part(
        &self,
        ix: PageIx,
        bytes: Range<usize>,
        title: String,
        href: String,
    ) -> Option<PartView> {
        let shares = self.shares(ix, &bytes);
        let mut shares: Vec<(Vec<PersonIx>, (usize, Date))> = shares.into_iter().collect();
        shares.sort_by_key(|(_, (lines, since))| (std::cmp::Reverse(*lines), *since));
        let ((people, (_, since)), others) = shares.split_first()?;
        let others = others
            .iter()
            .take(OTHERS)
            .map(|(people, (lines, _))| PartShare { people: self.people(people), lines: *lines });
        let since = self.date(*since);
        Some(PartView { title, href, people: self.people(people), since, others: others.collect() })
    }

    /// Counts the lines between two bytes of a page's text by those who wrote them.
    fn shares(&self, ix: PageIx, bytes: &Range<usize>) -> Shares {
        let site = self.site();
        let page = &site.pages[ix];
        let mut shares = Shares::new();
        let Some(origins) = self.input().origins.get(ix.index()) else { return shares };
        let mut start = 0;
        for (line, origin) in page.document.text.split_inclusive('\n').zip(origins.iter()) {
            let is_here = bytes.contains(&start) && !line.trim().is_empty();
            start += line.len();
            let revision = page.revisions.get(*origin as usize).filter(|_| is_here);
            if let Some(revision) = revision {
                let (commit, _) = site.revision(*revision);
                let day = site.moment(commit).date();
                let people = site.writers(revision.commit).to_vec();
                let (lines, since) = shares.entry(people).or_insert((0, day));
                *lines += 1;
                *since = day.min(*since);
            }
        }
        shares
    }
}
