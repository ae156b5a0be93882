// The library finds what the reader's script finds: the same pages in the same order, with the same scores, and the same people
// behind them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { engine, loader, root, writeIndex } from "./support.mjs";

const text = readFileSync(join(root, "tests/search/documents.jsonl"), "utf8").trim();
const lists = JSON.parse(readFileSync(join(root, "tests/search/compounds.json"), "utf8"));
const parts = ["nl", "de"].flatMap((lang) => lists[lang].map((item) => [lang, ...item.split("+")]));
const more = parts.map(([lang, head, link, tail], n) => {
  const words = n % 2 ? `${head}${link}${tail} en ${parts[(n + 1) % parts.length][1]}` : `${head} ${tail} of a ${tail}`;
  const own = { domains: [["Finance", "Field service", "IT", "Sales/Marketing"][n % 4]], people: [["Anna de Vries", "Noël Müller"][n % 2]] };
  const days = { updated: `20${20 + (n % 7)}-0${1 + (n % 9)}-1${n % 10}` };
  return JSON.stringify({ url: `more/${n % 5}/${n}/`, title: `Blad ${n % 9 ? head : n}`, lang, ...own, ...days, sections: [["", "", words]] });
});

// Words, pairs of words, slips, unfinished words, compounds, phrases, filters: some hundreds, the same every time.
const vocabulary = [...new Set(engine.wordsOf([text, ...more].map((line) => line.replace(/"[a-z_]+":/g, " ")).join(" ")))];
const filters = ["in:it", "in:Field", 'in:"human resources"', "-in:finance", "by:anna", "door:noel", "kind:vraag", "lang:nl", "is:overdue", "in:sales/marketing"];
const dates = ["after:2024", "before:2023-05", "after:2021-02-11 before:2025", "in:more/2", "in:handbook", "in:zzz", "zz:top"];
const queries = vocabulary.filter((_, n) => n % 3 === 0).slice(0, 150).flatMap((word, n) => {
  const other = vocabulary[(n * 37 + 11) % vocabulary.length];
  const middle = word.length >> 1;
  const slip = word.slice(0, middle) + "q" + word.slice(middle + 1);
  const narrowed = `${word} ${[...filters, ...dates][n % (filters.length + dates.length)]}`;
  const slips = [...word].map((letter, i) => (i % 3 === 1 ? "x" : letter)).join("");
  return [word, `${word} ${other}`, slip, slips, `how to ${other} ${word.slice(0, 4)}`, narrowed, `${word} -${other}`];
});
queries.push(...filters, ...dates, ...lists.nl.map((item) => item.replaceAll("+", "")), ...lists.de.map((item) => item.split("+").reverse().join(" ")));
queries.push('"before nine"', '"nine before"', '"log of the pumping station" valve', '-"close the valve" valve', '"the"', `${vocabulary.slice(0, 60).join(" ")} a b x ${vocabulary.slice(3, 9).join(" ")}`, `"${vocabulary[1]} x" ${vocabulary.slice(40, 48).join(" ")}`, "xin:a\u00a0b", "holiday", "money back", "- -- \u201ca", "水管理 管", "P-200 v");

let index;
let answers;
before(() => {
  index = writeIndex([text, ...more].join("\n"), queries);
  answers = readFileSync(join(index.folder, "answers.jsonl"), "utf8").split("\n").map((line) => JSON.parse(line));
});
after(() => index.remove());

test("the library and the script find the same", async () => {
  const script = engine.makeEngine(loader(index.folder), "en");
  assert.ok(queries.length > 1000 && answers.length === queries.length);
  let [rows, known, near] = [0, 0, 0];
  for (const [n, query] of queries.entries()) {
    const found = await script.search(query);
    const own = found.rows.map(({ page, score, missing }) => [page, score, missing]);
    const people = (await script.people(found)).map(({ page, label, worth, reasons }) => [
      page < 0 ? null : page, label, worth, reasons.map((reason) => [reason.page, reason.role, reason.worth]),
    ]);
    assert.deepEqual(answers[n], { query, rows: own, spelled: found.spelled, words: found.words, people, lost: answers[n].lost }, query);
    assert.deepEqual(answers[n].lost.map(([word]) => word), found.lost, query);
    // What the script makes of a query is the word itself where the query is no more than that.
    if (found.lost[0] === query) {
      assert.deepEqual(answers[n].lost[0][1], (await script.near(query, found)).map(({ text }) => text), query);
      near += answers[n].lost[0][1].length;
    }
    known += people.length;
    rows += own.length;
  }
  assert.ok(rows > 3 * queries.length && known > 500 && near > 50, `${rows} rows, ${known} people, ${near} words`);
});

test("what is shown of a page is found through lists of lists", async () => {
  const sections = Array(6).fill(["", "", "dike ".repeat(180)]);
  const large = writeIndex(Array.from({ length: 900 }, (_, n) => JSON.stringify({ url: `p/${n}/`, title: `Page ${n}`, sections })).join("\n"));
  const load = loader(large.folder);
  const { fragments } = await load("index");
  assert.ok(fragments.names.length < 20 * 8, fragments.names);
  const script = engine.makeEngine(load, "en");
  for (let page = 0; page < 900; page += 7) assert.equal((await script.fragment(page)).title, `Page ${page}`);
  large.remove();
});

test("very common words count on all their pages where a search is narrowed", async () => {
  const lines = Array.from({ length: 8010 }, (_, n) => JSON.stringify(n - 7 ? { title: "Dike" } : { url: "ops/a/", title: "Page", sections: [["", "", "dike and pump"]] }));
  const queries = ["dike ", "dike in:ops ", "dike pump ", "pump -dike "];
  const common = writeIndex(lines.join("\n"), queries);
  const script = engine.makeEngine(loader(common.folder), "en");
  const answers = readFileSync(join(common.folder, "answers.jsonl"), "utf8").split("\n").map((line) => JSON.parse(line));
  for (const [n, query] of queries.entries()) {
    const { rows } = await script.search(query);
    assert.deepEqual(rows.map(({ page, score, missing }) => [page, score, missing]), answers[n].rows, query);
  }
  const found = await script.search("dike ");
  assert.deepEqual([found.rows.length, found.hasMore], [8000, true]);
  const [kinds] = (await script.facets(found)).filter(({ facet }) => facet === "kind");
  assert.equal(kinds.values[0].count, 8010);
  common.remove();
});
