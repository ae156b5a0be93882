// Search: shows what search-engine.js finds, in the dialog and on the search page. What stands around the results
// (search-around.js) is fetched when there is something to show there.
"use strict";

window.polderResults = ({ root, texts, plain, say, set, make, button, pageOf, load }) => {
  // ---- small parts

  const sayCount = (key, n, values) => say(key + (n === 1 ? "One" : "Other"), { n, ...values });

  // Returns what a group of words (kinds, states, statuses) calls an id.
  function nameOf(group, id) {
    const names = JSON.parse(texts[group] || "{}");
    return Object.hasOwn(names, id) ? names[id] : "";
  }

  // Returns an element for a text of a page, which can have its own direction.
  const own = (tag, className, ...children) => set(make(tag, className, ...children), { dir: "auto" });

  const marked = (list) => list.map((piece) => (piece.mark ? make("mark", "", piece.text) : piece.text));

  const between = (list, gap) => list.flatMap((item, i) => (i ? [gap, item] : [item]));

  // ---- earlier searches, which only this browser knows

  const KEY = "polder-searches:" + root.pathname;
  const recents = {
    read() {
      try {
        return JSON.parse(localStorage.getItem(KEY)).filter((query) => typeof query === "string").slice(0, 8);
      } catch {
        return [];
      }
    },
    write(list) {
      try {
        if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
        else localStorage.removeItem(KEY);
      } catch {
        // A private window: nothing is kept.
      }
    },
    keep(query) {
      const kept = plain(query).trim();
      if (kept) this.write([kept, ...this.read().filter((other) => other !== kept)].slice(0, 8));
    },
  };

  // ---- the engine

  let engine = null;

  function loadEngine() {
    const loadFurther = () => load(texts.further, "polderFurther");
    if (!engine) engine = load(texts.engine, "polderSearch").then((search) => search.start(root, loadFurther));
    engine.catch(() => (engine = null));
    return engine;
  }

  let around = null;

  function loadAround() {
    const kit = { root, texts, plain, say, sayCount, set, make, button, own, between, makeResult };
    if (!around) around = load(texts.around, "polderAround").then((begin) => begin(kit));
    around.catch(() => (around = null));
    return around;
  }

  const warm = () => loadEngine().then((search) => search.open()).catch(() => {});
  const forget = () => engine && engine.then((search) => search.forget()).catch(() => {});

  // ---- one result

  function faceOf({ photo, initials, hue }) {
    if (!initials) return null;
    if (!photo) return set(make("span", `face f40 hue-${Number(hue)}`, initials), { "aria-hidden": "true" });
    return set(make("img", "face f40"), { src: new URL(photo, root).href, alt: "", width: 40, height: 40 });
  }

  function dateOf(iso) {
    const day = new Date(`${iso}T12:00`);
    const language = document.documentElement.lang.replace(/^en$/, "en-GB");
    const text = Number.isNaN(day.getTime()) ? iso : day.toLocaleDateString(language, { dateStyle: "medium" });
    return set(make("time", "", text), { datetime: iso });
  }

  // Returns where a page is, what it is and how far to trust it.
  function notesOf(fragment) {
    const { kind, state, status, trail, role, updated, answered_by: by, successor } = fragment;
    const told = by && status !== "open" ? say("answeredBy", { names: by.slice(0, 2).join(", ") }) : nameOf("statuses", status);
    const notes = [
      role || trail,
      kind !== "person" && nameOf("kinds", kind),
      told,
      nameOf("states", state) && make("span", `state state-${state}`, nameOf("states", state)),
      successor && say("successor", { title: successor }),
      fragment.left && say("left"),
      updated && dateOf(updated),
    ];
    const shown = notes.filter(Boolean).map((note) => (note.nodeType ? note : own("bdi", "", note)));
    return make("span", "search-trail", ...between(shown, " · "));
  }

  function linkTo(fragment, anchor, className) {
    const address = new URL(fragment.href, root);
    if (anchor) address.hash = encodeURIComponent(anchor);
    return set(make("a", className), { href: address.href });
  }

  // Returns the links of a result: to the page, or the part of it that fits best, and to other parts.
  function makeResult(row, fragment, shown) {
    const link = linkTo(fragment, shown.anchor, "search-result");
    const heading = shown.anchor && shown.heading.length ? own("span", "search-heading", ...marked(shown.heading)) : null;
    const title = make("span", "search-line", own("span", "search-title", ...marked(shown.title)), heading);
    const text = row.group === "terms" && fragment.summary ? [{ text: fragment.summary }] : shown.excerpt;
    link.dataset.kind = fragment.kind;
    link.append(title, notesOf(fragment));
    if (text.length) link.append(own("span", "search-excerpt", ...marked(text)));
    const label = say(fragment.initials ? "knows" : "names");
    const names = between(shown.names.map((list) => own("bdi", "", ...marked(list))), ", ");
    if (names.length) link.append(make("span", "search-names", label, " ", ...names));
    if (row.reasons && row.reasons.length) link.append(make("span", "search-names", ...between(row.reasons.map((reason) => own("bdi", "", reason)), " · ")));
    if (row.missing && row.missing.length) link.append(make("span", "search-missing", say("missing", { words: row.missing.join(", ") })));
    const face = faceOf(fragment);
    if (face) {
      link.prepend(face);
      link.classList.add("search-who");
    }
    const parts = row.group ? [] : shown.more.map((part) => {
      const other = linkTo(fragment, part.anchor, "search-result search-part");
      other.append(own("span", "search-heading", ...marked(part.heading)), own("span", "search-excerpt", ...marked(part.excerpt)));
      return other;
    });
    return [link, ...parts];
  }

  const PAGE_OF_RESULTS = 10;

  // Returns whether there is something to show around the results at once.
  const needsSides = ({ rows, hints, filters }) =>
    hints.length || filters.length || rows.every((row) => row.missing.length) || rows.some((row) => row.group === "people");

  // The results below a field. In the dialog the focus stays in the field, and they are its options; on the search
  // page they are a list of links.
  class Results {
    // `change`, which only the search page has, gives and writes its query.
    constructor(field, list, status, change) {
      Object.assign(this, { field, list, status, page: Boolean(change), turn: 0, active: -1, links: [], shown: 0, query: "" });
      this.loadSides = () => loadAround().then((begin) => (this.sides = this.sides || begin(this, change)));
      list.addEventListener("click", (event) => {
        const link = event.target.closest("a.search-result");
        if (link) recents.keep(link.dataset.query || this.query);
      });
    }

    async show(query, count = PAGE_OF_RESULTS) {
      const turn = ++this.turn;
      const isOver = () => turn !== this.turn;
      this.query = query;
      if (this.sides) this.sides.stop();
      if (!query.trim()) return this.showRecents();
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
      const search = await loadEngine();
      let found, fragments;
      for (let attempt = 0; ; attempt++) {
        try {
          found = await search.search(query);
          if (isOver()) return;
          found.hints = await this.complete(search, query);
          fragments = await Promise.all(found.rows.slice(0, count).map((row) => search.fragment(row.page)));
          if (!this.sides && needsSides(found)) await this.loadSides().catch(() => {});
          if (this.sides) await this.sides.prepare(found, search);
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
        const group = rows[i].group || (fragment.kind === "question" ? "questions" : "pages");
        if (!groups.has(group)) groups.set(group, []);
        groups.get(group).push(makeResult(rows[i], fragment, search.present(fragment, found.marks)));
      });
      const parts = this.notesOn(found);
      const made = [...groups].map(([group, items]) => this.makeGroup(group, items, groups.size > 1));
      if (this.sides) made.unshift(...this.sides.hints(found));
      if (made.length) parts.push(this.listOf(made));
      if (rows.length > count) parts.push(button("search-more", say("more"), () => this.more(count)));
      if (!this.page) {
        const label = say(rows.length ? "allResults" : "whatNow");
        parts.push(make("p", "", set(make("a", "", label), { href: pageOf(query) })));
      }
      this.shown = count;
      const hints = rows.length ? 0 : found.hints.length;
      this.render(parts, hints ? sayCount("hints", hints) : this.countOf(found, query));
      found.places = [...found.filters.map(({ label }) => label), ...fragments.map(({ trail }) => trail)];
      this.asked(found, search, isOver);
      // The rest waits until the typing pauses, and nobody waits for it.
      setTimeout(() => isOver() || this.loadSides().then((sides) => isOver() || sides.fill(found, search, isOver)).catch(() => {}), 150);
    }

    // Tells the search page what its field asks, or that it asks nothing.
    asked(found, search, isOver) {
      if (!this.page) return;
      document.documentElement.classList.toggle("asked", Boolean(found));
      if (this.sides) this.sides.found(found, search, isOver);
    }

    // Returns what the words that are being typed can become.
    async complete(search, query) {
      if (document.activeElement !== this.field || this.field.value !== query) return [];
      const hints = await search.complete(query, this.field.selectionEnd);
      return hints.filter(({ text }) => text.trim() !== query.trim());
    }

    // Returns what was made of the query, if that was not what it says.
    notesOn({ spelled, unknown, unfound }) {
      const notes = spelled.map(([word, other]) => say("corrected", { word, other }));
      for (const { operator, value, known } of unknown) {
        notes.push(say("unknown", { filter: `${operator}:${value}`, known: known.join(", ") }));
      }
      notes.push(...unfound.map((phrase) => say("noPhrase", { phrase })));
      return notes.map((note) => make("p", "search-corrected", note));
    }

    listOf(groups) {
      const list = make("div", "search-groups", ...groups);
      return this.page ? list : set(list, { id: "search-options", role: "listbox", "aria-label": say("label") });
    }

    showRecents() {
      const links = recents.read().map((query) => {
        const link = set(own("a", "search-result", query), { href: pageOf(query), "data-query": query });
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          this.field.value = query;
          this.field.focus();
          this.field.dispatchEvent(new Event("input", { bubbles: true }));
        });
        return [link];
      });
      const clear = button("search-clear", say("clearRecent"), () => {
        recents.write([]);
        this.field.focus();
        this.show("");
      });
      this.render(links.length ? [this.listOf([this.makeGroup("recent", links, true)]), clear] : [], "");
      if (!this.page) this.choose(-1);
      this.asked(null);
    }

    countOf({ rows, hasMore }, query) {
      if (!rows.length) return say("none", { query });
      const whole = rows.filter((row) => !row.missing || !row.missing.length).length;
      if (hasMore) return say("resultsAbout", { n: rows.length });
      return whole ? sayCount("results", whole) : say("resultsPartial", { n: rows.length });
    }

    async more(count) {
      const seen = this.links.length;
      await this.show(this.query, count + PAGE_OF_RESULTS);
      if (!this.page) this.choose(Math.min(seen, this.links.length - 1));
      else if (this.links[seen]) this.links[seen].focus();
    }

    makeGroup(group, items, isTitled) {
      const list = make("ul", "search-list", ...items.map((links) => make("li", "", ...links)));
      const title = isTitled ? make("h2", "search-group-title", say(group)) : null;
      const section = make("div", `search-group search-${group}`, title, list);
      if (!this.page) {
        set(section, { role: "group", "aria-label": say(group) });
        if (title) set(title, { "aria-hidden": "true" });
        [list, ...list.children].forEach((item) => set(item, { role: "presentation" }));
        items.flat().forEach((link) => set(link, { role: "option", tabindex: "-1" }));
      }
      return section;
    }

    render(parts, status) {
      this.list.replaceChildren(...parts);
      this.number();
      if (!this.page) {
        this.field.setAttribute("aria-expanded", String(this.links.length > 0));
        // What is being typed is completed by those only who ask for it.
        this.choose(this.links.findIndex((link) => link.href));
      }
      this.tell(status);
    }

    number() {
      this.links = [...this.list.querySelectorAll(".search-result, .search-hint")];
      if (!this.page) this.links.forEach((link, i) => (link.id = `search-option-${i}`));
    }

    tell(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    fail(error) {
      const text = say(error.kind === "login" ? "login" : "error");
      const retry = button("search-retry", say("retry"), () => {
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

    // Returns what Enter opens, if it answers what the field has now.
    chosen() {
      recents.keep(this.field.value);
      return this.query === this.field.value ? this.links[this.active] : null;
    }

    // Moves by a step, or to the first or last result; returns whether that could be.
    move(step) {
      const last = this.links.length - 1;
      if (last < 0) return false;
      const isFar = Math.abs(step) === Infinity;
      if (!this.page) {
        if (isFar && !this.isMoved) return false;
        this.isMoved = true;
        const next = isFar ? (step > 0 ? last : 0) : this.active + step;
        this.choose((next + last + 1) % (last + 1));
        return true;
      }
      const at = this.links.indexOf(document.activeElement);
      if (isFar && at < 0) return false;
      const next = isFar ? (step > 0 ? last : 0) : at + step;
      if (next > last) return false;
      (next < 0 ? this.field : this.links[next]).focus();
      return true;
    }
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  function moveWithKeys(element, results) {
    element.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (results.move(step)) event.preventDefault();
    });
  }

  function whenTyped(field, run) {
    let timer = 0;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(run, 15);
    });
    return () => clearTimeout(timer);
  }

  // ---- the search page

  function startPage(field) {
    const list = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    const form = field.closest("form");
    if (!list || !status || !form) return;
    Object.assign(texts, form.dataset);
    const filters = document.getElementById("search-facets");
    if (filters) filters.open = matchMedia("(min-width: 56em)").matches;
    const remember = (how) => {
      const place = new URL(location.href);
      if (field.value.trim()) place.searchParams.set("q", field.value);
      else place.searchParams.delete("q");
      if (place.href !== location.href) history[how](history.state, "", place.href);
    };
    const run = (how = "replaceState") => {
      remember(how);
      return results.show(field.value);
    };
    // What is chosen is a step of its own for the back button, and what is typed is not.
    const write = (query) => {
      field.value = query;
      run("pushState");
    };
    const results = new Results(field, list, status, { write, query: () => field.value });
    const stop = whenTyped(field, () => run());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      stop();
      recents.keep(field.value);
      run();
    });
    moveWithKeys(form, results);
    moveWithKeys(list, results);
    field.addEventListener("focus", warm);
    const restore = () => {
      field.value = new URL(location.href).searchParams.get("q") || "";
      return results.show(field.value, (history.state || {}).searchShown || PAGE_OF_RESULTS);
    };
    window.addEventListener("popstate", restore);
    // Back from a result: as many results as before, and as far down.
    window.addEventListener("pagehide", () => {
      history.replaceState({ searchShown: results.shown, searchTop: window.scrollY }, "");
    });
    const top = (history.state || {}).searchTop;
    restore().then(() => top && window.scrollTo(0, top));
  }

  // ---- the dialog

  // Returns the results of the dialog, which show what its field has already.
  function inDialog(field, form, list, status) {
    const results = new Results(field, list, status, null);
    whenTyped(field, () => results.show(field.value));
    field.addEventListener("input", () => (results.isMoved = false));
    moveWithKeys(form, results);
    results.show(field.value);
    return results;
  }

  return { warm, inDialog, onPage: startPage };
};
