//! What names pages outside links: values of front matter, and mentions of people.

use crate::base::SourcePath;
use crate::pipeline::Reading;
use crate::theme::Role;

use super::draft::Draft;
use super::lead::page_at;
use super::moved::Move;
use super::text::Edit;
use super::{field, front, mention};

/// Lets the values of front matter follow that name pages and files.
pub(super) fn follow_fields(
    draft: &mut Draft<'_>,
    before: &Reading,
    after: &Reading,
    moved: Option<&Move>,
) -> bool {
    let new_path = |path: &SourcePath| match moved {
        Some(moved) => SourcePath::new(&moved.new_path(path.as_str())),
        None => path.clone(),
    };
    let mut has_changed = false;
    for page in before.site.pages.rows() {
        let Some(now) = page_at(&after.site, &new_path(&page.path)) else { continue };
        for reference in field::references(&before.site, &before.theme.kinds, page) {
            let goal = new_path(reference.named.path());
            let holds =
                |value: &str| field::still_names(&after.site, now, value, &reference.named, &goal);
            if holds(&reference.value) {
                continue;
            }
            let (old, new) =
                (page_at(&before.site, reference.named.path()), page_at(&after.site, &goal));
            let values =
                field::candidates(&reference.value, &reference.named, now, old, &goal, new);
            match values.into_iter().find(|value| holds(value)) {
                Some(value) => {
                    let former = &page.document.text[reference.range.clone()];
                    let text = front::scalar(&value, former);
                    draft.fix(page, Edit { range: reference.range, text });
                    has_changed = true;
                }
                None => {
                    let place = page.document.place(reference.range);
                    let message =
                        format!("`{}` names something else or nothing afterwards", reference.value);
                    draft.leave(&place, message);
                }
            }
        }
    }
    has_changed
}

/// Lets `@names` follow the file names of profiles.
pub(super) fn follow_mentions(
    draft: &mut Draft<'_>,
    before: &Reading,
    moved: Option<&Move>,
) -> bool {
    let Some(moved) = moved else { return false };
    let handle = |path: &str| {
        let path = SourcePath::new(path);
        let is_index = path.stem().eq_ignore_ascii_case("index");
        let name = if is_index { path.folder() } else { path.stem() };
        name.rsplit('/').next().unwrap_or(name).to_owned()
    };
    let kinds = &before.theme.kinds;
    let people =
        before.site.pages.rows().iter().filter(|page| kinds.role(&page.kind) == Role::Person);
    let renamed = people
        .map(|page| (handle(page.path.as_str()), handle(&moved.new_path(page.path.as_str()))));
    let renamed: Vec<(String, String)> =
        renamed.filter(|(old, new)| old != new && is_handle(new)).collect();
    let mut has_changed = false;
    for page in before.site.pages.rows() {
        let names = &page.document.outline.mentions;
        for (old, new) in &renamed {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(old)) {
                continue;
            }
            for range in mention::places(&page.document.text, page.document.body_start, old) {
                draft.fix(page, Edit { range, text: new.clone() });
                has_changed = true;
            }
        }
    }
    has_changed
}

fn is_handle(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}
