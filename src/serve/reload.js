// Keeps an open page in step with `polder serve`. It is added to pages as they are served, never to a built site, and
// works under the strictest content security policy: no inline style, no HTML from text.
(() => {
  "use strict";

  const SCROLL_KEY = "polder-serve-scroll";
  const RETRY_MILLIS = 1000;

  // The build that this page belongs to, as far as it is known.
  let known = null;
  let shownProblems = "";
  let connection = null;
  let retry = null;

  // Addresses as the server writes them: not encoded, a folder's page by its folder.
  function address(url) {
    const { origin, pathname } = new URL(url, location.href);
    if (origin !== location.origin) return null;
    let path = pathname;
    try {
      path = decodeURIComponent(pathname);
    } catch {
      // A path that is no valid text is no page of ours either.
    }
    return path.replace(/\/index\.html$/, "/");
  }

  function reload() {
    sessionStorage.setItem(SCROLL_KEY, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function restoreScroll() {
    const saved = sessionStorage.getItem(SCROLL_KEY);
    sessionStorage.removeItem(SCROLL_KEY);
    if (saved === null) return;
    const [path, x, y] = JSON.parse(saved);
    if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
  }

  // Puts the new stylesheet beside the old one, which stays until the new one is there: no flash of a bare page.
  function swapStylesheet(link, build) {
    const next = link.cloneNode();
    const url = new URL(link.href);
    url.searchParams.set("build", build);
    next.href = url.href;
    next.addEventListener("load", () => link.remove(), { once: true });
    link.after(next);
  }

  function applyChanges(changed, build) {
    const addresses = new Set(changed);
    const parts = document.querySelectorAll("img[src], script[src], source[src], video[src]");
    const isAffected = (url) => addresses.has(address(url));
    if (isAffected(location.href) || [...parts].some((part) => isAffected(part.src))) {
      reload();
      return;
    }
    for (const link of document.querySelectorAll('link[rel~="stylesheet"][href]')) {
      if (isAffected(link.href)) swapStylesheet(link, build);
    }
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function loadOverlayStyle() {
    if (document.querySelector('link[href="/_polder/reload.css"]')) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = "/_polder/reload.css";
    document.head.append(link);
  }

  function showProblems(problems) {
    if (problems === shownProblems) return;
    shownProblems = problems;
    document.querySelector(".polder-serve-report")?.remove();
    if (problems === "") return;
    loadOverlayStyle();
    const report = document.createElement("section");
    report.className = "polder-serve-report";
    report.setAttribute("role", "alert");
    report.lang = "en";
    const close = element("button", "Close");
    close.type = "button";
    close.addEventListener("click", () => report.remove());
    report.append(element("h2", "The last build found problems"), element("pre", problems), close);
    report.addEventListener("keydown", (event) => {
      if (event.key === "Escape") report.remove();
    });
    document.body.append(report);
  }

  function receive(message) {
    const { build, from, changed, problems } = JSON.parse(message.data);
    const before = known;
    known = build;
    if (before !== null && before !== build) {
      if (before !== from) {
        // Builds were missed: what changed in them is unknown.
        reload();
        return;
      }
      applyChanges(changed, build);
    }
    showProblems(problems);
  }

  function connect() {
    clearTimeout(retry);
    connection?.close();
    connection = new EventSource("/_polder/events");
    connection.addEventListener("message", receive);
    connection.addEventListener("error", () => {
      // Browsers connect again by themselves, except after an answer that is not a stream.
      if (connection.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_MILLIS);
    });
  }

  // Browsers allow six connections to a server: tabs that nobody looks at must not hold them all.
  function connectIfVisible() {
    if (document.visibilityState === "visible") {
      connect();
    } else {
      clearTimeout(retry);
      connection?.close();
    }
  }

  restoreScroll();
  document.addEventListener("visibilitychange", connectIfVisible);
  connectIfVisible();
})();
