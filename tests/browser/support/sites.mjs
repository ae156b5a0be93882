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

/** Writes files (path to text); what has no text is removed. */
function write(site, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    if (text === null) rmSync(join(site, path));
    else writeFileSync(join(site, path), text);
  }
}

/** Builds a site of these files (path to text); returns the folder of the result. */
export function siteOf(files) {
  const site = folder();
  write(site, files);
  run("build", site, "--quiet");
  return join(site, "public");
}

/** Builds a site with a history: each commit has `by`, `mail`, `message` and `files`; returns the folder of the result. */
export function siteWithHistory(commits) {
  const site = folder();
  const git = (env, ...words) => execFileSync("git", ["-C", site, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...env },
  });
  git({}, "init", "-q");
  commits.forEach(({ by, mail, message, files }, at) => {
    write(site, files);
    const date = `2026-01-${String(at + 1).padStart(2, "0")}T12:00:00Z`;
    git({}, "add", "-A");
    git({
      GIT_AUTHOR_NAME: by, GIT_AUTHOR_EMAIL: mail, GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: by, GIT_COMMITTER_EMAIL: mail, GIT_COMMITTER_DATE: date,
    }, "commit", "-q", "--cleanup=verbatim", "-m", message);
  });
  run("build", site, "--quiet");
  return join(site, "public");
}
