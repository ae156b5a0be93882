//! What becomes of each thing that an author writes.

use super::super::clean;
use super::super::outline::Form;
use super::super::rendering::Href;
use super::super::{Dialect, Drawings, Highlighter, Hrefs, Words, alert_words, scan};
use super::*;

struct Fixed;

impl Hrefs for Fixed {
    fn href(&self, _: Form, dest: &str) -> Href {
        match dest {
            "gone.md" => Href::Missing(None),
            web if web.starts_with("http") => Href::External(web.to_owned()),
            script if !clean::safe_scheme(script) => Href::Text,
            other => Href::Site(format!("to/{other}")),
        }
    }

    fn size(&self, _: Form, dest: &str) -> Option<(u32, u32)> {
        (dest == "known.png").then_some((600, 400))
    }

    fn embed(&self, at: usize) -> Option<String> {
        (at == 8).then(|| "<section>Page</section>".to_owned())
    }

    fn file(&self, path: &str) -> String {
        format!("to/{path}")
    }

    fn mention(&self, name: &str) -> Option<(String, String)> {
        (name == "anna").then(|| ("people/anna".to_owned(), "Anna K".to_owned()))
    }
}

/// Returns the HTML of a body on a page that knows what these tests know.
pub(in crate::markdown) fn render(body: &str) -> String {
    let dialect = Dialect::default();
    let outline = scan(body, dialect);
    let drawings = outline.diagrams.iter().map(|diagram| (diagram.fingerprint(), diagram.draw()));
    let drawings = Drawings::new(drawings.collect());
    let words = Words {
        alerts: alert_words().map(|word| (word, format!("«{word}»"))).collect(),
        link_to: "Link to".to_owned(),
        table: "Table".to_owned(),
        ..Words::default()
    };
    to_html(
        body,
        &Rendering {
            outline: &outline,
            dialect,
            drop_title: false,
            part: None,
            inside: None,
            clean: true,
            words: &words,
            hrefs: &Fixed,
            highlighter: &Highlighter::default(),
            drawings: &drawings,
            terms: &Terms::default(),
            explains: true,
        },
    )
}

fn check(body: &str, expect: &str) {
    assert_eq!(render(body).trim_end(), expect, "{body}");
}

#[test]
fn links_lead_where_they_were_resolved_to() {
    check("[a](b.md) [[c|d]]", "<p><a href=\"to/b.md\">a</a> <a href=\"to/c\">d</a></p>");
    check("[a](gone.md)", "<p><a class=\"missing-link\" title=\"\">a</a></p>");
    check("[a](javascript:x)", "<p><a>a</a></p>");
    check("<a href=b.md>x</a>", "<p><a href=\"to/b.md\">x</a></p>");
    check(
        "https://x.org.",
        "<p><a class=\"external\" href=\"https://x.org\">https://x.org</a>.</p>",
    );
}

#[test]
fn images_have_their_size_and_stay_at_home() {
    check(
        "![k](known.png)",
        "<p><img src=\"to/known.png\" alt=\"k\" width=\"600\" height=\"400\" loading=\"lazy\"></p>",
    );
    check(
        "![[known.png|300]]",
        "<p><img src=\"to/known.png\" alt=\"known.png\" width=\"300\" height=\"200\" loading=\"lazy\"></p>",
    );
    check(
        "![x](https://y.org/z.png)",
        "<p><a class=\"external\" href=\"https://y.org/z.png\">x</a></p>",
    );
    check("[![x](https://y.org/z.png)](b.md)", "<p><a href=\"to/b.md\">x</a></p>");
}

#[test]
fn headings_begin_at_two_and_link_to_themselves() {
    check(
        "# A *b*",
        "<h2 id=\"a-b\">A <em>b</em><a class=\"anchor\" href=\"#a-b\" aria-label=\"Link to A b\">#</a></h2>",
    );
}

#[test]
fn pages_are_embedded_without_a_paragraph() {
    check("before\n\n![[Page]]", "<p>before</p>\n<section>Page</section>");
}

#[test]
fn footnotes_come_last_and_lead_back() {
    let html = render("a[^n] b[^n]\n\n[^n]: text\n\nafter\n");
    assert!(html.contains("<a id=\"fnref-1\" href=\"#fn-1\">1</a>"), "{html}");
    assert!(html.contains("id=\"fnref-1-2\""), "{html}");
    let list = html.find("<div class=\"footnotes\"").unwrap();
    assert!(
        html.find("after").unwrap() < list
            && html[list..].contains("<p>text <a class=\"footnote-back\""),
        "{html}"
    );
}

#[test]
fn raw_html_is_cleaned_and_the_rest_is_not_harmed() {
    let html = render(
        "<script>x</script><b onclick=y>bold</b>\n\n```rust\nlet x;\n```\n\n- [x] done\n\n|a|\n|-|\n|b|\n",
    );
    assert!(!html.contains("<script") && !html.contains("onclick"), "{html}");
    for kept in [
        "<b>bold</b>",
        "hl-type",
        "type=\"checkbox\"",
        "class=\"task\"",
        "<div class=\"table\" role=\"region\" tabindex=\"0\"",
    ] {
        assert!(html.contains(kept), "{kept} in {html}");
    }
}

#[test]
fn mentions_of_people_are_links() {
    check(
        "Ask @anna, not @bob or me@anna.",
        "<p>Ask <a href=\"people/anna\">Anna K</a>, not @bob or me@anna.</p>",
    );
}

#[test]
fn columns_are_aligned_by_class() {
    let html = render("|a|b|\n|:-:|-|\n|c|d|\n");
    assert!(html.contains("<th class=\"align-center\">a</th><th>b</th>"), "{html}");
    assert!(html.contains("<td class=\"align-center\">c</td><td>d</td>"), "{html}");
    assert!(!html.contains("style"), "{html}");
}

#[test]
fn info_of_a_fence_cannot_break_out() {
    let html = render("```\"><script>\nx\n```\n");
    assert!(html.contains("class=\"language-&quot;&gt;&lt;script&gt;\""), "{html}");
}

#[test]
fn alerts_have_a_title() {
    let html = render("> [!WARNING]\n> Wet floor\n");
    assert!(
        html.starts_with("<div class=\"alert alert-warning\"><p class=\"alert-title\">"),
        "{html}"
    );
}

#[test]
fn comments_are_not_shown_whatever_they_hold() {
    check("<!-- a\n\nb <b>c</b>\n-->\nd", "<p>d</p>");
    check("a <!-- b\nc --> d", "<p>a  d</p>");
    check("<!-- a --><b>b</b>\n", "<b>b</b>");
    check("> <!--\n> a\n> -->\n> b", "<blockquote>\n\n<p>b</p>\n</blockquote>");
}

#[test]
fn tags_over_several_lines_have_their_addresses() {
    check("<div><a\n  href=\"b.md\"\n>x</a></div>\n", "<div><a href=\"to/b.md\">x</a></div>");
}

#[test]
fn table_of_a_head_alone_has_no_body() {
    let html = render("|a|\n|-|\n\nb\n");
    assert!(html.contains("<th>a</th></tr></thead>\n</table></div>\n<p>b</p>"), "{html}");
}

#[test]
fn formulas_are_mathml_and_survive_cleaning() {
    let html = render("<b>b</b> $x$ costs $5\n\n```math\ny\n```\n");
    assert!(
        html.contains("<b>b</b> <math display=\"inline\">") && html.contains("costs $5"),
        "{html}"
    );
    assert!(
        html.contains("<div><span class=\"math\" tabindex=\"0\"><math display=\"block\">"),
        "{html}"
    );
    check("$\\nosuch<b>$", "<p><code>\\nosuch&lt;b&gt;</code></p>");
    check("<math><mi>x</mi></math>", "<p></p>");
}

#[cfg(feature = "diagrams")]
#[test]
fn diagrams_are_pictures_with_their_text_beneath() {
    let html = render("# Pumps\n\n<b>b</b>\n\n```mermaid\nflowchart LR\n A[\"<b>\"] --> B\n```\n");
    assert!(html.contains("<img class=\"on-light\" src=\"to/assets/diagrams/"), "{html}");
    assert!(
        html.contains("A[&quot;&lt;b&gt;&quot;] --&gt; B\n</code></pre></details></figure>"),
        "{html}"
    );
    let html = render("```mermaid\nnothing\n```\n");
    assert!(html.contains("<code class=\"language-mermaid\">nothing"), "{html}");
}

#[test]
fn code_has_a_title_marked_lines_and_numbers() {
    check(
        "```text title=\"a<b\" {2} linenums=\"9\"\nx\n<y>\n```\n",
        "<div class=\"code\"><p class=\"code-title\">a&lt;b</p><pre tabindex=\"0\"><code class=\"language-text\">\
         <span class=\"line\" data-line=\"9\">x</span>\n<span class=\"line marked\" data-line=\"10\">&lt;y&gt;</span>\n</code></pre></div>",
    );
}

#[test]
fn short_codes_are_shown_in_text_and_not_in_code() {
    check("Yes :tada: `:tada:`", "<p>Yes 🎉 <code>:tada:</code></p>");
    check(
        "[:tada: x](a.md) @anna",
        "<p><a href=\"to/a.md\">🎉 x</a> <a href=\"people/anna\">Anna K</a></p>",
    );
    check("++ctrl+c++ it", "<p><kbd>Ctrl</kbd>+<kbd>C</kbd> it</p>");
}

#[test]
fn picture_that_only_the_cleaner_sees_is_not_loaded() {
    let html =
        render("<noscript><p title=\"</noscript><img src=x.png>\"></noscript> ![k](known.png)\n");
    assert!(!html.contains("src=\"x.png\"") && html.contains("src=\"to/known.png\""), "{html}");
    check(
        "<img src=known.png alt=k>",
        "<img src=\"to/known.png\" loading=\"lazy\" width=\"600\" height=\"400\" alt=\"k\">",
    );
}

#[test]
fn abbreviations_lead_to_what_they_mean_at_first_use_in_a_section() {
    let html =
        "<a class=\"term\" href=\"#abbr-1\"><abbr title=\"Hyper &lt;Text&gt;\">HTML</abbr></a>";
    let list = "<details class=\"terms\"><summary></summary><dl><dt id=\"abbr-1\">HTML</dt><dd>Hyper &lt;Text&gt;</dd></dl></details>";
    check(
        "HTML, HTML and XHTML: `HTML`, [HTML](b.md), <a>HTML</a>\n*[HTML]: Hyper <Text>\n*[CSS]: x\n\n### HTML\n\nHTML\n",
        &format!(
            "<p>{html}, HTML and XHTML: <code>HTML</code>, <a href=\"to/b.md\">HTML</a>, <a>HTML</a></p>\n\
             <h3 id=\"html\">HTML<a class=\"anchor\" href=\"#html\" aria-label=\"Link to HTML\">#</a></h3>\n<p>HTML</p>\n{list}"
        ),
    );
    let body = render("HTML\n\n## A\n\n<a>HTML</a> HTML\n\n*[HTML]: Hyper <Text>\n");
    assert_eq!(body.matches("class=\"term\"").count(), 2, "{body}");
    check(
        "`*[A]: b`\n\n    *[A]: b",
        "<p><code>*[A]: b</code></p>\n<div class=\"code\"><pre tabindex=\"0\"><code>*[A]: b</code></pre></div>",
    );
}
