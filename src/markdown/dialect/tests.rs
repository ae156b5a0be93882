//! What readers see of other tools' Markdown.

use super::super::html::tests::render;
use super::super::outline::Outline;
use super::super::{Dialect, scan};

const NOTE: &str = "<div class=\"alert alert-note\"><p class=\"alert-title\">«note»</p>\n";

fn outline(body: &str) -> Outline {
    scan(body, Dialect::default())
}

fn check(body: &str, expect: &str) {
    let squeezed: String = render(body).lines().collect();
    assert_eq!(squeezed, expect.replace('\n', ""), "{body}");
}

#[test]
fn label_with_brackets_of_its_own_is_no_name() {
    check(
        "a [[1]](#b), `[[2]](#c)`\n",
        "<p>a <a href=\"to/#b\">[1]</a>, <code>[[2]](#c)</code></p>",
    );
    check("[[a]](see below)\n", "<p><a href=\"to/a\">a</a>(see below)</p>");
}

#[test]
fn admonitions_hold_blocks() {
    check(
        "Before\n!!! note\n    One *two*\n\n    - a\n      b\n\n      code\nafter\n",
        &format!(
            "<p>Before</p>{NOTE}<p>One <em>two</em></p><ul><li><p>ab</p><p>code</p></li></ul></div><p>after</p>"
        ),
    );
}

#[test]
fn titles_are_markdown() {
    check(
        "??? tip \"See `x`, [y](z.md)\"\n    Text\n",
        "<details class=\"alert alert-tip\"><summary class=\"alert-title\">See <code>x</code>, \
         <a href=\"to/z.md\">y</a></summary><p>Text</p></details>",
    );
    check(
        "???+ expander \"1. Open\"\n\n    Text\n",
        "<details class=\"alert alert-plain\" open><summary class=\"alert-title\">1. Open</summary>\
         <p>Text</p></details>",
    );
}

#[test]
fn blocks_with_names_nest() {
    let inner = "<div class=\"alert alert-tip\"><p class=\"alert-title\">T</p><p>in</p></div>";
    let expect = format!("{NOTE}<p>a</p>{inner}<p>b</p></div><p>c</p>");
    check("!!! note\n\n    a\n\n    !!! tip \"T\"\n        in\n\n    b\n\nc\n", &expect);
    check("::::note\n\na\n\n:::tip[T]\nin\n:::\n\nb\n::::\nc\n", &expect);
    check("> [!note]\n> a\n> > [!tip] T\n> > in\n>\n> b\n\nc\n", &expect);
    check(":::note\na\n!!! tip \"T\"\n    in\n\nb\n:::\nc\n", &expect);
}

#[test]
fn blocks_with_names_stand_in_lists() {
    let expect = format!("<ol><li><p>a</p>{NOTE}<p>b</p></div></li><li><p>c</p></li></ol>");
    check("1. a\n\n    !!! note\n        b\n\n2. c\n", &expect);
    check("1. a\n\n   :::note\n   b\n   :::\n\n2. c\n", &expect);
    check("1. a\n   > [!NOTE]\n   > b\n\n2. c\n", &expect);
}

#[test]
fn tabs_are_all_shown() {
    check(
        "=== \"A\"\n\n    one\n\n=== \"B\"\n\n    two\n",
        "<div class=\"tab\"><p class=\"tab-title\">A</p><p>one</p></div>\
         <div class=\"tab\"><p class=\"tab-title\">B</p><p>two</p></div>",
    );
}

#[test]
fn quotes_that_are_no_callouts_stay_quotes() {
    check("> [!x](y) z\n", "<blockquote><p><a href=\"to/y\">!x</a> z</p></blockquote>");
    check("> a\n> [!faq] b\n", "<blockquote><p>a[!faq] b</p></blockquote>");
}

#[test]
fn callouts_fold_and_have_any_name() {
    check(
        "> [!faq]- Why *so*?\n> Because\n",
        "<details class=\"alert alert-question\"><summary class=\"alert-title\">Why <em>so</em>?</summary>\
         <p>Because</p></details>",
    );
    check(
        "> [!my-kind]\n> x\n",
        "<div class=\"alert alert-plain\"><p class=\"alert-title\">My kind</p><p>x</p></div>",
    );
}

#[test]
fn code_about_blocks_with_names_is_left_alone() {
    for body in [
        "```\n!!! note\n    x\n:::tip\n:::\n```\n",
        "- ~~~\n  :::tip\n  > [!faq] x\n  ~~~\n",
        "    !!! note\n        x\n",
        "<pre>\n:::note\n:::\n</pre>\n",
        "> ```\n> > [!faq] x\n> ```\n",
    ] {
        let html = render(body);
        assert!(!html.contains("alert"), "{html}");
        assert_eq!(outline(body).notices, [], "{body}");
    }
    let html = render("!!! note\n    ```md\n    !!! tip\n    :::\n    ```\n");
    assert!(html.starts_with(NOTE) && html.contains("!!! tip\n:::\n"), "{html}");
}

#[test]
fn what_stands_in_blocks_with_names_is_found_where_it_was_written() {
    let body = "# A\n\n!!! note \"See [t](t.md)\"\n\n\t## In *it* {#own}\n\n    [x](y.md)\n\n:::tip\n[z](z.md)\n:::\n";
    let outline = outline(body);
    let links: Vec<&str> = outline.links.iter().map(|link| &body[link.span.clone()]).collect();
    assert_eq!(links, ["[t](t.md)", "[x](y.md)", "[z](z.md)"]);
    assert_eq!(outline.headings[1].start, body.find("## In").unwrap());
    assert_eq!(outline.headings[1].anchor, "own");
    assert_eq!(outline.sections[1].text, "x\nz");
}

#[test]
fn colons_that_are_no_alerts_are_told_once() {
    let body = "::: columns\na\n:::\n\n::: row\nb\n:::\n\n:::\n";
    check(body, "<div><p>a</p></div><div><p>b</p></div>");
    let notices = outline(body).notices;
    assert_eq!((notices.len(), notices[0].count, notices[0].span.clone()), (1, 3, 0..11));
}

/// Tells which kinds of things were left out, and how many of each.
fn notices(body: &str) -> Vec<String> {
    outline(body)
        .notices
        .iter()
        .map(|n| format!("{:?} {} {:?}", n.kind, n.count, &body[n.span.clone()]))
        .collect()
}

#[test]
fn tags_of_template_languages_are_left_out() {
    check(
        "a {{ b }} c\n\n{% include \"x.html\"\n  y=1\n%}\n\n{% if x %}\n## D\n{% endif %}\n- e\n{% for f in g %}\n- h\n{% endfor %}\n",
        "<p>a  c</p><h2 id=\"d\">D<a class=\"anchor\" href=\"#d\" aria-label=\"Link to D\">#</a></h2>\
         <ul><li>e</li><li>h</li></ul>",
    );
    check(
        "# <%= current_page.data.title %>\n\na <% if b %>c<% end %> `<% d %>` 1 <% 2\n",
        "<p>a c <code>&lt;% d %&gt;</code> 1 &lt;% 2</p>",
    );
    check("{{< youtube id >}}x{{% notice %}}y{{% /notice %}}", "<p>xy</p>");
    check("a{% comment %}b [c](d.md)\n\ne{% endcomment %}f", "<p>af</p>");
    check("{% raw %}{{ a }}{% endif %}{% endraw %}b", "<p>{{ a }}{% endif %}b</p>");
    assert_eq!(
        notices("# {{ page.title }}\n\nx {{ a }} {% b %}\n\n{{< c >}}\n"),
        ["TemplateTag 2 \"{{ a }}\"", "Shortcode 1 \"{{< c >}}\""]
    );
    assert_eq!(outline("a {% b c %} d\n").sections[0].text, "a d");
}

#[test]
fn code_about_templates_is_left_alone() {
    for body in [
        "`{{ a }}`",
        "```\n{{ a }}\n```",
        "    {{ a }}\n",
        "<code>{{ a }}</code>",
        "<pre>\n{{ a }}\n</pre>",
    ] {
        assert!(render(body).contains("{{ a }}"), "{body}");
        assert_eq!(outline(body).notices, [], "{body}");
    }
}

#[test]
fn highlight_tags_are_code() {
    let html = render(
        "- x\n\n  {% highlight ruby %}\n  {{ a }}\n  {% endhighlight %}\n\n{{< highlight go \"x=1\" >}}\nb\n{{< /highlight >}}\nc\n",
    );
    assert!(html.contains("class=\"language-ruby\">{{ a }}"), "{html}");
    assert!(html.contains("class=\"language-go\"") && html.contains("<p>c</p>"), "{html}");
    assert!(!html.contains("highlight go"), "{html}");
}

#[test]
fn tags_in_destinations() {
    check(
        "[a *b*]({% x \"y z\" %})",
        "<p><a href=\"to/{% x &quot;y z&quot; %}\">a <em>b</em></a></p>",
    );
    check(
        "[a]({{ site.baseurl }}/b/) [c]({{< ref \"d.md\" >}})",
        "<p><a href=\"to//b/\">a</a> <a href=\"to/d.md\">c</a></p>",
    );
    check(
        "[a][b]\n\n[b]: {{ site.baseurl }}/c \"T\"\n",
        "<p><a href=\"to//c\" title=\"T\">a</a></p>",
    );
    check("<a href=\"{{ site.baseurl }}/b\">c</a>", "<p><a href=\"to//b\">c</a></p>");
    check("<a href=\"{% b 'c' %}\">d</a>", "<p><a href=\"to/{{}}\">d</a></p>");
}

#[test]
fn components_leave_what_they_hold() {
    check(
        "import X from './x';\nexport const Y = () => {\n  return 1;\n};\n\n# A\n\n<Foo a={b}>\n    **c**\n</Foo>\n\n{/* d */}<Bar e=\"f\" />g <Baz>h</Baz>\n",
        "<h2 id=\"a\">A<a class=\"anchor\" href=\"#a\" aria-label=\"Link to A\">#</a></h2>\
         <p><strong>c</strong></p><p>g h</p>",
    );
    check(
        "<Tabs\n  groupId=\"os\">\n  <TabItem value=\"a\" label=\"Linux\">\n\n    one\n\n  </TabItem>\n  <TabItem value=\"b\">two</TabItem>\n</Tabs>\nthree\n",
        "<div class=\"tab\"><p class=\"tab-title\">Linux</p><p>one</p></div>\
         <div class=\"tab\"><p class=\"tab-title\">b</p><p>two</p></div><p>three</p>",
    );
    check(
        "<img src={require('../x.png').default} alt=\"b\" />",
        "<img src=\"to/../x.png\" loading=\"lazy\" alt=\"b\">",
    );
    check("a <img src={x} /> <Link to=\"c.md\">d</Link>", "<p>a  <a href=\"to/c.md\">d</a></p>");
    check(
        "We import goods from abroad.\nexport is a word",
        "<p>We import goods from abroad.export is a word</p>",
    );
    assert_eq!(
        notices("import a from 'b'\n\n<Foo />\n\n<Bar>\n\ne\n\n</Bar>\n"),
        ["Module 1 \"import a from 'b'\"", "Component 2 \"<Foo />\""]
    );
}

#[test]
fn named_blocks_open_behind_markers() {
    let note = |inner: &str| {
        format!("<div class=\"alert alert-note\"><p class=\"alert-title\">«note»</p>{inner}</div>")
    };
    check(
        "- !!! note\n\n      one\n\n  two\n- three\n",
        &format!("<ul><li>{}<p>two</p></li><li><p>three</p></li></ul>", note("<p>one</p>")),
    );
    check(
        "1. :::note\n   one\n   :::\n2. two\n",
        &format!("<ol><li>{}</li><li><p>two</p></li></ol>", note("<p>one</p>")),
    );
    check(
        "> one\n>\n> !!! note\n>     two\n>\n>     three\n>\n> four\n",
        &format!(
            "<blockquote><p>one</p>{}<p>four</p></blockquote>",
            note("<p>two</p><p>three</p>")
        ),
    );
    check(
        "> !!! note\n>     two\nfour\n",
        &format!("<blockquote>{}</blockquote><p>four</p>", note("<p>two</p>")),
    );
}

#[test]
fn words_with_attributes_are_words() {
    check("a [b *c*]{.d} e [f]{#g}", "<p>a b <em>c</em> e f<span id=\"g\"></span></p>");
    check("[a]{.b}\n\n[a]: c.md", "<p><a href=\"to/c.md\">a</a></p>");
    check("[a] {b} [c]{d e} ![e]{.f}", "<p>[a] {b} [c]{d e} ![e]</p>");
}

#[test]
fn attribute_lists_are_not_shown() {
    check("[a](b.md){ .button } c", "<p><a href=\"to/b.md\">a</a> c</p>");
    check("a\n{: .b}\n\n* c\n{: .d}\n* e {: .f}\n", "<p>a</p><ul><li>c</li><li>e</li></ul>");
    check(
        "# A {: #b .c}\n",
        "<h2 id=\"b\">A<a class=\"anchor\" href=\"#b\" aria-label=\"Link to A\">#</a></h2>",
    );
    check("a {#b}\n", "<p>a<span id=\"b\"></span></p>");
    check("* TOC\n{:toc}\n\na\n\n[TOC]\n\n[[_TOC_]]\n", "<p>a</p>");
    check(":material-home:{ .lg } a :simple: b", "<p>a :simple: b</p>");
    check("a {b} {c, d} { e: f } {1}", "<p>a {b} {c, d} { e: f } {1}</p>");
    check("{::comment}\na\n{:/comment}\nb", "<p>b</p>");
    assert!(outline("a {#b}\n").anchors.contains("b"));
    assert_eq!(notices("a\n{: .b}\n"), ["AttributeList 1 \"{: .b}\""]);
    assert_eq!(notices("a\n{: #b}\n"), [""; 0]);
}

#[test]
fn pictures_are_as_wide_as_asked() {
    let expect =
        "<p><img src=\"to/known.png\" alt=\"k\" width=\"300\" height=\"200\" loading=\"lazy\"></p>";
    check("![k](known.png){ width=\"300\" }", expect);
    check("![k](known.png =300x)", expect);
}

#[test]
fn destinations_with_spaces_are_links() {
    check("[a](b c/d e.xlsx){ .f }", "<p><a href=\"to/b c/d e.xlsx\">a</a></p>");
    check("[a](b c.md \"T\") [d](e f)", "<p><a href=\"to/b c.md\" title=\"T\">a</a> [d](e f)</p>");
    check(
        "[a](<B c.md>) [d]\n\n[d]: <E f.md>\n",
        "<p><a href=\"to/B c.md\">a</a> <a href=\"to/E f.md\">d</a></p>",
    );
    assert_eq!(notices("[a](b c.md)"), ["RawSpace 1 \"b c.md\""]);
}

#[test]
fn tab_behind_a_closing_fence_does_not_keep_the_block_open() {
    let outline = outline("```\na\n```\t\n\n# B\n\n> ~~~\n> c\n> ~~~ \t\n\n# D\n");
    let headings: Vec<&str> = outline.headings.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(headings, ["B", "D"]);
}

#[test]
fn comments_of_obsidian_are_neither_shown_nor_counted() {
    let body = "a %%b [[c]]%% d\n\n%%\n# e\n\n[[f]]\n%%\n\n100%% of g, 50%% of h\n";
    check(body, "<p>a  d</p><p>100%% of g, 50%% of h</p>");
    assert!(outline(body).links.is_empty());
}

#[test]
fn blocks_with_ids_can_be_found_and_cut() {
    let body = "# A\n\ntext one ^abc123\n\n- b ^li-st\n- c\n\n| d |\n|---|\n| e |\n\n^table\n\n2 ^10 and x ^2\n";
    let outline = outline(body);
    let block = |id: &str| body[outline.blocks[id].clone()].trim_end();
    assert_eq!(block("abc123"), "text one ^abc123");
    assert_eq!(block("li-st"), "b ^li-st");
    assert_eq!(block("table"), "| d |\n|---|\n| e |");
    assert_eq!(outline.blocks.len(), 3);
    assert!(outline.anchors.contains("^abc123"));
    let html = render(body);
    assert!(html.contains("<span id=\"^abc123\"></span>\n<p>text one</p>"), "{html}");
    assert!(html.contains("2 ^10 and x ^2"), "{html}");
}

#[test]
fn properties_are_small_definitions() {
    check(
        "status:: open\nowner:: [[Ann]]\n\na std::b\n",
        "<p><strong>status:</strong> open<br /><strong>owner:</strong> <a href=\"to/Ann\">Ann</a></p>\
         <p>a std::b</p>",
    );
    check(
        "- a\n  id:: 62-a\n  collapsed:: true\n- b [due:: soon]\n",
        "<ul><li>a</li><li>b <strong>due:</strong> soon</li></ul>",
    );
}

#[test]
fn marked_text_is_marked() {
    check("a ==b *c*== d", "<p>a <mark>b <em>c</em></mark> d</p>");
    check("a == b == c, x==y, *d ==e* f==", "<p>a == b == c, x==y, <em>d ==e</em> f==</p>");
    check("`==a==` ==b==", "<p><code>==a==</code> <mark>b</mark></p>");
}

#[test]
fn boxes_of_template_languages_are_alerts() {
    let expect = format!("<p>a</p>{NOTE}<p>b <em>c</em></p></div><p>d</p>");
    check("a\n{% hint style=\"note\" %}\nb *c*\n{% endhint %}\nd\n", &expect);
    check("a\n\n{{< notice note >}}\nb *c*\n{{< /notice >}}\nd\n", &expect);
    check(
        "{% tabs %}\n{% tab title=\"A\" %}\nb\n{% endtab %}\n{% endtabs %}\n",
        "<div class=\"tab\"><p class=\"tab-title\">A</p><p>b</p></div>",
    );
    check("{% hint %}a\n\n{% hint %}\nb\n", "<p>a</p><p>b</p>");
}

#[test]
fn address_in_capitals_is_no_component() {
    let html = render("<MAILTO:ANNA@N.EXAMPLE>");
    assert!(html.contains(">MAILTO:ANNA@N.EXAMPLE</a>"), "{html}");
}
