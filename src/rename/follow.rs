//! Links that follow what moves: tried in the site as it would be, until each leads where it led.
//!
//! Nothing here knows how links are resolved. A link that no longer leads where it did gets other spellings, the one nearest
//! to how it was written first; the site is read anew with them, and what leads there now is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::SourcePath;
use crate::base::path::path_key;
use crate::links::{Link, Target};
use crate::markdown::Form;
use crate::model::Page;
use crate::pipeline::Reading;

use super::draft::Draft;
use super::lead::{Findings, Lead, links_on};
use super::locate::{self, Definition, Written};
use super::slot::{Slot, Verdict};
use super::speller::Speller;
use super::spelling;

/// Compares every link with where it led, and gives those that go astray their next spelling. Returns whether anything
/// changed, so that the site must be read again.
pub(super) fn follow(draft: &mut Draft<'_>, after: &Reading) -> bool {
    let before = draft.before;
    let before_found = Findings::new(&before.diagnostics);
    let after_found = Findings::new(&after.diagnostics);
    let mut has_changed = false;
    for ix in before.site.pages.ids() {
        let page = &before.site.pages[ix];
        let new_path = draft.new_path(&page.path);
        let Some(now) = links_on(after, &new_path) else { continue };
        let mut follower = Follower {
            draft,
            after,
            before_found: &before_found,
            after_found: &after_found,
            page,
            new_path,
            definitions: None,
            verdicts: BTreeMap::new(),
        };
        has_changed |= follower.page(before.links.on(ix), now);
    }
    has_changed
}

/// Follows the links of one page.
struct Follower<'a, 'd> {
    draft: &'a mut Draft<'d>,
    after: &'a Reading,
    before_found: &'a Findings<'a>,
    after_found: &'a Findings<'a>,
    page: &'a Page,
    new_path: SourcePath,
    definitions: Option<Vec<Definition>>,
    /// How each destination does, by its first byte: as the worst of the links that share it.
    verdicts: BTreeMap<usize, Verdict>,
}

impl Follower<'_, '_> {
    fn page(&mut self, links: &[Link], now: &[Link]) -> bool {
        if links.len() != now.len() {
            return self.reject_all();
        }
        let mut has_changed = false;
        for (link, now) in links.iter().zip(now) {
            has_changed |= self.link(link, now);
        }
        has_changed |= self.unused_definitions(links);
        has_changed | self.advance()
    }

    /// Rewrites the reference definitions that no link uses: they are kept for the next text.
    fn unused_definitions(&mut self, links: &[Link]) -> bool {
        let document = &self.page.document;
        if !document.body().contains("]:") {
            return false;
        }
        let by_reference = links.iter().filter(|link| {
            document.text.get(link.span.clone()).is_some_and(|construct| construct.ends_with(']'))
        });
        let used = by_reference.filter_map(|link| Some(self.locate(link)?.range.start));
        let used: BTreeSet<usize> = used.collect();
        let mut has_changed = false;
        for Definition { written, .. } in self.definitions().to_vec() {
            let key = written.range.start;
            if used.contains(&key) || self.slot(key).is_some() {
                continue;
            }
            if let Some(spelling) = self.speller().of_definition(&written) {
                let dest = document.text[written.range.clone()].to_owned();
                let place = document.place(written.range.clone());
                has_changed |= self.insert(key, Slot::settled(written, spelling, place, dest));
            }
        }
        has_changed
    }

    fn link(&mut self, link: &Link, now: &Link) -> bool {
        let verdict = self.verdict(link, now);
        let (is_rebased, is_respelled) = (self.must_be_rebased(link), self.is_in_former_case(link));
        let has_slots = self.draft.slots(self.page).is_some_and(|slots| !slots.is_empty());
        if verdict == Verdict::Leads && !is_rebased && !is_respelled && !has_slots {
            return false;
        }
        let Some(written) = self.locate(link) else {
            if verdict != Verdict::Leads {
                let message =
                    format!("`{}` is written in a way that cannot be rewritten", link.dest);
                self.draft.leave(&link.place, message);
            }
            return false;
        };
        let key = written.range.start;
        let is_known = self.slot(key).is_some();
        if is_rebased {
            return !is_known && self.rebase(link, written);
        }
        if !is_known && (verdict != Verdict::Leads || is_respelled) {
            let spellings = self.speller().spellings(link, &written);
            self.insert(key, Slot::new(written, spellings, link));
        }
        let is_still_in_case =
            is_respelled && self.slot(key).is_some_and(|slot| !slot.is_rewritten());
        let verdict =
            if is_still_in_case { verdict.max(Verdict::LeadsWithFinding) } else { verdict };
        let worst = self.verdicts.entry(key).or_insert(verdict);
        *worst = verdict.max(*worst);
        false
    }

    fn verdict(&self, link: &Link, now: &Link) -> Verdict {
        let meant = Lead::of(&self.draft.before.site, &link.target).after(self.draft.moved);
        let site = &self.after.site;
        let is_met = link.form == now.form && meant.is_met_by(&Lead::of(site, &now.target), site);
        let has_news = !self.after_found.at(now).is_subset(&self.before_found.at(link));
        match (is_met, has_news && meant != Lead::Missing) {
            (false, _) => Verdict::Astray,
            (true, true) => Verdict::LeadsWithFinding,
            (true, false) => Verdict::Leads,
        }
    }

    fn locate(&mut self, link: &Link) -> Option<Written> {
        let text = &self.page.document.text;
        locate::locate(text, link, self.definitions())
    }

    fn definitions(&mut self) -> &[Definition] {
        let document = &self.page.document;
        self.definitions
            .get_or_insert_with(|| locate::definitions(&document.text, document.body_start))
    }

    fn speller(&self) -> Speller<'_> {
        let Draft { before, moved, .. } = *self.draft;
        Speller { before, after: self.after, moved, page: self.page }
    }

    fn slot(&self, key: usize) -> Option<&Slot> {
        self.draft.slots(self.page)?.get(&key)
    }

    fn insert(&mut self, key: usize, slot: Slot) -> bool {
        self.draft.slots_mut(self.page).is_some_and(|slots| slots.insert(key, slot).is_none())
    }

    /// Tells whether a link that leads nowhere is a path that would mean another place from where its page comes to lie.
    fn must_be_rebased(&self, link: &Link) -> bool {
        let is_path = !matches!(link.form, Form::Wiki | Form::WikiEmbed)
            && !link.dest.starts_with(['/', '#', '?'])
            && !link.dest.contains(':')
            && link.dest.contains(['/', '.']);
        is_path
            && link.target == Target::Missing
            && self.page.path.folder() != self.new_path.folder()
    }

    /// A broken path of a page that moves names the same missing file afterwards.
    fn rebase(&mut self, link: &Link, written: Written) -> bool {
        match self.speller().rebased(&written) {
            Some(spelling) => {
                let (place, dest) = (link.place.clone(), link.dest.to_string());
                self.insert(written.range.start, Slot::settled(written, spelling, place, dest))
            }
            None => false,
        }
    }

    /// Tells whether a path is written in a letter case that the file no longer has: it leads there, but not on git hosts.
    fn is_in_former_case(&self, link: &Link) -> bool {
        let Some(moved) = self.draft.moved.filter(|moved| moved.is_case_only()) else {
            return false;
        };
        let is_path = !matches!(link.form, Form::Wiki | Form::WikiEmbed);
        let lead = Lead::of(&self.draft.before.site, &link.target);
        let name = SourcePath::new(&moved.to);
        let dest = spelling::decode(&link.dest);
        is_path
            && lead != lead.after(Some(moved))
            && !dest.contains(name.stem())
            && path_key(&dest).contains(&path_key(name.stem()))
    }

    /// Gives the destinations that do not lead where they should their next spelling.
    fn advance(&mut self) -> bool {
        if self.verdicts.values().all(|verdict| *verdict == Verdict::Leads) {
            return false;
        }
        let mut has_changed = false;
        let mut failed = Vec::new();
        for (key, slot) in self.draft.slots_mut(self.page).into_iter().flatten() {
            let Some(verdict) = self.verdicts.get(key) else { continue };
            has_changed |= slot.judge(*verdict);
            if slot.has_failed() && *verdict == Verdict::Astray {
                failed.push((slot.place.clone(), slot.dest.clone()));
            }
        }
        for (place, dest) in failed {
            self.draft.leave(&place, format!("`{dest}` leads elsewhere or nowhere afterwards"));
        }
        has_changed
    }

    /// A spelling has broken the page's links: every one that is being tried gives way.
    fn reject_all(&mut self) -> bool {
        if self.draft.slots(self.page).is_none() {
            return false;
        }
        let mut has_changed = false;
        for slot in self.draft.slots_mut(self.page).into_iter().flatten().map(|(_, slot)| slot) {
            has_changed |= slot.is_rewritten() && slot.judge(Verdict::Astray);
        }
        has_changed
    }
}
