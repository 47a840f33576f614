/* list.js: the list of dispatches: search, limits, order; of thousands of rows only those that are seen are in the page. */
"use strict";

diglot.listView = (function () {
  const { el, bdi, marks } = diglot;
  const t = (...args) => diglot.strings.text(...args);
  const OVERSCAN = 6;          // rows beyond the window's edges
  const PRINTED = 5000;        // rows at most on paper

  const filters = {
    all: () => true,
    failed: (s) => s.status === "failed",
    doubtful: (s) => s.doubtful > 0,
    unpaired: (s) => s.unpaired > 0,
    unsure: (s) => s.unsure > 0,
    warned: (s) => s.warnings + s.errors > 0,
    mended: (s) => marks.isDecided(s),
    unseen: (s) => !marks.get(s).seen,
  };

  /* What each order compares; undefined comes last either way. */
  const orders = {
    byNumber: (s) => s.number,
    byInput: (s) => s.input,
    byDate: (s) => s.date,
    byStatus: (s) => (s.status === "failed" ? 0 : s.doubtful > 0 || s.unsure > 0 ? 1 : s.warnings > 0 ? 2 : 3),
    byLowest: (s) => s.lowest,
    byWidest: (s) => s.widest,
    byWaste: (s) => s.waste,
    byPages: (s) => s.pages,
  };
  const worstFirst = ["byWidest", "byWaste", "byPages", "byDate"];
  const limits = { lowest: "lowestBelow", widest: "widestOver", waste: "wasteOver" };
  const fresh = { search: "", inTexts: false, filter: "all", order: "byNumber", descending: false, lowest: "", widest: "", waste: "", from: "", to: "" };

  let view;                    // search, limits and order, as in @fresh
  let found = [];              // summaries in the order shown
  let table, rows, count, none;
  let rowHeight = 1;
  const built = new Map();     // index in @found → row element

  const isWithin = (s) =>
    (view.lowest === "" || s.lowest < Number(view.lowest)) && (view.widest === "" || s.widest > Number(view.widest))
    && (view.waste === "" || s.waste * 100 > Number(view.waste))
    && (view.from === "" || s.date >= view.from) && (view.to === "" || (s.date || "~").slice(0, 10) <= view.to);

  const hasWords = (s, words) => {
    const text = view.inTexts ? diglot.texts.get(s.id) || "" : "";

    return words.every((word) => s.folded.includes(word) || text.includes(word));
  };

  const compare = (one, two) => {
    const a = orders[view.order](one), b = orders[view.order](two);

    if (a === b || (a === undefined && b === undefined))
      return one.number - two.number;
    if (a === undefined || b === undefined)
      return a === undefined ? 1 : -1;
    return (a < b ? -1 : 1) * (view.descending ? -1 : 1);
  };

  const choose = () => {
    const words = diglot.fold(view.search).split(/\s+/).filter(Boolean);

    found = diglot.summaries.filter((s) => filters[view.filter](s) && isWithin(s) && hasWords(s, words)).sort(compare);
  };

  /* Rows */

  const score = (value, isDoubtful) =>
    value === undefined ? el("span", { class: "quiet" }, "–")
      : el("span", { class: isDoubtful ? "score doubtful" : "score" }, el("meter", { min: 0, max: 1, value, "aria-hidden": "true" }),
        el("span", {}, diglot.strings.number(value, 2)));

  const tag = (kind, text) => el("span", { class: `tag ${kind}` }, text);

  const tags = (s) => {
    const mark = marks.get(s);

    return [
      s.status === "failed" ? tag("bad", t("statusFailed")) : tag("good", t("statusSet")),
      s.doubtful > 0 && tag("doubt", t("figureDoubtful", { n: s.doubtful })),
      s.unpaired > 0 && tag("doubt", `${t("isAlone")} ${diglot.strings.number(s.unpaired)}`),
      s.unsure > 0 && tag("doubt", t("figureUnsure", { n: s.unsure })),
      marks.isMended(s) ? tag("mine", t("statusMended")) : mark.seen && tag("plain", t("statusSeen")),
    ];
  };

  const cell = (kind, ...children) => el("div", { role: "cell", class: kind }, ...children);
  const figure = (label, value) => [el("span", { class: "label" }, label), value];

  /* The page's left text first, whatever the direction of the interface, as on the paper. */
  const titles = (s) => [s.a, s.b].filter(Boolean).sort((one, two) => one.rtl - two.rtl)
    .map((side) => bdi(side, side.title || "", "span", { class: "headline" }));

  const build = (index) => {
    const s = found[index];

    return el("div", { role: "row", class: "row", "aria-rowindex": index + 2, "data-index": index },
      cell("thumb", s.pictures > 0 && el("img", { src: `pages/${s.id}-0.png`, alt: "", loading: "lazy", decoding: "async" })),
      cell("what", el("a", { href: `#${s.id}`, class: "titles", dir: "ltr", "data-index": index }, titles(s).length > 0 ? titles(s) : diglot.printable(s.input)),
        el("span", { class: "file" }, el("bdi", {}, diglot.printable(s.input)), s.parts > 1 ? ` · ${t("part", { n: s.part })}` : "")),
      cell("date", s.date ? diglot.strings.date(s.date) : ""),
      cell("status", tags(s)),
      cell("number", figure(t("byLowest"), score(s.lowest, s.doubtful > 0))),
      cell("number", figure(t("byWidest"), s.widest === undefined ? "–" : `${diglot.strings.number(s.widest, 2)}\u00A0em`)),
      cell("number", figure(t("byWaste"), s.waste === undefined ? "–" : diglot.strings.percent(s.waste))),
      cell("number", figure(t("byPages"), s.pages === undefined ? "–" : diglot.strings.number(s.pages))));
  };

  /* Has the rows @first to before @end in the page, and that with the focus. */
  const show = (first, end) => {
    const focused = document.activeElement?.dataset?.index;
    const wanted = new Set();

    for (let i = Math.max(first, 0); i < Math.min(end, found.length); i++)
      wanted.add(i);
    if (focused !== undefined && built.has(Number(focused)))
      wanted.add(Number(focused));
    for (const [index, row] of built)
      if (!wanted.has(index)) {
        row.remove();
        built.delete(index);
      }
    for (const index of [...wanted].sort((a, b) => a - b)) {
      if (built.has(index))
        continue;
      const row = build(index);
      const next = [...built.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];

      row.style.top = `${index * rowHeight}px`;
      rows.insertBefore(row, next === undefined ? null : built.get(next));
      built.set(index, row);
    }
  };

  const showWindow = () => {
    if (!rows?.isConnected)
      return;
    const top = -rows.getBoundingClientRect().top;

    show(Math.floor(top / rowHeight) - OVERSCAN, Math.ceil((top + innerHeight) / rowHeight) + OVERSCAN);
  };

  /* After the choice, the interface's language or the window's width has changed. */
  const rebuild = () => {
    rowHeight = parseFloat(getComputedStyle(rows).getPropertyValue("--row")) || 1;
    rows.replaceChildren();
    built.clear();
    rows.style.height = `${found.length * rowHeight}px`;
    table.setAttribute("aria-rowcount", found.length + 1);
    count.textContent = `${t("dispatches", { n: diglot.total })} · ${t("shown", { n: found.length })}`;
    none.textContent = found.length > 0 ? "" : t(diglot.summaries.length > 0 ? "nothing" : "empty");
    showWindow();
  };

  const focusRow = (index) => {
    const i = Math.min(Math.max(index, 0), found.length - 1);

    if (i < 0)
      return;
    show(i, i + 1);
    built.get(i).querySelector("a").focus({ preventScroll: true });
    built.get(i).scrollIntoView({ block: "nearest" });
    showWindow();
  };

  const onKey = (event) => {
    const index = Number(event.target.dataset?.index);
    const page = Math.max(Math.floor(innerHeight / rowHeight) - 1, 1);
    const steps = { ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + page, PageUp: index - page, Home: 0, End: found.length - 1 };

    if (Number.isNaN(index) || !(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    focusRow(steps[event.key]);
  };

  /* Controls */

  const change = (changed) => {
    view = { ...view, ...changed };
    marks.write("view", view);
    choose();
    rebuild();
    update();
    scrollTo({ top: Math.min(scrollY, table.offsetTop) });
    diglot.announce(t("shown", { n: found.length }));
  };

  const orderBy = (order, descending = view.order === order ? !view.descending : worstFirst.includes(order)) => change({ order, descending });

  const heading = (order, label) =>
    el("div", { role: "columnheader", "data-order": order }, el("button", { type: "button", onclick: () => orderBy(order) }, label));

  const choice = (name, label, options, value, onchange) =>
    el("label", { class: "choice" }, label, el("select", { id: name, onchange: (event) => onchange(event.target.value) },
      options.map(([key, text]) => el("option", { value: key, selected: key === value }, text))));

  const searchTexts = async (wanted) => {
    if (wanted)
      await diglot.loadTexts((share) => { count.textContent = t("reading", { share: diglot.strings.percent(share) }); });
    change({ inTexts: wanted });
  };

  const limit = (name, label, type) =>
    el("label", {}, label, el("input", { type, value: view[name], min: 0, step: "any", id: `limit-${name}`, oninput: (event) => change({ [name]: event.target.value }) }));

  const chips = () => el("div", { role: "group", "aria-label": t("filter"), class: "chips" },
    Object.keys(filters).map((name) => el("button", {
      type: "button", class: "chip", "data-filter": name, onclick: () => change({ filter: name }),
    }, t(name), " ", el("b", {}, diglot.strings.number(diglot.summaries.filter(filters[name]).length)))));

  /* What shows the present choice. */
  const update = () => {
    for (const chip of document.querySelectorAll("[data-filter]"))
      chip.setAttribute("aria-pressed", chip.dataset.filter === view.filter);
    for (const column of document.querySelectorAll("[data-order]"))
      column.setAttribute("aria-sort", column.dataset.order !== view.order ? "none" : view.descending ? "descending" : "ascending");
    document.getElementById("order").value = view.order;
    document.getElementById("direction").value = view.descending ? "descending" : "ascending";
  };

  const controls = () => {
    const isLimited = [...Object.keys(limits), "from", "to"].some((name) => view[name] !== "");

    return el("search", { class: "controls" },
      el("div", { class: "line" },
        el("label", { class: "search" }, el("span", {}, t("search")),
          el("input", { type: "search", id: "search", value: view.search, dir: "auto", placeholder: t("searchHint"), autocomplete: "off", spellcheck: "false",
            oninput: (event) => change({ search: event.target.value }) })),
        el("label", { class: "check" }, el("input", { type: "checkbox", id: "in-texts", checked: view.inTexts, onchange: (event) => searchTexts(event.target.checked) }), t("inTexts")),
        choice("order", t("sort"), Object.keys(orders).map((order) => [order, t(order)]), view.order, (order) => orderBy(order, worstFirst.includes(order))),
        choice("direction", el("span", { class: "hidden" }, t("direction")), [["ascending", t("ascending")], ["descending", t("descending")]], "",
          (value) => orderBy(view.order, value === "descending"))),
      chips(),
      el("details", { open: isLimited }, el("summary", {}, t("more")),
        el("div", { class: "line" }, Object.entries(limits).map(([name, label]) => limit(name, t(label), "number")), limit("from", t("from"), "date"), limit("to", t("to"), "date"),
          el("button", { type: "button", onclick: () => { view = { ...fresh, order: view.order, descending: view.descending }; diglot.main.show(); } }, t("clear")))));
  };

  /* More of the list has come. */
  const grow = () => {
    const focused = found[document.activeElement?.dataset?.index]?.id;

    if (view === undefined)
      return;
    choose();
    if (!rows?.isConnected)
      return;
    rebuild();
    for (const chip of document.querySelectorAll("[data-filter]"))
      chip.querySelector("b").textContent = diglot.strings.number(diglot.summaries.filter(filters[chip.dataset.filter]).length);
    if (focused !== undefined)
      focusRow(found.findIndex((s) => s.id === focused));
  };

  const saveAll = async () => {
    await diglot.loadRest(grow);
    const n = marks.saveAll();

    diglot.announce(n > 0 ? t("savedAll", { n }) : t("nothingToSave"));
  };

  const notices = () => [
    diglot.missing.length > 0 && el("p", { class: "notice" }, t("missing", { n: diglot.missing.length })),
    !marks.isKept() && el("p", { class: "notice" }, t("notKept")),
  ];

  /* Into @main; @id: the dispatch that was looked at last. */
  const open = async (main, id) => {
    view ??= { ...fresh, ...marks.read("view") };
    if (view.inTexts && diglot.texts.size === 0)
      await diglot.loadTexts(() => {});
    choose();
    count = el("p", { class: "count" });
    none = el("p", { class: "none" });
    rows = el("div", { role: "rowgroup", class: "rows", onkeydown: onKey, onclick: (event) => {
      const row = event.target.closest(".row");

      if (row && !event.target.closest("a") && getSelection().isCollapsed)
        location.hash = found[row.dataset.index].id;
    } });
    table = el("div", { role: "table", class: "list", "aria-label": t("title") },
      el("div", { role: "row", class: "head", "aria-rowindex": 1 }, el("div", { role: "columnheader", class: "thumb" }, el("span", { class: "hidden" }, t("pictures"))),
        heading("byInput", t("dispatch")), heading("byDate", t("byDate")), heading("byStatus", t("byStatus")), heading("byLowest", t("byLowest")),
        heading("byWidest", t("byWidest")), heading("byWaste", t("byWaste")), heading("byPages", t("byPages"))),
      rows);
    main.replaceChildren(...notices().filter(Boolean), controls(),
      el("div", { class: "line between" }, count, el("button", { type: "button", id: "save-all", class: "primary", onclick: saveAll }, t("saveAll"))), table, none);
    rebuild();
    update();
    if (id !== undefined)
      focusRow(found.findIndex((s) => s.id === id));
  };

  /* The neighbour of @summary in the list as it is shown. */
  const neighbour = (summary, step) => {
    if (found.length === 0) {
      view ??= { ...fresh, ...marks.read("view") };
      choose();
    }
    return found[found.indexOf(summary) + step];
  };

  addEventListener("scroll", () => showWindow(), { passive: true });
  addEventListener("resize", () => { if (rows?.isConnected) rebuild(); });
  addEventListener("beforeprint", () => { if (rows?.isConnected) show(0, PRINTED); });
  addEventListener("afterprint", () => showWindow());
  return { open, grow, neighbour };
})();
