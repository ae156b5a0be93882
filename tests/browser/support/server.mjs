// A plain web host: files as they are, below any path, under the strictest headers that a site must work with.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".txt": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
};

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "media-src 'self'",
  "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  "object-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join("; ");

const HEADERS = {
  "Content-Security-Policy": POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * Serves a folder below `base`; returns its address and how to stop. A host that `isStrict` knows the commonest sorts of files
 * only; one with `isCompressed` sends everything with gzip.
 */
export async function serve(folder, base = "/", { isStrict = false, isCompressed = false } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const coding = isCompressed ? { "Content-Encoding": "gzip" } : {};
    const answer = (status, type, body) => {
      const content = isCompressed ? gzipSync(body) : body;
      response.writeHead(status, { ...HEADERS, ...coding, "Content-Type": type }).end(content);
    };
    if (!path.startsWith(base)) return answer(404, TYPES[".txt"], "outside");
    let file = normalize("/" + path.slice(base.length)).slice(1);
    if (file === "" || file.endsWith("/")) file += "index.html";
    const isKnown = [".html", ".css", ".js", ".svg", ".png", ".xml", ".txt"].includes(extname(file));
    if (isStrict && !isKnown) return answer(404, TYPES[".txt"], "unknown sort of file");
    try {
      answer(200, TYPES[extname(file)] || "application/octet-stream", await readFile(join(folder, file)));
    } catch {
      answer(404, TYPES[".html"], await readFile(join(folder, "404.html")));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const stop = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
  return { origin, url: (path = "") => origin + base + path, stop };
}
