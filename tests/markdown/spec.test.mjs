// The examples of the specifications, through Polder's own renderer with cleaning off. CommonMark's come with its package;
// GFM's specification is not published as one, so `gfm.txt` tells what it says in examples of our own, in the same form.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { tokens } from "./support/html.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Examples that Polder shows otherwise, by number, each with its reason. At most ten may ever stand here. */
const OTHERWISE = new Map([
  [79, "a heading without words is left out: it would be a link without a name among the contents"],
  [163, "a tag in mixed case that no browser knows is a component of MDX: its tags are left out, and told"],
  [488, "a destination with a space is a link: people drop files with such names into wikis; it is told"],
]);

function examples(text) {
  const fence = "`".repeat(32);
  const pattern = new RegExp(`^${fence} example[^\n]*\n([^]*?)^\\.\n([^]*?)^${fence}$|^#{1,6} +(.*)$`, "gm");
  const found = [];
  let section = "";
  for (const [, markdown, html, heading] of text.replaceAll("\r\n", "\n").matchAll(pattern)) {
    if (heading !== undefined) section = heading;
    else found.push({ number: found.length + 1, section, markdown: markdown.replaceAll("→", "\t"), html: html.replaceAll("→", "\t") });
  }
  return found;
}

function rendered(texts, ...options) {
  const input = texts.map((text) => JSON.stringify(text) + "\n").join("");
  const command = ["run", "--quiet", "--example", "markdown", "--", ...options];
  const output = execFileSync("cargo", command, { cwd: root, input, stdio: ["pipe", "pipe", "inherit"], maxBuffer: 1 << 28 });
  return output.toString().trimEnd().split("\n").map((line) => JSON.parse(line));
}

// Returns the examples whose HTML differs.
function differing(list, ...options) {
  const html = rendered(list.map((example) => example.markdown), ...options);
  return list
    .map((example, at) => ({ ...example, ours: html[at] }))
    .filter((example) => {
      const [ours, theirs] = [tokens(example.ours, { ours: true }), tokens(example.html, { ours: false })];
      return JSON.stringify(ours) !== JSON.stringify(theirs);
    });
}

const told = ({ number, section, markdown, html, ours }) =>
  `example ${number} (${section})\n${markdown}\nexpected\n${html}\nfound\n${ours}`;

test("every example of CommonMark's specification is shown as it says", () => {
  const list = examples(readFileSync(here("node_modules/commonmark-spec/spec.txt"), "utf8"));
  assert.equal(list.length, 652);
  assert.ok(OTHERWISE.size <= 10);
  const found = differing(list);
  const surprises = found.filter((example) => !OTHERWISE.has(example.number));
  assert.equal(surprises.length, 0, surprises.map(told).join("\n---\n"));
  assert.deepEqual(found.map((example) => example.number), [...OTHERWISE.keys()], "what is listed differs");
});

test("the extensions of GFM are shown as its specification says", () => {
  const list = examples(readFileSync(here("gfm.txt"), "utf8"));
  assert.ok(list.length >= 30);
  assert.deepEqual(differing(list, "--addresses").map(told), []);
});

test("the comparison sees what differs", () => {
  const same = (a, b) => assert.deepEqual(tokens(a, { ours: true }), tokens(b, { ours: false }));
  const differs = (a, b) => assert.notDeepEqual(tokens(a, { ours: true }), tokens(b, { ours: false }));
  same("<h2>a</h2>", "<h1>a</h1>");
  same('<p>a\n<a href="/%C3%A4">b</a></p>\n', '<p>a <a href="/ä">b</a></p>');
  differs("<p>a</p>", "<p>ab</p>");
  differs("<p>a <em>b</em></p>", "<p>a<em>b</em></p>");
  differs('<a href="/a">b</a>', '<a href="/a%2F">b</a>');
  differs("<pre>a\nb</pre>", "<pre>a b</pre>");
  differs("<h3>a</h3>", "<h2>a</h2>");
  differs("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>");
});
