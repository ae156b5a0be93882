//! Pages, parts of pages and films in other pages: `![[page#heading]]`.

use crate::links::targets;
use crate::support::TestSite;

#[test]
fn embedded_parts_of_pages_are_shown() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n![[b#Tea]]\n")
        .page("b.md", "# B\n\nIntro.\n\n## Tea\n\nWith milk.\n\n## Coffee\n\nBlack.\n")
        .build();
    let words = built.words("a/");
    assert!(words.contains("With milk.") && !words.contains("Black."), "{words}");
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn pages_that_embed_each_other_come_to_an_end_and_are_named() {
    let built =
        TestSite::new().page("a.md", "# A\n\n![[b]]\n").page("b.md", "# B\n\n![[a]]\n").build();
    assert_eq!(
        built.findings(),
        [
            "embed-cycle a.md:3:1: this would show a page inside itself: `b.md` → `a.md` → `b.md` (link to the page \
             instead: leave out the `!`)",
            "embed-cycle b.md:3:1: this would show a page inside itself: `a.md` → `b.md` → `a.md` (link to the page \
             instead: leave out the `!`)",
        ]
    );
    assert!(
        built.words("a/").contains("A : not shown here")
            || built.words("a/").contains("A: not shown here")
    );
}

#[test]
fn page_may_show_its_own_section_elsewhere() {
    let built = TestSite::new().page("a.md", "# A\n\n![[#Tea]]\n\n## Tea\n\nMilk.\n").build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.body("a/").matches("Milk.").count(), 2);
}

#[test]
fn embedded_headings_move_below_their_place_and_join_the_contents() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n## First\n\n![[b]]\n\n![[c#Deep]]\n\n## Last\n")
        .page("b.md", "# B\n\n## Tea\n\n### Green\n\n## Last\n")
        .page("c.md", "# C\n\n#### Deep\n\nText.\n")
        .build();
    let body = built.body("a/");
    for heading in ["<h3 id=\"tea\">", "<h4 id=\"green\">", "<h3>Last</h3>", "<h3 id=\"deep\">"] {
        assert!(body.contains(heading), "{heading} in {body}");
    }
    let main = built.main("a/");
    let contents = main.split("<nav class=\"toc\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let at = |id: &str| contents.find(id).unwrap_or_else(|| panic!("{id} in {contents}"));
    assert!(at("#first") < at("#tea") && at("#tea") < at("#deep") && at("#deep") < at("#last"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn links_in_embedded_text_count_from_where_it_was_written() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n![[b]]\n")
        .page("deep/b.md", "# B\n\n[x](c.md) ![y](p.png) a[^1]\n\n[^1]: note\n")
        .page("deep/c.md", "# C\n")
        .file("deep/p.png", "x")
        .build();
    let body = built.body("a/");
    assert!(body.contains("href=\"../deep/c/index.html\""), "{body}");
    assert!(body.contains("src=\"../deep/p.png\""), "{body}");
    assert!(!body.contains("id=\"fn-1\"") && body.contains("fn-1\""), "{body}");
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn embed_of_a_missing_section_shows_a_line_and_not_the_page() {
    let built = TestSite::new().page("a.md", "# A\n\n![[b#Nope]]\n").page("b.md", "# B\n\nLong.\n");
    let built = built.build();
    assert_eq!(built.codes(), ["missing-heading a.md:3:1"]);
    let words = built.words("a/");
    assert!(
        words.contains("the part that is meant is not there") && !words.contains("Long."),
        "{words}"
    );
}

#[test]
fn blocks_are_linked_to_and_shown_alone() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n![[b#^tea]]\n\n[[b#^tea]] [[b#^nope]]\n")
        .page("b.md", "# B\n\nBefore.\n\nTea with milk. ^tea\n\nAfter.\n")
        .build();
    assert_eq!(built.findings(), ["missing-heading a.md:5:12: no block `#^nope` in `b.md`"]);
    let body = built.body("a/");
    assert!(body.contains("Tea with milk.") && !body.contains("Before"), "{body}");
    assert_eq!(targets(&built, "a")[1], "page /b/#^tea");
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn embeds_end_at_a_depth_and_at_an_amount() {
    let mut site = TestSite::new();
    for n in 0..11 {
        site = site.page(&format!("p{n}.md"), &format!("# P{n}\n\nHere {n}.\n\n![[p{}]]\n", n + 1));
    }
    let built = site.page("p11.md", "# P11\n").build();
    assert!(built.codes().contains(&"embed-limit p8.md:5:1".to_owned()), "{:?}", built.codes());
    let words = built.words("p0/");
    assert!(words.contains("Here 8.") && !words.contains("Here 9."), "{words}");
    let many = "![[big]]\n\n".repeat(600);
    let built = TestSite::new().page("a.md", &many).page("big.md", "# Big\n").build();
    assert_eq!(built.codes().len(), 100);
}

#[test]
fn embeds_end_where_long_pages_would_be_read_too_often() {
    let long = format!("# Long\n\n## Part\n\nHere.\n\n## Rest\n\n{}\n", "a".repeat(2_000_000));
    let parts = "![[long#Part]]\n\n".repeat(6);
    let built = TestSite::new().page("a.md", &parts).page("long.md", &long).build();
    assert_eq!(built.codes(), ["embed-limit a.md:9:1", "embed-limit a.md:11:1"]);
    assert_eq!(built.words("a/").matches("Here.").count(), 4);
}

#[test]
fn sounds_films_and_documents_are_played_or_linked() {
    let built = TestSite::new()
        .page("a.md", "![[talk.mp3]]\n\n![The tour](tour.mp4)\n\n![[plan.pdf]]\n\n<b>raw</b>\n")
        .page("b.md", "![[p.png|300x200]] ![[p.png|The plan|120]] ![Plan|80](p.png)\n")
        .file("talk.mp3", "x")
        .file("tour.mp4", "x")
        .file("plan.pdf", "x")
        .file("p.png", "x")
        .build();
    let body = built.body("a/");
    for expect in [
        "<audio controls preload=\"none\" src=\"../talk.mp3\"",
        "<video controls preload=\"metadata\" src=\"../tour.mp4\" aria-label=\"The tour\"",
        "<a class=\"file\" href=\"../plan.pdf\">",
    ] {
        assert!(body.contains(expect), "{expect} in {body}");
    }
    let body = built.body("b/");
    for expect in [
        "alt=\"p.png\" width=\"300\" height=\"200\"",
        "alt=\"The plan\" width=\"120\"",
        "alt=\"Plan\" width=\"80\"",
    ] {
        assert!(body.contains(expect), "{expect} in {body}");
    }
    assert!(built.has("talk.mp3") && built.has("tour.mp4") && built.has("plan.pdf"));
}
