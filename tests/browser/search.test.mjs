// Searching: on the search page, in the dialog, from a disk.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, opened, PHONE, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { demo } from "./support/sites.mjs";

let browser, host, folder;
before(async () => {
  folder = demo();
  [browser, host] = await Promise.all([launch(), serve(folder)]);
});
after(() => Promise.all([browser.close(), host.stop()]));

const found = (page, name) => page.locator("#search-results").getByRole("link", { name }).first();
const dialog = (page) => page.locator("dialog[open]");
const focused = (page) => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName);

test("an address with a question shows its answers", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=standby"));
    await found(page, /Standby duty/).waitFor();
    assert.equal(await page.locator("#search-page-q").inputValue(), "standby");
    assert.match(await page.locator("#search-status").innerText(), /\d+ results?/);
  }));

test("the form of any page leads to the answers", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("people/"));
    const field = page.locator("header form.site-search input[name=q]");
    await field.fill("claiming expenses");
    await field.press("Enter");
    await page.waitForURL(/search\/(index\.html)?\?q=claiming/);
    await found(page, /Claiming expenses/).click();
    await opened(page, /Claiming expenses/);
  }));

test("answers follow the typing, and a wrong letter is forgiven", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/"));
    await page.locator("#search-page-q").pressSequentially("stanby duty");
    await found(page, /Standby duty/).waitFor();
  }));

test("a question without an answer says so", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=xqzzyjw"));
    await page.locator("#search-status", { hasText: "xqzzyjw" }).waitFor();
  }));

test("when nothing is found, the nearest words are offered", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=stondbi+rules"));
    await page.getByRole("button", { name: /^standby rules$/ }).click();
    await found(page, /Standby duty/).waitFor();
    assert.equal(await page.locator("#search-page-q").inputValue(), "standby rules");
  }));

for (const key of ["/", "Control+k"]) {
  test(`${key} opens the dialog, Escape closes it and gives the focus back`, () =>
    withPage(browser, host.origin, {}, async (page) => {
      await page.goto(host.url("pumping/standby/"));
      const link = page.getByRole("link", { name: "Source" });
      await link.focus();
      await page.keyboard.press(key);
      await dialog(page).waitFor();
      await page.keyboard.type("expenses");
      await dialog(page).getByRole("option").first().waitFor();
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "detached" });
      assert.equal(await focused(page), "Source");
    }));
}

test("arrows and Enter open a result of the dialog", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("pumping/standby/"));
    await page.keyboard.press("/");
    await page.keyboard.type("claiming expenses");
    await dialog(page).getByRole("option", { name: /Claiming expenses/ }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    const chosen = dialog(page).locator("[role=option][aria-selected=true]");
    assert.equal(await chosen.count(), 1);
    const place = await page.locator("dialog [role=combobox]").getAttribute("aria-activedescendant");
    assert.equal(await chosen.getAttribute("id"), place);
    const address = (await chosen.getAttribute("href")).replace(/index\.html(#.*)?$/, "");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.startsWith(address) && !url.href.includes("/standby/"));
    assert.equal(await dialog(page).count(), 0);
  }));

test("a slash in a field is a slash", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("people/"));
    const field = page.locator("header form.site-search input[name=q]");
    await field.pressSequentially("a/b");
    assert.equal(await field.inputValue(), "a/b");
    assert.equal(await dialog(page).count(), 0);
  }));

test("searching works on a phone", () =>
  withPage(browser, host.origin, { viewport: PHONE }, async (page) => {
    await page.goto(host.url());
    await page.locator(".search-link").click();
    await page.locator("#search-page-q").fill("standby");
    await found(page, /Standby duty/).waitFor();
  }));

test("people are found by what they know", () =>
  withPage(browser, host.origin, {}, async (page) => {
    await page.goto(host.url("search/?q=Marijke"));
    await found(page, /Marijke Vos/).waitFor();
  }));

test("searching works from a disk, without a server", () =>
  withPage(browser, "file://", {}, async (page) => {
    await page.goto(`${pathToFileURL(folder)}/search/index.html?q=standby`);
    await found(page, /Standby duty/).click();
    await opened(page, "Standby duty");
    await page.keyboard.press("/");
    await page.keyboard.type("expenses");
    await dialog(page).getByRole("option", { name: /Claiming expenses/ }).first().waitFor();
  }));
