// Everything but searching as you type works without scripts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, opened, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

let browser, host;
before(async () => {
  const folder = demo();
  [browser, host] = await Promise.all([launch(), serve(folder)]);
});
after(() => Promise.all([browser.close(), host.stop()]));

const OFF = { javaScriptEnabled: false };

test("links lead from page to page", () =>
  withPage(browser, host.origin, OFF, async (page) => {
    await page.goto(host.url());
    await page.locator("main").getByRole("link", { name: "People and money" }).first().click();
    await page.locator("main").getByRole("link", { name: "Claiming expenses" }).first().click();
    await page.getByRole("link", { name: /^History/ }).click();
    await page.waitForURL(/\/working-here\/expenses\/history\/(index\.html)?$/);
    await opened(page, /Claiming expenses/);
  }));

test("colours follow the device", async () => {
  const grounds = [];
  for (const colorScheme of ["light", "dark"]) {
    await withPage(browser, host.origin, { ...OFF, colorScheme }, async (page) => {
      await page.goto(host.url("pumping/standby/"));
      // Without scripts of the page there is no looking into it: a picture tells its ground.
      grounds.push((await page.screenshot({ clip: { x: 2, y: 300, width: 4, height: 4 } })).toString("base64"));
    });
  }
  assert.notEqual(grounds[0], grounds[1]);
});

test("the search page is an index from A to Z that leads everywhere", () =>
  withPage(browser, host.origin, OFF, async (page) => {
    await page.goto(host.url("people/"));
    const field = page.locator("header form.site-search input[name=q]");
    await field.fill("standby");
    await field.press("Enter");
    await page.waitForURL(/search\/(index\.html)?\?q=standby/);
    const letters = page.locator("main .letters a");
    assert.ok((await letters.count()) > 10);
    const entries = await page.locator("main .az a").count();
    assert.ok(entries > 60, `${entries} entries`);
    await page.locator("main .az").getByRole("link", { name: "Standby duty", exact: true }).click();
    await opened(page, "Standby duty");
  }));

test("the menu of a phone opens", () =>
  withPage(browser, host.origin, { ...OFF, viewport: PHONE }, async (page) => {
    await page.goto(host.url());
    const people = page.locator(".menu").getByRole("link", { name: "People" });
    assert.equal(await people.isVisible(), false);
    await page.locator(".menu summary").click();
    await people.click();
    await page.waitForURL(/\/people\/(index\.html)?$/);
  }));
