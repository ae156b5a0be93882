// The reader's engine against an index as Polder writes it: `node --test tests/search/`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { engine, loader, parts, root, writeIndex } from "./support.mjs";

let index;
let search;

before(() => {
  index = writeIndex(readFileSync(join(root, "tests/search/documents.jsonl"), "utf8"));
  search = engine.makeEngine(loader(index.folder));
});
after(() => index.remove());

// Returns the addresses of the first results.
async function find(query, count = 3) {
  const { rows } = await search.search(query);
  const fragments = await Promise.all(rows.slice(0, count).map((row) => search.fragment(row.page)));
  return fragments.map((fragment) => fragment.href.replace("index.html", ""));
}

async function isFirst(query, address) {
  const [first] = await find(query);
  assert.equal(first, address, `first for ${JSON.stringify(query)}`);
}

test("words match the shared vectors", () => {
  const vectors = JSON.parse(readFileSync(join(root, "tests/search/fold.json"), "utf8"));
  for (const [text, words] of vectors) assert.deepEqual(engine.wordsOf(text), words, JSON.stringify(text));
});

test("exact words find the page that is about them", async () => {
  await isFirst("claiming expenses", "handbook/expenses/");
  await isFirst("pump types", "pumps/types/");
  await isFirst("Kubernetes", "it/architecture/");
});

test("page that has just this title comes before longer titles", () => isFirst("security", "it/security/"));

test("other forms of a word find it", async () => {
  await isFirst("policy", "policies/privacy/");
  await isFirst("categorie", "nl/categorie/");
});

test("other names and link texts find the page", async () => {
  await isFirst("declaraties", "handbook/expenses/");
  await isFirst("expense claims", "handbook/expenses/");
});

test("last word may be unfinished", async () => {
  await isFirst("archit", "it/architecture/");
  await isFirst("privacy pol", "policies/privacy/");
});

test("slips are forgiven", async () => {
  await isFirst("kubernets", "it/architecture/");
  await isFirst("kuberntees", "it/architecture/");
  await isFirst("securiyt", "it/security/");
  await isFirst("omgevingsvergnning", "nl/vergunning/");
});

test("slips in the first letter are forgiven", async () => {
  await isFirst("jubernetes", "it/architecture/");
  await isFirst("ubernetes", "it/architecture/");
  await isFirst("xarchitecture", "it/architecture/");
  await isFirst("rachitecture", "it/architecture/");
});

test("slips while typing are forgiven", () => isFirst("kubenret", "it/architecture/"));

test("what was read instead of a slip is told", async () => {
  const { spelled } = await search.search("kubernets");
  assert.deepEqual(spelled, [["kubernets", "kubernetes"]]);
});

test("a compound is found by its parts", async () => {
  assert.ok((await find("verkiezing", 5)).includes("nl/verkiezing/"));
  await isFirst("verkiezing stembureaus", "nl/verkiezing/");
  await isFirst("dijk inspectie te voet", "nl/dijkinspectie/");
  assert.ok((await find("dijk inspectie")).includes("nl/dijkinspectie/"));
});

test("a compound finds pages with its parts", async () => {
  assert.ok((await find("waterschapsverkiezing", 4)).includes("nl/stemmen/"));
  assert.ok((await find("verkiezingsinspectie", 5)).length > 0, "a compound that the site does not have");
});

test("accents and case do not matter", async () => {
  await isFirst("noel muller", "people/noel/");
  await isFirst("NOËL MÜLLER", "people/noel/");
  await isFirst("Mueller", "people/noel/");
  await isFirst("categorieen", "nl/categorie/");
});

test("people and terms that the words name are known", async () => {
  const { rows } = await search.search("pumps mechanic");
  assert.deepEqual([rows[0].kind, rows[0].group], ["person", "people"]);
  const terms = (await search.search("kwel")).rows;
  assert.deepEqual([terms[0].kind, terms[0].group], ["term", "terms"]);
});

test("a question for somebody finds the person", async () => {
  await isFirst("who knows about pumps?", "people/noel/");
  await isFirst("Anna", "people/anna/");
});

test("superseded page comes after the one in force", async () => {
  const found = await find("expenses", 5);
  assert.ok(found.indexOf("handbook/expenses/") < found.indexOf("handbook/old-expenses/"), found.join());
});

test("page with all words comes first, and the others tell what they miss", async () => {
  const { rows } = await search.search("valve wrench");
  const first = await search.fragment(rows[0].page);
  assert.equal(first.href, "pumps/p-200/index.html");
  assert.deepEqual(rows[0].missing, []);
  assert.deepEqual(rows[1].missing, ["wrench"]);
});

test("words that say nothing are left out, unless there are no others", async () => {
  assert.deepEqual((await search.search("how to get the valve")).words, ["valve"]);
  assert.ok((await search.search("how")).rows.length > 0);
});

test("scripts without spaces are found by pairs", () => isFirst("水管", "zh/shui/"));

test("unknown word finds nothing", async () => {
  assert.deepEqual(await find("xqzzyvuw"), []);
  assert.deepEqual(await find(""), []);
  assert.deepEqual(await find("—!?"), []);
  assert.deepEqual(await find("constructor"), []);
});

test("best section and a marked excerpt are shown", async () => {
  const { rows, marks } = await search.search("close the valve");
  const shown = engine.present(await search.fragment(rows[0].page), marks);
  assert.equal(shown.anchor, "steps");
  const excerpt = shown.excerpt.filter((piece) => piece.mark).map((piece) => piece.text);
  assert.deepEqual(excerpt, ["Close", "valve"]);
});

test("other forms are marked too", async () => {
  const { rows, marks } = await search.search("policy");
  const shown = engine.present(await search.fragment(rows[0].page), marks);
  assert.deepEqual(shown.title.filter((piece) => piece.mark).map((piece) => piece.text), ["policies"]);
});

test("hostile text stays text", async () => {
  const { rows, marks } = await search.search("zorgvuldig");
  const fragment = await search.fragment(rows[0].page);
  const shown = engine.present(fragment, marks);
  const text = shown.excerpt.map((piece) => piece.text).join("");
  assert.ok(text.includes("<script>alert('xss')</script>"));
  assert.equal(shown.title.map((piece) => piece.text).join(""), fragment.title);
  await isFirst("schemeword", "./javascript:alert(1)/");
});

const all = (query) => find(query, 99);

test("words in quotes stand one after the other", async () => {
  assert.deepEqual(await all('"before nine"'), ["handbook/leave/"]);
  assert.deepEqual(await all('"nine before"'), await all("nine before"), "what nobody wrote is searched as words");
  assert.deepEqual((await search.search('"nine before"')).unfound, ["nine before"]);
  assert.deepEqual(await all('"log of the pumping station"'), ["pumps/p-200/"]);
  assert.deepEqual(await all('"close the valve" wrench'), ["pumps/p-200/"]);
});

test("a phrase does not go on from the title to the text", async () => {
  assert.deepEqual((await search.search('"security passwords"')).unfound, ["security passwords"]);
});

test("what a minus stands before is left out", async () => {
  assert.ok((await all("expenses")).includes("handbook/leave/"));
  assert.ok(!(await all("expenses -doctor")).includes("handbook/leave/"));
  assert.ok(!(await all('expenses -"of a doctor"')).includes("handbook/leave/"));
  assert.ok(!(await all("valve -kind:question")).includes("questions/salt/"));
});

test("filters narrow a search", async () => {
  assert.deepEqual(await all("pump by:noel"), ["pumps/types/", "pumps/p-200/"]);
  assert.deepEqual(await all("pump by:noel is:overdue"), ["pumps/types/"]);
  assert.deepEqual(await all("valve kind:vraag"), ["questions/salt/"]);
  assert.deepEqual(await all("valve door:anna"), ["questions/salt/"], "as the language of the site calls it");
  assert.deepEqual(await all("valve IS:Open"), ["questions/salt/"]);
  assert.deepEqual(await all('holidays in:"human RESOURCES"'), ["handbook/leave/"]);
  assert.deepEqual(await all("holidays in:hum"), ["handbook/leave/"]);
  assert.deepEqual(await all("holidays in:resources"), ["handbook/leave/"]);
  assert.deepEqual(await all("holidays in:handbook/"), ["handbook/leave/"]);
  assert.deepEqual((await all("dijk lang:nl")).filter((url) => !url.startsWith("nl/")), []);
});

test("filters of one sort are alternatives, of several all hold", async () => {
  assert.deepEqual((await all("in:it in:human")).sort(), ["handbook/leave/", "it/security/"]);
  assert.deepEqual(await all("in:it in:field"), await all("in:field in:it"));
  assert.deepEqual(await all("in:it by:anna"), []);
});

test("without words all that fits is listed, the newest first", async () => {
  const pages = ["pumps/p-200/", "questions/salt/", "it/security/", "it/visitors/", "pumps/types/"];
  assert.deepEqual(await all("in:field"), pages);
});

test("days, months and years bound the last change", async () => {
  assert.deepEqual(await all("in:field after:2026-04-30"), ["pumps/p-200/", "questions/salt/"]);
  assert.deepEqual(await all("in:field before:2026"), ["pumps/types/"]);
  assert.deepEqual(await all("in:field after:2026-04 before:2026-05"), ["questions/salt/", "it/security/"]);
});

test("unknown operators and values are told, and searched as words", async () => {
  const wrong = await search.search("in:xyz valve");
  assert.deepEqual(wrong.unknown.map(({ operator, value }) => [operator, value]), [["in", "xyz"]]);
  assert.ok(wrong.unknown[0].known.includes("Field service"));
  assert.ok(wrong.words.includes("xyz") && wrong.rows.length > 0);
  assert.deepEqual((await search.search("bye:noel")).unknown[0].operator, "bye");
  assert.deepEqual((await search.search("after:soon")).unknown[0].value, "soon");
  assert.deepEqual((await search.search("https://example.org std::io 10:30")).unknown, []);
});

test("facets count what each choice would leave", async () => {
  const values = async (query, name) => {
    const list = await search.facets(await search.search(query));
    return list.find(({ facet }) => facet === name).values.map(({ label, count, isChosen }) => [label, count, isChosen]);
  };
  assert.deepEqual(await values("in:field", "by"), [["Anna de Vries", 2, false], ["Noël Müller", 2, false]]);
  assert.deepEqual(await values("in:field by:noel", "in"), [["Field service", 2, true]]);
  assert.deepEqual(await values("by:noel", "by"), [["Anna de Vries", 4, false], ["Noël Müller", 2, true]], "its own filter is lifted");
  assert.deepEqual(await values("in:field", "after"), [["month", 3, false], ["quarter", 3, false], ["year", 4, false]]);
});

test("filters are put into the query and taken out again", async () => {
  const set = (...change) => search.withFilter(...change);
  assert.equal(await set("valve", "in", "Human resources", true), 'valve in:"Human resources"');
  assert.equal(await set('valve in:"Human resources" x', "in", "Human resources", false), "valve x");
  await search.search("valve in:hum");
  assert.equal(await set("valve in:hum", "in", "Human resources", false), "valve");
  assert.equal(await set("a in:x -in:y in:z", "in", null, false), "a");
  assert.equal(await set("a after:2026", "after", "2025-11-01", true), "a after:2025-11-01");
});

test("operators and values are completed", async () => {
  const texts = async (...query) => (await search.complete(...query)).map(({ text }) => text);
  assert.deepEqual(await texts("valve in:hu"), ['valve in:"Human resources" ']);
  assert.deepEqual(await texts("in:hu valve", 5), ['in:"Human resources" valve']);
  assert.deepEqual(await texts("valve ki"), ["valve kind:"]);
  assert.ok((await texts("valve by:")).includes('valve by:"Anna de Vries" '));
  assert.deepEqual(await texts("valve "), []);
});

test("people behind what was found are told, with why", async () => {
  const [first] = await search.people(await search.search("valve of a pump"));
  assert.equal((await search.fragment(first.page)).title, "Noël Müller");
  assert.ok(first.reasons.some(({ role }) => role === "author"));
});

test("synonyms are found after the word itself", async () => {
  await isFirst("vakantie", "handbook/leave/");
  await isFirst("refund", "handbook/expenses/");
  const shown = async (query) => {
    const { rows, marks } = await search.search(query);
    const { excerpt } = engine.present(await search.fragment(rows[0].page), marks);
    return excerpt.filter(({ mark }) => mark).map(({ text }) => text);
  };
  assert.deepEqual(await shown("vakantie"), ["Holidays"]);
});

test("pages in the reader's language come first", async () => {
  const first = async (lang) => {
    const own = engine.makeEngine(loader(index.folder), lang);
    const { rows } = await own.search("security inspectie");
    return (await own.fragment(rows[0].page)).href.slice(0, 3);
  };
  assert.deepEqual([await first("en"), await first("nl")], ["it/", "nl/"]);
});

test("slips are counted with a limit", () => {
  assert.equal(engine.slips("abcd", "abdc", 1), 1);
  assert.equal(engine.slips("abcd", "bcd", 1), 1);
  assert.equal(engine.slips("abcdefgh", "xbcdefgy", 1), 2);
  assert.equal(engine.slips("kubenr", "kubernetes", 1, true), 1);
});

test("the nearest words are told of one that nobody wrote", async () => {
  const query = "how to run Kobarnates?";
  const found = await search.search(query);
  assert.deepEqual(found.lost, ["run", "kobarnates"]);
  const texts = (await search.near(query, found)).map(({ text }) => text);
  assert.deepEqual(texts, ["how to run kubernetes?"]);
  assert.deepEqual(await search.near("xqzzyjw", await search.search("xqzzyjw")), []);
});

test("words, and nothing else, are searched without what most searches do without", async () => {
  const plain = parts.makeEngine(loader(index.folder), "en", () => assert.fail("it is loaded"));
  for (const query of ["claiming expenses", "archit", "verkiezing stembureaus"]) assert.ok((await plain.search(query)).rows.length, query);
});

// An answer as fetch gives it.
const answer = (text, status = 200) => async () => ({ ok: status < 400, status, text: async () => text });
const load = (fetch) => engine.makeLoader("https://example.org/kb/", fetch, 1000)("index");

test("loading tells a login page from a broken network", async () => {
  assert.deepEqual(await load(answer('polderPart("index",{"a":[")"]});\n')), { a: [")"] });
  await assert.rejects(load(answer("<!doctype html><title>Sign in</title>")), { kind: "login" });
  await assert.rejects(load(answer("", 401)), { kind: "login" });
  await assert.rejects(load(answer("", 0)), { kind: "login" });
  await assert.rejects(load(answer("", 404)), { kind: "gone" });
  await assert.rejects(load(async () => Promise.reject(new TypeError())), { kind: "network" });
});

test("failed file is asked for again", async () => {
  let isDown = true;
  const flaky = engine.makeEngine(async (name) => {
    if (isDown && name !== "index") throw new Error("down");
    return loader(index.folder)(name);
  });
  await assert.rejects(flaky.search("valve"));
  isDown = false;
  assert.ok((await flaky.search("valve")).rows.length > 0);
});
