// Everything is reached with keys alone, and the place is always in sight.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

let browser, host;
before(async () => {
  const folder = demo();
  [browser, host] = await Promise.all([launch(), serve(folder)]);
});
after(() => Promise.all([browser.close(), host.stop()]));

test("the first key leads over the header to the text", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    await page.keyboard.press("Tab");
    const skip = page.locator("a.skip");
    assert.ok(await skip.evaluate((link) => link === document.activeElement));
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.height > 10, "it is in sight when it has the focus");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.getElementById("_main").contains(document.activeElement)));
  }));

test("every place that has the focus is marked", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url());
    const bare = [];
    for (let count = 0; count < 60; count++) {
      await page.keyboard.press("Tab");
      const fault = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === document.body) return null;
        const style = getComputedStyle(element);
        const isMarked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
        return isMarked ? null : element.outerHTML.slice(0, 120);
      });
      if (fault) bare.push(fault);
    }
    assert.deepEqual(bare, []);
  }));

test("the menu of a phone opens, closes with Escape and keeps the focus", () =>
  withPage(browser, host.origin, { viewport: PHONE }, async (page) => {
    await page.goto(host.url());
    const summary = page.locator(".menu summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    const people = page.locator(".menu").getByRole("link", { name: "People" });
    assert.ok(await people.isVisible());
    await page.keyboard.press("Escape");
    assert.equal(await people.isVisible(), false);
    assert.ok(await summary.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("Enter");
    await people.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/people\//);
  }));

test("wide tables can be moved with keys", () =>
  withPage(browser, host.origin, { viewport: PHONE }, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    const table = page.locator(".body .table").first();
    assert.equal(await table.getAttribute("tabindex"), "0");
    assert.equal(await table.getAttribute("role"), "region");
    assert.ok(await table.getAttribute("aria-label"));
  }));
