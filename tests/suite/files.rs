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
    for word in ["autoplay", "onplay", "x.example", "gone"] {
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
