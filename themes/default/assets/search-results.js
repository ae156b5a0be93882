// Search: shows what search-engine.js finds, in the dialog and on the search page.
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
    if (!engine) engine = load(texts.engine, "polderSearch").then((search) => search.start(root));
    engine.catch(() => (engine = null));
    return engine;
  }

  const warm = () => loadEngine().then((search) => search.open()).catch(() => {});
  const forget = () => engine && engine.then((search) => search.forget()).catch(() => {});

  // ---- what nobody found

  const told = new Set();

  // Asks the own host for the path that a site names for it, with the words: nothing that looks like somebody's, and nothing
  // of who searched.
  function report(query, words) {
    const text = words.join(" ");
    if (!texts.report || !/^http/.test(root.protocol) || told.has(text) || !text || /@|\d{5}/.test(query)) return;
    told.add(text);
    const address = new URL(texts.report, root);
    if (address.origin !== location.origin) return;
    address.searchParams.set("nothing", text);
    fetch(address, { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", keepalive: true }).catch(() => {});
  }

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
  const ROLES = { owner: "keeps", author: "wrote", reviewer: "reviewed" };

  // Returns by the page of a person what they are to pages that were found.
  async function reasonsOf(search, people) {
    const titleOf = async ({ page, role }) => say(ROLES[role], { title: (await search.fragment(page)).title });
    const told = people.map(async ({ page, reasons }) => {
      const best = reasons.filter(({ role }) => ROLES[role]).slice(0, 2);
      return [page, await Promise.all(best.map(titleOf))];
    });
    return new Map(await Promise.all(told));
  }

  // The results below a field. In the dialog the focus stays in the field, and they are its options; on the search
  // page they are a list of links.
  class Results {
    constructor(field, list, status, page) {
      Object.assign(this, { field, list, status, page, turn: 0, active: -1, links: [], shown: 0, query: "" });
      list.addEventListener("click", (event) => {
        const link = event.target.closest("a.search-result");
        if (link) recents.keep(link.dataset.query || this.query);
      });
    }

    async show(query, count = PAGE_OF_RESULTS) {
      const turn = ++this.turn;
      const isOver = () => turn !== this.turn;
      this.query = query;
      clearTimeout(this.reporting);
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
      let found, fragments, hints;
      for (let attempt = 0; ; attempt++) {
        try {
          found = await search.search(query);
          if (isOver()) return;
          hints = await this.complete(search, query);
          if (found.rows.some((row) => row.group === "people")) {
            const reasons = await reasonsOf(search, await search.people(found));
            found.rows.forEach((row) => (row.reasons = row.group === "people" && reasons.get(row.page)));
          }
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
      const made = [...groups].map(([group, items]) => this.makeGroup(group, items, groups.size > 1));
      if (hints.length) made.unshift(this.makeGroup("hints", hints.map((hint) => [this.makeHint(hint)]), true));
      const parts = this.notesOn(found);
      if (made.length) parts.push(this.listOf(made));
      if (rows.length > count) parts.push(button("search-more", say("more"), () => this.more(count)));
      if (!this.page) {
        const label = say(rows.length ? "allResults" : "whatNow");
        parts.push(make("p", "", set(make("a", "", label), { href: pageOf(query) })));
      }
      this.shown = count;
      this.render(parts, hints.length && !rows.length ? sayCount("hints", hints.length) : this.countOf(rows, query));
      // What is still being typed is not what somebody searched.
      const hasAll = rows.some((row) => !row.missing.length);
      if (!hasAll && !found.filters.length) this.reporting = setTimeout(() => report(query, found.words), 3000);
      found.places = [...found.filters.map(({ label }) => label), ...fragments.map(({ trail }) => trail)];
      if (this.page) this.page.found(found, search, isOver);
      // The rest waits until the typing pauses, and nobody waits for it.
      setTimeout(() => this.surround(found, search, isOver).catch(() => {}), 150);
    }

    async surround(found, search, isOver) {
      if (isOver()) return;
      if (this.page) await this.page.fill();
      if (!isOver()) await this.addExperts(found, search, isOver);
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

    // Returns a filter that completes what is being typed.
    makeHint({ text, label, count }) {
      return button("search-hint", [own("bdi", "", label), count === null ? "" : make("span", "count", " ", count)], () => {
        this.field.value = text;
        this.field.focus();
        this.field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }

    // Adds who knows about what was found, unless a person is what was found: one word can be a name and a subject.
    async addExperts(found, search, isOver) {
      const named = new Set(found.rows.filter((row) => row.kind === "person" && row.group).map((row) => row.page));
      if (!found.words.length || found.rows.length < 2 || (named.size && found.words.length > 1)) return;
      const people = (await search.people(found)).filter(({ page }) => page >= 0 && !named.has(page)).slice(0, 3);
      const reasons = await reasonsOf(search, people);
      const fragments = await Promise.all(people.map(({ page }) => search.fragment(page)));
      const list = this.list.querySelector(".search-groups");
      if (isOver() || !people.length || !list) return;
      const items = fragments.map((fragment, i) => {
        const shown = { ...search.present(fragment, found.marks), anchor: "", excerpt: [], more: [] };
        return makeResult({ group: "people", reasons: reasons.get(people[i].page) }, fragment, shown);
      });
      list.append(this.makeGroup("experts", items, true));
      this.number();
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
      else this.page.found(null);
    }

    countOf(rows, query) {
      if (!rows.length) return say("none", { query });
      const whole = rows.filter((row) => !row.missing || !row.missing.length).length;
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

  const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

  // Returns what a value of a filter is called.
  function labelOf(operator, { id, label }) {
    if (operator === "after" || operator === "before") return texts["age" + capital(id)] || label;
    if (operator !== "lang") return label;
    try {
      return new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(id);
    } catch {
      return label;
    }
  }

  const nameOfFilter = ({ operator, value, label }) =>
    `${texts["facet" + capital(operator)] || operator}: ${labelOf(operator, { id: value, label })}`;

  // What the search page shows beside the results: filters, and what can be done when nothing is found.
  class Surroundings {
    constructor(change) {
      this.change = change;
      this.box = document.getElementById("search-facets");
      this.tried = document.getElementById("search-tried");
      this.chosen = document.getElementById("search-chosen");
      if (this.box) {
        this.box.open = matchMedia("(min-width: 56em)").matches;
        this.box.addEventListener("toggle", () => this.showFacets().catch(() => {}));
      }
      this.nothing = document.getElementById("search-nothing");
      this.ask = document.getElementById("search-ask");
      if (this.ask) this.askHref = this.ask.getAttribute("href");
    }

    found(found, search, isOver) {
      document.documentElement.classList.toggle("asked", Boolean(found));
      Object.assign(this, { last: found, search, isOver });
      this.hasAll = !found || found.rows.some((row) => !row.missing.length);
      if (this.nothing) this.nothing.hidden = this.hasAll;
      if (!this.hasAll && this.nothing) this.fillIn(found);
      if (this.tried) this.tried.replaceChildren();
      if (this.chosen) this.chosen.replaceChildren(...this.chosenOf(found ? found.filters : []));
    }

    // Adds what takes more time than the results.
    async fill() {
      await Promise.all([this.showFacets(), this.hasAll ? null : this.tryWithout(this.last)]);
    }

    // Shows the filters with what each would leave, if they are in sight.
    async showFacets() {
      const { box, last, search, isOver } = this;
      if (!box || !last || this.counted === last) return;
      if (!box.open) return;
      this.counted = last;
      const facets = await search.facets(last);
      if (isOver()) return;
      const focus = document.activeElement && document.activeElement.dataset.filter;
      const parts = facets.filter(({ values }) => values.length > 1 || values.some((value) => value.isChosen));
      box.lastElementChild.replaceChildren(...parts.map((facet) => this.makeFacet(facet)));
      const again = focus && [...box.querySelectorAll("[data-filter]")].find((one) => one.dataset.filter === focus);
      if (again) again.focus();
    }

    // Returns a line of the filters in the query, each with a button that takes it out.
    chosenOf(filters) {
      if (!filters.length) return [];
      const remove = (filter) => {
        const name = (filter.not ? "-" : "") + nameOfFilter(filter);
        const take = button("search-chip", [own("bdi", "", name), " ×"], () => this.rewrite([[filter.operator, filter.value]]));
        return set(take, { "aria-label": say("remove", { filter: name }) });
      };
      const clear = button("search-chip", say("clear"), () => this.rewrite(filters.map(({ operator }) => [operator, null])));
      return [make("p", "search-chosen", ...between(filters.map(remove), " "), " ", filters.length > 1 ? clear : null)];
    }

    // Takes filters out of the query.
    async rewrite(filters) {
      let query = this.change.query();
      for (const [operator, value] of filters) query = await this.search.withFilter(query, operator, value, false);
      this.change.write(query);
    }

    makeFacet({ facet, values }) {
      const item = (value) => {
        const input = set(make("input"), { type: "checkbox", "data-filter": `${facet}:${value.value}` });
        input.checked = value.isChosen;
        input.addEventListener("change", async () => {
          this.change.write(await this.search.withFilter(this.change.query(), facet, value.value, input.checked));
        });
        return make("li", "", make("label", "", input, own("bdi", "", labelOf(facet, value)), make("span", "count", String(value.count))));
      };
      const shown = values.filter((value, i) => i < 7 || value.isChosen);
      const rest = values.filter((value) => !shown.includes(value));
      const more = rest.length ? make("details", "rest", make("summary", "", say("moreValues", { n: rest.length })), make("ul", "", ...rest.map(item))) : null;
      return make("fieldset", "search-facet", make("legend", "", say("facet" + capital(facet))), make("ul", "", ...shown.map(item)), more);
    }

    // Tells what fewer filters would find.
    async tryWithout({ filters }) {
      const { search, isOver } = this;
      const query = this.change.query();
      const tries = filters.map(async (filter) => {
        const less = await search.withFilter(query, filter.operator, filter.value, false);
        const { rows } = less.trim() ? await search.search(less) : { rows: [] };
        const text = sayCount("without", rows.length, { filter: nameOfFilter(filter) });
        return rows.length ? button("search-chip", text, () => this.change.write(less)) : null;
      });
      const found = (await Promise.all(tries)).filter(Boolean);
      if (!isOver() && found.length) this.tried.replaceChildren(make("p", "", ...between(found, " ")));
    }

    // Shows the wanted pages of such a name and who keeps what is near, and puts what was searched into the new question.
    fillIn({ words, places }) {
      const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const long = words.filter((word) => word.length > 2);
      let count = 0;
      for (const row of this.nothing.querySelectorAll("#search-wanted > li")) {
        const name = folded(row.querySelector("a").textContent);
        row.hidden = count >= 5 || !long.some((word) => name.includes(word));
        if (!row.hidden) count += 1;
      }
      const keepers = [...this.nothing.querySelectorAll("#search-keepers li")];
      const isNear = (row) => places.includes(row.querySelector("a").textContent);
      const isAnyNear = keepers.some(isNear);
      keepers.forEach((row) => (row.hidden = isAnyNear && !isNear(row)));
      if (!this.ask) return;
      const title = plain(this.change.query()).replace(/(^|\s)-?\p{L}+:("[^"]*"?|\S+)/gu, " ").replace(/\p{Cs}/gu, "").trim();
      const slug = folded(title).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "question";
      const href = this.askHref.replaceAll("%7Bslug%7D", () => encodeURIComponent(slug));
      this.ask.href = href.replaceAll("%7Btitle%7D", () => encodeURIComponent(JSON.stringify(title)));
    }
  }

  function startPage(field) {
    const list = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    const form = field.closest("form");
    if (!list || !status || !form) return;
    Object.assign(texts, form.dataset);
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
    const results = new Results(field, list, status, new Surroundings({ write, query: () => field.value }));
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
