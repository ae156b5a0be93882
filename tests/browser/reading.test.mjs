// A colleague reads: from the home page to a domain, a page, its history and the people behind it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, opened, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

let browser, host, wiki;
before(async () => {
  const folder = demo();
  [browser, host, wiki] = await Promise.all([launch(), serve(folder), serve(folder, "/wiki/")]);
});
after(() => Promise.all([browser.close(), host.stop(), wiki.stop()]));

async function walk(page, site) {
  await page.goto(site.url());
  await page.locator("main").getByRole("link", { name: "People and money" }).first().click();
  await opened(page, "People and money");
  await page.locator("main").getByRole("link", { name: "Claiming expenses" }).first().click();
  await opened(page, "Claiming expenses");
  const author = await page.locator(".byline .person a").first().innerText();
  await page.getByRole("link", { name: /^History/ }).click();
  // The script takes `index.html` off the address.
  await page.waitForURL(site.url("working-here/expenses/history/"));
  await page.locator("main").getByRole("link", { name: author }).first().click();
  await opened(page, author.split("\n").pop());
}

test("home leads to a domain, a page, its history and a person", () =>
  withPage(browser, host.origin, {}, (page) => walk(page, host)));

test("the same works below a path of the host", () =>
  withPage(browser, wiki.origin, {}, (page) => walk(page, wiki)));

test("the same works on a phone", () =>
  withPage(browser, host.origin, { viewport: PHONE }, (page) => walk(page, host)));

test("a page says how old it is and who stands for it", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    const byline = page.locator(".byline");
    assert.match(await byline.innerText(), /Marijke Vos/);
    assert.equal(await byline.locator("time").first().getAttribute("datetime"), "2026-11-19");
  }));

test("the choice of colours is kept from page to page", () =>
  withPage(browser, host.origin, { colorScheme: "light" }, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await page.goto(host.url());
    const light = await ground();
    await page.getByRole("radio", { name: "Dark" }).check();
    const dark = await ground();
    assert.notEqual(light, dark);
    await page.goto(host.url("people/"));
    assert.equal(await ground(), dark);
    assert.ok(await page.getByRole("radio", { name: "Dark" }).isChecked());
  }));

test("an address that is not there gives a page that helps", () =>
  withPage(browser, host.origin, {}, async (page, faults) => {
    const answer = await page.goto(host.url("nowhere/at/all/"));
    assert.equal(answer.status(), 404);
    assert.ok(await page.getByRole("link", { name: "Noordwal" }).first().isVisible());
    const styled = await page.evaluate(() => document.styleSheets.length);
    assert.ok(styled > 0, "the page has its looks wherever it is shown");
    faults.splice(0, faults.length, ...faults.filter((fault) => !/404/.test(fault)));
  }));
