// What authors write is text: in titles, names, messages and search results no markup of theirs comes to life.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { siteOf, siteWithHistory } from "./support/sites.mjs";

const TITLE = `<img src=x onerror="window.hit=1">'"&amp;<b>zebra</b>`;
const NAME = `<svg onload="window.hit=1">Eve</svg>`;

let browser, host;
before(async () => {
  const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
  const folder = siteOf({
    "polder.yml": `name: ${quoted(TITLE)}\npurpose: ${quoted(TITLE)}\n`,
    "index.md": "# Home\n\n[[a]]\n",
    "a.md": `---\ntitle: ${quoted(TITLE)}\nauthors: [${quoted(NAME)}]\ndomains: [${quoted(TITLE)}]\ntags: [${quoted(TITLE)}]\nsummary: ${quoted(TITLE)}\naliases: [${quoted(TITLE)}]\nextra: ${quoted(TITLE)}\n---\n`
      + `## ${TITLE}\n\n<script>window.hit=1</script>\n<a href="javascript:window.hit=1" onclick="window.hit=1">x</a>\n<style>*{display:none}</style>\n\n[[a|${TITLE}]] ![${TITLE}](nope.png)\n\n\`\`\`"><script>window.hit=1</script>\nzebra <script>window.hit=1</script>\n\`\`\`\n\nThe zebra <iframe src="https://example.org"></iframe> text.\n`,
    "b.md": "# B\n\nSee [[a]], the zebra page.\n",
  });
  [browser, host] = await Promise.all([launch(), serve(folder)]);
});
after(() => Promise.all([browser.close(), host.stop()]));

// Without the policy the sanitiser alone must hold; with it nothing may even be tried.
for (const bypassCSP of [false, true]) {
  test(`no page runs what authors wrote, ${bypassCSP ? "without" : "with"} the policy of the headers`, () =>
    withPage(browser, host.origin, { bypassCSP }, async (page) => {
      for (const path of ["", "a/", "b/", "people/", "domains/", "search/", "404.html"]) {
        await page.goto(host.url(path));
        assert.equal(await page.evaluate(() => window.hit), undefined, path);
        const alive = "main img[src=x], main script, main svg[onload], main iframe, main style, main [onclick], main [onerror]";
        assert.equal(await page.locator(alive).count(), 0, path);
      }
      await page.goto(host.url("a/"));
      assert.equal(await page.locator("main h1").innerText(), TITLE);
    }));

  test(`no result of a search runs what authors wrote, ${bypassCSP ? "without" : "with"} the policy`, () =>
    withPage(browser, host.origin, { bypassCSP }, async (page) => {
      await page.goto(host.url(`search/?q=${encodeURIComponent("zebra <img src=x onerror=window.hit=1>")}`));
      const first = page.locator("#search-results a").first();
      await first.waitFor();
      assert.ok((await page.locator("#search-results").innerText()).includes("<img src=x"));
      assert.equal(await page.locator("#search-results img, #search-results svg[onload]").count(), 0);
      assert.equal(await page.evaluate(() => window.hit), undefined);
      await page.goto(host.url("b/"));
      await page.keyboard.press("/");
      await page.keyboard.type("zebra");
      await page.locator("dialog [role=option]").first().waitFor();
      assert.equal(await page.locator("dialog img, dialog svg[onload]").count(), 0);
      assert.equal(await page.evaluate(() => window.hit), undefined);
    }));
}

// One hostile text in every field and every form of Markdown, over several kinds of pages, with what a parser of HTML, of
// addresses or of SVG is known to stumble over.
const ATTACKS = [
  `"><img src=x onerror="window.hit=1">`,
  `</title></textarea></script><script>window.hit=1</script>`,
  `<svg><animate onbegin="window.hit=1" attributeName=x dur=1s></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.hit=1&gt;">`,
  `<a href="java&#10;script:window.hit=1" id=attack>x</a>`,
  `<form action="javascript:window.hit=1"><button formaction="javascript:window.hit=1">x</button></form>`,
  `<base href="https://example.org/"><meta http-equiv=refresh content="0;url=javascript:window.hit=1">`,
  `<noscript><p title="</noscript><img src=x onerror=window.hit=1>"></noscript>`,
  `<details open ontoggle="window.hit=1"><summary>s</summary>d</details>`,
  `<data value="polder-slot-0"></data><data value='polder-slot-0'></data>`,
  `{{ x }}{% raw %}\${x}#{x}`,
];

const KINDS = ["page", "person", "domain", "group", "question", "answer", "decision", "term", "news"];

// Returns one page that holds a text wherever an author can put one.
const everywhere = (attack, kind) => {
  const quoted = `'${attack.replaceAll("'", "''")}'`;
  const line = attack.replaceAll("\n", " ");
  return [
    `---\ntitle: ${quoted}\nkind: ${kind}\nsummary: ${quoted}\nauthors: [${quoted}]\nowner: ${quoted}\ndomains: [${quoted}]`,
    `tags: [${quoted}]\naliases: [${quoted}]\nlang: en\nstatus: ${quoted}\nemail: ${quoted}\nextra: ${quoted}\n---`,
    `## ${line}\n\n${line}\n\n- [ ] ${line}\n\n> [!NOTE] ${line}\n> ${line}\n`,
    `| ${line.replaceAll("|", "\\|")} |\n| - |\n| ${line.replaceAll("|", "\\|")} |\n`,
    `[x](<${line.replaceAll(/[<>]/g, "")}> "${line.replaceAll('"', "&quot;")}") [${line}](javascript:window.hit=1) <javascript:window.hit=1>`,
    `![${line}](x.png) [[${line}]] ![[${line}]] [x](data:text/html,<script>window.hit=1</script>) [x](vbscript:x) [x][r] ${line}[^1]\n`,
    `[r]: javascript:window.hit=1 "${line.replaceAll('"', "&quot;")}"\n\n[^1]: ${line}\n`,
    `\`${line}\`\n\n\`\`\`js title="${line}" {1} linenums="${line}"\n${attack}\n\`\`\`\n`,
    `$\\text{${line}}$ $${line}$ $$\\href{javascript:window.hit=1}{${line}}$$\n\n\`\`\`math\n${attack}\n\`\`\`\n`,
    `\`\`\`mermaid\nflowchart LR\n  A["${line.replaceAll('"', "'")}"] --> B[b]\n  click A "javascript:window.hit=1"\n\`\`\`\n`,
    `:tada: ++ctrl+c++ @${line} www.example.org/"onmouseover="window.hit=1\n`,
  ].join("\n");
};

for (const bypassCSP of [false, true]) {
  test(`nothing runs from any field of any kind of page, ${bypassCSP ? "without" : "with"} the policy`, async () => {
    const files = { "index.md": "# Home\n" };
    ATTACKS.forEach((attack, at) => {
      files[`p${at}.md`] = everywhere(attack, KINDS[at % KINDS.length]);
    });
    const hostile = await serve(siteOf(files));
    try {
      await withPage(browser, hostile.origin, { bypassCSP }, async (page) => {
        page.on("dialog", (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
        for (const path of ["", ...ATTACKS.map((_, at) => `p${at}/`), "people/", "domains/", "404.html"]) {
          await page.goto(hostile.url(path));
          const alive = await page.evaluate(() => {
            const faults = window.hit === undefined ? [] : ["something ran"];
            for (const element of document.querySelectorAll("main *, header *, footer *")) {
              for (const { name, value } of element.attributes) {
                if (/^on/i.test(name)) faults.push(`${element.tagName} ${name}`);
                const isAddress = ["href", "src", "action", "formaction", "xlink:href", "data"].includes(name);
                if (isAddress && /^[\s\x00-\x1f]*(javascript|vbscript|data):/i.test(value)) faults.push(`${element.tagName} ${name}=${value}`);
              }
            }
            const forbidden = "main script, main style, main iframe, main object, main embed, main base, main meta, main form[action^=java], main animate";
            for (const element of document.querySelectorAll(forbidden)) faults.push(element.tagName);
            return faults;
          });
          assert.deepEqual(alive, [], path);
        }
      });
    } finally {
      await hostile.stop();
    }
  });
}

// What is told of the past: names of people and files, messages of commits, texts that changed, pages that moved and went.
const BIDI = "abc \u202Eevil\u202C \u2066x";
const PAST = [
  `<img src=x onerror="window.hit=1">`,
  `</script></title></textarea><script>window.hit=1</script>`,
  `]]><svg onload="window.hit=1"/><![CDATA[`,
  `"'\u202E><b onclick=window.hit=1>`,
];

function hostilePast() {
  const words = PAST.join(" ");
  // A file name holds no slash; a person's name no angle brackets, which git takes away.
  const name = (attack) => attack.replaceAll("/", "\u2215");
  const page = (text) => `# ${words}\n\n${text}\n\n\`\`\`html\n${text}\n\`\`\`\n\n| a |\n| - |\n| ${text.replaceAll("|", "")} |\n`;
  const commit = (at, files) => ({
    by: `Eve "'&amp;&lt;img src=x onerror=window.hit=1&gt; \u202E${at}`,
    mail: `e"'&ve@n.example`,
    message: `${PAST[at % PAST.length]} ${BIDI}\n\n${words}\n\nReviewed-by: ${PAST[0].replaceAll(/[<>]/g, "")} <javascript:window.hit=1@n.example>`,
    files,
  });
  return siteWithHistory([
    commit(0, { "index.md": "# Home\n", "polder.yml": "url: https://wiki.example.org/\nname: X\n", [`${name(PAST[0])}.md`]: page("one"), "gone.md": `---\ntitle: '${PAST[0].replaceAll("'", "''")}'\n---\n${words}\n` }),
    commit(1, { [`${name(PAST[0])}.md`]: page(PAST[0]), [`d ${name(PAST[2])}/${name(PAST[3])}.md`]: page("x ".repeat(40)), [`${name(BIDI)}.md`]: `# ${BIDI}\n` }),
    commit(2, { [`${name(PAST[0])}.md`]: page(`${PAST[1]} ${PAST[2]}`), "gone.md": null }),
    commit(3, { [`d ${name(PAST[2])}/${name(PAST[3])}.md`]: null, [`moved ${name(PAST[1])}.md`]: page("x ".repeat(40)) }),
    commit(4, { [`moved ${name(PAST[1])}.md`]: page(`x ${words}`), "plain.md": `# Plain\n\n![p](plan.svg) <img src="plan.svg" alt="q">\n`,
      "plan.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" onload="window.hit=1"><script>window.hit=1</script><foreignObject width="90" height="40"><p xmlns="http://www.w3.org/1999/xhtml" style="color: red" onclick="window.hit=1">Words<img src="x" onerror="window.hit=1"/></p></foreignObject></svg>` }),
  ]);
}

const pathsBelow = (folder, below = "") => readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? pathsBelow(folder, join(below, entry.name)) : [join(below, entry.name)]);

for (const bypassCSP of [false, true]) {
  test(`nothing runs from anything that is told of the past, ${bypassCSP ? "without" : "with"} the policy`, async () => {
    const folder = hostilePast();
    const past = await serve(folder);
    const pages = pathsBelow(folder).filter((path) => path.endsWith(".html"));
    const isOf = (kind) => pages.some((path) => path.includes(kind));
    assert.ok(isOf("history/") && isOf("changes/") && isOf("people/"), pages.join("\n"));
    try {
      await withPage(browser, past.origin, { bypassCSP, viewport: PHONE }, async (page) => {
        page.on("dialog", (dialog) => assert.fail(`a dialog: ${dialog.message()}`));
        for (const path of pages) {
          const url = past.url(path.split("/").map(encodeURIComponent).join("/"));
          await page.goto(url);
          // Pages at former addresses lead on.
          await page.waitForLoadState();
          const faults = await page.evaluate(() => {
            const found = window.hit === undefined ? [] : ["something ran"];
            for (const element of document.querySelectorAll("body *, head *")) {
              for (const { name, value } of element.attributes) {
                if (/^on/i.test(name)) found.push(`${element.tagName} ${name}`);
                if (/^(href|src|action|data)$/.test(name) && /^[\s\x00-\x1f]*(javascript|vbscript):/i.test(value)) found.push(`${element.tagName} ${name}=${value}`);
              }
            }
            for (const element of document.querySelectorAll("main script, main style, main iframe, main img[src=x], main svg[onload], [onclick]")) found.push(element.tagName);
            // A mark that turns writing around ends with its line, or with what keeps it apart.
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
              const text = texts.currentNode.data;
              if (text.lastIndexOf("\u202E") <= text.lastIndexOf("\u202C")) continue;
              let apart = texts.currentNode.parentElement;
              const keeps = (element) => {
                const { display, unicodeBidi } = getComputedStyle(element);
                return display !== "inline" || /isolate|plaintext/.test(unicodeBidi);
              };
              while (!keeps(apart)) apart = apart.parentElement;
              const after = document.createRange();
              after.setStartAfter(texts.currentNode);
              after.setEndAfter(apart);
              if (/[\p{L}\d]/u.test(after.toString())) found.push(`turns around ${after.toString().slice(0, 40)} in ${apart.className || apart.tagName} after ${texts.currentNode.parentElement.outerHTML.slice(0, 90)}`);
            }
            return found;
          });
          assert.deepEqual(faults, [], path);
        }
      });
    } finally {
      await past.stop();
    }
  });
}

test("feeds of a hostile past are well-formed, and hold its words as text", async () => {
  const folder = hostilePast();
  const host = await serve(folder);
  const feeds = pathsBelow(folder).filter((path) => path.endsWith(".xml"));
  assert.ok(feeds.length > 1);
  try {
    // The page's own policy would keep the test from reading.
    await withPage(browser, host.origin, { bypassCSP: true }, async (page) => {
      await page.goto(host.url());
      for (const feed of feeds) {
        const text = readFileSync(join(folder, feed), "utf8");
        const fault = await page.evaluate((xml) => {
          const parsed = new DOMParser().parseFromString(xml, "application/xml");
          if (parsed.querySelector("parsererror")) return parsed.querySelector("parsererror").textContent;
          // What stands in a feed as HTML is read as a reader of feeds would read it.
          for (const content of parsed.querySelectorAll("content, summary, title")) {
            const html = new DOMParser().parseFromString(content.textContent, "text/html");
            if (content.getAttribute("type") === "html" && html.querySelector("script, [onerror], [onload], [onclick], img[src=x]")) return content.textContent;
          }
          return "";
        }, text);
        assert.equal(fault, "", feed);
      }
    });
  } finally {
    await host.stop();
  }
});

test("a drawing that would run something shows its words and runs nothing, in a page and on its own", async () => {
  const folder = hostilePast();
  const host = await serve(folder);
  try {
    await withPage(browser, host.origin, { bypassCSP: true }, async (page) => {
      await page.goto(host.url("plain/"));
      const shown = await page.locator("main .body img").evaluateAll((all) => all.map((image) => [image.complete && image.naturalWidth, image.getAttribute("width")]));
      assert.deepEqual(shown, [[90, "90"], [90, "90"]]);
      await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
      await page.goto(host.url("plan.svg"));
      assert.equal(await page.evaluate(() => window.hit), undefined);
      assert.equal(await page.evaluate(() => document.documentElement.textContent.trim()), "Words");
      assert.equal(await page.evaluate(() => document.querySelectorAll("script, [onload], [onclick], [onerror]").length), 0);
    });
  } finally {
    await host.stop();
  }
});
