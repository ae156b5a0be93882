// axe-core finds nothing serious, and nothing runs over the side, on every kind of page, in light, in dark and on 320 px.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { DESKTOP, launch, NARROW, overhang, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

const PAGES = {
  home: "", page: "pumping/standby/", "page with code": "ict/telemetry/", question: "questions/foam-on-the-aeration-tank/",
  person: "people/marijke/", people: "people/", domain: "domains/water-levels/", domains: "domains/",
  history: "pumping/standby/history/", "what a revision changed": (folder) => difference(folder, "pumping/standby"), changes: "changes/", "changes of a domain": "changes/domain/water-levels/", "changes of a kind": "changes/kind/question/", "what was removed or moved": "changes/gone/",
  "a table that changed": (folder) => difference(folder, "pumping/level-areas", '<tr class="changed"'), "a picture that came": (folder) => difference(folder, "dikes/inspection-round", '<span class="picture"><img'), "changes by a person": "changes/person/marijke/", search: "search/?q=standby", "search with filters": "search/?q=pump+kind:page+in:zzz", "search without results": "search/?q=xqzzyjw", "search of a person": "search/?q=marijke", "list of a kind": "questions/",
  "page that is missing": "404.html", "page that was removed": "ict/fax-numbers/", "page with an abbreviation": "pumping/level-areas/",
};

/** The address of what the newest revision of a page changed, of those that show something. */
function difference(folder, page, shown = "") {
  const read = (path) => readFileSync(`${folder}/${path}index.html`, "utf8");
  const links = read(`${page}/history/`).matchAll(/href="([0-9a-f]{8})\/index.html"/g);
  const all = [...links].map(([, id]) => `${page}/history/${id}/`);
  return all.find((path) => read(path).includes(shown));
}

const LOOKS = {
  light: { colorScheme: "light", viewport: DESKTOP },
  dark: { colorScheme: "dark", viewport: DESKTOP },
  "320 px": { colorScheme: "light", viewport: NARROW },
  "320 px, dark": { colorScheme: "dark", viewport: NARROW },
};

let browser, host, folder;
before(async () => {
  folder = demo();
  [browser, host] = await Promise.all([launch(), serve(folder)]);
});
after(() => Promise.all([browser.close(), host.stop()]));

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

for (const [look, options] of Object.entries(LOOKS)) {
  for (const [name, path] of Object.entries(PAGES)) {
    // The policy of the page would keep the checker out of it; the other tests run under it.
    test(`${name}, ${look}`, () =>
      withPage(browser, host.origin, { ...options, bypassCSP: true }, async (page) => {
        await page.goto(host.url(typeof path === "function" ? path(folder) : path));
        if (name.startsWith("search")) {
          await page.locator("#search-status:not(:empty)").waitFor();
          await page.locator("#search-facets").evaluate((box) => (box.open = true));
          await page.waitForLoadState("networkidle");
        }
        // What is folded is looked at too.
        await page.locator("main details").evaluateAll((folds) => folds.forEach((fold) => (fold.open = true)));
        assert.deepEqual(await findings(page), []);
        assert.ok((await overhang(page)) <= 0, "the page is wider than the screen");
      }));
  }
}

test("the search dialog with results", () =>
  withPage(browser, host.origin, { bypassCSP: true }, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    await page.keyboard.press("/");
    await page.keyboard.type("expenses");
    await page.locator("dialog [role=option]").first().waitFor();
    assert.deepEqual(await findings(page), []);
  }));

test("the search dialog with filters to choose from, with none of anything, and with a host that fails", () =>
  withPage(browser, host.origin, { bypassCSP: true }, async (page, faults) => {
    await page.goto(host.url("pumping/standby/"));
    await page.keyboard.press("/");
    await page.keyboard.type("kind:");
    await page.locator("dialog .search-hint").first().waitFor();
    assert.deepEqual(await findings(page), []);
    await page.locator("dialog input").fill("xqzzyjw");
    await page.locator("dialog .search-status", { hasText: "Nothing" }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.route("**/search/*.js", (route) => route.abort());
    await page.reload();
    await page.keyboard.press("/");
    await page.keyboard.type("expenses");
    await page.locator("dialog .search-error").waitFor();
    assert.deepEqual(await findings(page), []);
    faults.length = 0;
  }));

test("every page of the example site fits 320 px", () =>
  withPage(browser, host.origin, { viewport: NARROW }, async (page) => {
    await page.goto(host.url("search/"));
    const addresses = await page.locator(".az a").evaluateAll((links) => links.map((link) => link.href));
    assert.ok(addresses.length > 60);
    const wide = [];
    for (const address of new Set(addresses)) {
      await page.goto(address);
      if ((await overhang(page)) > 0) wide.push(address);
    }
    assert.deepEqual(wide, []);
  }));
