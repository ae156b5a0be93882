// Sites built by the binary, each in a folder that goes away with the tests of the file that asked for it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const polder = process.env.POLDER || join(root, "target/debug/polder");

const folders = [];
process.on("exit", () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function run(...words) {
  if (!existsSync(polder)) throw new Error(`there is no ${polder}: run \`cargo build\`, or set POLDER`);
  execFileSync(polder, words, { stdio: ["ignore", "ignore", "pipe"] });
}

function folder() {
  const made = mkdtempSync(join(tmpdir(), "polder-browser-"));
  folders.push(made);
  return made;
}

/** Builds the example site; returns the folder of the result. */
export function demo() {
  const site = join(folder(), "noordwal");
  run("demo", site, "--no-serve");
  return join(site, "public");
}

/** Builds a site of these files (path to text); returns the folder of the result. */
export function siteOf(files) {
  const site = folder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  }
  run("build", site, "--quiet");
  return join(site, "public");
}
