//! A site's own theme: over the built-in one, file by file.

use crate::support::TestSite;

/// A site with a theme of its own; without `polder.yml` a folder `theme` would be something else.
fn site() -> TestSite {
    TestSite::new().config("name: X\n").page("a.md", "# A\n\nText.\n")
}

#[test]
fn template_of_the_site_extends_the_built_in_one() {
    let built = site()
        .file(
            "theme/templates/page.html",
            "{% extends \"default/page.html\" %}{% block after %}<p>Own words for {{ view.title }}.</p>{% endblock %}",
        )
        .build();
    let words = built.words("a/");
    assert!(words.contains("Text.") && words.contains("Own words for A."), "{words}");
    assert_eq!(built.records("page").len(), 1, "a theme is no content");
}

#[test]
fn template_of_the_site_replaces_the_built_in_one() {
    let site = site().file("theme/templates/page.html", "<main>{{ view.title }} alone</main>");
    assert_eq!(site.build().words("a/"), "A alone");
}

#[test]
fn theme_that_the_configuration_names_lies_between() {
    let site = site()
        .config("theme: looks\n")
        .file("looks/templates/page.html", "<main>looks {% block after %}{% endblock %}</main>")
        .file("looks/messages/en.yml", "frame.search: Look it up\n")
        .file(
            "theme/templates/page.html",
            "{% extends \"theme/page.html\" %}{% block after %}and own{% endblock %}",
        );
    let built = site.build();
    assert_eq!(built.words("a/"), "looks and own");
    assert!(built.html("people/").contains("Look it up"));
}

#[test]
fn assets_of_the_site_replace_and_join_the_built_in_ones() {
    let built = site().file("theme/assets/site.css", "body { color: red }").build();
    let css: Vec<&str> = built.files().into_iter().filter(|path| path.ends_with(".css")).collect();
    assert_eq!(css.len(), 1);
    assert_eq!(built.text_of(css[0]), "body { color: red }");
    assert!(built.html("a/").contains(css[0]));
}

#[test]
fn texts_of_the_site_win_key_by_key() {
    let built = site().file("theme/messages/en.yml", "frame.search: Find\n").build();
    assert!(built.html("a/").contains("placeholder=\"Find\""));
    assert!(built.html("a/").contains(">Skip to the text<"));
}

#[test]
fn error_in_a_template_is_told_with_file_line_and_column() {
    let site =
        site().file("theme/templates/page.html", "<main>\n  {{ view.title | nosuch }}\n</main>\n");
    let ran = site.polder(&["build"]).ended(2);
    assert!(ran.err.contains("theme/templates/page.html:2:"), "{}", ran.err);
    assert!(ran.err.contains("nosuch"), "{}", ran.err);
    assert!(!site.at("public").exists());
}

#[test]
fn template_that_cannot_be_parsed_is_told_with_file_line_and_column() {
    let refusal = site()
        .file("theme/templates/page.html", "<main>\n{% if view.title %}\n</main>\n")
        .refusal();
    assert!(refusal[0].starts_with("template-error theme/templates/page.html:"), "{refusal:?}");
}

#[test]
fn field_that_a_view_does_not_have_is_told_with_file_line_and_column() {
    let site = site().file("theme/templates/page.html", "<main>\n{{ view.titel }}</main>\n");
    let refusal = site.refusal();
    assert!(refusal[0].starts_with("template-error theme/templates/page.html:2:"), "{refusal:?}");
    assert!(refusal[0].contains("titel"), "{refusal:?}");
}

#[test]
fn message_file_that_cannot_be_read_is_told() {
    let refusal = site().file("theme/messages/en.yml", "frame.search: [a]\n").refusal();
    assert!(refusal[0].starts_with("message-syntax theme/messages/en.yml:1:1"), "{refusal:?}");
}

#[test]
fn kind_of_the_site_is_a_kind_like_any_other() {
    let built = site()
        .file(
            "theme/kinds/recipe.yml",
            "name: {en: Recipe}\nplural: {en: Recipes}\nfields:\n  serves: {type: text, label: {en: Serves}}\n",
        )
        .page("soup.md", "---\nkind: recipe\nserves: four\n---\n# Soup\n\nBoil.\n")
        .build();
    assert_eq!(built.codes(), [""; 0]);
    assert_eq!(built.record("page", "soup")["kind"], "recipe");
    let words = built.words("soup/");
    assert!(words.contains("Recipe") && words.contains("four"), "{words}");
}

#[test]
fn folder_called_theme_is_content_where_there_is_no_configuration() {
    let built = TestSite::new().page("theme/notes.md", "# Notes on themes\n").build();
    assert_eq!(built.title("theme/notes/"), "Notes on themes");
}
