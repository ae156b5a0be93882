// Compounds of organisations, Dutch and German: they are found by their parts, written apart, and find what is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { engine, loader, root, writeIndex } from "./support.mjs";

const lists = JSON.parse(readFileSync(join(root, "tests/search/compounds.json"), "utf8"));
const compounds = ["nl", "de"].flatMap((lang) =>
  lists[lang].map((parts) => {
    const [head, link, tail] = parts.split("+");
    return { lang, head, tail, word: head + link + tail };
  }),
);

const SENTENCES = {
  nl: { word: (x) => `Hier staat alles van de ${x}.`, part: (x) => `Wat wij weten van ${x} hoort hier thuis.` },
  de: { word: (x) => `Hier steht alles zu der ${x}.`, part: (x) => `Was wir von ${x} wissen, findet hier Platz.` },
};

const page = (lang, url, text) => JSON.stringify({ url, title: `Blad ${url}`, lang, sections: [["", "", text]] });

// For each compound a page that has it, one that has it apart, and one for each part.
const pages = compounds.flatMap(({ lang, head, tail, word }, n) => [
  page(lang, `${n}-word/`, SENTENCES[lang].word(word)),
  page(lang, `${n}-open/`, SENTENCES[lang].word(`${head} ${tail}`)),
  page(lang, `${n}-head/`, SENTENCES[lang].part(head)),
  page(lang, `${n}-tail/`, SENTENCES[lang].part(tail)),
]);
// Words that end like another word and are no compounds of it, with two pages that have that one.
const others = lists.none.flatMap(([lang, part, word], n) => [
  page(lang, `none-${n}/`, SENTENCES[lang].word(word)),
  page(lang, `part-${n}/`, SENTENCES[lang].part(part)),
  page(lang, `more-${n}/`, SENTENCES[lang].part(part)),
]);

let index;
let search;
before(() => {
  index = writeIndex([...pages, ...others].join("\n"));
  search = engine.makeEngine(loader(index.folder));
});
after(() => index.remove());

async function found(query, count) {
  const { rows } = await search.search(query);
  const fragments = await Promise.all(rows.slice(0, count).map((row) => search.fragment(row.page)));
  return fragments.map(({ href }) => href.replace("/index.html", ""));
}

for (const lang of ["nl", "de"]) {
  const ways = {
    "a part finds the compound": [({ head, n }) => [head, `${n}-word`], ({ tail, n }) => [tail, `${n}-word`]],
    "the compound written apart finds it": [({ head, tail, n }) => [`${head} ${tail}`, `${n}-word`]],
    "the compound finds what has it apart": [({ word, n }) => [word, `${n}-open`]],
  };
  for (const [name, cases] of Object.entries(ways)) {
    test(`${name}, among the first three, for nine in ten (${lang})`, async (t) => {
      const own = compounds.map((compound, n) => ({ ...compound, n })).filter((compound) => compound.lang === lang);
      const asked = own.flatMap((compound) => cases.map((make) => make(compound)));
      const missed = [];
      for (const [query, expect] of asked) if (!(await found(query, 3)).includes(expect)) missed.push(query);
      const share = 1 - missed.length / asked.length;
      t.diagnostic(`${(100 * share).toFixed(1)} % of ${asked.length}; not: ${missed.join(", ")}`);
      assert.ok(share >= 0.9, `${missed.length} of ${asked.length} missed: ${missed.join(", ")}`);
    });
  }
}

test("a word that only ends like another is not found by it", async () => {
  for (const [n, [, part]] of lists.none.entries()) {
    assert.ok(!(await found(part, 99)).includes(`none-${n}`), part);
  }
});
