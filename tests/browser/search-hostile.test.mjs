// Whatever stands in titles, names, domains, tags, texts, file names or the query of an address is text in everything that a
// search shows, and keeps to its own line.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, withPage } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { siteOf } from "./support/sites.mjs";

const ATTACKS = [
  `"><img src=x onerror="window.hit=1"> zebra`,
  `</script><script>window.hit=1</script> zebra`,
  `<svg onload="window.hit=1"> zebra 'x' &lt;b&gt;`,
  `\u202ezebra \u2069\u2069 live \u2066turned`,
  `zebra\u0007\u001b[31m\u0085 control`,
  `javascript:window.hit=1 zebra`,
  `{n} {query} \${x} zebra`,
  `constructor __proto__ zebra`,
];

const quoted = (text) => JSON.stringify(text);

let browser, host;
before(async () => {
  const files = { "index.md": "# Home\n", "polder.yml": "name: X\nrepository: https://git.n.example/a/b\nhost: gitea\n" };
  ATTACKS.forEach((attack, n) => {
    const text = quoted(attack);
    const head = (kind, more = "") => `---\nkind: ${kind}\ntitle: ${text}\nauthors: [${text}]\ndomains: [${text}]\ntags: [${text}]\naliases: [${text}]\nsummary: ${text}\nstatus: ${text}\n${more}---\n`;
    files[`p${n}.md`] = `${head("page")}## Part ${attack}\n\nA zebra ${attack}\n\n[[${attack.replace(/[[\]|#]/g, "")} wanted]]\n`;
    files[`q${n}.md`] = `${head("question")}${attack}\n`;
    files[`d${n}.md`] = `${head("domain", `stewards: [${text}]\n`)}${attack}\n`;
    files[`h${n}.md`] = `---\nkind: person\ntitle: ${text}\nrole: ${text}\nknows: [${text}, zebra]\n---\n${attack}\n`;
    files[`t${n}.md`] = `${head("term")}${attack}\n`;
  });
  files[`<img src=x onerror=window.hit=1> zebra 'n.md`] = "A zebra.\n";
  [browser, host] = await Promise.all([launch(), serve(siteOf(files))]);
});
after(() => Promise.all([browser.close(), host.stop()]));

// Returns what of the search on a page is more than text, or could turn the text around it.
const faultsOf = (page) =>
  page.evaluate(() => {
    const faults = window.hit === undefined ? [] : ["something ran"];
    const places = "#search-results, #search-facets, #search-chosen, #search-status, #search-tried, #search-nothing, dialog";
    for (const place of document.querySelectorAll(places)) {
      for (const element of place.querySelectorAll("*")) {
        if (/^(script|style|iframe|svg|object|embed|form|base|meta)$/i.test(element.tagName) && !element.matches(".search-form")) faults.push(element.tagName);
        if (element.tagName === "IMG" && !element.matches(".face")) faults.push("img");
        for (const { name, value } of element.attributes) {
          if (/^on|^style$/i.test(name)) faults.push(name);
          if (["href", "src"].includes(name) && /^[\s\0-\x1f]*(?!https?:)[a-z]+:/i.test(value)) faults.push(`${name}=${value}`);
        }
      }
      const text = place.id === "search-nothing" ? "" : place.textContent;
      const turning = text.match(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]/);
      if (turning) faults.push(`a control character ${turning[0].codePointAt(0).toString(16)} in ${place.id || "dialog"}`);
      // Every isolate that the interface opens is closed.
      if ((text.match(/\u2068/g) || []).length !== (text.match(/\u2069/g) || []).length) faults.push(`open isolates in ${place.id}`);
    }
    return faults;
  });

for (const bypassCSP of [false, true]) {
  test(`results, filters and what is done about nothing are text, ${bypassCSP ? "without" : "with"} the policy`, () =>
    withPage(browser, host.origin, { bypassCSP }, async (page) => {
      const queries = ["zebra", "kind:person", "kind:term zebra", "kind:nope zebra", ...ATTACKS, ...ATTACKS.map((attack) => `kind:${quoted(attack)}`), ...ATTACKS.map((attack) => `qqxx"${attack}`)];
      for (const query of queries) {
        await page.goto(host.url(`search/?q=${encodeURIComponent(query)}`));
        await page.locator("#search-status:not(:empty)").waitFor();
        await page.waitForLoadState("networkidle");
        assert.deepEqual(await faultsOf(page), [], query);
      }
      await page.goto(host.url("search/?q=zebra"));
      await page.locator("#search-facets fieldset").first().waitFor();
      for (const fold of await page.locator("#search-facets .rest summary").all()) await fold.click();
      const before = await page.locator("#search-facets label").allInnerTexts();
      assert.ok(before.some((text) => text.includes("<img src=x onerror=")), before.join("\n"));
      await page.locator("#search-facets input").nth(1).check();
      await page.locator("#search-chosen button").waitFor();
      assert.deepEqual(await faultsOf(page), []);
    }));

  test(`the dialog, its completions and earlier searches are text, ${bypassCSP ? "without" : "with"} the policy`, () =>
    withPage(browser, host.origin, { bypassCSP }, async (page) => {
      await page.goto(host.url("404.html"));
      await page.keyboard.press("Control+k");
      for (const query of ["zebra", "zebra in:", "zebra by:", "kind:", ...ATTACKS]) {
        await page.locator("dialog input").fill(query);
        await page.locator("dialog .search-status:not(:empty)").waitFor();
        await page.locator("dialog [role=option], dialog .search-results a").first().waitFor();
        assert.deepEqual(await faultsOf(page), [], query);
      }
      await page.evaluate((attacks) => localStorage.setItem("polder-searches:/", JSON.stringify([...attacks, 1, null, {}])), ATTACKS);
      await page.locator("dialog input").fill("");
      await page.locator("dialog .search-recent").waitFor();
      assert.deepEqual(await faultsOf(page), []);
    }));
}

test("a title that turns its direction leaves what follows it where it is", () =>
  withPage(browser, host.origin, {}, async (page) => {
    const isBehind = (one, other) =>
      one.evaluateAll((all, sibling) => all.map((element) => {
        const next = element.parentElement.querySelector(sibling) || element.closest("li").querySelector(sibling);
        return next ? next.getBoundingClientRect().left >= element.getBoundingClientRect().left : true;
      }), other);
    await page.goto(host.url("search/"));
    const listed = await isBehind(page.locator(".az a", { hasText: "live" }), ".meta");
    assert.ok(listed.length > 0 && listed.every(Boolean), "in the A–Z");
    await page.goto(host.url("search/?q=zebra"));
    await page.locator("#search-facets label", { hasText: "live" }).first().waitFor({ state: "attached" });
    for (const fold of await page.locator("#search-facets .rest summary").all()) await fold.click();
    const counted = await isBehind(page.locator("#search-facets label bdi", { hasText: "live" }), ".count");
    assert.ok(counted.length > 0 && counted.every(Boolean), "in the filters");
    const titles = await page.locator(".search-title", { hasText: "live" }).evaluateAll((all) => all.map((one) => getComputedStyle(one).unicodeBidi));
    assert.ok(titles.length > 0 && titles.every((way) => way.startsWith("isolate")), titles.join());
  }));
