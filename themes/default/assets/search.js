// Search: the dialog and the keys that open it. What shows results (search-results.js) and what finds them (search-engine.js)
// are fetched when somebody begins to search, what few searches need (search-around.js, search-further.js) when one does; the search page
// has the first three.
// Plain scripts for strict content security policies, which also work from a disk.
(function () {
  "use strict";

  const script = document.currentScript;
  const root = new URL(script.dataset.root || "./", document.baseURI);
  const texts = { ...script.dataset };

  // What would turn the text around it around, or cannot be seen.
  const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
  const plain = (text) => String(text).replace(CONTROLS, "");

  // Returns a text of the interface. What is filled in keeps to its own direction.
  function say(key, values = {}) {
    const isolated = (value) => (typeof value === "number" ? value : `\u2068${plain(value)}\u2069`);
    return (texts[key] || "").replace(/\{(\w+)\}/g, (_, name) => (name in values ? isolated(values[name]) : ""));
  }

  const set = (element, attributes) => {
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  // Returns an element. Texts of pages only ever become text nodes.
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter(Boolean).map((child) => (child.nodeType ? child : plain(child))));
    return element;
  }

  const button = (className, content, onclick) =>
    Object.assign(make("button", className, ...[content].flat()), { type: "button", onclick });

  function pageOf(query) {
    const page = new URL("search/index.html", root);
    page.searchParams.set("q", query);
    return page.href;
  }

  // ---- the other scripts

  // From a disk only script elements load; from a host `import` does, and a policy of trusted types lets nothing else.
  function fetchScript(address) {
    if (address.protocol !== "file:") return import(address.href);
    return new Promise((resolve, reject) => {
      const part = document.createElement("script");
      Object.assign(part, { onload: resolve, onerror: reject, src: address.href });
      document.head.append(part);
    });
  }

  let attempts = 0;

  // Fetches a script, unless the page has it: it leaves a value of this name.
  async function load(src, name) {
    if (window[name]) return window[name];
    const address = new URL(src, document.baseURI);
    // Browsers remember that an address failed.
    if (attempts) address.search = attempts;
    try {
      await fetchScript(address);
      return window[name];
    } catch {
      attempts += 1;
      // In its place a login sends a redirect, a refusal or a page.
      const answer = await fetch(address, { redirect: "manual" }).catch(() => ({ status: -1 }));
      const isLogin = [0, 200, 401, 403].includes(answer.status);
      throw Object.assign(new Error(name), { kind: isLogin ? "login" : "network" });
    }
  }

  let loaded = null;

  // Returns what shows results.
  function loadResults() {
    if (!loaded) loaded = load(texts.results, "polderResults").then((begin) => begin({ root, texts, plain, say, set, make, button, pageOf, load }));
    loaded.catch(() => (loaded = null));
    return loaded;
  }

  const warm = () => loadResults().then((results) => results.warm()).catch(() => {});

  // Tells in a place that a script did not come, with a button for another try.
  function fail(place, error, again) {
    const isLogin = error.kind === "login";
    const retry = button("search-retry", say("retry"), () => (isLogin ? location.reload() : again()));
    place.replaceChildren(make("p", "search-error", say(isLogin ? "login" : "error"), " ", retry));
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
    const close = button("search-close", say("close"), () => element.close());
    const form = set(make("form", "search-form", field, close), { role: "search" });
    const status = set(make("p", "search-status"), { role: "status" });
    const list = make("div", "search-results");
    const element = set(make("dialog", "search-dialog", form, status, list), { "aria-label": say("label") });
    document.body.append(element);

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
      const chosen = dialog.results && dialog.results.chosen();
      if (!chosen && !field.value.trim()) return;
      const target = chosen ? chosen.href : pageOf(field.value);
      if (target && (event.ctrlKey || event.metaKey)) window.open(target, "_blank", "noopener");
      else if (chosen) chosen.click();
      else location.assign(target);
    });
    // The backdrop is the dialog itself; what is inside covers the rest.
    element.addEventListener("mousedown", (event) => event.target === element && element.close());
    element.addEventListener("click", (event) => {
      if (!event.defaultPrevented && event.target.closest("a")) element.close();
    });
    element.addEventListener("close", () => element.opener && element.opener.isConnected && element.opener.focus());
    return { element, field, form, list, status, results: null };
  }

  // Gives the dialog its results; what was typed until they came counts.
  async function fillDialog() {
    const { field, form, list, status } = dialog;
    try {
      const results = await loadResults();
      dialog.results = dialog.results || results.inDialog(field, form, list, status);
      results.warm();
    } catch (error) {
      fail(list, error, fillDialog);
      field.focus();
    }
  }

  function openDialog() {
    dialog = dialog || makeDialog();
    if (dialog.element.open) return;
    dialog.element.opener = document.activeElement;
    dialog.element.showModal();
    dialog.field.focus();
    dialog.field.select();
    if (!dialog.results) fillDialog();
    else if (!dialog.field.value) dialog.results.show("");
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

  async function startPage(field) {
    try {
      (await loadResults()).onPage(field);
    } catch (error) {
      fail(document.getElementById("search-results"), error, () => startPage(field));
    }
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

  if (document.readyState === "complete") start();
  else document.addEventListener("DOMContentLoaded", start);
})();
