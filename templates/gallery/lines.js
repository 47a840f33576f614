/* lines.js: the lines of a dispatch beside what they were taken for, the doubtful ones first, and the editor's word on them.
 *
 * A row is a paragraph of either text, a head or a line that is not for readers.  Roles are kept by line, {"3": "note"}, and only where
 * they are not the program's.  Only the list that has the focus holds all roles, so that long dispatches stay light. */
"use strict";

diglot.lines = (function () {
  const { el, bdi, marks } = diglot;
  const t = (...args) => diglot.strings.text(...args);
  const SIDES = ["a", "b"];
  const RUNNING = ["body", "list", "verse", "table"];
  const SHOWN = ["headline", "deck", "kicker", "byline", "source", "dateline", "body", "crosshead", "list", "verse", "table", "caption", "footnote", "signoff", "contact",
    "boilerplate", "notice"];
  const HIDDEN = ["note", "marker", "furniture", "end"];
  const nameOf = (role) => t(`role-${role}`);
  const isRunning = (role) => RUNNING.includes(role);

  let rows, list, roles, change;   // [{side, index, node, told, isShared}]; element; line → role; called with (node, role)
  let firstDoubtful = true;

  /* Every paragraph in the order of the file. */
  const collect = (summary, details) => {
    const told = new Map(details.messages.filter(({ code }) => /^parse\..*-doubtful$/.test(code)).map((message) => [message.line, message.message]));
    const seen = new Map();
    const all = SIDES.flatMap((name, side) => (summary[name] ? ["heads", "body"].flatMap((kind) => details[name][kind].map((node, index) =>
      ({ side, index: kind === "body" ? index : -1, node, told: told.get(node.lines[0]) }))) : []));

    for (const { node } of all)
      for (const line of node.lines)
        seen.set(line, (seen.get(line) || 0) + 1);
    for (const row of all) {
      row.isShared = row.node.lines.some((line) => seen.get(line) > 1);   // both texts stand on it
      row.isDoubtful = !!row.told || row.node.doubtful;
    }
    return all.sort((one, two) => one.node.lines[0] - two.node.lines[0]);
  };

  const roleOf = (node) => roles[node.lines[0]] ?? node.role;

  /* @next: roles with that of @node as the editor wants it. */
  const put = (next, node, role) => {
    for (const line of node.lines)
      if (role === node.role)
        delete next[line];
      else
        next[line] = role;
    return next;
  };

  /* Rows as elements */

  const option = (role, chosen) => el("option", { value: role, selected: role === chosen }, nameOf(role));

  const fill = (select, chosen) => {
    if (select.options.length > 1)
      return;
    const others = [SHOWN, HIDDEN].every((group) => !group.includes(chosen)) ? [option(chosen, chosen)] : [];

    select.replaceChildren(...others, el("optgroup", { label: t("onPage") }, SHOWN.map((role) => option(role, chosen))),
      el("optgroup", { label: t("offPage") }, HIDDEN.map((role) => option(role, chosen))));
  };

  const hide = ({ node, isShared }) => {
    if (!isShared)
      change(node, !HIDDEN.includes(roleOf(node)) ? "furniture" : HIDDEN.includes(node.role) ? "body" : node.role);
  };

  const buildRow = (row, summary) => {
    const { side, node, told, isShared } = row, n = node.lines[0];
    const select = el("select", {
      tabindex: -1, class: "role", "data-line": n, disabled: isShared, title: isShared ? t("bothTexts") : null, "aria-label": t("roleOf", { n }),
      onfocus: () => fill(select, roleOf(node)), onpointerdown: () => fill(select, roleOf(node)),
      onchange: () => change(node, select.value),
      onkeydown: (event) => {
        event.stopPropagation();
        if (event.key === "Escape" || event.key === "Enter") {
          event.preventDefault();
          row.element.focus();
        }
      },
    }, option(roleOf(node), roleOf(node)));

    row.select = select;
    row.tags = el("span", { class: "tags" });
    row.button = el("button", { type: "button", tabindex: -1, class: "hide", disabled: isShared, onclick: () => hide(row) });
    row.element = el("li", { class: "row-of-line", tabindex: -1, "data-line": n }, el("span", { class: "n" }, diglot.strings.number(n)),
      bdi(summary[SIDES[side]], node.text, "p", { class: "line-text", title: told ? diglot.printable(told) : null }), row.tags, select, row.button);
    return row.element;
  };

  /* What the roles are now. */
  const update = () => {
    for (const row of rows) {
      const role = roleOf(row.node), isMine = role !== row.node.role;

      if (row.select.options.length === 1)
        row.select.replaceChildren(option(role, role));
      row.select.value = role;
      row.tags.replaceChildren(...[
        row.isDoubtful && !isMine && el("span", { class: "tag doubt" }, t("isDoubtful")),
        isMine && el("span", { class: "tag mine" }, t("isChanged")),
      ].filter(Boolean));
      row.button.textContent = t(HIDDEN.includes(role) ? "show" : "hide");
      row.button.setAttribute("aria-label", t(HIDDEN.includes(role) ? "showLine" : "hideLine", { n: row.node.lines[0] }));
      row.element.classList.toggle("off", HIDDEN.includes(role));
      row.element.classList.toggle("changed", isMine);
    }
  };

  const inOrder = () => (firstDoubtful
    ? [...rows].sort((one, two) => two.isDoubtful - one.isDoubtful || (one.isDoubtful ? one.node.confidence - two.node.confidence : 0)) : rows);

  const arrange = () => {
    const order = inOrder();

    list.replaceChildren(...order.map(({ element }) => element));
    order.forEach(({ element }, i) => { element.tabIndex = i === 0 ? 0 : -1; });
  };

  /* The row of the line @n, with the focus. */
  const focus = (n, isList) => {
    const row = rows.find(({ node }) => node.lines.includes(n));

    if (!row)
      return;
    list.closest("details").open = true;
    for (const { element } of rows)
      element.tabIndex = element === row.element ? 0 : -1;
    row.element.scrollIntoView({ block: "nearest" });
    (isList && !row.isShared ? row.select : row.element).focus();
  };

  const onKey = (event) => {
    const at = event.target.closest(".row-of-line"), order = inOrder(), i = order.findIndex(({ element }) => element === at);
    const next = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: order.length - 1 }[event.key];

    if (i < 0 || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (next !== undefined)
      focus(order[Math.min(Math.max(next, 0), order.length - 1)].node.lines[0], false);
    else if (event.key === "Enter" || event.key.toLowerCase() === "r")
      focus(order[i].node.lines[0], true);
    else if (event.key.toLowerCase() === "h")
      hide(order[i]);
    else
      return;
    event.preventDefault();
  };

  const set = (next) => { roles = next; };

  /* [line, role] of every line whose role can be told. */
  const all = () => rows.filter(({ isShared }) => !isShared).flatMap(({ node }) => node.lines.map((line) => [line, roleOf(node)]));

  /* @onchange: called with a node and the role that it is to have. */
  const build = (summary, details, now, onchange) => {
    rows = collect(summary, details);
    roles = now;
    change = onchange;
    firstDoubtful = marks.read("firstDoubtful") ?? true;
    list = el("ol", { class: "lines", role: "list", "aria-label": t("lines"), onkeydown: onKey });
    for (const row of rows)
      buildRow(row, summary);
    arrange();
    update();
    const unsure = rows.filter(({ isDoubtful }) => isDoubtful).length;

    return el("details", { class: "all-lines", open: unsure > 0 || Object.keys(now).length > 0 },
      el("summary", {}, t("lines"), " ", unsure > 0 && el("span", { class: "tag doubt" }, t("figureDoubtful", { n: unsure }))),
      el("label", { class: "check" }, el("input", { type: "checkbox", id: "first-doubtful", checked: firstDoubtful, onchange: (event) => {
        firstDoubtful = event.target.checked;
        marks.write("firstDoubtful", firstDoubtful);
        arrange();
      } }), t("firstDoubtful")), list);
  };

  return { build, set, update, all, put, focus, nameOf, isRunning, isHidden: (role) => HIDDEN.includes(role) };
})();
