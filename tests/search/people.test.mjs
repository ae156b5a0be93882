// "Who knows about …" on the example site: 30 questions, each with somebody whom a colleague would send you to.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { engine, loader, root } from "./support.mjs";

let folder;
let search;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "polder-people-"));
  execFileSync("cargo", ["run", "--quiet", "--", "demo", "--no-serve", join(folder, "demo")], { cwd: root, stdio: "ignore" });
  search = engine.makeEngine(loader(join(folder, "demo/public")), "en");
});
after(() => rmSync(folder, { recursive: true }));

async function known(question) {
  const people = await search.people(await search.search(question));
  const fragments = await Promise.all(people.map(({ page }) => search.fragment(page)));
  return people.map((person, i) => ({ ...person, id: fragments[i].href.split("/")[1] }));
}

test("the right person is among the first three, for nine questions in ten", async (t) => {
  const questions = JSON.parse(readFileSync(join(root, "tests/search/people.json"), "utf8"));
  assert.equal(questions.length, 30);
  const missed = [];
  let first = 0;
  for (const [question, expected] of questions) {
    const ids = (await known(question)).map(({ id }) => id);
    first += ids[0] === expected ? 1 : 0;
    if (!ids.slice(0, 3).includes(expected)) missed.push(`${question}: ${ids}, not ${expected}`);
  }
  t.diagnostic(`first: ${first} of 30; among three: ${30 - missed.length}`);
  assert.ok(missed.length <= 3, missed.join("\n"));
});

test("why somebody knows is told", async () => {
  const [tom] = await known("who knows about pumps");
  assert.equal(tom.id, "tom");
  assert.ok(tom.reasons.some(({ role }) => role === "owner") && tom.reasons.some(({ role }) => role === "profile"));
  assert.ok(tom.reasons.length <= 5);
  // What one wrote of oneself is the profile, and no page that one wrote.
  const own = tom.reasons.filter(({ page }) => page === tom.page);
  assert.deepEqual(own.map(({ role }) => role), ["profile"]);
});
