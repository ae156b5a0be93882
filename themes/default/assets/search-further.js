// Search: what most searches do without, so that it is loaded when it is asked for: words that are not in the index (slips, compounds),
// synonyms, phrases, words that must not be there, filters, those to choose from, and who knows about what was found.
// Like search-engine.js, whose tools it is given, it knows no element of the page.
"use strict";

(typeof document === "undefined" ? module.exports : window).polderFurther = ({ open, find, search, fold, wordsOf, lettersOf, number, readQuery, unique, countOf, tellingOf, isQuestion, CHUNK }) => {
  // ---- words that the index does not have

  // Returns how many slips lead from one word to another (a letter added, lost, changed, or two swapped), up to
  // limit + 1. With `open`, the other word may go on.
  function slips(word, other, limit, open) {
    const [n, m] = [word.length, other.length];
    if (n - m > limit || (!open && m - n > limit)) return limit + 1;
    let before = [];
    let row = Array.from({ length: m + 1 }, (_, j) => j);
    for (let i = 1; i <= n; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= m; j++) {
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (word[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        next.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return limit + 1;
      before = row;
      row = next;
    }
    return open ? Math.min(...row) : row[m];
  }

  // ---- the endings of words (src/search/shard.rs)

  const ENDING = /([A-Z])([^A-Z.:;!]*)([.:;!])/g;
  const COMMON = { ".": 0, ":": 1, ";": 2, "!": 3 };

  function readEndings(text) {
    const words = [];
    let ending = "";
    for (const [, keep, rest, common] of text.matchAll(ENDING)) {
      ending = ending.slice(0, keep.charCodeAt(0) - 65) + rest;
      words.push({ form: lettersOf(ending).reverse().join(""), common: COMMON[common] });
    }
    return words;
  }

  const commonOf = (entry) => (entry.mark === "@" ? 1 : [1, 5, 30, Infinity].findIndex((most) => countOf(entry) <= most));

  const endingsOf = (index) => (index.endings = index.endings || index.shelf(index.root.endings, "e", readEndings));

  // Returns what gives the forms that a slip can have made a word of. One slip leaves the beginning or the ending intact, which are
  // mostly in the two files of those that are close.
  function formsNear(index, word) {
    const letters = lettersOf(word);
    const back = [...letters].reverse();
    const known = (shard) => shard.entries.map((e) => ({ form: e.form, common: commonOf(e.main || e) }));
    const like = (shelf, half, most) => shelf.between(half.join(""), half.join("") + "\uffff", most);
    return {
      close: async () => [...(await endingsOf(index).of(back.join(""))), ...known(await index.forms.of(word))],
      endings: async () => (await like(endingsOf(index), back.slice(0, (letters.length - 1) >> 1), 3)).flat(),
      beginnings: async () => (await like(index.forms, letters.slice(0, letters.length >> 1), index.root.reach * 1.5)).flatMap(known),
    };
  }

  async function spelledLike(word, isLast) {
    const limit = word.length >= 8 ? 2 : 1;
    const index = await open();
    const { close, endings, beginnings } = formsNear(index, word);
    const forms = new Map();
    const look = (known, open) => {
      for (const { form, common } of known) {
        if (open ? form.length <= word.length : Math.abs(form.length - word.length) > limit) continue;
        const distance = slips(word, form, limit, open);
        if (distance <= limit) forms.set(form, { form, common, distance });
      }
    };
    look(await close());
    if (![...forms.values()].some(({ distance }) => distance === 1)) {
      const shards = await beginnings();
      look(await endings());
      look(shards);
      if (!forms.size && isLast) look(shards, true);
    }
    // A slip in the first letter is the rarest.
    const cost = (x) => x.distance * 10 + (x.form[0] === word[0] ? 0 : 5) - x.common;
    const near = [...forms.values()].sort((a, b) => cost(a) - cost(b)).filter((x, i, all) => x.distance === all[0].distance);
    return Promise.all(near.slice(0, 3).map(async ({ form, distance }) => ({ form, distance, entry: await find(index, form) })));
  }

  async function takenApart(word) {
    const index = await open();
    for (let at = word.length - 4; at >= 4; at--) {
      const tail = await find(index, word.slice(at));
      if (!tail) continue;
      for (const link of ["", "s", "en", "e", "n"]) {
        const head = word.slice(0, at - link.length);
        if (head.length < 4 || !word.slice(0, at).endsWith(link)) continue;
        const entry = await find(index, head);
        if (entry) return [entry, tail];
      }
    }
    return null;
  }

  async function addSynonyms(groups) {
    const index = await open();
    const split = (groups) => groups.map((names) => names.map((name) => name.split(" ")));
    for (const names of await index.read(`s-${index.root.synonyms}`, split)) {
      for (const name of names) {
        for (let i = 0; i + name.length <= groups.length; i++) {
          const met = groups.slice(i, i + name.length);
          if (!name.every((word, k) => met[k].main === word)) continue;
          for (const other of names.filter((other) => other !== name)) {
            const entries = await Promise.all(other.map((word) => find(index, word)));
            if (entries.every(Boolean)) met.forEach((group) => group.choices.push({ weight: 0.5, entries }));
          }
        }
      }
    }
  }

  // ---- phrases and filters

  // Returns the first day of a year, a month or a day, in days since 1970.
  function dayOf(text) {
    const [, year, month = 1, day = 1] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(text) || [];
    return year && month > 0 && month < 13 && day > 0 && day < 32 ? Date.UTC(year, month - 1, day) / 864e5 : null;
  }

  // Returns the values that a text can mean: what it is, else what begins with it, else what has a word that does.
  function meant(values, text) {
    const wanted = fold(text).trim();
    const ways = [(name) => name === wanted, (name) => name.startsWith(wanted), (name) => name.includes(` ${wanted}`)];
    for (const fits of ways) {
      const found = values.filter(({ id, label }) => fits(fold(label)) || fits(fold(id)));
      if (found.length) return fits === ways[0] ? found.slice(0, 1) : found;
    }
    return [];
  }

  const quoted = (text) => (/[\s"“”„]/.test(text) ? `"${text.replace(/["“”„]/g, " ").trim()}"` : text);

  // What filters turned out to mean.
  const meanings = new Map();

  // ---- columns (src/search/column.rs)

  const COLUMNS = { in: "domain", by: "person", kind: "kind", is: "state", lang: "lang" };
  const ROLES = ["owner", "author", "reviewer"];

  // A column has values, and by page a list of their numbers; of people times four, with their role.
  const readSet = (rows) => readColumn(rows.map(([id, label, runs]) => [id, label, -1, runs]));

  const columnOf = (index, operator) => {
    const name = COLUMNS[operator];
    return index.read(`c-${index.root.columns[name]}`, name === "person" ? readColumn : readSet);
  };
  const daysOf = (index) => index.read(`c-${index.root.columns.day}`, readDays);

  function readColumn(rows) {
    const lists = [];
    const names = new Map();
    const values = rows.map(([id, label, page, ...roles], i) => {
      let count = 0;
      roles.forEach((runs, role) => {
        let at = 0;
        runs.split(" ").forEach((length, k) => {
          const end = at + (number(length) || 0);
          if (k % 2) count += end - at;
          for (; at < end; at++) if (k % 2) (lists[at] = lists[at] || []).push(i * 4 + role);
        });
      });
      const name = fold(label);
      names.set(name, (names.get(name) || 0) + 1);
      return { id, label, page, count, n: i };
    });
    // What a query calls a value.
    values.forEach((value) => (value.value = names.get(fold(value.label)) > 1 ? value.id : value.label));
    return { values, lists };
  }

  function readDays(text) {
    return (text ? text.split(" ") : []).flatMap((item) => {
      const [day, times] = item.split("*");
      return Array(times ? number(times) : 1).fill(day === "-" ? -1 : number(day));
    });
  }

  const readFolders = (runs) => runs.flatMap(([folder, n]) => Array(n).fill(folder));

  // Returns pages and the places of a word on each. Files that go on with a word are named by it and a plus.
  async function placesIn(index, word) {
    const { places } = await index.read(`q-${index.root.places}`, (value) => value);
    const files = await index.shelf(places, "q", readPlaces).between(word, `${word}+`, Infinity);
    return files.flatMap((words) => words.get(word) || []).flatMap(placesOf);
  }

  function readPlaces(text) {
    const words = new Map();
    for (const item of text.split(" ")) {
      const [word, entry] = item.split("=");
      words.set(word, [...(words.get(word) || []), entry]);
    }
    return words;
  }

  // A place is one number: that of the section times this, and the place in it.
  const SECTION = 2 ** 24;

  function placesOf(entry) {
    let next = 0;
    return entry.split(";").map((item) => {
      const page = next + (number(/^[^A-Z]*/.exec(item)[0]) || 0);
      next = page + 1;
      const places = [];
      for (const [, letters, steps] of item.matchAll(/([A-Z]+)([^A-Z]+)/g)) {
        let at = SECTION * [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 65, 0);
        for (const step of steps.split(",")) places.push((at += number(step)));
      }
      return [page, places];
    });
  }

  // Returns the pages where words stand one after the other, with where; null if none of them says anything.
  async function pagesWith(index, words) {
    let found = null;
    for (let at = 0; at < words.length; at++) {
      if (index.stop.has(words[at])) continue;
      const next = new Map();
      for (const [page, places] of await placesIn(index, words[at])) {
        const before = found && found.get(page);
        const inside = places.filter((place) => place % SECTION >= at).map((place) => place - at);
        const starts = inside.filter((start) => !found || (before && before.has(start)));
        if (starts.length) next.set(page, new Set(starts));
      }
      found = next;
    }
    return found;
  }

  async function pagesOf(index, word) {
    const entry = await find(index, word);
    return new Set(entry ? (await index.postings(entry, true)).pages : []);
  }

  // Returns what a filter means: a test of pages, or the values that it could have meant.
  async function resolve(index, { operator, value, not }) {
    const filter = { operator, value, label: value, not, test: null, known: [] };
    if (operator === "before" || operator === "after") {
      const [day, days] = [dayOf(value), await daysOf(index)];
      if (day !== null) filter.test = (page) => days[page] >= 0 && (operator === "after") === days[page] >= day;
      return filter;
    }
    const { values, lists } = await columnOf(index, operator);
    let found = meant(values, value);
    // A folder, unless a domain has just that name.
    if (operator === "in" && value.includes("/")) found = found.filter(({ label }) => fold(label) === fold(value));
    if (operator === "in" && !found.length) {
      const folders = await index.read(`c-${index.root.columns.folder}`, readFolders);
      const folder = folderNamed(folders, value);
      if (folder) {
        filter.test = (page) => folders[page] === folder || (folders[page] || "").startsWith(`${folder}/`);
        filter.value = filter.label = folder;
        return filter;
      }
    }
    if (found.length === 1) {
      const [{ n, label, value }] = found;
      Object.assign(filter, { n, label, value, test: (page) => (lists[page] || []).some((item) => item >> 2 === n) });
    } else {
      found = found.length ? found : values;
      filter.known = [...found].sort((a, b) => b.count - a.count).slice(0, 8).map((one) => one.value);
    }
    return filter;
  }

  async function pagesWithAll(index, words) {
    const sets = await Promise.all(words.map((word) => pagesOf(index, word)));
    return { has: (page) => sets.every((set) => set.has(page)) };
  }

  // Returns what is in the pieces of a query: words, filters, and what tells whether a page has what it must have.
  async function read(pieces) {
    const index = await open();
    const asked = { words: [], filters: [], unknown: [], unfound: [] };
    const [phrases, without] = [[], []];
    const plain = pieces.filter(({ name, not, isQuoted }) => !name && !not && !isQuoted);
    const takesPhrases = !isQuestion(tellingOf(index, plain.flatMap(({ value }) => wordsOf(value))));
    for (const piece of pieces) {
      const { name, value, not, isQuoted } = piece;
      const words = wordsOf(value);
      if (piece.operator) {
        const filter = await resolve(index, piece);
        if (filter.test) {
          meanings.set(`${piece.operator}:${fold(value)}`, filter.value);
          asked.filters.push(filter);
          continue;
        }
        asked.unknown.push({ operator: piece.operator, value, known: filter.known });
      } else if (name) asked.unknown.push({ operator: name, value, known: [...index.operators.keys()] });
      if (name && !piece.operator) words.unshift(...wordsOf(name));
      if (!words.length) continue;
      if (not) without.push(isQuoted ? await pagesWith(index, words) : await pagesWithAll(index, words));
      else {
        const pages = isQuoted && !name && takesPhrases ? await pagesWith(index, words) : null;
        if (pages && pages.size) phrases.push(pages);
        else if (pages) asked.unfound.push(value);
        asked.words.push(...words);
      }
    }
    const { filters } = asked;
    asked.isWanted = ({ page }) => phrases.every((pages) => pages.has(page)) && !without.some((pages) => pages && pages.has(page));
    asked.fits = ({ page }) => fits(filters, page);
    asked.narrows = filters.length + phrases.length + without.length > 0;
    asked.newest = async () => (filters.length || without.length ? newest(index) : []);
    return asked;
  }

  // Returns all pages, the newest first.
  async function newest(index) {
    const days = await daysOf(index);
    const rows = days.map((day, page) => ({ page, day, score: 0, kind: "", named: false, missing: [] }));
    return rows.sort((a, b) => b.day - a.day || a.page - b.page);
  }

  const newestOf = (days) => days.reduce((newest, day) => Math.max(newest, day), 0);

  // Returns whether a page fits: any filter of each operator (all of those on days), and none of those with a minus.
  function fits(filters, page) {
    const open = new Map();
    for (const { operator, not, test } of filters) {
      const has = test(page);
      if (not ? has : !has && !COLUMNS[operator]) return false;
      if (!not) open.set(operator, open.get(operator) || has);
    }
    return [...open.values()].every(Boolean);
  }

  // Returns the folder that a text names: by its path, its last part, or a beginning that only it and those in it have.
  function folderNamed(folders, text) {
    const wanted = fold(text).replace(/^\/+|\/+$/g, "");
    const known = new Set();
    for (const folder of new Set(folders)) {
      const parts = folder.split("/");
      parts.forEach((_, i) => known.add(parts.slice(0, i + 1).join("/")));
    }
    const named = [...known].filter((folder) => folder && wanted);
    const ways = [(folder) => folder === wanted, (folder) => folder.endsWith(`/${wanted}`), (folder) => folder.startsWith(wanted)];
    for (const isIt of ways) {
      const found = named.filter((folder) => isIt(fold(folder))).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
      if (found.length && found.every((folder) => folder === found[0] || folder.startsWith(`${found[0]}/`))) return found[0];
    }
    return null;
  }

  // ---- facets: filters to choose from

  const counted = (found, operator) => {
    const others = found.filters.filter((filter) => filter.operator !== operator);
    const rows = found.base.filter((row) => fits(others, row.page));
    return rows.some((row) => !row.missing.length) ? rows.filter((row) => !row.missing.length) : rows;
  };

  // Returns by operator the values of what was found, with how many pages each would leave.
  async function facets(shown) {
    const index = await open();
    const found = shown.hasMore ? await search(shown.query, true) : shown;
    const list = [];
    for (const operator of ["in", "kind", "by", "is", "lang"]) {
      const { values, lists } = await columnOf(index, operator);
      const counts = values.map(() => 0);
      for (const { page } of counted(found, operator)) (lists[page] || []).forEach((item) => counts[item >> 2]++);
      const chosen = new Set(found.filters.filter((f) => f.operator === operator && !f.not).map((f) => f.n));
      const shown = values.filter(({ n }) => counts[n] || chosen.has(n));
      shown.sort((a, b) => counts[b.n] - counts[a.n] || a.n - b.n);
      const told = shown.map(({ n, id, label, value }) => ({ id, value, label, count: counts[n], isChosen: chosen.has(n) }));
      list.push({ facet: operator, values: told });
    }
    list.push({ facet: "after", values: await ages(index, found) });
    return list;
  }

  // Returns the last month, quarter and year, counted from the newest page.
  async function ages(index, found) {
    const days = await daysOf(index);
    const now = newestOf(days);
    const pages = counted(found, "after").map(({ page }) => days[page]);
    const told = [["month", 30], ["quarter", 91], ["year", 365]].map(([id, length]) => {
      const value = new Date((now - length) * 864e5).toISOString().slice(0, 10);
      const isChosen = found.filters.some((filter) => filter.operator === "after" && filter.value === value);
      return { id, value, label: id, count: pages.filter((day) => day >= now - length).length, isChosen };
    });
    return told.filter(({ count, isChosen }) => count || isChosen);
  }

  // Returns a query with or without a filter; without all of an operator if the value is null.
  async function withFilter(query, operator, value, on) {
    const index = await open();
    const isSame = (piece) => {
      const meaning = meanings.get(`${operator}:${fold(piece.value)}`) || piece.value;
      return piece.operator === operator && (value === null || operator === "after" || fold(meaning) === fold(value));
    };
    const kept = readQuery(query, index.operators).filter((piece) => !isSame(piece));
    const texts = kept.map((piece) => query.slice(piece.at, piece.end));
    if (on && value !== null) texts.push(`${operator}:${quoted(value)}`);
    return texts.join(" ");
  }

  // Returns what the piece before the caret can become: operators, and their values with how many pages they have.
  async function complete(query, caret = query.length) {
    const index = await open();
    const piece = readQuery(query.slice(0, caret), index.operators).pop();
    if (!piece || piece.end < caret) return [];
    const start = query.slice(0, piece.at) + (piece.not ? "-" : "");
    const rest = query.slice(caret).trimStart();
    const bare = piece.name ? "" : fold(piece.value);
    const operator = piece.operator || index.operators.get(bare.replace(/:$/, ""));
    if (operator && (piece.name || bare.endsWith(":"))) {
      if (!COLUMNS[operator]) return [];
      const { values } = await columnOf(index, operator);
      const found = piece.name ? meant(values, piece.value) : [...values];
      const name = piece.name || piece.value.slice(0, -1);
      return found.sort((a, b) => b.count - a.count).slice(0, 8).map(({ value, label, count }) => (
        { text: `${start}${name}:${quoted(value)} ${rest}`, label, count }
      ));
    }
    const known = bare.length > 1 && !piece.isQuoted ? [...index.operators.keys()] : [];
    return known.filter((word) => word.startsWith(bare)).map((word) => ({ text: `${start}${word}:${rest}`, label: `${word}:`, count: null }));
  }

  // ---- who knows

  // Returns the people behind what was found, with why: their page, and what they are to which pages.
  async function people(found) {
    const index = await open();
    const [{ values, lists }, days] = await Promise.all([columnOf(index, "by"), daysOf(index)]);
    const now = newestOf(days);
    const rows = [...found.best].sort((a, b) => b.score - a.score || a.page - b.page).slice(0, 100);
    const known = new Map();
    const add = (page, id, label, worth, reason) => {
      const key = page < 0 ? id : page;
      const person = known.get(key) || { page, id, label, worth: 0, reasons: [] };
      person.reasons.push({ worth, ...reason });
      known.set(key, person);
    };
    for (const { page, score, kind, named, missing } of rows) {
      const share = (score / (rows[0].score || 1)) * (missing.length ? 0.5 : 1);
      const fresh = days[page] < 0 ? 0.5 : 1 / (1 + (now - days[page]) / 730);
      if (kind === "person") add(page, "", "", share * (named ? 6 : 3), { page, role: "profile" });
      for (const item of lists[page] || []) {
        const person = values[item >> 2];
        // That somebody wrote of themselves says nothing more.
        if (person.page !== page) add(person.page, person.id, person.label, share * fresh * (3 - (item & 3)), { page, role: ROLES[item & 3] });
      }
    }
    for (const person of known.values()) {
      // What somebody knows shows in their best pages; many weak ones say little.
      person.reasons.sort((a, b) => b.worth - a.worth || a.page - b.page).splice(5);
      person.reasons.forEach(({ worth }, i) => (person.worth += worth / (i + 1)));
    }
    return [...known.values()].sort((a, b) => b.worth - a.worth || a.page - b.page).slice(0, 5);
  }

  // ---- nothing found

  // Returns what a query without pages can have meant: the same with the words that are nearest to those that nobody wrote.
  async function near(query, { lost }) {
    const index = await open();
    const long = lost.filter((word) => word.length > 3 && !/^\d/.test(word));
    const texts = await Promise.all(long.map(async (word) => {
      const limit = word.length > 5 ? 3 : 2;
      const cost = ({ form, common }) => slips(word, form, limit) * 10 + (form[0] === word[0] ? 0 : 5) - common;
      const { close, endings, beginnings } = formsNear(index, word);
      const all = (await Promise.all([close(), endings(), beginnings()])).flat();
      const known = all.filter(({ form }) => slips(word, form, limit) <= limit);
      const forms = unique(known.sort((a, b) => cost(a) - cost(b)).map(({ form }) => form)).slice(0, 3);
      return forms.map((form) => query.replace(CHUNK, (chunk) => (wordsOf(chunk).join() === word ? form : chunk)));
    }));
    return unique(texts.flat()).map((text) => ({ text, label: text, count: null }));
  }

  return { slips, spelledLike, takenApart, addSynonyms, read, facets, complete, people, withFilter, near };
};
