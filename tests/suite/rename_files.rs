//! `polder mv` and the files: what stays as it was, what is refused, what is only shown.

use polder::base::Error;
use polder::rename::{self, Aliases};

use crate::rename::{files, moved, plan, refusal, site, text};
use crate::support::TestSite;

#[test]
fn baseline_goes_on_to_know_what_moves() {
    let site = site().page("ops/a.md", "[[Nobody]]\n");
    let site = site.file(".polder-baseline", "# Known.\nwanted-page\tops/a.md\tNobody\n");
    let plan = plan(&site, "ops/a.md", "a.md", Aliases::None).unwrap();
    assert!(plan.left.is_empty() && plan.findings.is_empty(), "{plan:?}");
    assert!(rename::difference(&plan).contains("+wanted-page\ta.md\tNobody"));
    rename::apply(&plan).unwrap();
    assert_eq!(text(&site, ".polder-baseline"), "# Known.\nwanted-page\ta.md\tNobody\n");
    assert!(site.build().build.gone.is_empty());
}

#[test]
fn baseline_goes_on_to_know_a_broken_link_that_is_written_anew() {
    let site = site().page("ops/a.md", "[x](gone.md) [y](lost.md)\n");
    site.polder(&["check", "--update-baseline"]).ended(0);
    moved(&site, "ops/a.md", "a.md");
    assert!(text(&site, ".polder-baseline").contains("broken-link\ta.md\tops/gone.md\n"));
    let build = site.build().build;
    assert!(build.gone.is_empty() && build.diagnostics.iter().all(|found| found.is_known));
}

#[test]
fn nothing_else_changes_by_a_byte() {
    let site = TestSite::new()
        .file(
            "a.md",
            b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nOne\tline  \r\n[b](b.md)\n\r\nlast".as_slice(),
        )
        .file(
            "c.md",
            "\u{feff}[b](b.md)\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        )
        .file("d.md", b"caf\xe9 [b](b.md)\n".as_slice())
        .page("b.md", "# B\n");
    let plan = plan(&site, "b.md", "e.md", Aliases::None).unwrap();
    let left: Vec<String> =
        plan.left.iter().map(|left| format!("{}: {}", left.place.path, left.message)).collect();
    assert_eq!(left, ["d.md: this file is not UTF-8 text and is not rewritten"]);
    rename::apply(&plan).unwrap();
    let files = files(site.path());
    assert_eq!(
        files["a.md"],
        b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nOne\tline  \r\n[b](e.md)\n\r\nlast"
    );
    assert_eq!(
        files["c.md"],
        "\u{feff}[b](e.md)\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    );
    assert_eq!(files["d.md"], b"caf\xe9 [b](b.md)\n");
}

#[test]
fn what_cannot_be_is_refused_in_words_that_help() {
    let site = site();
    let refused = |old, new| refusal(&site, old, new);
    assert_eq!(
        refused("ops/bakcup.md", "x.md"),
        "there is no page, file or folder `ops/bakcup.md` (did you mean `ops/backup.md`?)"
    );
    assert!(refused("../x.md", "y.md").contains("lies outside the source"));
    assert!(refused("ops/backup.md", "../y.md").contains("lies outside the source"));
    assert_eq!(
        refused("ops/backup.md", "ops/list.md"),
        "there is a `ops/list.md` already (choose another name, or remove what is there first)"
    );
    assert!(
        refused("ops/backup.md", "ops/LIST.md").starts_with("there is a `ops/LIST.md` already")
    );
    assert!(refused("ops/backup.md", "ops/backup.md").contains("has this name already"));
    assert_eq!(
        refused("handbook", "handbook/Money/x"),
        "`handbook/Money/x` lies in `handbook` itself (choose a place outside the folder)"
    );
    assert!(refused("ops/backup.md", "ops/backup.txt").contains("not of one sort"));
    assert!(refused("ops/backup.md", ".hidden/backup.md").contains("would not be published"));
    assert!(refused("ops/backup.md", "img/plan.png/a.md").contains("is a file"));
    assert_eq!(
        refused("ops/backup.md#Evry day", "x"),
        "there is no heading `Evry day` in `ops/backup.md` (did you mean `Every day`?)"
    );
    assert!(refused("img/plan.png#x", "y").contains("is no page"));
    assert!(refused("ops/backup.md#every-day", " ").contains("not one line"));
    let site = TestSite::new().page("a.md", "# A\n\n## X\n\n## X\n").page("a/b.md", "# B\n");
    assert_eq!(
        refusal(&site, "a", "c"),
        "`a` can mean 2 things (write which one you mean: `a/` or `a.md`)"
    );
    assert_eq!(
        refusal(&site, "a.md#X", "c"),
        "`a.md` has 2 headings `X` (write which one you mean: `#x` or `#x-1`)"
    );
}

#[test]
fn page_is_not_moved_out_of_the_site() {
    let site = site().config("exclude: [drafts]\n");
    assert_eq!(
        refusal(&site, "ops/backup.md", "drafts/"),
        "`ops/backup.md` would be no page at `drafts/backup.md` (choose a place that `exclude` in polder.yml leaves in the site)"
    );
}

#[test]
fn address_that_becomes_a_list_is_no_alias() {
    let site = site().page("people/README.md", "# Who we are\n");
    let plan = plan(&site, "people/README.md", "about.md", Aliases::Keep).unwrap();
    assert_eq!((&plan.left[..], &plan.findings[..], plan.files.len()), (&[][..], &[][..], 0));
}

#[test]
fn failed_write_leaves_everything_as_it_was() {
    let site = site().page("ops/a.md", "[x](backup.md)\n");
    let plan = plan(&site, "ops/backup.md", "new/place/b.md", Aliases::Keep).unwrap();
    site.write("new/place", "in the way");
    let before = files(site.path());
    assert!(rename::apply(&plan).is_err());
    assert_eq!(files(site.path()), before);
    site.write("ops/a.md", "something else\n");
    let before = files(site.path());
    let Err(Error::Refused { message, .. }) = rename::apply(&plan) else {
        panic!("it has changed")
    };
    assert!(message.contains("has changed in the meantime"), "{message}");
    assert_eq!(files(site.path()), before);
}

#[test]
fn dry_run_shows_a_unified_diff_and_writes_nothing() {
    let site = site().page("ops/a.md", "One\n[x](backup.md)\n");
    let before = files(site.path());
    let ran = site.polder(&["mv", "--dry-run", "ops/backup.md", "ops/safe.md"]).ended(0);
    assert_eq!(
        ran.out,
        "diff --git a/ops/a.md b/ops/a.md\n--- a/ops/a.md\n+++ b/ops/a.md\n@@ -1,2 +1,2 @@\n One\n-[x](backup.md)\n+[x](safe.md)\n\
         diff --git a/ops/backup.md b/ops/safe.md\nrename from ops/backup.md\nrename to ops/safe.md\n--- a/ops/backup.md\n+++ b/ops/safe.md\n\
         @@ -1,3 +1,7 @@\n+---\n+aliases: [/ops/backup/]\n+---\n+\n # Backup\n \n ## Every day\n"
    );
    assert_eq!(
        ran.err,
        "would move `ops/backup.md` to `ops/safe.md` and rewrite 1 link; 2 files would change\n"
    );
    assert_eq!(files(site.path()), before);
    let ran = site.polder(&["mv", "ops/backup.md", "ops/safe.md", "--no-alias"]).ended(0);
    assert_eq!(
        ran.err,
        "moved `ops/backup.md` to `ops/safe.md`, rewrote 1 link; 1 file changed; commit it when you are content\n"
    );
    assert_eq!((ran.out.as_str(), text(&site, "ops/a.md").as_str()), ("", "One\n[x](safe.md)\n"));
    site.polder(&["mv", "ops/nope.md", "ops/b.md"]).ended(2);
}
