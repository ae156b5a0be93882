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
