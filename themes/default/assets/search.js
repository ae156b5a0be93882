// Search: shows results on the search page and in a dialog on all pages; search-engine.js finds them.
// A plain script for strict content security policies, which also works from a disk.
(function () {
  "use strict";

  // ---- the list of results

  const script = document.currentScript;
  const root = new URL(script.dataset.root || "./", document.baseURI);
  const TEXTS = {
    close: "Close",
    corrected: "No page has “{word}”. Showing results for “{other}”.",
    error: "The search index could not be loaded.",
    label: "Search",
    login: "You seem to be signed out. Reload the page to sign in.",
    missing: "Without: {words}",
    more: "More results",
    names: "Also:",
    none: "Nothing found for “{query}”.",
    people: "People",
    placeholder: "Search",
    resultsOne: "1 result",
    resultsOther: "{n} results",
    resultsPartial: "No page has all words. Pages with some of them: {n}",
    retry: "Try again",
    slow: "The network is slow. Still searching …",
    terms: "Terms",
    pages: "Pages",
  };

  function say(key, values) {
    const text = script.dataset[key] || TEXTS[key] || "";
    return text.replace(/\{(\w+)\}/g, (_, name) => (values && name in values ? values[name] : ""));
  }

  function nameOf(group, key) {
    try {
      return String(new Map(Object.entries(JSON.parse(script.dataset[group] || "{}"))).get(key) || "");
    } catch {
      return "";
    }
  }

  // Returns an element. Texts of pages only ever become text nodes.
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== ""));
    return element;
  }

  function button(className, text, onclick) {
    const element = make("button", className, say(text));
    return Object.assign(element, { type: "button", onclick });
  }

  const marked = (list) => list.map((piece) => (piece.mark ? make("mark", "", piece.text) : piece.text));

  const set = (element, attributes) => {
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  // Returns an element for a text of a page, which can have its own direction.
  const own = (tag, className, children) => set(make(tag, className, ...children), { dir: "auto" });

  function makeResult(row, fragment, shown) {
    const isTerm = row.group === "terms";
    const link = make("a", "search-result");
    const address = new URL(fragment.href, root);
    if (shown.anchor) address.hash = encodeURIComponent(shown.anchor);
    link.href = address.href;
    link.dataset.kind = fragment.kind;
    const heading = shown.heading && shown.anchor ? own("span", "search-heading", [shown.heading]) : null;
    const title = make("span", "search-line", own("span", "search-title", marked(shown.title)), heading || "");
    const notes = [fragment.trail, nameOf("kinds", fragment.kind), nameOf("states", fragment.state), fragment.updated];
    const trail = make("span", "search-trail");
    notes.filter(Boolean).forEach((note, i) => {
      const element = own("span", ["search-place", "search-kind", "search-state", "search-date"][i], [note]);
      trail.append(...(trail.childNodes.length ? [" · ", element] : [element]));
    });
    const text = isTerm && fragment.summary ? [{ text: fragment.summary, mark: false }] : shown.excerpt;
    link.append(title, trail);
    if (text.length) link.append(own("span", "search-excerpt", marked(text)));
    if (shown.names.length) {
      const names = shown.names.flatMap((list, i) => (i ? [", ", ...marked(list)] : marked(list)));
      link.append(own("span", "search-names", [say("names"), " ", ...names]));
    }
    if (row.missing.length) {
      link.append(make("span", "search-missing", say("missing", { words: row.missing.join(", ") })));
    }
    return link;
  }

  const PAGE_OF_RESULTS = 10;

  // ---- the engine: a script of its own, which pages that nobody searches do without

  let engine = null;
  let attempts = 0;

  function loadEngine() {
    if (engine) return engine;
    // What failed to be imported stays so for as long as the page is open, unless its address is another.
    const source = new URL(script.dataset.engine + (attempts++ ? `?${attempts}` : ""), document.baseURI).href;
    const loaded = location.protocol === "file:" ? addScript(source) : import(source);
    engine = loaded.then(
      () => window.polderSearch.start(root),
      () => Promise.reject(Object.assign(new Error("network"), { kind: "network" })),
    );
    engine.catch(() => (engine = null));
    return engine;
  }

  // From a disk browsers refuse to import; from a host a policy on trusted types refuses to add scripts.
  function addScript(source) {
    return new Promise((resolve, reject) => {
      const part = Object.assign(document.createElement("script"), { onload: resolve, onerror: reject });
      part.src = source;
      document.head.append(part);
    });
  }

  const warm = () => loadEngine().then((search) => search.open()).catch(() => {});
  const forget = () => engine && engine.then((search) => search.forget()).catch(() => {});

  // The results below a field. In the dialog the focus stays in the field, and they are its options; on the search
  // page they are a list of links.
  class Results {
    constructor(field, list, status, asOptions) {
      Object.assign(this, { field, list, status, asOptions, turn: 0, active: -1, links: [], shown: 0, query: "" });
    }

    async show(query, count = PAGE_OF_RESULTS) {
      const turn = ++this.turn;
      const isOver = () => turn !== this.turn;
      this.query = query;
      if (!query.trim()) return this.render([], "");
      const slow = setTimeout(() => !isOver() && this.tell(say("slow")), 3000);
      try {
        await this.find(query, count, isOver);
      } catch (error) {
        if (!isOver()) this.fail(error);
      } finally {
        clearTimeout(slow);
      }
    }

    async find(query, count, isOver) {
      let found, fragments;
      const search = await loadEngine();
      for (let attempt = 0; ; attempt++) {
        try {
          found = await search.search(query);
          if (isOver()) return;
          fragments = await Promise.all(found.rows.slice(0, count).map((row) => search.fragment(row.page)));
          break;
        } catch (error) {
          // The site was published anew, and the old files are gone.
          if (error.kind !== "gone" || attempt) throw error;
          search.forget();
        }
      }
      if (isOver()) return;
      const { rows } = found;
      const groups = new Map();
      fragments.forEach((fragment, i) => {
        const group = rows[i].group || "pages";
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(makeResult(rows[i], fragment, search.present(fragment, found.marks)));
      });
      const parts = [];
      found.spelled.forEach(([word, other]) => parts.push(make("p", "search-corrected", say("corrected", { word, other }))));
      const list = make("div", "search-groups");
      for (const [group, links] of groups) list.append(this.makeGroup(group, links, groups.size > 1));
      if (this.asOptions) set(list, { id: "search-options", role: "listbox", "aria-label": say("label") });
      if (rows.length) parts.push(list);
      if (rows.length > count) {
        parts.push(button("search-more", "more", () => this.more(count)));
      }
      this.shown = count;
      this.render(parts, this.countOf(rows, query));
    }

    countOf(rows, query) {
      if (!rows.length) return say("none", { query });
      const whole = rows.filter((row) => !row.missing.length).length;
      if (!whole) return say("resultsPartial", { n: rows.length });
      return whole === 1 ? say("resultsOne") : say("resultsOther", { n: whole });
    }

    async more(count) {
      await this.show(this.query, count + PAGE_OF_RESULTS);
      if (this.asOptions) this.choose(Math.min(count, this.links.length - 1));
      else if (this.links[count]) this.links[count].focus();
    }

    makeGroup(group, links, isTitled) {
      const list = make("ul", "search-list");
      links.forEach((link) => list.append(make("li", "", link)));
      const title = isTitled ? make("h2", "search-group-title", say(group)) : null;
      const section = make("div", `search-group search-${group}`, title || "", list);
      if (this.asOptions) {
        set(section, { role: "group", "aria-label": say(group) });
        if (title) set(title, { "aria-hidden": "true" });
        [list, ...list.children].forEach((item) => set(item, { role: "presentation" }));
        links.forEach((link) => set(link, { role: "option", tabindex: "-1" }));
      }
      return section;
    }

    render(parts, status) {
      this.list.replaceChildren(...parts);
      this.links = [...this.list.querySelectorAll("a.search-result")];
      if (this.asOptions) {
        this.links.forEach((link, i) => (link.id = `search-option-${i}`));
        this.field.setAttribute("aria-expanded", String(this.links.length > 0));
        this.choose(this.links.length ? 0 : -1);
      }
      this.tell(status);
    }

    tell(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    fail(error) {
      const text = say(error.kind === "login" ? "login" : "error");
      const retry = button("search-retry", "retry", () => {
        forget();
        this.field.focus();
        if (error.kind === "login") location.reload();
        else this.show(this.query);
      });
      this.render([make("p", "search-error", text, " ", retry)], text);
    }

    choose(place) {
      this.active = place;
      this.links.forEach((link, i) => link.setAttribute("aria-selected", String(i === place)));
      const link = this.links[place];
      if (link) {
        this.field.setAttribute("aria-activedescendant", link.id);
        link.scrollIntoView({ block: "nearest" });
      } else this.field.removeAttribute("aria-activedescendant");
    }

    move(step) {
      if (!this.links.length) return false;
      if (this.asOptions) {
        this.choose((this.active + step + this.links.length) % this.links.length);
        return true;
      }
      const next = this.links.indexOf(document.activeElement) + step;
      if (next >= this.links.length) return false;
      (next < 0 ? this.field : this.links[next]).focus();
      return true;
    }
  }

  function whenTyped(field, run) {
    let timer = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(run, 80);
    });
    return () => clearTimeout(timer);
  }

  function moveWithArrows(element, results) {
    element.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && !event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey && results.move(step)) {
        event.preventDefault();
      }
    });
  }

  // ---- the search page

  function startPage(field) {
    const list = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    if (!list || !status) return;
    const results = new Results(field, list, status, false);
    const remember = () => {
      const place = new URL(location.href);
      if (field.value.trim()) place.searchParams.set("q", field.value);
      else place.searchParams.delete("q");
      if (place.href !== location.href) history.replaceState(history.state, "", place.href);
    };
    const run = () => {
      remember();
      return results.show(field.value);
    };
    const stop = whenTyped(field, run);
    const form = field.closest("form");
    if (form) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        stop();
        run();
      });
      moveWithArrows(form, results);
    }
    moveWithArrows(list, results);
    field.addEventListener("focus", warm);
    const restore = () => {
      const query = new URL(location.href).searchParams.get("q");
      if (query !== null) field.value = query;
      return field.value.trim() ? results.show(field.value, (history.state || {}).searchShown || PAGE_OF_RESULTS) : null;
    };
    window.addEventListener("popstate", restore);
    // Back from a result: as many results as before, and as far down.
    window.addEventListener("pagehide", () => {
      history.replaceState({ searchShown: results.shown, searchTop: window.scrollY }, "");
    });
    const top = (history.state || {}).searchTop;
    Promise.resolve(restore()).then(() => top && window.scrollTo(0, top));
  }

  // ---- the dialog

  let dialog = null;

  function makeDialog() {
    const field = make("input", "search-field");
    set(field, {
      type: "search", name: "q", role: "combobox", placeholder: say("placeholder"), "aria-label": say("label"),
      "aria-expanded": "false", "aria-controls": "search-options", "aria-autocomplete": "list",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", maxlength: "200",
    });
    const close = button("search-close", "close", () => element.close());
    const form = set(make("form", "search-form", field, close), { role: "search" });
    const status = set(make("p", "search-status"), { role: "status" });
    const list = make("div", "search-results");
    const element = set(make("dialog", "search-dialog", form, status, list), { "aria-label": say("label") });
    document.body.append(element);

    const results = new Results(field, list, status, true);
    const stop = whenTyped(field, () => results.show(field.value));
    const toPage = () => {
      const page = new URL("search/index.html", root);
      page.searchParams.set("q", field.value);
      return page.href;
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    element.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      // The first Escape in a search field would only empty it.
      if (event.key === "Escape") {
        event.preventDefault();
        element.close();
      }
      if (event.key !== "Enter" || event.target !== field) return;
      event.preventDefault();
      const isCurrent = results.query === field.value;
      const chosen = isCurrent && results.links[results.active];
      if (!chosen && !field.value.trim()) return;
      const target = chosen ? chosen.href : toPage();
      if (event.ctrlKey || event.metaKey) window.open(target, "_blank", "noopener");
      else {
        element.close();
        location.assign(target);
      }
    });
    moveWithArrows(form, results);
    // The backdrop is the dialog itself; what is inside covers the rest.
    element.addEventListener("mousedown", (event) => event.target === element && element.close());
    element.addEventListener("click", (event) => event.target.closest("a") && element.close());
    element.addEventListener("close", () => {
      stop();
      if (element.opener && element.opener.isConnected) element.opener.focus();
    });
    return { element, field };
  }

  function openDialog() {
    dialog = dialog || makeDialog();
    if (dialog.element.open) return;
    dialog.element.opener = document.activeElement;
    dialog.element.showModal();
    dialog.field.focus();
    dialog.field.select();
    warm();
  }

  const isTyping = (element) =>
    element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));

  function startKeys() {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const isK = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
      // It must be possible to turn off single keys (WCAG 2.1.4).
      if (!isK && !(isSlash && script.dataset.slash !== "off")) return;
      event.preventDefault();
      const field = document.getElementById("search-page-q");
      if (field) {
        field.focus();
        field.select();
      } else openDialog();
    });
  }

  function start() {
    const field = document.getElementById("search-page-q");
    if (field) startPage(field);
    startKeys();
    document.querySelectorAll("form.site-search input[name=q]").forEach((input) => {
      input.addEventListener("focus", warm, { once: true });
    });
    document.querySelectorAll("[data-search-open]").forEach((button) => {
      button.addEventListener("click", openDialog);
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
