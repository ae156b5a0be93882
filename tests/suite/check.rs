//! `polder check`: the same build, nothing written, findings in three formats.

use serde_json::Value;

use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .page("b.md", "# B\n\n[y](nope.md), 100%: [[Nobody wrote this]]\n")
        .page("a.md", "# A\n\n[x](c.md)\n")
        .page("c.md", "# C\n")
        .page("empty.md", "")
}

#[test]
fn nothing_is_written() {
    let site = site();
    site.polder(&["check", "--no-cache"]).ended(0);
    assert!(!site.at("public").exists() && !site.at(".polder").exists());
}

#[test]
fn people_read_the_line_a_mark_and_the_remedy() {
    let site = TestSite::new()
        .page("a.md", "# A\n\nSee [x](bakcup.md).\n")
        .page("backup.md", "# Backup\n");
    let ran = site.polder(&["check"]).ended(0);
    snapbox::assert_data_eq!(
        ran.out,
        snapbox::str![[r#"
warning[broken-link]: `bakcup.md` leads to no page or file
 --> a.md:3:5
  |
3 | See [x](bakcup.md).
  |     ^^^^^^^^^^^^^^
  |
  = help: did you mean `backup.md`?

"#]]
    );
    assert_eq!(ran.err, "2 pages: 1 warning\n");
}

#[test]
fn json_is_one_sorted_object_a_line() {
    let ran = site().polder(&["check", "--format", "json"]).ended(0);
    let found: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let places: Vec<_> = found
        .iter()
        .map(|found| {
            format!("{} {}:{}:{}", found["code"], found["path"], found["line"], found["column"])
        })
        .collect();
    assert_eq!(
        places,
        [
            "\"broken-link\" \"b.md\":3:1",
            "\"wanted-page\" \"b.md\":3:21",
            "\"empty-page\" \"empty.md\":1:1",
        ]
    );
    assert_eq!(found[0]["severity"], "warning");
    assert_eq!(found[2]["severity"], "note");
    assert_eq!(found[1]["help"], "write this page, or mend the link");
    assert_eq!(found[1]["length"], 21);
    assert_eq!(ran.err, "", "other programs read this");
}

#[test]
fn github_format_is_workflow_commands() {
    let ran = site().polder(&["check", "--format", "github"]).ended(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines[0],
        "::warning title=broken-link,file=b.md,line=3,col=1::`nope.md` leads to no page or file"
    );
    assert_eq!(
        lines[1],
        "::warning title=wanted-page,file=b.md,line=3,col=21::no page is called `Nobody wrote this` \
         yet%0Awrite this page, or mend the link"
    );
    assert!(lines[2].starts_with("::notice title=empty-page,file=empty.md"), "{}", lines[2]);
}

#[test]
fn github_format_escapes_what_would_end_a_command() {
    let site = TestSite::new().page("a,b: 100%.md", "[x](50%25.md)\n");
    let ran = site.polder(&["check", "--format", "github"]).ended(0);
    assert!(
        ran.out.starts_with("::warning title=broken-link,file=a%2Cb%3A 100%25.md,line=1"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("::`50%25.md` leads"), "{}", ran.out);
}

#[test]
fn warnings_can_be_denied() {
    site().polder(&["check", "--deny", "warnings"]).ended(1);
    let site = TestSite::new().page("empty.md", "");
    let ran = site.polder(&["check", "--deny", "warnings"]).ended(0);
    assert!(ran.out.contains("note[empty-page]"), "a note is no warning: {}", ran.out);
}

#[test]
fn levels_come_from_the_configuration() {
    let site =
        site().config("levels: {broken-link: error, wanted-page: off, empty-page: warning}\n");
    let ran = site.polder(&["check", "--format", "json"]).ended(1);
    let severities: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["severity"].clone())
        .collect();
    assert_eq!(severities, ["error", "warning"]);
}

#[test]
fn what_a_page_has_very_often_is_told_a_hundred_times_and_counted() {
    let links: String = (0..105).map(|n| format!("[a](b{n}.md)\n")).collect();
    let site = TestSite::new().page("a.md", &format!("# A\n\n{links}[[New]]\n"));
    let ran = site.polder(&["check"]).ended(0);
    assert_eq!(ran.out.matches("leads to no page").count(), 100, "{}", ran.out);
    assert!(ran.out.contains("warning[broken-link]: … and 5 more of this sort in `a.md`"));
    assert!(ran.out.contains("no page is called `New` yet"), "another sort: {}", ran.out);
    assert!(ran.err.contains("1 page: 106 warnings"), "all are counted: {}", ran.err);

    let all = site.polder(&["check", "--all"]).ended(0).out;
    assert_eq!((all.matches("leads to no page").count(), all.matches("more of").count()), (105, 0));
    let json = site.polder(&["check", "--format", "json"]).ended(0).out;
    assert_eq!(json.lines().count(), 106, "{json}");
}

#[test]
fn quiet_tells_errors_alone() {
    let ran = site().polder(&["check", "--quiet"]).ended(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    let site = site().config("levels: {broken-link: error}\n");
    let ran = site.polder(&["check", "--quiet"]).ended(1);
    assert!(ran.out.contains("broken-link") && !ran.out.contains("wanted-page"), "{}", ran.out);
}

#[test]
fn healthy_site_has_nothing_to_mend() {
    let ran = TestSite::new().page("a.md", "# A\n\nText.\n").polder(&["check"]).ended(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "1 page: nothing to mend\n"));
}

#[test]
fn control_characters_of_a_page_never_reach_the_terminal() {
    let site = TestSite::new().page("a.md", "# A\n\n\u{1b}[31m[x](no\u{7}pe.md)\n");
    let ran = site.polder(&["check"]).ended(0);
    assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{7}'), "{:?}", ran.out);
}

#[test]
fn page_of_a_closed_audience_is_told() {
    let site = TestSite::new().page("a.md", "---\naudience: board\n---\n# A\n\nText.\n");
    assert_eq!(site.build().codes(), ["audience a.md:2:11"]);
}

#[test]
fn overdue_page_is_told() {
    let built = TestSite::new()
        .page("a.md", "---\nreview: {every: 6 months, last: 2025-01-10}\n---\n# A\n\nText.\n")
        .commit("Ann", "2026-01-02", "Write it")
        .build();
    let findings = built.findings();
    assert_eq!(
        findings,
        [
            "overdue-page a.md:1:1: `A` was to be checked by 2025-07-10 (check it, then move `last` of `review`)"
        ]
    );
}

#[test]
fn check_and_build_find_the_same() {
    let site = site();
    let check = site.polder(&["check", "--format", "json"]).ended(0);
    let build = site.polder(&["build", "--format", "json"]).ended(0);
    assert_eq!(check.out, build.out);
}

#[test]
fn codes_are_explained_and_listed() {
    let site = TestSite::new();
    let ran = site.polder(&["explain", "front-matter-duplicate"]).ended(0);
    snapbox::assert_data_eq!(
        ran.out,
        snapbox::str![[r#"
front-matter-duplicate (warning)

A key stands in the front matter twice; the first one counts.

Why:  Somebody wrote the second one in the belief that it has an effect.
Mend: Delete the one that is not meant.

Example:

    ---
    tags: [money]
    tags: [travel]
    ---

To hear of it louder or not at all: `levels: {front-matter-duplicate: error}` or `off` in polder.yml.

"#]]
    );
    let ran = site.polder(&["explain", "brokenlink"]).ended(2);
    assert!(ran.err.contains("did you mean `broken-link`?"), "{}", ran.err);
    let listed = site.polder(&["explain"]).ended(0).out;
    assert_eq!(listed.lines().count(), polder::base::code::all().count());
}

#[test]
fn baseline_hides_what_is_known_and_tells_what_is_new_and_what_is_gone() {
    let site = site().config("levels: {broken-link: error}\n");
    site.polder(&["check"]).ended(1);
    let ran = site.polder(&["check", "--update-baseline"]).ended(0);
    assert_eq!(ran.out, "");
    let baseline = std::fs::read_to_string(site.at(".polder-baseline")).unwrap();
    let lines: Vec<&str> = baseline.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "broken-link\tb.md\tnope.md",
            "empty-page\tempty.md\tEmpty",
            "wanted-page\tb.md\tNobody wrote this"
        ]
    );

    let ran = site.polder(&["check", "--deny", "warnings"]).ended(0);
    assert_eq!(ran.out, "");
    assert_eq!(ran.err, "4 pages: nothing to mend\n3 findings in .polder-baseline not shown\n");

    site.write("b.md", "# B\n\nMoved down.\n\n[y](nope.md) and [z](neither.md)\n");
    let ran = site.polder(&["check"]).ended(1);
    assert!(ran.out.contains("`neither.md`") && !ran.out.contains("`nope.md`"), "{}", ran.out);
    assert!(
        ran.err.contains("no longer there") && ran.err.contains("wanted-page  b.md  Nobody"),
        "{}",
        ran.err
    );
    let ran = site.polder(&["check", "--format", "json"]).ended(1);
    let known: Vec<bool> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["known"].as_bool().unwrap())
        .collect();
    assert_eq!(known, [true, false, true]);
    let ran = site.polder(&["build", "--format", "github"]).ended(1);
    assert!(ran.out.contains("title=broken-link (known),file=b.md,line=5"), "{}", ran.out);
}

#[test]
fn baseline_of_a_healthy_site_is_no_file() {
    let site = TestSite::new().page("a.md", "# A\n\nText.\n");
    site.write(".polder-baseline", "broken-link\ta.md\tb.md\n");
    site.polder(&["check", "--update-baseline"]).ended(0);
    assert!(!site.at(".polder-baseline").exists());
}
