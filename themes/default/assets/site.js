// What the browser adds to a page that is complete without it: the choice of colours, ages of dates, copy buttons,
// Escape in the menu. Loaded in the head, so that the colours are right before anything is painted.
(() => {
  "use strict";
  const root = document.documentElement;
  // An address that a page had: the page itself, at the same place in it.
  if (root.dataset.to) return location.replace(root.dataset.to + location.search + location.hash);
  const texts = document.currentScript.dataset;
  const home = new URL("..", document.currentScript.src).pathname;
  const store = {
    get() { try { return localStorage.getItem("polder-theme"); } catch { return null; } },
    set(value) { try { value ? localStorage.setItem("polder-theme", value) : localStorage.removeItem("polder-theme"); } catch { /* private window */ } },
  };
  const paint = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
  const known = (theme) => (theme === "light" || theme === "dark" ? theme : "");
  paint(known(store.get()));
  // A search page that is about to show results keeps their place free.
  if (/[?&]q=[^&]/.test(location.search)) root.classList.add("asked");

  const make = (tag, fields, ...children) => {
    const element = Object.assign(document.createElement(tag), fields);
    element.append(...children);
    return element;
  };

  function themes() {
    const foot = document.querySelector(".site-foot .wide");
    if (!foot) return;
    const set = make("fieldset", { className: "themes" }, make("legend", {}, texts.themeLegend));
    set.setAttribute("role", "radiogroup");
    for (const [value, text] of [["", texts.auto], ["light", texts.light], ["dark", texts.dark]]) {
      const input = make("input", { type: "radio", name: "theme", value, checked: value === known(store.get()) });
      input.addEventListener("change", () => { store.set(value); paint(value); });
      set.append(make("label", {}, input, text));
    }
    foot.append(set);
  }

  // Dates that matter for trust get their age beside them, the others as a title.
  function ages() {
    const now = Date.now();
    const words = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" });
    for (const time of document.querySelectorAll("time[datetime]")) {
      const days = Math.round((Date.parse(time.dateTime) - now) / 864e5);
      if (Number.isNaN(days)) continue;
      const [n, unit] = Math.abs(days) < 14 ? [days, "day"] : Math.abs(days) < 60 ? [days / 7, "week"] : Math.abs(days) < 730 ? [days / 30.44, "month"] : [days / 365.25, "year"];
      const age = words.format(Math.trunc(n), unit);
      if (time.closest(".byline, .state-line")) time.after(make("span", { className: "ago" }, ` (${age})`));
      else time.title = age;
    }
    const today = new Date().toISOString().slice(0, 10);
    for (const state of document.querySelectorAll(".state-due[data-due]")) {
      if (state.dataset.due >= today) continue;
      state.classList.replace("state-due", "state-overdue");
      state.closest(".dyke-due")?.classList.replace("dyke-due", "dyke-overdue");
      state.textContent = state.dataset.overdue;
    }
  }

  function copying() {
    if (!navigator.clipboard) return;
    for (const code of document.querySelectorAll(".code:not(.compared *)")) {
      const button = make("button", { type: "button", className: "copy" }, texts.copy);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.querySelector("pre").textContent.trimEnd());
        button.textContent = texts.copied;
        setTimeout(() => { button.textContent = texts.copy; }, 2000);
      });
      code.append(button);
    }
  }

  function menu() {
    const details = document.querySelector(".menu");
    if (!details) return;
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.firstElementChild.focus();
    });
    addEventListener("click", (event) => { if (details.open && !details.contains(event.target)) details.open = false; });
  }

  // What changed since this reader was here. Only this browser knows, as long as it keeps what it is given.
  function since() {
    const key = "polder-seen:" + home, now = Date.now();
    let seen = {};
    try { seen = JSON.parse(localStorage.getItem(key)) || {}; } catch { /* nothing is known */ }
    const told = (text, time) => text.replace("{date}", new Date(time).toLocaleDateString(root.lang, { dateStyle: "long" }));
    const tab = document.querySelector("[data-revision]");
    if (tab) {
      const { page, revision, since } = tab.dataset;
      seen.pages ??= {};
      const [last, time] = seen.pages[page] ?? [];
      if (last && last !== revision) tab.closest(".tabs").before(make("p", { className: "since" }, make("a", { href: tab.href }, told(since, time))));
      seen.pages[page] = [revision, now];
    }
    const list = document.querySelector("[data-since][data-new]");
    if (list) {
      const newest = (list.dataset.newest || "").split(" ").map(Number).filter((at) => at && at * 1e3 <= now);
      // A visit ends when nothing was looked at for four hours.
      if (!(now - seen.at < 144e5)) [seen.base, seen.was] = [seen.top, seen.at];
      const count = newest.filter((at) => at > seen.base).length;
      if (count) list.before(make("p", { className: "since" }, told(list.dataset.since, seen.was) + " " + count));
      for (const change of list.querySelectorAll("[data-at]")) {
        if (Number(change.dataset.at) <= seen.base || !seen.base) continue;
        change.querySelector("p").append(" ", make("span", { className: "tag tag-new" }, list.dataset.new));
      }
      if (newest.length) [seen.top, seen.at] = [Math.max(seen.top || 0, ...newest), now];
    }
    if (tab || list) try { localStorage.setItem(key, JSON.stringify(seen)); } catch { /* private window */ }
  }

  // On the page for what is not there: the words of the address go into the field, and a page whose address differs in letter
  // case only is shown.
  function missing() {
    const field = document.getElementById("_missing-q");
    if (!field) return;
    let path = location.pathname;
    try { path = decodeURI(path); } catch { /* not UTF-8: as it is */ }
    path = path.replace(/(index)?\.html$/, "");
    field.value = path.split("/").filter(Boolean).slice(-2).join(" ").replace(/[-_.]+/g, " ");
    for (const link of document.querySelectorAll("#_moved-list a")) {
      const old = link.textContent.replace(/(index)?\.html$/, "").replace(/\/$/, "");
      if (!path.replace(/\/$/, "").endsWith("/" + old)) continue;
      document.getElementById("_moved").after(make("p", { className: "notice" }, make("a", { href: link.href }, link.href)));
    }
  }

  if (/^http/.test(location.protocol) && location.pathname.endsWith("/index.html")) {
    history.replaceState(history.state, "", location.pathname.slice(0, -10) + location.search + location.hash);
  }
  document.addEventListener("DOMContentLoaded", () => { themes(); ages(); copying(); menu(); since(); missing(); });
})();
