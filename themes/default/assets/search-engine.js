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
    // Most words need no more.
    if (/^[a-z0-9]{1,40}$/i.test(chunk)) return [chunk.toLowerCase()];
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

  // ---- the files of the index (src/search/shard.rs)

  const ENTRY = /^([A-Z])([^=#<@]*)([=#<@])([^+~]*)(?:\+(.)(.))?(~)?$/;
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

  // Returns pages, impacts (0 to 1) and whether in the title, of encoded postings.
  function readPostings(texts, levels) {
    const postings = { pages: [], impacts: [], titled: [] };
    for (const text of texts) {
      let page = 0;
      for (const [, letter, gap] of text.matchAll(/([A-Z])([0-9a-z]*)/g)) {
        if (gap) page += number(gap);
        const level = letter.charCodeAt(0) - 65;
        postings.pages.push(page++);
        postings.impacts.push(((level % 13) + 0.5) / levels);
        postings.titled.push(level >= 13);
      }
    }
    return postings;
  }

  const hasOthers = ({ mark, value }) => mark === "#" && value.split(".").length > 2;

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
    return {
      root,
      read,
      shelf,
      forms: shelf(root.words, "w", (text) => (text ? readShard(text) : { entries: [], byForm: new Map() })),
      stop: new Set(root.stop.split(" ")),
      operators: new Map(root.operators),
      kinds: readRuns(root.kinds),
      languages: readRuns(root.languages),
      // Of very common words those that can come first, or all.
      postings: (entry, isWhole) => {
        const kept = isWhole && hasOthers(entry) ? "all" : "postings";
        if (!entry[kept]) {
          const names = entry.mark === "#" ? entry.value.split(".").slice(1, isWhole ? 3 : 2) : [];
          const texts = names.length ? Promise.all(names.map((name) => read(`l-${name}`, (text) => text))) : Promise.resolve([entry.value]);
          entry[kept] = texts.then((texts) => readPostings(texts, root.levels));
          entry[kept].catch(() => (entry[kept] = null));
        }
        return entry[kept];
      },
      fragment: async (page) => {
        let files = readPages(root.fragments);
        for (let at = page; ;) {
          const place = files.place(at);
          at -= files.starts[place];
          files = await read(`p-${nameAt(files.names, place)}`, readPages);
          if (!files.names) return readFragment(files[at]);
        }
      },
    };
  }

  // Returns names by page, of names with runs: how many pages do not have it, how many do, and so on.
  function readRuns(byName) {
    const names = [];
    for (const [name, runs] of Object.entries(byName)) {
      let page = 0;
      runs.split(" ").forEach((length, i) => {
        for (const end = page + (number(length) || 0); page < end; page++) if (i % 2) names[page] = names[page] || name;
      });
    }
    return names;
  }

  // What is shown of some pages, or a list of files with that.
  function readPages(value) {
    if (!value.names) return value;
    const starts = [0];
    for (const count of value.counts.split(" ")) starts.push(starts[starts.length - 1] + number(count));
    return { names: value.names, starts, place: placeIn(starts) };
  }

  function readFragment([title, href, trail, kind, state, status, updated, lang, summary, names, flat, details]) {
    const sections = [];
    for (let i = 0; i < flat.length; i += 3) sections.push({ heading: flat[i], anchor: flat[i + 1], text: flat[i + 2] });
    return { title, href, trail, kind, state, status, updated, lang, summary, names, sections, ...details };
  }

  // ---- finding

  function countOf(entry) {
    if (entry.count === undefined) {
      entry.count = entry.mark === "#" ? number(entry.value.split(".")[0]) : entry.value.replace(/[^A-Z]/g, "").length;
    }
    return entry.count;
  }

  const unique = (list) => [...new Set(list)];

  // The words that say something, each once. More than six of them are a question: in it a letter that stands alone says
  // nothing (`i.e.`, `J. Smith`), and quotes make no phrase.
  const tellingOf = (index, words) => unique(words).filter((word) => !index.stop.has(word));
  const isQuestion = (telling) => telling.length > 6;

  // Returns the words of a query that count; the bits of a number tell later which of them a page has.
  function countingOf(index, words) {
    const telling = tellingOf(index, words);
    const counting = isQuestion(telling) ? telling.filter((word) => !/^[a-z]$/.test(word)) : telling;
    return (counting.length ? counting : unique(words)).slice(0, 31);
  }

  // Makes the engine that reads files with `load`, for readers of a language; `loadFurther` gives the rest of it (search-further.js).
  function makeEngine(load, lang, loadFurther) {
    let opened = null;
    let rest = null;
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

    // Returns the commonest words that go on after a beginning, with weights: the nearer its end, the likelier one is meant.
    async function beginningWith(index, word, own) {
      const shards = await index.forms.between(word, word + "\uffff", index.root.reach);
      const entries = shards.flatMap((shard) => shard.entries.filter((e) => e.form !== word && e.form.startsWith(word)));
      const mains = await Promise.all(entries.map((entry) => mainOf(index, entry)));
      const lengths = new Map();
      mains.forEach((main, i) => {
        if (main !== own) lengths.set(main, Math.min(lengths.get(main) || Infinity, entries[i].form.length));
      });
      const commonest = [...lengths].sort(([a], [b]) => countOf(b) - countOf(a)).slice(0, 12);
      const shortest = Math.min(...commonest.map(([, length]) => length));
      return commonest.map(([entry, length]) => ({ entry, weight: 4 / (4 + length - shortest) }));
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
        const more = await beginningWith(index, word, main);
        result.prefix = more.length > 0;
        for (const { entry, weight } of more) add((own ? 0.5 : 0.95) * weight, [entry]);
      }
      if (next) {
        for (const link of ["", "s", "en"]) {
          const joined = await find(index, word + link + next);
          if (joined) result.joined = joined;
        }
      }
      if (!result.choices.length && !result.joined && word.length >= 8) {
        const apart = await (await further()).takenApart(word);
        if (apart) add(0.8, apart);
      }
      if (!result.choices.length && !result.joined && word.length >= 4 && !/^\d+$/.test(word)) {
        const like = await (await further()).spelledLike(word, isLast);
        for (const { entry, distance } of like) add(distance > 1 ? 0.5 : 0.8, [entry]);
        if (like.length) result.spelled = like[0].form;
      }
      return result;
    }

    // Returns for one word of the query: the pages it is on, and by page what it adds, how much of it is there, and if in the
    // title. Lists of numbers instead of objects, since there can be tens of thousands for each key that is typed.
    async function weigh(index, group, count, isWhole) {
      // Rounded, so that all machines agree to the last digit.
      const idf = (entry) => Math.round(Math.log(1 + (count - countOf(entry) + 0.5) / (countOf(entry) + 0.5)) * 1e4) / 1e4;
      const hits = { pages: [], scores: new Float64Array(count), covers: new Float64Array(count), titled: new Uint8Array(count), weight: 0 };
      const common = group.choices.length ? Math.min(...group.choices.map((c) => Math.min(...c.entries.map(idf)))) : 0;
      for (const choice of group.choices) {
        const whole = choice.entries.length;
        const [sums, parts, titles] = [new Float64Array(count), new Uint8Array(count), new Uint8Array(count)];
        const found = [];
        for (const entry of choice.entries) {
          const { pages, impacts, titled } = await index.postings(entry, isWhole);
          // Rare variants of a word must not outweigh the word itself.
          const worth = choice.weight === 1 || choice.isRare || whole > 1 ? idf(entry) : common;
          hits.weight = Math.max(hits.weight, choice.weight === 1 || group.choices[0].weight < 1 ? worth : 0);
          for (let i = 0; i < pages.length; i++) {
            const page = pages[i];
            if (!parts[page]) found.push(page);
            sums[page] += worth * impacts[i];
            parts[page] += 1;
            if (titled[i]) titles[page] += 1;
          }
        }
        for (const page of found) {
          const share = parts[page] / whole;
          const score = choice.weight * sums[page] * share * group.times;
          const isNew = !hits.covers[page];
          if (isNew) hits.pages.push(page);
          if (!isNew && score <= hits.scores[page]) continue;
          hits.scores[page] = score;
          hits.covers[page] = Math.max(share, hits.covers[page]);
          hits.titled[page] = choice.weight >= 0.5 && titles[page] === whole;
        }
      }
      hits.isCut = !isWhole && group.choices.some(({ entries }) => entries.some(hasOthers));
      if (!hits.weight) hits.weight = Math.round(Math.log(1 + count) * 1e4) / 1e4;
      return hits;
    }

    // Returns what most searches do without.
    function further() {
      const tools = { open, find, search, fold, wordsOf, lettersOf, number, readQuery, unique, countOf, tellingOf, isQuestion, CHUNK };
      if (!rest) rest = loadFurther().then((make) => make(tools));
      rest.catch(() => (rest = null));
      return rest;
    }

    // Returns what is in a query.
    async function read(index, query) {
      const pieces = readQuery(query, index.operators);
      const last = pieces[pieces.length - 1];
      const isPlain = pieces.every((piece) => !piece.name && !piece.not && !piece.isQuoted);
      const plain = { words: pieces.flatMap((piece) => wordsOf(piece.value)), filters: [], unknown: [], unfound: [] };
      const asked = isPlain ? plain : await (await further()).read(pieces);
      const isOpen = last && !last.not && !last.isQuoted && !last.operator && /[\p{Alphabetic}\p{N}]$/u.test(query);
      return { ...asked, last: isOpen ? asked.words[asked.words.length - 1] : null };
    }

    // Returns the rows for a query, best first, and what was made of the query.
    async function search(query, isAll = false) {
      const index = await open();
      const { words: all, last, ...asked } = await read(index, query);
      const words = countingOf(index, all);
      const isWhole = isAll || Boolean(asked.narrows);
      const found = words.length ? await findWords(index, words, all, last, isWhole) : { rows: [], spelled: [], lost: [], marks: [] };
      if (!words.length && asked.newest) found.rows = await asked.newest();
      const base = asked.isWanted ? found.rows.filter(asked.isWanted) : found.rows;
      const best = asked.fits ? base.filter(asked.fits) : base;
      return { ...found, ...asked, query, words, base, best, rows: grouped(best) };
    }

    async function findWords(index, words, all, last, isWhole) {
      const count = index.root.pages;
      const groups = await Promise.all(words.map((word, i) => choicesFor(index, word, words[i + 1], word === last)));
      groups.forEach((group, i) => {
        group.times = all.filter((word) => word === group.word).length;
        if (!group.joined) return;
        const choice = { weight: 0.7, entries: [group.joined], isRare: true };
        group.choices.push(choice);
        groups[i + 1].choices.push(choice);
        groups[i + 1].spelled = null;
      });
      if (groups.some((group) => group.begins)) await (await further()).addSynonyms(groups);
      const weighed = await Promise.all(groups.map((group) => weigh(index, group, count, isWhole)));
      const isForeign = (page) => lang && (index.languages[page] || lang) !== lang;
      const rows = rank(weighed, words, count, (page) => index.kinds[page] || "", isForeign);
      const spelled = groups.filter((group) => group.spelled).map((group) => [group.word, group.spelled]);
      const lost = groups.filter((group) => !group.choices.length).map((group) => group.word);
      const hasMore = weighed.some(({ isCut }) => isCut);
      return { rows, spelled, lost, hasMore, marks: groups.map((group, i) => markerOf(group, weighed[i].weight)) };
    }

    // Returns whether what is before the caret can become more than it is.
    const isUnfinished = async (text) => {
      const word = fold(/[^\s-]*$/.exec(text)[0]);
      const operators = [...(await open()).operators.keys()];
      return text.includes(":") || (word.length > 1 && operators.some((operator) => operator.startsWith(word)));
    };
    const later = (name) => async (...values) => (await further())[name](...values);
    const complete = later("complete");

    return {
      open,
      search,
      facets: later("facets"),
      people: later("people"),
      near: later("near"),
      withFilter: later("withFilter"),
      complete: async (query, caret = query.length) => ((await isUnfinished(query.slice(0, caret))) ? complete(query, caret) : []),
      fragment: async (page) => (await open()).fragment(page),
      forget: () => (opened = null),
    };
  }

  function rank(weighed, words, count, kindOf, isForeign) {
    const total = weighed.reduce((sum, { weight }) => sum + weight, 0) || 1;
    const [scores, covers, titles, here] = [new Float64Array(count), new Float64Array(count), new Float64Array(count), new Uint32Array(count)];
    const found = [];
    weighed.forEach((hits, i) => {
      for (const page of hits.pages) {
        if (!covers[page]) found.push(page);
        scores[page] += hits.scores[page];
        covers[page] += hits.weight * hits.covers[page];
        if (hits.titled[page]) titles[page] += hits.weight;
        if (hits.covers[page] === 1) here[page] |= 1 << i;
      }
    });
    // A long question need not be met in every word.
    const base = Math.min(0.85, 0.6 + 0.05 * Math.max(0, words.length - 3));
    // Of a word that counts on some of its pages only, nobody knows.
    const lacking = new Map();
    const missingOf = (bits) => {
      if (!lacking.has(bits)) lacking.set(bits, words.filter((_, i) => !((bits >> i) & 1) && !weighed[i].isCut));
      return lacking.get(bits);
    };
    const rows = found.map((page) => {
      const [cover, title] = [covers[page] / total, titles[page] / total];
      let score = scores[page] * ((base + (1 - base) * cover) * (1 + 0.9 * title * title));
      if (isForeign(page)) score *= 0.6;
      return { page, score, kind: kindOf(page), named: title > 0.999, missing: missingOf(here[page]) };
    });
    return rows.sort((a, b) => b.score - a.score || a.page - b.page);
  }

  const GROUPS = { person: ["people", 3], term: ["terms", 2] };

  // People and terms that the words name come before pages.
  function grouped(rows) {
    const first = { people: [], terms: [] };
    for (const row of rows) {
      const [group, most] = (row.named && GROUPS[row.kind]) || [];
      if (group && first[group].length < most) first[group].push(Object.assign(row, { group }));
    }
    return [...first.people, ...first.terms, ...rows.filter((row) => !row.group)];
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
  function start(root, loadFurther) {
    const load = root.protocol === "file:" ? makeDiskLoader(root) : makeLoader(root, fetch.bind(window), 20000);
    return { ...makeEngine(load, document.documentElement.lang.slice(0, 2), loadFurther), present };
  }

  if (typeof document === "undefined") module.exports = { wordsOf, makeEngine, makeLoader, present };
  else window.polderSearch = { start };
})();
