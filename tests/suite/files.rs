//! Files as they are found in real repositories, and what becomes of pictures.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

use crate::support::TestSite;

/// A picture of which every pixel differs from its neighbours, so that it is heavy.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503) ^ (x * y);
        Rgb([(noise >> 3) as u8, (noise >> 7) as u8, (noise >> 11) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn large_picture_has_smaller_versions_that_exist() {
    let site = TestSite::new()
        .page("ops/a.md", "# A\n\n![the bay](my bay.jpg)\n\n![the bay](<my bay.jpg>)\n")
        .file("ops/my bay.jpg", photo(1400, 350));
    let built = site.build();
    let body = built.body("ops/a/");
    let srcset = body.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
    let versions: Vec<(&str, &str)> =
        srcset.split(", ").map(|version| version.rsplit_once(' ').unwrap()).collect();
    let widths: Vec<&str> = versions.iter().map(|(_, width)| *width).collect();
    assert_eq!(widths, ["480w", "960w", "1400w"]);
    assert_eq!(versions[2].0, "../my%20bay.jpg");
    for (path, _) in &versions[..2] {
        assert!(built.has(path.trim_start_matches("../")), "{path}");
    }
    assert!(body.contains("width=\"1400\" height=\"350\" loading=\"lazy\""), "{body}");
}

#[test]
fn picture_in_raw_html_has_what_pictures_have() {
    let site = TestSite::new()
        .page(
            "a.md",
            "<img src=bay.jpg alt=Bay>\n\n<img src='bay.jpg' width=\"700\" loading=eager>\n",
        )
        .file("bay.jpg", photo(1400, 350));
    let body = site.build().body("a/");
    let pictures: Vec<&str> = body.split("<img ").skip(1).collect();
    assert!(pictures[0].contains("width=\"1400\" height=\"350\""), "{body}");
    assert!(pictures[0].contains("loading=\"lazy\"") && pictures[0].contains("480w"), "{body}");
    assert!(
        pictures[1].contains("width=\"700\"") && pictures[1].contains("height=\"175\""),
        "{body}"
    );
    assert!(
        pictures[1].contains("loading=\"eager\"") && pictures[1].contains("sizes=\"700px\""),
        "{body}"
    );
    assert_eq!(site.build().dead_addresses(), [""; 0]);
}

#[test]
fn sounds_films_and_sets_of_pictures_in_raw_html_are_shown_and_published() {
    let site = TestSite::new()
        .page(
            "ops/a.md",
            "<picture><source srcset=\"../d.png 2x, gone.png\" media=\"(min-width: 9em)\"><img src=\"../l.png\" alt=\"L\"></picture>\n\n\
             <video autoplay onplay=x poster=../p.png><source src=\"../v.mp4\" type=video/mp4><track src=\"../v.vtt\" kind=captions></video>\n\n\
             <audio src=\"https://x.example/a.mp3\"></audio><audio src=../a.mp3></audio>\n",
        )
        .file("d.png", "x").file("l.png", "x").file("p.png", "x")
        .file("v.mp4", "x").file("v.vtt", "x").file("a.mp3", "x");
    let built = site.build();
    for file in ["d.png", "l.png", "p.png", "v.mp4", "v.vtt", "a.mp3"] {
        assert!(built.has(file), "{file}");
    }
    let body = built.body("ops/a/");
    assert!(
        body.contains("<source srcset=\"../../d.png 2x\" media=\"(min-width: 9em)\">"),
        "{body}"
    );
    assert!(body.contains("<source src=\"../../v.mp4\" type=\"video/mp4\">"), "{body}");
    assert!(body.contains("poster=\"../../p.png\"") && body.contains("controls"), "{body}");
    assert!(body.contains("href=\"https://x.example/a.mp3\">x.example/a.mp3</a>"), "{body}");
    for word in ["autoplay", "onplay", "gone", "src=\"https"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
    assert_eq!(built.dead_addresses(), [""; 0]);
    let codes = built.codes();
    assert_eq!(codes.iter().filter(|code| code.starts_with("broken-link")).count(), 1, "{codes:?}");
    let as_is = site.config("raw_html: as-is\n").build().body("ops/a/");
    assert!(
        as_is.contains("srcset=\"../../d.png 2x, gone.png\"") && as_is.contains("autoplay"),
        "{as_is}"
    );
}

#[test]
fn pictures_can_be_published_as_they_are() {
    let site = TestSite::new()
        .config("images: as-is\n")
        .page("a.md", "![bay](bay.jpg)\n")
        .file("bay.jpg", photo(1400, 350));
    let built = site.build();
    assert!(!built.body("a/").contains("srcset"));
    assert_eq!(
        built.build.output.get("bay.jpg").unwrap().bytes().unwrap().to_vec(),
        photo(1400, 350)
    );
}

#[test]
fn picture_that_no_page_uses_is_not_touched_and_not_published() {
    let built = TestSite::new()
        .page("a.md", "# A\n\nText.\n")
        .file("bay.jpg", photo(1400, 350))
        .file("broken.png", b"\x89PNG")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert!(!built.files().iter().any(|file| file.contains("pictures") || file.contains("bay")));
}

#[test]
fn broken_picture_is_told() {
    let built =
        TestSite::new().page("a.md", "![x](x.png)\n").file("x.png", b"\x89PNG\r\n\x1a\n").build();
    assert_eq!(built.codes(), ["broken-picture x.png:1:1"]);
}

#[test]
fn names_with_any_sign_are_pages_that_can_be_linked() {
    let names = [
        "with space.md",
        "😀 smile.md",
        "Note: a colon.md",
        "Agenda + verslag.md",
        "Research & Design.md",
        "C# in short.md",
        "100% sure.md",
        "SHOUT.MD",
        "what?.md",
        "caf\u{e9}.md",
        "cafe\u{301} noir.md",
    ];
    let links = names.iter().map(|name| format!("- <a href=\"{}\">x</a>\n", escaped(name)));
    let mut site =
        TestSite::new().page("index.md", &format!("# Home\n\n{}", links.collect::<String>()));
    for name in names {
        site = site.page(name, "Some text.\n");
    }
    let built = site.build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.records("page").len(), names.len() + 1);
    let led = built.records("link").iter().filter(|link| link["to"].is_string()).count();
    assert_eq!(led, names.len());
    assert_eq!(built.dead_addresses(), [""; 0]);
}

/// Returns a file name as an address.
fn escaped(name: &str) -> String {
    let sign = |c: char| match c {
        ' ' | '#' | '%' | '?' | '+' | ':' | '&' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    name.chars().map(sign).collect()
}

#[test]
fn name_composed_otherwise_is_the_same_name() {
    let built = TestSite::new()
        .page("index.md", "[x](caf\u{e9}.md) [[Caf\u{e9}]]\n")
        .page("cafe\u{301}.md", "# Café\n\nText.\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn page_and_folder_of_one_name_are_both_there() {
    let built = TestSite::new()
        .page("git.md", "# Git the page\n\nText.\n")
        .page("git/rebase.md", "# Rebase\n\nText.\n")
        .build();
    assert_eq!(built.title("git/"), "Git the page");
    assert_eq!(built.title("git/rebase/"), "Rebase");
}

#[test]
fn pictures_in_a_hidden_folder_are_shown_and_its_pages_are_none() {
    let built = TestSite::new()
        .page("a.md", "![x](.gitbook/assets/x.png)\n")
        .page(".gitbook/notes.md", "# Notes\n")
        .file(".gitbook/assets/x.png", photo(10, 10))
        .build();
    assert!(built.has(".gitbook/assets/x.png"), "{:?}", built.files());
    assert_eq!(built.records("page").len(), 1);
}

#[cfg(unix)]
#[test]
fn symbolic_link_to_a_page_is_another_name_for_it() {
    let site = TestSite::new()
        .page("index.md", "[x](docs/guide.md)\n")
        .page("CONTRIBUTING.md", "# Contributing\n\n[home](index.md)\n");
    std::fs::create_dir(site.at("docs")).unwrap();
    std::os::unix::fs::symlink("../CONTRIBUTING.md", site.at("docs/guide.md")).unwrap();
    let built = site.build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.records("page").len(), 2);
    assert!(built.body("").contains("CONTRIBUTING/index.html"), "{}", built.body(""));
}

#[cfg(unix)]
#[test]
fn symbolic_link_out_of_the_source_has_the_text_the_links_and_the_past_of_what_it_leads_to() {
    let site = TestSite::new()
        .page("docs/index.md", "# Home\n\nText.\n")
        .page("CONTRIBUTING.md", "# Contributing\n\nSee [home](docs/index.md).\n")
        .commit("Ann", "2026-01-02", "Say how to help")
        .page("CONTRIBUTING.md", "# Contributing\n\nDo see [home](docs/index.md).\n")
        .commit("Bob", "2026-02-03", "Say it better");
    std::os::unix::fs::symlink("../CONTRIBUTING.md", site.at("docs/help.md")).unwrap();
    let site = site.commit("Chen", "2026-03-04", "Show it");
    let built = site.build_of("docs");
    assert_eq!(built.codes(), [""; 0]);
    assert!(built.body("help/").contains("href=\"../index.html\""), "{}", built.body("help/"));
    let revisions = built.records("revision").into_iter().filter(|record| record["page"] == "help");
    assert_eq!(revisions.count(), 2);
}

#[cfg(unix)]
#[test]
fn symbolic_link_out_of_the_repository_is_refused_and_told() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), "# Secret\n").unwrap();
    let site = TestSite::new().git().page("a.md", "# A\n\nText.\n");
    std::os::unix::fs::symlink(outside.path().join("secret.md"), site.at("b.md")).unwrap();
    std::os::unix::fs::symlink("nowhere.md", site.at("c.md")).unwrap();
    let built = site.build();
    assert_eq!(built.codes(), ["symlink b.md:1:1", "symlink c.md:1:1"]);
    assert_eq!(built.records("page").len(), 1);
}

const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";

#[test]
fn pointer_of_git_lfs_is_told_and_never_shown() {
    let built = TestSite::new()
        .page("a.md", "# A\n\n![the bay](bay.png) and again ![](bay.png)\n")
        .page("b.md", POINTER)
        .file("bay.png", POINTER)
        .file("unused.png", POINTER)
        .build();
    assert_eq!(
        built.codes(),
        ["lfs-pointer a.md:3:1", "empty-page b.md:1:1", "lfs-pointer b.md:1:1"]
    );
    assert!(built.body("a/").contains("<p>the bay and again </p>"), "{}", built.body("a/"));
    assert!(!built.html("b/").contains("git-lfs") && !built.has("bay.png"));
}

#[test]
fn submodule_that_is_not_fetched_is_an_empty_folder() {
    let site = TestSite::new().page("a.md", "# A\n\nText.\n").git();
    std::fs::create_dir(site.at("lib")).unwrap();
    site.write(".gitmodules", "[submodule \"lib\"]\n\tpath = lib\n\turl = https://n.example/lib\n");
    assert_eq!(site.build().codes(), [""; 0]);
}

#[test]
fn page_of_a_megabyte_is_a_page() {
    let text = format!("# Long\n\n{}", "A line of a long list of words.\n\n".repeat(32_000));
    let built = TestSite::new().page("long.md", &text).build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.title("long/"), "Long");
}

#[test]
fn utf_16_line_ends_of_windows_and_byte_order_marks_do_not_show() {
    let utf16: Vec<u8> = "\u{feff}---\r\ntitle: Één\r\n---\r\n\r\nTekst.\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let built = TestSite::new()
        .file("a.md", utf16)
        .file("b.md", "\u{feff}\r\n# Dealing code\r\n\r\nText.\r\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(
        (built.title("a/"), built.title("b/")),
        ("Één".to_owned(), "Dealing code".to_owned())
    );
    assert_eq!(built.body("a/"), "<p>Tekst.</p>");
}

#[test]
fn link_to_what_would_run_leads_to_its_text() {
    let script = "// </script><script>alert(1)</script>\nlet x = 1;\n";
    let site = TestSite::new()
        .page("docs/a.md", "See [it](js/x.js), [line two](js/x.js#L2), [[x.js]] and [a demo](demo/index.html).\n\n![x](js/x.js)\n")
        .file("docs/js/x.js", script)
        .file("docs/demo/index.html", "<h1 onclick=alert(1)>Hi</h1>\n")
        .file("docs/unused.js", "1\n");
    let built = site.build();
    assert_eq!(built.codes(), ["withheld-file docs/a.md:3:1"]);
    assert_eq!(built.dead_addresses(), [""; 0]);
    let body = built.body("docs/a/");
    for href in
        ["../js/x.js/index.html\"", "../js/x.js/index.html#L2\"", "../demo/index-html/index.html\""]
    {
        assert!(body.contains(href), "{href}: {body}");
    }
    assert!(!body.contains("<img"), "{body}");
    let page = built.html("docs/js/x.js/");
    assert!(page.contains("<span class=\"line\" id=\"L2\" data-line=\"2\">"), "{page}");
    assert!(!page.contains("<script>") && page.contains("alert(1)"), "{page}");
    assert!(
        built.words("docs/js/x.js/").contains("See it"),
        "the pages that link to it are listed"
    );
    assert!(
        built.html("docs/demo/index-html/").contains("onclick")
            && !built.html("docs/demo/index-html/").contains("<h1 onclick")
    );
    assert!(!built.has("docs/js/x.js") && !built.has("docs/unused.js/index.html"));
    let led: Vec<_> = built.records("link").iter().map(|link| link["to"].to_string()).collect();
    assert!(led.contains(&"\"/docs/js/x.js/\"".to_owned()), "{led:?}");
}

#[test]
fn page_keeps_its_address_beside_the_text_of_a_file() {
    let built = TestSite::new()
        .page("app.js.md", "# About it\n\n[it](app.js)\n")
        .file("app.js", "1\n")
        .build();
    assert_eq!(
        (built.title("app.js/"), built.title("app.js-2/")),
        ("About it".to_owned(), "app.js".to_owned())
    );
    assert!(built.body("app.js/").contains("../app.js-2/index.html"), "{}", built.body("app.js/"));
}

#[test]
fn secrets_and_what_cannot_be_shown_are_withheld_and_told() {
    let site = TestSite::new()
        .config("attachments: all\n")
        .page("a.md", "[a](.env) [b](server.key) [c](talk.key) [d](.env.example)\n\n[e](big.js) [f](bin.js)\n")
        .file(".env", "PASSWORD=x\n")
        .file(".env.example", "PASSWORD=\n")
        .file("server.key", "-----BEGIN PRIVATE KEY-----\nx\n")
        .file("talk.key", b"PK\x03\x04")
        .file("big.js", "x;\n".repeat(400_000))
        .file("bin.js", b"a\0b");
    let built = site.build();
    let codes = built.codes();
    assert_eq!(
        codes.iter().filter(|code| code.starts_with("withheld-file")).count(),
        4,
        "{codes:?}"
    );
    assert_eq!(codes.len(), 4, "{codes:?}");
    for file in [".env", "server.key", "big.js", "bin.js", "big.js/index.html"] {
        assert!(!built.has(file), "{file}");
    }
    assert!(built.has("talk.key") && built.has(".env.example"));
    let hosted = site.config("repository: https://github.com/team/wiki\n").build();
    assert!(
        hosted.body("a/").contains("https://github.com/team/wiki/blob/main/big.js"),
        "{}",
        hosted.body("a/")
    );
    assert!(!hosted.body("a/").contains("server.key\""));
    assert_eq!(hosted.codes().len(), 2, "{:?}", hosted.codes());
}

#[test]
fn pictures_in_raw_html_that_cannot_be_shown_leave_what_those_of_markdown_leave() {
    let built = TestSite::new()
        .page(
            "a.md",
            "<img src=\"https://x.example/c.png\" alt=\"A | B\" width=30>\n\n\
             <a href=\"https://y.example\"><img src=\"https://x.example/d.png?v=1\"></a> [![](https://x.example/e.svg)](https://z.example)\n\n\
             <picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"https://x.example/dark.svg\"><img alt=Stars src=\"https://x.example/light.svg\"></picture>\n\n\
             <img src=\"gone.png\" alt=\"Gone\"> ![](lost.png) <img src=\"here.png\">\n\n\
             <img src=\"javascript:alert(1)\" alt=\"<b>x\"> <img src='https://x.example/\"><script>1</script>' alt='\"><script>'>\n",
        )
        .file("here.png", "x")
        .build();
    let body = built.body("a/");
    for part in [
        "<a class=\"external\" href=\"https://x.example/c.png\">A | B</a>",
        ">d.png</a> <a class=\"external\" href=\"https://z.example\">e.svg</a>",
        "<p><a class=\"external\" href=\"https://x.example/light.svg\">Stars</a></p>",
        ">Gone</a> <a",
        ">lost.png</a> <img src=\"../here.png\" loading=\"lazy\" alt=\"\">",
        "&lt;b&gt;x <a class=\"external\"",
        ">&quot;&gt;&lt;script&gt;</a>",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    for word in ["<picture", "<script", "javascript", "src=\"https"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
    assert_eq!(built.dead_addresses(), [""; 0]);
}

#[test]
fn frames_and_films_of_other_sites_are_links() {
    let built = TestSite::new()
        .page(
            "a.md",
            "<iframe width=560 src=\"https://film.example/embed/1?a=b&amp;c\" title=\"How we &lt;work&gt;\" allowfullscreen>\n<p>no frames</p></iframe>\n\n\
             See <iframe src='//film.example/2'></iframe> it.\n\n<video controls><source src=https://film.example/x.mp4>No film.</video>\n\n\
             <iframe src=\"demo.html\"></iframe> <iframe src=\"javascript:alert(1)\"></iframe> <iframe srcdoc=\"<script>1</script>\"></iframe>\n",
        )
        .file("demo.html", "<p>x</p>\n")
        .build();
    let body = built.body("a/");
    for link in [
        "<a class=\"external\" href=\"https://film.example/embed/1?a=b&amp;c\">How we &lt;work&gt;</a>",
        "<a class=\"external\" href=\"https://film.example/x.mp4\">film.example/x.mp4</a>",
        "href=\"../demo.html/index.html\"",
        "film.example/2\"",
    ] {
        assert!(body.contains(link), "{link}: {body}");
    }
    for word in ["<iframe", "<video", "javascript", "script", "no frames", "No film"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
}
