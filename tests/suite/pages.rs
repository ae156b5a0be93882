//! From a Markdown file to a page: address, title, front matter, text.

use snapbox::{assert_data_eq, str};

use crate::support::{Built, TestSite};

fn page(text: impl AsRef<[u8]>) -> Built {
    TestSite::new().file("some-notes.md", text).build()
}

fn title(text: &str) -> String {
    page(text).title("some-notes/")
}

#[test]
fn title_is_that_of_the_front_matter_then_the_first_h1_then_the_file_name() {
    assert_eq!(title("---\ntitle: Given\n---\n# In the text\n"), "Given");
    assert_eq!(title("Before.\n\n# In *the* text\n\n# Another\n"), "In the text");
    assert_eq!(title("## Only a part\n"), "Some notes");
    assert_eq!(title("---\ntitle: 0.90\n---\n"), "0.90");
    assert_eq!(title("# Fish & <b>chips</b>\n"), "Fish & chips");
    assert_eq!(title("# Dikes ![build: passing](https://ci.example/b.svg)\n"), "Dikes");
    assert_eq!(title("# ![Dikes](https://ci.example/b.svg)\n"), "Dikes");
}

#[test]
fn title_stands_on_the_page_once() {
    for text in ["# One\n\nText.\n", "---\ntitle: One\n---\n# One\n\nText.\n"] {
        assert_eq!(page(text).main("some-notes/").matches("<h1").count(), 1, "{text}");
    }
}

#[test]
fn index_pages_stand_at_their_folder() {
    let site = TestSite::new()
        .page("index.md", "# Home")
        .page("a/README.md", "# Folder A")
        .page("b/index.md", "# Folder B")
        .page("c/d.md", "# D");
    let built = site.build();
    assert_eq!(built.title("a/"), "Folder A");
    assert_eq!(built.title("b/"), "Folder B");
    assert_eq!(built.title("c/"), "C", "a folder without a page of its own is a list");
    assert!(built.main("c/").contains("d/index.html"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn index_beside_readme_gets_the_folder_and_both_are_published() {
    let built =
        TestSite::new().page("a/index.md", "# Index").page("a/README.md", "# Read me").build();
    assert_eq!(built.title("a/"), "Index");
    assert_eq!(built.title("a/README/"), "Read me");
    assert_eq!(
        built.findings(),
        [
            "address-taken a/README.md:1:1: `a/index.md` has the address /a already; this page is at \
          /a/README/ (rename one of the two files)"
        ]
    );
}

#[test]
fn page_beside_a_folder_of_its_name_keeps_its_address() {
    let built = TestSite::new().page("git.md", "# Git").page("git/hooks.md", "# Hooks").build();
    assert_eq!((built.title("git/"), built.title("git/hooks/")), ("Git".into(), "Hooks".into()));
    assert_eq!(built.codes(), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_in_letter_case_alone_never_fight_for_an_address() {
    let built = TestSite::new().page("Git.md", "# Upper").page("git.md", "# Lower").build();
    assert_eq!(built.title("Git/"), "Upper");
    assert_eq!(built.title("git-2/"), "Lower");
    assert_eq!(built.codes(), ["address-taken git.md:1:1"]);
}

#[test]
fn page_at_an_address_that_polder_fills_becomes_its_introduction() {
    let built = TestSite::new().page("people/index.md", "# Our people\n\nWelcome, all.\n").build();
    assert_eq!(built.title("people/"), "People");
    assert!(built.words("people/").contains("Welcome, all."));
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn front_page_leads_into_the_folder_that_holds_nearly_all() {
    let built = TestSite::new()
        .page("LICENSE.md", "# Licence\n")
        .page("docs/pay/index.md", "# Pay\n")
        .page("docs/pay/leave.md", "# Leave\n")
        .page("docs/tools/chat.md", "# Chat\n")
        .page("docs/tools/mail.md", "# Mail\n")
        .page("docs/about.md", "# About\n")
        .build();
    assert!(
        built
            .words("")
            .contains("Pay 2 pages Tools Chat, Mail 2 pages About About this site: Licence"),
        "{}",
        built.words("")
    );
}

#[test]
fn keys_of_the_front_matter_that_polder_does_not_know_are_kept() {
    let built = page(
        "---\ntitle: T\nrecipe: {serves: 4, with: [salt, oil]}\ndate: 2026-03-01\n---\nText.\n",
    );
    let page = built.record("page", "some-notes");
    assert_eq!(page["extra"]["recipe"]["serves"], "4");
    assert_eq!(page["extra"]["recipe"]["with"][1], "oil");
    assert_eq!(page["extra"]["date"], "2026-03-01");
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn front_matter_is_never_text_of_the_page() {
    for text in [
        "---\ntitle: T\nkeyword: zebra\n---\nBody.\n",
        "+++\ntitle = \"T\"\nkeyword = \"zebra\"\n+++\nBody.\n",
    ] {
        let built = page(text);
        assert_eq!(built.title("some-notes/"), "T");
        let main = built.main("some-notes/");
        assert!(!main.contains("keyword:") && !main.contains("keyword ="), "{text}");
        assert_eq!(built.body("some-notes/"), "<p>Body.</p>");
    }
}

#[test]
fn page_with_broken_yaml_is_published_and_reported() {
    let built = page("---\ntitle: A page: with a colon\ntags: [a, b]\n---\nBody.\n");
    assert_eq!(built.title("some-notes/"), "A page: with a colon");
    assert_eq!(built.body("some-notes/"), "<p>Body.</p>");
    let findings = built.findings();
    assert_eq!(findings.len(), 1);
    assert!(findings[0].starts_with("front-matter-syntax some-notes.md:2:"), "{findings:?}");
    assert!(findings[0].contains("(put values that hold `: `"), "{findings:?}");
}

#[test]
fn values_of_the_wrong_sort_are_reported_where_they_stand() {
    let built = page("---\ntitle: T\nlang: {a: b}\nkind: unheard\n---\nBody.\n");
    assert_eq!(
        built.findings(),
        [
            "front-matter-value some-notes.md:3:7: `lang` is a mapping; expected a single value",
            "unknown-kind some-notes.md:4:7: unknown kind `unheard`; shown as a plain page (known kinds: \
             answer, bookmark, challenge, comment, decision, domain, group, idea, lesson, log, news, page, \
             path, person, practice, question, term)",
        ]
    );
}

#[test]
fn page_in_another_encoding_is_published_and_reported() {
    let built = page(b"# caf\xe9\n\nText.\n");
    assert_eq!(built.title("some-notes/"), "caf\u{fffd}");
    assert_eq!(built.codes(), ["invalid-utf8 some-notes.md:1:6"]);
    assert_eq!(page(b"\xff\xfe#\0 \0H\0i\0").title("some-notes/"), "Hi");
}

#[test]
fn markdown_of_common_tools_is_understood() {
    let built = page(
        "# T\n\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n~~old~~ and a note[^1].\n\n[^1]: The note.\n\n> [!TIP]\n> Rest.\n",
    );
    let body = built.body("some-notes/");
    for part in
        ["type=\"checkbox\"", "<td class=\"align-right\">2</td>", "<del>old</del>", "alert-tip"]
    {
        assert!(body.contains(part), "{part} in {body}");
    }
    assert!(built.words("some-notes/").contains("The note."));
}

#[test]
fn code_is_coloured_with_classes_alone() {
    let built = page("# T\n\n```rust\nfn main() {}\n```\n");
    let body = built.body("some-notes/");
    assert!(body.contains("class=\"hl-"), "{body}");
    assert!(!body.contains("style="), "{body}");
}

#[test]
fn text_of_a_page_as_html() {
    let built = page("# T\n\nSome *words* with `code`.\n\n## A part\n\n1. first\n");
    assert_data_eq!(
        built.body("some-notes/"),
        str![[r##"
<span id="t"></span>
<p>Some <em>words</em> with <code>code</code>.</p>
<h2 id="a-part">A part<a class="anchor" href="#a-part" aria-label="Link to A part">#</a></h2>
<ol>
<li>first</li>
</ol>
"##]]
    );
}

#[test]
fn scripts_of_authors_never_run() {
    let built = page(
        "# T\n\n<script>alert(1)</script><img src=x onerror=alert(2)>\n\n[a](javascript:alert(3))\n\n<a href=\"java\tscript:alert(4)\">b</a>\n\n```\"><script>alert(5)</script>\ncode\n```\n",
    );
    let main = built.main("some-notes/");
    assert!(!main.contains("<script") && !main.contains("onerror"), "{main}");
    assert!(!main.to_lowercase().contains("href=\"java"), "{main}");
}

#[test]
fn hostile_title_is_text_everywhere() {
    let title = "<img src=x onerror=alert(1)>\"'&";
    let site = TestSite::new()
        .page("a.md", &format!("---\ntitle: |\n  {title}\n---\n"))
        .page("b.md", "See [[a]].")
        .commit(
            "<script>alert(1)</script> <x@n.example>",
            "2026-01-02",
            "<script>alert(2)</script>",
        );
    let built = site.build();
    for path in built.files().into_iter().filter(|path| path.ends_with(".html")) {
        let html = built.text_of(path);
        assert!(!html.contains("<img src=x") && !html.contains("<script>alert"), "{path}: {html}");
    }
}

#[test]
fn files_that_pages_use_are_published_and_others_are_not() {
    let site = TestSite::new()
        .page("a.md", "# A\n\n![plan](img/plan.svg) and [the form](forms/f.txt).")
        .file("img/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("forms/f.txt", "form")
        .file("salaries.csv", "x");
    let built = site.build();
    assert!(built.has("img/plan.svg") && built.has("forms/f.txt") && !built.has("salaries.csv"));
    assert_eq!(built.dead_addresses(), [""; 0]);
    let all = site.config("attachments: all\n").build();
    assert!(all.has("salaries.csv") && !all.has("polder.yml"));
}

#[test]
fn site_explains_abbreviations() {
    let site = || {
        TestSite::new()
            .page("includes/words.md", "# Words\n\n*[AI]: made up <b>minds\n*[pump]: moves water\n")
            .page(
                "glossary/kpi.md",
                "---\nkind: term\ntitle: Key figure\naliases: [KPI, figures]\n---\nA KPI counts.\n",
            )
            .page("a.md", "# AI\n\nAn AI, a pump, one KPI, figures.\n\n*[pump]: mine\n")
    };
    let built = site().build();
    let body = built.body("a/");
    let link = |href: &str, meaning: &str, name: &str| {
        format!("<a class=\"term\" href=\"{href}\"><abbr title=\"{meaning}\">{name}</abbr></a>")
    };
    let expect = format!(
        "An {}, a {}, one {}, figures.",
        link("../includes/words/index.html#abbr-1", "made up &lt;b&gt;minds", "AI"),
        link("#abbr-1", "mine", "pump"),
        link("../glossary/kpi/index.html", "Key figure", "KPI"),
    );
    assert!(body.contains(&expect), "{body}");
    assert!(built.body("glossary/kpi/").contains("<p>A KPI counts.</p>"));
    assert!(
        built.body("includes/words/").contains("<dt id=\"abbr-2\">pump</dt><dd>moves water</dd>")
    );
    assert_eq!(built.dead_addresses(), [""; 0]);
    assert_eq!(built.codes(), [""; 0]);
    let built = site().config("abbreviations: false\n").build();
    assert!(built.body("a/").contains("An AI, a pump, one KPI"));
}

#[test]
fn picture_in_the_title_stays_on_the_page() {
    let built =
        TestSite::new().page("a.md", "# Pumps ![b](b.gif) *c*\n\nd\n").file("b.gif", "x").build();
    assert!(
        built.body("a/").starts_with("<span id=\"pumps--c\"></span>\n<p><img src=\"../b.gif\""),
        "{}",
        built.body("a/")
    );
    assert!(!built.body("a/").contains("<em>c"));
}

#[test]
fn drawings_are_published_without_what_runs_in_them() {
    let svg = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
    let words =
        "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">Words</p></foreignObject>";
    let site = TestSite::new()
        .page(
            "a.md",
            "# A\n\n![plan](plan.svg) ![map](map.svg) ![words](words.svg) ![old](old.SVG)",
        )
        .file("plan.svg", svg("<g onload=\"alert(1)\"/><script>alert(2)</script>"))
        .file("map.svg", "<svg/>")
        .file("words.svg", svg(words))
        .file("old.SVG", "<svg onload=alert(1)>");
    let check = |site: &TestSite| {
        let built = site.build();
        assert_eq!(built.text_of("map.svg"), "<svg/>");
        assert_eq!(built.text_of("words.svg"), svg(words));
        assert_eq!(built.text_of("plan.svg"), svg("<g/>"));
        assert!(!built.has("old.SVG"));
        assert_eq!(built.codes(), ["unsafe-drawing old.SVG:1:1", "unsafe-drawing plan.svg:1:1"]);
    };
    check(&site);
    check(&site.config("images: as-is\n"));
}

#[test]
fn page_that_differs_from_a_list_in_letter_case_gets_another_address() {
    let built =
        TestSite::new().page("People/README.md", "# Folk").page("People/x.md", "# X").build();
    assert_eq!(built.title("/People-2/"), "Folk");
    assert!(built.has("people/index.html") && built.has("People/x/index.html"));
    assert_eq!(built.codes(), ["address-taken People/README.md:1:1"]);
}

const DUTCH: &str = "Sluit de klep voordat je het deksel opent, en zeg het tegen de anderen. ";
const ENGLISH: &str =
    "Close the valve before you open the cover, and tell the others that you do. ";

#[test]
fn language_that_nobody_named_is_that_of_the_text() {
    let built = TestSite::new()
        .page("index.md", &format!("# Pompen\n\n{}", DUTCH.repeat(6)))
        .page("kort.md", "# Kort\n\nTe kort.\n")
        .page("visitors.md", &format!("# For visitors\n\n{}", ENGLISH.repeat(6)))
        .page("klep.md", &format!("# Klep\n\n{}", DUTCH.repeat(6)))
        .build();
    for (page, lang) in [("", "nl"), ("kort/", "nl"), ("visitors/", "en"), ("people/", "nl")] {
        assert!(built.html(page).contains(&format!("<html lang=\"{lang}\"")), "{page}");
    }
}

#[test]
fn configured_languages_are_all_there_are() {
    let built = TestSite::new()
        .file("polder.yml", "languages: [en]\n")
        .page("klep.md", &format!("# Klep\n\n{}", DUTCH.repeat(6)))
        .build();
    assert_eq!(built.record("page", "klep")["lang"], "en");
}

#[test]
fn pages_in_dutch_have_a_dutch_frame() {
    let built = page("---\nlang: nl\n---\n# Kaas\n");
    assert!(built.html("some-notes/").contains("<html lang=\"nl\">"));
    assert!(built.html("some-notes/").contains("Zoeken"));
}

#[test]
fn page_nested_very_deeply_costs_that_page_at_most() {
    let site = TestSite::new()
        .page("deep.md", &format!("# Deep\n\n{}x\n", "> ".repeat(3000)))
        .page("links.md", &format!("# Links\n\n{}\n", "[".repeat(20_000)))
        .page("fine.md", "# Fine\n");
    let ran = site.polder(&["build"]);
    assert!(ran.code == 0 || ran.code == 1, "{ran:?}");
    assert!(site.at("public/fine/index.html").is_file());
}

#[test]
fn headings_never_share_an_id_with_the_frame() {
    let text =
        "# A\n\n## Main\n\n## Backlinks\n\n## Files\n\n## Children\n\n<b id=\"_main\">x</b>\n";
    let built = TestSite::new().page("a/index.md", text).page("a/b.md", "[a](index.md)").build();
    let html = built.html("/a/");
    let mut ids: Vec<&str> =
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    assert!(ids.contains(&"main") && ids.contains(&"_main"));
}

#[test]
fn html_before_the_extension_is_no_part_of_the_name() {
    let built = TestSite::new()
        .page("index.html.md", "# Home\n\n[a](a.html) [b](/sub/)\n")
        .page("a.html.md", "# A\n")
        .page("sub/index.html.md", "# Sub\n")
        .build();
    assert!(built.codes().is_empty(), "{:?}", built.codes());
    assert_eq!(built.title("a/"), "A");
    assert_eq!(built.title("sub/"), "Sub");
    assert!(built.dead_addresses().is_empty());
}

#[test]
fn a_file_named_as_the_folder_of_a_page_costs_itself_only() {
    let built = TestSite::new()
        .page("handbook.md", "# Handbook\n\n[raw](<handbook>)\n")
        .file("handbook", "no page")
        .build();
    assert_eq!(built.title("handbook/"), "Handbook");
    assert_eq!(built.codes(), ["address-taken handbook:1:1"]);
}

#[test]
fn formula_that_cannot_be_read_is_told_and_shown_as_written() {
    let built = TestSite::new().page("a.md", "# A\n\nIt is $\\nosuch$ or $x^2$.\n").build();
    assert!(built.body("a/").contains("<code>\\nosuch</code>"), "{}", built.body("a/"));
    assert!(built.body("a/").contains("<msup>"));
    let findings = built.findings();
    assert!(
        findings
            .iter()
            .any(|found| found.starts_with("math-syntax a.md:3:7: the formula cannot be read: ")),
        "{findings:?}"
    );
    assert!(built.words("a/").contains("x^2") || built.html("a/").contains("x^2"));
}

#[test]
fn diagram_is_a_picture_for_light_and_for_dark_screens() {
    let text = "# A\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\n```mermaid\nflowchart LR\n  A -->|\n```\n";
    let built = TestSite::new().page("ops/a.md", text).build();
    let body = built.body("ops/a/");
    let pictures: Vec<&str> =
        body.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(pictures.len(), 2, "{body}");
    for picture in pictures {
        let path = picture.trim_start_matches("../");
        assert!(built.text_of(path).starts_with("<svg"), "{picture}");
    }
    assert!(body.contains("<code class=\"language-mermaid\">"), "{body}");
    let found = built.findings();
    assert!(
        found
            .iter()
            .any(|found| found
                .starts_with("diagram-failed ops/a.md:8:1: the diagram cannot be drawn: ")),
        "{found:?}"
    );
}

#[test]
fn folders_of_languages_are_called_as_these_call_themselves() {
    let of = |lang: &str| format!("---\nlang: {lang}\n---\n# Page\n\nText.\n");
    let built = TestSite::new()
        .page("index.md", "# Home\n")
        .page("ar/a.md", &of("ar"))
        .page("pt_br/a.md", &of("pt-BR"))
        .page("it/a.md", &of("en"))
        .page("teams/fr/a.md", &of("fr"))
        .page("teams/hr/a.md", &of("en"))
        .build();
    let title = |folder: &str| built.build.site.folders[folder].title.clone();
    let titles = ["ar", "pt_br", "it", "teams/fr"].map(title);
    assert_eq!(titles, ["العربية", "Português (Brasil)", "It", "Fr"], "one alone may be a name");
}
