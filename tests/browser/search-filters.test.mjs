// What stands around the results of a search: filters, completion, earlier searches, and what to do when nothing is found.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { siteOf } from "./support/sites.mjs";

let browser, host;
before(async () => {
  const files = {
    "polder.yml": "name: Wiki\nrepository: https://git.n.example/noordwal/wiki\nhost: gitea\n",
    "index.md": "# Home\n\nSee [[Gas permit]].\n",
    "domains/money.md": "---\nkind: domain\ntitle: Money\nstewards: [Ann Baker]\n---\n",
    "domains/water.md": "---\nkind: domain\ntitle: Water\n---\n",
    "people/ann.md": "---\nkind: person\ntitle: Ann Baker\nrole: Treasurer\nknows: [expenses]\n---\n",
    "people/will.md": "---\nkind: person\ntitle: Will Rest\n---\n",
    "questions/vat.md": "---\nkind: question\ntitle: VAT on a zebra?\nstatus: open\ndomains: [money]\n---\nIs there any?\n",
    "glossary/boezem.md": "---\nkind: term\ntitle: Boezem\nsummary: The canals that hold the water.\n---\n",
    "steps.md": "---\nauthors: [Ann Baker]\ndomains: [water]\n---\n# Steps\n\n## Before\n\nFeed the zebra first.\n\n## After\n\nWash the zebra well. Then rest.\n",
  };
  for (let n = 0; n < 14; n++) files[`m/${n}.md`] = `---\ndomains: [money]\n---\n# Rule ${n}\n\nA zebra costs ${n} euro.\n`;
  [browser, host] = await Promise.all([launch(), serve(siteOf(files))]);
});
after(() => Promise.all([browser.close(), host.stop()]));

const status = (page, text) => page.locator("#search-status", { hasText: text }).waitFor();
const box = (page, name) => page.locator("#search-facets").getByLabel(name);
const query = (page) => page.locator("#search-page-q").inputValue();

test("a filter is a step of its own for the back button, and typing is not", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=zebra"));
    await status(page, "16 results");
    await box(page, /Money/).check();
    await status(page, "15 results");
    assert.equal(await query(page), "zebra in:Money");
    assert.match(page.url(), /q=zebra\+in%3AMoney/);
    assert.ok(await box(page, /Money/).evaluate((input) => input === document.activeElement), "the focus stays");
    await box(page, /question/).check();
    await status(page, "1 result");
    await page.goBack();
    await status(page, "15 results");
    assert.equal(await box(page, /Money/).isChecked(), true);
    await page.goBack();
    await status(page, "16 results");
    assert.equal(await query(page), "zebra");
  }));

test("two values of a filter widen it, and each has a button that takes it out", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=zebra+in:money"));
    await box(page, /Water/).check();
    await status(page, "16 results");
    await page.getByRole("button", { name: /Take out .?Domain: Money/ }).click();
    await status(page, "1 result");
    await page.locator("[data-filter='in:Money']:not(:checked)").check();
    await page.getByRole("button", { name: "Take out all filters" }).click();
    await status(page, "16 results");
    assert.equal(await query(page), "zebra");
  }));

test("filters of a phone are folded until they are wanted", () =>
  withPage(browser, host.origin, { viewport: PHONE }, async (page) => {
    await page.goto(host.url("search/?q=zebra"));
    await status(page, "16 results");
    assert.equal(await box(page, /Money/).isVisible(), false);
    await page.locator("#search-facets summary").click();
    await box(page, /Money/).check();
    await status(page, "15 results");
    assert.ok(await page.getByRole("button", { name: /Take out .?Domain: Money/ }).isVisible());
  }));

test("parts of a page that fit stand under it, with a link to each", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=zebra+in:water"));
    await status(page, "1 result");
    const links = await page.locator("#search-results .search-pages a").evaluateAll((all) => all.map((a) => a.href.split("/steps/")[1]));
    assert.deepEqual(links, ["index.html#before", "index.html#after"]);
    assert.equal(await page.locator(".search-part .search-excerpt").innerText(), "Wash the zebra well. Then rest.");
  }));

test("people come first with what they know and keep, and a term with its meaning", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=expenses"));
    const first = page.locator("#search-results a").first();
    await first.waitFor();
    const text = await first.innerText();
    assert.ok(text.includes("Ann Baker") && text.includes("Treasurer") && text.includes("Ask about: expenses"), text);
    await page.goto(host.url("search/?q=boezem"));
    await page.getByText("The canals that hold the water.").waitFor();
  }));

test("who knows about what was found is told with the reason", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=zebra"));
    const expert = page.locator(".search-experts a");
    await expert.waitFor();
    assert.match(await expert.innerText(), /Ann Baker[^]*wrote .?“.*Steps/);
  }));

test("a name that is a subject too does not hide who knows of it", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=who+knows+about+rest"));
    await page.locator(".search-people a", { hasText: "Will Rest" }).waitFor();
    await page.locator(".search-experts a", { hasText: "Ann Baker" }).waitFor();
  }));

test("questions tell their state", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=vat"));
    assert.match(await page.locator("#search-results a").first().innerText(), /Money · question · open/);
  }));

test("questions are a group of their own, before the pages if one fits best", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=vat+euro"));
    await page.locator(".search-questions a", { hasText: "VAT on a zebra?" }).waitFor();
    assert.deepEqual(await page.locator("#search-results h2").allInnerTexts(), ["Questions", "Pages"]);
  }));

test("what is typed is completed for those who ask, and Enter stays with the results", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("steps/"));
    await page.keyboard.press("/");
    await page.keyboard.type("zebra in:mo");
    const hint = page.locator("dialog .search-hint", { hasText: "Money" });
    await hint.waitFor();
    assert.equal(await hint.getAttribute("aria-selected"), "false");
    await page.locator("dialog [aria-selected=true].search-result").waitFor();
    await page.keyboard.press("ArrowUp");
    assert.equal(await hint.getAttribute("aria-selected"), "true");
    await page.keyboard.press("Enter");
    assert.equal((await page.locator("dialog input").inputValue()).trim(), "zebra in:Money");
    await page.locator("dialog .search-status", { hasText: "15 results" }).waitFor();
  }));

test("Home and End move among results once they are walked through", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("steps/"));
    await page.keyboard.press("Control+k");
    await page.keyboard.type("zebra");
    const options = page.locator("dialog a[role=option]");
    await options.nth(9).waitFor();
    await page.locator("dialog .search-experts").waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.type("rule ");
    assert.equal(await page.locator("dialog input").inputValue(), "rule zebra", "Home moved in the field");
    await page.locator("dialog .search-status", { hasText: "14 results" }).waitFor();
    await page.locator("dialog .search-experts").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const last = await options.last().getAttribute("id");
    assert.equal(await page.locator("dialog input").getAttribute("aria-activedescendant"), last);
    await page.keyboard.press("Home");
    assert.equal(await page.locator("dialog input").getAttribute("aria-activedescendant"), "search-option-0");
  }));

test("earlier searches are offered, and forgotten on request", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("steps/"));
    await page.keyboard.press("/");
    await page.keyboard.type("boezem");
    await page.locator("dialog a[role=option]").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/boezem/);
    await page.keyboard.press("/");
    await page.locator("dialog").getByRole("option", { name: "boezem" }).click();
    await page.locator("dialog .search-terms, dialog .search-pages").first().waitFor();
    assert.equal(await page.locator("dialog input").inputValue(), "boezem");
    await page.goto(host.url("search/"));
    await page.locator("#search-results").getByRole("link", { name: "boezem" }).waitFor();
    await page.getByRole("button", { name: "Forget them" }).click();
    assert.equal(await page.locator("#search-results a").count(), 0);
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("polder-searches")).length), 0);
  }));

test("searching goes on where the browser keeps nothing", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } });
    });
    await page.goto(host.url("search/?q=boezem"));
    await page.locator("#search-results a").first().click();
    await page.waitForURL(/glossary\/boezem/);
  }));

test("nothing found: what is wanted, a question to ask, whom to ask", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=gas+qqxx"));
    const nothing = page.locator("#search-nothing");
    await nothing.waitFor();
    await status(page, "No page has all words");
    const wanted = nothing.locator("#search-wanted > li:visible");
    assert.match(await wanted.innerText(), /Gas permit[^]*asked for on 1 page[^]*Home/);
    const ask = decodeURIComponent(await nothing.locator("#search-ask").getAttribute("href"));
    assert.ok(ask.includes("/_new/main/questions?filename=gas-qqxx.md&value=---\ntitle: \"gas qqxx\"\nkind: question\nstatus: open"), ask);
    assert.match(await nothing.locator("#search-keepers").innerText(), /Money: .*Ann Baker/s);
  }));

test("nothing found with a filter: how many there are without it", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=boezem+in:money"));
    await status(page, "Nothing on");
    const ask = decodeURIComponent(await page.locator("#search-ask").getAttribute("href"));
    assert.ok(ask.includes('title: "boezem"'), ask);
    await page.getByRole("button", { name: /Without .*Domain: Money.* there is 1/ }).click();
    await status(page, "1 result");
    assert.equal(await query(page), "boezem");
  }));

test("a filter that is none is told, with those that are", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=zebra+kind:qwertz"));
    await page.getByText(/There is no .*kind:qwertz.*There are: .*page/).waitFor();
  }));

test("only a site that asks for it is told what nobody found, without who searched", async () => {
  const reporting = await serve(siteOf({ "polder.yml": "name: X\nsearch: {report: /robots.txt}\n", "index.md": "# Home\n" }));
  try {
    for (const [origin, isTold] of [[reporting.origin, true], [host.origin, false]]) {
      await withPage(browser, origin, {}, async (page) => {
        const asked = [];
        page.on("request", (request) => request.url().includes("robots.txt") && asked.push(request));
        await page.clock.install();
        for (const query of ["Café  qqxx", "ann@n.example qqxx", "12345678 qqxx", "Home", "qqxy"]) {
          await page.goto(`${origin}/search/?q=${encodeURIComponent(query)}`);
          await page.locator("#search-status:not(:empty)").waitFor();
          await page.waitForLoadState("networkidle");
          if (query !== "qqxy") await page.clock.runFor(3500);
        }
        await page.locator("#search-page-q").fill("Home");
        await page.clock.runFor(3500);
        assert.deepEqual(asked.map((request) => request.url().split("robots.txt")[1]), isTold ? ["?nothing=cafe+qqxx"] : []);
        for (const request of asked) {
          const { cookie, referer } = await request.allHeaders();
          assert.ok(!cookie && !referer, "nothing of who searched");
        }
      });
    }
  } finally {
    await reporting.stop();
  }
});
