// Searching on every sort of host: below a path, with the commonest sorts of files only, compressed, slow, broken, behind a
// login. (From a disk: search.test.mjs.)
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

let browser, folder, hosts;
before(async () => {
  folder = demo();
  const serving = [
    serve(folder),
    serve(folder, "/deep/below/", { isStrict: true }),
    serve(folder, "/wiki/", { isStrict: true, isCompressed: true }),
  ];
  [browser, ...hosts] = await Promise.all([launch(), ...serving]);
});
after(() => Promise.all([browser.close(), ...hosts.map((host) => host.stop())]));

const result = (page, name) => page.locator("#search-results").getByRole("link", { name }).first();
const isOfIndex = "**/search/*.js";

for (const [at, name] of ["the root", "a path and known files only", "a path and compression"].entries()) {
  test(`the page, its filters and the dialog work below ${name}`, () =>
    withPage(browser, hosts[at].origin, {}, async (page) => {
      await page.goto(hosts[at].url("search/?q=standby"));
      await result(page, /Standby duty/).waitFor();
      await page.locator("#search-facets input").first().check();
      await page.locator("#search-chosen button").waitFor();
      await page.goto(hosts[at].url("people/marijke/"));
      await page.keyboard.press("Control+k");
      await page.keyboard.type("claiming expenses");
      await page.locator("dialog").getByRole("option", { name: /Claiming expenses/ }).first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/expenses/);
    }));
}

for (const [name, options] of Object.entries({ laptop: {}, phone: { viewport: PHONE } })) {
  test(`nothing jumps while results appear on a ${name}`, () =>
    withPage(browser, hosts[0].origin, options, async (page) => {
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.sources.map(({ node }) => node && (node.id || node.className))]);
        }).observe({ type: "layout-shift", buffered: true });
      });
      for (const query of ["standby", "pump+kind:page", "xqzzyjw", "boezem+kind:news"]) {
        await page.goto(hosts[0].url(`search/?q=${query}`));
        await page.locator("#search-status:not(:empty)").waitFor();
        await page.waitForLoadState("networkidle");
        if (query.startsWith("boezem")) await page.locator("#search-tried button").waitFor();
        if (query.startsWith("standby")) await page.locator(".search-experts").waitFor();
        const shifts = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.shifts)))));
        const sum = shifts.reduce((total, [value]) => total + value, 0);
        assert.ok(sum < 0.01, `${query}: ${JSON.stringify(shifts)}`);
      }
    }));
}

test("a network that fails says so, and another try finds", () =>
  withPage(browser, hosts[0].origin, {}, async (page, faults) => {
    for (const what of [isOfIndex, "**/assets/search-engine*", "**/assets/search-results*"]) {
      await page.route(what, (route) => route.abort());
      await page.goto(hosts[0].url("search/?q=standby"));
      await page.locator(".search-error", { hasText: "could not be loaded" }).waitFor();
      await page.unroute(what);
      await page.getByRole("button", { name: "Try again" }).click();
      await result(page, /Standby duty/).waitFor();
    }
    faults.length = 0;
  }));

test("a slow network says so", () =>
  withPage(browser, hosts[0].origin, {}, async (page) => {
    await page.clock.install();
    let letThrough;
    const held = new Promise((done) => (letThrough = done));
    await page.route(isOfIndex, async (route) => (await held, route.continue()));
    await page.goto(hosts[0].url("search/?q=standby"));
    await page.clock.runFor(3500);
    await page.locator("#search-status", { hasText: "slow" }).waitFor();
    letThrough();
    await result(page, /Standby duty/).waitFor();
  }));

test("a login in front of the site is recognised", () =>
  withPage(browser, hosts[0].origin, {}, async (page, faults) => {
    const logins = {
      "a redirect": (route) => route.fulfill({ status: 302, headers: { location: "/404.html" } }),
      "a refusal": (route) => route.fulfill({ status: 401, body: "" }),
      "a page": (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Log in</title>" }),
    };
    for (const [name, answer] of Object.entries(logins)) {
      for (const what of [isOfIndex, "**/assets/search-engine*", "**/assets/search-results*"]) {
        await page.route(what, answer);
        await page.goto(hosts[0].url("search/?q=standby"));
        await page.locator(".search-error", { hasText: "signed out" }).waitFor().catch(() => assert.fail(`${name} for ${what}`));
        await page.unroute(what);
      }
    }
    faults.length = 0;
  }));

test("the first focus fetches what a search begins with, and a page that nobody searches fetches none of it", () =>
  withPage(browser, hosts[0].origin, {}, async (page) => {
    const asked = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(hosts[0].url("people/"), { waitUntil: "networkidle" });
    assert.ok(!asked.some((path) => /search-(engine|results)/.test(path) || path.startsWith("/search/")), asked.join(" "));
    const index = page.waitForRequest((request) => request.url().endsWith("/search/index.js"));
    await page.locator("header form.site-search input[name=q]").focus();
    await index;
  }));

test("what is typed before the scripts are there is searched when they are", () =>
  withPage(browser, hosts[0].origin, {}, async (page) => {
    let letThrough;
    const held = new Promise((done) => (letThrough = done));
    await page.route("**/assets/search-results*", async (route) => (await held, route.continue()));
    await page.goto(hosts[0].url("people/"));
    await page.keyboard.press("/");
    await page.keyboard.type("claiming expenses");
    letThrough();
    await page.locator("dialog").getByRole("option", { name: /Claiming expenses/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/expenses/);
  }));

test("scripts keep to their weight", () => {
  const assets = join(folder, "assets");
  const weigh = (name) => {
    const file = readdirSync(assets).find((file) => file.startsWith(`${name}.`) && file.endsWith(".js"));
    return gzipSync(readFileSync(join(assets, file)), { level: 9 }).length / 1024;
  };
  const everywhere = weigh("site") + weigh("search");
  assert.ok(everywhere <= 4.5, `every page loads ${everywhere} KiB`);
  const first = weigh("search") + weigh("search-results") + weigh("search-engine");
  assert.ok(first <= 12, `a first search loads ${first} KiB`);
  const all = first + weigh("search-around") + weigh("search-further");
  assert.ok(all <= 19.5, `all of the search is ${all} KiB`);
});
