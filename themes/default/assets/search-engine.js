// The search engine: reads the index below search/, finds, ranks, and cuts excerpts. It knows no element of the page.
// A plain script for strict content security policies, which also works from a disk; search.js loads it at first use.
(function () {
  "use strict";

  // ---- words
  // As in src/search/words.rs; tests/search/fold.json holds both to it.

  const CHUNK = /[\p{Alphabetic}\p{N}\p{M}'’\u00ad\u200c\u200d\u2060\ufeff]+/gu;
  const RUN = /[\p{Alphabetic}\p{N}]+/gu;
  const DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
  const UNITS = new RegExp(`[${DENSE}]+|[^${DENSE}]+`, "gu");
  const IS_DENSE = new RegExp(`^[${DENSE}]`, "u");
  const LETTER_AFTER = /([\p{Alphabetic}\p{N}])['’](?=[\p{Alphabetic}\p{N}](?![\p{Alphabetic}\p{N}]))/gu;
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };

  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\p{M}\u00ad\u200c\u200d\u2060\ufeff]/gu, "")
      .toLowerCase()
      .replace(/[ßæœþøđðłıς]/g, (letter) => PLAIN[letter]);

  const lettersOf = (word) => Array.from(word);

  function wordsOfChunk(chunk) {
    const words = [];
    for (const run of fold(chunk).replace(LETTER_AFTER, "$1").match(RUN) || []) {
      for (const unit of run.match(UNITS) || []) {
        const letters = lettersOf(unit);
        if (IS_DENSE.test(unit) && letters.length > 1) {
          for (let i = 1; i < letters.length; i++) words.push(letters[i - 1] + letters[i]);
        } else if (letters.length <= 40) words.push(unit);
      }
    }
    return words;
  }

  const wordsOf = (text) => (text.match(CHUNK) || []).flatMap(wordsOfChunk);

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

  // ---- the query: words, "phrases", -without, filters like in:finance (src/search/find/query.rs)

  const TOKEN = /(-?)(?:(\p{Alphabetic}+):(?=[^\s:/]))?(?:["“”„]([^"“”„]*)["“”„]?|(\S+))/gu;

  // Returns the pieces of a query, in order.
  function readQuery(query, operators) {
    return [...query.matchAll(TOKEN)].map(({ 0: text, 1: minus, 2: name, 3: quoted, 4: plain, index: at }) => {
      const operator = name && operators.get(fold(name));
      const isQuoted = quoted !== undefined;
      return { at, end: at + text.length, not: minus !== "", name, operator, isQuoted, value: isQuoted ? quoted : plain };
    });
  }

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

  // ---- the files of the index (src/search/shard.rs)

  const ENTRY = /^([A-Z])([^=#<@]*)([=#<@])([^+~]*)(?:\+(.)(.))?(~)?$/;
  const ENDING = /([A-Z])([^A-Z.:;!]*)([.:;!])/g;
  const COMMON = { ".": 0, ":": 1, ";": 2, "!": 3 };
  const number = (digits) => parseInt(digits, 36);

  function readShard(text) {
    const shard = { entries: [], byForm: new Map() };
    let form = "";
    for (const item of text.split(" ")) {
      const [, keep, rest, mark, value, at, link, begins] = ENTRY.exec(item);
      form = form.slice(0, keep.charCodeAt(0) - 65) + rest;
      const entry = { form, mark, value, shard, parts: null, begins };
      if (mark === "<") entry.main = shard.entries[shard.entries.length - number(value)];
      if (at) entry.parts = [form.slice(0, number(at)), form.slice(number(at) + number(link))];
      shard.entries.push(entry);
      shard.byForm.set(form, entry);
    }
    return shard;
  }

  function readEndings(text) {
    const words = [];
    let ending = "";
    for (const [, keep, rest, common] of text.matchAll(ENDING)) {
      ending = ending.slice(0, keep.charCodeAt(0) - 65) + rest;
      words.push({ form: lettersOf(ending).reverse().join(""), common: COMMON[common] });
    }
    return words;
  }

  // Returns pages, impacts (0 to 1) and whether in the title, of encoded postings.
  function readPostings(text, levels) {
    const postings = { pages: [], impacts: [], titled: [] };
    let page = 0;
    for (const [, letter, gap] of text.matchAll(/([A-Z])([0-9a-z]*)/g)) {
      if (gap) page += number(gap);
      const level = letter.charCodeAt(0) - 65;
      postings.pages.push(page++);
      postings.impacts.push(((level % 13) + 0.5) / levels);
      postings.titled.push(level >= 13);
    }
    return postings;
  }

  function placeIn(firsts) {
    return (word) => {
      let [low, high] = [0, firsts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (firsts[middle] <= word) low = middle;
        else high = middle - 1;
      }
      return low;
    };
  }

  const nameAt = (names, place) => names.slice(place * 8, place * 8 + 8);

  async function openIndex(load) {
    const root = await load("index");
    const kept = new Map();
    const read = (name, reader) => {
      if (!kept.has(name)) {
        const value = load(name).then(reader);
        value.catch(() => kept.delete(name));
        kept.set(name, value);
      }
      return kept.get(name);
    };
    const shelf = (words, kind, reader) => {
      const firsts = words.firsts ? words.firsts.split(" ") : [];
      const place = placeIn(firsts);
      const at = (n) => read(`${kind}-${nameAt(words.names, n)}`, reader);
      const between = (from, to, most) => {
        const files = [];
        if (firsts.length) for (let n = place(from); n <= place(to) && files.length < most; n++) files.push(at(n));
        return Promise.all(files);
      };
      return { of: (word) => (firsts.length ? at(place(word)) : Promise.resolve(reader(""))), between };
    };
    const starts = [0];
    const counts = root.fragments.counts ? root.fragments.counts.split(" ") : [];
    counts.forEach((count) => starts.push(starts[starts.length - 1] + number(count)));
    const fragmentPlace = placeIn(starts);
    return {
      root,
      forms: shelf(root.words, "w", (text) => (text ? readShard(text) : { entries: [], byForm: new Map() })),
      endings: shelf(root.endings, "e", readEndings),
      stop: new Set(root.stop.split(" ")),
      operators: new Map(root.operators),
      kinds: testsOf(root.kinds),
      languages: testsOf(root.languages),
      column: (operator) => {
        const name = COLUMNS[operator];
        return read(`c-${root.columns[name]}`, (rows) => (name === "person" ? readPeople : readSet)(rows));
      },
      days: () => read(`c-${root.columns.day}`, readDays),
      folders: () => read(`c-${root.columns.folder}`, (runs) => runs.flatMap(([folder, n]) => Array(n).fill(folder))),
      synonyms: () => read(`s-${root.synonyms}`, (groups) => groups.map((names) => names.map((name) => name.split(" ")))),
      places: async (word) => {
        const { places } = await read(`q-${root.places}`, (value) => value);
        return (await shelf(places, "q", readPlaces).of(word)).get(word) || [];
      },
      postings: (entry) => {
        if (!entry.postings) {
          const far = entry.mark === "#" && read(`l-${entry.value.split(".")[1]}`, (text) => text);
          entry.postings = Promise.resolve(far || entry.value).then((text) => readPostings(text, root.levels));
          entry.postings.catch(() => (entry.postings = null));
        }
        return entry.postings;
      },
      fragment: async (page) => {
        const place = fragmentPlace(page);
        const pages = await read(`p-${nameAt(root.fragments.names, place)}`, (value) => value);
        return readFragment(pages[page - starts[place]]);
      },
    };
  }

  const testsOf = (byName) => Object.keys(byName).map((name) => [name, readRuns(byName[name])]);

  // ---- columns (src/search/column.rs)

  const COLUMNS = { in: "domain", by: "person", kind: "kind", is: "state", lang: "lang" };
  const ROLES = ["owner", "author", "reviewer"];

  // A column has values, and by page a list of their numbers; of people times four, with their role.
  const readSet = (rows) => readColumn(rows.map(([id, label, runs]) => [id, label, -1, runs]));
  const readPeople = (rows) => readColumn(rows);

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

  function readPlaces(text) {
    const words = new Map();
    for (const item of text ? text.split(" ") : []) {
      const at = item.indexOf("=");
      words.set(item.slice(0, at), item.slice(at + 1));
    }
    return { get: (word) => words.has(word) && placesOf(words.get(word)) };
  }

  // Returns pages and the places of a word on each.
  function placesOf(text) {
    let next = 0;
    return text.split(";").map((item) => {
      const [gap, list] = item.split(":");
      const page = next + number(gap);
      next = page + 1;
      let at = 0;
      return [page, list.split(",").map((step) => (at += number(step)))];
    });
  }

  // Returns a test for the pages of runs: how many are not, how many are, and so on.
  function readRuns(text) {
    const ends = [];
    let end = 0;
    for (const length of text.split(" ")) ends.push((end += number(length) || 0));
    const place = placeIn([0, ...ends]);
    return (page) => page < end && place(page) % 2 === 1;
  }

  function readFragment([title, href, trail, kind, state, status, updated, lang, summary, names, flat, details]) {
    const sections = [];
    for (let i = 0; i < flat.length; i += 3) sections.push({ heading: flat[i], anchor: flat[i + 1], text: flat[i + 2] });
    return { title, href, trail, kind, state, status, updated, lang, summary, names, sections, ...details };
  }

  // ---- finding

  const countOf = (entry) =>
    entry.mark === "#" ? number(entry.value.split(".")[0]) : entry.value.replace(/[^A-Z]/g, "").length;

  const commonOf = (entry) => (entry.mark === "@" ? 1 : [1, 5, 30, Infinity].findIndex((most) => countOf(entry) <= most));

  const unique = (list) => [...new Set(list)];

  // Makes the engine that reads files with `load`, for readers of a language.
  function makeEngine(load, lang) {
    let opened = null;
    const meanings = new Map();
    const open = () => {
      if (!opened) {
        opened = openIndex(load);
        opened.catch(() => (opened = null));
      }
      return opened;
    };

    async function find(index, form) {
      const entry = (await index.forms.of(form)).byForm.get(form);
      return entry && mainOf(index, entry);
    }

    async function mainOf(index, entry) {
      if (entry.mark === "<") return entry.main;
      if (entry.mark === "@") return (await index.forms.of(entry.value)).byForm.get(entry.value);
      return entry;
    }

    async function beginningWith(index, word, most) {
      const shards = await index.forms.between(word, word + "\uffff", 2);
      const entries = shards.flatMap((shard) => shard.entries.filter((e) => e.form !== word && e.form.startsWith(word)));
      const mains = unique(await Promise.all(entries.map((entry) => mainOf(index, entry))));
      return mains.sort((a, b) => countOf(b) - countOf(a)).slice(0, most);
    }

    async function spelledLike(index, word, isLast) {
      const limit = word.length >= 8 ? 2 : 1;
      const letters = lettersOf(word);
      const half = letters.slice(0, letters.length >> 1).join("");
      const back = letters.reverse().join("");
      const backHalf = back.slice(0, (letters.length - 1) >> 1);
      const forms = new Map();
      const look = (known, open) => {
        for (const { form, common } of known) {
          if (open ? form.length <= word.length : Math.abs(form.length - word.length) > limit) continue;
          const distance = slips(word, form, limit, open);
          if (distance <= limit) forms.set(form, { form, common, distance });
        }
      };
      const known = (shard) => shard.entries.map((e) => ({ form: e.form, common: commonOf(e.main || e) }));
      // One slip leaves the beginning or the ending intact, which are mostly in these two files.
      look(await index.endings.of(back));
      look(known(await index.forms.of(word)));
      if (![...forms.values()].some(({ distance }) => distance === 1)) {
        const shards = (await index.forms.between(half, half + "\uffff", 3)).flatMap(known);
        look((await index.endings.between(backHalf, backHalf + "\uffff", 3)).flat());
        look(shards);
        if (!forms.size && isLast) look(shards, true);
      }
      // A slip in the first letter is the rarest.
      const cost = (x) => x.distance * 10 + (x.form[0] === word[0] ? 0 : 5) - x.common;
      const near = [...forms.values()].sort((a, b) => cost(a) - cost(b)).filter((x, i, all) => x.distance === all[0].distance);
      return Promise.all(
        near.slice(0, 3).map(async ({ form, distance }) => ({ form, distance, entry: await find(index, form) })),
      );
    }

    async function takenApart(index, word) {
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

    // Returns what a word can stand for: choices of entries that count together, with weights.
    async function choicesFor(index, word, next, isLast) {
      const shard = await index.forms.of(word);
      const own = shard.byForm.get(word);
      const result = { word, choices: [], spelled: null, prefix: false, main: "", begins: own && own.begins };
      const add = (weight, entries) => result.choices.push({ weight, entries });
      if (own) {
        const main = await mainOf(index, own);
        result.main = main.form;
        add(1, [main]);
        if (own.parts) {
          const parts = await Promise.all(own.parts.map((part) => find(index, part)));
          if (parts.every(Boolean)) add(0.4, parts);
        }
      }
      if (isLast && word.length >= 2) {
        const main = own && result.choices[0].entries[0];
        const more = (await beginningWith(index, word, own ? 5 : 12)).filter((entry) => entry !== main);
        result.prefix = more.length > 0;
        for (const entry of more) add(own ? 0.25 : 0.95, [entry]);
      }
      if (next) {
        for (const link of ["", "s", "en"]) {
          const joined = await find(index, word + link + next);
          if (joined) result.joined = joined;
        }
      }
      if (!result.choices.length && !result.joined && word.length >= 8) {
        const apart = await takenApart(index, word);
        if (apart) add(0.8, apart);
      }
      if (!result.choices.length && !result.joined && word.length >= 4 && !/^\d+$/.test(word)) {
        const like = await spelledLike(index, word, isLast);
        for (const { entry, distance } of like) add(distance > 1 ? 0.5 : 0.8, [entry]);
        if (like.length) result.spelled = like[0].form;
      }
      return result;
    }

    // Returns for one word of the query: by page what it adds, how much of it is there, and if in the title.
    async function weigh(index, group, count) {
      // Rounded, so that all machines agree to the last digit.
      const idf = (entry) => Math.round(Math.log(1 + (count - countOf(entry) + 0.5) / (countOf(entry) + 0.5)) * 1e4) / 1e4;
      const hits = new Map();
      let weight = 0;
      const common = group.choices.length ? Math.min(...group.choices.map((c) => Math.min(...c.entries.map(idf)))) : 0;
      for (const choice of group.choices) {
        const sums = new Map();
        for (const entry of choice.entries) {
          const { pages, impacts, titled } = await index.postings(entry);
          // Rare variants of a word must not outweigh the word itself.
          const worth = choice.weight === 1 || choice.isRare || choice.entries.length > 1 ? idf(entry) : common;
          weight = Math.max(weight, choice.weight === 1 || group.choices[0].weight < 1 ? worth : 0);
          for (let i = 0; i < pages.length; i++) {
            const sum = sums.get(pages[i]) || { score: 0, parts: 0, titled: 0 };
            sum.score += worth * impacts[i];
            sum.parts += 1;
            sum.titled += titled[i] ? 1 : 0;
            sums.set(pages[i], sum);
          }
        }
        for (const [page, sum] of sums) {
          const whole = choice.entries.length;
          const score = choice.weight * sum.score * (sum.parts / whole);
          const hit = hits.get(page);
          if (!hit || score > hit.score) {
            const cover = Math.max(sum.parts / whole, hit ? hit.cover : 0);
            hits.set(page, { score, cover, titled: choice.weight >= 0.5 && sum.titled === whole });
          }
        }
      }
      return { hits, weight: weight || Math.round(Math.log(1 + count) * 1e4) / 1e4 };
    }

    async function addSynonyms(index, groups) {
      for (const names of await index.synonyms()) {
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

    // Returns the pages where words stand one after the other, with where; null if none of them says anything.
    async function pagesWith(index, words) {
      let found = null;
      for (let at = 0; at < words.length; at++) {
        if (index.stop.has(words[at])) continue;
        const next = new Map();
        for (const [page, places] of await index.places(words[at])) {
          const before = found && found.get(page);
          const starts = places.map((place) => place - at).filter((start) => start >= 0 && (!found || (before && before.has(start))));
          if (starts.length) next.set(page, new Set(starts));
        }
        found = next;
      }
      return found;
    }

    async function pagesOf(index, word) {
      const entry = await find(index, word);
      return new Set(entry ? (await index.postings(entry)).pages : []);
    }

    // Returns what a filter means: a test of pages, or the values that it could have meant.
    async function resolve(index, { operator, value, not }) {
      const filter = { operator, value, label: value, not, test: null, known: [] };
      if (operator === "before" || operator === "after") {
        const [day, days] = [dayOf(value), await index.days()];
        if (day !== null) filter.test = (page) => days[page] >= 0 && (operator === "after") === days[page] >= day;
        return filter;
      }
      const { values, lists } = await index.column(operator);
      let found = meant(values, value);
      // A folder, unless a domain has just that name.
      if (operator === "in" && value.includes("/")) found = found.filter(({ label }) => fold(label) === fold(value));
      if (operator === "in" && !found.length) {
        const folders = await index.folders();
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

    // Returns what is in a query.
    async function read(index, query) {
      const pieces = readQuery(query, index.operators);
      const last = pieces[pieces.length - 1];
      const asked = { words: [], last: null, filters: [], unknown: [], phrases: [], unfound: [], without: [] };
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
        if (not) asked.without.push(isQuoted ? await pagesWith(index, words) : await pagesWithAll(index, words));
        else {
          const pages = isQuoted && !name ? await pagesWith(index, words) : null;
          if (pages && pages.size) asked.phrases.push(pages);
          else if (pages) asked.unfound.push(value);
          asked.words.push(...words);
        }
      }
      asked.words = unique(asked.words).slice(0, 20);
      const isOpen = last && !last.not && !last.isQuoted && !last.operator && /[\p{Alphabetic}\p{N}]$/u.test(query);
      asked.last = isOpen ? asked.words[asked.words.length - 1] : null;
      return asked;
    }

    async function pagesWithAll(index, words) {
      const sets = await Promise.all(words.map((word) => pagesOf(index, word)));
      return { has: (page) => sets.every((set) => set.has(page)) };
    }

    // Returns the rows for a query, best first, and what was made of the query.
    async function search(query) {
      const index = await open();
      const { words: all, last, filters, unknown, phrases, unfound, without } = await read(index, query);
      const telling = all.filter((word) => !index.stop.has(word));
      const words = telling.length ? telling : all;
      const found = words.length ? await findWords(index, words, last) : { rows: [], spelled: [], marks: [] };
      if (!words.length && (filters.length || without.length)) found.rows = await newest(index);
      const isWanted = ({ page }) => phrases.every((pages) => pages.has(page)) && !without.some((pages) => pages && pages.has(page));
      const base = found.rows.filter(isWanted);
      const best = base.filter((row) => fits(filters, row.page));
      return { ...found, words, filters, unknown, unfound, base, best, rows: grouped(best) };
    }

    async function findWords(index, words, last) {
      const count = index.root.pages;
      const groups = await Promise.all(words.map((word, i) => choicesFor(index, word, words[i + 1], word === last)));
      groups.forEach((group, i) => {
        if (!group.joined) return;
        const choice = { weight: 0.7, entries: [group.joined], isRare: true };
        group.choices.push(choice);
        groups[i + 1].choices.push(choice);
        groups[i + 1].spelled = null;
      });
      if (groups.some((group) => group.begins)) await addSynonyms(index, groups);
      const weighed = await Promise.all(groups.map((group) => weigh(index, group, count)));
      const nameOf = (tests, page) => (tests.find(([, has]) => has(page)) || [""])[0];
      const isForeign = (page) => lang && !["", lang].includes(nameOf(index.languages, page));
      const rows = rank(weighed, words, (page) => nameOf(index.kinds, page), isForeign);
      const spelled = groups.filter((group) => group.spelled).map((group) => [group.word, group.spelled]);
      return { rows, spelled, marks: groups.map((group, i) => markerOf(group, weighed[i].weight)) };
    }

    // Returns all pages, the newest first.
    async function newest(index) {
      const days = await index.days();
      const rows = days.map((day, page) => ({ page, day, score: 0, kind: "", named: false, missing: [] }));
      return rows.sort((a, b) => b.day - a.day || a.page - b.page);
    }

    // ---- facets: filters to choose from

    const counted = (found, operator) => {
      const others = found.filters.filter((filter) => filter.operator !== operator);
      const rows = found.base.filter((row) => fits(others, row.page));
      return rows.some((row) => !row.missing.length) ? rows.filter((row) => !row.missing.length) : rows;
    };

    // Returns by operator the values of what was found, with how many pages each would leave.
    async function facets(found) {
      const index = await open();
      const list = [];
      for (const operator of ["in", "kind", "by", "is", "lang"]) {
        const { values, lists } = await index.column(operator);
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
      const days = await index.days();
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
    function withFilter(index, query, operator, value, on) {
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
        const { values } = await index.column(operator);
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
      const [{ values, lists }, days] = await Promise.all([index.column("by"), index.days()]);
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
          add(person.page, person.id, person.label, share * fresh * (3 - (item & 3)), { page, role: ROLES[item & 3] });
        }
      }
      for (const person of known.values()) {
        // What somebody knows shows in their best pages; many weak ones say little.
        person.reasons.sort((a, b) => b.worth - a.worth || a.page - b.page).splice(5);
        person.reasons.forEach(({ worth }, i) => (person.worth += worth / (i + 1)));
      }
      return [...known.values()].sort((a, b) => b.worth - a.worth || a.page - b.page).slice(0, 5);
    }

    return {
      open,
      search,
      facets,
      complete,
      people,
      withFilter: async (...change) => withFilter(await open(), ...change),
      fragment: async (page) => (await open()).fragment(page),
      forget: () => (opened = null),
    };
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

  function rank(weighed, words, kindOf, isForeign) {
    const total = weighed.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const pages = new Map();
    weighed.forEach(({ hits, weight }, i) => {
      for (const [page, hit] of hits) {
        const row = pages.get(page) || { page, score: 0, cover: 0, title: 0, found: [] };
        row.score += hit.score;
        row.cover += weight * hit.cover;
        row.title += hit.titled ? weight : 0;
        row.found[i] = hit.cover === 1;
        pages.set(page, row);
      }
    });
    // A long question need not be met in every word.
    const base = Math.min(0.85, 0.6 + 0.05 * Math.max(0, words.length - 3));
    const rows = [...pages.values()];
    for (const row of rows) {
      const [cover, title] = [row.cover / total, row.title / total];
      row.score *= (base + (1 - base) * cover) * (1 + 0.9 * title * title);
      if (isForeign(row.page)) row.score *= 0.6;
      row.kind = kindOf(row.page);
      row.named = title > 0.999;
      row.missing = words.filter((_, i) => !row.found[i]);
    }
    return rows.sort((a, b) => b.score - a.score || a.page - b.page);
  }

  // People and terms that the words name come before pages.
  function grouped(rows) {
    const take = (kind, group, most) =>
      rows.filter((row) => row.kind === kind && row.named).slice(0, most).map((row) => Object.assign(row, { group }));
    const first = [...take("person", "people", 3), ...take("term", "terms", 2)];
    return [...first, ...rows.filter((row) => !row.group)];
  }

  // Returns what tells whether a folded word on a page is what a word of the query stands for.
  function markerOf(group, weight) {
    const forms = new Set([group.word]);
    for (const choice of group.choices) {
      for (const entry of choice.entries) {
        forms.add(entry.form);
        for (const other of entry.shard.entries) if (other.main === entry) forms.add(other.form);
      }
    }
    const long = [...forms].filter((form) => form.length >= 5);
    const fits = (word) =>
      forms.has(word) ||
      (group.prefix && word.startsWith(group.word)) ||
      (word.length > 8 && long.some((form) => word.startsWith(form) || word.endsWith(form)));
    const seen = new Map();
    return {
      weight,
      fits: (word) => {
        if (!seen.has(word)) seen.set(word, fits(word));
        return seen.get(word);
      },
    };
  }

  // ---- excerpts

  function matchesIn(text, marks) {
    const matches = [];
    for (const found of text.matchAll(CHUNK)) {
      const words = wordsOfChunk(found[0]);
      const hit = marks.map((_, i) => i).filter((i) => words.some(marks[i].fits));
      if (hit.length) matches.push({ start: found.index, end: found.index + found[0].length, words: hit });
    }
    return matches;
  }

  function pieces(text, matches, from, to) {
    const list = [];
    let at = from;
    for (const { start, end } of matches) {
      if (start < at || end > to) continue;
      if (start > at) list.push({ text: text.slice(at, start), mark: false });
      list.push({ text: text.slice(start, end), mark: true });
      at = end;
    }
    if (at < to) list.push({ text: text.slice(at, to), mark: false });
    return list;
  }

  const WINDOW = 170;

  function excerptOf(text, matches, marks) {
    let [best, worth] = [0, -1];
    matches.forEach(({ start }, i) => {
      const near = new Set();
      for (let k = i; k < matches.length && matches[k].end - start <= WINDOW - 40; k++) {
        matches[k].words.forEach((word) => near.add(word));
      }
      const sum = [...near].reduce((total, word) => total + marks[word].weight, 0);
      if (sum > worth + 1e-9) [best, worth] = [start, sum];
    });
    // From where the sentence begins, if that is near.
    const ends = [". ", "? ", "! "].map((end) => text.lastIndexOf(end, Math.max(0, best - 2)) + 2);
    let from = Math.max(...ends.map((end) => (end > 1 ? end : 0)));
    if (best - from > 90) from = text.indexOf(" ", best - 50) + 1 || best;
    if (from > best) from = best;
    let to = Math.min(text.length, from + WINDOW);
    if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + WINDOW - 60);
    const list = pieces(text, matches, from, to);
    if (from > 0) list.unshift({ text: "… ", mark: false });
    if (to < text.length) list.push({ text: " …", mark: false });
    return list;
  }

  // Returns what to show of a page; texts are in pieces, some of them marked.
  function present(fragment, marks) {
    const show = (text) => pieces(text, matchesIn(text, marks), 0, text.length);
    const names = fragment.names.map(show).filter((list) => list.some((piece) => piece.mark));
    const words = (matches) => unique(matches.flatMap((match) => match.words));
    const sum = (list) => list.reduce((total, word) => total + marks[word].weight, 0);
    const fits = [];
    for (const section of fragment.sections) {
      const inText = matchesIn(section.text, marks);
      const inHeading = matchesIn(section.heading, marks);
      const score = sum(words([...inText, ...inHeading])) + 0.5 * sum(words(inHeading));
      if (score > 0) fits.push({ score, section });
    }
    const first = fragment.sections.length && !fragment.summary ? fragment.sections[0].text : fragment.summary;
    const none = { score: 0, section: { heading: "", anchor: "", text: first } };
    const best = fits.reduce((most, fit) => (fit.score > most.score + 1e-9 ? fit : most), none);
    const view = ({ anchor, heading, text }) => ({ anchor, heading: show(heading), excerpt: excerptOf(text, matchesIn(text, marks), marks) });
    // Other sections that say as much.
    const more = fits.filter((fit) => fit !== best && fit.section.anchor && fit.score > best.score * 0.75);
    return { title: show(fragment.title), names, ...view(best.section), more: more.slice(0, 2).map((fit) => view(fit.section)) };
  }

  // ---- loading

  function failure(kind) {
    return Object.assign(new Error(kind), { kind });
  }

  function contentOf(text, name) {
    const head = `polderPart("${name}",`;
    if (text.startsWith(head)) return JSON.parse(text.slice(head.length, text.lastIndexOf(")")));
    // A page in place of a script is mostly the login of a proxy.
    throw failure(/^\s*</.test(text) ? "login" : "broken");
  }

  function makeLoader(base, fetch, patience) {
    return async (name) => {
      const control = new AbortController();
      const timer = setTimeout(() => control.abort(), patience);
      try {
        const options = { credentials: "same-origin", redirect: "manual", signal: control.signal };
        // All files but the first are named by their content and never change.
        if (name === "index") options.cache = "no-cache";
        const answer = await fetch(new URL(`search/${name}.js`, base), options);
        const { status } = answer;
        // Status 0 is a redirect: to a login, since files never move.
        if ([0, 401, 403].includes(status)) throw failure("login");
        if (!answer.ok) throw failure(status === 404 ? "gone" : "network");
        return contentOf(await answer.text(), name);
      } catch (error) {
        throw error.kind ? error : failure("network");
      } finally {
        clearTimeout(timer);
      }
    };
  }

  // From a disk browsers refuse to fetch, but load scripts.
  function makeDiskLoader(base) {
    const waiting = new Map();
    window.polderPart = (name, value) => waiting.has(name) && waiting.get(name)(value);
    return (name) =>
      new Promise((resolve, reject) => {
        const part = document.createElement("script");
        waiting.set(name, resolve);
        part.charset = "utf-8";
        part.onload = () => part.remove();
        part.onerror = () => reject(failure("network"));
        part.src = new URL(`search/${name}.js`, base).href;
        document.head.append(part);
      });
  }

  // Returns the engine of the site at an address.
  function start(root) {
    const load = root.protocol === "file:" ? makeDiskLoader(root) : makeLoader(root, fetch.bind(window), 20000);
    return { ...makeEngine(load, document.documentElement.lang.slice(0, 2)), present };
  }

  if (typeof document === "undefined") module.exports = { wordsOf, slips, makeEngine, makeLoader, present };
  else window.polderSearch = { start };
})();
