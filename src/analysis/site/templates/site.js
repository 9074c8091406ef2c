// Sorting, filtering, search, and what a link to several rows means. Every page can be read without.
(() => {
  "use strict";
  const body = document.body;
  const comma = document.documentElement.lang === "id";

  // The other language begins where one was reading.
  const place = () => {
    if (location.hash) return location.hash;
    const above = [...document.querySelectorAll("main :is(section, h2, h3)[id]")].filter(part => part.getBoundingClientRect().top < 120);
    return window.scrollY > 120 && above.length ? `#${above[above.length - 1].id}` : "";
  };
  for (const link of document.querySelectorAll("[data-same-place]")) {
    link.addEventListener("click", () => { link.hash = place(); });
  }

  // A link to rows 2-5 marks all of them; a folded part opens for what is in it.
  const follow = () => {
    for (const row of document.querySelectorAll("tr.used")) row.classList.remove("used");
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const range = /^rows-(\d+)-(\d+)$/.exec(target.id);
    if (range) {
      for (let n = Number(range[1]); n <= Number(range[2]); n += 1) document.getElementById(`row-${n}`)?.classList.add("used");
    }
    for (let part = target; part; part = part.parentElement) {
      part.hidden = false;
      if (part.tagName === "DETAILS") part.open = true;
    }
    target.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", follow);

  // Tables are sorted by a column, numbers as numbers of the language; a total stays last.
  const number = text => {
    const plain = text.replace(/[%\s]/g, "").replace("−", "-");
    const written = comma ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "");
    return written && !Number.isNaN(Number(written)) ? Number(written) : null;
  };
  const sort = (table, head) => {
    const column = head.cellIndex, rows = [...table.tBodies[0].rows];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = row => row.cells[column] ? row.cells[column].textContent.trim() : "";
    rows.sort((a, b) => {
      if (a.matches(".total") !== b.matches(".total")) return a.matches(".total") ? 1 : -1;
      const [x, y] = [number(value(a)), number(value(b))];
      const order = x !== null && y !== null ? x - y : value(a).localeCompare(value(b), document.documentElement.lang);
      return down ? -order : order;
    });
    table.tBodies[0].append(...rows);
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.tHead.rows[0].cells) {
      if ("unsorted" in head.dataset) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.title = body.dataset.sort;
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }
  }

  // Long lists show only what has all the words; keys may break after a dot.
  for (const list of document.querySelectorAll("[data-filtered]")) {
    const words = item => item.matches("tr")
      ? [...item.cells].filter(cell => !cell.querySelector("details")).map(cell => cell.textContent).join(" ")
      : item.textContent;
    const items = [...list.querySelectorAll(list.dataset.filtered)].map(item => ({ item, text: words(item).toLowerCase().replaceAll("\u200b", "") }));
    if (items.length < 8) continue;
    const label = document.createElement("label");
    const input = document.createElement("input");
    label.className = "filter";
    input.type = "search";
    input.autocomplete = "off";
    label.append(`${body.dataset.filter} `, input);
    (list.closest(".box") || list).before(label);
    input.addEventListener("input", () => {
      const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { item, text } of items) item.hidden = !asked.every(word => text.includes(word));
      for (const group of list.dataset.groups ? list.querySelectorAll(list.dataset.groups) : []) {
        group.hidden = !group.querySelector(`${list.dataset.filtered}:not([hidden])`);
        group.open = asked.length > 0;
      }
    });
  }

  // Search: what can be found is loaded when it is first asked for.
  const form = document.querySelector("form.find");
  if (form) {
    const input = form.elements.q, hits = form.querySelector(".hits"), count = form.querySelector(".count");
    let pages = null;
    const load = () => {
      if (pages) return;
      pages = [];
      const script = document.createElement("script");
      script.src = form.dataset.index;
      script.onload = () => {
        pages = window.COMPENDIUM_PAGES.map(([kind, words, href]) => ({ kind, words, href, text: words.toLowerCase() }));
        show();
      };
      document.head.append(script);
    };
    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = words.length ? pages.filter(page => words.every(word => page.text.includes(word))) : [];
      hits.replaceChildren(...found.slice(0, 40).map(page => {
        const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
        link.href = form.dataset.up + page.href;
        link.textContent = page.words;
        kind.textContent = ` ${page.kind}`;
        item.append(link, kind);
        return item;
      }));
      hits.hidden = !found.length;
      count.textContent = words.length ? (found.length ? form.dataset.found.replace("{n}", found.length) : form.dataset.nothing) : "";
      count.classList.toggle("unseen", !words.length || found.length > 0);
    };
    form.hidden = false;
    input.addEventListener("focus", load);
    input.addEventListener("input", show);
    form.addEventListener("submit", event => {
      event.preventDefault();
      const first = hits.querySelector("a");
      if (first) first.click();
    });
    form.addEventListener("keydown", event => {
      if (event.key === "Escape") { input.value = ""; show(); }
    });
    hits.addEventListener("click", () => { hits.hidden = true; });
  }
  follow();
})();
