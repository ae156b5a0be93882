// Search: what stands around the results: what the words can become, who knows, the filters of the search page, and what can be done when
// nothing is found. search-results.js fetches it when there is something of that to show, or when the typing pauses.
"use strict";

window.polderAround = ({ root, texts, plain, say, sayCount, set, make, button, own, between, makeResult }) => {
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

  // Returns a button that writes another query: what is being typed can become it, or it finds more.
  const makeHint = ({ field }, { text, label, count }) =>
    button("search-hint", [own("bdi", "", label), count === null ? "" : make("span", "count", " ", count)], () => {
      field.value = text;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });

  // Adds who knows about what was found, unless a person is what was found: one word can be a name and a subject.
  async function addExperts(results, found, search, isOver) {
    const named = new Set(found.rows.filter((row) => row.kind === "person" && row.group).map((row) => row.page));
    if (!found.words.length || found.rows.length < 2 || (named.size && found.words.length > 1)) return;
    const people = (await search.people(found)).filter(({ page }) => page >= 0 && !named.has(page)).slice(0, 3);
    const reasons = await reasonsOf(search, people);
    const fragments = await Promise.all(people.map(({ page }) => search.fragment(page)));
    const list = results.list.querySelector(".search-groups");
    if (isOver() || !people.length || !list) return;
    const items = fragments.map((fragment, i) => {
      const shown = { ...search.present(fragment, found.marks), anchor: "", excerpt: [], more: [] };
      return makeResult({ group: "people", reasons: reasons.get(people[i].page) }, fragment, shown);
    });
    list.append(results.makeGroup("experts", items, true));
    results.number();
  }

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
      if (this.box) this.box.addEventListener("toggle", () => this.showFacets().catch(() => {}));
      this.nothing = document.getElementById("search-nothing");
      this.ask = document.getElementById("search-ask");
      if (this.ask) this.askHref = this.ask.getAttribute("href");
    }

    found(found, search, isOver) {
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

  // What stands around the results of a field; `change` is there on the search page only.
  return (results, change) => {
    const page = change && new Surroundings(change);
    let reporting = 0;
    return {
      // Adds to what was found what the results are shown with.
      async prepare(found, search) {
        found.near = found.lost.length ? await search.near(results.query, found) : [];
        if (!found.rows.some((row) => row.group === "people")) return;
        const reasons = await reasonsOf(search, await search.people(found));
        found.rows.forEach((row) => (row.reasons = row.group === "people" && reasons.get(row.page)));
      },
      hints: (found) =>
        ["near", "hints"]
          .filter((group) => found[group].length)
          .map((group) => results.makeGroup(group, found[group].map((hint) => [makeHint(results, hint)]), true)),
      found: (...told) => page.found(...told),
      // Adds what takes more time than the results.
      async fill(found, search, isOver) {
        const hasAll = found.rows.some((row) => !row.missing.length);
        // What is still being typed is not what somebody searched.
        if (!hasAll && !found.filters.length) reporting = setTimeout(() => report(results.query, found.words), 2850);
        if (page && page.last !== found) page.found(found, search, isOver);
        if (page) await page.fill();
        if (!isOver()) await addExperts(results, found, search, isOver);
      },
      stop: () => clearTimeout(reporting),
    };
  };
};
