// What authors write is text: in titles, names, messages and search results no markup of theirs comes to life.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { siteOf } from "./support/sites.mjs";

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
