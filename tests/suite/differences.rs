//! What each revision of a page changed.

use crate::support::{Built, TestSite};

const WORDS: &str = "We meet on Monday in the large hall.\n\n- bring bread\n- bring tea\n";

fn edited() -> TestSite {
    TestSite::new()
        .page("club.md", &format!("---\nowner: ann\n---\n# Club\n\n{WORDS}"))
        .commit("Ann", "2026-01-02", "Write it")
        .page(
            "club.md",
            &format!(
                "---\nowner: bob\n---\n# Club\n\n{}- bring cups\n",
                WORDS.replace("Monday", "Tuesday")
            ),
        )
        .commit("Bob <bob@n.example>", "2026-02-03", "Meet a day later\n\nThe hall is taken.")
}

/// Returns the addresses of the differences of a page, newest first as the history lists them.
fn differences(built: &Built, page: &str) -> Vec<String> {
    let history = built.main(&format!("{page}/history/"));
    let hrefs = history.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let here = hrefs.filter_map(|href| href.strip_suffix("/index.html"));
    let here = here.filter(|href| href.len() == 8 && !href.contains('.'));
    here.map(|short| format!("{page}/history/{short}/")).collect()
}

#[test]
fn history_links_to_what_each_revision_changed() {
    let built = edited().build();
    let pages = differences(&built, "club");
    assert_eq!(pages.len(), 2);
    let words = built.words(&pages[0]);
    for part in [
        "What changed: Club",
        "Meet a day later",
        "The hall is taken.",
        "3 February 2026",
        "Bob",
        "owner : Deleted: ann → Inserted: bob",
        "Club : 1 paragraph changed",
        "1 list item added",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let main = built.main(&pages[0]);
    assert!(main.contains("<del><span class=\"sr\">Deleted: </span>Monday</del>"), "{main}");
    assert!(main.contains("<ins><span class=\"sr\">Inserted: </span>bring cups</ins>"), "{main}");
    assert!(main.contains("<del>-owner: <mark>ann</mark></del>"), "{main}");
    let short = |url: &str| url.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    assert!(main.contains(&format!("href=\"../{}/index.html\" rel=\"prev\"", short(&pages[1]))));
    assert!(built.words(&pages[1]).contains("the first version"));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn change_among_others_of_its_day_is_titled_with_its_time() {
    let built = TestSite::new()
        .page("club.md", "# Club\n")
        .commit("Ann", "2026-01-02", "Write it")
        .page("club.md", "# Club\n\nOnce.\n")
        .commit("Ann", "2026-02-03", "Write more")
        .page("club.md", "# Club\n\nTwice.\n")
        .commit("Bob", "2026-02-03", "Write it otherwise")
        .build();
    let title = |url: &String| {
        let html = built.html(url);
        let (_, rest) = html.split_once("<title>").expect("every page has a title");
        rest.split("</title>").next().unwrap_or_default().to_owned()
    };
    let titles: Vec<String> = differences(&built, "club").iter().map(title).collect();
    let of = |day: &str| format!("Club: change of {day} - Wiki");
    let noon = of("3 February 2026, 12:00");
    assert_eq!(titles, [noon.clone(), noon, of("2 January 2026")]);
}

#[test]
fn configuration_says_how_many_differences_are_built() {
    let count = |config: &str| {
        let built = edited().config(config).build();
        (differences(&built, "club").len(), built.words("club/history/").contains("Write it"))
    };
    assert_eq!(count(""), (2, true));
    assert_eq!(count("history: {revisions: 1}\n"), (1, true));
    assert_eq!(count("history: {revisions: none}\n"), (0, true));
}

#[test]
fn git_host_shows_the_change_and_the_file_as_it_was() {
    let built = edited().config("repository: https://github.com/a/b\n").build();
    let main = built.main(&differences(&built, "club")[0]);
    assert!(main.contains("href=\"https://github.com/a/b/commit/"), "{main}");
    assert!(
        main.contains("href=\"https://github.com/a/b/blob/") && main.contains("/club.md\""),
        "{main}"
    );
}

#[test]
fn changes_below_one_heading_are_one_line() {
    let text = "# A\n\none\n\ntwo\n\nthree\n\n## B\n\nfour\n";
    let built = TestSite::new()
        .page("a.md", text)
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", &text.replace("one", "one more").replace("three", "three more"))
        .commit("Ann", "2026-01-03", "Say more")
        .build();
    let main = built.main(&differences(&built, "a")[0]);
    let list = main.split("change-list").nth(1).and_then(|rest| rest.split("</ol>").next());
    let list = list.unwrap_or_default();
    assert_eq!(list.matches("<li>").count(), 1, "{list}");
    assert!(list.contains("2 paragraphs changed"), "{list}");
    assert!(list.contains("href=\"#change-1\"") && list.contains("href=\"#change-2\""), "{list}");
}

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><path d=\"M0 0h9\"/></svg>\n";

/// A page whose drawing gave way to another one, and moved.
fn pictured() -> TestSite {
    TestSite::new()
        .page("old/a.md", "# A\n\nLook at this, which is what we mean to build here next year:\n\n![Plan](img/plan.svg)\n")
        .page("old/img/plan.svg", DRAWING)
        .commit("Ann", "2026-01-02", "Draw it")
        .page("a.md", "# A\n\nLook at this, which is what we mean to build here next year:\n\n![Plan](img/new%20plan.svg)\n")
        .page("img/new plan.svg", &DRAWING.replace("h9", "h8"))
        .removed("old/a.md")
        .removed("old/img/plan.svg")
        .commit("Ann", "2026-01-03", "Draw it anew")
}

#[test]
fn file_that_only_moved_says_from_where_to_where() {
    let built =
        edited().moved("club.md", "clubs/chess.md").commit("Ann", "2026-03-04", "Move it").build();
    let words = built.words(&differences(&built, "clubs/chess")[0]);
    assert!(words.contains("File : Deleted: club.md → Inserted: clubs/chess.md"), "{words}");
    assert!(words.contains("Nothing in the text of this page changed"), "{words}");
}

#[test]
fn pictures_that_came_or_went_are_shown() {
    let built = pictured().build();
    let pages = differences(&built, "a");
    let main = built.main(&pages[0]);
    let picture = |within: &str| {
        let part = main.split(within).nth(1).unwrap_or_default();
        let part = part.split("</p>").next().unwrap_or_default();
        part.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    let gone = picture("<del><span class=\"sr\">Deleted: </span><span class=\"picture\">")
        .unwrap_or_else(|| panic!("{main}"));
    let file = gone.trim_start_matches("../").to_owned();
    assert!(file.starts_with("assets/past/"), "{main}");
    assert_eq!(built.text_of(&file), DRAWING);
    let new = picture("<ins><span class=\"sr\">Inserted: </span><span class=\"picture\">");
    assert_eq!(new.unwrap(), "../../../img/new%20plan.svg");
    // The first version showed what is gone.
    assert!(built.main(&pages[1]).contains(&gone), "{}", built.main(&pages[1]));
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn picture_that_was_not_for_everybody_is_not_published() {
    let text = |front: &str, picture: &str| {
        format!(
            "---\ntitle: A\n{front}---\n\nThis is what we mean to build.\n\n![Plan]({picture})\n"
        )
    };
    let built = TestSite::new()
        .page("a.md", &text("", "one.svg"))
        .page("one.svg", DRAWING)
        .commit("Ann", "2026-01-02", "Draw it")
        .page("a.md", &text("published: false\n", "secret.svg"))
        .page("secret.svg", &DRAWING.replace("h9", "h666"))
        .commit("Ann", "2026-01-03", "Draw it in secret")
        .page("a.md", &text("", "two.svg"))
        .page("two.svg", &DRAWING.replace("h9", "h8"))
        .removed("secret.svg")
        .commit("Ann", "2026-01-04", "Show another")
        .build();
    let main = built.main(&differences(&built, "a")[0]);
    assert!(main.contains("two.svg\" alt=\"\"") && !main.contains("secret"), "{main}");
    let past = built.files().into_iter().filter(|file| file.starts_with("assets/past/"));
    for file in past {
        assert!(!built.text_of(file).contains("h666"), "{file}");
    }
}

#[test]
fn pictures_of_the_past_can_be_kept_back() {
    let past = |config: &str| {
        let built = pictured().config(config).build();
        let main = built.main(&differences(&built, "a")[0]);
        assert!(main.contains("Plan"), "{main}");
        main.matches("assets/past/").count()
    };
    assert_eq!(past(""), 1);
    assert_eq!(past("history: {pictures: published}\n"), 0);
    assert_eq!(past("exclude: [old/img]\n"), 0);
}

#[test]
fn text_that_is_too_large_is_not_compared() {
    let built = TestSite::new()
        .page("a.md", &"line\n".repeat(20_001))
        .commit("Ann", "2026-01-02", "Write it")
        .build();
    let words = built.words(&differences(&built, "a")[0]);
    assert!(words.contains("too large to be compared"), "{words}");
}

#[test]
fn state_that_was_not_for_everybody_is_not_shown() {
    let built = TestSite::new()
        .page("a.md", "---\npublished: false\n---\n# A\n\nsecret plan\n")
        .commit("Ann", "2026-01-02", "Draft it")
        .page("a.md", "# A\n\nopen plan\n")
        .commit("Ann", "2026-01-03", "Publish it")
        .build();
    let pages = differences(&built, "a");
    assert_eq!(pages.len(), 1, "{pages:?}");
    assert!(built.words(&pages[0]).contains("open plan"));
    assert!(!built.html(&pages[0]).contains("secret"));
}

#[test]
fn addresses_in_front_matter_stay_private() {
    let built = TestSite::new()
        .page("a.md", "---\nauthors: [ann@n.example]\n---\n# A\n")
        .commit("Ann", "2026-01-02", "Write it")
        .page("a.md", "---\nauthors: [ann@n.example, bob@n.example]\n---\n# A\n")
        .commit("Ann", "2026-01-03", "Name Bob")
        .build();
    for page in differences(&built, "a") {
        let html = built.html(&page);
        assert!(!html.contains("ann@") && !html.contains("bob@"), "{html}");
    }
}

#[test]
fn hostile_text_of_an_old_revision_is_harmless() {
    let built = TestSite::new()
        .page("a.md", "---\nx: \"<script>1</script>\"\n---\n# A\n\n<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))\n")
        .commit("Ann", "2026-01-02", "<script>alert(2)</script>")
        .page("a.md", "# A\n\nnothing\n")
        .commit("Ann", "2026-01-03", "Mend it")
        .build();
    for page in differences(&built, "a") {
        let main = built.main(&page);
        for bad in ["<script", "<img", "href=\"javascript:"] {
            assert!(!main.contains(bad), "{bad} in {main}");
        }
    }
}

#[test]
fn history_says_who_wrote_which_part() {
    let built = TestSite::new()
        .page("old.md", "# Plan\n\nWhat we want to reach.\n\n## Steps\n\n- first we dig a ditch\n- then we wait\n")
        .commit("Ann", "2026-01-02", "Write it")
        .moved("old.md", "plan.md")
        .commit("Chen", "2026-01-05", "Move it")
        .page(
            "plan.md",
            "# Plan\n\nWhat we want to reach.\n\n## Steps\n\n- then we wait\n- first we dig a ditch\n- and we rest\n",
        )
        .commit("Bob", "2026-02-03", "Add a step")
        .build();
    let words = built.words("plan/history/");
    for part in
        ["Plan — Ann , since 2 January 2026", "Steps — Ann , since 2 January 2026; 1 line by Bob"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(built.main("plan/history/").contains("href=\"../index.html#steps\""));
}

#[test]
fn what_was_kept_on_disk_gives_the_same_pages() {
    let site = pictured();
    let build = || {
        let options = polder::pipeline::BuildOptions {
            folder: site.path().to_owned(),
            out: None,
            cache: polder::pipeline::Cache::Disk,
            ci: None,
            preview: false,
        };
        polder::pipeline::Pipeline::new(options).build(&mut |_| {}).unwrap().output
    };
    let first = build();
    assert!(site.at(".polder/cache/differences").exists());
    let second = build();
    let files = |tree: &polder::output::OutputTree| {
        let files = tree.iter().map(|(path, content)| (path.to_owned(), content.clone()));
        files.collect::<Vec<_>>()
    };
    assert!(files(&second) == files(&first));
}
