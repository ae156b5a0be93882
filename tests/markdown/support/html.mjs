// HTML as a list of tokens in which only differences count that a reader can see.

const BLOCKS = new Set(
  ("address article aside blockquote body details dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    + "header hr html iframe legend li link main menu nav ol option p pre script section source style summary table tbody "
    + "td tfoot th thead title tr ul").split(" "),
);

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
const decode = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ENTITIES[name]);

// An address as a browser reads it: what is escaped and what need not be are the same.
function address(value) {
  try {
    return encodeURI(decodeURI(value));
  } catch {
    return encodeURI(value);
  }
}

function attributes(text) {
  const found = [];
  for (const [, name, , double, single, bare] of text.matchAll(/([^\s=>/"']+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g)) {
    const value = decode(double ?? single ?? bare ?? "");
    found.push([name.toLowerCase(), name === "href" || name === "src" ? address(value) : value]);
  }
  return found;
}

// What Polder adds on purpose to the HTML that the specifications show, taken away again.
const ADDED = [
  // Code stands in a box that scrolls; a language names a class of its spans.
  [/<div class="code"[^>]*><pre tabindex="0">(.*?)<\/pre><\/div>\n?/gs, (_, code) => `<pre>${code.replace(/<\/?span[^>]*>/g, "")}</pre>\n`],
  // Tables stand in a region that scrolls; cells are aligned by class, as the policy forbids styles.
  [/<div class="table"[^>]*>(.*?)<\/div>\n?/gs, "$1\n"],
  [/ class="align-(left|center|right)"/g, ' align="$1"'],
  // The boxes of tasks have a name; their items have no bullet.
  [/<li class="task">/g, "<li>"],
  [/ aria-label="[^"]*">/g, ">"],
  // Pictures are loaded when they are seen.
  [/ loading="lazy"/g, ""],
];

/** The tokens of a piece of HTML: tags with sorted attributes, and texts. */
export function tokens(html, { ours }) {
  if (ours) for (const [pattern, replacement] of ADDED) html = html.replace(pattern, replacement);
  const found = [];
  let inPre = 0;
  let afterBlock = true;
  const pattern = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[?!][^>]*>|<(\/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+|</g;
  for (const [whole, slash, name, rest] of html.matchAll(pattern)) {
    if (name) {
      // The title of a page is its only h1, so a heading of the first level is shown as one of the second.
      const tag = ours ? name.toLowerCase() : name.toLowerCase().replace(/^h1$/, "h2");
      if (BLOCKS.has(tag)) {
        const last = found.at(-1);
        if (last?.text && !inPre) last.text = last.text.trimEnd();
        if (last?.text === "") found.pop();
      }
      if (tag === "pre") inPre += slash ? -1 : 1;
      const sorted = slash ? [] : attributes(rest.replace(/\/$/, "")).sort();
      found.push({ tag: slash + tag, attributes: sorted.map((pair) => pair.join("=")).join(" ") });
      afterBlock = BLOCKS.has(tag) || tag === "br";
    } else if (whole.startsWith("<!") || whole.startsWith("<?")) {
      found.push({ other: whole });
    } else {
      let text = decode(whole);
      if (!inPre) {
        text = text.replace(/\s+/g, " ");
        if (afterBlock) text = text.trimStart();
      }
      if (found.at(-1)?.text !== undefined) found.at(-1).text += text;
      else if (text !== "") found.push({ text });
      if (text !== "") afterBlock = false;
    }
  }
  const last = found.at(-1);
  if (last?.text && !inPre) last.text = last.text.trimEnd();
  return found.filter((token) => token.text !== "");
}
