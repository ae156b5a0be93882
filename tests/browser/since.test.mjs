// What changed since the last visit: known to the reader's browser alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, launch, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

const LIGHT = { colorScheme: "light", viewport: DESKTOP };

let browser, host;
before(async () => {
  [browser, host] = await Promise.all([launch(), serve(demo())]);
});
after(() => Promise.all([browser.close(), host.stop()]));

/** Changes what the browser remembers of the site. */
const remember = (page, change) =>
  page.evaluate((change) => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("polder-seen:"));
    const seen = JSON.parse(localStorage.getItem(key));
    new Function("seen", change)(seen);
    localStorage.setItem(key, JSON.stringify(seen));
  }, change);

test("a page that changed since it was read says so, once", () =>
  withPage(browser, host.origin, { ...LIGHT, bypassCSP: true }, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    assert.equal(await page.locator(".since").count(), 0);
    await remember(page, `seen.pages["pumping/standby"] = ["00000000", Date.UTC(2026, 0, 5, 12)]`);
    await page.reload();
    const link = page.locator(".since a");
    assert.match(await link.textContent(), /changed since you read it on .*5.*2026/);
    assert.match(await link.getAttribute("href"), /\/pumping\/standby\/history\//);
    await page.reload();
    assert.equal(await page.locator(".since").count(), 0);
  }));

test("what is new since the last visit is marked and counted", () =>
  withPage(browser, host.origin, { ...LIGHT, bypassCSP: true }, async (page) => {
    await page.goto(host.url(""));
    assert.equal(await page.locator(".since, .tag-new").count(), 0);
    const times = (await page.locator("[data-newest]").getAttribute("data-newest")).split(" ").map(Number);
    const third = [...times].sort((a, b) => b - a)[2];
    await remember(page, `seen.top = ${third}; seen.at = Date.now() - 5 * 36e5`);
    await page.reload();
    const newer = times.filter((time) => time > third).length;
    assert.ok((await page.locator(".since").textContent()).endsWith(` ${newer}`));
    await page.goto(host.url("changes/"));
    assert.equal(await page.locator(".tag-new").count(), newer);
    assert.equal(await page.locator(".since").count(), 1);
    await remember(page, "seen.at = Date.now() - 5 * 36e5");
    await page.reload();
    assert.equal(await page.locator(".since, .tag-new").count(), 0);
  }));

test("nothing is said, and nothing fails, where nothing may be stored", () =>
  withPage(browser, host.origin, LIGHT, async (page) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get() { throw new Error("denied"); } });
    });
    await page.goto(host.url("pumping/standby/"));
    await page.goto(host.url("changes/"));
    await page.locator(".themes").waitFor();
    assert.equal(await page.locator(".since").count(), 0);
  }));
