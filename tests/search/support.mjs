// What the tests of search share: an index as Polder writes it, and an engine that reads it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const script = (name) => createRequire(import.meta.url)(join(root, `themes/default/assets/${name}.js`));
const { polderFurther } = script("search-further");
// The part of it that words alone need.
export const parts = script("search-engine");

// The engine, which has the rest of it at hand.
export const engine = { ...parts, slips: polderFurther({}).slips, makeEngine: (load, lang) => parts.makeEngine(load, lang, async () => polderFurther) };

// Returns the value in a file of the index.
export const contentOf = (text) => JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));

// Returns what loads the files of an index in a folder.
export const loader = (folder) => async (name) => contentOf(readFileSync(join(folder, `search/${name}.js`), "utf8"));

// Writes the index of documents, one a line, to a new folder; with queries also what the library finds for them.
export function writeIndex(lines, queries = []) {
  const folder = mkdtempSync(join(tmpdir(), "polder-search-"));
  const documents = join(folder, "documents.jsonl");
  writeFileSync(documents, lines);
  const asked = queries.length ? [join(folder, "queries")] : [];
  if (queries.length) writeFileSync(asked[0], queries.join("\n"));
  const command = ["run", "--quiet", "--example", "search_index", "--", documents, folder, ...asked];
  execFileSync("cargo", command, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
