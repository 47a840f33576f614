/* dispatch.js: one dispatch: its pages, messages, lines and pairs, and the tools that mend them. */
"use strict";

diglot.dispatchView = (function () {
  const { el, bdi, marks, pairs: P, lines: L } = diglot;
  const t = (...args) => diglot.strings.text(...args);
  const SIDES = ["a", "b"];

  let summary, details;
  let left;                    // index of the side that stands on the left
  let found;                   // the program's pairs: key → bead
  let pairs, sure, roles;      // as they are now; keys of confirmed pairs; roles of lines that are not the program's
  let past, future;            // [{pairs, sure, roles}] to go back and forth to
  let chosen;                  // the paragraph that the tools are for: {side, index}
  let list, tools, overlays;   // elements
  const built = new Map();     // key → row element

  /* State */

  const bodyLines = (side) => (details[side] ? details[side].body.map(({ lines }) => lines) : []);

  /* Where a role changes, all roles are kept as they are seen, since a line of the one text may make another of its counterpart, and so are the
   * paragraphs that pairs count. */
  const store = () => {
    const isChanged = Object.keys(roles).length > 0;

    marks.set(summary, {
      pairs: P.format(pairs), sure: [...sure], roles: isChanged ? roles : undefined, lines: isChanged ? L.all() : undefined,
      body: isChanged ? { a: bodyLines("a"), b: bodyLines("b") } : undefined,
    });
  };

  const step = (change, said) => {
    past.push({ pairs, sure, roles });
    future = [];
    ({ pairs, sure, roles } = { pairs, sure, roles, ...change });
    L.set(roles);
    store();
    update();
    diglot.announce(said);
  };

  const turnBack = (from, to, said) => {
    if (from.length === 0)
      return diglot.announce(t("cannot"));
    to.push({ pairs, sure, roles });
    ({ pairs, sure, roles } = from.pop());
    L.set(roles);
    store();
    update();
    return diglot.announce(said);
  };

  const rowOf = ({ side, index }) => P.find(pairs, side, index);
  const hasBoth = () => summary.a && summary.b;

  /* What is to be said of a row: its score and state. */
  const judge = (row) => {
    const bead = found.get(row.key);
    const isSure = sure.has(row.key);

    return {
      bead, isSure,
      isMended: !bead,
      isAlone: hasBoth() && (row.n[0] === 0 || row.n[1] === 0),
      isDoubtful: !!bead?.doubtful && !isSure,
    };
  };

  /* Tools: name → {key as told, what it does} */

  const edit = (next, said) => {
    if (!next)
      diglot.announce(t("cannot"));
    else
      step({ pairs: next }, said);
  };

  const commands = {
    join: { keys: ["J"], run: () => { const row = rowOf(chosen); edit(P.join(pairs, row), t("joined", { n: row + 1, next: row + 2 })); } },
    split: { keys: ["S"], run: () => edit(P.split(pairs, chosen.side, chosen.index), t("wasSplit", { n: rowOf(chosen) + 1 })) },
    unpair: { keys: ["U"], run: () => { const row = rowOf(chosen); edit(P.unpair(pairs, row), t("wasUnpaired", { n: row + 1 })); } },
    moveUp: { keys: ["Alt+ArrowUp"], run: () => moveBy(-1) },
    moveDown: { keys: ["Alt+ArrowDown"], run: () => moveBy(1) },
    shiftUp: { keys: ["Shift+ArrowUp"], run: () => shiftBy(-1) },
    shiftDown: { keys: ["Shift+ArrowDown"], run: () => shiftBy(1) },
    confirm: { keys: ["C"], run: () => confirm() },
    nextDoubtful: { keys: ["N"], run: () => goToDoubtful() },
    role: { keys: ["R"], run: () => L.focus(chosenNode().lines[0], true) },
    hide: { keys: ["H"], run: () => hideChosen() },
    undo: { keys: ["Control+Z"], run: () => turnBack(past, future, t("undone")) },
    redo: { keys: ["Control+Y", "Control+Shift+Z"], run: () => turnBack(future, past, t("redone")) },
    reset: { keys: [], run: () => step({ pairs: P.parse(summary.pairs), sure: new Set(), roles: {} }, t("wasReset")) },
  };

  const moveBy = (by) => {
    const next = P.move(pairs, chosen.side, chosen.index, by);

    edit(next, next && t("moved", { n: P.find(next, chosen.side, chosen.index) + 1 }));
  };

  const shiftBy = (by) => {
    const row = rowOf(chosen);

    edit(P.shift(pairs, row, chosen.side, by), t("shifted", { n: row + 1 }));
  };

  const confirm = () => {
    const row = rowOf(chosen), { key } = P.rows(pairs)[row];
    const next = new Set(sure);

    if (!next.delete(key))
      next.add(key);
    step({ sure: next }, t(next.has(key) ? "confirmed" : "unconfirmed", { n: row + 1 }));
  };

  const goToDoubtful = () => {
    const all = P.rows(pairs), from = rowOf(chosen);
    const isOpen = (row) => { const { isDoubtful, isAlone, isSure, isMended } = judge(row); return isDoubtful || (isAlone && !isSure && !isMended); };

    for (let i = 1; i <= all.length; i++) {
      const row = all[(from + i) % all.length];

      if (isOpen(row))
        return choose(row.n[0] > 0 ? { side: 0, index: row.first[0] } : { side: 1, index: row.first[1] });
    }
    return diglot.announce(t("noMoreDoubtful"));
  };

  /* Lines */

  const chosenNode = () => details[SIDES[chosen.side]].body[chosen.index];
  const roleOf = (node) => roles[node.lines[0]] ?? node.role;

  const setRole = (node, role) => step({ roles: L.put({ ...roles }, node, role) }, t("wasRole", { n: node.lines[0], role: L.nameOf(role) }));

  const hideChosen = () => {
    const node = chosenNode();

    setRole(node, L.isHidden(roleOf(node)) ? node.role : "furniture");
  };

  /* What the lines are, and which paragraphs are none any more. */
  const updateLines = () => {
    L.update();
    for (const node of list.querySelectorAll(".para")) {
      const role = roleOf(details[SIDES[node.dataset.side]].body[node.dataset.index]);

      node.classList.toggle("taken", !L.isRunning(role));
      node.title = L.isRunning(role) ? "" : L.nameOf(role);
    }
  };

  const press = (name) => {
    if (chosen)
      commands[name].run();
  };

  /* Choosing a paragraph */

  const paragraph = ({ side, index }) => list.querySelector(`[data-side="${side}"][data-index="${index}"]`);

  const mark = (isFocused) => {
    for (const old of list.querySelectorAll(".chosen"))
      old.classList.remove("chosen");
    for (const old of list.querySelectorAll(".para[tabindex='0']"))
      old.tabIndex = -1;
    if (!chosen)
      return;
    const node = paragraph(chosen);

    node.tabIndex = 0;
    node.closest(".pair").classList.add("chosen");
    node.classList.add("chosen");
    showPlaces();
    if (isFocused)
      node.focus();
  };

  const choose = (paragraphChosen) => {
    chosen = paragraphChosen;
    mark(true);
  };

  /* The paragraph of @side in the row nearest to @row in the direction @by that has one. */
  const nearest = (row, side, by) => {
    const all = P.rows(pairs);

    for (let i = row; i >= 0 && i < all.length; i += by)
      if (all[i].n[side] > 0)
        return { side, index: by < 0 ? all[i].first[side] + all[i].n[side] - 1 : all[i].first[side] };
    return null;
  };

  const length = (side) => details[SIDES[side]]?.body.length || 0;

  const walk = (key) => {
    const { side, index } = chosen;
    const wanted = {
      ArrowUp: () => (index > 0 ? { side, index: index - 1 } : null),
      ArrowDown: () => (index + 1 < length(side) ? { side, index: index + 1 } : null),
      ArrowLeft: () => (side !== left ? nearest(rowOf(chosen), left, -1) || nearest(rowOf(chosen), left, 1) : null),
      ArrowRight: () => (side === left && length(1 - left) > 0 ? nearest(rowOf(chosen), 1 - left, -1) || nearest(rowOf(chosen), 1 - left, 1) : null),
      Home: () => ({ side, index: 0 }),
      End: () => ({ side, index: length(side) - 1 }),
    }[key]();

    if (wanted)
      choose(wanted);
  };

  const onKey = (event) => {
    const { key } = event;
    const held = [event.ctrlKey || event.metaKey ? "Control" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : ""].filter(Boolean);
    const name = [...held, key.length === 1 ? key.toUpperCase() : key].join("+");
    const command = Object.keys(commands).find((each) => commands[each].keys.includes(name));

    if (command)
      press(command);
    else if (held.length === 0 && ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key))
      walk(key);
    else if (held.length === 0 && (key === "[" || key === "]"))
      goTo(key === "[" ? -1 : 1);
    else
      return;
    event.preventDefault();
  };

  const goTo = (by) => {
    const other = diglot.listView.neighbour(summary, by);

    if (other)
      location.hash = other.id;
  };

  /* Pairs as elements */

  const buildParagraph = (side, index) => {
    const told = summary[SIDES[side]];

    return bdi(told, details[SIDES[side]].body[index].text, "p", {
      class: "para", tabindex: -1, "data-side": side, "data-index": index,
      "aria-roledescription": t("paragraph", { language: diglot.strings.languageName(told.lang), n: index + 1 }),
    });
  };

  const buildSide = (row, side) => {
    const range = Array.from({ length: row.n[side] }, (_, i) => row.first[side] + i);

    return el("div", { class: "side" }, range.length > 0 ? range.map((index) => buildParagraph(side, index))
      : el("p", { class: "gap", "aria-label": t("alone") }, "–"));
  };

  const buildState = (row) => {
    const { bead, isSure, isMended, isAlone, isDoubtful } = judge(row);

    return [
      isAlone ? el("span", { class: "tag doubt" }, t("isAlone"))
        : bead && !bead.fixed && el("span", { class: isDoubtful ? "value doubt" : "value", title: t("score", { value: diglot.strings.number(bead.score, 2) }) },
          diglot.strings.number(bead.score, 2)),
      isDoubtful && el("span", { class: "tag doubt" }, t("isDoubtful")),
      bead?.fixed && el("span", { class: "tag mine" }, t("isFixed")),
      isMended && el("span", { class: "tag mine" }, t("isMended")),
      isSure && el("span", { class: "tag good" }, t("isSure")),
    ].filter(Boolean);
  };

  /* Places in a row for the mouse; the keyboard has the tools above. */
  const buildHandle = (name, sign, side, row) =>
    el("button", { type: "button", class: `handle ${name}`, tabindex: -1, "aria-hidden": "true", title: t(name), onclick: () => {
      chosen = row.n[side] > 0 ? { side, index: row.first[side] } : { side: 1 - side, index: row.first[1 - side] };
      press(name);
    } }, sign);

  const buildRow = (row) => {
    const state = el("div", { class: "state" });

    return el("li", { class: "pair" },
      hasBoth() ? [buildSide(row, left), el("div", { class: "gutter" }, state, el("div", { class: "handles" },
        buildHandle("confirm", "✓", left, row),
        row.n[0] > 0 && row.n[1] > 0 ? buildHandle(row.n[0] + row.n[1] > 2 ? "split" : "unpair", row.n[0] + row.n[1] > 2 ? "÷" : "↮", row.n[left] > 1 ? left : 1 - left, row) : null,
        buildHandle("join", "⤓", left, row))), buildSide(row, 1 - left)]
        : buildSide(row, 0));
  };

  /* What is seen of the pairs now; rows that stay keep their elements. */
  const update = () => {
    if (!hasBoth())
      return updateLines();
    const all = P.rows(pairs);
    const keys = new Set(all.map((row) => row.key));

    for (const [key, node] of built)
      if (!keys.has(key)) {
        node.remove();
        built.delete(key);
      }
    all.forEach((row, i) => {
      const node = built.get(row.key) || buildRow(row);
      const { isDoubtful, isAlone, isMended, isSure } = judge(row);

      built.set(row.key, node);
      if (list.children[i] !== node)
        list.insertBefore(node, list.children[i] || null);
      node.className = ["pair", isDoubtful && "doubtful", isAlone && !isSure && "alone", isMended && "mended", isSure && "sure"].filter(Boolean).join(" ");
      node.setAttribute("aria-label", [t("pair", { n: i + 1 }), ...buildState(row).map((each) => each.title || each.textContent)].join(", "));
      node.querySelector(".state")?.replaceChildren(el("b", {}, diglot.strings.number(i + 1)), ...buildState(row));
    });
    tools.undo.disabled = past.length === 0;
    tools.redo.disabled = future.length === 0;
    tools.reset.disabled = P.format(pairs) === summary.pairs && sure.size === 0 && Object.keys(roles).length === 0;
    updateLines();
    return mark(list.contains(document.activeElement) || document.activeElement === document.body);
  };

  /* Pages */

  /* Where the chosen row's paragraphs stand: by the pairs that the pages were set with. */
  const showPlaces = () => {
    const row = P.rows(pairs)[rowOf(chosen)];
    const has = (bead, side) => bead[SIDES[side]].some((index) => index >= row.first[side] && index < row.first[side] + row.n[side]);
    const beads = new Set(details.beads.flatMap((bead, i) => (has(bead, 0) || has(bead, 1) ? [i] : [])));

    overlays.forEach((overlay, page) => overlay.replaceChildren(...details.boxes.filter(([on, bead]) => on === page && beads.has(bead)).map((box) => {
      const place = el("div", { class: "place" });

      ["left", "top", "width", "height"].forEach((name, i) => { place.style[name] = `${box[i + 2] / 10}%`; });
      return place;
    })));
  };

  /* The paragraph that stands where the picture was clicked. */
  const choosePlace = (event, page) => {
    const area = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - area.left) / area.width, y = (event.clientY - area.top) / area.height * 1000;
    const box = details.boxes.find(([on, , , top, , height]) => on === page && y >= top && y <= top + height);

    if (!box)
      return;
    const bead = details.beads[box[1]];
    const side = (x < 0.5 ? left : 1 - left);
    const at = bead[SIDES[side]].length > 0 ? side : 1 - side;

    choose({ side: at, index: bead[SIDES[at]][0] });
    paragraph(chosen).scrollIntoView({ block: "center" });
  };

  const buildPictures = () => {
    overlays = [];
    return Array.from({ length: summary.pictures || 0 }, (_, page) => {
      const overlay = el("div", { class: "places" });
      const address = `pages/${summary.id}-${page + 1}.png`;
      const name = t("picture", { n: page + 1 });

      overlays.push(overlay);
      return el("figure", {}, el("div", { class: "page", onclick: (event) => choosePlace(event, page) }, el("img", { src: address, alt: name, loading: "lazy" }), overlay),
        el("figcaption", {}, el("a", { href: address, target: "_blank", rel: "noopener" }, name)));
    });
  };

  /* Messages */

  /* The paragraph that has the physical line @line, or null. */
  const findLine = (line) => {
    for (const side of [0, 1]) {
      const index = details[SIDES[side]]?.body.findIndex(({ lines }) => lines.includes(line)) ?? -1;

      if (index >= 0)
        return { side, index };
    }
    return null;
  };

  const buildMessage = (message) => {
    const place = message.line === 0 ? "" : message.column === 0 ? t("place", { line: message.line }) : t("placeColumn", { line: message.line, column: message.column });
    const at = message.line > 0 ? findLine(message.line) : null;

    return el("li", { class: `message ${message.severity}` }, el("b", { class: "severity" }, t(message.severity)), " ",
      at ? el("button", { type: "button", class: "place-link", onclick: () => { choose(at); paragraph(at).scrollIntoView({ block: "center" }); } }, place)
        : message.line > 0 && /^parse\./.test(message.code) ? el("button", { type: "button", class: "place-link", onclick: () => L.focus(message.line, false) }, place) : el("span", { class: "quiet" }, place), " ",
      el("bdi", { lang: "en", dir: "ltr" }, diglot.printable(message.message)), " ", el("code", { dir: "ltr" }, message.code));
  };

  /* The whole */

  const buildTools = () => {
    tools = {};
    return el("div", { role: "toolbar", "aria-label": t("tools"), class: "tools" },
      Object.entries(commands).map(([name, { keys }]) => {
        const shown = keys.map((key) => key.replace("Control", "Ctrl").replace("Arrow", "")).join(", ");

        tools[name] = el("button", {
          type: "button", "data-command": name, "aria-keyshortcuts": keys.length > 0 ? keys.join(" ") : null, title: shown ? `${t(name)} (${shown})` : t(name),
          onclick: () => { press(name); if (chosen) mark(true); },
        }, t(name), keys.length > 0 && el("kbd", { dir: "ltr", "aria-hidden": "true" }, keys[0].replace("Control", "Ctrl").replace("ArrowUp", "↑").replace("ArrowDown", "↓")));
        return tools[name];
      }));
  };

  const keysHelp = () => el("details", { class: "keys" }, el("summary", {}, t("keys")),
    el("dl", {}, [["↑ ↓", "keyRow"], ["← →", "keySide"], ["Home End", "keyEnds"], ["[ ]", "keyDispatch"], ["Esc", "keyBack"], ["/", "keySearch"]]
      .flatMap(([key, what]) => [el("dt", { dir: "ltr" }, el("kbd", {}, key)), el("dd", {}, t(what))])));

  const buildHeads = () => {
    const sides = hasBoth() ? [left, 1 - left] : [0];
    const nodes = (side) => details[SIDES[side]].heads.map((node) => bdi(summary[SIDES[side]], node.text, "p", { class: `head-text ${node.role}` }));

    return el("div", { class: hasBoth() ? "heads" : "heads single", dir: "ltr" }, sides.map((side) => el("div", { class: "side" }, nodes(side))));
  };

  const figures = () => [
    summary.date && diglot.strings.date(summary.date),
    summary.pages !== undefined && t("pages", { n: summary.pages }),
    summary.beads !== undefined && t("beads", { n: summary.beads }),
    summary.lowest !== undefined && t("figureLowest", { value: diglot.strings.number(summary.lowest, 2) }),
    summary.widest > 0 && t("figureWidest", { value: diglot.strings.number(summary.widest, 2) }),
    summary.loose > 0 && t("figureLoose", { n: summary.loose }),
    summary.waste !== undefined && t("figureWaste", { value: diglot.strings.percent(summary.waste) }),
  ].filter(Boolean).join(" · ");

  const buildTop = () => {
    const previous = diglot.listView.neighbour(summary, -1), next = diglot.listView.neighbour(summary, 1);
    const step = (other, key) => (other ? el("a", { class: "button", href: `#${other.id}` }, t(key)) : null);

    return el("div", { class: "top" },
      el("nav", { class: "line between" }, el("a", { class: "button", href: "#" }, t("back")),
        el("div", { class: "line" }, step(previous, "previous"), step(next, "next"))),
      el("h1", {}, el("bdi", {}, diglot.printable(summary.input)), summary.parts > 1 ? el("small", {}, ` · ${t("part", { n: summary.part })}`) : null),
      el("p", { class: "quiet" }, figures()),
      el("div", { class: "line" }, diglot.isAddress(summary.output) && el("a", { class: "button", href: summary.output }, t("openOutput")),
        details?.beads && el("button", { type: "button", id: "save", class: "primary", onclick: () => { marks.save(summary); diglot.announce(t("saved")); } }, t("save"))));
  };

  const buildPairs = () => {
    list = el("ol", { class: hasBoth() ? "pairs" : "pairs single", dir: "ltr", role: "list", "aria-label": t("pairs"), onkeydown: onKey, onclick: (event) => {
      const node = event.target.closest(".para");

      if (node && getSelection().isCollapsed)
        choose({ side: Number(node.dataset.side), index: Number(node.dataset.index) });
    }, onfocusin: (event) => {
      const node = event.target.closest(".para");

      if (node && (!chosen || paragraph(chosen) !== node)) {
        chosen = { side: Number(node.dataset.side), index: Number(node.dataset.index) };
        mark(false);
      }
    } });
    built.clear();
    return [L.build(summary, details, roles, setRole), hasBoth() && buildTools(), hasBoth() && keysHelp(), buildHeads(), list].filter(Boolean);
  };

  /* Takes up what was decided before. */
  const restore = () => {
    const kept = marks.get(summary);

    pairs = P.parse(kept.pairs ?? summary.pairs);
    sure = new Set(kept.sure);
    roles = { ...kept.roles };
    past = [];
    future = [];
    chosen = null;
    found = new Map(P.rows(P.parse(summary.pairs)).map((row, i) => [row.key, details.beads[i]]));
    left = hasBoth() ? SIDES.indexOf(details.left) : 0;
    chosen = nearest(0, left, 1) || nearest(0, 1 - left, 1);
  };

  const open = async (main, id) => {
    summary = diglot.byId.get(id);
    details = await diglot.loadDetails(id);
    const hasText = !!details?.beads;
    const voided = marks.isVoid(summary);

    main.replaceChildren(buildTop(), ...[
      !details && el("p", { class: "notice" }, t("gone")),
      details && !hasText && el("p", { class: "notice" }, t("noText")),
      voided && el("p", { class: "notice" }, t("voided")),
    ].filter(Boolean));
    if (!details)
      return;
    marks.set(summary, { seen: true });
    const messages = el("section", { class: "messages" }, el("h2", {}, t("messages")),
      details.messages.length > 0 ? el("ul", {}, details.messages.map(buildMessage)) : el("p", { class: "quiet" }, t("noMessages")));

    if (!hasText) {
      main.append(messages);
      return;
    }
    restore();
    const pictures = buildPictures();

    main.append(el("div", { class: "dispatch" },
      el("section", { class: "work", "aria-label": t("pairs") }, buildPairs()),
      el("aside", {}, messages, pictures.length > 0 && el("section", { class: "pictures" }, el("h2", {}, t("pictures")), pictures))));
    if (!hasBoth()) {
      tools = {};
      P.rows(pairs).forEach((row) => list.append(buildRow(row)));
      updateLines();
      mark(false);
      return;
    }
    update();
    paragraph(chosen)?.focus({ preventScroll: true });
  };

  return { open };
})();
